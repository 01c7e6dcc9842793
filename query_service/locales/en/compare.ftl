# Comparison.
compare-title = Compare
compare-lead = Two to five countries, frameworks, provisions or practices side by side, with the reasons and passages behind what is said.
compare-one-more = Choose at least one more.
compare-change = Choose others
compare-countries = Countries
compare-country-number = Country { $number }
compare-none = none
compare-only = Only practices of
compare-theme = Theme, or a part of one
compare-all-themes = all themes
compare-area = Area of intervention
compare-all-areas = all areas
compare-all-principles = all principles
compare-button-countries = Compare countries
compare-frameworks = Frameworks
compare-button-frameworks = Compare frameworks
compare-items = Provisions or practices
compare-items-hint = Two to five provisions, or two to five practices: choose from the list, or type a title, a key such as cbp-9, a path or an IRI.
compare-item-number = Item { $number }
compare-button-items = Compare these
compare-at-a-glance = At a glance
compare-practices-caption = Practices in these documents
compare-narrowed = { $count } of { $of } practices of the country
compare-none-narrowed = { $of ->
    [one] The one practice of this country is not of this choice.
   *[other] None of the { $of } practices of this country is of this choice.
  }
compare-list = list them
compare-principles = Principles
compare-principles-caption = Principles found in these practices, by country
compare-differ = Difference
compare-differs = they differ
compare-in-all-principles = { $count ->
    [0] No principle is evidenced in all of them.
    [one] One principle is evidenced in all of them:
   *[other] { $count } principles are evidenced in all of them:
  }
compare-in-none-principles = { $count ->
    [0] No principle was reviewed in all of them and found in none.
    [one] One principle was reviewed in all of them and found in none:
   *[other] { $count } principles were reviewed in all of them and found in none:
  }
compare-summary = Summary
compare-status = Status
compare-adopted = Adopted as
compare-date = Date
compare-cited = Instruments and documents cited
compare-no-provisions = no provisions of its own in the graph
compare-coverage-by-level = Coverage by level of government that runs or pays
compare-coverage-by-country = Coverage by country
compare-coverage-note = How many of its provisions were found in at least one practice that was read for it.
compare-coverage-count = { $reviewed ->
    [one] of { $of } provisions, in { $reviewed } practice reviewed
   *[other] of { $of } provisions, in { $reviewed } practices reviewed
  }
compare-between = Links between them
compare-between-all = { $count ->
    [one] The link with its reason
   *[other] All { $count } links with their reasons
  }
compare-between-none = No link between their provisions is recorded. This is not to say that they have nothing in common.
compare-match-exactMatch = exact match
compare-match-closeMatch = close match
compare-match-broadMatch = broader match
compare-match-narrowMatch = narrower match
compare-match-relatedMatch = related match
compare-shared = What they share
compare-shared-none = They have no value in common among those below.
compare-side-by-side = Side by side
compare-features-caption = Values of each; those that all have are marked
compare-in-all = in all
compare-in-some = in { $count } of { $of }
compare-no-value = none stated
compare-links = Links, with reasons and passages
compare-links-lead = What leads from each to others and from others to it, why we say so, and where that stands.
compare-no-links = no link recorded
compare-files-note = Files hold all figures with their denominators, IRIs and labels.
compare-feature-framework = Framework
compare-feature-number = Number
compare-feature-edition = Edition of the Handbook
compare-feature-heading = Printed heading
compare-feature-themes = Themes
compare-feature-elaborates = Elaborates
compare-feature-related = Related to
compare-feature-supports = Supports
compare-feature-corresponds = Corresponds to
compare-feature-tensions = In tension with, or limiting
compare-feature-led-to-by = Provisions that lead to it
compare-feature-practices = Practices that implement it
compare-feature-documents = Document
compare-feature-countries = Countries
compare-feature-levels = Levels of government that run or pay
compare-feature-types = Type
compare-feature-areas = Area of intervention
compare-feature-targets = Target groups
compare-feature-primary = Primary principle
compare-feature-principles = Principles implemented
compare-feature-provisions = Other provisions implemented
compare-feature-leads = Lead
compare-feature-partners = Partners
compare-feature-funders = Funders
compare-feature-years = Years, as printed
compare-feature-evidence = Evidence of results
compare-feature-criteria = Criteria met
compare-out-implements = implements
compare-in-implements = is implemented by
compare-out-elaborates = elaborates
compare-in-elaborates = is elaborated by
compare-out-supports = supports
compare-in-supports = is supported by
compare-out-relatedTo = is related to
compare-in-relatedTo = is named as related by
compare-out-correspondsTo = corresponds to
compare-in-correspondsTo = is the counterpart of
compare-out-bearsOn = bears on
compare-in-bearsOn = is touched by
compare-out-inTensionWith = is in tension with
compare-in-inTensionWith = is put in tension by
compare-out-limits = limits
compare-in-limits = is limited by
compare-out-references = refers to
compare-in-references = is referred to by
