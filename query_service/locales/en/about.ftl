# The page on the project.
about-title = About the Integration Policy Graph
about-lead = How links are made and checked, what the figures say, what the data do not say, and how to cite and correct them. All figures on this page come from the dataset served.
about-on-page = On this page
about-made = How links are made and checked
about-made-extracted = Programs read { $documents } documents and took out what they state: titles, numbers, places, dates, organisations, and where each passage stands. They judge nothing.
about-made-coded = Two language models read all { $practices } practices and the frameworks, each for itself, by one written guide. { $reviewed } practices were reviewed for the Common Basic Principles.
about-made-decided = Of the judged links in the data, both readers gave { $agreed }. { $disputed } were given by one of them alone; a third language model kept these, with a reason that stands on the link.
about-made-checked = Each judged link has a reason in words and points to its evidence: { $evidence } different passages, each with its place in the document and a hash by which anyone who has the document can check it. A passage that no longer fits stops the build.
about-made-inferred = What follows from links by the rules of the ontology is kept apart and has no reason of its own: the trace shows from what it follows.
about-reviewed = { $count ->
    [0] No person has reviewed any link yet.
    [one] A person has reviewed one link.
   *[other] A person has reviewed { $count } links.
  }
about-links = There are { $all } link records: { $stated } state what a document states, { $judged } were judged by language models.
about-judges = Whom links are owed to
about-judges-caption = Programs, language models and persons, with the link records that are owed to them, alone or with others; dataset { $version }.
about-judge = Name
about-judge-kind = Kind
about-judge-links = Link records
about-judge-does = What it does
about-person = person
about-program = program or language model
about-own-words = The dataset says of itself:
about-agreement = How far the readers agreed
about-agreement-lead = Measured before anything was decided. Cohen’s kappa is for layers in which each reader gives one code; F1 is for sets: twice what both gave over all that either gave.
about-agreement-caption = Agreement between two language models; dataset { $version }.
about-agreement-none = The dataset holds no figures of agreement.
about-layer = Layer
about-measure = Measure
about-value = Value
about-items = Items compared
about-measure-name = { $measure ->
    [kappa] Cohen’s kappa
    [f1] F1
   *[other] { $measure }
  }
about-agreement-note = These are figures between models of the same kind, which share habits and blind spots. They say how steady the work is; they do not say that it is right, nor how far people would agree.
about-quality = More, with the weak spots by name, stands in the source of the dataset, in
about-layer-primary = primary principle
about-layer-secondary = principles, primary or secondary
about-layer-conclusions = conclusions
about-layer-measures = measures on interaction
about-layer-guidelines = guidelines on skills
about-layer-levels = levels of government
about-layer-target-groups = target groups
about-layer-themes = themes
about-layer-actors = organisations and their roles
about-layer-evidence-type = type of evidence
about-layer-transferability = transferability
about-layer-frameworks = links between frameworks
about-silent = What the data do not say
about-silent-1 = That something does not exist. “None found” speaks of the practices of these documents that were reviewed, and always stands with their number.
about-silent-2 = Anything on what was not reviewed. It is shown as not reviewed, never as none.
about-silent-3 = That a practice works. What the documents report as effects is told as theirs; nothing was evaluated here.
about-silent-4 = How countries do. The documents chose their practices by their own lights, so that numbers by country tell of the documents.
about-silent-5 = What a document leaves out. A blank field is shown as not stated; “ongoing” carries the date of the document.
about-silent-6 = The wording of the documents. It belongs to their publishers; the data hold our own summaries, and where each passage stands.
about-documents = The documents
about-documents-note = Their pages say where they can be had.
about-document = Document
about-issuer = Issued by, as printed
about-issued = Date
about-practices = Practices
about-suggestions = Suggestions for your own practices
about-suggestions-text = A program compares words: the texts of your practice with our titles, summaries and reasons. It suggests what it finds most alike, with the words that made the match. Suggestions are asserted by nobody, are kept nowhere and never count in coverage or trace. The method and how often it finds what reviewers chose stand in the source of the dataset, in
about-cite = How to cite
about-cite-lead = Name the exact version: every answer of this service carries it, and old versions keep their addresses.
about-cite-file = As a citation file (CITATION.cff):
about-cite-item = A single item, link or passage is cited by its own address, which its page shows, with the version.
about-change = How to propose a change
about-change-text = Every link record has an address. Say which link you mean, and what its passages say instead; a proposed change is coded anew or decided with a reason, and nothing is overwritten without one. Steps stand in the source of the dataset, in
about-change-add = To have a practice added, write it in the common template:
about-access = Accessibility
about-access-text = The pages are built to meet WCAG 2.2, level AA, and each kind of page is tested with a program that looks for barriers, at three widths and in three languages. No person has audited them yet. They work by keyboard and without scripts, except for the drawing of the network and the query editor, beside which the same stands as text. Titles and summaries that exist only in English are marked as English.
about-privacy = Privacy
about-privacy-text = No cookies, no trackers, nothing loaded from elsewhere, no accounts. What you search or upload is answered and forgotten; files of your own practices are not stored.
about-privacy-log = If the operator keeps an access log, a line of it holds the time, the kind of page, the method, the status, how long the answer took, its size and the dataset version: no address, no browser, no search words.
