/** What the page tells the script: addresses, prefixes, and the words of the page's language. */
export const config = JSON.parse(document.getElementById("sparql-config").textContent);

/** Words of the page, with values in the places that wait for them: `#` is the first, `##` the second. */
export function say(name, first = "", second = "") {
  const one = first === 1 ? config.words[`${name}-one`] : undefined;
  return (one ?? config.words[name]).replace("##", String(second)).replace("#", String(first));
}

/** An element with properties and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name === "className" ? "class" : name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** An IRI with the longest prefix that fits it, as people write it. */
export function shorten(iri) {
  const fits = Object.entries(config.prefixes).filter(([, space]) => iri.startsWith(space));
  const [prefix, space] = fits.sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  if (prefix !== undefined) return `${prefix}:${iri.slice(space.length)}`;
  return iri.startsWith(config.base) ? iri.slice(config.base.length) : iri;
}

/** Where to read about an IRI: ours have pages at this service. */
export function pageOf(iri) {
  if (["id/", "graph/", "ontology"].some((start) => iri.startsWith(config.base + start))) {
    return `${config.home}page/${iri.slice(config.base.length)}`;
  }
  return /^https?:\/\//.test(iri) ? iri : undefined;
}
