// An HTML element as a callback answers it.
/** @param {string} type @param {Record<string, unknown>} props @param {...Child} children */
export const element = (type, props, ...children) => ({
  type,
  namespace: "dash_html_components",
  props: { ...props, children },
});
