// An element of the page that Dash knows nothing of.
/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name @param {Record<string, string>} attributes @param {...(Node | string)} inside
 */
export function made(name, attributes, ...inside) {
  const one = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => one.setAttribute(key, value));
  one.append(...inside);
  return one;
}
