// Figures in light and dark. The colours are CSS variables (css/theme.css).

// Read once a theme: asking the style for each of some hundred bars costs a slider step 20 ms.
const colours = new Map();

/** @param {string} name */
export function colour(name) {
  const key = `${document.documentElement.dataset.theme} ${name}`;
  if (!colours.has(key)) {
    const style = getComputedStyle(document.documentElement);
    colours.set(key, style.getPropertyValue(`--${name}`).trim());
  }
  return colours.get(key);
}

// A segment's colour and ink in the shown theme.
/** @param {Segment} segment */
export const paint = (segment) =>
  segment.dark && document.documentElement.dataset.theme === "dark"
    ? { colour: segment.dark, ink: segment.dark_ink }
    : segment;

// A bar's trace in the shown theme's colours.
/** @param {Plotly} trace @param {Segment} segment */
export function painted(trace, segment) {
  const { colour, ink } = paint(segment);
  if (colour === segment.colour) return trace;
  const pattern = { ...trace.marker.pattern, fgcolor: ink };
  return {
    ...trace,
    marker: { ...trace.marker, color: colour, pattern },
    textfont: { ...trace.textfont, color: ink },
  };
}

// The template with the colours of the shown theme.
/** @param {Plotly} template */
export function tinted(template) {
  const axis = { gridcolor: colour("grid"), linecolor: colour("line"), tickcolor: colour("line") };
  const layout = template.layout;
  return {
    layout: {
      ...layout,
      paper_bgcolor: colour("surface"),
      plot_bgcolor: colour("surface"),
      font: { ...layout.font, color: colour("ink") },
      xaxis: {
        ...layout.xaxis,
        ...axis,
        tickfont: { ...layout.xaxis.tickfont, color: colour("ink-2") },
      },
      yaxis: {
        ...layout.yaxis,
        ...axis,
        tickfont: { ...layout.yaxis.tickfont, color: colour("ink-2") },
      },
      hoverlabel: {
        ...layout.hoverlabel,
        bgcolor: colour("raised"),
        bordercolor: colour("line-strong"),
        font: { ...layout.hoverlabel.font, color: colour("ink") },
      },
    },
  };
}
