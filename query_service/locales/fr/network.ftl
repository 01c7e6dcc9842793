# Le réseau des liens, et le classement des organisations.
network-title = Réseau
network-lead = Quelles pratiques, quels principes, recommandations et organisations sont liés, et par quels liens.
network-to-actors = Quelles organisations agissent sur le plus de principes ?
network-filters = Ce qui est montré
network-frameworks = Cadres
network-relations = Liens
network-more = Autres choix : liens, pays
network-practices = Pratiques
network-strength = Liens partant des pratiques
network-strength-primary = seulement les principaux (vers d’autres cadres : tous)
network-strength-any = tous
network-countries = Pays (aucun choisi : tous)
network-linked-only = laisser de côté les dispositions sans un tel lien
network-show = Montrer
network-usual = Recommencer
network-what-usual = D’abord sont montrés les principes de base communs avec les pratiques dont chacun est le principe premier.
network-count = { $nodes ->
    [one] { $nodes } élément
   *[other] { $nodes } éléments
 } et { $links ->
    [one] { $links } lien
   *[other] { $links } liens
 } sont montrés.
network-drawing = Dessin
network-drawing-label = Dessin de { $nodes } éléments et { $links } liens ; la liste au-dessus et les tableaux ci-dessous disent la même chose
network-choose = Choisissez un élément pour voir ses liens
network-nearer = Agrandir
network-farther = Réduire
network-whole = Tout montrer
network-legend-primary = lien principal
network-legend-secondary = lien secondaire
network-legend-other = autre lien ; pointillé pour une tension ou une limite
network-no-script = Le dessin demande JavaScript. Les tableaux ci-dessous disent la même chose.
network-not-built = Le dessin manque, car son script n’a pas été construit sur cette machine. Les tableaux ci-dessous disent la même chose.
network-failed = Le dessin n’a pu être fait. Les tableaux ci-dessous disent la même chose.
network-no-links = Il n’a aucun des liens montrés.
network-open-page = ouvrir sa page
network-neighbours = Liens de l’élément choisi
network-links = Liens
network-links-caption = Chaque lien avec son motif
network-shown = Liens { $first } à { $last } sur { $count } ; les fichiers les contiennent tous.
network-from = De
network-link = Lien
network-to = Vers
network-why = Pourquoi nous le disons
network-record = fiche
network-no-record = énoncé par le document, sans fiche propre
network-none = Il n’y a pas de tel lien. Cela ne dit rien de ce qui se fait ailleurs.
network-previous = Précédents
network-next = Suivants
network-nodes = Éléments
network-nodes-show = { $count ->
    [one] { $count } élément
   *[other] { $count } éléments
 } avec le nombre de liens de chacun
network-nodes-caption = Éléments avec le nombre de liens montrés
network-item = Élément
network-kind = Genre
network-degree = Liens
network-bar = Liens en barre

network-kind-principle = principe
network-kind-practice = pratique
network-kind-conclusion = conclusion
network-kind-recommendation = recommandation
network-kind-guideline = ligne directrice
network-kind-criterion = critère
network-kind-actor = organisation
network-kind-place = pays

network-relation-implements = une pratique met en œuvre une disposition
network-relation-elaborates = une conclusion précise un principe
network-relation-supports = une recommandation ou ligne directrice appuie un principe
network-relation-relatedTo = une conclusion est liée à un principe
network-relation-correspondsTo = pendants d’un cadre à l’autre
network-relation-inTensionWith = tensions
network-relation-limits = limites
network-relation-bearsOn = un critère se rapporte à un principe
network-relation-leadActor = une organisation conduit une pratique
network-relation-partner = une organisation est partenaire d’une pratique
network-relation-funder = une organisation finance une pratique
network-relation-country = une pratique se déroule dans un pays
hop-country = se déroule dans :
hop-country-back = accueille

network-role-leadActor = conduit
network-role-partner = partenaire
network-role-funder = finance

actors-title = Organisations et principes
actors-lead = Qui agit sur le plus de principes de base communs, par les pratiques conduites, partagées ou financées ?
actors-how = Sont comptés les principes que ces pratiques mettent en œuvre par un lien explicite, chacun une fois. Un numéro sur fond plein est le principe premier d’une des pratiques. Les chiffres ne parlent que de ces documents.
actors-to-network = Retour au réseau
actors-roles = Ce qu’elles font (rien de choisi : tout)
actors-shown = { $count ->
    [one] { $count } organisation.
   *[other] { $count } organisations.
 } Sont montrées { $first } à { $last } ; les fichiers les contiennent toutes.
actors-caption = Organisations avec le nombre de principes différents ; version du jeu de données { $version }
actors-rank = Rang
actors-organisation = Organisation
actors-principles = Principes
actors-which = Lesquels
actors-primary = principe premier d’une de ses pratiques
actors-practices = Pratiques
actors-practices-count = { $count ->
    [one] { $count } pratique
   *[other] { $count } pratiques
 }
actors-why = pourquoi ces principes
