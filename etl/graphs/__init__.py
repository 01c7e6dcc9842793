"""Records and curated knowledge to named graphs: curated knowledge is applied last.

:func:`build_graphs` is the one place that decides which record is written to which graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from pyoxigraph import Dataset, NamedNode, Quad

from etl.curation import Curation
from etl.errors import RecordError
from etl.example_checks import read_checks
from etl.graphs.coverage import write_coverage
from etl.graphs.curated import write_curated
from etl.graphs.documents import write_document, write_statements, write_wording
from etl.graphs.examples import write_examples
from etl.graphs.judgements import write_judgements
from etl.graphs.places import write_places
from etl.graphs.practices import write_practice
from etl.graphs.provisions import write_framework, write_provisions
from etl.graphs.writer import GraphWriter
from etl.identifiers import BASE, Iso3, ItemPath, Key
from etl.judgements import Agreement, Judgements
from etl.namespaces import expand
from etl.places import Country, fold_name
from etl.records import DocumentRecords, Record
from etl.registry import RegisteredDocument
from etl.rendition import Rendition
from etl.turtle import read_turtle

__all__ = ["Inputs", "build_graphs"]


class Inputs(Record):
    """Everything the graphs are made of.

    :ivar geonames: GeoNames ids of municipalities.
    :ivar languages: IRI in the EU authority table by BCP 47 tag.
    :ivar ontology: Turtle files of ``graph/ontology``.
    :ivar vocabularies: Turtle files of ``graph/vocabulary``.
    :ivar examples: folder of the example queries.
    :ivar example_checks: ledger of when they last gave their answers.
    :ivar judgements: what holds after both readers' codings; None where a test leaves it out.
    :ivar renditions: documents that are present; their wording makes ``graph/text``.
    """

    registry: dict[Key, RegisteredDocument]
    records: dict[Key, DocumentRecords]
    curation: Curation
    countries: dict[Iso3, Country]
    geonames: dict[ItemPath, int]
    languages: Mapping[str, str]
    ontology: tuple[Path, ...]
    vocabularies: tuple[Path, ...]
    renditions: dict[Key, Rendition]
    examples: Path
    example_checks: Path
    judgements: Judgements | None = None
    agreement: tuple[Agreement, ...] = ()


def build_graphs(inputs: Inputs) -> Dataset:
    """Make the asserted graphs: everything but what is inferred or described.

    :raises RecordError: when a record points at something that is not there.
    """
    graphs = [
        _write_vocabulary(inputs),
        *_write_sources(inputs),
        _write_curated(inputs),
        GraphWriter("absence"),
        GraphWriter("examples"),
    ]
    *_, absence, examples = graphs
    write_examples(examples, inputs.examples, read_checks(inputs.example_checks))
    if inputs.judgements:
        principles = [p.path for r in inputs.records.values() for p in r.provisions if p.path.startswith("principle/cbp-")]
        write_coverage(absence, inputs.judgements, principles, _countries(inputs), _practice_countries(inputs))
    ontology = read_turtle(inputs.ontology, "ontology")
    return Dataset({*ontology, *(quad for graph in graphs for quad in graph.quads)})


def _write_vocabulary(inputs: Inputs) -> GraphWriter:
    graph = GraphWriter("vocabulary")
    graph.quads.update(read_turtle(inputs.vocabularies, "vocabulary"))
    _title_concepts(graph)
    localities = (place for records in inputs.records.values() for practice in records.practices for place in practice.localities)
    write_places(graph, inputs.countries, inputs.geonames, _countries(inputs), localities)
    return graph


def _countries(inputs: Inputs) -> list[Iso3]:
    """Every country that a practice, an organisation or a statement of a document names."""
    records = inputs.records.values()
    named = {
        *(iso3 for document in records for practice in document.practices for iso3 in practice.countries),
        *(actor.country for actor in inputs.curation.actors if actor.country),
        *(
            link.source.split("/")[1].upper()
            for document in records
            for link in document.links
            if link.source.startswith("place/")
        ),
    }
    return sorted(named)


def _practice_countries(inputs: Inputs) -> dict[Key, tuple[Iso3, ...]]:
    practices = (practice for records in inputs.records.values() for practice in records.practices)
    return {practice.path.split("/", 1)[1]: practice.countries for practice in practices}


def _write_sources(inputs: Inputs) -> list[GraphWriter]:
    listed_under = _heading_finder(inputs)
    named: dict[str, str] = {}
    provisions = Counter(provision.framework for records in inputs.records.values() for provision in records.provisions)
    graphs: list[GraphWriter] = []
    wording = GraphWriter("text")
    for slug, records in inputs.records.items():
        facts = inputs.registry[slug]
        source = GraphWriter(f"source/{slug}")
        write_document(source, facts, records, inputs.languages[facts.language])
        for framework in inputs.curation.frameworks:
            if slug in framework.documents:
                write_framework(source, framework, inputs.curation, provisions)
        write_provisions(source, facts, records, inputs.curation)
        for practice in records.practices:
            write_practice(source, facts, practice, listed_under(practice.listed_under))
        write_statements(source, facts, records, named)
        graphs.append(source)
        if slug in inputs.renditions:
            write_wording(wording, records, inputs.renditions[slug])
    return [*graphs, wording]


def _write_curated(inputs: Inputs) -> GraphWriter:
    graph = GraphWriter("curated")
    write_curated(graph, inputs.curation)
    if inputs.judgements:
        practices = {p.path.split("/", 1)[1]: p for records in inputs.records.values() for p in records.practices}
        write_judgements(graph, inputs.judgements, practices)
    return graph


def _title_concepts(vocabulary: GraphWriter) -> None:
    """Give every concept its labels as titles too: the two always say the same."""
    label, title = expand("skos:prefLabel"), expand("dcterms:title")
    vocabulary.quads |= {
        Quad(quad.subject, title, quad.object, quad.graph_name)
        for quad in vocabulary.quads
        if quad.predicate == label and isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(BASE)
    }


def _heading_finder(inputs: Inputs) -> Callable[[str], ItemPath]:
    """A function from a printed heading to the country or organisation that it names."""
    names = {fold_name(country.name_en): f"place/{iso3.lower()}" for iso3, country in inputs.countries.items()}
    for actor in inputs.curation.actors:
        for form in (actor.name, *actor.printed):
            names.setdefault(fold_name(form), f"actor/{actor.key}")

    def find(heading: str) -> ItemPath:
        try:
            return names[fold_name(heading)]
        except KeyError:
            raise RecordError(
                "listed_under",
                f"heading {heading!r} names no country of data/countries.tsv and no registered organisation",
                "a country's English name or a registered organisation",
                "register it in data/curation/actors/",
            ) from None

    return find
