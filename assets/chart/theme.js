"use strict";
// Light and dark: the one that the link names, else the system's. The colours are CSS
// variables (theme.css); figures read them from there.
window.headstrata = window.headstrata || {};

headstrata.systemTheme = () =>
  window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

// Read once a theme: asking the style for each of some hundred bars costs a slider step 20 ms.
const colours = new Map();
headstrata.colour = function (name) {
  const key = `${document.documentElement.dataset.theme} ${name}`;
  if (!colours.has(key)) {
    const style = getComputedStyle(document.documentElement);
    colours.set(key, style.getPropertyValue(`--${name}`).trim());
  }
  return colours.get(key);
};

// A segment's colour and ink in the shown theme.
headstrata.paint = (segment) =>
  segment.dark && document.documentElement.dataset.theme === "dark"
    ? { colour: segment.dark, ink: segment.dark_ink }
    : segment;

// A bar's trace in the shown theme's colours: most segments have the same in both.
headstrata.painted = function (trace, segment) {
  const { colour, ink } = headstrata.paint(segment);
  if (colour === segment.colour) return trace;
  const pattern = { ...trace.marker.pattern, fgcolor: ink };
  return {
    ...trace,
    marker: { ...trace.marker, color: colour, pattern },
    textfont: { ...trace.textfont, color: ink },
  };
};

// The template with the colours of the shown theme.
headstrata.tinted = function (template) {
  const { colour } = headstrata;
  const axis = { gridcolor: colour("grid"), linecolor: colour("line"), tickcolor: colour("line") };
  const layout = template.layout;
  return {
    layout: {
      ...layout,
      paper_bgcolor: colour("surface"),
      plot_bgcolor: colour("surface"),
      font: { ...layout.font, color: colour("ink") },
      xaxis: { ...layout.xaxis, ...axis, tickfont: { ...layout.xaxis.tickfont, color: colour("ink-2") } },
      yaxis: { ...layout.yaxis, ...axis, tickfont: { ...layout.yaxis.tickfont, color: colour("ink-2") } },
      hoverlabel: {
        ...layout.hoverlabel,
        bgcolor: colour("raised"),
        bordercolor: colour("line-strong"),
        font: { ...layout.hoverlabel.font, color: colour("ink") },
      },
    },
  };
};

headstrata.applyTheme = function (theme) {
  const shown = theme || headstrata.systemTheme();
  document.documentElement.dataset.theme = shown;
  document.documentElement.style.colorScheme = shown;
  document.documentElement.dataset.mantineColorScheme = shown; // at once, for paper
  const toggle = document.getElementById("theme-toggle");
  if (toggle) toggle.setAttribute("aria-pressed", String(shown === "dark"));
  return shown;
};
