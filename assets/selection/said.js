// A head in one line, for a screen reader.
import { categories } from "../views/definitions.js";
import { headLabel, parseHead, rowOf } from "../views/grid.js";
import { headsOf } from "../views/heads.js";
import { isClaimed } from "../views/nearness.js";

/** @param {Payload} payload @param {HeadKey | null | undefined} key - a head that it has */
export function headSaid(payload, key) {
  const row = rowOf(payload, ...parseHead(key));
  const { detailed, score } = headsOf(payload);
  const own = isClaimed(payload, row) && Number.isFinite(score[row]);
  const number = own ? score[row].toFixed(2) : "";
  return [headLabel(key ?? ""), categories()[detailed[row]].label, number].filter(Boolean).join(
    ", ",
  );
}
