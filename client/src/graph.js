// Statements as a graph of things.
import cytoscape from "cytoscape";
import { edgesOf } from "./answer.js";
import { colour, pictureButton } from "./drawing.js";
import { make, pageOf, say, shorten } from "./words.js";

const MOST = 400;
const DENSE = 80; // statements beyond which only those that are chosen are named
const LABELS = new Set([
  "http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label", "http://purl.org/dc/terms/title",
]);

/** Draw an answer; what is given back is called when the graph goes. */
export function draw(place, answer) {
  const all = edgesOf(answer);
  const labels = labelsIn(all);
  const edges = all.filter((edge) => !LABELS.has(edge.predicate.value));
  const drawn = (edges.length ? edges : all).slice(0, MOST);
  const nodes = new Map();
  for (const edge of drawn) for (const term of [edge.subject, edge.object]) nodes.set(keyOf(term), term);

  const told = make("p", { className: "told", role: "status" }, say("graph-nothing"));
  const frame = make("div", { className: "graph-frame", role: "img", "aria-label": say("graph-text", nodes.size, drawn.length) });
  const [fit, closer, farther] = ["fit", "in", "out"].map((name) => make("button", { type: "button", className: "plain" }, say(`graph-${name}`)));
  place.append(
    make("p", { className: "fields" }, fit, closer, farther, pictureButton(() => graph.png({ full: true, scale: 2, bg: colour("--paper") }), "graph")),
    frame, told,
    make("p", { className: "soft" }, say("graph-text", nodes.size, drawn.length), " ",
      (edges.length || all.length) > MOST ? say("graph-first", MOST, edges.length || all.length) : ""),
  );
  const graph = cytoscape({
    container: frame,
    elements: [
      ...[...nodes].map(([id, term]) => ({ data: { id, name: clip(nameOf(term, labels)) }, classes: term.type })),
      ...drawn.map((edge, place_) => ({
        data: { id: `e${place_}`, source: keyOf(edge.subject), target: keyOf(edge.object), name: shorten(edge.predicate.value) },
      })),
    ],
    style: styles(drawn.length > DENSE),
    layout: { name: "cose", animate: false, nodeDimensionsIncludeLabels: true, componentSpacing: 50, idealEdgeLength: () => 70, padding: 20 },
    maxZoom: 3,
  });
  fit.addEventListener("click", () => graph.fit(undefined, 20));
  for (const [button, factor] of [[closer, 1.4], [farther, 1 / 1.4]]) button.addEventListener("click", () => zoom(factor));

  function zoom(factor) {
    graph.zoom({ level: graph.zoom() * factor, renderedPosition: { x: frame.clientWidth / 2, y: frame.clientHeight / 2 } });
  }

  graph.on("tap", "node", (event) => {
    const term = nodes.get(event.target.id());
    const url = term.type === "uri" ? pageOf(term.value) : undefined;
    told.replaceChildren(make("strong", {}, nameOf(term, labels)), " ");
    if (url) told.append(make("a", { href: url }, say("graph-open")));
  });
  return () => graph.destroy();
}

function keyOf(term) {
  return `${term.type} ${term.value} ${term["xml:lang"] ?? term.datatype ?? ""}`;
}

/** Names of things that the answer itself gives, in the language of the page where there is one. */
function labelsIn(edges) {
  const language = document.documentElement.lang;
  const found = new Map();
  for (const { subject, predicate, object } of edges) {
    if (!LABELS.has(predicate.value) || object.type !== "literal") continue;
    const rank = object["xml:lang"] === language ? 2 : object["xml:lang"] === "en" ? 1 : 0;
    if (!found.has(subject.value) || found.get(subject.value).rank < rank) found.set(subject.value, { rank, text: object.value });
  }
  return found;
}

function nameOf(term, labels) {
  if (term.type !== "uri") return term.value;
  return labels.get(term.value)?.text ?? shorten(term.value);
}

function clip(name) {
  return name.length > 48 ? `${name.slice(0, 46)}…` : name;
}

function styles(isDense) {
  const [ink, paper, found, line, badge] = ["--ink", "--paper", "--found", "--soft", "--badge"].map(colour);
  return [
    { selector: "node", style: {
      label: "data(name)", color: ink, "background-color": found, "font-size": 15, "text-wrap": "wrap", "text-max-width": 170,
      "text-valign": "bottom", "text-margin-y": 4, width: 16, height: 16, "text-background-color": paper, "text-background-opacity": 0.8,
    } },
    { selector: "node.literal, node.bnode", style: { shape: "rectangle", "background-color": badge, "border-width": 1, "border-color": line } },
    { selector: "edge", style: {
      label: isDense ? "" : "data(name)", color: ink, width: 1.2, "line-color": line, "target-arrow-color": line, "target-arrow-shape": "triangle",
      "curve-style": "bezier", "font-size": 12, "text-rotation": "autorotate", "text-background-color": paper, "text-background-opacity": 0.8,
    } },
    { selector: ":selected", style: { "border-width": 3, "border-color": ink } },
    { selector: "edge:selected", style: { label: "data(name)", "line-color": found, "target-arrow-color": found } },
  ];
}
