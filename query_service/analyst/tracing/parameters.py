"""What an address of the trace asks, and addresses that ask something near to it."""

from __future__ import annotations

from typing import Annotated, Any, Final
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from query_service.trace.choices import WALKED, Target
from query_service.trace.question import Question

__all__ = ["HOPS", "MOST_PATHS", "TraceParameters"]

#: Choices for the longest path.
HOPS: Final = (1, 2, 3, 4, 5, 6)
MOST_PATHS: Final = 5000


def _nothing(value: Any) -> Any:
    """A field of a form that was left empty says nothing."""
    return None if isinstance(value, str) and not value.strip() else value


def _plus(value: Any) -> Any:
    """In an address a plus sign that was not escaped is a blank, and versions hold none."""
    return value.strip().replace(" ", "+") if isinstance(value, str) else value


def _split(value: Any) -> Any:
    """Several properties may stand in one value, between commas."""
    return [name for one in value for name in one.split(",") if name] if isinstance(value, list) else value


class TraceParameters(BaseModel):
    """Parameters of ``/trace``."""

    model_config = ConfigDict(frozen=True)

    start: Annotated[str | None, BeforeValidator(_nothing)] = Field(
        default=None, description="item to start from: title, key, path or IRI"
    )
    end: Annotated[str | None, BeforeValidator(_nothing)] = Field(
        default=None, description="item to arrive at; without one, all items of a kind"
    )
    to: Annotated[Target | None, BeforeValidator(_nothing)] = Field(
        default=None,
        description="kind to arrive at where no item is named; by default principles from a practice, else practices",
    )
    max_hops: int = Field(default=4, ge=1, le=max(HOPS), description="hops of the longest path")
    property: Annotated[list[str], BeforeValidator(_split)] = Field(
        default=[], description=f"links to walk, all by default: {', '.join(walked.local_name() for walked in WALKED)}"
    )
    structure: bool = Field(default=False, description="walk memberships, criteria met and roles of organisations too")
    one_way: bool = Field(default=False, description="only paths whose hops all go the same way")
    through: bool = Field(default=False, description="let paths go on through items of the kind to arrive at")
    version: Annotated[str | None, BeforeValidator(_nothing), BeforeValidator(_plus)] = Field(
        default=None, description="version of the dataset to answer from; the one in service by default"
    )
    page: int = Field(default=1, ge=1, description="page of the paths told in words; data holds all paths")

    def question(self, start: str, end: str | None) -> Question:
        """What is asked, with both items by their paths."""
        return Question(
            start=start,
            end=end,
            to=None if end else self.to,
            max_hops=self.max_hops,
            max_paths=MOST_PATHS,
            properties=tuple(self.property),
            structure=self.structure,
            one_way=self.one_way,
            through=self.through,
            wording=True,
        )

    def query(self, **other: Any) -> str:
        """Query string that asks the same, but for some parameters.

        :param other: parameters with another value; what has its default is left out.
        """
        values = self.model_dump() | other
        defaults = {name: field.default for name, field in type(self).model_fields.items()}
        told = {name: value for name, value in values.items() if value is not None and defaults.get(name, ...) != value}
        return urlencode({name: str(value).lower() if value is True else value for name, value in told.items()}, doseq=True)
