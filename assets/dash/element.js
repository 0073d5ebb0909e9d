// An HTML element as a callback answers it.
export const element = (type, props, ...children) => ({
  type,
  namespace: "dash_html_components",
  props: { ...props, children },
});
