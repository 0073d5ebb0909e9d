// An element whose inside the server wrote (app/page/still.py) and no callback changes.

/**
 * @param {{ id?: string, tag: string, attributes: Record<string, unknown>, html: string }} props
 */
export function Still({ id, tag, attributes, html }) {
  return window.React.createElement(tag, {
    ...attributes,
    id,
    dangerouslySetInnerHTML: { __html: html }, // escaped by app/page/markup.py
  });
}
