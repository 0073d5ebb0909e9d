// Which drawers and lists are open: the server is asked for what stands in open ones only.
import { getData, setData } from "../dash/props.js";

export function watchOpened() {
  document.addEventListener(
    "toggle",
    ({ target }) => {
      const panel = target.dataset?.panel;
      if (panel) setData("opened", { ...getData("opened"), [panel]: target.open });
      if (target.id === "chart-twin") setData("twin", target.open);
    },
    true,
  );
}
