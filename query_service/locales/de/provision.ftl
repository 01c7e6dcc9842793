# Prinzipien, Schlussfolgerungen, Empfehlungen und Leitlinien.
provisions-title = Prinzipien und Empfehlungen
provisions-lead = Alle Rahmenwerke mit dem, was sie verlangen, und wie viele dokumentierte Praktiken es jeweils umsetzen.
provisions-frameworks = Rahmenwerke
provisions-all = Alle Rahmenwerke
provisions-how-counted = „Vorrangig“ zählt Praktiken, deren Hauptprinzip dies ist; jede hat genau eines. „Verbunden“ zählt alle mit einer ausdrücklichen Verbindung, vorrangige eingeschlossen. „Nur abgeleitet“ zählt Praktiken, die durch das, was sie umsetzen, zu einem Prinzip beitragen, ohne eigene Verbindung. Keine gefunden heißt keine in diesen Dokumenten; anderswo mag es durchaus geschehen.
provisions-read = { $reviewed } von { $total } Praktiken wurden dafür durchgesehen.
provisions-not-read = Für dieses Rahmenwerk wurden keine Praktiken durchgesehen; über damit verbundene lässt sich daher nichts sagen.
provisions-caption = { $count ->
    [one] { $count } Bestimmung
   *[other] { $count } Bestimmungen
 } mit der Zahl der Praktiken
provisions-provision = Bestimmung
provisions-primary = Vorrangig
provisions-asserted = Verbunden
provisions-inferred = Nur abgeleitet
provisions-unread = nicht durchgesehen
provisions-printed-as = gedruckt als { $status }
provisions-adopted-as = angenommen als { $number }
provisions-dated = datiert { $date }
provisions-no-date = Annahme und Datum nicht angegeben
provisions-printed-in = gedruckt in
provisions-others = Rahmenwerke, die hier keine eigenen Bestimmungen haben

provision-kind-principle = Prinzip
provision-kind-conclusion = Schlussfolgerung
provision-kind-recommendation = Empfehlung
provision-kind-guideline = Leitlinie
provision-all = alle Bestimmungen
provision-our-summary = Unsere Zusammenfassung, nicht der amtliche Wortlaut.
provision-heading = Unter der Überschrift
provision-edition = Aus der Ausgabe
provision-themes = Themen
provision-wording = Amtlicher Wortlaut
provision-wording-elsewhere = Der Wortlaut gehört den Herausgebern und wird hier nicht gezeigt. Die Seite des Dokuments sagt, wo es zu haben ist; hier steht, wo darin.
provision-also-printed = { $count ->
    [one] An { $count } weiteren Stelle gedruckt
   *[other] An { $count } weiteren Stellen gedruckt
 }
provision-practices = Praktiken zur Umsetzung
provision-practices-count = { $found } von { $reviewed } für dieses Rahmenwerk durchgesehenen Praktiken sind damit verbunden ({ $total } insgesamt).
provision-practices-none = In diesen Dokumenten wurde keine gefunden; anderswo mag es durchaus geschehen.
provision-practices-unread = Für dieses Rahmenwerk wurden keine Praktiken durchgesehen. Dass keine aufgeführt ist, sagt nichts darüber, was getan wird.
provision-practices-data = Die Praktiken mit Begründungen und Positionen der Textstellen, als Daten:
provision-trace-all = als Spur
provision-primary = { $count ->
    [one] { $count } Praktik hat es als Hauptprinzip
   *[other] { $count } Praktiken haben es als Hauptprinzip
 }
provision-secondary = { $count ->
    [one] { $count } Praktik ist damit verbunden
   *[other] { $count } Praktiken sind damit verbunden
 } neben anderem, das vorgeht
provision-inferred = { $count ->
    [one] { $count } weitere trägt nur durch Ableitung bei
   *[other] { $count } weitere tragen nur durch Ableitung bei
 }
provision-inferred-what = Niemand hat diese Verbindungen selbst beurteilt: Sie folgen daraus, was die Praktiken umsetzen und was dies näher ausführt oder unterstützt.
provision-inferred-show = { $count ->
    [one] Zeigen, mit dem, woraus sie folgt
   *[other] Diese { $count } zeigen, mit dem, woraus jede folgt
 }
provision-through = durch
provision-trace-one = Verbindung nachverfolgen
provision-coverage = Wo Praktiken gefunden wurden
provision-coverage-how = Gezählt sind Praktiken mit ausdrücklicher Verbindung, unter den { $reviewed } von { $total } für dieses Rahmenwerk durchgesehenen; Version des Datensatzes { $version }. „Keine gefunden“ spricht nur von diesen Dokumenten.
provision-by-country = Nach Land
provision-by-level = Nach Verwaltungsebene, die führt oder zahlt
provision-column-not-stated = nicht angegeben
provision-coverage-caption = Gefundene Praktiken, von den durchgesehenen
provision-coverage-found = Gefunden
provision-coverage-nowhere = keine in diesen Dokumenten
provision-of = von { $reviewed } durchgesehenen
provision-none-found = Durchgesehen, keine gefunden: { $count }
provision-not-reviewed = Keine Praktik in diesen Dokumenten, also nichts bekannt: { $count }
provision-coverage-all = Das ganze Rahmenwerk so dargestellt
provision-leading = Nähere Ausführung und Unterstützung
provision-elaborates = { $count ->
    [one] Führt näher aus
   *[other] Führt { $count } Prinzipien näher aus
 }
provision-elaborates-back = { $count ->
    [one] Näher ausgeführt von { $count } Schlussfolgerung
   *[other] Näher ausgeführt von { $count } Schlussfolgerungen
 }
provision-relatedTo = { $count ->
    [one] Das Dokument nennt es verwandt mit
   *[other] Das Dokument nennt es verwandt mit { $count } Prinzipien
 }
provision-relatedTo-back = { $count ->
    [one] { $count } Schlussfolgerung ist als verwandt genannt
   *[other] { $count } Schlussfolgerungen sind als verwandt genannt
 }
provision-supports = { $count ->
    [one] Unterstützt { $count } Prinzip
   *[other] Unterstützt { $count } Prinzipien
 }
provision-supports-back = { $count ->
    [one] Unterstützt von { $count } Empfehlung oder Leitlinie
   *[other] Unterstützt von { $count } Empfehlungen und Leitlinien
 }
provision-related = Verwandtes
provision-correspondsTo = Entspricht
provision-correspondsTo-back = Gegenstücke in anderen Rahmenwerken
provision-inTensionWith = In Spannung zu
provision-inTensionWith-back = In Spannung dazu
provision-limits = Begrenzt
provision-limits-back = Begrenzt von
provision-bearsOn = Betrifft
provision-bearsOn-back = Kriterien für Praktiken, die es betreffen
provision-references = Verweist auf
provision-references-back = Genannt von
provision-questions = Fragen des Leitfadens
provision-questions-on = Der Leitfaden stellt sie zum Gegenstück,
provision-neighbours = Davor und danach im Rahmenwerk
provision-statements = Alle Aussagen des Graphen darüber, auf Englisch
provision-contents = Auf dieser Seite
provision-contents-coverage = Abdeckung
provision-contents-practices = Praktiken
