// An HTML element as a callback answers it.
/** @param {string} type @param {Record<string, unknown>} props @param {...Child} children */
export const element = (type, props, ...children) => ({
  type,
  namespace: "dash_html_components",
  props: { ...props, children },
});

// The same as one component, which Dash does not look into (app/page/frame.py).
/** @param {...unknown} tree */
export const framed = (...tree) => ({
  type: "Frame",
  namespace: "headstrata",
  props: { tree: tree.flat(Infinity) },
});
