// Heads per bin of layers and segment. The numbers must equal cache/bins.py's, digit for
// digit: tests/browser compares every width with /api/bins.
import { rowOf } from "./grid.js";

// Shares in tenths of a per cent that add up to exactly 1000 (largest remainder; ties go to
// the earlier segment).
export function tenthsOfPercent(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const tenths = counts.map((count) => Math.floor((count * 1000) / total));
  const short = 1000 - tenths.reduce((sum, tenth) => sum + tenth, 0);
  counts
    .map((count, place) => ({ place, rest: (count * 1000) % total }))
    .sort((one, other) => other.rest - one.rest || one.place - other.place)
    .slice(0, short)
    .forEach(({ place }) => (tenths[place] += 1));
  return tenths;
}

export const percentText = (tenths) => `${Math.floor(tenths / 10)}.${tenths % 10}%`;

// index: segment of each head, layer-major. Returns one record a bin:
// {start, stop, label, total, counts: [segment], tenths: [segment], members: [segment][head]}.
export function binHeads(index, table, width, segments) {
  const bins = [];
  for (let start = 0; start < table.layers; start += width) {
    const stop = Math.min(start + width, table.layers);
    const members = Array.from({ length: segments }, () => []);
    for (let row = rowOf(table, start, 0); row < rowOf(table, stop, 0); row += 1) {
      members[index[row]].push(row);
    }
    const counts = members.map((heads) => heads.length);
    bins.push({
      start,
      stop,
      members,
      counts,
      label: `[${start}, ${stop})`,
      total: rowOf(table, stop - start, 0),
      tenths: tenthsOfPercent(counts),
    });
  }
  return bins;
}

// A quarter of the layers, at least one; halves to even, as Python rounds.
export function defaultWidth(layers) {
  const quarter = layers / 4;
  const floor = Math.floor(quarter);
  const half = quarter - floor === 0.5;
  return Math.max(1, half ? floor + (floor % 2) : Math.round(quarter));
}
