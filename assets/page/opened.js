// Which drawers and lists are open: the server is asked for what stands in open ones only.
import { toggledDetails } from "../dash/dom.js";
import { getData, setData } from "../dash/props.js";

export function watchOpened() {
  document.addEventListener(
    "toggle",
    (event) => {
      const details = toggledDetails(event);
      if (!details) return;
      const { panel } = details.dataset;
      if (panel) setData("opened", { ...getData("opened"), [panel]: details.open });
      if (details.id === "chart-twin") setData("twin", details.open);
    },
    true,
  );
}
