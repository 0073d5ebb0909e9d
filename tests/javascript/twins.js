// What Python says of the cases that both languages must answer alike (scripts/make_twins.py).
import twins from "../twins.json" with { type: "json" };
import { setDefinitions } from "../../assets/views/definitions.js";

export { twins };

// The views need what the page is sent once; figures and colours are left out of the fixture.
export const definitions = /** @type {Definitions} */ (/** @type {unknown} */ (twins.definitions));
setDefinitions(definitions);

// A table of the fixture as it is drawn in a view.
/** @type {(name: string, as?: string, changes?: Partial<Payload>) => Payload} */
export const payloadOf = (name, as = "detailed", changes = {}) => {
  const tables = /** @type {Record<string, unknown>} */ (twins.tables);
  return /** @type {Payload} */ ({ .../** @type {object} */ (tables[name]), as, ...changes });
};
