// The overview of all tables: search, sort, slider, legend and theme without a request. Bundled
// into assets/overview.js (make assets); the page is whole without it.
import { byId } from "../dash/dom.js";
import { percentOf } from "../views/bins.js";
import { offerModels } from "./asking.js";
import { paths, reach } from "./depth.js";
import { countOf, headsOf, isFound, ordered } from "./finding.js";

/**
 * @typedef {import("./finding.js").Listed & {card: HTMLElement}} Shown
 * @typedef {{asked: {sort: string, bins: number, only: string[]}, taxonomy: string,
 *   segments: {name: string, label: string}[], tables: Shown[]}} Data
 */

const USUAL = { q: "", sort: "date", bins: "6", only: "", taxonomy: "detailed", theme: "" };
const system = window.matchMedia("(prefers-color-scheme: dark)");
/** @type {string} the theme that was chosen, here or in the link */
let theme = new URLSearchParams(window.location.search).get("theme") || "";
if (theme !== "dark" && theme !== "light") theme = "";

// At once, before the page is drawn.
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

/** @returns {Data | null} */
function readData() {
  const text = document.getElementById("overview-data")?.textContent;
  if (!text) return null;
  const data = JSON.parse(text);
  const cards = byId("tables").children;
  data.tables.forEach((/** @type {Shown} */ table, /** @type {number} */ place) => {
    table.card = /** @type {HTMLElement} */ (cards[place]);
  });
  return data;
}

/** @param {Data} data */
function follow(data) {
  const { asked } = data;
  byId("overview-show").hidden = true;
  const bins = /** @type {HTMLInputElement} */ (byId("overview-bins"));
  bins.addEventListener("input", () => {
    asked.bins = Number(bins.value);
    drawAll(data);
    writeAddress({ bins: bins.value });
  });
  for (const chip of document.querySelectorAll("[data-only]")) {
    chip.addEventListener("click", (event) => {
      event.preventDefault();
      isolate(data, /** @type {HTMLElement} */ (chip).dataset.only || "");
      writeAddress({ only: asked.only.join(",") });
    });
  }
  const sort = /** @type {HTMLSelectElement | null} */ (document.getElementById("overview-sort"));
  const search = /** @type {HTMLInputElement | null} */ (document.getElementById("overview-q"));
  if (!sort || !search) return; // one table
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
    const typing = /** @type {HTMLElement} */ (event.target).matches("[type=search], select");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}

/** @param {Data} data */
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

/** @param {Data} data @param {string} search */
function filter({ tables }, search) {
  let count = 0;
  for (const table of tables) {
    const found = isFound(table, search);
    table.card.hidden = !found;
    count += Number(found);
  }
  const all = tables.length.toLocaleString("en");
  const some = count ? `${count} of ${all} models` : `Nothing found for “${search.trim()}”`;
  byId("overview-status").textContent = count === tables.length ? `${all} models` : some;
}

// Press a category to see it alone, others to see them beside it; press it again to let it go.
/** @param {Data} data @param {string} name */
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

// At each picture: the shares of the categories seen alone, and of the one that sorts.
/** @param {Data} data */
function tellShares({ tables, segments, asked }) {
  const told = segments.filter(({ name }) => asked.only.includes(name) || name === asked.sort);
  for (const table of tables) {
    const line = table.card.querySelector(".mini-share");
    line?.replaceChildren(...told.map(({ name, label }) => {
      const count = countOf(table, name);
      const share = document.createElement("b");
      share.textContent = count === null ? "–" : percentOf(count, headsOf(table));
      const said = document.createElement("span");
      said.append(`${label} `, share);
      return said;
    }));
  }
}

// Links go on in the chosen theme.
function keepTheme() {
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (
    document.querySelectorAll(".mini a, .header a, .overview-choice a")
  );
  for (const link of links) {
    const address = new URL(link.href);
    address.searchParams.set("theme", theme);
    link.href = address.href;
  }
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let writing;
/** @type {Record<string, string>} */
let changes = {};

// Browsers refuse more than about 100 replacements in 30 s: written when the hand rests.
/** @param {Record<string, string>} changed */
function writeAddress(changed) {
  changes = { ...changes, ...changed };
  clearTimeout(writing);
  writing = setTimeout(() => {
    const query = new URLSearchParams(window.location.search);
    for (const [key, value] of Object.entries(changes)) {
      if (value && value !== USUAL[/** @type {keyof typeof USUAL} */ (key)]) query.set(key, value);
      else query.delete(key);
    }
    changes = {};
    const told = query.toString().replace(/%2C/g, ",");
    window.history.replaceState(null, "", window.location.pathname + (told ? `?${told}` : ""));
  }, 200);
}
