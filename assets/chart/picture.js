"use strict";
// The chart as a picture. What the page says around the chart is in the picture: what the
// colours mean, which table it is, when it was made and under which thresholds.
window.headstrata = window.headstrata || {};

// px. The same in every window, so that the pictures of a paper go together.
headstrata.PICTURE = { width: 1000, height: 560, left: 70, line: 16, swatch: 66 };

// Phrases: which table, and what the view rests on.
headstrata.caption = function (payload, width, definitions) {
  const { source, threshold } = definitions.operations;
  const bins = `${headstrata.plural(width, "layer")} a bin, rounded so that each makes 100.0%`;
  const table = [payload.name, payload.note];
  if (!payload.note.includes(payload.when)) table.push(payload.when);
  if (payload.as === "operations") {
    return [payload.name, `operations published by ${source}, from a score of ${threshold}`, bins];
  }
  if (payload.as === "budget") return [...table, bins, "attention on natural text, no thresholds"];
  return [...table, bins, headstrata.thresholdCaption(payload, definitions)];
};

// Every threshold that had a say, for one who has only the picture.
headstrata.thresholdCaption = function (payload, definitions) {
  const given = headstrata.readThresholds(payload.t, definitions.thresholds, []);
  const said = Object.entries(definitions.thresholds)
    .filter(([name]) => payload.scores.includes(definitions.scoreOf[name]))
    .map(([name, usual]) => {
      const { label } = headstrata.category(definitions, name);
      return name in given ? `${label} ${given[name]} (default ${usual})` : `${label} ${usual}`;
    });
  return `${payload.t ? "what-if" : "default"} thresholds: ${said.join(", ")}`;
};

// Lines no wider than so many px; a name and its number stay together.
headstrata.wrapped = function (text, wide) {
  return text.split(/(?<=[,·]) /).reduce((lines, part) => {
    const longer = `${lines.at(-1)} ${part}`;
    const fits = lines.length && headstrata.textWidth(longer) <= wide;
    return fits ? [...lines.slice(0, -1), longer] : [...lines, part];
  }, []);
};

// {data, layout} of the picture of what is drawn now.
headstrata.picture = function (payload, width, definitions) {
  const { PICTURE, MARGINS } = headstrata;
  const lines = headstrata.wrapped(
    headstrata.caption(payload, width, definitions).join(" · "),
    PICTURE.width - PICTURE.left - MARGINS.right
  );
  const names = headstrata.legendNames(payload, definitions);
  const margin = {
    l: PICTURE.left,
    r: PICTURE.swatch + Math.max(...names.map(headstrata.textWidth)),
    t: MARGINS.top + 14 + PICTURE.line * lines.length,
    b: MARGINS.bottom,
  };
  const box = {
    width: PICTURE.width - margin.l - margin.r,
    height: PICTURE.height - margin.t - margin.b,
  };
  // A chosen segment is the page's matter: the others would be pale without a word.
  const { selection, ...drawn } = headstrata.drawn.chart;
  const { data, layout } = headstrata.chartFigure({
    ...drawn, selection: { ...selection, segment: null }, box,
  });
  return {
    data: data.map((trace, place) => ({ ...trace, showlegend: true, name: names[place] })),
    layout: { ...headstrata.framed(layout, lines), width: PICTURE.width, height: PICTURE.height, margin },
  };
};

headstrata.framed = (layout, lines) => ({
  ...layout,
  showlegend: true,
  legend: {
    traceorder: "reversed", // as the segments lie upon each other
    x: 1.02, xanchor: "left", y: 1, yanchor: "top",
    font: { size: 12 },
  },
  title: {
    ...layout.title,
    subtitle: {
      text: lines.map(headstrata.plain).join("<br>"),
      font: { size: 12, color: headstrata.colour("ink-2") },
    },
  },
});

// Each segment's name with its number of heads (in a budget: share), as on the page's chips.
headstrata.legendNames = function (payload, definitions) {
  const { segments, index } = headstrata.view(payload, definitions);
  const totals = segments.map(() => 0);
  index.forEach((place) => (totals[place] += 1));
  return segments.map(
    ({ label }, place) => `${label}  ${headstrata.chipCount(payload, definitions, totals, place)}`
  );
};

headstrata.saveChart = function (format, payload, width, definitions) {
  const { width: wide, height } = headstrata.PICTURE;
  // as app/downloads.py names its files
  const made = payload.t ? `-t-${payload.t.replace(/:/g, "-").replace(/,/g, "_")}` : "";
  window.Plotly.downloadImage(headstrata.picture(payload, width, definitions), {
    format,
    filename: `${payload.name}-chart-${width}-${payload.as}${made}`,
    width: wide,
    height,
    scale: format === "png" ? 2 : 1,
  });
};
