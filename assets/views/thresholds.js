// What-if thresholds as text: in links, in requests and for people.
import { categoryNamed, definitions } from "./definitions.js";
import { quoted } from "./phrases.js";

// "induction:0.3,broad:0.7": what differs from the defaults, in the taxonomy's order.
export const thresholdText = (thresholds, defaults) =>
  Object.keys(defaults)
    .filter((name) => name in (thresholds || {}) && thresholds[name] !== defaults[name])
    .map((name) => `${name}:${thresholds[name]}`)
    .join(",");

// "0.40", and "0.333" of a link.
export const thresholdDigits = (value) => value.toFixed(3).replace(/0$/, "");

// Reads the address; each part that makes no sense is left out and noted.
export function readThresholds(text, defaults, notes) {
  const found = {};
  for (const part of (text || "").split(",").filter((one) => one.trim())) {
    const [, name, number] = /^\s*([a-z_]+)\s*:\s*(\d*\.?\d+)\s*$/.exec(part) || [];
    const value = Math.round(Number(number) * 1000) / 1000;
    if (!(name in defaults)) {
      notes.push(
        `t=${quoted(part)} is not CATEGORY:VALUE with one of ` +
          `${Object.keys(defaults).join(", ")}.`,
      );
    } else if (!(value > 0 && value <= 1)) {
      notes.push(`t=${quoted(part)}: a threshold is above 0 and at most 1.`);
    } else if (value !== defaults[name]) {
      found[name] = value;
    }
  }
  return found;
}

// For people: "Induction pattern 0.3 (default 0.4)".
export const describeThresholds = (thresholds) =>
  Object.keys(definitions.thresholds)
    .filter((name) => name in thresholds)
    .map((name) => {
      const { label } = categoryNamed(name);
      return `${label} ${thresholds[name]} (default ${definitions.thresholds[name]})`;
    })
    .join(", ");
