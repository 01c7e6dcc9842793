"""Items by what people type into a field: a title in any language, a key, a path, an IRI, or the address of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, NamedTuple

from query_service.analyst.desk import View
from query_service.errors import AmbiguousItem, ServiceError, UnknownItem
from query_service.item_names import Item, ItemNames

__all__ = ["Choice", "choices_of", "find_item", "item_names", "near_items"]

#: What a field offers ends in the path of the item, in brackets: titles repeat, and paths do not.
_OFFERED: Final = re.compile(r".*\((?P<path>[a-z-]+/[^\s()]+)\)\s*", flags=re.DOTALL)
_PAGE: Final = re.compile(r"https?://[^/]+(?:/.*)?/(?:page|id|data)/(?:id/)?(?P<path>[a-z-]+/.+)")
_NUMBERED: Final = re.compile(
    r"(?:cbp|principle|principe|prinzip|conclusion|schlussfolgerung)\D{0,3}(?P<number>\d+)", re.IGNORECASE
)
_NEAR: Final = 8


class Choice(NamedTuple):
    """What a field offers: text to be put into it."""

    value: str


def item_names(view: View) -> ItemNames:
    """Names of all items of the dataset."""
    return view.analysis.kept("item-names", lambda: ItemNames(view.analysis.source, view.things.base))


def choices_of(view: View, paths: Iterable[str]) -> list[Choice]:
    """Items as a field offers them, in the language of the page."""
    return [Choice(f"{view.things.title(path, view.language).text} ({path})") for path in paths]


def find_item(view: View, name: str) -> Item:
    """The item that a text means.

    :raises UnknownItem: when there is none.
    :raises AmbiguousItem: when there are several.
    """
    names = item_names(view)
    typed = name.strip()
    for shape in (_OFFERED, _PAGE):
        if (found := shape.fullmatch(typed)) and names.classes(found["path"]):
            return names.item(found["path"])
    try:
        return names.find(typed)
    except UnknownItem:
        titled = _titled(view, typed)
        if not titled:
            raise
    if len(titled) > 1:
        raise AmbiguousItem(
            f"{typed!r} is the title of several items.", found=", ".join(titled), mend="write the path of the one you mean"
        )
    return names.item(titled[0])


def near_items(view: View, name: str) -> list[str]:
    """Paths of items whose name is like a text, the likest first; empty where the text means one item."""
    try:
        find_item(view, name)
    except ServiceError:
        pass
    else:
        return []
    typed = name.strip().casefold()
    titles = _titles(view)
    numbered = _NUMBERED.fullmatch(typed)
    number = numbered["number"] if numbered else typed
    keyed = [path for path in item_names(view).members("Provision") if re.split(r"[-/]", path)[-1] == number]
    same = [*item_names(view).with_key(typed), *(path for path, texts in titles.items() if typed in texts)]
    within = [path for path, texts in titles.items() if typed and any(typed in text for text in (*texts, path))]
    by_text = {text: path for path, texts in titles.items() for text in (*texts, path, path.partition("/")[2])}
    close = [by_text[text] for text in get_close_matches(typed, by_text, n=_NEAR, cutoff=0.6)]
    return list(dict.fromkeys([*sorted(keyed, reverse=True), *same, *close, *within]))[:_NEAR]


def _titled(view: View, typed: str) -> list[str]:
    """Items of which this is a title, or which it numbers."""
    wanted = typed.casefold()
    found = [path for path, texts in _titles(view).items() if wanted in texts]
    numbered = _NUMBERED.fullmatch(wanted)
    if found or not numbered:
        return found
    kind = "conclusion/" if wanted.startswith(("conclusion", "schluss")) else "principle/cbp-"
    path = f"{kind}{numbered['number']}"
    return [path] if item_names(view).classes(path) else []


def _titles(view: View) -> dict[str, tuple[str, ...]]:
    """Titles of all items that a field may mean, in all languages, in small letters."""

    def make() -> dict[str, tuple[str, ...]]:
        names, things = item_names(view), view.things
        wanted = [path for kind in ("Practice", "Provision", "Criterion", "Actor", "Framework") for path in names.members(kind)]
        return {
            path: tuple({text.casefold() for text in things.facts.labels(things.iri(path)).values()}) for path in sorted(wanted)
        }

    return view.analysis.kept("item-titles", make)
