// What the curve says, in a sentence: how far the number moves around the default.
import { categoryNamed, definitions } from "../views/definitions.js";
import { plural } from "../views/phrases.js";
import { thresholdDigits } from "../views/thresholds.js";

const AROUND = 0.1;

/** @param {Sensitivity} curve @param {number} threshold */
export function headsAt({ counts }, threshold) {
  const place = Math.min(99, Math.max(0, Math.round(100 * threshold) - 1));
  return counts[place];
}

/** @param {Sensitivity} curve @param {number} now - the threshold in force */
export function curveWords(curve, now) {
  const { label } = categoryNamed(curve.category);
  const usual = definitions.thresholds[curve.category];
  const [low, high] = [Math.max(0.01, usual - AROUND), Math.min(1, usual + AROUND)];
  const here = headsAt(curve, usual);
  const [most, least] = [headsAt(curve, low), headsAt(curve, high)];
  const span = most === least
    ? `from ${thresholdDigits(low)} to ${thresholdDigits(high)} the number does not change`
    : `${most.toLocaleString("en-US")} at ${thresholdDigits(low)}, ` +
      `${least.toLocaleString("en-US")} at ${thresholdDigits(high)}`;
  const changed = now === usual
    ? ""
    : ` Now at ${thresholdDigits(now)}: ${plural(headsAt(curve, now), "head")}.`;
  return `${label}: ${plural(here, "head")} at the default ${
    thresholdDigits(usual)
  }; ${span}.${changed}`;
}
