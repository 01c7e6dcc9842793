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
coverage-title = Couverture
coverage-lead = Quelles dispositions d’un cadre ont été trouvées dans quelles pratiques, et sur combien de pratiques lues à cet effet.
coverage-choose-framework = Cadre
coverage-choose-by = Selon
coverage-choose-counted = Compté
coverage-show = Afficher
coverage-by-country = pays
coverage-by-level = niveau d’administration qui mène ou finance
coverage-by-target-group = groupe cible
coverage-by-theme = thème
coverage-by-sub-theme = sous-thème
coverage-by-type = type de pratique
coverage-by-area = domaine d’intervention
coverage-by-year = année de lancement
coverage-by-evidence-type = preuve des résultats
coverage-by-document = document
coverage-counted-asserted = Liens énoncés ou jugés
coverage-counted-primary = Principes principaux seulement
coverage-counted-inferred = Aussi ce qui découle d’autres liens
coverage-heading = { $framework } – { $by }
coverage-caption = Pratiques trouvées : { $framework } – { $by }
coverage-not-coded = Les pratiques n’ont pas été lues pour ce cadre, et aucune case n’est donc examinée : on n’en sait rien, et rien n’est nié.
coverage-into-cells = Chaque nombre, zéro ou point d’interrogation mène à ses pratiques, avec motifs et passages.
coverage-what-this-is = Ce qui a été compté
coverage-edition = Édition
coverage-edition-status = statut imprimé : { $status }
coverage-edition-adopted = adopté sous le numéro { $number }
coverage-edition-issued = daté { $date }
coverage-edition-none = adoption et date non précisées
coverage-edition-printed = imprimé dans
coverage-edition-untold = édition du manuel indéterminée
coverage-provisions = Dispositions
coverage-of = { $count } sur { $of }
coverage-links = Liens comptés
coverage-no-links = aucun
coverage-inferred = déduits d’autres liens
coverage-notes = Comment le lire
coverage-note-counted-asserted = Sont comptées les pratiques ayant un lien avec la disposition, énoncé par un document ou jugé, principal ou secondaire.
coverage-note-counted-primary = Sont comptées les pratiques dont c’est le principe principal ; chaque pratique en a exactement un.
coverage-note-counted-inferred = Sont comptées les pratiques ayant un lien avec la disposition, et celles qui y contribuent par une autre disposition qu’elles mettent en œuvre.
coverage-note-values = Attesté : au moins une pratique lue met la disposition en œuvre. Examiné, rien trouvé : des pratiques ont été lues et aucune ne la met en œuvre ; cela peut très bien se faire ailleurs. Non examiné : aucune pratique n’a été lue, on n’en sait donc rien.
coverage-note-several = Une pratique présente dans plusieurs colonnes compte dans chacune, et une fois dans « Toutes » : c’est le cas de { $count } sur { $of }. La somme des colonnes ne donne donc pas « Toutes ».
coverage-note-nested = Une pratique rattachée à une notion plus étroite figure aussi dans la colonne de la notion plus large.
coverage-note-year = Une pratique figure à l’année de son lancement, telle qu’imprimée.
coverage-note-chapter = Le Canada figure dans un chapitre qui décrit un contexte et aucune pratique ; il est hors de tout dénominateur :
coverage-change = Ce qui changerait ce résultat
coverage-change-not-coded = Quelqu’un lit les pratiques pour ce cadre et consigne ce qui est trouvé, ou que rien ne l’est.
coverage-change-empty = Des pratiques de ces colonnes sont décrites et lues pour ce cadre ; aucune ne l’a été jusqu’ici :
coverage-practices-in = { $count ->
    [0] aucune pratique
    [one] { $count } pratique
   *[other] { $count } pratiques
  }
coverage-change-documents = D’autres documents sont lus. Seuls les documents nommés ci-dessus l’ont été, et d’autres que nous en ont choisi les pratiques ; un pays qui n’en a qu’une a peu de chances d’y figurer.
coverage-change-cell = Un lien est corrigé, ajouté ou retiré. Chaque case montre les motifs de ses liens, que vous pouvez vérifier dans les passages.
coverage-change-overlay = Superposer vos propres pratiques au graphe et voir ce qu’elles ajouteraient
coverage-status-evidenced = Attesté
coverage-status-none-found = Examiné, rien trouvé
coverage-status-not-reviewed = Non examiné
coverage-about-provision = En savoir plus sur cette disposition
coverage-to-country = Tout ce que les documents disent de ce pays
coverage-cell-means-none-found = Cela ne concerne que les pratiques de ces documents, et ne veut pas dire que rien de tel n’existe.
coverage-cell-means-not-reviewed = Aucune pratique n’a été lue ici pour ce cadre. Ce n’est ni « trouvé » ni « non trouvé ».
coverage-found = { $count ->
    [one] { $count } pratique trouvée
   *[other] { $count } pratiques trouvées
  }
coverage-primary = principe principal
coverage-through = Par l’intermédiaire de
coverage-then = qui y conduit parce que :
coverage-trace = Tous les chemins de cette pratique à la disposition
coverage-without = { $count ->
    [one] { $count } pratique examinée sans la disposition
   *[other] { $count } pratiques examinées sans la disposition
  }
coverage-unread = { $count ->
    [one] { $count } pratique non examinée
   *[other] { $count } pratiques non examinées
  }
coverage-change-found = Un des liens ci-dessus est retiré : lisez son motif et ses passages, et signalez-le s’ils ne le fondent pas.
coverage-change-without = { $count ->
    [one] La pratique lue sans la disposition se révèle tout de même la mettre en œuvre.
   *[other] Une des { $count } pratiques lues sans la disposition se révèle tout de même la mettre en œuvre.
  }
coverage-change-unread = { $count ->
    [one] La pratique qui n’a pas été lue pour ce cadre l’est.
   *[other] Une des { $count } pratiques qui n’ont pas été lues pour ce cadre l’est.
  }
coverage-change-nothing = Une pratique de cette colonne est décrite : les documents n’en ont aucune.
coverage-change-read = Un autre document est lu. Ceux-ci l’ont été :
colon = {"\u00A0"}:
