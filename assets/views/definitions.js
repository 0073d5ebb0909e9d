// What the server says once (app/page/definitions.py): views, thresholds, figure skeletons and the
// grid. The same for every table, so the page keeps it here.

export let definitions = null;

export function setDefinitions(given) {
  definitions = given;
}

// A category of the detailed taxonomy.
export const categoryNamed = (name) =>
  definitions.views.detailed.segments.find((segment) => segment.name === name);
