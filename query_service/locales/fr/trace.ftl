# Le tracé : comment deux éléments sont liés.
trace-title = Retracer
trace-lead = Comment deux éléments sont-ils liés ? Tous les chemins entre eux, avec le motif et le passage de chaque étape.
trace-start = De
trace-end = Vers (laisser vide pour tous les éléments d’un genre)
trace-to = Tous les éléments d’un genre
trace-longest = Chemin le plus long
trace-submit = Retracer
trace-more = Autres choix
trace-one-way = toutes les étapes d’un chemin dans le même sens
trace-structure = aussi les appartenances, les critères remplis et les rôles des organisations
trace-through = laisser les chemins traverser des éléments du genre recherché
trace-links = Seulement ces liens (aucun choisi : tous)
trace-version = Version du jeu de données
trace-kind-default = le genre usuel
trace-kind-practices = pratiques
trace-kind-principles = principes
trace-kind-conclusions = conclusions
trace-kind-recommendations = recommandations
trace-kind-guidelines = lignes directrices
trace-hops = { $count ->
    [one] { $count } étape
   *[other] { $count } étapes
 }
trace-examples = Pour commencer
trace-example-why = Pourquoi dit-on que Citizen Coin met en œuvre le principe de base commun 9 ?
trace-example-practices = Quelles pratiques mènent au principe de base commun 6, et par quel chemin ?
trace-example-frameworks = Quel est le rapport entre le principe 3 du Conseil de l’Europe et le principe de base commun 6 ?
trace-count = { $count ->
    [one] { $count } chemin trouvé
   *[other] { $count } chemins trouvés
 }, les plus courts d’abord. Choisissez une longueur pour ne pas en voir de plus longs.
trace-length = { $hops ->
    [one] { $hops } étape
   *[other] { $hops } étapes
 } : { $count }
trace-none = Aucun chemin dans ces limites. Cela ne signifie pas qu’il n’y a pas de rapport.
trace-permanent = Adresse permanente de ce tracé, pour cette version du jeu de données
trace-downloads-hold = Les tableaux et le JSON contiennent tous les chemins, avec la position des passages.
trace-picture = Les chemins en image
trace-picture-whole = Tous les chemins, chaque énoncé dessiné une fois.
trace-picture-part = Chemins { $first } à { $last }, chaque énoncé dessiné une fois ; le fichier SVG les dessine tous s’ils y tiennent.
trace-picture-same = La liste ci-dessous dit la même chose en mots.
trace-paths = Les chemins en mots
trace-shown = Chemins { $first } à { $last } sur { $count }. Un énoncé est expliqué là où il apparaît d’abord.
trace-no-wording = Le texte des passages est montré là où les documents sont présents ; leurs pages disent où les obtenir.
trace-above = expliqué plus haut ({ $number })
trace-evidence = { $count ->
    [0] Preuves : aucun passage
    [one] Preuves : { $count } passage
   *[other] Preuves : { $count } passages
 }
trace-stated-in = Énoncé dans { $graphs } ; il n’y a pas de motif enregistré pour ce genre d’énoncés.
trace-follows = Découle d’autres énoncés.
trace-inferred = déduit
trace-inferred-chain = { $source } { $property } { $target } : découle des étapes { $hops } par la chaîne de propriétés { $members } de l’ontologie.
trace-inferred-sub = { $source } { $property } { $target } : découle de l’étape { $hops }, car « { $members } » est une sous-propriété de « { $property } ».
trace-previous = Chemins précédents
trace-next = Chemins suivants
trace-wider = Pour chercher plus loin
trace-wider-hops = Permettre des chemins plus longs d’une étape
trace-wider-ways = Permettre des étapes dans les deux sens
trace-wider-links = Suivre tous les liens
trace-wider-structure = Suivre aussi les appartenances, les critères et les rôles des organisations
trace-fewer = { $hops ->
    [one] Au plus { $hops } étape
   *[other] Au plus { $hops } étapes
 } ({ $count ->
    [one] { $count } chemin
   *[other] { $count } chemins
 })
trace-only-one-way = Seulement les chemins dont toutes les étapes vont dans le même sens
trace-trouble = Ceci ne peut être retracé
trace-unknown = Rien ne porte ce nom
trace-ambiguous = Plusieurs éléments portent ce nom
trace-too-many = Il y a trop de chemins
trace-no-version = Cette version ne peut répondre ici
trace-near = Pour « { $typed } », vouliez-vous dire l’un de ceux-ci ?
trace-narrow = Comment en demander moins
trace-narrow-form = Nommez un élément d’arrivée, ou choisissez seulement certains liens, dans le formulaire ci-dessus.
trace-version-asked = La version { $asked } est demandée. La version en service est { $served } ; rien n’en est montré à la place de l’autre.
trace-here = Poser la même question à la version { $version }
trace-snapshot = Où obtenir la version { $version }
trace-older = Cette réponse vient de la version { $version }. La version en service est { $served }.

hop-implements = met en œuvre
hop-implements-back = est mis en œuvre par
hop-elaborates = précise
hop-elaborates-back = est précisé par
hop-supports = appuie
hop-supports-back = est appuyé par
hop-relatedTo = est lié à
hop-relatedTo-back = est cité comme lié par
hop-correspondsTo = correspond à
hop-correspondsTo-back = est le pendant de
hop-bearsOn = se rapporte à
hop-bearsOn-back = est touché par
hop-inTensionWith = est en tension avec
hop-inTensionWith-back = est mis en tension par
hop-limits = limite
hop-limits-back = est limité par
hop-references = renvoie à
hop-references-back = est cité par
hop-isPartOf = fait partie de
hop-isPartOf-back = contient
hop-meetsCriterion = remplit le critère
hop-meetsCriterion-back = est rempli par
hop-leadActor = est conduit par
hop-leadActor-back = conduit
hop-partner = a pour partenaire
hop-partner-back = est partenaire de
hop-funder = est financé par
hop-funder-back = finance

match-exactMatch = correspondance exacte
match-closeMatch = correspondance proche
match-broadMatch = correspondance plus large
match-narrowMatch = correspondance plus étroite
match-relatedMatch = correspondance apparentée

reason-passage = Passage
reason-characters = caractères { $start } à { $end }
reason-confidence = confiance { $value }
reason-no-passage = Aucun passage n’est indiqué.
reason-as-printed = Tel qu’imprimé
reason-judged-by = Jugé ou énoncé par { $who }
reason-record = la fiche de ce lien
