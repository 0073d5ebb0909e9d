// What the server says once: taxonomies, thresholds, operations, figure skeletons and the grid
// (app/page/segments.py). The same for every table, so the page keeps it here.
export let definitions = null;

export function setDefinitions(given) {
  definitions = given;
}

// A category of the detailed taxonomy.
export const categoryNamed = (name) =>
  definitions.taxonomies.detailed.segments.find((segment) => segment.name === name);
