"""Pages for analysts as tests read them: parsed, and their files opened."""

from __future__ import annotations

import csv
import io
from xml.etree.ElementTree import Element

import html5rdf
import httpx
from openpyxl import load_workbook

__all__ = ["ask", "csv_rows", "page", "sheets", "text_of", "with_class"]


def page(address: str, path: str, status: int = 200) -> Element:
    """A page, which must be well formed; elements are named without their namespace.

    :param address: of the service.
    :param path: of the page, with the slash before it.
    """
    answer = httpx.get(address + path, headers={"Accept": "text/html"}, timeout=60)
    assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:300]}"
    root: Element = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)
    return root


def with_class(root: Element, name: str, tag: str = "*") -> list[Element]:
    """Elements of a class, in order."""
    return [element for element in root.iter(None if tag == "*" else tag) if name in (element.get("class") or "").split()]


def text_of(element: Element | None) -> str:
    """All text of an element, with single blanks."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def csv_rows(address: str, path: str) -> list[dict[str, str]]:
    """The rows of a CSV, each with a value for every column."""
    answer = httpx.get(address + path, timeout=60)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    lines = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert all(len(line) == len(lines[0]) for line in lines)
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def sheets(address: str, path: str) -> dict[str, list[list[object]]]:
    """The sheets of a workbook by title, each with its rows."""
    answer = httpx.get(address + path, timeout=60)
    assert answer.status_code == 200, answer.text[:300]
    book = load_workbook(io.BytesIO(answer.content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f"], f"a formula in {sheet.title}"
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def ask(address: str, query: str) -> list[dict[str, str]]:
    """The answers to a query at the endpoint of the same service."""
    prefixes = (
        "PREFIX ipg: <https://w3id.org/ipg/ontology#> PREFIX id: <https://w3id.org/ipg/id/> "
        "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    )
    answer = httpx.post(f"{address}/sparql", data={"query": prefixes + query}, headers={"Accept": "application/json"}, timeout=60)
    assert answer.status_code == 200, answer.text[:300]
    found = answer.json()["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in found]
