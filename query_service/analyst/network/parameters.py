"""What an address of the network asks."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

__all__ = ["RELATIONS", "ROLES", "NetworkParameters", "Relation", "Role"]

Relation = Literal[
    "implements",
    "elaborates",
    "supports",
    "relatedTo",
    "correspondsTo",
    "inTensionWith",
    "limits",
    "bearsOn",
    "leadActor",
    "partner",
    "funder",
    "country",
]
Role = Literal["leadActor", "partner", "funder"]
RELATIONS: Final[tuple[Relation, ...]] = Relation.__args__  # type: ignore[attr-defined]
ROLES: Final[tuple[Role, ...]] = Role.__args__  # type: ignore[attr-defined]
#: What stands for every framework.
EVERY: Final = "all"


def _split(value: Any) -> Any:
    """Several values may stand in one, between commas; what is left empty says nothing."""
    return [name.strip() for one in value for name in one.split(",") if name.strip()] if isinstance(value, list) else value


class NetworkParameters(BaseModel):
    """Parameters of ``/network``; by default the Common Basic Principles with the practices that put each of them first."""

    model_config = ConfigDict(frozen=True)

    view: Literal["links", "actors"] = Field(
        default="links", description="the network of links, or organisations across principles"
    )
    framework: Annotated[list[str], BeforeValidator(_split)] = Field(
        default=["eu-cbp-2004"], description="frameworks whose provisions are shown, by key; all for every one"
    )
    relation: Annotated[list[Relation], BeforeValidator(_split)] = Field(default=["implements"], description="links to show")
    strength: Literal["primary", "any"] = Field(
        default="primary", description="primary: of the links from practices to Common Basic Principles the primary ones alone"
    )
    country: Annotated[list[str], BeforeValidator(_split)] = Field(
        default=[], description="countries of the practices, by ISO 3166-1 code of three letters; all by default"
    )
    linked_only: bool = Field(default=False, description="leave out provisions without any such link")
    role: Annotated[list[Role], BeforeValidator(_split)] = Field(
        default=[], description="for organisations: what they do in practices; anything by default"
    )
    page: int = Field(default=1, ge=1, description="page of the tables; data holds all")

    def query(self, **other: Any) -> str:
        """Query string that asks the same, but for some parameters; what has its default is left out."""
        values = self.model_dump() | other
        defaults = {name: field.default for name, field in type(self).model_fields.items()}
        told = {name: value for name, value in values.items() if value is not None and defaults.get(name, ...) != value}
        return urlencode({name: str(value).lower() if value is True else value for name, value in told.items()}, doseq=True)
