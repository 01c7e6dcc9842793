"""What is to be compared: items by the names that people type, all of one kind."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from pydantic import Field, field_validator

from query_service.analyst.country.places import countries, find_country
from query_service.analyst.country.tallies import Narrowing
from query_service.analyst.desk import View
from query_service.analyst.page_parts import PageQuery
from query_service.analyst.reasons import statement_facts
from query_service.analyst.things import Thing
from query_service.errors import MalformedRequest, UnknownItem

__all__ = ["FEWEST", "MOST", "CompareAsked", "Kind", "Subjects", "find_narrowing", "find_subjects"]

FEWEST: Final = 2
MOST: Final = 5
#: What can be compared with what: items of one kind only.
Kind = Literal["country", "framework", "provision", "practice"]
_EXPECTED: Final = (
    "countries (country/est), frameworks (framework/eu-cbp-2004), provisions (principle/cbp-9) or practices (practice/...)"
)


class CompareAsked(PageQuery):
    """Parameters of ``/compare``."""

    item: tuple[str, ...] = Field(
        default=(),
        max_length=50,
        description="what to compare, two to five of one kind: country/est, framework/eu-cbp-2004, or the path, IRI or key of a "
        "provision or practice; repeat it for each",
    )
    theme: str = Field(default="", description="of countries: only practices of a theme with its parts, or of a part")
    area: str = Field(default="", description="of countries: only practices of an area of intervention, with narrower ones")
    principle: str = Field(default="", description="of countries: only practices that carry out a Common Basic Principle")

    @field_validator("item", mode="after")
    @classmethod
    def _without_blanks(cls, items: tuple[str, ...]) -> tuple[str, ...]:
        """Drop what an empty field of a form sends, and say nothing twice."""
        return tuple(dict.fromkeys(item.strip() for item in items if item.strip()))


class Subjects(NamedTuple):
    """What is compared.

    :ivar kind: what all of them are; none where nothing was named.
    """

    kind: Kind | None
    things: tuple[Thing, ...]


def find_subjects(view: View, names: tuple[str, ...]) -> Subjects:
    """The items that names mean, each once.

    :raises UnknownItem: when there is none of a name, with the nearest.
    :raises AmbiguousItem: when a short key has several.
    :raises MalformedRequest: when one cannot be compared, they are not of one kind, or there are too many.
    """
    found = {thing.path: (kind, thing) for kind, thing in (_find(view, name) for name in names)}
    kinds = {kind: path for path, (kind, _) in found.items()}
    if len(kinds) > 1:
        raise MalformedRequest(
            "Only items of one kind can be compared.",
            found=", ".join(f"{path} ({kind})" for kind, path in kinds.items()),
            expected=f"{FEWEST} to {MOST} {_EXPECTED}, and not a mixture of them",
            mend="take out those of the other kind",
        )
    if len(found) > MOST:
        raise MalformedRequest(
            f"No more than {MOST} can be compared at once.",
            found=str(len(found)),
            expected=f"{FEWEST} to {MOST} items",
            mend="take some of them out",
        )
    return Subjects(next(iter(kinds), None), tuple(thing for _, thing in found.values()))


def _find(view: View, name: str) -> tuple[Kind, Thing]:
    things = view.things
    kind, _, key = things.path(name).partition("/")
    if kind in {"country", "place"} and "/" not in key:
        return "country", find_country(view, key)
    if name.casefold() in countries(view):
        return "country", countries(view)[name.casefold()]
    path = _titled(view, name) or statement_facts(view).names.find(name).path
    if path in things.provisions:
        return "provision", things.provisions[path]
    if path in things.practices:
        return "practice", things.practices[path]
    frameworks = things.of("ipg:Framework")
    if path in frameworks:
        return "framework", frameworks[path]
    raise MalformedRequest(f"{path} cannot be compared.", found=path, expected=_EXPECTED, mend="choose something else")


def _titled(view: View, name: str) -> str | None:
    """The provision, practice or country with just this title in any language; none where there is not exactly one."""
    titles = view.analysis.kept("items by title", lambda: _by_title(view))
    found = titles.get(name.casefold(), frozenset())
    return next(iter(found)) if len(found) == 1 else None


def _by_title(view: View) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for items in (view.things.provisions, view.things.practices):
        for path, thing in items.items():
            for value in thing.values("skos:prefLabel"):
                key = value.text.casefold()
                found[key] = found.get(key, frozenset()) | {path}
    return found


def find_narrowing(view: View, asked: CompareAsked) -> Narrowing:
    """To which practices the comparison of countries is narrowed.

    :raises UnknownItem: when there is no such theme, area or principle.
    """
    concepts = view.things.of("skos:Concept")
    found = {}
    for name in Narrowing._fields:
        value = view.things.path(getattr(asked, name).strip())
        key = value.removeprefix(f"{name}/")
        if key and f"{name}/{key}" not in concepts:
            known = sorted(path.partition("/")[2] for path in concepts if path.startswith(f"{name}/"))
            raise UnknownItem(
                f"No {name} is called {key!r}.",
                found=f"{name}={key}",
                expected=f"one of {', '.join(known)}",
                mend="choose it in the form, or leave it out",
            )
        found[name] = key
    return Narrowing(**found)
