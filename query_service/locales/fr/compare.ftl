# Comparaison.
compare-title = Comparer
compare-lead = De deux à cinq pays, cadres, dispositions ou pratiques côte à côte, avec les motifs et les passages qui fondent ce qui est dit.
compare-one-more = Choisissez-en au moins un de plus.
compare-change = En choisir d’autres
compare-countries = Pays
compare-country-number = Pays { $number }
compare-none = aucun
compare-only = Seulement les pratiques relevant de
compare-theme = Thème ou sous-thème
compare-all-themes = tous les thèmes
compare-area = Domaine d’intervention
compare-all-areas = tous les domaines
compare-all-principles = tous les principes
compare-button-countries = Comparer les pays
compare-frameworks = Cadres
compare-button-frameworks = Comparer les cadres
compare-items = Dispositions ou pratiques
compare-items-hint = De deux à cinq dispositions, ou de deux à cinq pratiques : choisissez dans la liste, ou saisissez un titre, une clé telle que cbp-9, un chemin ou un IRI.
compare-item-number = Élément { $number }
compare-button-items = Comparer
compare-at-a-glance = En bref
compare-practices-caption = Pratiques dans ces documents
compare-narrowed = { $count } des { $of } pratiques du pays
compare-none-narrowed = { $of ->
    [one] La seule pratique de ce pays ne relève pas de ce choix.
   *[other] Aucune des { $of } pratiques de ce pays ne relève de ce choix.
  }
compare-list = les voir
compare-principles = Principes
compare-principles-caption = Principes trouvés dans ces pratiques, par pays
compare-differ = Différence
compare-differs = diffèrent
compare-in-all-principles = { $count ->
    [0] Aucun principe n’est attesté dans tous ces pays.
    [one] Un principe est attesté dans tous ces pays :
   *[other] { $count } principes sont attestés dans tous ces pays :
  }
compare-in-none-principles = { $count ->
    [0] Aucun principe n’a été examiné dans tous ces pays sans être trouvé dans aucun.
    [one] Un principe a été examiné dans tous ces pays et trouvé dans aucun :
   *[other] { $count } principes ont été examinés dans tous ces pays et trouvés dans aucun :
  }
compare-summary = Résumé
compare-status = Statut
compare-adopted = Adopté sous
compare-date = Date
compare-cited = Instruments et documents cités
compare-no-provisions = pas de dispositions propres dans le graphe
compare-coverage-by-level = Couverture par niveau d’administration qui mène ou finance
compare-coverage-by-country = Couverture par pays
compare-coverage-note = Combien de ses dispositions ont été trouvées dans au moins une pratique lue à cet effet.
compare-coverage-count = { $reviewed ->
    [one] sur { $of } dispositions, dans { $reviewed } pratique examinée
   *[other] sur { $of } dispositions, dans { $reviewed } pratiques examinées
  }
compare-between = Liens entre eux
compare-between-all = { $count ->
    [one] Le lien et son motif
   *[other] Les { $count } liens et leurs motifs
  }
compare-between-none = Aucun lien entre leurs dispositions n’est consigné. Cela ne veut pas dire qu’ils n’ont rien en commun.
compare-match-exactMatch = correspondance exacte
compare-match-closeMatch = correspondance proche
compare-match-broadMatch = correspondance plus large
compare-match-narrowMatch = correspondance plus étroite
compare-match-relatedMatch = correspondance associée
compare-shared = Ce qu’ils ont en commun
compare-shared-none = Ils n’ont aucune valeur en commun parmi celles ci-dessous.
compare-side-by-side = Côte à côte
compare-features-caption = Valeurs de chacun ; celles que tous ont sont signalées
compare-in-all = dans tous
compare-in-some = dans { $count } sur { $of }
compare-no-value = rien d’indiqué
compare-links = Liens, avec motifs et passages
compare-links-lead = Ce qui mène de chacun à d’autres et d’autres à lui, pourquoi nous le disons, et où cela figure.
compare-no-links = aucun lien consigné
compare-files-note = Les fichiers contiennent tous les chiffres avec leurs dénominateurs, les IRI et les libellés.
compare-feature-framework = Cadre
compare-feature-number = Numéro
compare-feature-edition = Édition du manuel
compare-feature-heading = Titre imprimé
compare-feature-themes = Thèmes
compare-feature-elaborates = Précise
compare-feature-related = En rapport avec
compare-feature-supports = Appuie
compare-feature-corresponds = Correspond à
compare-feature-tensions = En tension avec, ou limitant
compare-feature-led-to-by = Dispositions qui y mènent
compare-feature-practices = Pratiques qui la mettent en œuvre
compare-feature-documents = Document
compare-feature-countries = Pays
compare-feature-levels = Niveaux d’administration qui mènent ou financent
compare-feature-types = Type
compare-feature-areas = Domaine d’intervention
compare-feature-targets = Groupes cibles
compare-feature-primary = Principe principal
compare-feature-principles = Principes mis en œuvre
compare-feature-provisions = Autres dispositions mises en œuvre
compare-feature-leads = Responsable
compare-feature-partners = Partenaires
compare-feature-funders = Financeurs
compare-feature-years = Années, telles qu’imprimées
compare-feature-evidence = Preuve des résultats
compare-feature-criteria = Critères remplis
compare-out-implements = met en œuvre
compare-in-implements = est mis en œuvre par
compare-out-elaborates = précise
compare-in-elaborates = est précisé par
compare-out-supports = appuie
compare-in-supports = est appuyé par
compare-out-relatedTo = est en rapport avec
compare-in-relatedTo = est cité comme en rapport par
compare-out-correspondsTo = correspond à
compare-in-correspondsTo = est le pendant de
compare-out-bearsOn = touche à
compare-in-bearsOn = est touché par
compare-out-inTensionWith = est en tension avec
compare-in-inTensionWith = est mis en tension par
compare-out-limits = limite
compare-in-limits = est limité par
compare-out-references = renvoie à
compare-in-references = est cité par
