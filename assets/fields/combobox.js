// A select that typing filters, after the WAI-ARIA pattern:
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ (editable, with list autocomplete)
import { matching } from "./matching.js";
import { plural } from "../views/phrases.js";

/**
 * @typedef {object} ComboboxProps
 * @property {string} id
 * @property {string} label
 * @property {Choice[]} data
 * @property {string | null} value
 * @property {boolean} [disabled]
 * @property {string} [placeholder]
 * @property {boolean} [clearable]
 * @property {(props: { value: string | null }) => void} setProps
 */

/** @param {ComboboxProps} props */
export function Combobox(props) {
  const { createElement: h, useState, useRef, useEffect } = window.React;
  const { id, label, data = [], value, disabled, placeholder, clearable, setProps } = props;
  // typed: null while nothing was; at: the option that Enter takes.
  const closed = { open: false, typed: null, at: 0 };
  const [{ open, typed, at }, become] = useState(closed);
  const field = useRef(null);
  const list = useRef(null);
  const chosen = data.find((one) => one.value === value);
  const found = typed === null ? data : matching(data, typed);
  const none = open && !found.length;

  useEffect(() => {
    list.current?.querySelector(".at")?.scrollIntoView({ block: "nearest" });
  }, [open, at, typed]);

  // Whatever is typed next replaces the name that stands there.
  useEffect(() => {
    if (typed === null && document.activeElement === field.current) field.current.select();
  }, [typed, value]);

  const close = () => become(closed);
  const show = () => {
    if (open) return;
    become({ open: true, typed: null, at: Math.max(0, chosen ? data.indexOf(chosen) : 0) });
  };
  /** @param {string | null} next */
  const take = (next) => {
    close();
    if (next !== value) setProps({ value: next });
  };
  /** @param {number} next */
  const move = (next) => open ? become({ open, typed, at: next }) : show();
  const last = found.length - 1;
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => move(at >= last ? 0 : at + 1),
    ArrowUp: () => move(at <= 0 ? last : at - 1),
    PageDown: () => move(Math.min(last, at + 8)),
    PageUp: () => move(Math.max(0, at - 8)),
    Enter: () => open && found[at] ? take(found[at].value) : show(),
    Escape: close,
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const act = keys[event.key];
    if (!act || (event.key === "Escape" && !open && typed === null)) return;
    event.preventDefault();
    event.stopPropagation(); // it is this list's: what is chosen in the page stays
    act();
  };

  const input = h("input", {
    ref: field,
    id,
    type: "text",
    role: "combobox",
    autoComplete: "off",
    spellCheck: false,
    disabled,
    placeholder,
    value: typed ?? chosen?.label ?? "",
    title: chosen?.label,
    "aria-label": label,
    "aria-expanded": String(open && !none),
    "aria-controls": `${id}-list`,
    "aria-autocomplete": "list",
    "aria-activedescendant": open && found[at] ? `${id}-option-${at}` : undefined,
    onChange: (/** @type {InputEvent} */ { target }) =>
      become({ open: true, typed: /** @type {HTMLInputElement} */ (target).value, at: 0 }),
    // Typing replaces what stands there, however the field was come to.
    onFocus: () => field.current.select(),
    onMouseUp: (/** @type {MouseEvent} */ event) => {
      if (typed === null) event.preventDefault();
    },
    onClick: () => {
      show();
      if (typed === null) field.current.select();
    },
    onBlur: close,
    onKeyDown,
  });
  // A press on the list must not take the field's focus, which would close it.
  const onMouseDown = (/** @type {Event} */ event) => event.preventDefault();
  const options = () =>
    h(
      "ul",
      { id: `${id}-list`, role: "listbox", "aria-label": label },
      found.map((one, place) =>
        h(
          "li",
          {
            key: one.value,
            id: `${id}-option-${place}`,
            role: "option",
            className: place === at ? "at" : undefined,
            "aria-selected": String(one.value === value),
            onClick: () => take(one.value),
          },
          one.label,
        )
      ),
    );
  return h(
    "div",
    { className: "combobox" },
    input,
    clearable && value && h("button", {
      type: "button",
      className: "clear",
      title: "Clear",
      "aria-label": `Clear: ${label}`,
      onClick: () => take(null),
    }, "×"),
    open && h(
      "div",
      { className: "combobox-list", ref: list, onMouseDown },
      none ? h("p", null, "Nothing found") : options(),
    ),
    h(
      "span",
      { className: "visually-hidden", role: "status" },
      typed ? (none ? "Nothing found" : `${plural(found.length, "table")} found`) : "",
    ),
  );
}
