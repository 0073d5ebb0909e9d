// The card tells that its texts are on their way: Dash marks what a callback is about to fill.
// https://github.com/plotly/dash/blob/v4.4.1/dash/dash-renderer/src/wrapper/DashWrapper.tsx
import { byId } from "../dash/dom.js";

export function watchBusy() {
  new MutationObserver(tell).observe(document.body, {
    subtree: true,
    attributeFilter: ["data-dash-is-loading"],
  });
}

function tell() {
  const card = document.getElementById("head-card");
  if (!card) return;
  const busy = Boolean(card.querySelector("[data-dash-is-loading]"));
  if (busy !== (card.getAttribute("aria-busy") === "true")) {
    byId("head-card").setAttribute("aria-busy", String(busy));
  }
}
