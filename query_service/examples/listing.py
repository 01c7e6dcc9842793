"""The list of example queries for people and programs: the same content as a page and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from string import Template
from typing import Any, Final
from urllib.parse import urlencode

from query_service.examples.named_queries import NamedQuery, Parameter
from query_service.media_types import Kind, formats_of

__all__ = ["example_url", "render_listing", "render_page"]

_GRAPHS: Final = frozenset({"CONSTRUCT", "DESCRIBE"})
_PAGE: Final = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Example queries - Integration Policy Graph</title>
</head>
<body>
<main>
<h1>Example queries</h1>
<p>$count questions to the dataset, version <code>$version</code>, each with a query whose answer is checked. Each can be asked by
its address, where it has parameters with other values. An item is named by its key, its path or its IRI.</p>
$examples
</main>
</body>
</html>
""")
_EXAMPLE: Final = Template("""<section id="$key">
<h2>$question</h2>
<p lang="fr">$french</p>
<p lang="de">$german</p>
<form action="$url" method="get">
$fields
<p><label for="$key-format">Format</label> <select id="$key-format" name="format">$options</select>
<button type="submit">Ask</button></p>
</form>
<p>$told</p>
<details><summary>Query</summary><pre>$text</pre></details>
</section>""")
_FIELD: Final = Template(
    '<p><label for="$id">$label</label> <input id="$id" name="$name" value="" placeholder="$default" autocomplete="off"></p>'
)


def example_url(address: str, query: NamedQuery, values: Mapping[str, str] | None = None) -> str:
    """Absolute URL that asks a named query.

    :param address: absolute URL before every route.
    :param values: of parameters, and ``format``.
    """
    asked = f"?{urlencode(values)}" if values else ""
    return f"{address}/examples/{query.key}{asked}"


def render_listing(queries: Mapping[str, NamedQuery], address: str, version: str) -> bytes:
    """Write the list as JSON.

    :param address: absolute URL before every route.
    :param version: dataset version.
    """
    examples: list[dict[str, Any]] = [
        {"url": example_url(address, query), **query.model_dump(mode="json", exclude_none=True)} for query in queries.values()
    ]
    return (json.dumps({"version": version, "examples": examples}, ensure_ascii=False, indent=1) + "\n").encode()


def render_page(queries: Mapping[str, NamedQuery], address: str, version: str) -> bytes:
    """Write the list as a page.

    :param address: absolute URL before every route.
    :param version: dataset version.
    """
    examples = "\n".join(_render_example(query, address) for query in queries.values())
    return _PAGE.substitute(count=len(queries), version=escape(version), examples=examples).encode()


def _render_example(query: NamedQuery, address: str) -> str:
    kind = Kind.GRAPH if query.form in _GRAPHS else Kind.ROWS
    return _EXAMPLE.substitute(
        key=escape(query.key),
        question=escape(query.question),
        french=escape(query.questions.get("fr", "")),
        german=escape(query.questions.get("de", "")),
        url=escape(example_url(address, query)),
        fields="\n".join(_render_field(query, parameter) for parameter in query.parameters),
        options="".join(f'<option value="{f.key}">{escape(f.media_type)}</option>' for f in formats_of([kind])),
        told=escape(_tell(query)),
        text=escape(query.text),
    )


def _render_field(query: NamedQuery, parameter: Parameter) -> str:
    label = parameter.descriptions.get("en", parameter.name)
    return _FIELD.substitute(
        id=escape(f"{query.key}-{parameter.name}"),
        label=escape(f"{parameter.name}: {label}"),
        name=escape(parameter.name),
        default=escape(parameter.default),
    )


def _tell(query: NamedQuery) -> str:
    about = f"About: {', '.join(query.keywords)}."
    unit = "triples" if query.form in _GRAPHS else "rows"
    rows = f" {query.rows} {unit} expected." if query.rows is not None else ""
    day = f" Last checked on {query.checked.isoformat()}." if query.checked else ""
    return about + rows + day
