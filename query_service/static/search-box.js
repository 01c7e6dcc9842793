// Suggestions while somebody types into a search field: an editable combobox with a list box
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this script the field is what it is, and works.
const WAIT = 150; // milliseconds without a key before anything is asked
const MOST = 8;
const SHORTEST = 2;

for (const input of document.querySelectorAll("input[data-suggest]")) suggest(input);

function suggest(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.label);
  const status = document.createElement("span");
  status.className = "hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-haspopup": "listbox",
  })) input.setAttribute(name, value);

  const language = document.documentElement.lang;
  let typed = input.value; // what the user wrote, which Escape and the arrow keys bring back
  let hits = [];
  let at = -1;
  let timer;
  let asking;

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    hits = found;
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...hits.map(option));
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    const count = hits.length;
    status.textContent = count === 0 ? input.dataset.none : count === 1 ? input.dataset.one : input.dataset.many.replace("#", count);
  }

  function option(hit, place) {
    const item = document.createElement("li");
    item.id = `${list.id}-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const title = document.createElement("span");
    title.textContent = hit.title;
    if (hit.title_language && hit.title_language !== language) title.lang = hit.title_language;
    const kind = document.createElement("span");
    kind.className = "soft";
    kind.textContent = hit.kind_name;
    item.append(title, kind);
    item.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    item.addEventListener("click", () => location.assign(hit.url));
    return item;
  }

  function go(place) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = place;
    const chosen = list.children[at];
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
    input.value = chosen ? hits[at].title : typed;
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const wanted = new URLSearchParams({ q: typed, typing: "1", limit: String(MOST), format: "json", lang: language });
    try {
      const answer = await fetch(`${input.dataset.suggest}?${wanted}`, { signal: asking.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).hits);
    } catch (error) {
      if (error.name !== "AbortError") close(); // no suggestions: the field still works
    }
  }

  input.addEventListener("input", () => {
    typed = input.value;
    clearTimeout(timer);
    if (typed.trim().length < SHORTEST) close();
    else timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const last = hits.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        if (typed.trim().length >= SHORTEST) ask();
      } else if (event.key === "ArrowDown") go(at === last ? -1 : at + 1);
      else go(at === -1 ? last : at - 1);
      event.preventDefault();
    } else if (event.key === "Escape" && !list.hidden) {
      input.value = typed;
      close();
      event.preventDefault();
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      location.assign(hits[at].url);
    } else if (event.key === "Tab") close();
  });
  input.addEventListener("blur", () => {
    input.value = typed;
    close();
  });
  input.form?.addEventListener("submit", close);
}
