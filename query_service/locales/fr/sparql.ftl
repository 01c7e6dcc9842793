# La page du point d’accès SPARQL, son éditeur et la liste des exemples.
sparql-title = SPARQL
sparql-lead = Interrogez le graphe en SPARQL 1.1. Rien ne peut être modifié ici : les mises à jour et SERVICE sont refusés.
sparql-of-version = Version du jeu de données
sparql-no-editor = L’éditeur avec complétion, diagramme et graphe n’a pas été construit sur cette machine, faute de Node.js. Le formulaire ci-dessous fonctionne sans lui. Pour avoir l’éditeur, installez Node.js 18 ou plus récent et relancez le service avec make serve.
sparql-ask = Requête
sparql-editor = Requête en SPARQL
sparql-format = Format de la réponse
sparql-run = Exécuter
sparql-stop = Arrêter
sparql-running = La requête est en cours.
sparql-complete = Ctrl+Espace complète ; Ctrl+Entrée exécute ; Échap quitte l’éditeur.
sparql-copy = Copier un lien permanent
sparql-copied = Le lien a été copié. Il contient la requête et l’affichage.
sparql-results = Réponse
sparql-rows = { $count ->
    [one] { $count } ligne
   *[other] { $count } lignes
}
sparql-triples = { $count ->
    [one] { $count } triplet
   *[other] { $count } triplets
}
sparql-milliseconds = en { $count } ms
sparql-version = Version du jeu de données
sparql-views = Afficher comme
sparql-table = Tableau
sparql-chart = Diagramme
sparql-graph = Graphe
sparql-source = Source
sparql-yes = Oui
sparql-no = Non
sparql-filter = Seulement les lignes contenant
sparql-filtered = { $count } lignes sur { $total }
sparql-previous = Lignes précédentes
sparql-next = Lignes suivantes
sparql-page = Page { $page } sur { $pages }
sparql-sort = Trier par { $column }
sparql-empty = La requête a été exécutée et n’a rien trouvé dans ce jeu de données. Cela ne veut pas dire qu’il n’y a rien.
sparql-downloads = Télécharger toute la réponse
sparql-failed = La requête n’a pas reçu de réponse
sparql-line = Ligne { $line }
sparql-found = Trouvé
sparql-expected = Attendu
sparql-mend = Pour corriger
sparql-offline = Le service n’a pas répondu.
sparql-chart-kind = Type de diagramme
sparql-chart-bar = Barres
sparql-chart-line = Ligne
sparql-chart-ring = Anneau
sparql-chart-labels = Libellés
sparql-chart-values = Valeurs
sparql-chart-first = Les { $count } premières lignes sur { $total } sont dessinées.
sparql-chart-text = Diagramme de la réponse ; le tableau contient les mêmes nombres.
sparql-picture = Enregistrer l’image
sparql-graph-text = Graphe de { $nodes } éléments et { $edges } énoncés ; le tableau contient les mêmes.
sparql-graph-first = Les { $count } premiers énoncés sur { $total } sont dessinés.
sparql-graph-fit = Ajuster à la fenêtre
sparql-graph-in = Agrandir
sparql-graph-out = Réduire
sparql-graph-open = Ouvrir sa page
sparql-graph-nothing = Choisissez un élément du graphe pour lire son nom.
sparql-too-long = La requête est trop longue pour un lien.
sparql-uses = utilisé { $count } fois
sparql-part-missing = Cet affichage n’a pas pu être chargé.
sparql-loading = Chargement …
sparql-examples-how = Choisissez une question pour placer sa requête dans l’éditeur.
sparql-examples-filter = Seulement les questions contenant
sparql-examples-all = Tous les exemples avec leurs paramètres
sparql-programs = Depuis un programme
sparql-programs-how = Envoyez la requête dans query= par GET ou POST, ou comme corps d’un POST de type application/sparql-query. Choisissez le format par Accept ou format=.
sparql-graphs = default-graph-uri= et named-graph-uri=, autant de fois que nécessaire, nomment les graphes à interroger.
sparql-description = La description du service les énumère.
examples-title = Exemples de requêtes
examples-lead = { $count ->
    [one] Une question au jeu de données, avec une requête dont la réponse est vérifiée.
   *[other] { $count } questions au jeu de données, chacune avec une requête dont la réponse est vérifiée.
}
examples-how = Chacune peut être posée par son adresse, avec d’autres valeurs si elle a des paramètres ; un élément est nommé par sa clé, son chemin ou son IRI. Ouvrez-en une dans l’éditeur pour la modifier.
examples-own = Écrire votre propre requête
examples-about = Sujets :
examples-rows = { $count ->
    [one] { $count } ligne attendue.
   *[other] { $count } lignes attendues.
}
examples-triples = { $count ->
    [one] { $count } triplet attendu.
   *[other] { $count } triplets attendus.
}
examples-checked = Dernière vérification le { $day }.
examples-format = Format
examples-ask = Demander
examples-open = Ouvrir dans l’éditeur
examples-query = Requête
