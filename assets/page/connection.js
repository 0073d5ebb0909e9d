// Whether the server answers. That it does not is told above the chart; once it answers again what
// was asked meanwhile is asked anew.
import { getProps, setData, setProps } from "../dash/props.js";
import { askAllAgain } from "../dash/questions.js";

const LOST = "The server does not answer; what is shown may be old.";

let lost = false;

/** @param {boolean} answers */
function heard(answers) {
  if (answers !== lost) return; // as before
  lost = !answers;
  if (lost) return setProps("status", { children: LOST });
  if (getProps("status").children === LOST) setProps("status", { children: "" });
  askAgain();
}

// A proxy without a server behind it; our own answers are JSON.
/** @param {Response} response */
const unserved = ({ status, headers }) =>
  [502, 503, 504].includes(status) && !(headers.get("content-type") || "").includes("json");

// The chosen table and head, the texts about the table, and all other questions.
function askAgain() {
  const table = getProps("table").data;
  if (getProps("model-select").value !== (table && table.name)) {
    setData("refresh", `again ${performance.now()}`);
  }
  ["shown", "head-wanted"].forEach((store) => {
    const { data } = getProps(store);
    if (data) setData(store, { ...data });
  });
  askAllAgain();
}

// Dash has no event for a failed request of its own, so window.fetch is put behind ours:
// https://github.com/plotly/dash/blob/v4.4.1/dash/dash-renderer/src/actions/callbacks.ts
export function watchServer() {
  let leaving = false;
  const send = window.fetch;
  window.fetch = async function (...request) {
    try {
      const response = await send.apply(window, request);
      heard(!unserved(response));
      return response;
    } catch (error) {
      const aborted = error instanceof Error && error.name === "AbortError";
      if (!aborted && !leaving) heard(false);
      throw error;
    }
  };
  window.addEventListener("pagehide", () => (leaving = true));
  window.addEventListener("pageshow", () => (leaving = false));
}
