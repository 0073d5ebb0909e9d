// Patterns of many heads on one prompt, fetched from /api/patterns some at a time.
import { unpackTriangle } from "../selection/attention.js";

/** @import { Rows } from "../selection/attention.js" */

/** @typedef {{ tokens: string[], rows: Rows }} Drawn */

const MOST = 48; // heads of one request (app/patterns.py)
const KEPT = 1500; // patterns in memory: of 64 tokens each some 25 MB

/** @type {Map<string, Drawn>} the last used at the end */
const kept = new Map();

/** @param {Payload} payload @param {string} prompt @param {HeadKey} head */
const nameOf = ({ name, stamp }, prompt, head) => `${name} ${stamp} ${prompt} ${head}`;

// One that was fetched before.
/** @param {Payload} payload @param {string} prompt @param {HeadKey} head */
export function known(payload, prompt, head) {
  const name = nameOf(payload, prompt, head);
  const found = kept.get(name);
  if (!found) return null;
  kept.delete(name);
  kept.set(name, found);
  return found;
}

// Those that are not known yet, in as few requests as they need; `arrived` is called for each.
/**
 * @param {Payload} payload @param {string} prompt @param {HeadKey[]} heads
 * @param {(head: HeadKey, drawn: Drawn) => void} arrived
 */
export async function fetchPatterns(payload, prompt, heads, arrived) {
  const missing = heads.filter((head) => {
    const found = known(payload, prompt, head);
    if (found) arrived(head, found);
    return !found;
  });
  for (let start = 0; start < missing.length; start += MOST) {
    const asked = missing.slice(start, start + MOST).join(",");
    const query = new URLSearchParams({ model: payload.name, prompt, heads: asked });
    const response = await fetch(`api/patterns?${query}`);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    Object.entries(answer.heads).forEach(([head, triangle]) => {
      const { tokens } = answer;
      const drawn = { tokens, rows: unpackTriangle(triangle, tokens.length) };
      kept.set(nameOf(payload, prompt, head), drawn);
      arrived(head, drawn);
    });
  }
  [...kept.keys()].slice(0, -KEPT).forEach((old) => kept.delete(old));
}
