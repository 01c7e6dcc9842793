// The result follows the choices at once: the page that the form leads to is fetched, and its parts take the place of those
// shown. Without this script the button does the same.
const form = document.getElementById("filters");

function arm() {
  const live = document.getElementById("filters");
  live.classList.add("live");
  live.querySelector(".at-once").hidden = false;
}

async function show(url, focused) {
  const result = document.getElementById("result");
  result.setAttribute("aria-busy", "true");
  const open = new Set([...document.querySelectorAll("details.facet[open]")].map((facet) => facet.id));
  const scrolled = new Map([...document.querySelectorAll(".facet fieldset")].map((one) => [one.parentElement.id, one.scrollTop]));
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("explorer").replaceWith(document.adoptNode(page.getElementById("explorer")));
  for (const facet of document.querySelectorAll("details.facet")) {
    facet.open = facet.open || open.has(facet.id);
    facet.querySelector("fieldset").scrollTop = scrolled.get(facet.id) ?? 0;
  }
  for (const [index, one] of [...page.querySelectorAll(".languages a")].entries()) {
    document.querySelectorAll(".languages a")[index].href = one.href;
  }
  arm();
  (document.getElementById(focused) ?? document.getElementById("found")).focus({ preventScroll: true });
  document.getElementById("said").textContent = document.getElementById("found").textContent;
}

function address(of) {
  const pairs = [...new FormData(of)].filter(([name, value]) => value !== "" && !(name === "sort" && isDefault(of)));
  const query = new URLSearchParams(pairs).toString();
  return of.action + (query ? `?${query}` : "");
}

function isDefault(of) {
  return of.elements.sort.value === (of.elements.view?.value === "timeline" ? "oldest" : "title");
}

let here = location.pathname + location.search;

async function go(url, focused) {
  try {
    await show(url, focused);
    history.pushState(null, "", url);
    here = location.pathname + location.search;
  } catch {
    location.assign(url);
  }
}

document.addEventListener("change", (event) => {
  const of = event.target.form;
  if (of?.id === "filters") go(address(of), event.target.id);
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "filters") return;
  event.preventDefault();
  go(address(event.target), "words");
});
window.addEventListener("popstate", () => {
  const there = location.pathname + location.search;
  if (there === here) return; // a place on this page
  here = there;
  show(location.href).catch(() => location.reload());
});

if (form) {
  const said = document.createElement("p");
  said.id = "said";
  said.className = "hidden";
  said.setAttribute("role", "status");
  document.getElementById("content").append(said);
  arm();
}
