# The network of links, and the ranking of organisations.
network-title = Network
network-lead = Which practices, principles, recommendations and organisations hang together, and by which links.
network-to-actors = Which organisations work across the most principles?
network-filters = What to show
network-frameworks = Frameworks
network-relations = Links
network-more = More: links, countries
network-practices = Practices
network-strength = Links from practices
network-strength-primary = primary ones only (to other frameworks: all)
network-strength-any = all
network-countries = Countries (none chosen: all)
network-linked-only = leave out provisions without such a link
network-show = Show
network-usual = Start anew
network-what-usual = At first this shows the Common Basic Principles with the practices of which each is the primary principle.
network-count = { $nodes ->
    [one] { $nodes } item
   *[other] { $nodes } items
 } and { $links ->
    [one] { $links } link
   *[other] { $links } links
 } are shown.
network-drawing = Drawing
network-drawing-label = Drawing of { $nodes } items and { $links } links; the list above it and the tables below tell the same
network-choose = Choose an item to see its links
network-nearer = Zoom in
network-farther = Zoom out
network-whole = Show all
network-legend-primary = primary link
network-legend-secondary = secondary link
network-legend-other = other link; dotted for tension or limit
network-no-script = The drawing needs JavaScript. The tables below tell the same.
network-not-built = The drawing is not there, as its script has not been built on this machine. The tables below tell the same.
network-failed = The drawing could not be made. The tables below tell the same.
network-no-links = It has none of the links that are shown.
network-open-page = open its page
network-neighbours = Links of the chosen item
network-links = Links
network-links-caption = Each link with its reason
network-shown = Links { $first } to { $last } of { $count }; the files hold all.
network-from = From
network-link = Link
network-to = To
network-why = Why we say so
network-record = record
network-no-record = stated by the document, without a record of its own
network-none = There is no such link. This says nothing about what is done elsewhere.
network-previous = Before
network-next = More
network-nodes = Items
network-nodes-show = { $count ->
    [one] { $count } item
   *[other] { $count } items
 } with the number of links of each
network-nodes-caption = Items with the number of links that are shown
network-item = Item
network-kind = Kind
network-degree = Links
network-bar = Links as a bar

network-kind-principle = principle
network-kind-practice = practice
network-kind-conclusion = conclusion
network-kind-recommendation = recommendation
network-kind-guideline = guideline
network-kind-criterion = criterion
network-kind-actor = organisation
network-kind-place = country

network-relation-implements = practice implements provision
network-relation-elaborates = conclusion elaborates principle
network-relation-supports = recommendation or guideline supports principle
network-relation-relatedTo = conclusion is related to principle
network-relation-correspondsTo = counterparts between frameworks
network-relation-inTensionWith = tensions
network-relation-limits = limits
network-relation-bearsOn = criterion bears on principle
network-relation-leadActor = organisation leads practice
network-relation-partner = organisation is a partner in practice
network-relation-funder = organisation funds practice
network-relation-country = practice runs in country
hop-country = runs in
hop-country-back = is where this runs:

network-role-leadActor = leads
network-role-partner = partner
network-role-funder = funds

actors-title = Organisations across principles
actors-lead = Who works across the most Common Basic Principles, through the practices they lead, take part in or fund?
actors-how = Counted are the principles that these practices implement by an asserted link, each once. A filled number is the primary principle of one of the practices. The figures speak of these documents alone.
actors-to-network = Back to the network
actors-roles = What they do (none chosen: anything)
actors-shown = { $count ->
    [one] { $count } organisation.
   *[other] { $count } organisations.
 } Shown are { $first } to { $last }; the files hold all.
actors-caption = Organisations with the number of different principles; dataset version { $version }
actors-rank = Rank
actors-organisation = Organisation
actors-principles = Principles
actors-which = Which
actors-primary = primary in one of its practices
actors-practices = Practices
actors-practices-count = { $count ->
    [one] { $count } practice
   *[other] { $count } practices
 }
actors-why = why these principles
