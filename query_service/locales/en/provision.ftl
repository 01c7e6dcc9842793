# Principles, conclusions, recommendations and guidelines.
provisions-title = Principles and recommendations
provisions-lead = All frameworks with what they ask for, and how many documented practices carry each of it out.
provisions-frameworks = Frameworks
provisions-all = All frameworks
provisions-how-counted = “Primary” counts practices of which this is the main principle; each practice has exactly one. “Linked” counts all practices with an asserted link, primary ones among them. “Inferred only” counts practices that contribute to a principle by what they implement, without a link of their own. None found means none in these documents; it may well be done elsewhere.
provisions-read = { $reviewed } of { $total } practices were read for it.
provisions-not-read = Practices were not read for this framework, so nothing can be said of practices linked to it.
provisions-caption = { $count ->
    [one] { $count } provision
   *[other] { $count } provisions
 } with the number of practices
provisions-provision = Provision
provisions-primary = Primary
provisions-asserted = Linked
provisions-inferred = Inferred only
provisions-unread = not read
provisions-printed-as = printed as { $status }
provisions-adopted-as = adopted as { $number }
provisions-dated = dated { $date }
provisions-no-date = adoption and date not stated
provisions-printed-in = printed in
provisions-others = Frameworks without provisions of their own here

provision-kind-principle = Principle
provision-kind-conclusion = Conclusion
provision-kind-recommendation = Recommendation
provision-kind-guideline = Guideline
provision-all = all its provisions
provision-our-summary = Our summary, not the official wording.
provision-heading = Under the heading
provision-edition = From the edition
provision-themes = Themes
provision-wording = Official wording
provision-wording-elsewhere = The wording belongs to the publishers and is not shown here. The page of the document tells where it can be had; this is where it stands in it.
provision-also-printed = { $count ->
    [one] Printed in { $count } more place
   *[other] Printed in { $count } more places
 }
provision-practices = Practices that implement it
provision-practices-count = { $found } of { $reviewed } practices read for this framework are linked to it ({ $total } in all).
provision-practices-none = None was found in these documents; it may well be done elsewhere.
provision-practices-unread = Practices were not read for this framework. That no practice is listed says nothing about what is done.
provision-practices-data = The practices with reasons and positions of passages, as data:
provision-trace-all = as a trace
provision-primary = { $count ->
    [one] { $count } practice has it as its primary principle
   *[other] { $count } practices have it as their primary principle
 }
provision-secondary = { $count ->
    [one] { $count } practice is linked to it
   *[other] { $count } practices are linked to it
 } beside something else that comes first
provision-inferred = { $count ->
    [one] { $count } more contributes by inference alone
   *[other] { $count } more contribute by inference alone
 }
provision-inferred-what = Nobody has judged these links themselves: they follow from what the practices implement and what that elaborates or supports.
provision-inferred-show = { $count ->
    [one] Show it, with what it follows from
   *[other] Show these { $count }, with what each follows from
 }
provision-through = through
provision-trace-one = trace the link
provision-coverage = Where practices were found
provision-coverage-how = Counted are practices with an asserted link, among the { $reviewed } of { $total } read for this framework; dataset version { $version }. “None found” speaks of these documents alone.
provision-by-country = By country
provision-by-level = By level of government that runs or pays
provision-column-not-stated = not stated
provision-coverage-caption = Practices found, of those read
provision-coverage-found = Found
provision-coverage-nowhere = none in these documents
provision-of = of { $reviewed } read
provision-none-found = { $count ->
    [one] Read, none found: { $count }
   *[other] Read, none found: { $count }
 }
provision-not-reviewed = { $count ->
    [one] No practice in these documents, so nothing is known: { $count }
   *[other] No practice in these documents, so nothing is known: { $count }
 }
provision-coverage-all = The whole framework laid out this way
provision-leading = Elaboration and support
provision-elaborates = { $count ->
    [one] It elaborates
   *[other] It elaborates { $count }
 }
provision-elaborates-back = { $count ->
    [one] Elaborated by { $count } conclusion
   *[other] Elaborated by { $count } conclusions
 }
provision-relatedTo = { $count ->
    [one] The document lists it as related to
   *[other] The document lists it as related to { $count }
 }
provision-relatedTo-back = { $count ->
    [one] { $count } conclusion is listed as related
   *[other] { $count } conclusions are listed as related
 }
provision-supports = { $count ->
    [one] It supports { $count } principle
   *[other] It supports { $count } principles
 }
provision-supports-back = { $count ->
    [one] Supported by { $count } recommendation or guideline
   *[other] Supported by { $count } recommendations and guidelines
 }
provision-related = Related items
provision-correspondsTo = Corresponds to
provision-correspondsTo-back = Counterparts in other frameworks
provision-inTensionWith = In tension with
provision-inTensionWith-back = In tension with it
provision-limits = It limits
provision-limits-back = Limited by
provision-bearsOn = Bears on
provision-bearsOn-back = Criteria for practices that bear on it
provision-references = Refers to
provision-references-back = Referred to by
provision-questions = Questions of the guide
provision-questions-on = The guide asks these on its counterpart,
provision-neighbours = Before and after in its framework
provision-statements = All statements of the graph about it, in English
provision-contents = On this page
provision-contents-coverage = Coverage
provision-contents-practices = Practices
