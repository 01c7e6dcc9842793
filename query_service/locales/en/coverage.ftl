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
