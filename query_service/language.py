"""In which language a page is read, and the words of pages in that language.

Words are Fluent messages (https://projectfluent.org/), one folder of ``locales/`` for each language, with the same
messages in all of them. What the dataset says only in English stays in English, and is marked so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple, get_args
from urllib.parse import urlencode

from fluent.runtime import FluentBundle, FluentResource
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from query_service.delivery import Asked

__all__ = ["LANGUAGES", "Language", "Reading", "choose_reading", "words_of"]

Language = Literal["en", "fr", "de"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
_PARAMETER: Final = "lang"


class Reading(NamedTuple):
    """How a page is read.

    :ivar language: language of the page.
    :ivar is_chosen: whether the address names the language; links on the page then do so too.
    :ivar here: path and query of the page below the address, without the language.
    """

    language: Language = "en"
    is_chosen: bool = False
    here: str = ""

    def words(self, message: str, **values: Any) -> str:
        """A message in the language of the page; parameters as of what :func:`words_of` gives."""
        return words_of(self.language)(message, **values)

    def link(self, url: str) -> str:
        """The address of another page, in the language that was chosen for this one.

        >>> Reading("fr", True).link("http://localhost/practice?country=est#found")
        'http://localhost/practice?country=est&lang=fr#found'
        """
        return self.switch(url, self.language) if self.is_chosen else url

    @staticmethod
    def switch(url: str, language: Language) -> str:
        """An address with a language chosen."""
        address, hash_, fragment = url.partition("#")
        return f"{address}{'&' if '?' in address else '?'}{_PARAMETER}={language}{hash_}{fragment}"


def choose_reading(asked: Asked) -> Reading:
    """The language of ``lang=``, else the best of ``Accept-Language`` (RFC 9110, 12.5.4), else English."""
    pairs = asked.parameters
    query = urlencode([pair for pair in pairs if pair[0] != _PARAMETER])
    here = asked.path + (f"?{query}" if query else "")
    named = next((value for name, value in pairs if name == _PARAMETER), "")
    for language in LANGUAGES:
        if named.lower() == language:
            return Reading(language, True, here)
    accepted = parse_accept_header(", ".join(asked.headers.getlist("accept-language")), LanguageAccept)
    for tag, quality in accepted:
        for language in LANGUAGES:
            if quality > 0 and tag.lower().partition("-")[0] == language:  # lookup of RFC 4647, 3.4
                return Reading(language, False, here)
    return Reading("en", False, here)


@cache
def words_of(language: Language) -> Callable[..., str]:
    """What gives messages in a language: by name, with the values that stand in them.

    :return: a function that raises :class:`LookupError` for a message that there is not, and :class:`ValueError` for one that
        cannot be filled.
    """
    bundle = FluentBundle([language], use_isolating=False)
    folder = files("query_service") / "locales" / language
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))

    def words(message: str, **values: Any) -> str:
        found = bundle.get_message(message) if bundle.has_message(message) else None
        if found is None or found.value is None:
            raise LookupError(f"no message {message!r} in {language}")
        text, errors = bundle.format_pattern(found.value, values)
        if errors:
            raise ValueError(f"{message}: {errors[0]}")
        return str(text)

    return words
