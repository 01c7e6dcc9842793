"""What the explorer is asked: values of facets, words, and how the result is to be shown; and the address of each question."""

from __future__ import annotations

from typing import Final, Literal, get_args
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, field_validator

__all__ = ["FACET_NAMES", "PAGE_SIZE", "SORTS", "VIEWS", "PracticeQuestion", "Sort", "ViewName"]

ViewName = Literal["list", "table", "map", "timeline"]
VIEWS: Final[tuple[ViewName, ...]] = get_args(ViewName)
Sort = Literal["title", "country", "level", "principle", "oldest", "latest"]
SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
#: Practices on one page of a list or table; downloads always hold all.
PAGE_SIZE: Final = 50
#: Names of the parameters that are facets, in the order in which they are shown.
FACET_NAMES: Final = (
    "country",
    "level",
    "body",
    "principle",
    "primary",
    "target",
    "theme",
    "area",
    "type",
    "funder",
    "start",
    "evidence",
    "document",
)
_MOST_VALUES: Final = 100


def _values(of: str) -> tuple[str, ...]:
    """A facet: any of its values, each given by one parameter."""
    found: tuple[str, ...] = Field(default=(), max_length=_MOST_VALUES, description=f"{of}; repeat it for one value or another")
    return found


class PracticeQuestion(BaseModel):
    """Which practices, and how they are shown. Values of one facet are alternatives; facets narrow one another.

    ``not-stated`` is a value of every facet for which some practice states nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str = Field(default="", max_length=200, description="words that title or summary contain, whatever their case and accents")
    country: tuple[str, ...] = _values("country by its ISO 3166-1 alpha-3 code in lower case, e.g. est")
    level: tuple[str, ...] = _values("level of government, e.g. local")
    body: tuple[str, ...] = _values("kind of body that runs the practice, e.g. public-local")
    principle: tuple[str, ...] = _values("Common Basic Principle that the practice implements, e.g. cbp-9")
    primary: tuple[str, ...] = _values("Common Basic Principle that it implements above all, e.g. cbp-9")
    target: tuple[str, ...] = _values("target group, e.g. refugees")
    theme: tuple[str, ...] = _values("theme, with all its parts, or one part, e.g. active-citizenship/consultation")
    area: tuple[str, ...] = _values("area of intervention, e.g. education")
    type: tuple[str, ...] = _values("practice type, e.g. project")
    funder: tuple[str, ...] = _values("organisation or programme that pays, e.g. european-social-fund")
    start: tuple[str, ...] = _values("year printed as its beginning, e.g. 2022")
    evidence: tuple[str, ...] = _values("on what the document rests the results, e.g. evaluated")
    document: tuple[str, ...] = _values("source document, e.g. cdadi-2024-39")
    view: ViewName = Field(default="list", description="how the result is shown")
    sort: Sort | None = Field(default=None, description="order; by title, and on the timeline the oldest first, if not given")
    page: int = Field(default=1, ge=1, description="page of a list or table")
    format: str | None = Field(default=None, description="form of the answer, e.g. csv; goes before the Accept header")
    lang: str | None = Field(default=None, description="language of the page: en, fr or de")
    raw: Literal["0", "1"] = Field(default="0", description="1 leaves cells of tables as they are, formulas too")

    @field_validator(*FACET_NAMES, mode="after")
    @classmethod
    def _without_blanks(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        """Drop what an empty control of a form sends, and say nothing twice."""
        return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Values chosen of a facet."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    @property
    def order(self) -> Sort:
        """The order of the result."""
        return self.sort or ("oldest" if self.view == "timeline" else "title")

    def toggled(self, facet: str, value: str) -> PracticeQuestion:
        """The question with a value of a facet chosen, or no longer chosen."""
        values = self.chosen(facet)
        changed = tuple(one for one in values if one != value) if value in values else (*values, value)
        return self.model_copy(update={facet: changed, "page": 1})

    def cleared(self) -> PracticeQuestion:
        """The question without any narrowing, shown as it was."""
        return PracticeQuestion(view=self.view, sort=self.sort)

    def filters(self) -> list[tuple[str, str]]:
        """Parameters that say which practices."""
        pairs = [(facet, value) for facet in FACET_NAMES for value in self.chosen(facet)]
        return [("q", self.q.strip()), *pairs] if self.q.strip() else pairs

    def query(self, *, form: str = "") -> str:
        """Query string of its address, without what is said by default.

        :param form: format, of an address that names one; such a file holds all practices found, however they are shown.
        """
        pairs = self.filters()
        if self.sort:
            pairs.append(("sort", self.sort))
        if form:
            pairs.append(("format", form))
        else:
            pairs += [("view", self.view)] * (self.view != "list") + [("page", str(self.page))] * (self.page > 1)
        return urlencode(pairs, safe="/")

    def path(self, *, form: str = "") -> str:
        """Path and query of its address; parameters as :meth:`query`."""
        query = self.query(form=form)
        return f"practice?{query}" if query else "practice"
