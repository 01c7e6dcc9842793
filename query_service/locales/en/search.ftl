# The search page and the suggestions of every search field.
search-title = Search
search-title-for = Search: { $query }
search-field = Words to search for
search-help = Words are found in all their forms and, through the names in the graph, in English, French and German. Use AND, OR, NOT or a minus sign, quotes for words that follow each other, parentheses, and * for a beginning.
search-strict = Only words exactly as written
search-strict-hint = no other forms, spellings or names
search-run = Search
search-hits = { $count ->
    [0] Nothing found
    [one] 1 hit
   *[other] { $count } hits
}
search-hits-for = for “{ $query }”
search-in-version = in dataset version
search-corrected = Showing results for “{ $corrected }”, for the dataset does not have every word of “{ $query }”.
search-literal = Search for exactly what you wrote
search-relaxed = Nothing has all of these words. These hits have some of them.
search-unclosed-quote = A quotation mark was not closed; the words up to the end were read as one phrase.
search-unclosed-parenthesis = A parenthesis was not closed; it was read as closed at the end.
search-stray-parenthesis = A closing parenthesis without an opening one was left out.
search-stray-operator = An AND, OR or NOT without a word beside it was left out.
search-too-deep = Parentheses inside too many others were left out.
search-too-many-words = Only the first words were searched, for there were too many.
search-also = Also searched
search-also-for = for “{ $words }”:
search-also-name = name of
search-also-texts = from texts in three languages
search-mode-strict = Exact words only: no other forms, spellings or names were searched.
search-to-strict = Search for exact words only
search-to-wide = Search for other forms and names too
search-facets = Narrow down
search-facet-kind = Kind
search-facet-framework = Framework
search-facet-country = Country
search-facet-language = Named or described in
search-more-values = More
search-chosen = Chosen
search-remove = remove
search-remove-all = Remove all
search-results = Hits
search-exact = exact match
search-matched = Words found:
search-wording = From the document
search-reason = Reason of a link, judged by a language model
search-pages = Pages of hits
search-page-before = Earlier hits
search-page-after = Further hits
search-page-of = Page { $page } of { $pages }
search-downloads = All { $count } hits as data
search-empty-searched = { $wordings ->
    [yes] Searched were the names, summaries and numbers of all items, the reasons of links, and the wordings of the documents.
   *[no] Searched were the names, summaries and numbers of all items and the reasons of links. The wordings of the documents are not at hand here.
}
search-empty-meaning = That something is not found here does not say that it does not exist: this graph holds five documents.
search-empty-ways = What you can try
search-empty-fewer = fewer or more general words, or OR between them
search-empty-wide = other forms and names too
search-empty-facets = without narrowing down
search-empty-practices = look through all practices
search-empty-principles = look through all principles
search-empty-sparql = ask a question with SPARQL, or one of the checked examples
search-tries = For example
search-suggestions = Suggestions
search-suggested = { $count ->
    [0] No suggestions
    [one] 1 suggestion; choose with the arrow keys
   *[other] { $count } suggestions; choose with the arrow keys
}
search-language-en = English
search-language-fr = French
search-language-de = German
search-kinds-practice = Practices
search-kinds-principle = Principles
search-kinds-conclusion = Conclusions
search-kinds-recommendation = Recommendations
search-kinds-guideline = Guidelines
search-kinds-question = Questions of the guide
search-kinds-criterion = Criteria
search-kinds-actor = Organisations
search-kinds-place = Places
search-kinds-concept = Themes and other concepts
search-kinds-document = Documents and instruments
search-kinds-chapter = Context chapter
search-kinds-link = Reasons of links
search-kinds-passage = Passages
search-kinds-example = Example queries
search-kind-practice = Practice
search-kind-principle = Principle
search-kind-conclusion = Conclusion
search-kind-recommendation = Recommendation
search-kind-guideline = Guideline
search-kind-question = Question
search-kind-criterion = Criterion
search-kind-actor = Organisation
search-kind-place = Place
search-kind-document = Document
search-kind-framework = Framework
search-kind-instrument = Instrument or document cited
search-kind-chapter = Context chapter
search-kind-link = Reason of a link
search-kind-passage = Passage
search-kind-example = Example query
search-kind-theme = Theme
search-kind-area = Area of intervention
search-kind-target-group = Target group
search-kind-practice-type = Type of practice
search-kind-level = Level of government
search-kind-heading = Heading
search-kind-actor-kind = Kind of organisation
search-kind-evidence-type = Kind of evidence
search-kind-role = Role
search-kind-term = Glossary term
search-about = { $what }:
search-about-subject = Theme
search-about-areaOfIntervention = Area of intervention
search-about-practiceType = Type
search-about-targetGroup = Target group
search-about-governanceLevel = Level
search-about-country = Country
search-about-spatial = Place
search-about-basedIn = Based in
search-about-actorKind = Kind
search-about-leadActor = Lead
search-about-partner = Partner
search-about-funder = Funder
search-about-underHeading = Heading
