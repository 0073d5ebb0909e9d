// All columns of listed heads, fetched from /api/heads: a table may have 16,000 heads of 900 bytes.
import { categories } from "../views/definitions.js";
import { keyOf } from "../views/grid.js";
import { headsOf } from "../views/heads.js";

/** @typedef {{ bin: Bin, members: number[] }} Wanted - rows of heads, and the layers they are in */

const KEPT = 4; // answers: the shown list's, and those before it for a reader who goes back

const answers = new Map(); // query and stamp -> promise of the rows, the last used at the end

// The rows of these heads (and maybe of others), by head.
/** @param {Payload} payload @param {Wanted} wanted @returns {Promise<Map<HeadKey, HeadRow>>} */
export function headRows(payload, wanted) {
  const query = rowsQuery(payload, wanted);
  const key = `${query} ${payload.stamp}`;
  const answer = answers.get(key) || fetchRows(query);
  answers.delete(key);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key)); // the next click tries again
  [...answers.keys()].slice(0, -KEPT).forEach((old) => answers.delete(old));
  return answer;
}

// The layers of the bin, and the categories of the heads where these are the stored table's.
/** @param {Payload} payload @param {Wanted} wanted */
export function rowsQuery(payload, { bin, members }) {
  const { detailed } = headsOf(payload);
  const named = new Set(members.map((head) => categories()[detailed[head]].name));
  return new URLSearchParams({
    model: payload.name,
    format: "json",
    layers: `${bin.start}-${bin.stop - 1}`,
    ...(payload.t ? {} : { category: [...named].sort().join(",") }),
  });
}

/** @param {URLSearchParams} query */
async function fetchRows(query) {
  const response = await fetch(`api/heads?${query}`);
  if (!response.ok) throw new Error(`the head table: HTTP ${response.status}`);
  const rows = /** @type {HeadRow[]} */ (await response.json());
  return new Map(rows.map((row) => [keyOf(Number(row.layer), Number(row.head)), row]));
}
