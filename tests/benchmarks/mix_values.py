"""Draw the values of the benchmark's queries from a snapshot: ``python -m tests.benchmarks.mix_values STORE``.

Run once, before anything is measured; ``endpoint_mix/values.json`` is what it wrote, and what every run reads.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from tests.benchmarks.mix import FOLDER, VALUES, MixRules, read_rules

__all__ = ["draw_values"]

#: Words that stand in so many summaries are drawn: rarer ones find nothing else, more frequent ones nearly everything.
_IN_TEXTS: Final = range(4, 80)
_WORD: Final = re.compile(r"\b[a-z]{6,}\b")


def draw_values(store: Store, rules: MixRules) -> dict[str, list[str]]:
    """Draw the values of each kind, in an order by chance that is the same for the same snapshot and seed."""
    drawn = {}
    for kind, number in sorted(rules.values.items()):
        found = _ask(store, (FOLDER / "values" / f"{kind}.rq").read_text(encoding="utf-8"))
        if kind == "word":
            counts = Counter(word for text in found for word in set(_WORD.findall(text)))
            found = sorted(word for word, count in counts.items() if count in _IN_TEXTS)
        chance = Random(f"{rules.seed} {kind}")  # noqa: S311 - a fixed draw, no secret
        drawn[kind] = chance.sample(found, min(number, len(found)))
    return drawn


def _ask(store: Store, query: str) -> list[str]:
    rows = store.query(query)
    assert isinstance(rows, QuerySolutions)
    terms = [row["value"] for row in rows]
    return [term.value for term in terms if isinstance(term, NamedNode | Literal)]


if __name__ == "__main__":
    values = draw_values(Store.read_only(sys.argv[1]), read_rules())
    Path(VALUES).write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
