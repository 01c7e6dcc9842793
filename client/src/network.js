// Draws the links that the page lists, and tells of the item that is chosen in words beside the drawing. Without it the page has
// the same in its tables.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

cytoscape.use(fcose);

/** Shapes by kind, so that kinds do not differ in colour alone; the legend of the page shows the same. */
const SHAPES = {
  principle: "round-rectangle",
  practice: "ellipse",
  conclusion: "hexagon",
  recommendation: "diamond",
  guideline: "triangle",
  criterion: "pentagon",
  actor: "rectangle",
  place: "vee",
};
const TENSIONS = ["ipg:inTensionWith", "ipg:limits"];
/** Longest title beside a node that is no principle. */
const LETTERS = 48;

const section = document.getElementById("drawing");
const words = JSON.parse(document.getElementById("network-words").textContent);
const told = document.getElementById("told");
const chooser = document.getElementById("chosen");

/** A colour of the style sheet, which has one set for light and one for dark. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function styles() {
  const [ink, paper, soft, accent, onAccent, badge, warn] = ["ink", "paper", "soft", "accent", "on-accent", "badge", "warn"].map(colour);
  return [
    {
      selector: "node",
      style: {
        shape: (node) => SHAPES[node.data("kind")] ?? "ellipse",
        width: 22,
        height: 22,
        "background-color": badge,
        "border-width": 1.5,
        "border-color": ink,
        label: "data(label)",
        color: ink,
        "font-family": "system-ui, sans-serif",
        "font-size": 11,
        "min-zoomed-font-size": 8,
        "text-wrap": "wrap",
        "text-max-width": 120,
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-background-color": paper,
        "text-background-opacity": 0.8,
        "text-background-padding": 1,
      },
    },
    {
      selector: "node[kind = 'principle']",
      style: {
        width: 150,
        height: 56,
        "background-color": accent,
        color: onAccent,
        "font-size": 14,
        "font-weight": 600,
        "min-zoomed-font-size": 0,
        "text-valign": "center",
        "text-margin-y": 0,
        "text-max-width": 142,
        "text-background-opacity": 0,
      },
    },
    {
      selector: "edge",
      style: {
        width: 1.5,
        "line-color": soft,
        "curve-style": "bezier",
        "target-arrow-shape": "triangle",
        "target-arrow-color": soft,
        "arrow-scale": 0.8,
        opacity: 0.8,
      },
    },
    { selector: "edge[strength = 'ipg:Primary']", style: { width: 3, "line-color": accent, "target-arrow-color": accent } },
    {
      selector: "edge[strength = 'ipg:Secondary']",
      style: { width: 1.5, "line-style": "dashed", "line-color": accent, "target-arrow-color": accent },
    },
    { selector: "edge[?tension]", style: { "line-style": "dotted", width: 2.5, "line-color": warn, "target-arrow-color": warn } },
    { selector: ".away", style: { opacity: 0.12 } },
    { selector: "node.near", style: { "min-zoomed-font-size": 0 } },
    { selector: "node.chosen", style: { "border-width": 5, "border-color": warn, "min-zoomed-font-size": 0 } },
  ];
}

function elements({ nodes, edges }) {
  return [
    ...nodes.map((node) => ({ data: { id: node.iri, label: label(node), name: name(node), kind: node.kind, page: node.page } })),
    ...edges.map((edge, number) => ({
      data: { ...edge, id: edge.link || `edge-${number}`, tension: TENSIONS.includes(edge.property) },
    })),
  ];
}

function name(node) {
  return node.number ? `${node.number}. ${node.title}` : node.title;
}

function label(node) {
  const whole = name(node);
  const most = node.kind === "principle" ? 64 : LETTERS;
  return whole.length > most ? `${whole.slice(0, most - 1).trimEnd()}…` : whole;
}

/** Room between the parts grows with the items, and principles begin on a circle, so that the same data is always drawn alike. */
function layout(cy) {
  const centres = cy.nodes("[kind = 'principle']");
  const radius = 60 * Math.max(4, Math.sqrt(cy.nodes().length) * 2);
  const places = new Map();
  centres.forEach((node, place) => places.set(node.id(), (2 * Math.PI * place) / centres.length));
  cy.nodes().forEach((node, place) => {
    const centre = node.neighborhood("[kind = 'principle']").first();
    const angle = places.get(node.id()) ?? places.get(centre.id?.()) ?? (2 * Math.PI * place) / cy.nodes().length;
    const out = places.has(node.id()) ? 1 : 1.3 + 0.05 * (place % 9);
    node.position({ x: radius * out * Math.cos(angle + 0.02 * (place % 7)), y: radius * out * Math.sin(angle + 0.02 * (place % 7)) });
  });
  return {
    name: "fcose",
    quality: "proof",
    randomize: false,
    animate: false,
    nodeDimensionsIncludeLabels: true,
    nodeRepulsion: 9000,
    idealEdgeLength: 90,
    packComponents: true,
    tile: true,
    padding: 20,
  };
}

/** An element with text, and a link where it leads somewhere. */
function element(tag, text, href) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (href) {
    made.href = href;
  }
  return made;
}

function tell(cy, node) {
  told.replaceChildren();
  if (!node) {
    told.append(element("p", words.choose));
    return;
  }
  const head = document.createElement("p");
  head.append(element("strong", node.data("name")), ` (${words[`kind-${node.data("kind")}`]}) `, element("a", words["open-page"], node.data("page")));
  const edges = node.connectedEdges();
  const list = document.createElement("ul");
  list.setAttribute("aria-label", words.neighbours);
  edges.forEach((edge) => {
    const along = edge.source().same(node);
    const other = along ? edge.target() : edge.source();
    const hop = words[`hop-${edge.data("property").split(":")[1]}${along ? "" : "-back"}`];
    const strength = edge.data("strength") ? ` (${words[`strength-${edge.data("strength").split(":")[1]}`]})` : "";
    const item = document.createElement("li");
    item.append(`${hop}${strength} `, element("a", other.data("name"), other.data("page")));
    list.append(item);
  });
  told.append(head, edges.length ? list : element("p", words["no-links"]));
}

function choose(cy, id) {
  const node = id ? cy.getElementById(id) : null;
  cy.elements().removeClass("chosen near away");
  if (node?.nonempty()) {
    const near = node.closedNeighborhood();
    cy.elements().not(near).addClass("away");
    near.nodes().addClass("near");
    node.addClass("chosen");
    cy.fit(near, 60);
    cy.zoom(Math.min(cy.zoom(), 1.4));
    cy.center(node);
  }
  chooser.value = id ?? "";
  tell(cy, node?.nonempty() ? node : null);
}

function fillChooser(nodes) {
  const groups = new Map();
  for (const node of nodes) {
    const kind = words[`kind-${node.kind}`];
    groups.set(kind, [...(groups.get(kind) ?? []), node]);
  }
  chooser.append(new Option("—", ""));
  for (const [kind, members] of groups) {
    const group = document.createElement("optgroup");
    group.label = kind;
    const options = members.map((node) => new Option(name(node), node.iri));
    group.append(...options);
    chooser.append(group);
  }
}

function zoom(cy, factor) {
  cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
}

async function draw() {
  const answer = await fetch(section.dataset.source, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    throw new Error(`${answer.status}`);
  }
  const data = await answer.json();
  section.hidden = false;
  fillChooser(data.nodes);
  const cy = cytoscape({
    container: document.getElementById("graph"),
    elements: elements(data),
    style: styles(),
    layout: { name: "null" },
    minZoom: 0.05,
    maxZoom: 3,
    wheelSensitivity: 0.3,
  });
  cy.layout(layout(cy)).run();
  cy.fit(undefined, 20);
  tell(cy, null);
  cy.on("tap", "node", (event) => choose(cy, event.target.id()));
  cy.on("tap", (event) => event.target === cy && choose(cy, null));
  chooser.addEventListener("change", () => choose(cy, chooser.value || null));
  document.getElementById("nearer").addEventListener("click", () => zoom(cy, 1.4));
  document.getElementById("farther").addEventListener("click", () => zoom(cy, 1 / 1.4));
  document.getElementById("whole").addEventListener("click", () => {
    choose(cy, null);
    cy.fit(undefined, 20);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(styles()));
  section.dataset.drawn = "true";
}

draw().catch(() => {
  section.hidden = false;
  section.querySelector(".graph").remove();
  told.replaceChildren(element("p", words.failed));
});
