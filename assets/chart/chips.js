"use strict";
// The legend's chips and the table twin of the chart, as Dash components.
window.headstrata = window.headstrata || {};

headstrata.element = (type, props, ...children) => ({
  type,
  namespace: "dash_html_components",
  props: { ...props, children },
});

headstrata.swatch = (segment) =>
  headstrata.element("Span", {
    className: `swatch pattern-${headstrata.PATTERN_NAMES[segment.pattern] || "plain"}`,
    style: {
      "--swatch": segment.colour,
      "--swatch-ink": segment.ink,
      ...(segment.dark ? { "--swatch-dark": segment.dark, "--swatch-ink-dark": segment.dark_ink } : {}),
    },
    "aria-hidden": "true",
  });

// Plotly's pattern shapes, as class names of page.css.
headstrata.PATTERN_NAMES = {
  "/": "slash", "\\": "backslash", "|": "bar", "-": "dash", "+": "plus", x: "cross", ".": "dot",
};

// One chip a segment; one that nobody could have (not measured, in a computed table) is left out.
headstrata.chips = function (payload, definitions, only) {
  const { element } = headstrata;
  const { segments, index } = headstrata.view(payload, definitions);
  const totals = segments.map(() => 0);
  index.forEach((place) => (totals[place] += 1));
  const share = headstrata.tenthsOfPercent(totals);
  return segments.flatMap((segment, place) => {
    if (segment.name === "not_measured" && !totals[place]) return [];
    const pressed = only === segment.name;
    const unknown = headstrata.isUnknown(payload, definitions, segment, totals[place]);
    return element(
      "Button",
      {
        id: `chip-${segment.name}`,
        type: "button",
        className: `chip${totals[place] || payload.as === "budget" ? "" : " none"}${only && !pressed ? " dimmed" : ""}`,
        "data-chip": segment.name,
        "aria-pressed": String(pressed),
        "aria-describedby": "chip-sentence",
      },
      headstrata.swatch(segment),
      element("Span", { className: "chip-label" }, segment.label),
      element(
        "Span",
        {
          className: "chip-count",
          title: unknown ? headstrata.NOT_MEASURED : headstrata.percentText(share[place]),
        },
        headstrata.chipCount(payload, definitions, totals, place),
        unknown && element("Span", { className: "visually-hidden" }, ` ${headstrata.NOT_MEASURED}`)
      )
    );
  });
};

// The chart's numbers as a table of buttons: the keyboard's way to every segment.
headstrata.twin = function (state) {
  const { payload, definitions, selection } = state;
  const { element } = headstrata;
  const { segments, index, bins } = headstrata.binned(payload, state.width, definitions);
  const chosen = headstrata.chosen(selection.segment, bins, segments);
  const head = element(
    "Thead",
    {},
    element("Tr", {}, element("Th", { scope: "col" }, "Layer bin"),
      ...bins.map((bin) => element("Th", { scope: "col" }, bin.label)))
  );
  const rows = segments
    .map((segment, place) => ({ segment, place }))
    .filter(({ segment, place }) => segment.name !== "not_measured" || index.includes(place))
    .map(({ segment, place }) =>
      element("Tr", {}, element("Th", { scope: "row" }, headstrata.swatch(segment), segment.label),
        ...bins.map((bin, at) =>
          element("Td", {},
            headstrata.isUnknown(payload, definitions, segment, bin.counts[place])
              ? headstrata.unmeasured()
              : headstrata.twinCell(bin, at, segment, place, chosen, payload)))));
  return element("Table", {}, head, element("Tbody", {}, ...rows));
};

headstrata.twinCell = function (bin, at, segment, place, chosen, payload) {
  const { element, percentText } = headstrata;
  const share = percentText(bin.tenths[place]);
  const text = payload.as === "budget" ? share : `${bin.counts[place]} · ${share}`;
  if (!bin.tenths[place]) return element("Span", { className: "nothing" }, "0");
  return element(
    "Button",
    {
      type: "button",
      className: "cell",
      "data-segment": `${bin.start}:${segment.name}`,
      "aria-pressed": String(Boolean(chosen && chosen.bin === at && chosen.place === place)),
      "aria-label": `${segment.label}, layers ${bin.label}: ${text}`,
    },
    text
  );
};

// The chart in one sentence a bin, for those who do not see it.
headstrata.summary = function (state) {
  const { payload, definitions } = state;
  const { segments, index, bins } = headstrata.binned(payload, state.width, definitions);
  const told = bins.slice(0, 12).map((bin) => {
    const parts = segments
      .map((segment, place) => ({ segment, count: bin.counts[place], tenths: bin.tenths[place] }))
      .filter(({ tenths }) => tenths)
      .sort((one, other) => other.tenths - one.tenths)
      .slice(0, 4)
      .map(({ segment, count, tenths }) => {
        const share = headstrata.percentText(tenths);
        return payload.as === "budget" ? `${segment.label} ${share}` : `${segment.label} ${count} (${share})`;
      });
    return `${bin.label}: ${parts.join(", ")}.`;
  });
  const more = bins.length > 12 ? ` And ${bins.length - 12} more bins; the table below has all.` : "";
  return (
    `${payload.title}: stacked bars of ${payload.as === "budget" ? "the attention of " : ""}` +
    `${headstrata.plural(index.length, "attention head")} in ` +
    `${headstrata.plural(bins.length, "bin")} of layers. ${told.join(" ")}${more}`
  );
};
