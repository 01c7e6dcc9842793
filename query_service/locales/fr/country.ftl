# Pays : la liste et les fiches.
country-list-title = Pays
country-list-lead = { $with } pays ont des pratiques dans ces documents : { $practices } pratiques, dont certaines sont menées dans plusieurs pays. Chaque fiche dit ce qui a été trouvé, ce qui ne l’a pas été, et où cela figure.
country-list-caption = Pays ayant des pratiques
country-choose = Comparer
country-choose-one = Comparer { $country }
country-country = Pays
country-practices = Pratiques
country-evidenced = Principes attestés
country-none-found = Examinés, rien trouvé
country-levels = Niveaux
country-documents = Documents
country-compare-chosen = Comparer les pays choisis
country-compare-hint = deux à cinq
country-list-note = Ces nombres disent ce que contiennent ces documents, non ce que fait un pays. Un pays qui n’a qu’une pratique a peu d’occasions d’attester un principe.
country-without-title = Pays sans pratiques
country-without-lead = Le graphe nomme ces pays, mais aucun document n’y décrit de pratique. Ils ne sont pas examinés : on n’en sait rien, et rien n’est nié.
country-without-one = non examiné : aucune pratique décrite
country-without-chapter = un chapitre en décrit le contexte, hors de tout dénominateur :
country-to-coverage = Couverture des principes par pays
country-lead = { $count ->
    [one] { $count } des { $all } pratiques du graphe est menée ici.
   *[other] { $count } des { $all } pratiques du graphe sont menées ici.
  }
country-lead-principles = Sur { $all } principes, { $evidenced } sont attestés et { $none } n’ont pas été trouvés dans les pratiques lues.
country-only-these = Cela ne concerne que ces documents.
country-no-practices = Aucun document ne décrit de pratique ici. Le pays n’est pas examiné : on n’en sait rien, et rien n’est nié.
country-on-this-sheet = Sur cette fiche
country-part-principles = Principes couverts
country-part-gaps = Lacunes
country-part-practices = Pratiques
country-part-organisations = Organisations
country-part-funding = Financement
country-part-counts = En chiffres
country-part-sources = Sources
country-to-explorer = Affiner ces pratiques
country-to-compare = Comparer avec d’autres pays
country-chapter = Un chapitre de contexte
country-chapter-note = Ce chapitre décrit un contexte et aucune pratique du modèle commun. Il est hors de tout dénominateur et n’entre dans aucun chiffre.
country-chapter-names = Il nomme :
country-found-in = { $of ->
    [one] Si chaque principe a été trouvé dans la seule pratique examinée
   *[other] Dans combien de pratiques, sur { $of } examinées, chaque principe a été trouvé
  }
country-gaps-note = Une lacune est ce qui n’a pas été trouvé dans ces documents. Cela ne veut pas dire que le pays ne fait rien de tel : d’autres ont choisi les pratiques que les documents décrivent.
country-gaps-none-found = { $of ->
    [one] Examiné, rien trouvé : principes que la seule pratique examinée ne met pas en œuvre
   *[other] Examiné, rien trouvé : principes qu’aucune des { $of } pratiques examinées ne met en œuvre
  }
country-gaps-no-gap = Aucun : chaque principe a été trouvé dans au moins une pratique.
country-gaps-not-reviewed = Non examiné : on n’en sait rien
country-gaps-framework = Les pratiques n’ont pas été lues pour
country-gaps-all-reviewed = Rien : toutes les pratiques ont été lues pour tous les cadres.
country-gaps-frameworks = Combien de dispositions de chaque cadre ont été trouvées :
country-frameworks-caption = Dispositions par cadre dans les pratiques – { $country }
country-principles = Principes
country-types = Type
country-targets = Groupes cibles
country-years = Années, telles qu’imprimées
country-ongoing = en cours à la date du document
country-leads = Responsable
country-funders = Financement
country-evidence = Preuve des résultats
country-other-countries = Menée aussi dans ces pays
country-source = Source
country-organisations-caption = Organisations ayant un rôle dans les pratiques, ou établies dans le pays – { $country }
country-organisation = Organisation
country-kind = Nature
country-roles = Rôle
country-role-lead = Responsable
country-role-partner = Partenaire
country-role-funder = Financeur
country-based-only = nommée dans les documents et établie ici, sans rôle dans ces pratiques
country-by-level = Niveaux d’administration qui mènent ou financent
country-by-type = Types de pratique
country-by-area = Domaines d’intervention
country-by-theme = Thèmes et sous-thèmes
country-by-target = Groupes cibles
country-by-body = Nature des organisations responsables
country-by-lead = Organisations responsables
country-by-funder = Financeurs
country-by-funding-level = Niveau qui finance
country-by-evidence = Preuve des résultats
country-by-start = Année de lancement, telle qu’imprimée
country-by-document = Documents
country-counts-note = Chaque nombre dit dans combien de pratiques une valeur est indiquée ; une pratique peut en avoir plusieurs.
country-nothing-to-count = aucune pratique à compter
country-places = Lieux nommés
country-mentions = Ce qui en est dit aussi
country-change-documents = D’autres documents décrivant des pratiques de ce pays sont lus. Un blanc ne veut jamais dire « non ».
country-files-note = Le fichier CSV contient les principes ; XLSX et JSON contiennent tous les tableaux de cette fiche.
country-matches = Le même pays ailleurs :
country-unknown-title = Ce pays n’est pas dans le graphe
country-unknown = Aucun pays du graphe n’a le code ou le nom « { $asked } ». Cela ne dit rien de ce pays : les documents ne le nomment pas.
country-unknown-near = Vouliez-vous dire
country-unknown-all = Tous les pays du graphe
