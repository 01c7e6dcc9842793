# Abdeckung: die Matrix, ihre Felder, und die kleine Matrix auf anderen Seiten.
coverage-all = Alle
coverage-principle = Grundprinzip
coverage-provision = Bestimmung
coverage-practices-reviewed = Durchgesehene Praktiken
coverage-not-stated = Keine Angabe
coverage-cell-evidenced = belegt in { $found } von { $reviewed } { $reviewed ->
    [one] durchgesehenen Praktik
   *[other] durchgesehenen Praktiken
  }
coverage-cell-none-found = { $reviewed ->
    [one] in der einen durchgesehenen Praktik nicht gefunden
   *[other] in den { $reviewed } durchgesehenen Praktiken nicht gefunden
  }
coverage-cell-not-reviewed = nicht durchgesehen, darüber ist nichts bekannt
coverage-legend-evidenced = Belegt: Zahl der durchgesehenen Praktiken, die es umsetzen
coverage-legend-none-found = Durchgesehen, nichts gefunden: in diesen Dokumenten nicht enthalten, was nicht heißt, dass es das nicht gibt
coverage-legend-not-reviewed = Nicht durchgesehen: Es wurde keine Praktik gelesen, darüber ist also nichts bekannt
coverage-glance-caption = Gemeinsame Grundprinzipien nach Ländern: gefundene Praktiken
coverage-glance-foot = { $reviewed } von { $practices } Praktiken durchgesehen; eine, die in mehreren Ländern läuft, zählt in jedem, unter „Alle“ aber nur einmal.
coverage-glance-unread = Im Graphen genannt, ohne durchgesehene Praktik:
coverage-glance-more = Die gesamte Abdeckung, nach weiteren Merkmalen, mit Praktiken und Begründungen
coverage-title = Abdeckung
coverage-lead = Welche Bestimmungen eines Rahmenwerks in welchen Praktiken gefunden wurden, und unter wie vielen, die dafür gelesen wurden.
coverage-choose-framework = Rahmenwerk
coverage-choose-by = Nach
coverage-choose-counted = Gezählt
coverage-show = Anzeigen
coverage-by-country = Land
coverage-by-level = Verwaltungsebene, die führt oder zahlt
coverage-by-target-group = Zielgruppe
coverage-by-theme = Thema
coverage-by-sub-theme = Unterthema
coverage-by-type = Art der Praktik
coverage-by-area = Handlungsfeld
coverage-by-year = Jahr des Beginns
coverage-by-evidence-type = Nachweis der Ergebnisse
coverage-by-document = Dokument
coverage-counted-asserted = Genannte oder beurteilte Verbindungen
coverage-counted-primary = Nur vorrangige Grundprinzipien
coverage-counted-inferred = Auch was aus anderen Verbindungen folgt
coverage-heading = { $framework } – { $by }
coverage-caption = Gefundene Praktiken: { $framework } – { $by }
coverage-not-coded = Die Praktiken wurden für dieses Rahmenwerk nicht gelesen, darum ist kein Feld durchgesehen: Darüber ist nichts bekannt, und nichts wird verneint.
coverage-into-cells = Jede Zahl, jede Null und jedes Fragezeichen führt zu den Praktiken mit Begründungen und Textstellen.
coverage-what-this-is = Was gezählt wurde
coverage-edition = Ausgabe
coverage-edition-status = gedruckter Stand: { $status }
coverage-edition-adopted = angenommen als { $number }
coverage-edition-issued = vom { $date }
coverage-edition-none = Annahme und Datum nicht angegeben
coverage-edition-printed = gedruckt in
coverage-edition-untold = Ausgabe des Handbuchs nicht bestimmbar
coverage-provisions = Bestimmungen
coverage-of = { $count } von { $of }
coverage-links = Gezählte Verbindungen
coverage-no-links = keine
coverage-inferred = aus anderen Verbindungen gefolgert
coverage-notes = Wie dies zu lesen ist
coverage-note-counted-asserted = Gezählt sind Praktiken mit einer Verbindung zur Bestimmung, die ein Dokument nennt oder die beurteilt wurde, vorrangig oder nachrangig.
coverage-note-counted-primary = Gezählt sind Praktiken, deren vorrangiges Grundprinzip dies ist; jede hat genau eines.
coverage-note-counted-inferred = Gezählt sind Praktiken mit einer Verbindung zur Bestimmung und solche, die durch eine andere Bestimmung, die sie umsetzen, zu ihr beitragen.
coverage-note-values = Belegt: Mindestens eine gelesene Praktik setzt die Bestimmung um. Durchgesehen, nichts gefunden: Praktiken wurden gelesen, und keine setzt sie um; anderswo kann es das durchaus geben. Nicht durchgesehen: Es wurde keine Praktik gelesen, darüber ist also nichts bekannt.
coverage-note-several = Eine Praktik, die in mehreren Spalten steht, zählt in jeder und unter „Alle“ einmal; das gilt für { $count } von { $of }. Die Spalten ergeben zusammen also nicht „Alle“.
coverage-note-nested = Eine Praktik mit einem engeren Begriff steht auch in der Spalte des weiteren.
coverage-note-year = Eine Praktik steht unter dem gedruckten Jahr ihres Beginns.
coverage-note-chapter = Kanada kommt in einem Kapitel vor, das ein Umfeld und keine Praktik beschreibt; es zählt in keinem Nenner:
coverage-change = Was dies ändern würde
coverage-change-not-coded = Jemand liest die Praktiken für dieses Rahmenwerk und hält fest, was gefunden wird oder dass nichts gefunden wird.
coverage-change-empty = Praktiken dieser Spalten werden beschrieben und für dieses Rahmenwerk gelesen; bisher wurde es keine:
coverage-practices-in = { $count ->
    [0] keine Praktik
    [one] { $count } Praktik
   *[other] { $count } Praktiken
  }
coverage-change-documents = Weitere Dokumente werden gelesen. Gelesen wurden nur die oben genannten, deren Praktiken andere ausgewählt haben; ein Land mit einer einzigen Praktik kommt kaum vor.
coverage-change-cell = Eine Verbindung wird berichtigt, ergänzt oder zurückgenommen. Jedes Feld zeigt die Begründungen seiner Verbindungen, die Sie an den Textstellen überprüfen können.
coverage-change-overlay = Eigene Praktiken über den Graphen legen und sehen, was sie hinzufügen würden
coverage-status-evidenced = Belegt
coverage-status-none-found = Durchgesehen, nichts gefunden
coverage-status-not-reviewed = Nicht durchgesehen
coverage-about-provision = Mehr zu dieser Bestimmung
coverage-to-country = Alles, was die Dokumente über dieses Land sagen
coverage-cell-means-none-found = Dies gilt nur für die Praktiken in diesen Dokumenten. Es heißt nicht, dass es dergleichen nicht gibt.
coverage-cell-means-not-reviewed = Hier wurde für dieses Rahmenwerk keine Praktik gelesen. Das ist weder „gefunden“ noch „nicht gefunden“.
coverage-found = { $count ->
    [one] { $count } Praktik gefunden
   *[other] { $count } Praktiken gefunden
  }
coverage-primary = vorrangiges Grundprinzip
coverage-through = Über
coverage-then = das aus diesem Grund weiterführt:
coverage-trace = Alle Wege von dieser Praktik zur Bestimmung
coverage-without = { $count ->
    [one] { $count } Praktik durchgesehen, in der sie nicht gefunden wurde
   *[other] { $count } Praktiken durchgesehen, in denen sie nicht gefunden wurde
  }
coverage-unread = { $count ->
    [one] { $count } Praktik nicht durchgesehen
   *[other] { $count } Praktiken nicht durchgesehen
  }
coverage-change-found = Eine der Verbindungen oben wird zurückgenommen: Lesen Sie Begründung und Textstellen und melden Sie, wenn diese sie nicht tragen.
coverage-change-without = { $count ->
    [one] Die Praktik, in der sie nicht gefunden wurde, setzt sie doch um.
   *[other] Eine der { $count } Praktiken, in denen sie nicht gefunden wurde, setzt sie doch um.
  }
coverage-change-unread = { $count ->
    [one] Die Praktik, die für dieses Rahmenwerk nicht gelesen wurde, wird gelesen.
   *[other] Eine der { $count } Praktiken, die für dieses Rahmenwerk nicht gelesen wurden, wird gelesen.
  }
coverage-change-nothing = Eine Praktik dieser Spalte wird beschrieben: Die Dokumente enthalten keine.
coverage-change-read = Ein weiteres Dokument wird gelesen. Gelesen wurden:
colon = :
