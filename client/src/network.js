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
/** Distances in the drawing: between lines of a list, from an item to its list, and between parts. */
const [ROW, GAP, SPACE] = [19, 44, 24];
/** Width of a principle, and of a label in a list. */
const [BOX, LINE] = [150, 200];

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
        "min-zoomed-font-size": 7,
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
        width: BOX,
        height: 66,
        "z-index": 10,
        "background-color": accent,
        color: onAccent,
        "font-size": 12,
        "font-weight": 600,
        "min-zoomed-font-size": 0,
        "text-valign": "center",
        "text-margin-y": 0,
        "text-max-width": BOX - 10,
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
    {
      selector: "node.leaf",
      style: { width: 12, height: 12, "text-halign": "right", "text-valign": "center", "text-margin-x": 4, "text-margin-y": 0, "text-max-width": LINE, "text-wrap": "ellipsis", "font-size": 12, "min-zoomed-font-size": 6 },
    },
    {
      selector: "node.inner",
      style: { width: (node) => 20 * node.data("scale"), height: (node) => 20 * node.data("scale"), "min-zoomed-font-size": 12, "font-size": 13 },
    },
    {
      selector: "node.inner[kind = 'principle']",
      style: {
        width: (node) => BOX * node.data("scale"),
        height: (node) => 66 * node.data("scale"),
        "font-size": (node) => 12 * node.data("scale"),
        "text-max-width": (node) => (BOX - 10) * node.data("scale"),
        "min-zoomed-font-size": 0,
      },
    },
    { selector: ".away", style: { opacity: 0.12 } },
    { selector: "node.near", style: { "min-zoomed-font-size": 0 } },
    { selector: "node.chosen", style: { "border-width": 5, "border-color": warn, "min-zoomed-font-size": 0 } },
  ];
}

function elements({ nodes, edges }) {
  return [
    ...nodes.map((node, place) => ({ data: { id: node.iri, place, label: label(node), name: name(node), kind: node.kind, page: node.page } })),
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
  const most = node.kind === "principle" ? 60 : LETTERS;
  return whole.length > most ? `${whole.slice(0, most - 1).trimEnd()}…` : whole;
}

/** A part that hangs together, in the order of its first item: either one item with its own around it, or a part to be laid out by forces. */
function block(part) {
  const hub = part.nodes().max((node) => node.degree() + (node.data("kind") === "principle" ? 0.5 : 0)).ele;
  const leaves = part.nodes().not(hub);
  return leaves.every((node) => node.degree() === 1) ? star(hub, leaves) : cluster(part);
}

/** An item on the left and what it is linked with in a list on the right, where every label can be read. */
function star(hub, leaves) {
  leaves.addClass("leaf");
  const isBox = hub.data("kind") === "principle";
  const [height, left] = [Math.max(isBox ? 66 : 56, leaves.length * ROW), isBox ? BOX : 120];
  return {
    width: left + (leaves.nonempty() ? GAP + LINE : 0),
    first: hub.data("place"),
    height,
    place(x, y) {
      hub.position({ x: x + left / 2, y: y + height / 2 });
      leaves.forEach((node, row) => {
        node.position({ x: x + left + GAP, y: y + height / 2 + (row - (leaves.length - 1) / 2) * ROW });
      });
    },
  };
}

/** Principles stand around, in their order; the rest finds its place among them, and begins at a known one, so that the same data
 * is always drawn alike. */
function cluster(part) {
  part.nodes().addClass("inner").data("scale", Math.max(1, (75 * Math.sqrt(part.nodes().length)) / 420));
  const centres = part.nodes("[kind = 'principle']").sort((one, other) => one.data("place") - other.data("place"));
  const radius = 75 * Math.sqrt(part.nodes().length);
  const around = (angle, out) => ({ x: 1.3 * radius * out * Math.sin(angle), y: -radius * out * Math.cos(angle) });
  const fixed = centres.map((node, place) => ({ nodeId: node.id(), position: around((2 * Math.PI * place) / centres.length, 1) }));
  const places = new Map(fixed.map(({ nodeId, position }) => [nodeId, position]));
  part.nodes().forEach((node, place) => {
    const near = node.neighborhood("[kind = 'principle']").map((one) => places.get(one.id()));
    const turn = around((2 * Math.PI * place) / part.nodes().length, near.length ? 0.12 : 0.8);
    const mean = (axis) => near.reduce((sum, one) => sum + one[axis], 0) / Math.max(1, near.length);
    node.position(places.get(node.id()) ?? { x: 0.6 * mean("x") + turn.x, y: 0.6 * mean("y") + turn.y });
  });
  part
    .layout({
      name: "fcose",
      quality: "proof",
      randomize: false,
      animate: false,
      fit: false,
      nodeDimensionsIncludeLabels: false,
      nodeRepulsion: 40000,
      idealEdgeLength: 180,
      gravity: 0.1,
      fixedNodeConstraint: fixed.length > 2 ? fixed : undefined,
      numIter: 4000,
      tile: false,
    })
    .run();
  const box = part.boundingBox();
  return {
    width: box.w,
    first: part.nodes().min((node) => node.data("place")).value,
    height: box.h,
    place(x, y) {
      part.nodes().positions((node) => ({ x: node.position("x") - box.x1 + x, y: node.position("y") - box.y1 + y }));
    },
  };
}

/** Puts the parts into columns, in their order, with as many columns as make them largest in the window. */
function arrange(cy) {
  const blocks = cy.elements().components().map(block).sort((one, other) => one.first - other.first);
  const aspect = cy.width() / cy.height();
  const tries = (isNarrow(cy) ? [1] : [1, 2, 3, 4, 5, 6]).map((count) => columns(blocks, count));
  const size = (found) => Math.max(found.width / aspect, found.height);
  const best = tries.reduce((one, other) => (size(other) < size(one) ? other : one));
  for (const { block: one, x, y } of best.places) {
    one.place(x, y);
  }
}

/** Whether the window is a telephone's: the parts then stand below each other, and are shown from the top in a size that can be read. */
function isNarrow(cy) {
  return cy.width() < 600;
}

function show(cy) {
  cy.fit(undefined, 20);
  if (isNarrow(cy) && cy.zoom() < 0.75) {
    cy.zoom(0.75);
    cy.pan({ x: 10, y: 10 });
  }
}

function columns(blocks, count) {
  const most = blocks.reduce((sum, one) => sum + one.height + SPACE, 0) / count;
  const places = [];
  let [x, y, width, height] = [0, 0, 0, 0];
  for (const one of blocks) {
    if (y > 0 && y + one.height / 2 > most) {
      x += width + SPACE;
      y = 0;
      width = 0;
    }
    places.push({ block: one, x, y });
    y += one.height + SPACE;
    width = Math.max(width, one.width);
    height = Math.max(height, y);
  }
  return { places, width: x + width, height };
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
    userZoomingEnabled: false, // until the drawing is used, so that nobody who scrolls the page is caught in it
  });
  arrange(cy);
  show(cy);
  tell(cy, null);
  cy.on("tap", () => cy.userZoomingEnabled(true));
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
