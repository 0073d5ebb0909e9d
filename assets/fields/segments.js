// Radio buttons side by side, as one control.

/** @typedef {Choice & { disabled?: boolean, title?: string }} Segmented */

/**
 * @param {{ id: string, label: string, data: Segmented[], value: string, disabled?: boolean,
 *   setProps: (props: { value: string }) => void }} props
 */
export function Segments({ id, label, data = [], value, disabled, setProps }) {
  const { createElement: h } = window.React;
  return h(
    "div",
    {
      id,
      className: `segments${disabled ? " disabled" : ""}`,
      role: "radiogroup",
      "aria-label": label,
    },
    data.map((one) =>
      h(
        "label",
        { key: one.value, title: one.title },
        h("input", {
          type: "radio",
          name: id,
          value: one.value,
          checked: one.value === value,
          disabled: Boolean(disabled || one.disabled),
          onChange: () => setProps({ value: one.value }),
        }),
        h("span", null, one.label),
        one.disabled && one.title && h("span", { className: "visually-hidden" }, `: ${one.title}`),
      )
    ),
  );
}
