# Principes, conclusions, recommandations et lignes directrices.
provisions-title = Principes et recommandations
provisions-lead = Tous les cadres avec ce qu’ils demandent, et combien de pratiques documentées mettent chaque disposition en œuvre.
provisions-frameworks = Cadres
provisions-all = Tous les cadres
provisions-how-counted = « Principal » compte les pratiques dont c’est le principe premier ; chaque pratique en a exactement un. « Liées » compte toutes les pratiques avec un lien explicite, y compris principal. « Déduites seulement » compte les pratiques qui contribuent à un principe par ce qu’elles mettent en œuvre, sans lien propre. Aucune trouvée veut dire aucune dans ces documents ; cela se fait peut-être ailleurs.
provisions-read = { $reviewed } pratiques sur { $total } ont été lues pour ce cadre.
provisions-not-read = Les pratiques n’ont pas été lues pour ce cadre : rien ne peut être dit des pratiques qui lui seraient liées.
provisions-caption = { $count ->
    [one] { $count } disposition
   *[other] { $count } dispositions
 } avec le nombre de pratiques
provisions-provision = Disposition
provisions-primary = Principal
provisions-asserted = Liées
provisions-inferred = Déduites seulement
provisions-unread = non lu
provisions-printed-as = imprimé comme { $status }
provisions-adopted-as = adopté sous le numéro { $number }
provisions-dated = daté du { $date }
provisions-no-date = adoption et date non précisées
provisions-printed-in = imprimé dans
provisions-others = Cadres sans disposition propre ici

provision-kind-principle = Principe
provision-kind-conclusion = Conclusion
provision-kind-recommendation = Recommandation
provision-kind-guideline = Ligne directrice
provision-all = toutes ses dispositions
provision-our-summary = Notre résumé, non le texte officiel.
provision-heading = Sous le titre
provision-edition = De l’édition
provision-themes = Thèmes
provision-wording = Texte officiel
provision-wording-elsewhere = Le texte appartient aux éditeurs et n’est pas montré ici. La page du document dit où l’obtenir ; voici où il s’y trouve.
provision-also-printed = { $count ->
    [one] Imprimé à { $count } autre endroit
   *[other] Imprimé à { $count } autres endroits
 }
provision-practices = Pratiques de mise en œuvre
provision-practices-count = { $found } des { $reviewed } pratiques lues pour ce cadre y sont liées ({ $total } en tout).
provision-practices-none = Aucune n’a été trouvée dans ces documents ; cela se fait peut-être ailleurs.
provision-practices-unread = Les pratiques n’ont pas été lues pour ce cadre. Qu’aucune ne soit listée ne dit rien de ce qui se fait.
provision-practices-data = Les pratiques avec les motifs et la position des passages, sous forme de données :
provision-trace-all = comme tracé
provision-primary = { $count ->
    [one] { $count } pratique l’a pour principe premier
   *[other] { $count } pratiques l’ont pour principe premier
 }
provision-secondary = { $count ->
    [one] { $count } pratique y est liée
   *[other] { $count } pratiques y sont liées
 } à côté d’autre chose qui vient d’abord
provision-inferred = { $count ->
    [one] { $count } autre contribue par déduction seulement
   *[other] { $count } autres contribuent par déduction seulement
 }
provision-inferred-what = Personne n’a jugé ces liens eux-mêmes : ils découlent de ce que les pratiques mettent en œuvre et de ce que cela précise ou appuie.
provision-inferred-show = { $count ->
    [one] La montrer, avec ce dont elle découle
   *[other] Montrer ces { $count } pratiques, avec ce dont chacune découle
 }
provision-through = par
provision-trace-one = retracer le lien
provision-coverage = Où des pratiques ont été trouvées
provision-coverage-how = Sont comptées les pratiques avec un lien explicite, parmi les { $reviewed } sur { $total } lues pour ce cadre ; version du jeu de données { $version }. « Aucune trouvée » ne parle que de ces documents.
provision-by-country = Par pays
provision-by-level = Par niveau d’administration qui mène ou finance
provision-column-not-stated = non précisé
provision-coverage-caption = Pratiques trouvées, parmi celles lues
provision-coverage-found = Trouvées
provision-coverage-nowhere = aucune dans ces documents
provision-of = sur { $reviewed } lues
provision-none-found = Lu, aucune trouvée : { $count }
provision-not-reviewed = Aucune pratique dans ces documents, donc rien n’est connu : { $count }
provision-coverage-all = Tout le cadre présenté ainsi
provision-leading = Précisions et appuis
provision-elaborates = { $count ->
    [one] Précise
   *[other] Précise { $count } principes
 }
provision-elaborates-back = { $count ->
    [one] Précisé par { $count } conclusion
   *[other] Précisé par { $count } conclusions
 }
provision-relatedTo = { $count ->
    [one] Le document l’indique comme lié à
   *[other] Le document l’indique comme lié à { $count } principes
 }
provision-relatedTo-back = { $count ->
    [one] { $count } conclusion est indiquée comme liée
   *[other] { $count } conclusions sont indiquées comme liées
 }
provision-supports = { $count ->
    [one] Appuie { $count } principe
   *[other] Appuie { $count } principes
 }
provision-supports-back = { $count ->
    [one] Appuyé par { $count } recommandation ou ligne directrice
   *[other] Appuyé par { $count } recommandations et lignes directrices
 }
provision-related = Éléments apparentés
provision-correspondsTo = Correspond à
provision-correspondsTo-back = Pendants dans d’autres cadres
provision-inTensionWith = En tension avec
provision-inTensionWith-back = En tension avec lui
provision-limits = Limite
provision-limits-back = Limité par
provision-bearsOn = Se rapporte à
provision-bearsOn-back = Critères pour les pratiques qui s’y rapportent
provision-references = Renvoie à
provision-references-back = Cité par
provision-questions = Questions du guide
provision-questions-on = Le guide les pose à propos de son pendant,
provision-neighbours = Avant et après dans son cadre
provision-statements = Tous les énoncés du graphe à ce sujet, en anglais
provision-contents = Sur cette page
provision-contents-coverage = Couverture
provision-contents-practices = Pratiques
