# Das Netz der Verbindungen, und die Rangfolge der Organisationen.
network-title = Netz
network-lead = Welche Praktiken, Prinzipien, Empfehlungen und Organisationen zusammenhängen, und durch welche Verbindungen.
network-to-actors = Welche Organisationen arbeiten an den meisten Prinzipien?
network-filters = Was gezeigt wird
network-frameworks = Rahmenwerke
network-relations = Verbindungen
network-more = Weitere Auswahl: Verbindungen, Länder
network-practices = Praktiken
network-strength = Verbindungen von Praktiken
network-strength-primary = nur vorrangige (zu anderen Rahmenwerken: alle)
network-strength-any = alle
network-countries = Länder (keines gewählt: alle)
network-linked-only = Bestimmungen ohne solche Verbindung weglassen
network-show = Zeigen
network-usual = Neu beginnen
network-what-usual = Zunächst erscheinen die Gemeinsamen Grundprinzipien mit den Praktiken, deren Hauptprinzip sie jeweils sind.
network-count = Gezeigt sind { $nodes ->
    [one] { $nodes } Element
   *[other] { $nodes } Elemente
 } und { $links ->
    [one] { $links } Verbindung
   *[other] { $links } Verbindungen
 }.
network-drawing = Zeichnung
network-drawing-label = Zeichnung von { $nodes } Elementen und { $links } Verbindungen; die Liste darüber und die Tabellen darunter sagen dasselbe
network-choose = Ein Element wählen, um seine Verbindungen zu sehen
network-nearer = Vergrößern
network-farther = Verkleinern
network-whole = Alles zeigen
network-legend-primary = vorrangige Verbindung
network-legend-secondary = nachrangige Verbindung
network-legend-other = andere Verbindung; gepunktet bei Spannung oder Begrenzung
network-no-script = Die Zeichnung braucht JavaScript. Die Tabellen darunter sagen dasselbe.
network-not-built = Die Zeichnung fehlt, weil ihr Skript auf dieser Maschine nicht gebaut wurde. Die Tabellen darunter sagen dasselbe.
network-failed = Die Zeichnung kam nicht zustande. Die Tabellen darunter sagen dasselbe.
network-no-links = Es hat keine der gezeigten Verbindungen.
network-open-page = Seite öffnen
network-neighbours = Verbindungen des gewählten Elements
network-links = Verbindungen
network-links-caption = Jede Verbindung mit ihrer Begründung
network-shown = Verbindungen { $first } bis { $last } von { $count }; die Dateien enthalten alle.
network-from = Von
network-link = Verbindung
network-to = Nach
network-why = Warum wir das sagen
network-record = Eintrag
network-no-record = vom Dokument genannt, ohne eigenen Eintrag
network-none = Es gibt keine solche Verbindung. Das sagt nichts darüber, was anderswo getan wird.
network-previous = Vorige
network-next = Weitere
network-nodes = Elemente
network-nodes-show = { $count ->
    [one] { $count } Element
   *[other] { $count } Elemente
 } mit der Zahl ihrer Verbindungen
network-nodes-caption = Elemente mit der Zahl der gezeigten Verbindungen
network-item = Element
network-kind = Art
network-degree = Verbindungen
network-bar = Verbindungen als Balken

network-kind-principle = Prinzip
network-kind-practice = Praktik
network-kind-conclusion = Schlussfolgerung
network-kind-recommendation = Empfehlung
network-kind-guideline = Leitlinie
network-kind-criterion = Kriterium
network-kind-actor = Organisation
network-kind-place = Land

network-relation-implements = Praktik setzt Bestimmung um
network-relation-elaborates = Schlussfolgerung führt Prinzip näher aus
network-relation-supports = Empfehlung oder Leitlinie unterstützt Prinzip
network-relation-relatedTo = Schlussfolgerung ist mit Prinzip verwandt
network-relation-correspondsTo = Gegenstücke zwischen Rahmenwerken
network-relation-inTensionWith = Spannungen
network-relation-limits = Begrenzungen
network-relation-bearsOn = Kriterium betrifft Prinzip
network-relation-leadActor = Organisation leitet Praktik
network-relation-partner = Organisation ist Partner einer Praktik
network-relation-funder = Organisation finanziert Praktik
network-relation-country = Praktik läuft in Land
hop-country = läuft in
hop-country-back = hier läuft:

network-role-leadActor = leitet
network-role-partner = Partner
network-role-funder = finanziert

actors-title = Organisationen und Prinzipien
actors-lead = Wer arbeitet an den meisten Gemeinsamen Grundprinzipien, durch Praktiken, die geleitet, mitgetragen oder finanziert werden?
actors-how = Gezählt sind die Prinzipien, die diese Praktiken durch eine ausdrückliche Verbindung umsetzen, jedes einmal. Eine ausgefüllte Nummer ist das Hauptprinzip einer der Praktiken. Die Zahlen sprechen nur von diesen Dokumenten.
actors-to-network = Zurück zum Netz
actors-roles = Was sie tun (nichts gewählt: alles)
actors-shown = { $count ->
    [one] { $count } Organisation.
   *[other] { $count } Organisationen.
 } Gezeigt sind { $first } bis { $last }; die Dateien enthalten alle.
actors-caption = Organisationen mit der Zahl verschiedener Prinzipien; Version des Datensatzes { $version }
actors-rank = Rang
actors-organisation = Organisation
actors-principles = Prinzipien
actors-which = Welche
actors-primary = Hauptprinzip einer ihrer Praktiken
actors-practices = Praktiken
actors-practices-count = { $count ->
    [one] { $count } Praktik
   *[other] { $count } Praktiken
 }
actors-why = warum diese Prinzipien
