// Which heads the gallery shows, and what they are called: those that the panel lists, or all.
import { listedHeads } from "../selection/listed.js";
import { headCount, headKey } from "../views/grid.js";
import { plural } from "../views/phrases.js";

/**
 * @param {Payload} payload @param {number} width @param {Chosen | null} selection
 * @param {string[] | null} only - categories seen alone
 * @returns {{ heads: HeadKey[], told: string }}
 */
export function galleryHeads(payload, width, selection, only) {
  const listed = listedHeads(payload, width, selection?.segment, only ?? []);
  const rows = listed ? listed.members : [...Array(headCount(payload)).keys()];
  const names = listed?.segments.map(({ label }) => label).join(" · ");
  const where = listed?.whole ? "all layers" : `layers ${listed?.bin.label}`;
  const what = listed ? `${names}, ${where}` : "All heads";
  return {
    heads: rows.map((row) => headKey(payload, row)),
    told: `${what}: ${plural(rows.length, "head")}.`,
  };
}
