// Which table is drawn, and what the view rests on: in the picture and in copied tables.
import { categoryNamed, definitions } from "./definitions.js";
import { plural } from "./phrases.js";
import { readThresholds } from "./thresholds.js";

// Phrases: which table, and what the view rests on.
export function caption(payload, width) {
  const { source, threshold } = definitions.views.operations;
  const bins = `${plural(width, "layer")} a bin, rounded so that each makes 100.0%`;
  const table = [payload.name, payload.note];
  if (!payload.note.includes(payload.when)) table.push(payload.when);
  if (payload.as === "operations") {
    return [payload.name, `operations published by ${source}, from a score of ${threshold}`, bins];
  }
  if (payload.as === "budget") return [...table, bins, "attention on natural text, no thresholds"];
  return [...table, bins, thresholdCaption(payload)];
}

// Every threshold that had a say, for one who has only the picture.
function thresholdCaption(payload) {
  const given = readThresholds(payload.t, definitions.thresholds, []);
  const said = Object.entries(definitions.thresholds)
    .filter(([name]) => payload.scores.includes(definitions.scoreOf[name]))
    .map(([name, usual]) => {
      const { label } = categoryNamed(name);
      return name in given ? `${label} ${given[name]} (default ${usual})` : `${label} ${usual}`;
    });
  return `${payload.t ? "what-if" : "default"} thresholds: ${said.join(", ")}`;
}
