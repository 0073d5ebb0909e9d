// Tables that a link pins by their contents: "smollm2-135m@714530974636e49f" (cache/pins.py).
import { quoted } from "./phrases.js";

// The table's name, and the start of its rows' hash; key: of the link, for the note.
/**
 * @param {string} key @param {string | null} text @param {string[]} notes
 * @returns {[string | null, string | null]}
 */
export function readPin(key, text, notes) {
  if (text === null || !text.includes("@")) return [text, null];
  const at = text.indexOf("@");
  const [name, pin] = [text.slice(0, at), text.slice(at + 1).toLowerCase()];
  if (/^[0-9a-f]{8,64}$/.test(pin)) return [name, pin];
  notes.push(
    `${key}=${quoted(text)}: what follows the @ is not a hash of 8 to 64 hexadecimal digits.`,
  );
  return [name, null];
}

/** @param {string} name @param {string | null | undefined} pin */
export const withPin = (name, pin) => pin ? `${name}@${pin}` : name;

// A pin may be longer than what the page knows of the hash.
/** @param {string} hash @param {string} pin */
export const isPinned = (hash, pin) => pin.startsWith(hash) || hash.startsWith(pin);
