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
