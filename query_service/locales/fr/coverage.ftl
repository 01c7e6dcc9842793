# Couverture : la matrice, ses cases, et la petite matrice d’autres pages.
coverage-all = Toutes
coverage-principle = Principe
coverage-provision = Disposition
coverage-practices-reviewed = Pratiques examinées
coverage-not-stated = Non précisé
coverage-cell-evidenced = attesté dans { $found } des { $reviewed ->
    [one] { $reviewed } pratique examinée
   *[other] { $reviewed } pratiques examinées
  }
coverage-cell-none-found = { $reviewed ->
    [one] non trouvé dans la seule pratique examinée
   *[other] non trouvé dans les { $reviewed } pratiques examinées
  }
coverage-cell-not-reviewed = non examiné, on n’en sait rien
coverage-legend-evidenced = Attesté : nombre de pratiques examinées qui le mettent en œuvre
coverage-legend-none-found = Examiné, rien trouvé : absent de ces documents, ce qui ne veut pas dire inexistant
coverage-legend-not-reviewed = Non examiné : aucune pratique n’a été lue, on n’en sait donc rien
coverage-glance-caption = Principes de base communs par pays : pratiques trouvées
coverage-glance-foot = { $reviewed } pratiques examinées sur { $practices } ; une pratique menée dans plusieurs pays compte dans chacun, et une seule fois dans « Toutes ».
coverage-glance-unread = Pays nommés dans le graphe, sans pratique examinée :
coverage-glance-more = La couverture complète, selon d’autres dimensions, avec les pratiques et les motifs
