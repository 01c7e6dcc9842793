"""Values as pages show them, with the graphs that state them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["PropertyRow", "Value"]


class Value(BaseModel):
    """A value on a page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(description="what is shown")
    language: str = Field(default="", description="language of the text; empty where it has none")
    url: str | None = Field(default=None, description="where it leads; none for a text")
    is_external: bool = Field(default=False, description="whether that is elsewhere")
    graphs: tuple[str, ...] = Field(default=(), description="names of the graphs that state it")


class PropertyRow(BaseModel):
    """A property with its values."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    property: Value = Field(description="the property")
    values: tuple[Value, ...] = Field(description="its values, sorted by their texts")
    more: int = Field(description="values that are not shown")
