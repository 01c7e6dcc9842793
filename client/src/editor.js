// The editor: Yasqe with our prefixes, and completion of the classes and properties that the dataset has.
import Yasqe from "@zazuko/yasqe";
import "@zazuko/yasqe/build/yasqe.min.css";
import { config, make, say, shorten } from "./words.js";

const MOST = 60;
const COUNTED = { class: ["void:class", "void:entities"], property: ["void:property", "void:triples"] };

/** Terms that the dataset has, from its own description in VoID: each is asked for once. */
const known = {};

function terms(kind) {
  known[kind] ??= ask(kind).catch(() => {
    delete known[kind]; // nothing to complete now; the next key tries again
    return [];
  });
  return known[kind];
}

async function ask(kind) {
  const [property, count] = COUNTED[kind];
  const query = `PREFIX void: <http://rdfs.org/ns/void#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term (MAX(?n) AS ?count) (SAMPLE(?text) AS ?label) WHERE {
  ?part ${property} ?term ; ${count} ?n .
  OPTIONAL { ?term rdfs:label ?text FILTER (LANG(?text) = "${config.language}") }
} GROUP BY ?term ORDER BY DESC(?count) ?term`;
  const answer = await fetch(config.endpoint, {
    method: "POST",
    headers: { Accept: "application/sparql-results+json" },
    body: new URLSearchParams({ query }),
  });
  if (!answer.ok) throw new Error(answer.statusText);
  const { results } = await answer.json();
  return results.bindings.map((row) => ({
    iri: row.term.value, name: shorten(row.term.value), count: Number(row.count.value), label: row.label?.value ?? "",
  }));
}

/** Terms for what was typed: by their names, their labels or their IRIs; those that begin so come first. */
async function complete(kind, token) {
  const typed = token.string.trim().replace(/^</, "").toLowerCase();
  const rated = (await terms(kind)).map((term) => [rate(term, typed), term]).filter(([rank]) => rank >= 0);
  rated.sort((a, b) => a[0] - b[0]);
  return rated.slice(0, MOST).map(([, term]) => term.iri);
}

function rate(term, typed) {
  const name = term.name.toLowerCase();
  const local = name.slice(name.indexOf(":") + 1);
  if (!typed || name.startsWith(typed)) return 0;
  if (local.startsWith(typed)) return 1;
  if (local.includes(typed) || name.includes(typed)) return 2;
  return term.label.toLowerCase().includes(typed) || term.iri.toLowerCase().startsWith(typed) ? 3 : -1;
}

function hintsOf(kind, yasqe, hints, found) {
  const byName = new Map(found.map((term) => [term.iri, term]));
  return hints.map((hint) => {
    const term = byName.get(hint.text);
    return {
      ...hint,
      text: term.name.includes(":") && !term.name.includes("/") ? term.name : `<${term.iri}>`,
      render: (element) => {
        element.append(make("span", { className: "term" }, term.name), " ",
          make("span", { className: "about" }, [term.label, say("uses", term.count)].filter(Boolean).join(", ")));
      },
      hint: (editor, data, chosen) => {
        editor.replaceRange(chosen.text, chosen.from ?? data.from, chosen.to ?? data.to, "complete");
        const prefix = chosen.text.slice(0, chosen.text.indexOf(":"));
        if (config.prefixes[prefix] && !yasqe.getPrefixesFromQuery()[prefix]) yasqe.addPrefixes({ [prefix]: config.prefixes[prefix] });
      },
    };
  });
}

function register() {
  for (const kind of Object.keys(COUNTED)) {
    let found = [];
    Yasqe.forkAutocompleter(kind, {
      name: `dataset-${kind}`,
      bulk: false,
      autoShow: true,
      persistenceId: null,
      get: async (_yasqe, token) => {
        found = await terms(kind);
        return complete(kind, token);
      },
      preProcessToken: (_yasqe, token) => token,
      postProcessSuggestion: (_yasqe, _token, iri) => iri,
      postprocessHints: (yasqe, hints) => hintsOf(kind, yasqe, hints, found),
    }, false);
  }
  Yasqe.forkAutocompleter("prefixes", {
    name: "dataset-prefixes",
    persistenceId: null,
    get: () => Object.entries(config.prefixes).map(([prefix, space]) => `${prefix}: <${space}>`).sort(),
  }, false);
  // No others: those that come with the editor ask services elsewhere.
  Yasqe.defaults.autocompleters = ["variables", "dataset-prefixes", "dataset-class", "dataset-property"];
}

/** Make the editor in a place. @param run runs the query */
export function makeEditor(place, text, run) {
  register();
  const keys = { "Ctrl-Enter": run, "Cmd-Enter": run, Tab: false, "Shift-Tab": false, "Ctrl-S": false };
  const yasqe = new Yasqe(place, {
    value: text,
    persistenceId: null, // what is written here stays in this window
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto", // no field that scrolls inside the page
    screenReaderLabel: say("editor"),
    extraKeys: keys,
    viewportMargin: Infinity,
  });
  yasqe.on("autocompletionShown", (_yasqe, widget) => widget.hints.setAttribute("aria-label", say("complete")));
  return yasqe;
}
