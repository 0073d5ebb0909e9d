/* Made by scripts/make_assets.py (make assets): do not edit. */
(() => {
  // assets/dash/dom.js
  function byId(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`The page has no element #${id}.`);
    return found;
  }
  var closest = ({ target }, selector) => target instanceof Element ? target.closest(selector) : null;

  // assets/views/bins.js
  var tenthsOfPercent = (part, total) => Math.floor((2e3 * part + total) / (2 * total));
  var percentText = (tenths) => Number.isNaN(tenths) ? "\u2013" : `${Math.floor(tenths / 10)}.${tenths % 10}%`;
  var percentOf = (part, total) => total ? percentText(tenthsOfPercent(part, total)) : "\u2013";

  // assets/overview/asking.js
  function offerModels() {
    const section = document.querySelector(".asking");
    if (!section) return;
    section.hidden = false;
    section.addEventListener("click", (event) => {
      const button = closest(event, "[data-ask]");
      if (button instanceof HTMLButtonElement) ask(button);
    });
  }
  async function ask(button) {
    const model = button.dataset.ask || "";
    button.disabled = true;
    const told = await answer(model);
    byId("asking-said").textContent = told.text;
    button.disabled = told.taken;
  }
  async function answer(model) {
    try {
      const response = await fetch("api/jobs", {
        method: "POST",
        headers: {
          "Content-Type": "application/json"
        },
        body: JSON.stringify({
          model
        })
      });
      const said = await response.json();
      if (!response.ok) return {
        taken: false,
        text: `${model}: ${said.error}.`
      };
      const place = said.position ? `, number ${said.position} in line` : "";
      return {
        taken: true,
        text: `${model} is ${said.state}${place}.`
      };
    } catch {
      return {
        taken: false,
        text: `${model}: the server does not answer; try again.`
      };
    }
  }

  // assets/overview/depth.js
  var WIDTH = 2400;
  var HEIGHT = 720;
  var GAP = 20;
  var NOT_MEASURED = "not_measured";
  var rounded = (part, whole) => Math.floor((2 * part + whole) / (2 * whole));
  function depthBins(layers, bins) {
    const count = Math.min(bins, layers);
    return Array.from({
      length: count
    }, (_, at) => [
      Math.floor(at * layers / count),
      Math.floor((at + 1) * layers / count)
    ]);
  }
  var sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  function binned(counts, layers, bins) {
    const ends = depthBins(layers, bins);
    return Object.fromEntries(Object.entries(counts).map(([name, own]) => [
      name,
      ends.map(([start, stop]) => sum(own.slice(start, stop)))
    ]));
  }
  var headsAt = (heads, place) => sum(Object.values(heads).map((own) => own[place]));
  function reach(counts, layers, bins) {
    const heads = binned(counts, layers, bins);
    let best = (
      /** @type {[number, number]} */
      [
        0,
        1
      ]
    );
    for (const place of depthBins(layers, bins).keys()) {
      const total = headsAt(heads, place);
      const named = total - (heads[NOT_MEASURED]?.[place] || 0);
      if (total && named * best[1] > best[0] * total) best = [
        named,
        total
      ];
    }
    return best;
  }
  function paths(counts, order, layers, bins) {
    const heads = binned(counts, layers, bins);
    const drawn = (
      /** @type {Record<string, string>} */
      {}
    );
    depthBins(layers, bins).forEach(([start, stop], place) => {
      const total = headsAt(heads, place);
      const left = rounded(start * WIDTH, layers);
      const right = rounded(stop * WIDTH, layers) - GAP;
      const level = (number) => HEIGHT - rounded(number * HEIGHT, total);
      let below = 0;
      for (const name of order) {
        const count = name === NOT_MEASURED ? 0 : heads[name]?.[place] || 0;
        if (!count) continue;
        const bar = `M${left} ${level(below + count)}H${right}V${level(below)}H${left}z`;
        drawn[name] = (drawn[name] || "") + bar;
        below += count;
      }
    });
    return drawn;
  }

  // assets/overview/finding.js
  var folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  var isFound = (table, search) => folded(search).split(/\s+/).every((word) => table.find.includes(word));
  var headsOf = (table) => sum(Object.values(table.counts).map(sum));
  var countOf = (table, segment) => table.unmeasured?.includes(segment) ? null : sum(table.counts[segment] || []);
  function shareOf(table, segment) {
    const count = countOf(table, segment);
    return count === null ? -1 : count / headsOf(table);
  }
  var ORDERS = {
    date: () => 0,
    name: (one, other) => one.title < other.title ? -1 : Number(one.title > other.title),
    layers: (one, other) => other.layers - one.layers
  };
  function ordered(tables, by) {
    const compare = ORDERS[by] || ((one, other) => shareOf(other, by) - shareOf(one, by));
    return [
      ...tables
    ].sort((one, other) => compare(one, other) || one.rank - other.rank);
  }

  // assets/overview/main.js
  var USUAL = { q: "", sort: "date", bins: "6", only: "", taxonomy: "detailed", theme: "" };
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  var theme = new URLSearchParams(window.location.search).get("theme") || "";
  if (theme !== "dark" && theme !== "light") theme = "";
  function useTheme() {
    const root = document.documentElement;
    root.dataset.theme = theme || (system.matches ? "dark" : "light");
    root.style.colorScheme = root.dataset.theme;
    const dark = String(root.dataset.theme === "dark");
    document.getElementById("theme-toggle")?.setAttribute("aria-pressed", dark);
  }
  useTheme();
  system.addEventListener("change", useTheme);
  document.addEventListener("DOMContentLoaded", () => {
    const toggle = byId("theme-toggle");
    toggle.hidden = false;
    offerModels();
    const data = readData();
    useTheme();
    toggle.addEventListener("click", () => {
      theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      useTheme();
      keepTheme();
      writeAddress({ theme });
    });
    if (data) follow(data);
  });
  function readData() {
    const text = document.getElementById("overview-data")?.textContent;
    if (!text) return null;
    const data = JSON.parse(text);
    const cards = byId("tables").children;
    data.tables.forEach((table, place) => {
      table.card = /** @type {HTMLElement} */
      cards[place];
    });
    return data;
  }
  function follow(data) {
    const { asked } = data;
    byId("overview-show").hidden = true;
    const bins = (
      /** @type {HTMLInputElement} */
      byId("overview-bins")
    );
    bins.addEventListener("input", () => {
      asked.bins = Number(bins.value);
      drawAll(data);
      writeAddress({ bins: bins.value });
    });
    for (const chip of document.querySelectorAll("[data-only]")) {
      chip.addEventListener("click", (event) => {
        event.preventDefault();
        isolate(
          data,
          /** @type {HTMLElement} */
          chip.dataset.only || ""
        );
        writeAddress({ only: asked.only.join(",") });
      });
    }
    const sort = (
      /** @type {HTMLSelectElement | null} */
      document.getElementById("overview-sort")
    );
    const search = (
      /** @type {HTMLInputElement | null} */
      document.getElementById("overview-q")
    );
    if (!sort || !search) return;
    sort.addEventListener("change", () => {
      asked.sort = sort.value;
      byId("tables").append(...ordered(data.tables, sort.value).map(({ card }) => card));
      tellShares(data);
      writeAddress({ sort: sort.value });
    });
    search.addEventListener("input", () => {
      filter(data, search.value);
      writeAddress({ q: search.value.trim() });
    });
    search.form?.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      const typing = (
        /** @type {HTMLElement} */
        event.target.matches("[type=search], select")
      );
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      search.focus();
      search.select();
    });
  }
  function drawAll({ tables, segments, asked }) {
    const order = segments.map((segment) => segment.name);
    const said = `${asked.bins} bins`;
    byId("overview-count").textContent = said;
    byId("overview-bins").setAttribute("aria-valuetext", said);
    for (const { card, counts, layers } of tables) {
      const drawn = paths(counts, order, layers, asked.bins);
      for (const path of card.querySelectorAll("path")) {
        path.setAttribute("d", drawn[(path.getAttribute("class") || "").slice(2)] || "");
      }
      const told = card.querySelector(".mini-reach");
      if (told) told.textContent = percentOf(...reach(counts, layers, asked.bins));
    }
  }
  function filter({ tables }, search) {
    let count = 0;
    for (const table of tables) {
      const found = isFound(table, search);
      table.card.hidden = !found;
      count += Number(found);
    }
    const all = tables.length.toLocaleString("en");
    const some = count ? `${count} of ${all} models` : `Nothing found for \u201C${search.trim()}\u201D`;
    byId("overview-status").textContent = count === tables.length ? `${all} models` : some;
  }
  function isolate(data, name) {
    const { asked, segments } = data;
    const kept = new Set(asked.only);
    if (!kept.delete(name)) kept.add(name);
    asked.only = segments.map((one) => one.name).filter((one) => kept.has(one));
    const pictures = byId("tables");
    for (const segment of segments) {
      const faint = asked.only.length > 0 && !kept.has(segment.name);
      pictures.style.setProperty(`--o-${segment.name}`, faint ? "0.13" : "1");
      const chip = document.querySelector(`[data-only="${segment.name}"]`);
      if (kept.has(segment.name)) chip?.setAttribute("aria-current", "true");
      else chip?.removeAttribute("aria-current");
    }
    tellShares(data);
  }
  function tellShares({ tables, segments, asked }) {
    const told = segments.filter(({ name }) => asked.only.includes(name) || name === asked.sort);
    for (const table of tables) {
      const line = table.card.querySelector(".mini-share");
      line?.replaceChildren(...told.map(({ name, label }) => {
        const count = countOf(table, name);
        const share = document.createElement("b");
        share.textContent = count === null ? "\u2013" : percentOf(count, headsOf(table));
        const said = document.createElement("span");
        said.append(`${label} `, share);
        return said;
      }));
    }
  }
  function keepTheme() {
    const links = (
      /** @type {NodeListOf<HTMLAnchorElement>} */
      document.querySelectorAll(".mini a, .header a, .overview-choice a")
    );
    for (const link of links) {
      const address = new URL(link.href);
      address.searchParams.set("theme", theme);
      link.href = address.href;
    }
  }
  var writing;
  var changes = {};
  function writeAddress(changed) {
    changes = { ...changes, ...changed };
    clearTimeout(writing);
    writing = setTimeout(() => {
      const query = new URLSearchParams(window.location.search);
      for (const [key, value] of Object.entries(changes)) {
        if (value && value !== USUAL[
          /** @type {keyof typeof USUAL} */
          key
        ]) query.set(key, value);
        else query.delete(key);
      }
      changes = {};
      const told = query.toString().replace(/%2C/g, ",");
      window.history.replaceState(null, "", window.location.pathname + (told ? `?${told}` : ""));
    }, 200);
  }
})();
