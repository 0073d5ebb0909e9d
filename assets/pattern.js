"use strict";
// One head's attention on one prompt: queries down, keys across, a cell a weight.
window.headstrata = window.headstrata || {};

headstrata.LEGIBLE = 11; // px a token's label needs

// Base64 of the lower triangle's bytes, row by row, into rows of weights; null above.
headstrata.unpackTriangle = function (text, size) {
  const bytes = atob(text);
  let at = 0;
  return Array.from({ length: size }, (_, query) =>
    Array.from({ length: size }, (_, key) =>
      key > query ? null : bytes.charCodeAt(at++) / 255
    )
  );
};

// Spaces and line breaks are tokens too: they are shown as signs.
headstrata.tokenText = (token) =>
  headstrata.plain(token.replace(/\n/g, "⏎").replace(/^ /, "␣").replace(/\t/g, "⇥"));

headstrata.patternFigure = function (packed, probe, definitions, frame) {
  const { tokens, weights } = packed.probes[probe];
  const names = tokens.map(headstrata.tokenText);
  const places = [...names.keys()];
  const margin = { l: 98, r: 6, t: 6, b: 98 };
  const room = Math.min(frame.clientWidth - 104, frame.clientHeight - 104) / names.length;
  const step = Math.max(1, Math.ceil(headstrata.LEGIBLE / room));
  const shown = places.filter((place) => place % step === 0);
  const axis = {
    fixedrange: true, showgrid: false, tickvals: shown, ticks: "",
    ticktext: shown.map((place) => names[place].slice(0, 11)),
    tickfont: { size: 10 },
  };
  const { template } = definitions.figures.detailed.map.layout;
  const tint = headstrata.tinted(template);
  return {
    data: [
      {
        type: "heatmap", x: places, y: places, z: headstrata.unpackTriangle(weights, names.length),
        zmin: 0, zmax: 1, showscale: false,
        colorscale: headstrata.inkScale(),
        text: places.map((query) => places.map((key) => `${names[query]} → ${names[key]}`)),
        hovertemplate: "<b>%{text}</b><br>weight %{z:.2f}<br>query %{y}, key %{x}<extra></extra>",
        hoverongaps: false,
      },
    ],
    layout: {
      template: tint, margin, autosize: true, dragmode: false, hovermode: "closest",
      plot_bgcolor: headstrata.colour("sunken"),
      xaxis: { ...axis, title: { text: "Key", standoff: 2 }, tickangle: -90, range: [-0.5, names.length - 0.5], constrain: "domain" },
      yaxis: { ...axis, title: { text: "Query", standoff: 2 }, range: [names.length - 0.5, -0.5], constrain: "domain", constraintoward: "top", scaleanchor: "x" },
    },
  };
};

// From the surface to the accent by the square root of the weight: faint attention shows too.
headstrata.inkScale = function () {
  const steps = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const parse = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const from = parse(headstrata.colour("sunken"));
  const to = parse(headstrata.colour("accent"));
  const mix = (share) => from.map((one, at) => Math.round(one + (to[at] - one) * share)).join(",");
  return steps.map((share) => [share * share, `rgb(${mix(share)})`]);
};

// "18.6" as people write it.
headstrata.headLabel = (head) => `L${head.replace(".", ".H")}`;

headstrata.patternNote = function (packed, probe) {
  if (packed.why) return packed.why;
  const { sentence } = packed.probes[probe];
  return (
    `${headstrata.headLabel(packed.head)} on one prompt of ${sentence}: ${packed.probes[probe].tokens.length} tokens. Colour is the ` +
    "square root of the weight; point at a cell for its query, key and weight."
  );
};

// The picture as large as the window, and back.
headstrata.resizePattern = function () {
  const pattern = document.getElementById("pattern");
  const large = pattern.classList.toggle("large");
  const button = document.getElementById("pattern-size");
  button.textContent = large ? "Shrink" : "Enlarge";
  button.setAttribute("aria-expanded", String(large));
};
