// Where the heads' attention goes: the attention budget, unpacked once.
import { tenthsOfPercent } from "./bins.js";
import { layerMasses, SCORE_UNIT, unpack } from "./packing.js";

// layers: one array of masses (millionths) a layer. Every layer has as many heads.
export const sumOfMasses = (layers) =>
  layers[0].map((_, place) => layers.reduce((sum, one) => sum + one[place], 0));

export const tenthsOfMasses = (layers) => tenthsOfPercent(sumOfMasses(layers));

const unpackedBudgets = new WeakMap();

// {layers: [layer][destination] in millionths, top: destination of each head, share: of it}.
export function budgetOf(payload) {
  const packed = payload.budget;
  if (!unpackedBudgets.has(packed)) {
    unpackedBudgets.set(packed, {
      layers: layerMasses(packed.layers, payload.layers),
      top: unpack(packed.top, 1),
      share: unpack(packed.share, 2, SCORE_UNIT),
    });
  }
  return unpackedBudgets.get(packed);
}
