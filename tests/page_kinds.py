"""An address of each kind of page and of each of its states, as a reader comes to it."""

from __future__ import annotations

from typing import Final

__all__ = ["HEAVY", "PAGE_KINDS"]

#: By a name; every kind of page that the service has stands here.
PAGE_KINDS: Final = {
    "home": "/",
    "about": "/about",
    "practices": "/practice",
    "practices-chosen": "/practice?country=est&country=deu&principle=cbp-9&view=table",
    "practices-map": "/practice?view=map",
    "practices-timeline": "/practice?view=timeline",
    "practices-none": "/practice?country=dnk",
    "practice": "/page/id/practice/citizen-coin",
    "practice-long": "/page/id/practice/eu-belong",
    "provisions": "/principle",
    "principle": "/page/id/principle/cbp-9",
    "conclusion": "/page/id/conclusion/7",
    "recommendation": "/page/id/recommendation/guide-1.1",
    "guideline": "/page/id/guideline/skills-1",
    "coverage": "/coverage",
    "coverage-by-level": "/coverage?framework=eu-handbook-conclusions-2007&by=level",
    "cell": "/coverage/cell?provision=cbp-9&column=esp",
    "compare": "/compare",
    "compare-countries": "/compare?item=country/est&item=country/fra&theme=economic-participation",
    "compare-principles": "/compare?item=principle/cbp-1&item=principle/cbp-10",
    "compare-frameworks": "/compare?item=framework/eu-cbp-2004&item=framework/coe-agreed-principles-2010",
    "countries": "/country",
    "country": "/country/est",
    "country-context": "/country/can",
    "country-none": "/country/ukr",
    "trace-form": "/trace",
    "trace": "/trace?start=practice/citizen-coin&end=principle/cbp-9",
    "trace-onwards": "/trace?start=cbp-6&to=practices&max_hops=2",
    "network": "/network",
    "network-actors": "/network?view=actors",
    "search-form": "/search",
    "search": "/search?q=emploi",
    "search-nothing": "/search?q=zzzzzzzz",
    "overlay": "/overlay",
    "sparql": "/sparql",
    "examples": "/examples",
    "actor": "/page/id/actor/integration-foundation-estonia",
    "place": "/page/id/place/gbr",
    "theme": "/page/id/theme/active-citizenship",
    "framework": "/page/id/framework/eu-cbp-2004",
    "document": "/page/id/document/cdadi-2024-39",
    "chapter": "/page/id/chapter/canada",
    "graph": "/page/graph/curated",
    "ontology": "/page/ontology",
    "term": "/page/ontology/Practice",
    "property": "/page/ontology/implements",
    "dumps": "/dumps/",
    "releases": "/releases",
    "catalogue": "/catalog.html",
    "statistics": "/.well-known/void.html",
    "shapes": "/shapes.html",
    "licence": "/licence",
    "problem": "/problem/not-found",
}
#: Those with an editor or a network, which may weigh more.
HEAVY: Final = frozenset({"network", "network-actors", "sparql"})
