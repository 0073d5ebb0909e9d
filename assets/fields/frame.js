// Elements that no callback touches, with the components that stand in their holes
// (app/page/frame.py).

/** @typedef {{ type: string, props: Record<string, unknown> }} FixedElement */
/** @typedef {string | number | FixedElement | { held: number } | null | undefined | false} FixedNode */

/** @param {{ tree: FixedNode[], children?: unknown }} props */
export function Frame({ tree, children }) {
  const { createElement, Fragment } = window.React;
  const held = [children].flat();
  /** @param {FixedNode} node @returns {unknown} */
  const drawn = (node) => {
    if (typeof node !== "object" || node === null) return node;
    if ("held" in node) return held[node.held];
    const { children: inside, ...attributes } = node.props;
    return createElement(node.type.toLowerCase(), attributes, ...listed(inside).map(drawn));
  };
  return createElement(Fragment, null, ...tree.map(drawn));
}

/** @param {unknown} inside @returns {FixedNode[]} */
const listed = (inside) => /** @type {FixedNode[]} */ ([inside].flat(Infinity));
