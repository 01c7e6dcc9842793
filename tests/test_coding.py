"""Double coding: what both readers gave holds, what one gave needs a decision, and agreement is measured before that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.actors import Gazetteer
from etl.coding import LAYERS, Code, Decision, Decisions, EvidenceType, Layer, PracticeCoding, ResultFigure
from etl.curation import load_curation
from etl.errors import RecordError
from etl.extract import read_records
from etl.judgements import Coding, Judgements, load_coding, measure_agreement, settle_all
from etl.registry import load_registry
from etl.settling import codes_of, figure_key, settle, undecided

WORDS = "names a method and a place that only this entry has"


def code(number: int, confidence: float = 0.9) -> Code:
    return Code(principle=number, confidence=confidence, evidence=("cafe/process/1",), rationale=f"{WORDS} for {number}")  # type: ignore[call-arg]


def coding(primary: int, secondary: tuple[int, ...] = (), conclusions: tuple[int, ...] = (), **more: object) -> PracticeCoding:
    return PracticeCoding.model_validate(
        {
            "practice": "cafe",
            "primary": code(primary),
            "secondary": tuple(map(code, secondary)),
            "conclusions": tuple(map(code, conclusions)),
            "evidence_type": EvidenceType(type="none-stated"),
            **more,
        }
    )


def decisions(*made: tuple[Layer, str, str], overrules: bool = False) -> Decisions:
    return Decisions(
        practice="cafe",
        decisions=tuple(
            Decision(layer=layer, code=number, decision=what, reason="because the guide says so", overrules=overrules)
            for layer, number, what in made
        ),
    )


def test_what_both_gave_holds_without_a_decision() -> None:
    settled = settle(coding(9, (7,), (67,)), coding(9, (7,), (67,)), decisions())
    assert settled.primary.number == 9
    assert [(link.series, link.number) for link in settled.links] == [("principle/cbp-", 7), ("conclusion/", 67)]
    assert all(link.agreed for link in (settled.primary, *settled.links))


def test_a_difference_without_a_decision_is_named() -> None:
    first, second = coding(9, conclusions=(67,)), coding(9)
    assert list(undecided(first, second, decisions())) == [("conclusions", "67")]
    with pytest.raises(RecordError, match=r"decisions/cafe\.yaml: no decision on conclusions 67"):
        settle(first, second, decisions())


def test_a_decision_keeps_or_drops_what_one_reader_gave() -> None:
    first, second = coding(9, conclusions=(67, 60)), coding(9)
    settled = settle(first, second, decisions(("conclusions", "67", "keep"), ("conclusions", "60", "drop")))
    (link,) = settled.links
    assert (link.number, link.agreed, link.decision) == (67, False, "because the guide says so")


def test_readers_who_weigh_two_principles_differently_differ_on_the_primary_alone() -> None:
    first, second = coding(9, (7,)), coding(7, (9,))
    assert {layer for layer, _ in undecided(first, second, decisions())} == {"primary"}
    settled = settle(first, second, decisions(("primary", "7", "keep"), ("primary", "9", "drop")))
    assert settled.primary.number == 7
    assert [link.number for link in settled.links] == [9]


@pytest.mark.parametrize("made", [("primary", "9", "keep"), ("primary", "7", "keep")])
def test_exactly_one_primary_holds(made: tuple[Layer, str, str]) -> None:
    both: list[tuple[Layer, str, str]] = [made, ("primary", "7" if made[1] == "9" else "9", "keep")]
    with pytest.raises(RecordError, match="exactly one"):
        settle(coding(9, (7,)), coding(7, (9,)), decisions(*both))


def test_a_decision_on_what_both_or_neither_gave_is_refused_unless_it_overrules() -> None:
    same = coding(9, conclusions=(67,))
    with pytest.raises(RecordError, match="both readers gave it"):
        settle(same, same, decisions(("conclusions", "67", "drop")))
    with pytest.raises(RecordError, match="no reader gave it"):
        settle(same, same, decisions(("themes", "social-cohesion/health", "keep")))
    assert settle(same, same, decisions(("conclusions", "67", "drop"), overrules=True)).links == ()


def test_a_check_sets_wording_passages_and_confidence_of_a_link_on_which_the_readers_agreed() -> None:
    same = coding(9, conclusions=(67,))
    made = Decision(
        layer="conclusions",
        code="67",
        decision="keep",
        overrules=True,
        reason="the passage cited does not carry it alone",
        confidence=0.6,
        rationale=f"{WORDS}, said more plainly",
        evidence=("cafe/purpose/1",),
        checked_by="agent/evidence-checker",
    )
    (link,) = settle(same, same, Decisions(practice="cafe", decisions=(made,))).links
    assert (link.agreed, link.confidence, link.evidence) == (True, 0.6, ("cafe/purpose/1",))
    assert (link.rationale, link.checked_by) == (made.rationale, "agent/evidence-checker")


def test_figures_of_both_readers_are_joined_by_their_digits() -> None:
    def figure(number: str) -> ResultFigure:
        return ResultFigure(number=number, unit="users", what="users", evidence=("cafe/impact/1",))

    first, second = (
        coding(9, results=(figure("62,000"),)),
        coding(9, results=(figure("more than 62,000"), figure("7"), figure("many"))),
    )
    assert [result.number for result in settle(first, second, decisions()).results] == ["62,000", "7"]


@given(st.integers(0, 10**9), st.sampled_from(["", "over ", "more than ", "approximately "]))
def test_the_key_of_a_figure_is_its_digits(number: int, words: str) -> None:
    for separator in ("", ",", ".", " "):
        assert figure_key(words + f"{number:,}".replace(",", separator)) == str(number)


numbers = st.lists(st.integers(1, 11), max_size=4, unique=True)


@given(st.integers(1, 11), st.integers(1, 11), numbers, numbers)
def test_agreement_is_symmetric_and_all_that_is_undecided_is_in_one_coding(
    one: int, other: int, first: list[int], second: list[int]
) -> None:
    a, b = coding(one, tuple(n for n in first if n != one)), coding(other, tuple(n for n in second if n != other))
    assert set(undecided(a, b, decisions())) == set(undecided(b, a, decisions()))
    for layer, number in undecided(a, b, decisions()):
        assert (number in codes_of(a, layer)) != (number in codes_of(b, layer))


@pytest.fixture(scope="module")
def committed(root: Path) -> Coding:
    return load_coding(root / "data" / "curation" / "coding")


@pytest.fixture(scope="module")
def judged(committed: Coding) -> Judgements:
    return settle_all(committed)


def test_every_practice_was_coded_by_both_readers_and_settled(committed: Coding, judged: Judgements, root: Path) -> None:
    records = [read_records(root / "data" / "records" / slug) for slug in load_registry(root / "data" / "sources.toml")]
    practices = {p.path.split("/", 1)[1] for document in records for p in document.practices if p.path.startswith("practice/")}
    assert set(judged.practices) == practices
    assert set(committed.practices) == practices


def test_every_evidence_passage_is_one_of_the_practice_itself(judged: Judgements, root: Path) -> None:
    slugs = load_registry(root / "data" / "sources.toml")
    passages = {passage.key for slug in slugs for passage in read_records(root / "data" / "records" / slug).passages}
    for key, settled in judged.practices.items():
        pointed = {key for link in (settled.primary, *settled.links) for key in link.evidence}
        pointed |= {key for result in settled.results for key in result.evidence} | set(settled.evidence_type.evidence)
        assert pointed <= passages, key
        assert all(passage == key or passage.startswith(f"{key}/") for passage in pointed), key


def test_rationales_are_pairwise_distinct_and_own(judged: Judgements) -> None:
    rationales = [link.rationale for settled in judged.practices.values() for link in (settled.primary, *settled.links)]
    rationales += [settled.link.rationale for settled in judged.frameworks]
    assert len(set(rationales)) == len(rationales)


def test_every_coded_organisation_concept_and_theme_is_registered(judged: Judgements, root: Path) -> None:
    actors = Gazetteer(load_curation(root / "data" / "curation").actors).actors
    vocabulary = "".join(path.read_text(encoding="utf-8") for path in (root / "ontology" / "vocabularies").glob("*.ttl"))
    for key, settled in judged.practices.items():
        assert {code.actor for code in settled.actors} <= set(actors), key
        assert all(f"/id/target-group/{group}>" in vocabulary for group in settled.target_groups), key
        assert all(f"/id/theme/{theme}>" in vocabulary for theme in settled.themes), key


def test_agreement_is_reported_for_every_layer_and_for_the_links_between_frameworks(committed: Coding) -> None:
    figures = {figure.layer: figure for figure in measure_agreement(committed)}
    assert set(figures) == {*LAYERS, "frameworks"}
    assert figures["primary"].measure == "kappa"
    assert figures["primary"].items == 92
    assert all(-1 <= figure.value <= 1 for figure in figures.values())


def test_a_practice_that_one_reader_did_not_code_is_named(root: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(root / "data" / "curation" / "coding", tmp_path / "coding"))
    (folder / "reader-2" / "citizen-coin.yaml").unlink()
    with pytest.raises(RecordError, match=r"reader-2/citizen-coin\.yaml: is missing"):
        load_coding(folder)
