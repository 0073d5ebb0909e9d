"use strict";
// Heads per bin of layers and segment. The numbers must equal cache/bins.py's, digit for
// digit: tests/browser compares every width with /api/bins.
window.headstrata = window.headstrata || {};

// Shares in tenths of a per cent that add up to exactly 1000 (largest remainder; ties go to
// the earlier segment).
headstrata.tenthsOfPercent = function (counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const tenths = counts.map((count) => Math.floor((count * 1000) / total));
  const short = 1000 - tenths.reduce((sum, tenth) => sum + tenth, 0);
  counts
    .map((count, place) => ({ place, rest: (count * 1000) % total }))
    .sort((one, other) => other.rest - one.rest || one.place - other.place)
    .slice(0, short)
    .forEach(({ place }) => (tenths[place] += 1));
  return tenths;
};

headstrata.percentText = (tenths) => `${Math.floor(tenths / 10)}.${tenths % 10}%`;

// index: segment of each head, layer-major. Returns one record a bin:
// {start, stop, label, total, counts: [segment], tenths: [segment], members: [segment][head]}.
headstrata.binHeads = function (index, layers, perLayer, width, segments) {
  const bins = [];
  for (let start = 0; start < layers; start += width) {
    const stop = Math.min(start + width, layers);
    const members = Array.from({ length: segments }, () => []);
    for (let head = start * perLayer; head < stop * perLayer; head += 1) {
      members[index[head]].push(head);
    }
    const counts = members.map((heads) => heads.length);
    bins.push({
      start,
      stop,
      members,
      counts,
      label: `[${start}, ${stop})`,
      total: (stop - start) * perLayer,
      tenths: headstrata.tenthsOfPercent(counts),
    });
  }
  return bins;
};

// A quarter of the layers, at least one; halves to even, as Python rounds.
headstrata.defaultWidth = function (layers) {
  const quarter = layers / 4;
  const floor = Math.floor(quarter);
  const half = quarter - floor === 0.5;
  return Math.max(1, half ? floor + (floor % 2) : Math.round(quarter));
};
