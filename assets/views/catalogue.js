// All views. A new one is a file and a line here, and the same in Python (app/views/catalogue.py).
import { budget } from "./budget.js";
import { detailed, grouped } from "./categories.js";
import { operations } from "./operations.js";

/** @import { View } from "./view.js" */

/** The first is drawn where nothing else was chosen. @type {View[]} */
export const VIEWS = [
  detailed,
  grouped,
  operations,
  budget,
];

/** @param {string} name */
export const viewNamed = (name) => /** @type {View} */ (VIEWS.find((view) => view.name === name));

/**
 * The view that is drawn.
 * @param {{as: string}} payload
 */
export const viewOf = (payload) => viewNamed(payload.as);
