# The page on the project.
about-title = À propos du graphe des politiques d’intégration
about-lead = Comment les liens sont établis et vérifiés, ce que disent les chiffres, ce que les données ne disent pas, comment les citer et les corriger. Tous les chiffres de cette page proviennent du jeu de données servi.
about-on-page = Sur cette page
about-made = Comment les liens sont établis et vérifiés
about-made-extracted = Des programmes ont lu { $documents } documents et en ont tiré ce qu’ils énoncent : titres, nombres, lieux, dates, organisations, et l’endroit où figure chaque passage. Ils ne jugent rien.
about-made-coded = Deux modèles de langue ont lu les { $practices } pratiques et les cadres de référence, chacun de son côté, d’après un même guide écrit. { $reviewed } pratiques ont été examinées au regard des principes de base communs.
about-made-decided = Parmi les liens jugés que contiennent les données, les deux lecteurs en ont donné { $agreed }. { $disputed } n’ont été donnés que par l’un d’eux ; un troisième modèle de langue les a retenus, avec une raison inscrite sur le lien.
about-made-checked = Chaque lien jugé porte une raison rédigée et renvoie à ses preuves : { $evidence } passages différents, chacun avec sa place dans le document et une empreinte grâce à laquelle quiconque détient le document peut le vérifier. Un passage qui ne concorde plus arrête la construction.
about-made-inferred = Ce qui découle des liens selon les règles de l’ontologie est conservé à part et n’a pas de raison propre : le traçage montre d’où cela découle.
about-reviewed = { $count ->
    [0] Personne n’a encore relu aucun lien.
    [one] Une personne a relu { $count } lien.
   *[other] Une personne a relu { $count } liens.
  }
about-links = Il y a { $all } fiches de liens : { $stated } énoncent ce qu’un document énonce, { $judged } ont été jugées par des modèles de langue.
about-judges = À qui sont dus les liens
about-judges-caption = Programmes, modèles de langue et personnes, avec les fiches de liens qui leur sont dues, seuls ou avec d’autres ; jeu de données { $version }.
about-judge = Nom
about-judge-kind = Nature
about-judge-links = Fiches de liens
about-judge-does = Ce qu’il fait
about-person = personne
about-program = programme ou modèle de langue
about-own-words = Le jeu de données dit de lui-même :
about-agreement = Dans quelle mesure les lecteurs s’accordent
about-agreement-lead = Mesuré avant toute décision. Le kappa de Cohen vaut pour les couches où chaque lecteur donne un seul code ; F1 vaut pour les ensembles : deux fois ce que les deux ont donné, rapporté à tout ce que chacun a donné.
about-agreement-caption = Accord entre deux modèles de langue ; jeu de données { $version }.
about-agreement-none = Le jeu de données ne contient pas de chiffres d’accord.
about-layer = Couche
about-measure = Mesure
about-value = Valeur
about-items = Éléments comparés
about-measure-name = { $measure ->
    [kappa] kappa de Cohen
    [f1] F1
   *[other] { $measure }
  }
about-agreement-note = Ce sont des chiffres entre modèles de même nature, qui partagent des habitudes et des angles morts. Ils disent la constance du travail ; ils ne disent pas qu’il est juste, ni dans quelle mesure des personnes s’accorderaient.
about-quality = Davantage, avec les points faibles nommément, se trouve dans les sources du jeu de données, dans
about-layer-primary = principe principal
about-layer-secondary = principes, principaux ou secondaires
about-layer-conclusions = conclusions
about-layer-measures = mesures sur l’interaction
about-layer-guidelines = lignes directrices sur les compétences
about-layer-levels = niveaux de gouvernement
about-layer-target-groups = groupes cibles
about-layer-themes = thèmes
about-layer-actors = organisations et leurs rôles
about-layer-evidence-type = type de preuve
about-layer-transferability = transférabilité
about-layer-frameworks = liens entre cadres de référence
about-silent = Ce que les données ne disent pas
about-silent-1 = Que quelque chose n’existe pas. « Rien trouvé » porte sur les pratiques examinées de ces documents et figure toujours avec leur nombre.
about-silent-2 = Quoi que ce soit de ce qui n’a pas été examiné. C’est signalé comme non examiné, jamais comme inexistant.
about-silent-3 = Qu’une pratique est efficace. Les effets que rapportent les documents sont donnés comme leurs dires ; rien n’a été évalué ici.
about-silent-4 = Ce que valent les pays. Les documents ont choisi leurs pratiques à leur manière, si bien que les nombres par pays parlent des documents.
about-silent-5 = Ce qu’un document passe sous silence. Un champ vide est signalé comme non précisé ; « en cours » porte la date du document.
about-silent-6 = Le libellé des documents. Il appartient à leurs éditeurs ; les données contiennent nos propres résumés et l’endroit où figure chaque passage.
about-documents = Les documents
about-documents-note = Leurs pages disent où se les procurer.
about-document = Document
about-issuer = Émis par, tel qu’imprimé
about-issued = Date
about-practices = Pratiques
about-suggestions = Suggestions pour vos propres pratiques
about-suggestions-text = Un programme compare des mots : les textes de votre pratique à nos titres, résumés et raisons. Il suggère ce qui lui ressemble le plus, avec les mots qui ont fait le rapprochement. Personne n’affirme ces suggestions ; elles ne sont conservées nulle part et ne comptent jamais dans la couverture ni dans le traçage. La méthode, et la fréquence à laquelle elle retrouve ce que les lecteurs ont choisi, figurent dans les sources du jeu de données, dans
about-cite = Comment citer
about-cite-lead = Nommez la version exacte : chaque réponse de ce service la porte, et les anciennes versions gardent leurs adresses.
about-cite-file = Sous forme de fichier de citation (CITATION.cff) :
about-cite-item = Un élément, un lien ou un passage se cite par sa propre adresse, que montre sa page, avec la version.
about-change = Comment proposer une modification
about-change-text = Chaque fiche de lien a une adresse. Dites de quel lien il s’agit et ce que ses passages disent au contraire ; une modification proposée est codée à nouveau ou tranchée avec une raison, et rien n’est remplacé sans raison. La marche à suivre figure dans les sources du jeu de données, dans
about-change-add = Pour faire ajouter une pratique, rédigez-la selon le modèle commun :
about-access = Accessibilité
about-access-text = Les pages sont conçues pour satisfaire aux WCAG 2.2, niveau AA, et chaque sorte de page est soumise à un programme qui cherche les obstacles, à trois largeurs et en trois langues. Personne ne les a encore auditées. Elles s’utilisent au clavier et sans scripts, hormis le dessin du réseau et l’éditeur de requêtes, à côté desquels le même contenu figure en texte. Les titres et résumés qui n’existent qu’en anglais sont signalés comme tels.
about-privacy = Vie privée
about-privacy-text = Ni cookies, ni traceurs, rien de chargé d’ailleurs, pas de comptes. Ce que vous cherchez ou envoyez reçoit réponse puis est oublié ; les fichiers de vos pratiques ne sont pas enregistrés.
about-privacy-log = Si l’exploitant tient un journal d’accès, une ligne en contient l’heure, le genre de page, la méthode, le code de réponse, la durée et la taille de la réponse et la version du jeu de données : ni adresse, ni navigateur, ni mots cherchés.
