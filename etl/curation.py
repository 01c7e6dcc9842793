"""Curated knowledge: what no parser can give, kept in YAML files that people read and review.

It is applied after extraction, so that extracting a document again never loses it. Files below ``data/curation/``:

- ``frameworks.yaml``   the frameworks: their document, status and adopted form
- ``titles.yaml``       short titles of frameworks, provisions and questions, per language, with their origin
- ``descriptions/*.yaml``  summaries of items in our words, in the same form
- ``provision-themes.yaml``  themes of the web site that each provision is about
- ``coding/``           what two readers coded and what was decided (:mod:`etl.coding`)
- ``corrections.yaml``  misprints: what is printed, what it should read, and why
- ``actors/*.yaml``     the register of organisations (:mod:`etl.actors`)
- ``agents.yaml``       who extracted, judged and translated
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from etl.actors import Actor
from etl.errors import RecordError
from etl.identifiers import ItemPath, Key, PassageKey
from etl.records import Record

__all__ = ["Agent", "Correction", "Curation", "FrameworkFacts", "LanguageTag", "Texts", "load_curation", "load_yaml"]

LanguageTag = Literal["en", "fr", "de"]
#: Whose words a text is: the document's own name, ours, or a translation by a person or a machine.
Origin = Literal["official", "own", "human", "machine"]


class Texts(Record):
    """A text about an item per language, its title or its description, and whose words each is."""

    en: str
    fr: str | None = None
    de: str | None = None
    origin: dict[LanguageTag, Origin]

    def texts(self) -> Iterator[tuple[LanguageTag, str]]:
        """Languages and titles that there are."""
        languages: tuple[LanguageTag, ...] = ("en", "fr", "de")
        return ((tag, text) for tag in languages if (text := getattr(self, tag)))


class Correction(Record):
    """A misprint: what the document prints, what it should read, and how we know.

    :ivar item: path of the item it concerns.
    """

    key: Key
    item: ItemPath
    document: Key
    passage: PassageKey
    as_printed: str
    corrected: str
    reason: str


class FrameworkFacts(Record):
    """A framework: where it stands and what became of it.

    :ivar status: as printed in its document; None where the document states none.
    :ivar adopted_as: reference of the adopted form, with its date and body.
    :ivar text_kind: whether its provisions are subdivisions of a legal resource or bibliographic.
    """

    path: ItemPath
    documents: Annotated[tuple[Key, ...], Field(min_length=1)]
    status: Literal["Draft", "Adopted"] | None = None
    adopted_as: str | None = None
    adopted_on: date | None = None
    adopted_by: ItemPath | None = None
    text_kind: Literal["legal", "bibliographic"]
    note: str | None = None


class Agent(Record):
    """Who made statements: a program, a language model or a person."""

    path: ItemPath
    kind: Literal["software", "person"]
    label: dict[LanguageTag, str]
    description: str


class Curation(Record):
    """All curated knowledge."""

    frameworks: tuple[FrameworkFacts, ...] = ()
    titles: dict[ItemPath, Texts] = Field(default_factory=dict)
    descriptions: dict[ItemPath, Texts] = Field(default_factory=dict)
    themes: dict[ItemPath, tuple[PassageKey, ...]] = Field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    actors: tuple[Actor, ...] = ()
    agents: tuple[Agent, ...] = ()

    def title(self, path: ItemPath) -> Texts:
        """Title of an item.

        :raises RecordError: when there is none.
        """
        try:
            return self.titles[path]
        except KeyError:
            raise RecordError("data/curation/titles.yaml", f"no title for {path}", "a title per item", f"add {path}") from None


def load_curation(folder: Path) -> Curation:
    """Read all curated files.

    :raises RecordError: naming file, and line or field, when one is not YAML, repeats a key or breaks its model.
    """
    actors: dict[Key, Actor] = {}
    for path in sorted((folder / "actors").glob("*.yaml")):
        for actor in _load(path, "actors", tuple[Actor, ...]):
            if actor.key in actors:
                raise RecordError(
                    f"{path}: {actor.key}", "is registered twice", "one actor per organisation", "merge the two items"
                )
            actors[actor.key] = actor
    descriptions: dict[ItemPath, Texts] = {}
    for path in sorted((folder / "descriptions").glob("*.yaml")):
        for item, text in _load(path, None, dict[ItemPath, Texts]).items():
            if item in descriptions:
                raise RecordError(f"{path}: {item}", "is described twice", "one description per item", "remove one")
            descriptions[item] = text
    return Curation(
        frameworks=_load(folder / "frameworks.yaml", "frameworks", tuple[FrameworkFacts, ...]),
        titles=_load(folder / "titles.yaml", None, dict[ItemPath, Texts]),
        descriptions=descriptions,
        themes=_load(folder / "provision-themes.yaml", None, dict[ItemPath, tuple[PassageKey, ...]]),
        corrections=_load(folder / "corrections.yaml", "corrections", tuple[Correction, ...]),
        actors=tuple(actors.values()),
        agents=_load(folder / "agents.yaml", "agents", tuple[Agent, ...]),
    )


T = TypeVar("T")


def load_yaml(path: Path, model: type[T]) -> T:
    """Read a YAML file into a model.

    :raises RecordError: naming file, and line or field, when it is not YAML, repeats a key or breaks the model.
    """
    return _load(path, None, model)


def _load(path: Path, root: str | None, model: type[T]) -> T:
    content = _parse(path)
    if root is not None:
        if not isinstance(content, dict) or set(content) != {root}:
            raise RecordError(str(path), "does not have the one key it should", f"{root}:", "see the other curated files")
        content = content[root]
    try:
        return TypeAdapter(model).validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = f"{path}: {'.'.join(str(part) for part in first['loc'])}"
        raise RecordError(
            where, f"{first['msg']} (found {first['input']!r})", "see docs/curation.md", "correct the field"
        ) from error


def _parse(path: Path) -> object:
    try:
        return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise RecordError(f"{path}: line {line}", str(error.problem), "unique keys", "merge the two entries") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise RecordError(f"{path}: line {line}", f"is not YAML: {error.problem}", "YAML 1.2", "correct the line") from error
    except (OSError, ValueError, YAMLError) as error:
        raise RecordError(str(path), f"cannot be read: {error}", "YAML in UTF-8", "restore the file") from error
