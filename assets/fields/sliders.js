// Sliders are native inputs. While the bin width's is moved the chart follows past Dash
// (chart/drag.js); Dash hears of it on release, or when a key has rested.
import { binsText } from "./widths.js";

const FAST = 5; // steps of a PageUp
const RESTED_MS = 150; // a key that has rested so long is no longer held

/** @typedef {(props: { value: number }) => void} SetValue */

/**
 * @typedef {object} SliderProps
 * @property {string} id
 * @property {string} label
 * @property {number} min
 * @property {number} max
 * @property {number} step
 * @property {number} value
 * @property {number} [mark]
 * @property {boolean} [disabled]
 * @property {SetValue} setProps
 */

// PageUp and PageDown move by five steps; a browser's own would move by a tenth, or the page.
/** @param {KeyboardEvent} event */
function leap(event) {
  const way = { PageUp: 1, PageDown: -1 }[event.key];
  if (!way) return;
  event.preventDefault();
  const input = /** @type {HTMLInputElement} */ (event.target);
  input.stepUp(way * FAST); // stops at either end
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// How far the thumb is, for the filled part of the track.
/** @param {HTMLInputElement} input */
const fill = (input) => {
  const { min, max, value } = input;
  const share = (Number(value) - Number(min)) / Math.max(1e-9, Number(max) - Number(min));
  input.style.setProperty("--share", String(share));
};

/** @param {HTMLInputElement} input */
function say(input) {
  fill(input);
  input.setAttribute("aria-valuetext", binsText(Number(input.value), Number(input.max)));
}

/** @param {{ id: string, max: number, value: number, setProps: SetValue }} props */
export function BinWidth({ id, max, value, setProps }) {
  const { createElement: h, Fragment, useLayoutEffect, useRef } = window.React;
  const range = useRef(null);
  const number = useRef(null);
  const tell = useRef(setProps);
  tell.current = setProps;

  useLayoutEffect(() => {
    [range.current, number.current].forEach((input) => {
      input.max = max; // before the value, which it would cut
      input.value = value;
    });
    say(range.current);
  }, [max, value]);

  useLayoutEffect(() => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let resting;
    let byKey = false;
    const { current: slider } = range;
    const release = () => {
      clearTimeout(resting);
      tell.current({ value: Number(slider.value) });
    };
    slider.addEventListener("pointerdown", () => (byKey = false));
    slider.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      byKey = true;
      leap(event);
    });
    slider.addEventListener("input", () => {
      number.current.value = slider.value;
      say(slider);
    });
    slider.addEventListener("change", () => {
      clearTimeout(resting);
      if (byKey) resting = setTimeout(release, RESTED_MS);
      else release();
    });
    const { current: field } = number;
    field.addEventListener("change", () => {
      const wanted = Math.round(Number(field.value)) || 1;
      field.value = Math.min(Math.max(1, wanted), Number(field.max));
      tell.current({ value: Number(field.value) });
    });
  }, []);

  return h(
    Fragment,
    null,
    h(
      "div",
      { id, className: "slider" },
      h("input", { ref: range, type: "range", min: 1, step: 1, "aria-label": "Bin width" }),
    ),
    h("input", {
      ref: number,
      type: "number",
      className: "slider-number",
      min: 1,
      step: 1,
      inputMode: "numeric",
      "aria-label": "Bin width in layers",
    }),
  );
}

/** @param {SliderProps} props */
export function Slider({ id, label, min, max, step, value, mark, disabled, setProps }) {
  const { createElement: h, useLayoutEffect, useRef } = window.React;
  const range = useRef(null);
  useLayoutEffect(() => {
    range.current.value = value;
    fill(range.current);
  }, [value, min, max]);
  return h(
    "div",
    {
      id,
      className: `slider${mark === undefined ? "" : " marked"}`,
      style: { "--mark": mark === undefined ? 0 : (mark - min) / (max - min) },
    },
    h("input", {
      ref: range,
      type: "range",
      min,
      max,
      step,
      disabled,
      defaultValue: value,
      "aria-label": label,
      onKeyDown: (/** @type {{ nativeEvent: KeyboardEvent }} */ { nativeEvent }) =>
        leap(nativeEvent),
      // React's "change" is the browser's "input": told while it moves.
      onChange: (/** @type {Event} */ { target }) =>
        setProps({ value: Number(/** @type {HTMLInputElement} */ (target).value) }),
    }),
  );
}
