# Vergleich.
compare-title = Vergleichen
compare-lead = Zwei bis fünf Länder, Rahmenwerke, Bestimmungen oder Praktiken nebeneinander, mit den Begründungen und Textstellen hinter dem Gesagten.
compare-one-more = Wählen Sie mindestens noch eines.
compare-change = Andere wählen
compare-countries = Länder
compare-country-number = Land { $number }
compare-none = keines
compare-only = Nur Praktiken aus
compare-theme = Thema oder Unterthema
compare-all-themes = allen Themen
compare-area = Handlungsfeld
compare-all-areas = allen Handlungsfeldern
compare-all-principles = allen Grundprinzipien
compare-button-countries = Länder vergleichen
compare-frameworks = Rahmenwerke
compare-button-frameworks = Rahmenwerke vergleichen
compare-items = Bestimmungen oder Praktiken
compare-items-hint = Zwei bis fünf Bestimmungen oder zwei bis fünf Praktiken: aus der Liste wählen, oder einen Titel, einen Schlüssel wie cbp-9, einen Pfad oder eine IRI eingeben.
compare-item-number = Element { $number }
compare-button-items = Vergleichen
compare-at-a-glance = Auf einen Blick
compare-practices-caption = Praktiken in diesen Dokumenten
compare-narrowed = { $count } von { $of } Praktiken des Landes
compare-none-narrowed = { $of ->
    [one] Die eine Praktik dieses Landes fällt nicht unter diese Auswahl.
   *[other] Keine der { $of } Praktiken dieses Landes fällt unter diese Auswahl.
  }
compare-list = ansehen
compare-principles = Grundprinzipien
compare-principles-caption = In diesen Praktiken gefundene Grundprinzipien, nach Ländern
compare-differ = Unterschied
compare-differs = verschieden
compare-in-all-principles = { $count ->
    [0] Kein Grundprinzip ist in allen belegt.
    [one] Ein Grundprinzip ist in allen belegt:
   *[other] { $count } Grundprinzipien sind in allen belegt:
  }
compare-in-none-principles = { $count ->
    [0] Kein Grundprinzip wurde in allen durchgesehen und in keinem gefunden.
    [one] Ein Grundprinzip wurde in allen durchgesehen und in keinem gefunden:
   *[other] { $count } Grundprinzipien wurden in allen durchgesehen und in keinem gefunden:
  }
compare-summary = Zusammenfassung
compare-status = Stand
compare-adopted = Angenommen als
compare-date = Datum
compare-cited = Zitierte Rechtsakte und Dokumente
compare-no-provisions = keine eigenen Bestimmungen im Graphen
compare-coverage-by-level = Abdeckung nach Verwaltungsebene, die führt oder zahlt
compare-coverage-by-country = Abdeckung nach Ländern
compare-coverage-note = Wie viele seiner Bestimmungen in mindestens einer dafür gelesenen Praktik gefunden wurden.
compare-coverage-count = { $reviewed ->
    [one] von { $of } Bestimmungen, in { $reviewed } durchgesehenen Praktik
   *[other] von { $of } Bestimmungen, in { $reviewed } durchgesehenen Praktiken
  }
compare-between = Verbindungen zwischen ihnen
compare-between-all = { $count ->
    [one] Die Verbindung mit ihrer Begründung
   *[other] Alle { $count } Verbindungen mit ihren Begründungen
  }
compare-between-none = Zwischen ihren Bestimmungen ist keine Verbindung festgehalten. Das heißt nicht, dass sie nichts gemeinsam haben.
compare-match-exactMatch = genaue Entsprechung
compare-match-closeMatch = nahe Entsprechung
compare-match-broadMatch = weitere Entsprechung
compare-match-narrowMatch = engere Entsprechung
compare-match-relatedMatch = verwandte Entsprechung
compare-shared = Was sie gemeinsam haben
compare-shared-none = Sie haben unter den unten stehenden Werten keinen gemeinsam.
compare-side-by-side = Nebeneinander
compare-features-caption = Werte je Element; gekennzeichnet ist, was alle haben
compare-in-all = bei allen
compare-in-some = bei { $count } von { $of }
compare-no-value = nichts angegeben
compare-links = Verbindungen mit Begründungen und Textstellen
compare-links-lead = Was von jedem zu anderen und von anderen zu ihm führt, warum wir das sagen, und wo es steht.
compare-no-links = keine Verbindung festgehalten
compare-files-note = Die Dateien enthalten alle Zahlen mit ihren Nennern, IRIs und Bezeichnungen.
compare-feature-framework = Rahmenwerk
compare-feature-number = Nummer
compare-feature-edition = Ausgabe des Handbuchs
compare-feature-heading = Gedruckte Überschrift
compare-feature-themes = Themen
compare-feature-elaborates = Führt näher aus
compare-feature-related = In Beziehung zu
compare-feature-supports = Unterstützt
compare-feature-corresponds = Entspricht
compare-feature-tensions = In Spannung zu, oder begrenzend
compare-feature-led-to-by = Bestimmungen, die dazu führen
compare-feature-practices = Praktiken, die sie umsetzen
compare-feature-documents = Dokument
compare-feature-countries = Länder
compare-feature-levels = Verwaltungsebenen, die führen oder zahlen
compare-feature-types = Art
compare-feature-areas = Handlungsfeld
compare-feature-targets = Zielgruppen
compare-feature-primary = Vorrangiges Grundprinzip
compare-feature-principles = Umgesetzte Grundprinzipien
compare-feature-provisions = Weitere umgesetzte Bestimmungen
compare-feature-leads = Träger
compare-feature-partners = Partner
compare-feature-funders = Geldgeber
compare-feature-years = Jahre, wie gedruckt
compare-feature-evidence = Nachweis der Ergebnisse
compare-feature-criteria = Erfüllte Kriterien
compare-out-implements = setzt um
compare-in-implements = wird umgesetzt von
compare-out-elaborates = führt näher aus
compare-in-elaborates = wird näher ausgeführt von
compare-out-supports = unterstützt
compare-in-supports = wird unterstützt von
compare-out-relatedTo = steht in Beziehung zu
compare-in-relatedTo = wird als verwandt genannt von
compare-out-correspondsTo = entspricht
compare-in-correspondsTo = ist das Gegenstück zu
compare-out-bearsOn = betrifft
compare-in-bearsOn = wird berührt von
compare-out-inTensionWith = steht in Spannung zu
compare-in-inTensionWith = wird in Spannung gesetzt von
compare-out-limits = begrenzt
compare-in-limits = wird begrenzt von
compare-out-references = verweist auf
compare-in-references = wird angeführt von
