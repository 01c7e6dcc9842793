// Answers of the endpoint as tables and as statements.

/** A term as SPARQL 1.1 Query Results JSON has it: { type, value, "xml:lang", datatype }. */
const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f", '"': '"', "'": "'", "\\": "\\" };
const TERM = String.raw`<[^>]*>|_:[^\s]+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?`;
const LINE = new RegExp(String.raw`^\s*(${TERM})\s+(<[^>]*>)\s+(${TERM})\s*\.`);
const NUMBER = /^http:\/\/www\.w3\.org\/2001\/XMLSchema#(integer|decimal|double|float|(non)?(positive|negative)(Integer)?|nonNegativeInteger|nonPositiveInteger|long|int|short|byte|unsigned\w+)$/;

/** An answer to a SELECT or ASK. */
export function readRows(text) {
  const read = JSON.parse(text);
  if (typeof read.boolean === "boolean") return { kind: "boolean", value: read.boolean };
  return { kind: "rows", columns: read.head.vars, rows: read.results.bindings };
}

/** An answer to a CONSTRUCT or DESCRIBE, in N-Triples (https://www.w3.org/TR/n-triples/). */
export function readGraph(text) {
  const rows = [];
  for (const line of text.split("\n")) {
    const found = LINE.exec(line);
    if (found) rows.push({ subject: readTerm(found[1]), predicate: readTerm(found[2]), object: readTerm(found[3]) });
  }
  return { kind: "graph", columns: ["subject", "predicate", "object"], rows };
}

function readTerm(text) {
  if (text.startsWith("<")) return { type: "uri", value: unescape(text.slice(1, -1)) };
  if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2) };
  const end = text.lastIndexOf('"');
  const after = text.slice(end + 1);
  const term = { type: "literal", value: unescape(text.slice(1, end)) };
  if (after.startsWith("@")) term["xml:lang"] = after.slice(1);
  if (after.startsWith("^^")) term.datatype = after.slice(3, -1);
  return term;
}

function unescape(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
    one === undefined ? String.fromCodePoint(parseInt(four ?? eight, 16)) : (ESCAPES[one] ?? one));
}

/** Whether a term is a number. */
export function isNumber(term) {
  return term?.type !== "uri" && NUMBER.test(term?.datatype ?? "") && Number.isFinite(Number(term.value));
}

/** Columns that hold numbers, and nothing else. */
export function numericColumns(answer) {
  if (answer.kind !== "rows") return [];
  return answer.columns.filter((column) => {
    const terms = answer.rows.map((row) => row[column]).filter(Boolean);
    return terms.length > 0 && terms.every(isNumber);
  });
}

/** Columns that hold things with IRIs. */
function thingColumns(answer) {
  return answer.columns.filter((column) => answer.rows.some((row) => row[column]?.type === "uri"));
}

/** Statements that can be drawn: those of a graph, or the pairs in rows of things, named after the second's column. */
export function edgesOf(answer) {
  if (answer.kind === "graph") return answer.rows;
  if (answer.kind !== "rows") return [];
  const [first, ...others] = thingColumns(answer);
  return others.flatMap((column) =>
    answer.rows
      .filter((row) => row[first]?.type === "uri" && row[column]?.type === "uri")
      .map((row) => ({ subject: row[first], predicate: { type: "name", value: column }, object: row[column] })));
}
