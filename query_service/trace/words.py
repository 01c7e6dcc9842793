"""How a trace reads: what was asked, how much was found, why each statement is made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from query_service.trace.records import Derived, LinkRecord, PassageReference, Statement, Trace

__all__ = ["basis_of", "conclusion_of", "counts_of", "derivation_of", "ends_of", "reasons_of", "say", "scope_of", "standing_of"]


def say(term: str) -> str:
    """A term in words: ``ipg:EditorialJudgement`` is "editorial judgement"."""
    return " ".join(re.findall(r"[A-Z]?[a-z]+", term.partition(":")[2] or term)).lower()


def ends_of(trace: Trace) -> tuple[str, str]:
    """Where the paths begin and end, in words."""
    named = trace.item_by_path
    start = f"{named[trace.start].title} ({trace.start})"
    return start, f"{named[trace.end].title} ({trace.end})" if trace.end else f"all {trace.to}"


def scope_of(trace: Trace) -> str:
    """What was walked, in words."""
    ways = "all hops of a path the same way" if trace.one_way else "both ways"
    ends = ""
    if trace.to:
        ends = f"; a path {'may go on through' if trace.through else 'ends at the first of'} the {trace.to} it meets"
    return f"at most {_plural(trace.max_hops, 'hop')}, {ways}, no item twice{ends}"


def counts_of(trace: Trace) -> str:
    """How many paths there are, by length."""
    if not trace.paths:
        return "0 paths within these limits, which does not mean that there is no relation"
    lengths = ", ".join(f"{count} of {_plural(hops, 'hop')}" for hops, count in trace.paths_by_hops.items())
    return f"{_plural(trace.path_count, 'path')}: {lengths}"


def _plural(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def standing_of(statement: Statement) -> str:
    """Rank of a statement among its like: its strength, the kind of match, whether it is inferred; empty if nothing is to say."""
    matches = [say(name) for name in statement.also if name.startswith("skos:")]
    strength = say(statement.link.strength) if statement.link and statement.link.strength else ""
    inferred = "" if statement.asserted else "inferred"
    return ", ".join(filter(None, [strength or ("primary" if statement.primary else ""), *matches, inferred]))


def basis_of(link: LinkRecord) -> str:
    """Basis, review and confidence of a link in one line."""
    parts = [say(link.basis), say(link.review_state)]
    if link.confidence is not None:
        parts.append(f"confidence {link.confidence:g}")
    return ", ".join(parts)


def reasons_of(statement: Statement) -> Iterator[tuple[str, str]]:
    """Why a statement is made, as names and texts."""
    link = statement.link
    if link is None:
        yield (
            "basis",
            f"{'stated' if statement.asserted else 'follows'} in graph/{', graph/'.join(statement.graphs)}; no link record",
        )
        return
    yield "basis", basis_of(link)
    yield "rationale", link.rationale
    for passage in link.passages:
        yield "passage", place_of(passage)
        if passage.wording:
            yield "wording", f"“{passage.wording}”"
    if link.as_printed:
        yield "as printed", link.as_printed
    who = ", ".join(agent.name for agent in link.attributed_to)
    yield "recorded", "; ".join(filter(None, [link.iri, f"by {who}" if who else "", str(link.created or "")]))


def place_of(passage: PassageReference) -> str:
    """Where a passage stands."""
    parts = [
        f"{passage.field} field" if passage.field else "",
        passage.section or "",
        f"characters {passage.start} to {passage.end}",
    ]
    return f"passage/{passage.iri.partition('/id/passage/')[2]}: {passage.document_title}, {', '.join(filter(None, parts))}"


def conclusion_of(derived: Derived, trace: Trace) -> str:
    """What follows from hops of a path, and from which."""
    named = trace.item_by_path
    hops = f"hop{'s' if len(derived.hops) > 1 else ''} {' and '.join(map(str, derived.hops))}"
    return f"{named[derived.source].title} {derived.words} {named[derived.target].title} ({hops})"


def derivation_of(derived: Derived, trace: Trace) -> str:
    """What follows from hops of a path, and by which axiom."""
    return f"{conclusion_of(derived, trace)}, by the {derived.axiom.kind} in graph/ontology: {derived.axiom.words()}"
