"""Words of pages: the same messages in three languages, all of them used, and the language that a reader asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from hypothesis import given
from hypothesis import strategies as st

from query_service.delivery import Asked
from query_service.language import LANGUAGES, Language, Reading, choose_reading, words_of

SERVICE = Path(__file__).parent.parent / "query_service"
#: Messages whose names templates put together from a part and a key.
_CALL = re.compile(r"""(?:\b_|words)\(\s*["']([a-z0-9-]+)["']\s*(~)?""")
_NAMED = re.compile(r"""["']([a-z][a-z0-9]*(?:-[a-z0-9]+)+)["']""")


def messages(language: str) -> dict[str, ast.Message]:
    found: dict[str, ast.Message] = {}
    for file in sorted((SERVICE / "locales" / language).glob("*.ftl")):
        resource = FluentParser().parse(file.read_text(encoding="utf-8"))
        for entry in resource.body:
            assert not isinstance(entry, ast.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{file.name}: {entry.id.name} is there twice"
                found[entry.id.name] = entry
    return found


def variables(message: ast.Message) -> set[str]:
    """Names of the values that stand in a message."""
    found: set[str] = set()
    ahead: list[object] = [message]
    while ahead:
        node = ahead.pop()
        if isinstance(node, ast.VariableReference):
            found.add(node.id.name)
        if isinstance(node, ast.BaseNode):
            ahead += vars(node).values()
        elif isinstance(node, list):
            ahead += node
    return found


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_message_is_there_in_each_language(language: str) -> None:
    english, other = messages("en"), messages(language)
    assert sorted(english) == sorted(other)
    assert [name for name in english if variables(english[name]) != variables(other[name])] == []


def test_every_message_that_is_asked_for_is_there() -> None:
    known = messages("en")
    for file in [*SERVICE.rglob("*.html"), *SERVICE.rglob("*.py")]:
        for name, is_part in _CALL.findall(file.read_text(encoding="utf-8")):
            fits = any(message.startswith(name) for message in known) if is_part else name in known
            assert fits, f"{file.name}: no message {name}"


def test_every_message_is_used() -> None:
    texts = "\n".join(file.read_text(encoding="utf-8") for file in [*SERVICE.rglob("*.html"), *SERVICE.rglob("*.py")])
    whole = set(_NAMED.findall(texts)) | {name for name, _ in _CALL.findall(texts)}
    parts = tuple(re.findall(r"""["']([a-z][a-z0-9-]*-)["'{]""", texts))
    assert [name for name in messages("en") if name not in whole and not name.startswith(parts)] == []


def asked(query: str, accept: str = "") -> Asked:
    headers = [(b"accept-language", accept.encode())] if accept else []
    scope = {"type": "http", "path": "/practice", "raw_path": b"/practice", "query_string": query.encode(), "headers": headers}
    return Asked(scope, None, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "accept", "language", "is_chosen"),
    [
        ("", "", "en", False),
        ("", "fr-CH, de;q=0.8", "fr", False),
        ("", "pt, de-AT;q=0.5, en;q=0.4", "de", False),
        ("", "pt", "en", False),
        ("lang=de", "fr", "de", True),
        ("lang=DE", "", "de", True),
        ("lang=pt", "fr", "fr", False),
        ("country=est&lang=fr", "", "fr", True),
    ],
)
def test_the_address_wins_over_what_the_reader_prefers(query: str, accept: str, language: str, *, is_chosen: bool) -> None:
    reading = choose_reading(asked(query, accept))
    assert (reading.language, reading.is_chosen) == (language, is_chosen)


def test_links_keep_a_language_that_was_chosen() -> None:
    chosen = choose_reading(asked("country=est&lang=fr"))
    assert chosen.here == "practice?country=est"
    assert chosen.link("http://h/trace?start=a#b") == "http://h/trace?start=a&lang=fr#b"
    assert Reading("fr", is_chosen=False).link("http://h/trace") == "http://h/trace"


@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_that_is_sent_breaks_the_choice(query: str, accept: str) -> None:
    accept = accept.encode("ascii", "ignore").decode().replace("\r", "").replace("\n", "")
    assert choose_reading(asked(f"lang={query}", accept)).language in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_that_there_is_not_is_an_error(language: Language) -> None:
    with pytest.raises(LookupError, match="no message 'no-such-message'"):
        words_of(language)("no-such-message")
