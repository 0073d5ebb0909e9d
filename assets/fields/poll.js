// A clock of the page, in place of dcc.Interval.

/**
 * @typedef {object} PollProps
 * @property {string} id
 * @property {number} interval - in ms
 * @property {boolean} [disabled]
 * @property {(props: { n_intervals: number }) => void} setProps
 */

/** @param {PollProps} props */
export function Poll({ interval, disabled, setProps }) {
  const { useEffect, useRef } = window.React;
  const tell = useRef(setProps);
  tell.current = setProps;
  const told = useRef(0);
  useEffect(() => {
    if (disabled) return;
    const timer = setInterval(() => tell.current({ n_intervals: ++told.current }), interval);
    return () => clearInterval(timer);
  }, [interval, disabled]);
  return null;
}
