# The front page.
home-title = Start
home-what = Welche Praktiken welche Grundprinzipien der Integration von Migrantinnen und Migranten in Europa umsetzen und warum wir das sagen: die Gemeinsamen Grundprinzipien der EU und die Schlussfolgerungen der Handbücher, Empfehlungen des Europarats und dokumentierte Praktiken, als Daten miteinander verbunden.
home-reasons = Jede Verbindung nennt ihren Grund, die Textstellen, auf denen sie ruht, wie sicher sie ist und wer sie beurteilt hat.
home-truth = Was in diesen Dokumenten nicht gefunden wurde, kann es dennoch geben, und was nicht durchgesehen wurde, ist so gekennzeichnet. Sprachmodelle haben die Verbindungen beurteilt; noch kein Mensch hat sie geprüft.
home-more = Wie Verbindungen entstehen und geprüft werden
home-search = Praktiken, Prinzipien, Organisationen, Orte und Themen suchen
home-practices = { $count ->
    [one] Praktik
   *[other] Praktiken
  }
home-provisions = { $count ->
    [one] Grundprinzip, Schlussfolgerung oder Empfehlung
   *[other] Grundprinzipien, Schlussfolgerungen und Empfehlungen
  }
home-links = { $count ->
    [one] begründete Verbindung
   *[other] begründete Verbindungen
  }
home-documents = { $count ->
    [one] Dokument
   *[other] Dokumente
  }
home-glance = Die Abdeckung auf einen Blick
home-frameworks = Die Rahmenwerke
home-framework-provisions = { $count ->
    [one] { $count } Bestimmung
   *[other] { $count } Bestimmungen
  }
home-framework-practices = Eine Verbindung führt dorthin von { $found } der { $reviewed } durchgesehenen Praktiken.
home-framework-unread = Die Praktiken wurden dafür nicht durchgesehen.
home-framework-source = { $count ->
    [one] { $count } Schlussfolgerung stammt daraus.
   *[other] { $count } Schlussfolgerungen stammen daraus.
  }
home-framework-status = Gedruckt als: { $status }.
home-framework-adopted = Angenommen als { $number }.
home-new = Was ist neu
home-unreleased = Die Version in Betrieb, { $version }, ist nicht veröffentlicht worden.
home-changes = Was sich geändert hat, Veröffentlichung für Veröffentlichung
home-feed = Feed (Atom)
home-ways = Wege hinein
home-for-analysts = Für Analysen
home-for-researchers = Für die Forschung
home-for-programs = Für Programme
home-command-line = dieselben Abfragen auf der Kommandozeile, mit Tabellen für pandas und Tabellenprogramme
