// The page of the endpoint with scripts: the editor in place of the plain field, answers below it, examples by a click, and
// addresses that last.
import { readGraph, readRows } from "./answer.js";
import { makeEditor } from "./editor.js";
import { Results } from "./results.js";
import "./sparql.css";
import { config, make, say } from "./words.js";

const GRAPHS = new Set(["CONSTRUCT", "DESCRIBE"]);
const form = document.querySelector("form.query");
const field = form.elements.query;
const linked = new URLSearchParams(location.hash.slice(1));

const run_button = make("button", { type: "button" }, say("run"));
const stop_button = make("button", { type: "button", className: "plain", hidden: true }, say("stop"));
const copy_button = make("button", { type: "button", className: "plain" }, say("copy"));
const copied = make("span", { className: "soft", role: "status" });
const editing = make("div", { className: "editor" });
form.after(editing, make("p", { className: "soft" }, say("complete")),
  make("p", { className: "fields" }, run_button, stop_button, copy_button, copied));
form.hidden = true;
field.disabled = true;

const editor = makeEditor(editing, linked.get("query") ?? field.value, run);
const results = new Results(document.querySelector(".answer"), () => remember());
results.view = linked.get("view") ?? undefined;
let running;
let last; // the query that was run last

async function run() {
  running?.abort();
  const mine = (running = new AbortController());
  const query = editor.getValue();
  const isGraph = GRAPHS.has(editor.getQueryType());
  const begun = performance.now();
  stop_button.hidden = false;
  results.wait();
  last = query;
  remember();
  try {
    const answer = await fetch(config.endpoint, {
      method: "POST",
      headers: { Accept: isGraph ? "application/n-triples" : "application/sparql-results+json" },
      body: new URLSearchParams({ query }),
      signal: mine.signal,
    });
    const text = await answer.text();
    if (!answer.ok) {
      const problem = parsed(text);
      results.fail(problem);
      if (problem.line) editor.setCursor({ line: problem.line - 1, ch: (problem.column ?? 1) - 1 });
    } else {
      const milliseconds = Math.round(performance.now() - begun);
      const version = answer.headers.get("IPG-Dataset-Version") ?? config.version;
      results.show({ ...(isGraph ? readGraph(text) : readRows(text)), text, query, milliseconds, version });
    }
  } catch (error) {
    if (mine.signal.aborted) {
      if (running === mine) results.clear();
    } else {
      results.fail({ detail: say("offline") });
    }
  } finally {
    if (running === mine) stop_button.hidden = true;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { detail: text.slice(0, 500) };
  }
}

/** The address that brings this query and view back. */
function address() {
  const kept = new URLSearchParams({ query: last ?? editor.getValue() });
  if (results.view) kept.set("view", results.view);
  const asked = new URLSearchParams(location.search);
  asked.delete("example");
  const search = asked.size ? `?${asked}` : "";
  return `${location.pathname}${search}#${kept}`;
}

function remember() {
  history.replaceState(null, "", address());
}

run_button.addEventListener("click", run);
stop_button.addEventListener("click", () => running?.abort());
copy_button.addEventListener("click", async () => {
  last = editor.getValue();
  remember();
  try {
    await navigator.clipboard.writeText(location.href);
    copied.textContent = say("copied");
  } catch {
    copied.replaceChildren(make("input", { value: location.href, readOnly: true, "aria-label": say("copy") })); // to be copied by hand
    copied.firstChild.select();
  }
});

// Examples ------------------------------------------------------------------------------------------------------------

let examples;

async function textOf(key) {
  examples ??= fetch(config.examples).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))));
  const found = (await examples).examples.find((example) => example.key === key);
  if (!found) throw new Error(key);
  return found.text;
}

const list = document.querySelector(".chosen-examples");
list?.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-key]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    editor.setValue(await textOf(link.dataset.key));
  } catch {
    location.assign(link.href); // the page brings it
    return;
  }
  for (const other of list.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  document.querySelector(".asked")?.remove();
  results.view = undefined;
  await run();
  editing.scrollIntoView({ block: "nearest" });
});

const filter = list?.querySelector("#filter");
if (filter) {
  filter.parentElement.hidden = false;
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const link of list.querySelectorAll("a[data-key]")) {
      const text = `${link.textContent} ${link.dataset.words} ${link.dataset.key}`.toLowerCase();
      link.parentElement.hidden = !text.includes(wanted);
    }
  });
}

// Links to the page in other languages keep the query.
document.querySelector(".languages")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (link) link.hash = address().split("#")[1];
});
window.addEventListener("hashchange", () => {
  const query = new URLSearchParams(location.hash.slice(1)).get("query");
  if (query !== null && query !== editor.getValue()) editor.setValue(query);
});
if (linked.has("query") && linked.has("view")) run();
