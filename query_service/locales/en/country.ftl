# Countries: the list and the sheets.
country-list-title = Countries
country-list-lead = { $with } countries have practices in these documents: { $practices } practices, of which some run in several countries. Each sheet says what was found, what was not, and where it stands.
country-list-caption = Countries with practices
country-choose = Compare
country-choose-one = Compare { $country }
country-country = Country
country-practices = Practices
country-evidenced = Principles evidenced
country-none-found = Reviewed, none found
country-levels = Levels
country-documents = Documents
country-compare-chosen = Compare the chosen countries
country-compare-hint = two to five
country-list-note = Numbers say what these documents hold, not what a country does. A country with one practice has few chances to show a principle.
country-without-title = Countries without practices
country-without-lead = The graph names these countries, but no document describes a practice there. They are not reviewed: nothing is known of them, and nothing is denied.
country-without-one = not reviewed: no practice described
country-without-chapter = a chapter describes its context, outside every denominator:
country-to-coverage = Coverage of principles by country
country-lead = { $count ->
    [one] { $count } of the { $all } practices of the graph runs here.
   *[other] { $count } of the { $all } practices of the graph run here.
  }
country-lead-principles = Of { $all } principles, { $evidenced } are evidenced, and { $none } were not found in the practices that were read.
country-only-these = This speaks of these documents only.
country-no-practices = No document describes a practice here. The country is not reviewed: nothing is known, and nothing is denied.
country-on-this-sheet = On this sheet
country-part-principles = Principles covered
country-part-gaps = Gaps
country-part-practices = Practices
country-part-organisations = Organisations
country-part-funding = Funding
country-part-counts = In numbers
country-part-sources = Sources
country-to-explorer = Narrow these practices
country-to-compare = Compare with other countries
country-chapter = A chapter on context
country-chapter-note = This chapter describes context and no practice of the common template. It is outside every denominator and in no figure.
country-chapter-names = It names:
country-found-in = { $of ->
    [one] Whether each principle was found in the one practice reviewed
   *[other] In how many of { $of } practices reviewed each principle was found
  }
country-gaps-note = A gap is something that was not found in these documents. It does not say that the country does nothing of the kind: others chose the practices that the documents describe.
country-gaps-none-found = { $of ->
    [one] Reviewed, none found: principles that the one practice reviewed does not carry out
   *[other] Reviewed, none found: principles that none of the { $of } practices reviewed carries out
  }
country-gaps-no-gap = None: every principle was found in at least one practice.
country-gaps-not-reviewed = Not reviewed: nothing is known
country-gaps-framework = Practices were not read for
country-gaps-all-reviewed = Nothing: all practices were read for all frameworks.
country-gaps-frameworks = How many provisions of each framework were found:
country-frameworks-caption = Provisions by framework in practices of { $country }
country-principles = Principles
country-types = Type
country-targets = Target groups
country-years = Years, as printed
country-ongoing = ongoing when the document was written
country-leads = Lead
country-funders = Funding
country-evidence = Evidence of results
country-other-countries = Also runs in
country-source = Source
country-organisations-caption = Organisations with a role in practices of { $country }, or based there
country-organisation = Organisation
country-kind = Kind
country-roles = Role
country-role-lead = Lead
country-role-partner = Partner
country-role-funder = Funder
country-based-only = named in the documents and based here, without a role in these practices
country-by-level = Levels of government that run or pay
country-by-type = Types of practice
country-by-area = Areas of intervention
country-by-theme = Themes and their parts
country-by-target = Target groups
country-by-body = Kinds of lead organisation
country-by-lead = Lead organisations
country-by-funder = Funders
country-by-funding-level = Level that pays
country-by-evidence = Evidence of results
country-by-start = Year of beginning, as printed
country-by-document = Documents
country-counts-note = Each number says in how many of the practices a value is stated; a practice may have several values.
country-nothing-to-count = no practice to count
country-places = Places named
country-mentions = Also said of it
country-change-documents = Further documents with practices of this country are read. A blank here never means “no”.
country-files-note = CSV holds the principles; XLSX and JSON hold all tables of this sheet.
country-matches = The same country elsewhere:
country-unknown-title = This country is not in the graph
country-unknown = No country of the graph has the code or name “{ $asked }”. That says nothing of the country: the documents do not name it.
country-unknown-near = Did you mean
country-unknown-all = All countries of the graph
