// What leaves the page as text, and where it says that it was seen.
import assert from "node:assert/strict";
import test from "node:test";
import { payloadOf } from "./twins.js";
import { bibtex, embed, isLocal, markdown, python, reference } from "../../assets/table/share.js";

const LINK = "https://heads.example.org/?model=one&bins=1";
const HERE = "http://127.0.0.1:8050/?model=one&bins=1";
const ENTRY =
  "@misc{headstrata-one,\n  title = {Made one},\n  note = {table; head table SHA-256 0f0f}\n}";

// Two layers of four heads. Of categories: 0 is induction, 2 previous token, a (10) mixed.
const small = (changes = {}) =>
  payloadOf("one", "detailed", { layers: 2, heads: 4, detailed: "002a2aaa", ...changes });

test("bins as a table of Markdown", () => {
  const lines = markdown(small(), 1, LINK, ENTRY).split("\n");
  assert.equal(lines[0], "| Made one | [0, 1) | [1, 2) |");
  assert.equal(lines[1], "|---|---:|---:|");
  assert.equal(lines[2], "| Induction pattern | 2 (50.0%) | 0 (0.0%) |");
  assert.ok(lines.includes("| Previous token | 1 (25.0%) | 1 (25.0%) |"));
  assert.ok(lines.includes("| Mixed | 1 (25.0%) | 3 (75.0%) |"));
  assert.ok(!lines.some((line) => line.startsWith("| Not measured")));
  assert.match(lines.at(-1) ?? "", /^one · computed 2026-11-01 · 1 layer a bin, /);
  assert.match(lines.at(-1) ?? "", /default thresholds: Induction pattern 0\.4, Duplicate token 0/);
  assert.ok(lines.at(-1)?.endsWith(` · ${LINK}`));
});

test("what nobody measured is a dash in Markdown, and said", () => {
  const lines = markdown(small({ scores: ["induction"] }), 2, LINK, ENTRY).split("\n");
  assert.ok(lines.includes("| Induction pattern | 2 (25.0%) |"));
  assert.ok(lines.includes("| Broad | – |"));
  assert.ok(lines.includes("–: not measured."));
});

test("an address of this machine means nothing elsewhere", () => {
  const hosts = ["127.0.0.1:8050", "localhost:8050", "[::1]", "0.0.0.0", "127.1.2.3"];
  hosts.forEach((host) => assert.equal(isLocal(`http://${host}/?bins=12`), true, host));
  const others = ["heads.example.org", "10.0.0.7:8050", "localhost.example.org"];
  others.forEach((host) => assert.equal(isLocal(`http://${host}/?bins=12`), false, host));
});

test("elsewhere the link is the reference, here the table's hash", () => {
  assert.equal(reference(LINK, ""), LINK);
  assert.equal(reference(HERE, ENTRY), "Headstrata, head table SHA-256 0f0f");
  assert.equal(reference(HERE, ""), "Headstrata");
});

test("a citation tells changed thresholds, and the link where it is of use", () => {
  const changed = small({ t: "previous_token:0.3" });
  assert.equal(
    bibtex(changed, HERE, ENTRY),
    "@misc{headstrata-one,\n  title = {Made one},\n  note = {table; head table SHA-256 0f0f" +
      "; what-if thresholds previous\\_token:0.3}\n}",
  );
  assert.equal(
    bibtex(small(), LINK, ENTRY),
    "@misc{headstrata-one,\n  title = {Made one},\n  note = {table; head table SHA-256 0f0f},\n" +
      `  url = {${LINK}}\n}`,
  );
});

test("what is copied stays under the path of the page", () => {
  const link = "https://hub.example.org/user/ann/proxy/8050/?model=one";
  assert.ok(
    python(small(), link).includes('"https://hub.example.org/user/ann/proxy/8050/api/heads?'),
  );
  assert.ok(
    embed(small(), link).includes(
      'src="https://hub.example.org/user/ann/proxy/8050/embed?model=one"',
    ),
  );
});

test("a line of Python reads the table under its thresholds", () => {
  const given = small({ t: "induction:0.3", hash: "0f0f".repeat(4) });
  assert.equal(
    python(given, LINK),
    'import pandas as pd\n\nheads = pd.read_parquet("https://heads.example.org/api/heads?model=one@0f0f0f0f0f0f0f0f&format=parquet&t=induction%3A0.3")',
  );
});

test("a title is text in the code of a frame, not markup", () => {
  const code = embed(small({ title: '"><img src=x>' }), LINK);
  assert.ok(code.startsWith('<iframe src="https://heads.example.org/embed?model=one&amp;bins=1" '));
  assert.ok(code.includes('title="&quot;&gt;&lt;img src=x&gt;: attention heads by layer"'));
});
