// The answer to a query: as a table, a chart, a graph or as it came, and the whole of it to download.
import { edgesOf, numericColumns } from "./answer.js";
import table from "./table.js";
import { config, make, say } from "./words.js";

/** Ways to show an answer. Chart and graph are fetched when somebody wants them. */
const VIEWS = [
  table,
  { name: "chart", fits: (answer) => numericColumns(answer).length > 0, load: () => import("./chart.js") },
  { name: "graph", fits: (answer) => edgesOf(answer).length > 0, load: () => import("./graph.js") },
  { name: "source", fits: () => true, draw: (place, answer) => place.append(make("pre", { className: "code", tabindex: "0", role: "region", "aria-label": say("source") }, answer.text)) },
];
const LONGEST_LINK = 60000; // characters: more than browsers and proxies are sure to take

export class Results {
  /** @param place where to show answers @param onView is told which view was chosen */
  constructor(place, onView) {
    this.place = place;
    this.onView = onView;
    this.view = undefined;
    this.leave = undefined;
  }

  clear() {
    this.leave?.();
    this.leave = undefined;
    this.place.replaceChildren();
  }

  /** Tell that a query is being answered. */
  wait() {
    this.clear();
    this.place.append(make("p", { className: "soft", role: "status" }, say("running")));
  }

  /** Show an answer: { kind, columns, rows, value, text, query, milliseconds, version }. */
  show(answer) {
    this.clear();
    const count = answer.kind === "boolean" ? say(answer.value ? "yes" : "no") : say(answer.kind === "graph" ? "triples" : "rows", answer.rows.length);
    const head = make("p", { className: "told", role: "status" }, make("strong", {}, count), ` ${say("milliseconds", answer.milliseconds)}. `,
      make("span", { className: "soft" }, `${say("version")} `, make("code", {}, answer.version)));
    this.place.append(make("h2", { id: "answer" }, say("results")), head);
    const fitting = VIEWS.filter((view) => view.fits(answer));
    const drawing = make("div", { className: "drawing" });
    if (answer.rows?.length === 0) this.place.append(make("p", {}, say("empty")));
    if (fitting.length > 1) this.place.append(this.switcher(fitting, answer, drawing));
    this.place.append(drawing, ...downloads(answer));
    const wanted = fitting.find((view) => view.name === this.view) ?? fitting[0];
    if (wanted.name !== "source" || this.view === "source" || answer.kind !== "boolean") this.draw(wanted, answer, drawing);
  }

  switcher(fitting, answer, drawing) {
    const buttons = fitting.map((view) => {
      const button = make("button", { type: "button", className: "plain view", "aria-pressed": "false", "data-view": view.name }, say(view.name));
      button.addEventListener("click", () => {
        this.view = view.name;
        this.draw(view, answer, drawing);
        this.onView(view.name);
      });
      return button;
    });
    return make("div", { className: "views", role: "group", "aria-label": say("views") }, ...buttons);
  }

  async draw(view, answer, drawing) {
    this.leave?.();
    this.leave = undefined;
    for (const button of this.place.querySelectorAll(".view")) button.setAttribute("aria-pressed", String(button.dataset.view === view.name));
    drawing.replaceChildren();
    try {
      if (view.load) drawing.append(make("p", { className: "soft" }, say("loading")));
      const draw = view.draw ?? (await view.load()).draw;
      drawing.replaceChildren();
      this.leave = draw(drawing, answer);
    } catch (error) {
      console.error(error);
      drawing.replaceChildren(make("p", { className: "note" }, say("part-missing")));
    }
  }

  /** Tell why there is no answer, as the service says it (RFC 9457). */
  fail(problem) {
    this.clear();
    const told = [["line", "line"], ["found", "found"], ["expected", "expected"], ["mend", "mend"]]
      .filter(([name]) => problem[name])
      .flatMap(([name, word]) => (name === "line" ? [] : [make("dt", {}, say(word)), make("dd", {}, String(problem[name]))]));
    const where = problem.line ? `${say("line", problem.line)}: ` : "";
    this.place.append(make("div", { className: "note", role: "alert" },
      make("h2", { id: "answer" }, say("failed")),
      make("p", {}, where, make("span", { lang: "en" }, problem.detail ?? problem.title ?? say("offline"))),
      make("dl", { lang: "en" }, ...told)));
  }
}

function downloads(answer) {
  const formats = config.formats[answer.kind === "graph" ? "graph" : "rows"];
  const addresses = formats.map((format) => `${config.endpoint}?${new URLSearchParams({ query: answer.query, format })}`);
  const heading = make("h3", {}, say("downloads"));
  if (addresses[0].length > LONGEST_LINK) return [heading, make("p", {}, say("too-long"))];
  const links = addresses.map((href, place) =>
    make("li", {}, make("a", { href, download: `ipg-query-${config.version}.${formats[place]}` }, formats[place])));
  return [heading, make("ul", { className: "downloads" }, ...links)];
}
