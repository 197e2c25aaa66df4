"""What a model says, taken apart: every item is checked for itself, so that a bad one does not take the good with it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.extract.llm.service import ServiceError, shown
from kg.model import Certainty, DateOf, Defect, RelationshipStatus, Role
from kg.patterns import regex

_MOST: Final = 500
"""Items of a list, and incidents."""
_FENCE: Final = regex(r"\s*```[A-Za-z]*[ \t]*\n(.*?)(?:\n```.*|\Z)", re.DOTALL)


class _Item(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class ToldParty(_Item):
    """Who took part, by the printed name."""

    name: str = Field(min_length=1, max_length=300)
    role: Role


class ToldRelation(_Item):
    """Customer uses supplier, both by their printed names, and the words that show it."""

    customer: str = Field(min_length=1)
    supplier: str = Field(min_length=1)
    status: RelationshipStatus = RelationshipStatus.ACTIVE
    quote: str = Field(min_length=1)


class ToldWords(_Item):
    """The words of a kind of data, or of a count."""

    quote: str = Field(min_length=1, max_length=300)


class ToldDate(ToldWords):
    """The words of a date, and what it dates."""

    what: DateOf


class ToldResponse(ToldWords):
    """The words of a response, who did it, to whom."""

    actor: str = Field(min_length=1)
    target: str | None = None


class _Incident(_Item):
    certainty: Certainty = Certainty.CONFIRMED
    parties: list[Any] = []
    uses_vendor: list[Any] = []
    data_types: list[Any] = []
    counts: list[Any] = []
    dates: list[Any] = []
    responses: list[Any] = []


@dataclass(slots=True)
class ToldIncident:
    """One incident as a model tells it: items with their places in the answer. Nothing of it is looked up yet."""

    place: str
    certainty: Certainty
    parties: list[tuple[str, ToldParty]] = field(default_factory=list)
    uses_vendor: list[tuple[str, ToldRelation]] = field(default_factory=list)
    data_types: list[tuple[str, ToldWords]] = field(default_factory=list)
    counts: list[tuple[str, ToldWords]] = field(default_factory=list)
    dates: list[tuple[str, ToldDate]] = field(default_factory=list)
    responses: list[tuple[str, ToldResponse]] = field(default_factory=list)


def parse(content: str) -> tuple[list[ToldIncident], list[Defect]]:
    """Return the incidents of an answer, and a defect for every item that is not as it should be.

    Raises:
        ServiceError: the answer as a whole is not.
    """
    fenced = _FENCE.match(content)
    try:
        told = json.loads(fenced[1] if fenced else content)
    except (ValueError, RecursionError) as error:
        raise ServiceError(f"the model's answer is no JSON ({_reason(error)}): {shown(content)}") from None
    listed = told.get("incidents") if isinstance(told, dict) else told
    if not isinstance(listed, list):
        raise ServiceError(f"the model's answer has no list of incidents: {shown(content)}")
    found: list[ToldIncident] = []
    defects: list[Defect] = []
    for number, value in enumerate(listed[:_MOST]):
        place = f"incidents[{number}]"
        incident = _checked(_Incident, value, place, defects)
        if incident is not None:
            found.append(_told(incident, place, defects))
    if len(listed) > _MOST:
        defects.append(Defect(f"incidents[{_MOST}]", f"is left out with all after it: more than {_MOST} incidents"))
    return found, defects


def _told(incident: _Incident, place: str, defects: list[Defect]) -> ToldIncident:
    told = ToldIncident(place, incident.certainty)
    told.parties = _items(ToldParty, incident.parties, f"{place}.parties", defects)
    told.uses_vendor = _items(ToldRelation, incident.uses_vendor, f"{place}.uses_vendor", defects)
    told.data_types = _items(ToldWords, incident.data_types, f"{place}.data_types", defects)
    told.counts = _items(ToldWords, incident.counts, f"{place}.counts", defects)
    told.dates = _items(ToldDate, incident.dates, f"{place}.dates", defects)
    told.responses = _items(ToldResponse, incident.responses, f"{place}.responses", defects)
    return told


_Kind = TypeVar("_Kind", bound=BaseModel)


def _items(kind: type[_Kind], values: list[Any], place: str, defects: list[Defect]) -> list[tuple[str, _Kind]]:
    """The good ones of a list of items, each with its place."""
    found = []
    for number, value in enumerate(values[:_MOST]):
        at = f"{place}[{number}]"
        item = _checked(kind, value, at, defects)
        if item is not None:
            found.append((at, item))
    if len(values) > _MOST:
        defects.append(Defect(f"{place}[{_MOST}]", f"is left out with all after it: more than {_MOST} items"))
    return found


def _checked(kind: type[_Kind], value: Any, place: str, defects: list[Defect]) -> _Kind | None:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        defects.append(Defect(f"{place}{'.' + where if where else ''}", f"is not as it should be: {first['msg']}"))
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)
