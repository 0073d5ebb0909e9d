"use strict";
// The explanation of a first visit: dismissed for good, and called back from the header.
(function () {
  const KEY = "headstrata-guide";
  const tell = (seen) => {
    document.documentElement.dataset.guide = seen ? "seen" : "new";
    try {
      if (seen) localStorage.setItem(KEY, "seen");
      else localStorage.removeItem(KEY);
    } catch {
      // storage is forbidden here: it comes back on the next visit
    }
  };
  try {
    if (localStorage.getItem(KEY)) document.documentElement.dataset.guide = "seen";
  } catch {
    // as above
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-action$='-guide']");
    if (!target) return;
    const hide = target.dataset.action === "hide-guide";
    tell(hide);
    if (!hide) {
      window.dash_clientside.set_props("selection", { data: {} });
      document.getElementById("selection-empty").hidden = false; // now, for the focus below
      document.getElementById("selection-panel").scrollIntoView({ block: "start" });
    }
    // The pressed button is gone: the focus goes to the one that undoes it.
    const others = [...document.querySelectorAll(hide ? ".show-guide" : ".guide .button")];
    others.find((one) => one.offsetParent)?.focus({ preventScroll: true });
  });
})();
