"""What a trace is asked."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from query_service.trace.choices import Target

__all__ = ["Question"]


class Question(BaseModel):
    """What is to be traced."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: str = Field(description="item to start from: path, IRI or short key")
    end: str | None = Field(default=None, description="item to arrive at; none for all items of a kind")
    to: Target | None = Field(
        default=None, description="kind to arrive at; by default principles from a practice, else practices"
    )
    max_hops: int = Field(default=4, ge=1, description="hops of the longest path")
    max_paths: int = Field(default=5000, ge=1, description="with more paths than this there is an error, never a part of them")
    properties: tuple[str, ...] = Field(default=(), description="properties to walk, by local name; all by default")
    structure: bool = Field(default=False, description="walk memberships, criteria met and roles of organisations too")
    one_way: bool = Field(default=False, description="only paths whose hops all go the same way")
    through: bool = Field(default=False, description="let paths go on through items of the kind to arrive at")
    wording: bool = Field(default=False, description="quote the passages, where the documents are present")
