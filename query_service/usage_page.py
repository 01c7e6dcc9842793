"""A plain page for a person who opens the endpoint in a browser."""

from __future__ import annotations

from html import escape
from string import Template
from typing import Final

from query_service.media_types import Kind, formats_of

__all__ = ["PAGE_POLICY", "render_usage_page"]

PAGE_POLICY: Final = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""Content-Security-Policy of the page: no script, no style, nothing from elsewhere."""

_PAGE: Final = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SPARQL endpoint - Integration Policy Graph</title>
</head>
<body>
<main>
<h1>SPARQL endpoint</h1>
<p>This address answers SPARQL 1.1 queries over the Integration Policy Graph, dataset version <code>$version</code>. It only
reads: updates and SERVICE are refused.</p>
<form action="$endpoint" method="get">
<p><label for="query">Query</label></p>
<p><textarea id="query" name="query" rows="12" cols="90" spellcheck="false" required>$example</textarea></p>
<p><label for="format">Format</label> <select id="format" name="format">
$options
</select> <button type="submit">Run</button></p>
</form>
<h2>From a program</h2>
<pre>curl -H 'Accept: text/csv' --data-urlencode 'query=ASK {}' $endpoint</pre>
<p>Send the query as <code>query=</code> by GET or POST, or as the body of a POST of type
<code>application/sparql-query</code>. Choose the format by <code>Accept</code> or <code>format=</code>:</p>
<ul>
<li>SELECT and ASK: $rows</li>
<li>CONSTRUCT and DESCRIBE: $graphs</li>
</ul>
<p><code>default-graph-uri=</code> and <code>named-graph-uri=</code>, each as often as needed, name the graphs to query.
<a href="$endpoint?format=ttl">The service description</a> lists them.</p>
</main>
</body>
</html>
""")
_EXAMPLE: Final = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?item ?label WHERE {
  ?item skos:prefLabel ?label
}
LIMIT 20"""


def render_usage_page(endpoint: str, version: str) -> bytes:
    """Write the page.

    :param endpoint: absolute URL of the endpoint.
    :param version: dataset version.
    """
    options = [
        f'<optgroup label="{label}">'
        + "".join(f'<option value="{format_.key}">{escape(format_.media_type)}</option>' for format_ in formats_of([kind]))
        + "</optgroup>"
        for label, kind in (("SELECT, ASK", Kind.ROWS), ("CONSTRUCT, DESCRIBE", Kind.GRAPH))
    ]
    return _PAGE.substitute(
        endpoint=escape(endpoint),
        version=escape(version),
        example=escape(_EXAMPLE),
        options="\n".join(options),
        rows=_listed(Kind.ROWS),
        graphs=_listed(Kind.GRAPH),
    ).encode()


def _listed(kind: Kind) -> str:
    return ", ".join(f"<code>{escape(format_.media_type)}</code> (<code>{format_.key}</code>)" for format_ in formats_of([kind]))
