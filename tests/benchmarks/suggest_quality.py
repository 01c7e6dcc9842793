"""How good suggestions are: ``python -m tests.benchmarks.suggest_quality`` prints the table of ``docs/suggest.md``.

Each practice is taken out of the corpus with all that was written of it, is then suggested for, and what was judged of it
is looked for among the first suggestions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import click
from pyoxigraph import QuerySolutions

from query_service.engine import open_store
from query_service.snapshot import Snapshot, read_snapshot
from query_service.suggest.records import Series
from query_service.suggest.texts import Corpus, read_corpus
from tests.benchmarks.suggest_embeddings import embedding_methods
from tests.benchmarks.suggest_methods import METHODS, Method, Scores

__all__ = ["TASKS", "Quality", "main", "measure", "queries_of"]

_QUERY: Final = Path(__file__).with_name("practice_entries.rq")


#: What is looked for among the suggestions of a series.
TASKS: Final[dict[str, Series]] = {
    "the primary principle": "principles",
    "any principle of the practice": "principles",
    "any conclusion of the practice": "conclusions",
    "any measure of the practice": "measures",
}


class Quality(NamedTuple):
    """How often a method finds what was judged.

    :ivar query: what it is asked with, our summary of the practice or its entry in the document.
    :ivar task: what is looked for.
    :ivar practices: how many have one.
    :ivar hit_1: share of them of which the first suggestion is what is looked for.
    :ivar hit_3: of which one of the first three is.
    :ivar mean_reciprocal_rank: mean of one over the place of the first that is.
    """

    method: str
    query: str
    task: str
    practices: int
    hit_1: float
    hit_3: float
    mean_reciprocal_rank: float


def queries_of(snapshot: Snapshot, corpus: Corpus) -> dict[str, dict[str, str]]:
    """Texts to ask with, by kind and practice: summaries without titles, and entries where the documents are present."""
    summaries = {
        text.item: text.words.removeprefix(f"{corpus.items[text.item].title}. ")
        for text in reversed(corpus.texts)
        if text.item in corpus.practices() and text.words.startswith(f"{corpus.items[text.item].title}. ")
    }
    solutions = open_store(snapshot).query(_QUERY.read_text(encoding="utf-8"), base_iri=snapshot.manifest.base)
    assert isinstance(solutions, QuerySolutions)
    ids = f"{snapshot.manifest.base}id/"
    entries = {row["practice"].value.removeprefix(ids): row["wording"].value for row in solutions}
    return {"summary": summaries} | ({"entry": entries} if entries else {})


def measure(corpus: Corpus, queries: Mapping[str, Mapping[str, str]], methods: Mapping[str, Method]) -> Iterator[Quality]:
    """Leave each practice out in turn, and see what each method suggests for it."""
    for name, method in methods.items():
        found: dict[tuple[str, str], list[int | None]] = {(task, kind): [] for task in TASKS for kind in queries}
        suggests: set[Series] = set()
        for practice in sorted(corpus.practices()):
            answers = method(corpus.without(practice), [queries[kind][practice] for kind in queries])
            for kind, scores in zip(queries, answers, strict=True):
                suggests |= {corpus.provisions[provision].series for provision in scores}
                for task in TASKS:
                    judged = _judged(corpus, practice, task)
                    if judged:
                        found[task, kind].append(_place(corpus, scores, TASKS[task], judged))
        for (task, kind), places in found.items():
            if TASKS[task] in suggests:
                yield _quality(name, kind, task, places)


def _judged(corpus: Corpus, practice: str, task: str) -> set[str]:
    """What is looked for."""
    if task == "the primary principle":
        return {corpus.primary(practice) or ""}
    return {to for source, to in corpus.links if source == practice and corpus.provisions[to].series == TASKS[task]}


def _place(corpus: Corpus, scores: Scores, series: Series, judged: set[str]) -> int | None:
    """Place of the first suggestion that was judged to hold; equal scores keep the order of the framework."""
    order = [path for path, provision in corpus.provisions.items() if provision.series == series]
    order.sort(key=lambda path: int(corpus.provisions[path].notation))
    ranked = sorted((path for path in order if path in scores), key=lambda path: -scores[path])
    return next((place for place, path in enumerate(ranked, start=1) if path in judged), None)


def _quality(method: str, query: str, task: str, places: list[int | None]) -> Quality:
    found = [place for place in places if place]
    return Quality(
        method,
        query,
        task,
        len(places),
        round(sum(place == 1 for place in found) / len(places), 3),
        round(sum(place <= 3 for place in found) / len(places), 3),
        round(sum(1 / place for place in found) / len(places), 3),
    )


def _render_markdown(version: str, rows: Iterable[Quality]) -> Iterator[str]:
    yield f"Dataset {version}."
    rows = list(rows)
    for task in TASKS:
        of_task = [row for row in rows if row.task == task]
        queries = list(dict.fromkeys(row.query for row in of_task))
        practices = max((row.practices for row in of_task), default=0)
        yield f"\n### Finding {task} ({practices} practices)\n"
        yield "| method |" + "".join(f" {query}: hit@1 | hit@3 | MRR |" for query in queries)
        yield "|---|" + "---|---|---|" * len(queries)
        for method in dict.fromkeys(row.method for row in of_task):
            cells = [row for query in queries for row in of_task if (row.method, row.query) == (method, query)]
            figures = (f" {row.hit_1:.2f} | {row.hit_3:.2f} | {row.mean_reciprocal_rank:.2f} |" for row in cells)
            yield f"| {method} |" + "".join(figures)


@click.command()
@click.option("--snapshot", type=click.Path(path_type=Path), default=Path("build/current"), show_default=True)
@click.option("--embeddings", is_flag=True, help="Measure sentence embeddings too, those that are installed; takes minutes.")
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True)
def main(snapshot: Path, form: str, *, embeddings: bool) -> None:
    """Print how often each method suggests what was judged."""
    opened = read_snapshot(snapshot)
    corpus = read_corpus(opened)
    queries = queries_of(opened, corpus)
    methods = METHODS | (embedding_methods() if embeddings else {})
    rows = list(measure(corpus, queries, methods))
    if form == "json":
        content = {"dataset_version": opened.version, "quality": [row._asdict() for row in rows]}
        click.echo(json.dumps(content, indent=2))
    else:
        click.echo("\n".join(_render_markdown(opened.version, rows)))


if __name__ == "__main__":
    main()
