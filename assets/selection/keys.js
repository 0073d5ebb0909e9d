"use strict";
// What keys do beyond a browser's own: walking over the map and through the heads, letting go.
window.headstrata = window.headstrata || {};

// From the card to the head's cell, which the arrow keys go on from.
headstrata.showInMap = function () {
  document.getElementById("map-chosen").scrollIntoView({ block: "center", inline: "center" });
  document.getElementById("map-frame").focus({ preventScroll: true });
};

(function () {
  const H = window.headstrata;
  const current = (id) => window.dash_component_api.getLayout(id).props.data;
  const set = (id, data) => window.dash_clientside.set_props(id, { data });
  const plain = (event) => !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);

  // Arrow keys walk over the map, as they do in a spreadsheet.
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (event.target.id !== "map-frame" || !plain(event)) return;
    if (!step && event.key !== "Enter") return;
    event.preventDefault();
    if (!step) return document.getElementById("head-card").focus();
    const payload = current("payload");
    const chosen = (current("selection") || {}).head;
    const [layer, row] = chosen ? chosen.split(".").map(Number) : [-step[0], -step[1]];
    const within = (value, size) => Math.min(Math.max(value, 0), size - 1);
    const next = [within(layer + step[0], payload.layers), within(row + step[1], payload.heads)];
    set("selection", { ...current("selection"), head: next.join(".") });
  });

  // A row of the segment's table, by key as by click (the grid tells Dash of clicks only).
  document.addEventListener("keydown", (event) => {
    const row = event.key === "Enter" && event.target.closest("#segment-table .ag-row");
    if (!row) return;
    set("selection", H.withRow(current("selection"), row.getAttribute("row-id")));
    H.focusCard();
  });

  // Left and right go through the heads: in the card, and where nothing else has the focus.
  document.addEventListener("keydown", (event) => {
    const [step] = STEPS[event.key] || [];
    const { head } = current("selection") || {};
    const { target } = event;
    const own = target === document.body || target.closest("#head-card");
    if (!step || !head || !own || target.closest("input") || !plain(event)) return;
    if (!document.getElementById("head-card").getClientRects().length) return;
    event.preventDefault();
    set("selection", H.stepped(current("selection"), step, current("payload")));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const popups = [...document.querySelectorAll("[role=listbox], .menu[open], .ag-popup-child")];
    if (popups.some((one) => one.getClientRects().length)) return; // it closes that first
    if (document.querySelector(".pattern.large")) {
      H.resizePattern();
      set("viewport", H.measure());
      return;
    }
    set("selection", {});
    set("isolated", null);
  });
})();
