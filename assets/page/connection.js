"use strict";
// Whether the server answers. That it does not is told above the chart; once it answers again what
// was asked meanwhile is asked anew.
window.headstrata = window.headstrata || {};

headstrata.LOST = "The server does not answer; what is shown may be old.";

(function () {
  const H = window.headstrata;
  const props = (id) => window.dash_component_api.getLayout(id).props;
  const set = (id, values) => window.dash_clientside.set_props(id, values);
  let lost = false;
  let leaving = false;

  const heard = function (answers) {
    if (answers !== lost) return; // as before
    lost = !answers;
    if (lost) return set("status", { children: H.LOST });
    if (props("status").children === H.LOST) set("status", { children: "" });
    H.askAgain();
  };

  // A proxy without a server behind it; our own answers are JSON.
  const unserved = ({ status, headers }) =>
    [502, 503, 504].includes(status) && !(headers.get("content-type") || "").includes("json");

  const send = window.fetch;
  window.fetch = async function (...request) {
    try {
      const response = await send.apply(window, request);
      heard(!unserved(response));
      return response;
    } catch (error) {
      if (error.name !== "AbortError" && !leaving) heard(false);
      throw error;
    }
  };
  window.addEventListener("pagehide", () => (leaving = true));
  window.addEventListener("pageshow", () => (leaving = false));

  // The chosen table and head, and the texts about the table; the panels' own in
  // assets/panels-callbacks.js.
  H.askAgain = function () {
    const table = props("table").data;
    if (props("model-select").value !== (table && table.name)) {
      set("refresh", { data: `again ${performance.now()}` });
    }
    ["shown", "head-wanted"].forEach((store) => {
      const { data } = props(store);
      if (data) set(store, { data: { ...data } });
    });
    H.askPanelsAgain();
  };
})();
