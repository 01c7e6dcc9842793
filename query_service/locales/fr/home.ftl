# The front page.
home-title = Accueil
home-what = Quelles pratiques mettent en œuvre quels principes de l’intégration des migrants en Europe, et pourquoi nous le disons : les principes de base communs de l’UE et les conclusions des manuels, les recommandations du Conseil de l’Europe et des pratiques documentées, reliés entre eux sous forme de données.
home-reasons = Chaque lien dit sa raison, les passages sur lesquels il repose, son degré de certitude et qui l’a jugé.
home-truth = Ce qui n’a pas été trouvé dans ces documents peut exister malgré tout, et ce qui n’a pas été examiné est signalé comme tel. Des modèles de langue ont jugé les liens ; personne ne les a encore relus.
home-more = Comment les liens sont établis et vérifiés
home-search = Chercher des pratiques, principes, organisations, lieux et thèmes
home-practices = { $count ->
    [one] pratique
   *[other] pratiques
  }
home-provisions = { $count ->
    [one] principe, conclusion ou recommandation
   *[other] principes, conclusions et recommandations
  }
home-links = { $count ->
    [one] lien motivé
   *[other] liens motivés
  }
home-documents = { $count ->
    [one] document
   *[other] documents
  }
home-glance = La couverture en un coup d’œil
home-frameworks = Les cadres de référence
home-framework-provisions = { $count ->
    [one] { $count } disposition
   *[other] { $count } dispositions
  }
home-framework-practices = Un lien y mène depuis { $found } des { $reviewed } pratiques examinées.
home-framework-unread = Les pratiques n’ont pas été examinées à son égard.
home-framework-source = { $count ->
    [one] { $count } conclusion en provient.
   *[other] { $count } conclusions en proviennent.
  }
home-framework-status = Imprimé comme : { $status }.
home-framework-adopted = Adopté sous { $number }.
home-new = Quoi de neuf
home-unreleased = La version en service, { $version }, n’a pas fait l’objet d’une publication.
home-changes = Ce qui a changé, publication par publication
home-feed = Fil (Atom)
home-ways = Par où entrer
home-for-analysts = Pour les analystes
home-for-researchers = Pour la recherche
home-for-programs = Pour les programmes
home-command-line = les mêmes requêtes en ligne de commande, avec des tableaux pour pandas et les tableurs
