// The heads that the panel lists, what they are called, and the way from one to the next.
import assert from "node:assert/strict";
import test from "node:test";
import { payloadOf } from "./twins.js";
import { withOrWithout } from "../../assets/chart/chip-sentence.js";
import { listedHeads } from "../../assets/selection/listed.js";
import { headSaid } from "../../assets/selection/said.js";
import { listTitle } from "../../assets/selection/segment.js";
import { stepped } from "../../assets/selection/selection.js";
import { rowsQuery } from "../../assets/table/rows.js";
import { headKey } from "../../assets/views/grid.js";

// Layers of 4, 8 and 4 heads. Induction: 0.0, 0.2, 2.3; previous token: 1.2, 1.4; all with one score.
const uneven = payloadOf("uneven");
/** @type {(segment: string | null, only: string[], payload?: Payload) => import("../../assets/selection/listed.js").Listed} */
const listed = (
  segment,
  only,
  payload = uneven,
) => /** @type {import("../../assets/selection/listed.js").Listed} */
(listedHeads(payload, 2, segment, only));
/** @type {(found: { members: number[] }) => string[]} */
const keys = ({ members }) => members.map((row) => headKey(uneven, row));
/** @type {(parts: unknown) => string} */
const text = (parts) =>
  JSON.stringify(parts).match(/"children":\["[^"]*"\]/g)?.map((one) => one.slice(13, -2)).join(
    "|",
  ) ??
    "";

test("a chip lists its heads over all layers, several list theirs together", () => {
  assert.equal(listedHeads(uneven, 2, null, []), null);
  assert.deepEqual(keys(listed(null, ["induction"])), ["0.0", "0.2", "2.3"]);
  const both = listed(null, ["previous_token", "induction"]);
  assert.deepEqual(keys(both), ["0.0", "0.2", "1.2", "1.4", "2.3"]);
  assert.equal(
    text(listTitle(both, uneven)),
    "Induction pattern · Previous token, all layers|5 heads, 31.3% of all",
  );
});

test("a chosen segment goes before pressed chips", () => {
  const found = listed("0:induction", ["previous_token"]);
  assert.deepEqual(keys(found), ["0.0", "0.2"]); // layers 0 and 1
  assert.match(
    text(listTitle(found, uneven)),
    /^Induction pattern, layers \[0, 2\)\|2 heads, 16\.7%/,
  );
});

test("of a budget's chips, which each list every head, the last pressed one counts", () => {
  const budget = payloadOf("uneven", "budget");
  const found = listed(null, ["mass_first", "mass_previous"], budget);
  assert.deepEqual(found.segments.map(({ name }) => name), ["mass_previous"]);
  assert.equal(found.members.length, 16);
});

test("only the listed heads' columns are fetched; under other thresholds their layers'", () => {
  const query = rowsQuery(uneven, listed("2:local_window", []));
  assert.equal(`${query}`, "model=uneven&format=json&layers=2-2&category=local_window");
  const tried = payloadOf("uneven", "detailed", { t: "induction:0.3" });
  assert.equal(
    `${rowsQuery(tried, listed(null, ["induction"], tried))}`,
    "model=uneven&format=json&layers=0-2",
  );
});

test("a pressed chip pressed again is let go", () => {
  assert.deepEqual(withOrWithout(["a"], "b"), ["a", "b"]);
  assert.deepEqual(withOrWithout(["a", "b"], "a"), ["b"]);
});

test("steps go through the list as it is sorted, and round; a head outside it goes through all", () => {
  const list = ["2.3", "0.0", "0.2"];
  assert.equal(stepped({ head: "0.0" }, 1, uneven, list).head, "0.2");
  assert.equal(stepped({ head: "0.2" }, 1, uneven, list).head, "2.3");
  assert.equal(stepped({ head: "2.3" }, -1, uneven, list).head, "0.2");
  assert.equal(stepped({ head: "0.1", segment: "0:induction" }, 1, uneven, list).head, "0.2");
  assert.equal(stepped({ head: "0.3" }, 1, uneven, list).head, "1.0");
});

test("a screen reader hears a head in one line", () => {
  assert.equal(headSaid(uneven, "2.3"), "L2.H3, Induction pattern, 0.05");
  assert.equal(headSaid(uneven, "2.1"), "L2.H1, Unclassified"); // no rule, so no score of its own
});
