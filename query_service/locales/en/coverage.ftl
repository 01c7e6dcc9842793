# Coverage: the matrix, its cells, and the little matrix on other pages.
coverage-all = All
coverage-principle = Principle
coverage-provision = Provision
coverage-practices-reviewed = Practices reviewed
coverage-not-stated = Not stated
coverage-cell-evidenced = found in { $found } of { $reviewed ->
    [one] { $reviewed } practice reviewed
   *[other] { $reviewed } practices reviewed
  }
coverage-cell-none-found = none found in { $reviewed ->
    [one] { $reviewed } practice reviewed
   *[other] { $reviewed } practices reviewed
  }
coverage-cell-not-reviewed = not reviewed, nothing is known
coverage-legend-evidenced = Evidenced: so many reviewed practices carry it out
coverage-legend-none-found = Reviewed, none found: not found in these documents, which is not “does not exist”
coverage-legend-not-reviewed = Not reviewed: no practice was read, so nothing is known
coverage-glance-caption = Common Basic Principles by country: practices found
coverage-glance-foot = { $reviewed } of { $practices } practices reviewed; one that runs in several countries counts in each, and once in “All”.
coverage-glance-unread = Named in the graph, with no practice reviewed:
coverage-glance-more = The whole coverage, by other dimensions, with practices and reasons
coverage-title = Coverage
coverage-lead = Which provisions of a framework were found in which practices, and over how many practices that were read for it.
coverage-choose-framework = Framework
coverage-choose-by = By
coverage-choose-counted = Counted
coverage-show = Show
coverage-by-country = country
coverage-by-level = level of government that runs or pays
coverage-by-target-group = target group
coverage-by-theme = theme
coverage-by-sub-theme = sub-topic of a theme
coverage-by-type = type of practice
coverage-by-area = area of intervention
coverage-by-year = year in which the practice began
coverage-by-evidence-type = evidence of results
coverage-by-document = document
coverage-counted-asserted = Links made by document or judgement
coverage-counted-primary = Primary principles only
coverage-counted-inferred = Also what follows from other links
coverage-heading = { $framework }, by { $by }
coverage-caption = Practices found: { $framework }, by { $by }
coverage-not-coded = Practices were not read for this framework, and so no cell is reviewed: nothing is known of it, and nothing is denied.
coverage-into-cells = Every number, zero and question mark leads to its practices with reasons and passages.
coverage-what-this-is = What was counted
coverage-edition = Edition
coverage-edition-status = printed as { $status }
coverage-edition-adopted = adopted as { $number }
coverage-edition-issued = dated { $date }
coverage-edition-none = adoption and date not stated
coverage-edition-printed = printed in
coverage-edition-untold = edition of the Handbook not told
coverage-provisions = Provisions
coverage-of = { $count } of { $of }
coverage-links = Links counted
coverage-no-links = none
coverage-inferred = inferred from other links
coverage-notes = How to read it
coverage-note-counted-asserted = Counted are practices with a link to the provision that a document states or that was judged, primary or secondary.
coverage-note-counted-primary = Counted are practices whose primary principle this is; each practice has exactly one.
coverage-note-counted-inferred = Counted are practices with a link to the provision, and those that contribute to it by another provision that they carry out.
coverage-note-values = Evidenced: at least one practice that was read carries the provision out. Reviewed, none found: practices were read and none carries it out; it may well be done elsewhere. Not reviewed: no practice was read, so nothing is known.
coverage-note-several = A practice in several columns counts in each, and once in “All”: { $count } of { $of } do. Columns therefore do not add up to “All”.
coverage-note-nested = A practice with a narrower concept stands in the column of the broader one too.
coverage-note-year = A practice stands in the year in which it began, as printed.
coverage-note-chapter = Canada appears in a chapter that describes context and no practice; it is outside every denominator:
coverage-change = What would change this
coverage-change-not-coded = Somebody reads the practices for this framework and records what is found, or that nothing is.
coverage-change-empty = Practices of these columns are described and read for this framework; so far none was:
coverage-practices-in = { $count ->
    [0] no practice
    [one] { $count } practice
   *[other] { $count } practices
  }
coverage-change-documents = More documents are read. Only the documents named above were, and others chose their practices; a country with one practice has few chances to be found in.
coverage-change-cell = A link is corrected, added or withdrawn. Every cell shows the reasons of its links, which you can check against the passages.
coverage-change-overlay = Lay your own practices over the graph, and see what they would add
coverage-status-evidenced = Evidenced
coverage-status-none-found = Reviewed, none found
coverage-status-not-reviewed = Not reviewed
coverage-about-provision = More on this provision
coverage-to-country = All that the documents say of this country
coverage-cell-means-none-found = This speaks only of the practices in these documents. It does not say that nothing of the kind exists.
coverage-cell-means-not-reviewed = No practice was read here for this framework. This is neither “found” nor “not found”.
coverage-found = { $count ->
    [one] { $count } practice found
   *[other] { $count } practices found
  }
coverage-primary = primary principle
coverage-through = By way of
coverage-then = which leads on because:
coverage-trace = All ways from this practice to the provision
coverage-without = { $count ->
    [one] { $count } practice reviewed without it
   *[other] { $count } practices reviewed without it
  }
coverage-unread = { $count ->
    [one] { $count } practice not reviewed
   *[other] { $count } practices not reviewed
  }
coverage-change-found = One of the links above is withdrawn: read its reason and its passages, and say so if they do not carry it.
coverage-change-without = { $count ->
    [one] The practice read without it turns out to carry it out after all.
   *[other] One of the { $count } practices read without it turns out to carry it out after all.
  }
coverage-change-unread = { $count ->
    [one] The practice that was not read for this framework is read.
   *[other] One of the { $count } practices that were not read for this framework is read.
  }
coverage-change-nothing = A practice of this column is described: the documents have none.
coverage-change-read = Another document is read. These were:
colon = :
