// The heads whose category is another under changed thresholds. The rules themselves run on the
// server (classify/rules.py), the same code as the worker's.
import { definitions } from "./definitions.js";
import { headCount } from "./grid.js";
import { headsOf } from "./heads.js";
import { unpack } from "./packing.js";
import { plural } from "./phrases.js";

const storedCategories = new WeakMap();

// The heads whose category is another than the stored one: [{head, from, to}], places in the
// detailed taxonomy.
export function changedHeads(payload) {
  if (!payload.stored) return [];
  if (!storedCategories.has(payload)) {
    const before = unpack(payload.stored, 1);
    const { detailed } = headsOf(payload);
    const moved = [...before.keys()].filter((head) => before[head] !== detailed[head]);
    storedCategories.set(
      payload,
      moved.map((head) => ({ head, from: before[head], to: detailed[head] })),
    );
  }
  return storedCategories.get(payload);
}

export function changedText(payload) {
  const count = changedHeads(payload).length;
  const all = headCount(payload).toLocaleString("en-US");
  if (!count) return `None of the ${all} heads changes its category.`;
  const share = ((100 * count) / headCount(payload)).toFixed(1);
  const verb = count === 1 ? "changes its" : "change their";
  return `${count.toLocaleString("en-US")} of ${all} heads (${share}%) ${verb} category.`;
}

// Heads in each category now, and how many more or fewer than stored.
export function thresholdCounts(payload) {
  const { segments } = definitions.views.detailed;
  const counts = segments.map(() => ({ now: 0, before: 0 }));
  headsOf(payload).detailed.forEach((place) => (counts[place].now += 1));
  const before = payload.stored ? unpack(payload.stored, 1) : headsOf(payload).detailed;
  before.forEach((place) => (counts[place].before += 1));
  return Object.fromEntries(segments.map((segment, place) => [segment.name, counts[place]]));
}

export function countText({ now, before }) {
  const step = now - before;
  const said = plural(now, "head");
  return step ? `${said} (${step > 0 ? "+" : "−"}${Math.abs(step)})` : said;
}
