# The page on the project.
about-title = Über den Graphen der Integrationspolitik
about-lead = Wie Verbindungen entstehen und geprüft werden, was die Zahlen sagen, was die Daten nicht sagen und wie man sie zitiert und berichtigt. Alle Zahlen dieser Seite stammen aus dem Datensatz, der hier angeboten wird.
about-on-page = Auf dieser Seite
about-made = Wie Verbindungen entstehen und geprüft werden
about-made-extracted = Programme haben { $documents } Dokumente gelesen und entnommen, was diese aussagen: Titel, Zahlen, Orte, Daten, Organisationen und die Stelle jeder Textstelle. Sie beurteilen nichts.
about-made-coded = Zwei Sprachmodelle haben alle { $practices } Praktiken und die Rahmenwerke gelesen, jedes für sich, nach einem schriftlichen Leitfaden. { $reviewed } Praktiken wurden auf die Gemeinsamen Grundprinzipien hin durchgesehen.
about-made-decided = Von den beurteilten Verbindungen in den Daten haben beide { $agreed } angegeben. { $disputed } hat nur eines von beiden angegeben; ein drittes Sprachmodell hat diese behalten, mit einem Grund, der bei der Verbindung steht.
about-made-checked = Jede beurteilte Verbindung trägt eine Begründung und verweist auf ihre Belege: { $evidence } verschiedene Textstellen, jede mit ihrem Ort im Dokument und einer Prüfsumme, mit der alle, die das Dokument haben, sie prüfen können. Eine Textstelle, die nicht mehr passt, hält den Bau an.
about-made-inferred = Was nach den Regeln der Ontologie aus Verbindungen folgt, wird getrennt gehalten und hat keinen eigenen Grund: Die Nachverfolgung zeigt, woraus es folgt.
about-reviewed = { $count ->
    [0] Noch kein Mensch hat eine Verbindung geprüft.
    [one] Ein Mensch hat eine Verbindung geprüft.
   *[other] Menschen haben { $count } Verbindungen geprüft.
  }
about-links = Es gibt { $all } Aufzeichnungen von Verbindungen: { $stated } geben wieder, was ein Dokument aussagt, { $judged } haben Sprachmodelle beurteilt.
about-judges = Wem Verbindungen zu verdanken sind
about-judges-caption = Programme, Sprachmodelle und Personen mit den Aufzeichnungen, die ihnen allein oder mit anderen zu verdanken sind; Datensatz { $version }.
about-judge = Name
about-judge-kind = Art
about-judge-links = Aufzeichnungen
about-judge-does = Was es tut
about-person = Person
about-program = Programm oder Sprachmodell
about-own-words = Der Datensatz sagt über sich selbst:
about-agreement = Wie weit die Lesenden übereinstimmen
about-agreement-lead = Gemessen, bevor etwas entschieden wurde. Cohens Kappa gilt für Schichten, in denen beide je einen Code geben; F1 gilt für Mengen: zweimal das, was beide angaben, geteilt durch alles, was sie je angaben.
about-agreement-caption = Übereinstimmung zwischen zwei Sprachmodellen; Datensatz { $version }.
about-agreement-none = Der Datensatz enthält keine Zahlen zur Übereinstimmung.
about-layer = Schicht
about-measure = Maß
about-value = Wert
about-items = Verglichen
about-measure-name = { $measure ->
    [kappa] Cohens Kappa
    [f1] F1
   *[other] { $measure }
  }
about-agreement-note = Das sind Zahlen zwischen Modellen gleicher Art, die Gewohnheiten und blinde Flecken teilen. Sie sagen, wie beständig die Arbeit ist; sie sagen nicht, dass sie richtig ist, und nicht, wie weit Menschen übereinstimmen würden.
about-quality = Mehr, mit den Schwachstellen beim Namen, steht in den Quellen des Datensatzes, in
about-layer-primary = hauptsächliches Grundprinzip
about-layer-secondary = Grundprinzipien, hauptsächlich oder nebenbei
about-layer-conclusions = Schlussfolgerungen
about-layer-measures = Maßnahmen zur Interaktion
about-layer-guidelines = Leitlinien zu Kompetenzen
about-layer-levels = Regierungsebenen
about-layer-target-groups = Zielgruppen
about-layer-themes = Themen
about-layer-actors = Organisationen und ihre Rollen
about-layer-evidence-type = Art des Belegs
about-layer-transferability = Übertragbarkeit
about-layer-frameworks = Verbindungen zwischen Rahmenwerken
about-silent = Was die Daten nicht sagen
about-silent-1 = Dass es etwas nicht gibt. „Nicht gefunden“ spricht von den durchgesehenen Praktiken dieser Dokumente und steht immer mit ihrer Zahl.
about-silent-2 = Irgendetwas über das, was nicht durchgesehen wurde. Es ist als nicht durchgesehen gekennzeichnet, nie als nicht vorhanden.
about-silent-3 = Dass eine Praktik wirkt. Was die Dokumente als Wirkung berichten, wird als ihre Aussage wiedergegeben; hier wurde nichts evaluiert.
about-silent-4 = Wie gut Länder sind. Die Dokumente haben ihre Praktiken nach eigenem Ermessen gewählt, sodass Zahlen nach Land von den Dokumenten erzählen.
about-silent-5 = Was ein Dokument auslässt. Ein leeres Feld erscheint als nicht angegeben; „laufend“ trägt das Datum des Dokuments.
about-silent-6 = Den Wortlaut der Dokumente. Er gehört ihren Herausgebern; die Daten enthalten unsere eigenen Zusammenfassungen und den Ort jeder Textstelle.
about-documents = Die Dokumente
about-documents-note = Ihre Seiten sagen, wo sie zu haben sind.
about-document = Dokument
about-issuer = Herausgegeben von, wie gedruckt
about-issued = Datum
about-practices = Praktiken
about-suggestions = Vorschläge für Ihre eigenen Praktiken
about-suggestions-text = Ein Programm vergleicht Wörter: die Texte Ihrer Praktik mit unseren Titeln, Zusammenfassungen und Begründungen. Es schlägt vor, was am ähnlichsten ist, mit den Wörtern, die den Ausschlag gaben. Niemand behauptet diese Vorschläge; sie werden nirgends aufbewahrt und zählen nie in Abdeckung oder Nachverfolgung. Das Verfahren und wie oft es findet, was die Lesenden wählten, steht in den Quellen des Datensatzes, in
about-cite = Wie man zitiert
about-cite-lead = Nennen Sie die genaue Version: Jede Antwort dieses Dienstes trägt sie, und alte Versionen behalten ihre Adressen.
about-cite-file = Als Zitierdatei (CITATION.cff):
about-cite-item = Ein einzelnes Ding, eine Verbindung oder eine Textstelle wird mit ihrer eigenen Adresse zitiert, die ihre Seite zeigt, und mit der Version.
about-change = Wie man eine Änderung vorschlägt
about-change-text = Jede Aufzeichnung einer Verbindung hat eine Adresse. Sagen Sie, welche Verbindung Sie meinen und was ihre Textstellen stattdessen sagen; ein Vorschlag wird neu codiert oder mit einem Grund entschieden, und nichts wird ohne Grund ersetzt. Die Schritte stehen in den Quellen des Datensatzes, in
about-change-add = Soll eine Praktik aufgenommen werden, so schreiben Sie sie in die gemeinsame Vorlage:
about-access = Barrierefreiheit
about-access-text = Die Seiten sind dafür gebaut, die WCAG 2.2, Stufe AA, zu erfüllen, und jede Art von Seite wird mit einem Programm geprüft, das nach Barrieren sucht, in drei Breiten und drei Sprachen. Kein Mensch hat sie bisher begutachtet. Sie lassen sich mit der Tastatur und ohne Skripte bedienen, bis auf die Zeichnung des Netzes und den Abfrageeditor, neben denen dasselbe als Text steht. Titel und Zusammenfassungen, die es nur auf Englisch gibt, sind als englisch gekennzeichnet.
about-privacy = Datenschutz
about-privacy-text = Keine Cookies, keine Tracker, nichts von anderswo geladen, keine Konten. Was Sie suchen oder hochladen, wird beantwortet und vergessen; Dateien mit Ihren Praktiken werden nicht gespeichert.
about-privacy-log = Führt der Betreiber ein Zugriffsprotokoll, so enthält eine Zeile die Zeit, die Art der Seite, die Methode, den Status, Dauer und Größe der Antwort und die Version des Datensatzes: keine Adresse, keinen Browser, keine Suchwörter.
