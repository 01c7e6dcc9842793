"""The pages of the network and of the ranking of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from query_service.analyst.desk import View
from query_service.analyst.naming import namer_of
from query_service.analyst.network.actors import RankedActor, rank_actors
from query_service.analyst.network.graph import Edge, find_network
from query_service.analyst.network.parameters import EVERY, RELATIONS, ROLES, NetworkParameters
from query_service.analyst.network.records import (
    ActorsPage,
    NetworkPage,
    Option,
    Pages,
    ShownActor,
    ShownLink,
    ShownNode,
    Way,
)
from query_service.analyst.provisions.counts import all_counts
from query_service.pages import read_static, render_page

__all__ = ["actors_page", "network_page"]

_LINKS_SHOWN: Final = 100
_ACTORS_SHOWN: Final = 50
_SCRIPT: Final = "client/network.js"


def network_page(view: View, parameters: NetworkParameters) -> bytes:
    """The network: filters, the drawing, and tables that tell the same.

    :raises UnknownItem: as :func:`find_network` does.
    """
    network = find_network(view, parameters)
    words = view.reading.words
    pages, part = _turn(view, parameters, len(network.edges), _LINKS_SHOWN)
    most = max((node.degree for node in network.nodes), default=1) or 1
    kinds = dict.fromkeys(node.kind for node in network.nodes)
    page = NetworkPage(
        site=view.site,
        action=view.urls.at("network"),
        frameworks=_frameworks(view, parameters),
        relations=tuple(
            Option(value=name, name=words(f"network-relation-{name}"), is_chosen=name in parameters.relation)
            for name in RELATIONS
        ),
        countries=_countries(view, parameters),
        strengths=tuple(
            Option(value=value, name=words(f"network-strength-{value}"), is_chosen=value == parameters.strength)
            for value in ("primary", "any")
        ),
        linked_only=parameters.linked_only,
        is_usual=not parameters.query(page=1),
        nodes=tuple(
            ShownNode(
                item=node.item,
                kind=words(f"network-kind-{node.kind}"),
                links=node.degree,
                bar=round(100 * node.degree / most),
            )
            for node in network.nodes
        ),
        links=tuple(_link(view, edge) for edge in network.edges[part]),
        pages=pages,
        downloads=_downloads(view, parameters, ("csv", "xlsx", "json", "graphml")),
        data=_address(view, parameters, page=1, format="json"),
        has_script=read_static(_SCRIPT) is not None,
        kinds=tuple((kind, words(f"network-kind-{kind}")) for kind in kinds),
        told=_told(view, list(kinds)),
        actors=view.urls.at("network", view="actors"),
    )
    return render_page("network.html", page)


def _told(view: View, kinds: Sequence[str]) -> dict[str, str]:
    words = view.reading.words
    told = {f"kind-{kind}": words(f"network-kind-{kind}") for kind in kinds}
    for name in RELATIONS:
        told |= {f"hop-{name}": words(f"hop-{name}"), f"hop-{name}-back": words(f"hop-{name}-back")}
    told |= {f"strength-{name}": namer_of(view).term(f"ipg:{name}") for name in ("Primary", "Secondary")}
    return told | {name: words(f"network-{name}") for name in ("choose", "no-links", "open-page", "failed", "neighbours")}


def actors_page(view: View, parameters: NetworkParameters) -> bytes:
    """The ranking of organisations."""
    ranked = rank_actors(view, parameters)
    pages, part = _turn(view, parameters, len(ranked), _ACTORS_SHOWN)
    page = ActorsPage(
        site=view.site,
        action=view.urls.at("network"),
        roles=tuple(
            Option(value=role, name=view.reading.words(f"network-role-{role}"), is_chosen=role in parameters.role)
            for role in ROLES
        ),
        countries=_countries(view, parameters),
        actors=tuple(_actor(view, actor) for actor in ranked[part]),
        pages=pages,
        downloads=_downloads(view, parameters, ("csv", "xlsx", "json")),
        network=view.urls.at("network"),
    )
    return render_page("actors.html", page)


def _address(view: View, parameters: NetworkParameters, **other: object) -> str:
    query = parameters.query(**other)
    return view.urls.at("network") + (f"?{query}" if query else "")


def _downloads(view: View, parameters: NetworkParameters, forms: Sequence[str]) -> tuple[Way, ...]:
    names = {"graphml": "GraphML"}
    return tuple(Way(url=_address(view, parameters, page=1, format=form), text=names.get(form, form.upper())) for form in forms)


def _turn(view: View, parameters: NetworkParameters, count: int, size: int) -> tuple[Pages, slice]:
    """The part of a table that a page shows."""
    last = max(1, -(-count // size))
    page = min(parameters.page, last)
    part = slice((page - 1) * size, min(page * size, count))
    return (
        Pages(
            first=part.start + 1 if count else 0,
            last=part.stop,
            count=count,
            previous=_address(view, parameters, page=page - 1) if page > 1 else "",
            following=_address(view, parameters, page=page + 1) if page < last else "",
        ),
        part,
    )


def _frameworks(view: View, parameters: NetworkParameters) -> tuple[Option, ...]:
    options = []
    for framework in all_counts(view):
        key = framework.path.removeprefix("framework/")
        title = view.things.title(framework.path, view.language)
        is_chosen = EVERY in parameters.framework or key in parameters.framework
        options.append(Option(value=key, name=title.text, language=title.language, is_chosen=is_chosen))
    return tuple(options)


def _countries(view: View, parameters: NetworkParameters) -> tuple[Option, ...]:
    paths = {path for practice in view.things.practices.values() for path in practice.paths("ipg:country")}
    chosen = {key.lower().removeprefix("place/") for key in parameters.country}
    options = [
        Option(value=key, name=view.things.title(path, view.language).text, is_chosen=key in chosen)
        for path in paths
        for key in [path.removeprefix("place/")]
    ]
    return tuple(sorted(options, key=lambda option: option.name))


def _link(view: View, edge: Edge) -> ShownLink:
    words, namer = view.reading.words, namer_of(view)
    standing = [
        namer_of(view).term(edge.basis) if edge.basis else words("network-no-record"),
        namer_of(view).term(edge.review),
        "" if edge.confidence is None else words("reason-confidence", value=f"{edge.confidence:g}"),
    ]
    return ShownLink(
        source=namer.item(edge.source),
        words=words(f"hop-{edge.relation}"),
        target=namer.item(edge.target),
        strength=namer_of(view).term(edge.strength),
        standing=" · ".join(filter(None, standing)),
        rationale=edge.rationale,
        record=view.urls.page(edge.link) if edge.link else "",
    )


def _actor(view: View, actor: RankedActor) -> ShownActor:
    words, namer = view.reading.words, namer_of(view)
    return ShownActor(
        rank=actor.rank,
        item=namer.item(actor.path),
        principles=namer.items(actor.principles),
        primary=actor.primary,
        practices=tuple(
            (
                namer.item(practice),
                ", ".join(words(f"network-role-{role}") for role in roles),
                view.urls.at("trace", start=practice, to="principles", max_hops="1"),
            )
            for practice, roles in actor.practices
        ),
    )
