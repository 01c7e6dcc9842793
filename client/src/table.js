// An answer as a table: sorted, narrowed down and turned page by page.
import { isNumber } from "./answer.js";
import { make, pageOf, say, shorten } from "./words.js";

const PAGE = 100;

export default {
  name: "table",
  fits: (answer) => answer.kind !== "boolean",
  draw,
};

function draw(place, answer) {
  const state = { rows: answer.rows, page: 0, sorted: undefined, isRising: true };
  const filter = make("input", { type: "search", autocomplete: "off" });
  const status = make("span", { className: "soft", role: "status" });
  const body = make("tbody");
  const heads = answer.columns.map(head);
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body);
  const turn = make("p", { className: "turn" });
  place.append(
    make("p", { className: "narrow-rows" }, make("label", {}, say("filter"), " ", filter), " ", status),
    make("div", { className: "scroll", tabindex: "0", role: "region", "aria-label": say("results") }, table),
    turn,
  );

  function head(column) {
    const button = make("button", { type: "button", className: "sort", "aria-label": say("sort", column) }, column);
    button.addEventListener("click", () => {
      state.isRising = state.sorted === column ? !state.isRising : true;
      state.sorted = column;
      for (const cell of heads) cell.removeAttribute("aria-sort");
      button.parentElement.setAttribute("aria-sort", state.isRising ? "ascending" : "descending");
      show(0);
    });
    return make("th", { scope: "col" }, button);
  }

  function show(page) {
    const wanted = filter.value.trim().toLowerCase();
    state.rows = wanted
      ? answer.rows.filter((row) => Object.values(row).some((term) => term.value.toLowerCase().includes(wanted)))
      : [...answer.rows];
    if (state.sorted !== undefined) state.rows.sort((a, b) => compare(a[state.sorted], b[state.sorted]) * (state.isRising ? 1 : -1));
    const pages = Math.max(1, Math.ceil(state.rows.length / PAGE));
    state.page = Math.min(page, pages - 1);
    body.replaceChildren(...state.rows.slice(state.page * PAGE, (state.page + 1) * PAGE).map((row) =>
      make("tr", {}, ...answer.columns.map((column) => cell(row[column])))));
    status.textContent = wanted ? say("filtered", state.rows.length, answer.rows.length) : "";
    turn.hidden = pages === 1;
    turn.replaceChildren(turner("previous", state.page - 1, state.page > 0), make("span", {}, say("page", state.page + 1, pages)),
      turner("next", state.page + 1, state.page < pages - 1));
  }

  function turner(name, page, isPossible) {
    const button = make("button", { type: "button", className: "plain", disabled: !isPossible }, say(name));
    button.addEventListener("click", () => show(page));
    return button;
  }

  filter.addEventListener("input", () => show(0));
  show(0);
}

function cell(term) {
  if (!term) return make("td");
  if (term.type === "uri") return make("td", {}, linked(term.value));
  if (term.type === "bnode") return make("td", {}, make("code", {}, `_:${term.value}`));
  const language = term["xml:lang"];
  const text = make("span", { lang: language }, term.value);
  if (language) return make("td", {}, text, " ", make("span", { className: "badge" }, language));
  return make("td", { className: isNumber(term) ? "number" : undefined }, text);
}

function linked(iri) {
  const url = pageOf(iri);
  return url ? make("a", { href: url, title: iri, rel: url === iri ? "external noreferrer" : undefined }, shorten(iri)) : iri;
}

function compare(a, b) {
  if (!a || !b) return a ? -1 : b ? 1 : 0;
  if (isNumber(a) && isNumber(b)) return Number(a.value) - Number(b.value);
  return a.value.localeCompare(b.value, document.documentElement.lang, { numeric: true });
}
