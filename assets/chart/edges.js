// What is doubtful of a bar: a line inside each segment, as high as its borderline heads. One trace
// for all of them, of bars with a base of their own: these plotly does not stack.
import { GAP } from "./geometry.js";
import { colour } from "./theme.js";
import { percentHeight } from "../views/bins.js";
import { viewOf } from "../views/catalogue.js";

const LINE = 3, INSET = 4; // px
const NARROW = 0.2; // of a bar that is narrower than five lines, line and inset each

/**
 * @param {import("./bars.js").LayoutState & { only: string[] }} state
 * @param {Segment[]} segments
 */
export function edgeTrace({ bins, scale, show, payload, only }, segments) {
  const borderline = viewOf(payload).borderline(payload);
  const marks = borderline
    ? bins.flatMap((bin) => {
      const wide = (bin.stop - bin.start) * (1 - GAP);
      const right = bin.stop - 0.5 - ((bin.stop - bin.start) * GAP) / 2;
      const [line, inset] = [LINE, INSET].map((px) => Math.min(px / scale.perLayer, NARROW * wide));
      let top = 0;
      return bin.members.flatMap((members, place) => {
        if (only.length && !only.includes(segments[place].name)) return [];
        const count = members.filter((head) => borderline[head]).length;
        const height = show === "percent" ? percentHeight(bin, place) : bin.counts[place];
        top += height;
        if (!count) return [];
        const y = (height * count) / members.length;
        return [{ x: right - inset - line / 2, y, base: top - y, line }];
      });
    })
    : [];
  return {
    type: "bar",
    x: marks.map(({ x }) => x),
    y: marks.map(({ y }) => y),
    base: marks.map(({ base }) => base),
    width: marks.map(({ line }) => line),
    marker: { color: colour("surface"), line: { width: 0 } },
    hoverinfo: "skip",
    showlegend: false,
    visible: marks.length > 0,
  };
}
