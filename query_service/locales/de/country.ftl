# Länder: die Liste und die Länderblätter.
country-list-title = Länder
country-list-lead = { $with } Länder kommen mit Praktiken in diesen Dokumenten vor: { $practices } Praktiken, von denen einige in mehreren Ländern laufen. Jedes Länderblatt sagt, was gefunden wurde, was nicht, und wo es steht.
country-list-caption = Länder mit Praktiken
country-choose = Vergleichen
country-choose-one = { $country } vergleichen
country-country = Land
country-practices = Praktiken
country-evidenced = Belegte Grundprinzipien
country-none-found = Durchgesehen, nichts gefunden
country-levels = Ebenen
country-documents = Dokumente
country-compare-chosen = Gewählte Länder vergleichen
country-compare-hint = zwei bis fünf
country-list-note = Die Zahlen sagen, was diese Dokumente enthalten, nicht, was ein Land tut. Ein Land mit einer einzigen Praktik hat wenig Gelegenheit, ein Grundprinzip zu belegen.
country-without-title = Länder ohne Praktiken
country-without-lead = Der Graph nennt diese Länder, aber kein Dokument beschreibt dort eine Praktik. Sie sind nicht durchgesehen: Darüber ist nichts bekannt, und nichts wird verneint.
country-without-one = nicht durchgesehen: keine Praktik beschrieben
country-without-chapter = ein Kapitel beschreibt das Umfeld und zählt in keinem Nenner:
country-to-coverage = Abdeckung der Grundprinzipien nach Ländern
country-lead = { $count ->
    [one] { $count } der { $all } Praktiken des Graphen läuft hier.
   *[other] { $count } der { $all } Praktiken des Graphen laufen hier.
  }
country-lead-principles = Von { $all } Grundprinzipien sind { $evidenced } belegt; { $none } wurden in den gelesenen Praktiken nicht gefunden.
country-only-these = Dies gilt nur für diese Dokumente.
country-no-practices = Kein Dokument beschreibt hier eine Praktik. Das Land ist nicht durchgesehen: Darüber ist nichts bekannt, und nichts wird verneint.
country-on-this-sheet = Auf diesem Blatt
country-part-principles = Abgedeckte Grundprinzipien
country-part-gaps = Lücken
country-part-practices = Praktiken
country-part-organisations = Organisationen
country-part-funding = Finanzierung
country-part-counts = In Zahlen
country-part-sources = Quellen
country-to-explorer = Diese Praktiken eingrenzen
country-to-compare = Mit anderen Ländern vergleichen
country-chapter = Ein Kapitel zum Umfeld
country-chapter-note = Dieses Kapitel beschreibt ein Umfeld und keine Praktik nach der gemeinsamen Vorlage. Es zählt in keinem Nenner und geht in keine Zahl ein.
country-chapter-names = Es nennt:
country-found-in = { $of ->
    [one] Ob jedes Grundprinzip in der einen durchgesehenen Praktik gefunden wurde
   *[other] In wie vielen von { $of } durchgesehenen Praktiken jedes Grundprinzip gefunden wurde
  }
country-gaps-note = Eine Lücke ist, was in diesen Dokumenten nicht gefunden wurde. Sie heißt nicht, dass das Land nichts dergleichen tut: Die beschriebenen Praktiken haben andere ausgewählt.
country-gaps-none-found = { $of ->
    [one] Durchgesehen, nichts gefunden: Grundprinzipien, die die eine durchgesehene Praktik nicht umsetzt
   *[other] Durchgesehen, nichts gefunden: Grundprinzipien, die keine der { $of } durchgesehenen Praktiken umsetzt
  }
country-gaps-no-gap = Keine: Jedes Grundprinzip wurde in mindestens einer Praktik gefunden.
country-gaps-not-reviewed = Nicht durchgesehen: darüber ist nichts bekannt
country-gaps-framework = Die Praktiken wurden nicht gelesen für
country-gaps-all-reviewed = Nichts: Alle Praktiken wurden für alle Rahmenwerke gelesen.
country-gaps-frameworks = Wie viele Bestimmungen jedes Rahmenwerks gefunden wurden:
country-frameworks-caption = Bestimmungen nach Rahmenwerk in den Praktiken – { $country }
country-principles = Grundprinzipien
country-types = Art
country-targets = Zielgruppen
country-years = Jahre, wie gedruckt
country-ongoing = zur Zeit des Dokuments laufend
country-leads = Träger
country-funders = Finanzierung
country-evidence = Nachweis der Ergebnisse
country-other-countries = Läuft auch in
country-source = Quelle
country-organisations-caption = Organisationen, die an den Praktiken beteiligt oder im Land ansässig sind – { $country }
country-organisation = Organisation
country-kind = Art
country-roles = Rolle
country-role-lead = Träger
country-role-partner = Partner
country-role-funder = Geldgeber
country-based-only = in den Dokumenten genannt und hier ansässig, ohne Rolle in diesen Praktiken
country-by-level = Verwaltungsebenen, die führen oder zahlen
country-by-type = Arten von Praktiken
country-by-area = Handlungsfelder
country-by-theme = Themen und Unterthemen
country-by-target = Zielgruppen
country-by-body = Arten der Träger
country-by-lead = Träger
country-by-funder = Geldgeber
country-by-funding-level = Ebene, die zahlt
country-by-evidence = Nachweis der Ergebnisse
country-by-start = Jahr des Beginns, wie gedruckt
country-by-document = Dokumente
country-counts-note = Jede Zahl sagt, in wie vielen Praktiken ein Wert genannt ist; eine Praktik kann mehrere Werte haben.
country-nothing-to-count = keine Praktik zu zählen
country-places = Genannte Orte
country-mentions = Was sonst darüber gesagt wird
country-change-documents = Weitere Dokumente mit Praktiken dieses Landes werden gelesen. Eine leere Stelle heißt nie „nein“.
country-files-note = Die CSV-Datei enthält die Grundprinzipien; XLSX und JSON enthalten alle Tabellen dieses Blattes.
country-matches = Dasselbe Land anderswo:
country-unknown-title = Dieses Land ist nicht im Graphen
country-unknown = Kein Land des Graphen hat den Code oder Namen „{ $asked }“. Das sagt nichts über das Land: Die Dokumente nennen es nicht.
country-unknown-near = Meinten Sie
country-unknown-all = Alle Länder des Graphen
