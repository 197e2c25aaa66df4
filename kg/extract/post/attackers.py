"""The attackers that the fields of a post name, each as surely as the field says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.counts import is_group_name
from kg.model import Certainty, Party, Role
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOUBT = r"(?:suspected|alleged(?:ly)?|claimed|claims?(?:\sresponsibility)?|unconfirmed|unverified|possibl[ye]|likely|probabl[ye]|believed(?:\sto\sbe)?|potential(?:ly)?|presum(?:ed|ably))"
_WAS = r"(?:(?:is|was|still|only|strongly|reportedly)\s)?"
_REMARK_BEHIND = regex(rf"\s?(?:\({_WAS}{_DOUBT}[^()]{{0,60}}\)|\s[-–—]\s{_WAS}{_DOUBT})\Z", re.IGNORECASE)
_FIELDS = tuple(
    f"{around}{actor}{name}"
    for around in ("", "attribution.")
    for name in ("", ".name")
    for actor in ("threat_actor", "threat_actors")
)
_REMARK_AHEAD = regex(rf"{_DOUBT}(?:\s(?:member\sof|the))?:?\s(?=[^\W_a-z])", re.IGNORECASE)


def attackers(told: Any) -> Iterator[Party]:
    """Yield them, whom commas and semicolons part; a group without a name is none.

    A strain of ransomware is malware, whoever used it: it stays a note, and the prose names the group that claims the attack.
    """
    for value in told.take(*_FIELDS):
        if value.blank:
            told.leave(value)
            continue
        for match in re.finditer(r"[^,;\s][^,;]*", value.text):
            if not is_group_name(name := match[0].rstrip()):
                shown, first, certainty = _undoubted(name)
                start = match.start() + first
                proof = value.evidence(start, start + len(shown), certainty=certainty)
                yield Party(shown, Role.ATTACKER, evidence=(proof,))


def _undoubted(name: str) -> tuple[str, int, Certainty]:
    """An attacker's name without the remark that it is only suspected; where it begins, and what the remark says."""
    if said := _REMARK_BEHIND.search(name):
        return name[: said.start()], 0, _remarked(said[0])
    if said := _REMARK_AHEAD.match(name):
        return name[said.end() :], said.end(), _remarked(said[0])
    return name, 0, Certainty.CONFIRMED


def _remarked(remark: str) -> Certainty:
    said = remark.casefold()
    return Certainty.CLAIMED if "claim" in said or "alleg" in said else Certainty.SUSPECTED
