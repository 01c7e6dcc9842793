"""Which tables there are, and the columns of each: the documentation of the tables and the recipe for them at once."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

__all__ = ["TABLES", "Column", "Table"]

#: How the values of a property become cells: a text per language, items with their labels, values as they are, or the
#: classes of the item. ``users`` are items that lead here by the property.
Kind = Literal["text", "items", "values", "classes", "users"]


class Column(NamedTuple):
    """A column, or a group of them where there are languages.

    :param titles: what people call it, in English, French and German.
    :param note: what it holds, in English.
    :param datatype: of CSVW (https://www.w3.org/TR/tabular-data-primer/#datatypes).
    """

    name: str
    property: str
    kind: Kind
    titles: tuple[str, str, str]
    note: str
    datatype: str = "string"


class Table(NamedTuple):
    """A table: one row for each member of a class."""

    name: str
    of: str
    key: str
    titles: tuple[str, str, str]
    note: str
    columns: tuple[Column, ...]


_TITLE: Final = Column("title", "skos:prefLabel", "text", ("Title", "Titre", "Titel"), "title of the item")
_SUMMARY: Final = Column("summary", "dcterms:description", "text", ("Summary", "Résumé", "Zusammenfassung"), "our summary")
_THEMES: Final = Column("themes", "dcterms:subject", "items", ("Themes", "Thèmes", "Themen"), "themes of the 2008 web site")
_SOURCE: Final = Column("document", "dcterms:source", "items", ("Document", "Document", "Dokument"), "document that prints it")

_PRACTICES: Final = Table(
    "practices",
    "ipg:Practice",
    "practice",
    ("Practices", "Pratiques", "Praxisbeispiele"),
    "One row for each documented practice. A blank means that nothing is stated, never that there is none.",
    (
        _TITLE,
        Column(
            "other_titles", "skos:altLabel", "values", ("Other titles", "Autres titres", "Andere Titel"), "headings as printed"
        ),
        _SUMMARY,
        Column("countries", "ipg:country", "items", ("Countries", "Pays", "Länder"), "countries in which it runs"),
        Column("places", "dcterms:spatial", "items", ("Places", "Lieux", "Orte"), "all places, countries among them"),
        Column("types", "ipg:practiceType", "items", ("Types", "Types", "Arten"), "type of practice"),
        Column("areas", "ipg:areaOfIntervention", "items", ("Areas", "Domaines", "Bereiche"), "areas of intervention"),
        Column("target_groups", "ipg:targetGroup", "items", ("Target groups", "Groupes cibles", "Zielgruppen"), "whom it is for"),
        _THEMES,
        Column("runs_at_levels", "ipg:runsAtLevel", "items", ("Run at", "Mise en œuvre", "Durchgeführt"), "levels that run it"),
        Column("funded_at_levels", "ipg:fundedAtLevel", "items", ("Paid at", "Financement", "Bezahlt"), "levels that pay for it"),
        Column("leads", "ipg:leadActor", "items", ("Leads", "Responsables", "Leitung"), "organisations that run it"),
        Column("partners", "ipg:partner", "items", ("Partners", "Partenaires", "Partner"), "organisations that take part"),
        Column("funders", "ipg:funder", "items", ("Funders", "Bailleurs", "Geldgeber"), "organisations that pay"),
        Column("programmes", "ipg:fundingProgramme", "values", ("Programmes", "Programmes", "Programme"), "funding programmes"),
        Column("start_year", "ipg:startYear", "values", ("From", "Début", "Beginn"), "year printed as its beginning", "integer"),
        Column("end_year", "ipg:endYear", "values", ("To", "Fin", "Ende"), "year printed as its end", "integer"),
        Column("ongoing", "ipg:ongoing", "values", ("Ongoing", "En cours", "Laufend"), "said to be ongoing", "boolean"),
        Column(
            "ongoing_as_of", "ipg:ongoingAsOf", "values", ("Ongoing as of", "En cours au", "Laufend am"), "date of the document"
        ),
        Column("duration", "ipg:durationText", "values", ("Duration", "Durée", "Dauer"), "duration as printed"),
        Column(
            "primary_principle",
            "ipg:primaryPrinciple",
            "items",
            ("Primary principle", "Principe premier", "Hauptprinzip"),
            "the Common Basic Principle that it carries out most of all",
        ),
        Column(
            "principles", "ipg:implementsPrinciple", "items", ("Principles", "Principes", "Prinzipien"), "principles, by links"
        ),
        Column(
            "provisions", "ipg:implements", "items", ("Provisions", "Dispositions", "Bestimmungen"), "all provisions, by links"
        ),
        Column(
            "contributes_to",
            "ipg:contributesTo",
            "items",
            ("Contributes to", "Contribue à", "Trägt bei zu"),
            "principles to which it contributes by inference",
        ),
        Column("criteria", "ipg:meetsCriterion", "items", ("Criteria", "Critères", "Kriterien"), "criteria said to be met"),
        Column("evidence_type", "ipg:evidenceType", "items", ("Evidence", "Preuves", "Nachweise"), "how its results are known"),
        Column("not_stated", "ipg:notStated", "items", ("Not stated", "Non indiqué", "Nicht angegeben"), "fields left open"),
        Column(
            "reviewed_for", "ipg:reviewedFor", "items", ("Reviewed for", "Lu pour", "Gelesen für"), "frameworks it was read for"
        ),
        Column("pages", "foaf:page", "values", ("Pages", "Pages", "Seiten"), "web pages, unchecked", "anyURI"),
        _SOURCE,
    ),
)
_PROVISIONS: Final = Table(
    "provisions",
    "ipg:Provision",
    "provision",
    ("Provisions", "Dispositions", "Bestimmungen"),
    "One row for each principle, conclusion, recommendation or guideline.",
    (
        Column("kind", "rdf:type", "classes", ("Kind", "Genre", "Art"), "class in the ontology"),
        Column("notation", "skos:notation", "values", ("Number", "Numéro", "Nummer"), "number as printed"),
        _TITLE,
        _SUMMARY,
        Column("framework", "dcterms:isPartOf", "items", ("Framework", "Cadre", "Rahmen"), "framework that it belongs to"),
        Column("heading", "ipg:underHeading", "items", ("Heading", "Rubrique", "Überschrift"), "nearest printed heading"),
        Column("edition", "ipg:handbookEdition", "items", ("Edition", "Édition", "Ausgabe"), "edition of the Handbook, if known"),
        _THEMES,
        Column("elaborates", "ipg:elaborates", "items", ("Elaborates", "Précise", "Führt aus"), "principle that it elaborates"),
        Column(
            "related_to", "ipg:relatedTo", "items", ("Related to", "Lié à", "Verwandt mit"), "principle it is listed under too"
        ),
        Column("supports", "ipg:supports", "items", ("Supports", "Appuie", "Stützt"), "principles that it supports"),
        Column("corresponds_to", "ipg:correspondsTo", "items", ("Corresponds to", "Correspond à", "Entspricht"), "counterparts"),
        Column(
            "practices", "ipg:implements", "users", ("Practices", "Pratiques", "Praxisbeispiele"), "practices that carry it out"
        ),
        _SOURCE,
    ),
)
_LINKS: Final = Table(
    "links",
    "ipg:Link",
    "link",
    ("Links", "Liens", "Verbindungen"),
    "One row for each asserted statement that carries its reasons: who says it, on what ground, with what evidence.",
    (
        Column("source", "owl:annotatedSource", "items", ("From", "De", "Von"), "item that the statement is about"),
        Column("property", "owl:annotatedProperty", "items", ("Link", "Lien", "Verbindung"), "what is said"),
        Column("target", "owl:annotatedTarget", "items", ("To", "Vers", "Zu"), "item that it leads to"),
        Column("strength", "ipg:strength", "items", ("Strength", "Force", "Stärke"), "primary or secondary"),
        Column("basis", "ipg:basis", "items", ("Basis", "Fondement", "Grundlage"), "stated by the document, or judged"),
        Column("review_state", "ipg:reviewState", "items", ("Review", "Révision", "Prüfung"), "who has looked at it"),
        Column("confidence", "sssom:confidence", "values", ("Confidence", "Confiance", "Sicherheit"), "from 0 to 1", "decimal"),
        Column("rationale", "ipg:rationale", "text", ("Rationale", "Motif", "Begründung"), "why, in our words"),
        Column("evidence", "ipg:evidence", "values", ("Evidence", "Preuves", "Belege"), "passages that carry it", "anyURI"),
        Column("attributed_to", "prov:wasAttributedTo", "items", ("By", "Par", "Durch"), "programs that made or judged it"),
        Column("readers_agreed", "ipg:readersAgreed", "values", ("Agreed", "Accord", "Einig"), "both readers gave it", "boolean"),
        Column("decision_reason", "ipg:decisionReason", "text", ("Decision", "Décision", "Entscheidung"), "reason of a decision"),
        Column("differs", "ipg:differs", "text", ("Differs", "Différence", "Unterschied"), "what one end says and the other not"),
        Column("as_printed", "ipg:asPrinted", "values", ("As printed", "Imprimé", "Wie gedruckt"), "printed form, if corrected"),
        Column("created", "dcterms:created", "values", ("Created", "Créé", "Angelegt"), "day of the judgement", "date"),
    ),
)
_ACTORS: Final = Table(
    "actors",
    "ipg:Actor",
    "actor",
    ("Organisations", "Organisations", "Organisationen"),
    "One row for each organisation named, merged across spellings.",
    (
        Column("name", "foaf:name", "values", ("Name", "Nom", "Name"), "name, in its own language or in English"),
        Column("other_names", "skos:altLabel", "values", ("Other names", "Autres noms", "Andere Namen"), "printed forms"),
        Column("kinds", "ipg:actorKind", "items", ("Kinds", "Genres", "Arten"), "kind of organisation"),
        Column("based_in", "ipg:basedIn", "items", ("Based in", "Siège", "Sitz"), "where it is based"),
        Column("part_of", "org:subOrganizationOf", "items", ("Part of", "Fait partie de", "Teil von"), "larger organisation"),
        Column("leads", "ipg:leadActor", "users", ("Runs", "Conduit", "Leitet"), "practices that it runs"),
        Column(
            "partner_in", "ipg:partner", "users", ("Partner in", "Partenaire de", "Beteiligt an"), "practices it takes part in"
        ),
        Column("funds", "ipg:funder", "users", ("Funds", "Finance", "Finanziert"), "practices that it pays for"),
    ),
)
_COVERAGE: Final = Table(
    "coverage",
    "ipg:CoverageCell",
    "cell",
    ("Coverage", "Couverture", "Abdeckung"),
    "One row for each Common Basic Principle with each country and each level. None found is none in these documents.",
    (
        Column("provision", "ipg:forProvision", "items", ("Principle", "Principe", "Prinzip"), "the principle"),
        Column("country", "ipg:forCountry", "items", ("Country", "Pays", "Land"), "the country, if by country"),
        Column("level", "ipg:forLevel", "items", ("Level", "Niveau", "Ebene"), "the level of government, if by level"),
        Column("status", "ipg:coverageStatus", "items", ("Status", "État", "Stand"), "found, none found, or not reviewed"),
        Column("reviewed", "ipg:practicesReviewed", "values", ("Reviewed", "Lues", "Gelesen"), "the denominator", "integer"),
        Column("found", "ipg:practicesFound", "values", ("Found", "Trouvées", "Gefunden"), "practices found", "integer"),
    ),
)
TABLES: Final = (_PRACTICES, _PROVISIONS, _LINKS, _ACTORS, _COVERAGE)
