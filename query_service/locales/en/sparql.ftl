# The page of the SPARQL endpoint, its editor, and the list of examples.
sparql-title = SPARQL
sparql-lead = Ask the graph with SPARQL 1.1. Nothing can be changed from here: updates and SERVICE are refused.
sparql-of-version = Dataset version
sparql-no-editor = The editor with completion, chart and graph was not built on this machine, since Node.js was not at hand. The form below works without. To have the editor, install Node.js 18 or newer and start the service again with make serve.
sparql-ask = Query
sparql-editor = Query in SPARQL
sparql-format = Format of the answer
sparql-run = Run
sparql-stop = Stop
sparql-running = The query is running.
sparql-complete = Ctrl+Space completes; Ctrl+Enter runs; Esc leaves the editor.
sparql-copy = Copy a lasting link
sparql-copied = The link was copied. It holds the query and the view.
sparql-results = Answer
sparql-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
sparql-triples = { $count ->
    [one] 1 triple
   *[other] { $count } triples
}
sparql-milliseconds = in { $count } ms
sparql-version = Dataset version
sparql-views = Show as
sparql-table = Table
sparql-chart = Chart
sparql-graph = Graph
sparql-source = Source
sparql-yes = Yes
sparql-no = No
sparql-filter = Only rows with
sparql-filtered = { $count } of { $total } rows
sparql-previous = Earlier rows
sparql-next = Further rows
sparql-page = Page { $page } of { $pages }
sparql-sort = Sort by { $column }
sparql-empty = The query ran and found nothing in this dataset. That does not say that there is nothing.
sparql-downloads = Download the whole answer
sparql-failed = The query was not answered
sparql-line = Line { $line }
sparql-found = Found
sparql-expected = Expected
sparql-mend = To mend
sparql-offline = The service did not answer.
sparql-chart-kind = Kind of chart
sparql-chart-bar = Bars
sparql-chart-line = Line
sparql-chart-ring = Ring
sparql-chart-labels = Labels
sparql-chart-values = Values
sparql-chart-first = The first { $count } of { $total } rows are drawn.
sparql-chart-text = Chart of the answer; the table has the same numbers.
sparql-picture = Save as picture
sparql-graph-text = Graph of { $nodes } things and { $edges } statements; the table has the same.
sparql-graph-first = The first { $count } of { $total } statements are drawn.
sparql-graph-fit = Fit to window
sparql-graph-in = Closer
sparql-graph-out = Farther
sparql-graph-open = Open its page
sparql-graph-nothing = Choose a thing in the graph to read its name.
sparql-too-long = The query is too long for a link.
sparql-uses = used { $count } times
sparql-part-missing = This view could not be loaded.
sparql-loading = Loading …
sparql-examples-how = Choose a question to have its query in the editor.
sparql-examples-filter = Only questions with
sparql-examples-all = All examples with their parameters
sparql-programs = From a program
sparql-programs-how = Send the query as query= by GET or POST, or as the body of a POST of type application/sparql-query. Choose the format by Accept or format=.
sparql-graphs = default-graph-uri= and named-graph-uri=, each as often as needed, name the graphs to query.
sparql-description = The service description lists them.
examples-title = Example queries
examples-lead = { $count ->
    [one] One question to the dataset, with a query whose answer is checked.
   *[other] { $count } questions to the dataset, each with a query whose answer is checked.
}
examples-how = Each can be asked by its address, where it has parameters with other values; an item is named by its key, its path or its IRI. Open one in the editor to change it.
examples-own = Write a query of your own
examples-about = About:
examples-rows = { $count ->
    [one] 1 row expected.
   *[other] { $count } rows expected.
}
examples-triples = { $count ->
    [one] 1 triple expected.
   *[other] { $count } triples expected.
}
examples-checked = Last checked on { $day }.
examples-format = Format
examples-ask = Ask
examples-open = Open in the editor
examples-query = Query
