# The front page.
home-title = Start
home-what = Which practices carry out which principles of migrant integration in Europe, and why we say so: the EU’s Common Basic Principles and the Handbooks’ conclusions, recommendations of the Council of Europe, and documented practices, linked to each other as data.
home-reasons = Every link tells its reason, the passages it rests on, how sure it is, and who judged it.
home-truth = What was not found in these documents may exist all the same, and what was not reviewed is shown as such. Language models judged the links; no person has reviewed them yet.
home-more = How links are made and checked
home-search = Search practices, principles, organisations, places and themes
home-practices = { $count ->
    [one] practice
   *[other] practices
  }
home-provisions = { $count ->
    [one] principle, conclusion or recommendation
   *[other] principles, conclusions and recommendations
  }
home-links = { $count ->
    [one] link with its reason
   *[other] links with their reasons
  }
home-documents = { $count ->
    [one] document
   *[other] documents
  }
home-glance = Coverage at a glance
home-frameworks = The frameworks
home-framework-provisions = { $count ->
    [one] { $count } provision
   *[other] { $count } provisions
  }
home-framework-practices = A link leads to it from { $found } of { $reviewed } practices reviewed.
home-framework-unread = Practices were not reviewed for it.
home-framework-source = { $count ->
    [one] { $count } conclusion can be traced to it.
   *[other] { $count } conclusions can be traced to it.
  }
home-framework-status = Printed as: { $status }.
home-framework-adopted = Adopted as { $number }.
home-new = What is new
home-unreleased = The version in service, { $version }, has not been published as a release.
home-changes = What changed, release by release
home-feed = Feed (Atom)
home-ways = Ways in
home-for-analysts = For analysts
home-for-researchers = For researchers
home-for-programs = For programs
home-command-line = the same queries on the command line, with tables for pandas and spreadsheets
