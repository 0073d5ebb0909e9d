// The card's picture of one head on one prompt: tokens, matrix and scale, each following the token
// that is pointed at.
import { unpackTriangle } from "./attention.js";
import { drawnPrompt, missingNote, patternFigure, patternNote, scaleTexts } from "./pattern.js";
import { follow, forgetTokens, pointAt, pointed } from "./pointed.js";
import { showPrompt } from "./prompt.js";
import { drawStrip, markStrip, watchStrip } from "./strip.js";
import { drawIn } from "../chart/draw.js";
import { byId } from "../dash/dom.js";

/** @import { Rows } from "./attention.js" */

/** @type {{ prompt: string, tokens: string[], rows: Rows } | null} */
let drawn = null;
let following = false;

// Draws the patterns of a head; what is said beneath them.
/** @param {Patterns} packed @param {string | null} wanted - the prompt */
export function drawCard(packed, wanted) {
  const prompt = drawnPrompt(packed, wanted);
  byId("pattern").classList.toggle("none", prompt === null);
  byId("pattern").classList.remove("stale");
  if (prompt === null) {
    drawn = null;
    return packed.why;
  }
  const { tokens, weights } = packed.probes[prompt];
  const strip = byId("pattern-strip");
  showPrompt(byId("pattern-prompt"), prompt, Object.keys(packed.probes));
  if (drawn?.tokens.join("\n") !== tokens.join("\n")) {
    if (drawn) forgetTokens();
    drawStrip(strip, tokens);
    watchStrip(strip);
  }
  drawn = { prompt, tokens, rows: unpackTriangle(weights, tokens.length) };
  drawIn("pattern-chart", patternFigure(packed, prompt, byId("pattern-chart")));
  watchMatrix();
  const [marks] = scaleTexts(packed, prompt);
  document.querySelectorAll("#pattern .pattern-scale .marks span").forEach((mark, at) => {
    mark.textContent = marks[at];
  });
  mark();
  return missingNote(packed, wanted) + patternNote(packed, prompt);
}

// The token of a cell that the mouse is on is its query.
function watchMatrix() {
  if (following) return;
  following = true;
  follow(mark);
  new ResizeObserver(placeLines).observe(byId("pattern-frame"));
  const graph = /** @type {Plotted} */ (byId("pattern-chart").children[0]);
  graph.on("plotly_hover", ({ points: [{ x, y }] }) => pointAt(y, x <= y ? x : null));
  graph.on("plotly_unhover", () => pointAt(null));
}

function mark() {
  if (!drawn) return;
  markStrip(byId("pattern-strip"), byId("pattern-words"), drawn.tokens, drawn.rows);
  placeLines();
}

// Over the matrix the pointed token's row and column, as plain elements: nothing is redrawn.
function placeLines() {
  const frame = byId("pattern-frame");
  const plot = frame.querySelector(".nsewdrag")?.getBoundingClientRect();
  const { token } = pointed();
  const on = Boolean(drawn && plot?.width && token !== null && token < drawn.tokens.length);
  frame.classList.toggle("pointed", on);
  if (!on || !drawn || !plot || token === null) return;
  const around = frame.getBoundingClientRect();
  const place = {
    left: plot.left - around.left + frame.scrollLeft,
    top: plot.top - around.top + frame.scrollTop,
    width: plot.width,
    height: plot.height,
    "row-at": token / drawn.tokens.length,
    cell: 1 / drawn.tokens.length,
  };
  Object.entries(place).forEach(([name, value]) =>
    frame.style.setProperty(`--${name}`, String(value))
  );
}
