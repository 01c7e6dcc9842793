# La page de recherche et les suggestions de tous les champs de recherche.
search-title = Recherche
search-title-for = Recherche : { $query }
search-field = Mots à chercher
search-help = Les mots sont trouvés sous toutes leurs formes et, grâce aux noms du graphe, en anglais, en français et en allemand. Employez ET, OU, SAUF (ou AND, OR, NOT) ou le signe moins, des guillemets pour des mots qui se suivent, des parenthèses, et * pour un début de mot.
search-strict = Seulement les mots tels qu’ils sont écrits
search-strict-hint = sans autres formes, graphies ni noms
search-run = Chercher
search-hits = { $count ->
    [0] Aucun résultat
    [one] { $count } résultat
   *[other] { $count } résultats
}
search-hits-for = pour « { $query } »
search-in-version = dans la version du jeu de données
search-corrected = Résultats pour « { $corrected } », car le jeu de données ne contient pas tous les mots de « { $query } ».
search-literal = Chercher exactement ce que vous avez écrit
search-relaxed = Rien ne contient tous ces mots. Ces résultats en contiennent quelques-uns.
search-unclosed-quote = Un guillemet n’était pas fermé ; les mots jusqu’à la fin ont été lus comme une expression.
search-unclosed-parenthesis = Une parenthèse n’était pas fermée ; elle a été lue comme fermée à la fin.
search-stray-parenthesis = Une parenthèse fermante sans parenthèse ouvrante a été ignorée.
search-stray-operator = Un ET, OU ou SAUF sans mot à côté a été ignoré.
search-too-deep = Des parenthèses trop imbriquées ont été ignorées.
search-too-many-words = Seuls les premiers mots ont été cherchés, car il y en avait trop.
search-also = Cherché aussi
search-also-for = pour « { $words } » :
search-also-name = nom de
search-also-texts = d’après les textes en trois langues
search-mode-strict = Mots exacts seulement : ni autres formes, ni autres graphies, ni autres noms n’ont été cherchés.
search-to-strict = Chercher seulement les mots exacts
search-to-wide = Chercher aussi d’autres formes et noms
search-facets = Affiner
search-facet-kind = Genre
search-facet-framework = Cadre
search-facet-country = Pays
search-facet-language = Nommé ou décrit en
search-more-values = Autres
search-chosen = Choisi
search-remove = retirer
search-remove-all = Tout retirer
search-results = Résultats
search-exact = correspondance exacte
search-matched = Mots trouvés :
search-wording = Extrait du document
search-reason = Motif d’un lien, établi par un modèle de langue
search-pages = Pages de résultats
search-page-before = Résultats précédents
search-page-after = Résultats suivants
search-page-of = Page { $page } sur { $pages }
search-downloads = { $count ->
    [one] Le résultat sous forme de données
   *[other] Les { $count } résultats sous forme de données
}
search-empty-searched = { $wordings ->
    [yes] La recherche a porté sur les noms, résumés et numéros de tous les éléments, sur les motifs des liens et sur le texte des documents.
   *[no] La recherche a porté sur les noms, résumés et numéros de tous les éléments et sur les motifs des liens. Le texte des documents n’est pas disponible ici.
}
search-empty-meaning = Ce qui n’est pas trouvé ici peut exister : ce graphe contient cinq documents.
search-empty-ways = Ce que vous pouvez essayer
search-empty-fewer = des mots moins nombreux ou plus généraux, ou OU entre eux
search-empty-wide = chercher aussi d’autres formes et noms
search-empty-facets = sans affiner
search-empty-practices = parcourir toutes les pratiques
search-empty-principles = parcourir tous les principes
search-empty-sparql = poser une question en SPARQL, ou l’un des exemples vérifiés
search-tries = Par exemple
search-suggestions = Suggestions
search-suggested = { $count ->
    [0] Aucune suggestion
    [one] { $count } suggestion ; choisissez avec les flèches
   *[other] { $count } suggestions ; choisissez avec les flèches
}
search-language-en = anglais
search-language-fr = français
search-language-de = allemand
search-kinds-practice = Pratiques
search-kinds-principle = Principes
search-kinds-conclusion = Conclusions
search-kinds-recommendation = Recommandations
search-kinds-guideline = Lignes directrices
search-kinds-question = Questions du guide
search-kinds-criterion = Critères
search-kinds-actor = Organisations
search-kinds-place = Lieux
search-kinds-concept = Thèmes et autres concepts
search-kinds-document = Documents et instruments
search-kinds-chapter = Chapitre de contexte
search-kinds-link = Motifs de liens
search-kinds-passage = Passages
search-kinds-example = Exemples de requêtes
search-kind-practice = Pratique
search-kind-principle = Principe
search-kind-conclusion = Conclusion
search-kind-recommendation = Recommandation
search-kind-guideline = Ligne directrice
search-kind-question = Question
search-kind-criterion = Critère
search-kind-actor = Organisation
search-kind-place = Lieu
search-kind-document = Document
search-kind-framework = Cadre
search-kind-instrument = Instrument ou document cité
search-kind-chapter = Chapitre de contexte
search-kind-link = Motif d’un lien
search-kind-passage = Passage
search-kind-example = Exemple de requête
search-kind-theme = Thème
search-kind-area = Domaine d’intervention
search-kind-target-group = Groupe cible
search-kind-practice-type = Type de pratique
search-kind-level = Niveau d’administration
search-kind-heading = Titre de section
search-kind-actor-kind = Type d’organisation
search-kind-evidence-type = Type de preuve
search-kind-role = Rôle
search-kind-term = Terme du glossaire
search-about = { $what } :
search-about-subject = Thème
search-about-areaOfIntervention = Domaine d’intervention
search-about-practiceType = Type
search-about-targetGroup = Groupe cible
search-about-governanceLevel = Niveau
search-about-country = Pays
search-about-spatial = Lieu
search-about-basedIn = Siège
search-about-actorKind = Type
search-about-leadActor = Responsable
search-about-partner = Partenaire
search-about-funder = Financement
search-about-underHeading = Section
