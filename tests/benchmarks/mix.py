"""What is asked in the benchmark: queries from ``endpoint_mix/``, the same texts in the same order for every peer.

A template is a valid query. ``urn:mix:KIND`` in it stands for a value of that kind; ``_SERIAL`` at the end of the name
of a variable stands for nothing in hot requests, and for a number never used before in cold ones. A number in a comment
would not do: a server may leave comments out before it looks into its cache.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from pydantic import BaseModel, ConfigDict, PositiveInt

__all__ = [
    "FOLDER",
    "GRAPH_TYPE",
    "ROWS_TYPE",
    "SERIAL",
    "VALUES",
    "WHOLE",
    "Mix",
    "MixQuery",
    "MixRules",
    "read_mix",
    "read_rules",
]

FOLDER: Final = Path(__file__).parent / "endpoint_mix"
VALUES: Final = FOLDER / "values.json"
SERIAL: Final = "_SERIAL"
#: Name of all classes together, in their shares.
WHOLE: Final = "mix"
#: What is asked for, of every peer: SPARQL results in JSON, graphs as N-Triples.
ROWS_TYPE: Final = "application/sparql-results+json"
GRAPH_TYPE: Final = "application/n-triples"

#: Rounds of the mix in the list of cold requests, so that the values of each kind come in turn.
_ROUNDS: Final = 8
_SLOT: Final = re.compile(r"urn:mix:([a-z]+)")


class MixRules(BaseModel):
    """``mix.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int
    hot_values: PositiveInt
    weights: dict[str, PositiveInt]
    exports: dict[str, PositiveInt]
    values: dict[str, PositiveInt]


class MixQuery(NamedTuple):
    """One query with its values filled in.

    :param kind: its class.
    :param template: name of its file, without the suffix.
    :param text: its text, with ``_SERIAL`` still in it.
    """

    kind: str
    template: str
    text: str

    @property
    def accept(self) -> str:
        """Media type to ask for."""
        return GRAPH_TYPE if re.search(r"^CONSTRUCT\b", self.text, re.MULTILINE) else ROWS_TYPE

    def numbered(self, serial: int) -> str:
        """The text that no other serial number gives."""
        return self.text.replace(SERIAL, f"_{serial}")

    @property
    def plain(self) -> str:
        """The text as hot requests have it."""
        return self.text.replace(SERIAL, "")


class Mix:
    """All queries of the benchmark.

    :param rules: seed, shares and sizes.
    :param templates: text of each template by class and name.
    :param values: values of each kind.
    """

    def __init__(self, rules: MixRules, templates: dict[str, dict[str, str]], values: dict[str, list[str]]) -> None:
        self.rules = rules
        self._templates = templates
        self._values = values

    @property
    def classes(self) -> list[str]:
        """Classes of the whole mix, without the exports."""
        return list(self.rules.weights)

    def hot(self, kind: str) -> list[MixQuery]:
        """Requests of a class or of the whole mix to be repeated: few texts, each many times."""
        return self._round(kind, self.rules.hot_values, 1)

    def cold(self, kind: str) -> list[MixQuery]:
        """Requests of a class or of the whole mix; each is to be sent with a serial number of its own."""
        return self._round(kind, None, _ROUNDS)

    def distinct(self, number: int) -> list[MixQuery]:
        """Every query with its first so many values, each text once."""
        return list(dict.fromkeys(query for kind in self.classes for query in self._filled(kind, number)))

    def export(self, kind: str) -> MixQuery:
        """The query of an export."""
        (query,) = self._filled(kind, None)
        return query

    @property
    def sha256(self) -> str:
        """Of everything that is asked, in its order: two runs with the same one asked the same."""
        digest = hashlib.sha256()
        for kind in [WHOLE, *self.classes]:
            for query in [*self.hot(kind), *self.cold(kind)]:
                digest.update(f"{query.kind} {query.template}\n{query.text}\0".encode())
        for kind in self.rules.exports:
            digest.update(self.export(kind).text.encode())
        return digest.hexdigest()

    def _round(self, kind: str, number: int | None, rounds: int) -> list[MixQuery]:
        kinds = self.classes if kind == WHOLE else [kind]
        chosen: list[MixQuery] = []
        for each in kinds:
            chosen += islice(cycle(self._filled(each, number)), self.rules.weights[each] * rounds)
        Random(f"{self.rules.seed} {kind} {rounds}").shuffle(chosen)  # noqa: S311 - a fixed order, no secret
        return chosen

    def _filled(self, kind: str, number: int | None) -> list[MixQuery]:
        """Queries of a class with their first so many values, or all; the templates in turn."""
        lists = [
            [MixQuery(kind, name, text) for text in self._fill(body, number)] for name, body in self._templates[kind].items()
        ]
        longest = max(map(len, lists))
        return [queries[index % len(queries)] for index in range(longest) for queries in lists]

    def _fill(self, template: str, number: int | None) -> Iterable[str]:
        slots = set(_SLOT.findall(template))
        if not slots:
            return [template]
        (slot,) = slots
        return [_SLOT.sub(lambda _, value=value: value, template) for value in self._values[slot][:number]]  # type: ignore[misc]


def read_rules() -> MixRules:
    """Read ``mix.toml``."""
    return MixRules.model_validate(tomllib.loads((FOLDER / "mix.toml").read_text(encoding="utf-8")))


def read_mix() -> Mix:
    """Read the mix that is committed."""
    rules = read_rules()
    templates = {
        kind: {file.stem: file.read_text(encoding="utf-8") for file in sorted((FOLDER / kind).glob("*.rq"))}
        for kind in [*rules.weights, *rules.exports]
    }
    return Mix(rules, templates, json.loads(VALUES.read_text(encoding="utf-8")))
