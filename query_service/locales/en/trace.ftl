# The trace: how two items hang together.
trace-title = Trace
trace-lead = How do two things hang together? Every path between them, with the reason and the passage of each step.
trace-start = From
trace-end = To (leave empty for all of a kind)
trace-to = All of a kind
trace-longest = Longest path
trace-submit = Trace
trace-more = More choices
trace-one-way = all steps of a path the same way
trace-structure = also memberships, criteria met and roles of organisations
trace-through = let paths go on through items of the kind to arrive at
trace-links = Only these links (none chosen: all)
trace-version = Dataset version
trace-kind-default = the usual kind
trace-kind-practices = practices
trace-kind-principles = principles
trace-kind-conclusions = conclusions
trace-kind-recommendations = recommendations
trace-kind-guidelines = guidelines
trace-hops = { $count ->
    [one] { $count } step
   *[other] { $count } steps
 }
trace-examples = To begin with
trace-example-why = Why is Citizen Coin said to implement Common Basic Principle 9?
trace-example-practices = Which practices lead to Common Basic Principle 6, and by which way?
trace-example-frameworks = How does agreed principle 3 of the Council of Europe relate to Common Basic Principle 6?
trace-count = { $count ->
    [one] { $count } path
   *[other] { $count } paths
 } found, shortest first. Choose a length to see no longer ones.
trace-length = { $hops ->
    [one] { $hops } step
   *[other] { $hops } steps
 }: { $count }
trace-none = No path within these limits. This does not mean that there is no relation.
trace-permanent = Permanent address of this trace, of this version of the dataset
trace-downloads-hold = The tables and JSON hold all paths, with positions of the passages.
trace-picture = The paths as a picture
trace-picture-whole = All paths, each statement drawn once.
trace-picture-part = Paths { $first } to { $last }, each statement drawn once; the file in SVG draws all where they fit.
trace-picture-same = The list below tells the same in words.
trace-paths = The paths in words
trace-shown = Paths { $first } to { $last } of { $count }. A statement is explained where it is first met.
trace-no-wording = The wording of passages is shown where the documents are at hand; their pages tell where they can be had.
trace-above = explained above ({ $number })
trace-evidence = { $count ->
    [0] Evidence: no passage
    [one] Evidence: { $count } passage
   *[other] Evidence: { $count } passages
 }
trace-stated-in = Stated in { $graphs }; there is no record of reasons for statements of this kind.
trace-follows = Follows from other statements.
trace-inferred = inferred
trace-inferred-chain = { $source } { $property } { $target }: follows from steps { $hops } by the property chain { $members } of the ontology.
trace-inferred-sub = { $source } { $property } { $target }: follows from step { $hops }, because “{ $members }” is a sub-property of “{ $property }”.
trace-previous = Paths before
trace-next = Paths after
trace-wider = To look further
trace-wider-hops = Allow paths that are one step longer
trace-wider-ways = Allow steps both ways
trace-wider-links = Walk all links
trace-wider-structure = Walk memberships, criteria and roles of organisations too
trace-fewer = { $hops ->
    [one] At most { $hops } step
   *[other] At most { $hops } steps
 } ({ $count ->
    [one] { $count } path
   *[other] { $count } paths
 })
trace-only-one-way = Only paths whose steps all go the same way
trace-trouble = This cannot be traced
trace-unknown = Nothing has this name
trace-ambiguous = Several things have this name
trace-too-many = There are too many paths
trace-no-version = This version cannot be answered from here
trace-near = For “{ $typed }”, did you mean one of these?
trace-narrow = How to ask for fewer
trace-narrow-form = Name one item to arrive at, or choose some links only, in the form above.
trace-version-asked = Version { $asked } was asked for. The version in service is { $served }; nothing is shown from it in place of the other.
trace-here = Ask the same of version { $version }
trace-snapshot = Where version { $version } is to be had
trace-older = This answer is from version { $version }. The version in service is { $served }.

hop-implements = implements
hop-implements-back = is implemented by
hop-elaborates = elaborates
hop-elaborates-back = is elaborated by
hop-supports = supports
hop-supports-back = is supported by
hop-relatedTo = is related to
hop-relatedTo-back = is named as related by
hop-correspondsTo = corresponds to
hop-correspondsTo-back = is the counterpart of
hop-bearsOn = bears on
hop-bearsOn-back = is touched by
hop-inTensionWith = is in tension with
hop-inTensionWith-back = is put in tension by
hop-limits = limits
hop-limits-back = is limited by
hop-references = refers to
hop-references-back = is referred to by
hop-isPartOf = is part of
hop-isPartOf-back = contains
hop-meetsCriterion = meets the criterion
hop-meetsCriterion-back = is met by
hop-leadActor = is led by
hop-leadActor-back = leads
hop-partner = has as partner
hop-partner-back = is a partner in
hop-funder = is funded by
hop-funder-back = funds

match-exactMatch = exact match
match-closeMatch = close match
match-broadMatch = broader match
match-narrowMatch = narrower match
match-relatedMatch = related match

reason-passage = Passage
reason-characters = characters { $start } to { $end }
reason-confidence = confidence { $value }
reason-no-passage = No passage is named.
reason-as-printed = As printed
reason-judged-by = Judged or stated by { $who }
reason-record = the record of this link
