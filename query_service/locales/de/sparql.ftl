# Die Seite des SPARQL-Endpunkts, ihr Editor und die Liste der Beispiele.
sparql-title = SPARQL
sparql-lead = Fragen Sie den Graphen mit SPARQL 1.1. Hier kann nichts geändert werden: Updates und SERVICE werden abgelehnt.
sparql-of-version = Datensatzversion
sparql-no-editor = Der Editor mit Vervollständigung, Diagramm und Graph wurde auf dieser Maschine nicht gebaut, da Node.js fehlte. Das Formular unten funktioniert auch so. Für den Editor installieren Sie Node.js 18 oder neuer und starten den Dienst erneut mit make serve.
sparql-ask = Abfrage
sparql-editor = Abfrage in SPARQL
sparql-format = Format der Antwort
sparql-run = Ausführen
sparql-stop = Abbrechen
sparql-running = Die Abfrage läuft.
sparql-complete = Strg+Leertaste vervollständigt; Strg+Eingabe führt aus; Esc verlässt den Editor.
sparql-copy = Dauerhaften Link kopieren
sparql-copied = Der Link wurde kopiert. Er enthält die Abfrage und die Ansicht.
sparql-results = Antwort
sparql-rows = { $count ->
    [one] 1 Zeile
   *[other] { $count } Zeilen
}
sparql-triples = { $count ->
    [one] 1 Tripel
   *[other] { $count } Tripel
}
sparql-milliseconds = in { $count } ms
sparql-version = Datensatzversion
sparql-views = Anzeigen als
sparql-table = Tabelle
sparql-chart = Diagramm
sparql-graph = Graph
sparql-source = Quelltext
sparql-yes = Ja
sparql-no = Nein
sparql-filter = Nur Zeilen mit
sparql-filtered = { $count } von { $total } Zeilen
sparql-previous = Vorherige Zeilen
sparql-next = Weitere Zeilen
sparql-page = Seite { $page } von { $pages }
sparql-sort = Sortieren nach { $column }
sparql-empty = Die Abfrage lief und fand in diesem Datensatz nichts. Das heißt nicht, dass es nichts gibt.
sparql-downloads = Die ganze Antwort herunterladen
sparql-failed = Die Abfrage wurde nicht beantwortet
sparql-line = Zeile { $line }
sparql-found = Gefunden
sparql-expected = Erwartet
sparql-mend = Abhilfe
sparql-offline = Der Dienst hat nicht geantwortet.
sparql-chart-kind = Art des Diagramms
sparql-chart-bar = Balken
sparql-chart-line = Linie
sparql-chart-ring = Ring
sparql-chart-labels = Beschriftung
sparql-chart-values = Werte
sparql-chart-first = Gezeichnet sind die ersten { $count } von { $total } Zeilen.
sparql-chart-text = Diagramm der Antwort; die Tabelle enthält dieselben Zahlen.
sparql-picture = Als Bild speichern
sparql-graph-text = Graph mit { $nodes } Dingen und { $edges } Aussagen; die Tabelle enthält dieselben.
sparql-graph-first = Gezeichnet sind die ersten { $count } von { $total } Aussagen.
sparql-graph-fit = In das Fenster einpassen
sparql-graph-in = Vergrößern
sparql-graph-out = Verkleinern
sparql-graph-open = Seite öffnen
sparql-graph-nothing = Wählen Sie ein Ding im Graphen, um seinen Namen zu lesen.
sparql-too-long = Die Abfrage ist zu lang für einen Link.
sparql-uses = { $count }-mal verwendet
sparql-part-missing = Diese Ansicht konnte nicht geladen werden.
sparql-loading = Wird geladen …
sparql-examples-how = Wählen Sie eine Frage, um ihre Abfrage in den Editor zu übernehmen.
sparql-examples-filter = Nur Fragen mit
sparql-examples-all = Alle Beispiele mit ihren Parametern
sparql-programs = Aus einem Programm
sparql-programs-how = Senden Sie die Abfrage als query= mit GET oder POST oder als Inhalt eines POST vom Typ application/sparql-query. Das Format wählen Sie mit Accept oder format=.
sparql-graphs = default-graph-uri= und named-graph-uri=, so oft wie nötig, nennen die abzufragenden Graphen.
sparql-description = Die Dienstbeschreibung zählt sie auf.
examples-title = Beispielabfragen
examples-lead = { $count ->
    [one] Eine Frage an den Datensatz mit einer Abfrage, deren Antwort geprüft ist.
   *[other] { $count } Fragen an den Datensatz, jede mit einer Abfrage, deren Antwort geprüft ist.
}
examples-how = Jede lässt sich über ihre Adresse stellen, wo sie Parameter hat auch mit anderen Werten; ein Eintrag wird mit Schlüssel, Pfad oder IRI benannt. Öffnen Sie eine im Editor, um sie zu ändern.
examples-own = Eine eigene Abfrage schreiben
examples-about = Stichwörter:
examples-rows = { $count ->
    [one] 1 Zeile erwartet.
   *[other] { $count } Zeilen erwartet.
}
examples-triples = { $count ->
    [one] 1 Tripel erwartet.
   *[other] { $count } Tripel erwartet.
}
examples-checked = Zuletzt geprüft am { $day }.
examples-format = Format
examples-ask = Fragen
examples-open = Im Editor öffnen
examples-query = Abfrage
