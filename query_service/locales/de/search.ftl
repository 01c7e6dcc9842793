# Die Suchseite und die Vorschläge aller Suchfelder.
search-title = Suche
search-title-for = Suche: { $query }
search-field = Suchwörter
search-help = Wörter werden in allen Formen gefunden und, über die Namen im Graphen, auf Englisch, Französisch und Deutsch. Verwenden Sie UND, ODER, NICHT (oder AND, OR, NOT) oder das Minuszeichen, Anführungszeichen für aufeinanderfolgende Wörter, Klammern und * für einen Wortanfang.
search-strict = Nur Wörter genau wie geschrieben
search-strict-hint = keine anderen Formen, Schreibweisen oder Namen
search-run = Suchen
search-hits = { $count ->
    [0] Keine Treffer
    [one] 1 Treffer
   *[other] { $count } Treffer
}
search-hits-for = für „{ $query }“
search-in-version = in der Datensatzversion
search-corrected = Ergebnisse für „{ $corrected }“, denn der Datensatz enthält nicht alle Wörter von „{ $query }“.
search-literal = Genau nach dem Geschriebenen suchen
search-relaxed = Nichts enthält alle diese Wörter. Diese Treffer enthalten einige davon.
search-unclosed-quote = Ein Anführungszeichen war nicht geschlossen; die Wörter bis zum Ende wurden als Wortfolge gelesen.
search-unclosed-parenthesis = Eine Klammer war nicht geschlossen; sie wurde am Ende als geschlossen gelesen.
search-stray-parenthesis = Eine schließende Klammer ohne öffnende wurde weggelassen.
search-stray-operator = Ein UND, ODER oder NICHT ohne Wort daneben wurde weggelassen.
search-too-deep = Zu tief verschachtelte Klammern wurden weggelassen.
search-too-many-words = Nur die ersten Wörter wurden gesucht, denn es waren zu viele.
search-also = Auch gesucht
search-also-for = für „{ $words }“:
search-also-name = Name von
search-also-texts = aus Texten in drei Sprachen
search-mode-strict = Nur genaue Wörter: Andere Formen, Schreibweisen oder Namen wurden nicht gesucht.
search-to-strict = Nur nach genauen Wörtern suchen
search-to-wide = Auch nach anderen Formen und Namen suchen
search-facets = Eingrenzen
search-facet-kind = Art
search-facet-framework = Rahmenwerk
search-facet-country = Land
search-facet-language = Benannt oder beschrieben auf
search-more-values = Weitere
search-chosen = Gewählt
search-remove = entfernen
search-remove-all = Alle entfernen
search-results = Treffer
search-exact = genaue Übereinstimmung
search-matched = Gefundene Wörter:
search-wording = Aus dem Dokument
search-reason = Begründung einer Verbindung, von einem Sprachmodell beurteilt
search-pages = Trefferseiten
search-page-before = Vorherige Treffer
search-page-after = Weitere Treffer
search-page-of = Seite { $page } von { $pages }
search-downloads = { $count ->
    [one] Der Treffer als Daten
   *[other] Alle { $count } Treffer als Daten
}
search-empty-searched = { $wordings ->
    [yes] Durchsucht wurden Namen, Zusammenfassungen und Nummern aller Einträge, die Begründungen der Verbindungen und der Wortlaut der Dokumente.
   *[no] Durchsucht wurden Namen, Zusammenfassungen und Nummern aller Einträge und die Begründungen der Verbindungen. Der Wortlaut der Dokumente liegt hier nicht vor.
}
search-empty-meaning = Was hier nicht gefunden wird, kann es trotzdem geben: Dieser Graph enthält fünf Dokumente.
search-empty-ways = Was Sie versuchen können
search-empty-fewer = weniger oder allgemeinere Wörter oder ODER dazwischen
search-empty-wide = auch nach anderen Formen und Namen suchen
search-empty-facets = ohne Eingrenzung
search-empty-practices = alle Praktiken durchsehen
search-empty-principles = alle Grundprinzipien durchsehen
search-empty-sparql = mit SPARQL fragen oder eines der geprüften Beispiele nehmen
search-tries = Zum Beispiel
search-suggestions = Vorschläge
search-suggested = { $count ->
    [0] Keine Vorschläge
    [one] 1 Vorschlag; mit den Pfeiltasten wählen
   *[other] { $count } Vorschläge; mit den Pfeiltasten wählen
}
search-language-en = Englisch
search-language-fr = Französisch
search-language-de = Deutsch
search-kinds-practice = Praktiken
search-kinds-principle = Grundprinzipien
search-kinds-conclusion = Schlussfolgerungen
search-kinds-recommendation = Empfehlungen
search-kinds-guideline = Leitlinien
search-kinds-question = Fragen des Leitfadens
search-kinds-criterion = Kriterien
search-kinds-actor = Organisationen
search-kinds-place = Orte
search-kinds-concept = Themen und andere Begriffe
search-kinds-document = Dokumente und Instrumente
search-kinds-chapter = Kontextkapitel
search-kinds-link = Begründungen von Verbindungen
search-kinds-passage = Textstellen
search-kinds-example = Beispielabfragen
search-kind-practice = Praktik
search-kind-principle = Grundprinzip
search-kind-conclusion = Schlussfolgerung
search-kind-recommendation = Empfehlung
search-kind-guideline = Leitlinie
search-kind-question = Frage
search-kind-criterion = Kriterium
search-kind-actor = Organisation
search-kind-place = Ort
search-kind-document = Dokument
search-kind-framework = Rahmenwerk
search-kind-instrument = Angeführtes Instrument oder Dokument
search-kind-chapter = Kontextkapitel
search-kind-link = Begründung einer Verbindung
search-kind-passage = Textstelle
search-kind-example = Beispielabfrage
search-kind-theme = Thema
search-kind-area = Handlungsfeld
search-kind-target-group = Zielgruppe
search-kind-practice-type = Art der Praktik
search-kind-level = Verwaltungsebene
search-kind-heading = Überschrift
search-kind-actor-kind = Art der Organisation
search-kind-evidence-type = Art des Nachweises
search-kind-role = Rolle
search-kind-term = Glossarbegriff
search-about = { $what }:
search-about-subject = Thema
search-about-areaOfIntervention = Handlungsfeld
search-about-practiceType = Art
search-about-targetGroup = Zielgruppe
search-about-governanceLevel = Ebene
search-about-country = Land
search-about-spatial = Ort
search-about-basedIn = Sitz
search-about-actorKind = Art
search-about-leadActor = Federführung
search-about-partner = Partner
search-about-funder = Finanzierung
search-about-underHeading = Überschrift
