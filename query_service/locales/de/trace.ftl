# Die Spur: wie zwei Dinge zusammenhängen.
trace-title = Nachverfolgen
trace-lead = Wie hängen zwei Dinge zusammen? Alle Wege zwischen ihnen, mit Begründung und Textstelle jedes Schritts.
trace-start = Von
trace-end = Nach (leer lassen für alle einer Art)
trace-to = Alle einer Art
trace-longest = Längster Weg
trace-submit = Nachverfolgen
trace-more = Weitere Auswahl
trace-one-way = alle Schritte eines Wegs in dieselbe Richtung
trace-structure = auch Zugehörigkeiten, erfüllte Kriterien und Rollen von Organisationen
trace-through = Wege auch durch Dinge der gesuchten Art weiterführen
trace-links = Nur diese Verbindungen (keine gewählt: alle)
trace-version = Version des Datensatzes
trace-kind-default = die übliche Art
trace-kind-practices = Praktiken
trace-kind-principles = Prinzipien
trace-kind-conclusions = Schlussfolgerungen
trace-kind-recommendations = Empfehlungen
trace-kind-guidelines = Leitlinien
trace-hops = { $count ->
    [one] { $count } Schritt
   *[other] { $count } Schritte
 }
trace-examples = Für den Anfang
trace-example-why = Warum heißt es, dass Citizen Coin das Gemeinsame Grundprinzip 9 umsetzt?
trace-example-practices = Welche Praktiken führen zum Gemeinsamen Grundprinzip 6, und auf welchem Weg?
trace-example-frameworks = Wie verhält sich Grundsatz 3 des Europarats zum Gemeinsamen Grundprinzip 6?
trace-count = { $count ->
    [one] { $count } Weg
   *[other] { $count } Wege
 } gefunden, die kürzesten zuerst. Wählen Sie eine Länge, um keine längeren zu sehen.
trace-length = { $hops ->
    [one] { $hops } Schritt
   *[other] { $hops } Schritte
 }: { $count }
trace-none = Kein Weg innerhalb dieser Grenzen. Das heißt nicht, dass kein Zusammenhang besteht.
trace-permanent = Dauerhafte Adresse dieser Spur, für diese Version des Datensatzes
trace-downloads-hold = Die Tabellen und JSON enthalten alle Wege, mit den Positionen der Textstellen.
trace-picture = Die Wege als Bild
trace-picture-whole = Alle Wege, jede Aussage einmal gezeichnet.
trace-picture-part = Wege { $first } bis { $last }, jede Aussage einmal gezeichnet; die Datei in SVG zeichnet alle, soweit sie Platz haben.
trace-picture-same = Die Liste darunter sagt dasselbe in Worten.
trace-paths = Die Wege in Worten
trace-shown = Wege { $first } bis { $last } von { $count }. Eine Aussage wird dort begründet, wo sie zuerst vorkommt.
trace-no-wording = Der Wortlaut der Textstellen erscheint dort, wo die Dokumente vorliegen; ihre Seiten sagen, wo sie zu haben sind.
trace-above = oben begründet ({ $number })
trace-evidence = { $count ->
    [0] Belege: keine Textstelle
    [one] Belege: { $count } Textstelle
   *[other] Belege: { $count } Textstellen
 }
trace-stated-in = Steht in { $graphs }; für Aussagen dieser Art gibt es keine festgehaltene Begründung.
trace-follows = Folgt aus anderen Aussagen.
trace-inferred = abgeleitet
trace-inferred-chain = { $source } { $property } { $target }: folgt aus den Schritten { $hops } durch die Eigenschaftskette { $members } der Ontologie.
trace-inferred-sub = { $source } { $property } { $target }: folgt aus Schritt { $hops }, weil „{ $members }“ eine Untereigenschaft von „{ $property }“ ist.
trace-previous = Vorige Wege
trace-next = Weitere Wege
trace-wider = Weiter suchen
trace-wider-hops = Wege zulassen, die um einen Schritt länger sind
trace-wider-ways = Schritte in beide Richtungen zulassen
trace-wider-links = Allen Verbindungen folgen
trace-wider-structure = Auch Zugehörigkeiten, Kriterien und Rollen von Organisationen folgen
trace-fewer = { $hops ->
    [one] Höchstens { $hops } Schritt
   *[other] Höchstens { $hops } Schritte
 } ({ $count ->
    [one] { $count } Weg
   *[other] { $count } Wege
 })
trace-only-one-way = Nur Wege, deren Schritte alle in dieselbe Richtung gehen
trace-trouble = Das lässt sich nicht nachverfolgen
trace-unknown = Nichts trägt diesen Namen
trace-ambiguous = Mehrere Dinge tragen diesen Namen
trace-too-many = Es sind zu viele Wege
trace-no-version = Aus dieser Version kann hier nicht geantwortet werden
trace-near = Meinten Sie mit „{ $typed }“ eines davon?
trace-narrow = So fragen Sie nach weniger
trace-narrow-form = Nennen Sie im Formular oben ein Ziel, oder wählen Sie nur einige Verbindungen.
trace-version-asked = Gefragt ist nach Version { $asked }. In Betrieb ist Version { $served }; aus ihr wird nichts an deren Stelle gezeigt.
trace-here = Dasselbe aus Version { $version } fragen
trace-snapshot = Wo Version { $version } zu haben ist
trace-older = Diese Antwort stammt aus Version { $version }. In Betrieb ist Version { $served }.

hop-implements = setzt um:
hop-implements-back = wird umgesetzt von
hop-elaborates = führt näher aus:
hop-elaborates-back = wird näher ausgeführt von
hop-supports = unterstützt
hop-supports-back = wird unterstützt von
hop-relatedTo = ist verwandt mit
hop-relatedTo-back = wird als verwandt genannt von
hop-correspondsTo = entspricht
hop-correspondsTo-back = ist das Gegenstück zu
hop-bearsOn = betrifft
hop-bearsOn-back = wird berührt von
hop-inTensionWith = steht in Spannung zu
hop-inTensionWith-back = wird in Spannung gesetzt von
hop-limits = begrenzt
hop-limits-back = wird begrenzt von
hop-references = verweist auf
hop-references-back = wird genannt von
hop-isPartOf = ist Teil von
hop-isPartOf-back = enthält
hop-meetsCriterion = erfüllt das Kriterium
hop-meetsCriterion-back = wird erfüllt von
hop-leadActor = wird geleitet von
hop-leadActor-back = leitet
hop-partner = hat als Partner
hop-partner-back = ist Partner von
hop-funder = wird finanziert von
hop-funder-back = finanziert

match-exactMatch = genaue Entsprechung
match-closeMatch = enge Entsprechung
match-broadMatch = weitere Entsprechung
match-narrowMatch = engere Entsprechung
match-relatedMatch = verwandte Entsprechung

reason-passage = Textstelle
reason-characters = Zeichen { $start } bis { $end }
reason-confidence = Sicherheit { $value }
reason-no-passage = Keine Textstelle ist angegeben.
reason-as-printed = Wie gedruckt
reason-judged-by = Beurteilt oder genannt von { $who }
reason-record = der Eintrag zu dieser Verbindung
