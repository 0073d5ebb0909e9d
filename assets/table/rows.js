// All columns of a table's heads, fetched from /api/heads.
const KEPT = 2; // tables: the shown one, and the one before it for a reader who goes back

const answers = new Map(); // "name stamp" -> promise of the rows, the last used at the end

// All rows of a head table; fetched once while the table is among the last ones.
/** @param {Payload} payload */
export function headRows(payload) {
  const key = `${payload.name} ${payload.stamp}`;
  const answer = answers.get(key) || fetchRows(payload);
  answers.delete(key);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key)); // the next click tries again
  [...answers.keys()].slice(0, -KEPT).forEach((old) => answers.delete(old));
  return answer;
}

/** @param {Payload} payload */
async function fetchRows(payload) {
  const query = new URLSearchParams({ model: payload.name, format: "json" });
  const response = await fetch(`/api/heads?${query}`);
  if (!response.ok) throw new Error(`the head table: HTTP ${response.status}`);
  return response.json();
}
