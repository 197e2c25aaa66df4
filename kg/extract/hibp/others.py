"""Whom a description of a breach names besides the breached: groups that extort, and services of which it had an instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.lexicon import is_common
from kg.extract.tokens import known
from kg.nouns import DESCRIBED
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_BAND = r"(?:collective|crew|gang|group)"
_CRIME = r"(?:extortion|hacking|ransomware)"
_GROUP = r"[\"“]?(?P<name>(?:[A-Z][\w$]{1,40}|[a-z]{1,20}\d\w{0,20})(?:\s[A-Z][\w$]{1,40}){0,2})[\"”]?"
_EXTORTERS = (
    regex(
        rf"\b(?:[Aa]n?|[Tt]he(?=[^.]{{1,90}}[\"“]pay\sor\sleak))\s{_GROUP}(?:\s[\"“]pay\sor\sleak[\"”])?\s(?:extortion|ransomware)\s(?:attack|attempt|campaign)\b"
    ),
    regex(rf"\b[Tt]he\s{_GROUP}\s(?:data\s)?(?:{_CRIME}\s(?:and\s)?){{1,2}}{_BAND}\b"),
    regex(rf"\b{_CRIME}\s{_BAND}\s{_GROUP}\s(?:claimed|listed|published)\b"),
    regex(rf"\bthreat\sactors?\s(?:known\sas\s)?{_GROUP}"),
    regex(
        rf"\b(?:attempt|breached|campaign|claimed|named|perpetrated|published|targeted)\sby\s(?:the\s)?{_GROUP}\s(?:{_BAND}\b|as\s(?:an?|the)\s(?:target|victim)\b)"
    ),
)
"""Who is said to have extorted the breached, or to have published what it took from it."""
_SERVICE = r"[A-Z][\w.]{1,40}(?:\s(?:[A-Z][\w.]{1,40}|365))?"
_INSTANCE = regex(
    rf"(?<![\w'’])(?:[Ii]ts|[Tt]heir|[Tt]he\s(?:{'|'.join(sorted(DESCRIBED))})['’]s|(?P<owner>[A-Z0-9][\w&.-]{{0,40}}(?:\s[A-Z0-9][\w&.-]{{0,40}}){{0,3}})['’]s?)"
    rf"\s(?P<name>{_SERVICE})(?:\sand\s(?P<other>{_SERVICE}))?\s(?:CRM|environment|infrastructure|instance|support\ssystem|tenant)s?\b"
)
"""What the breached has of a service, which tells that it uses it, whatever happened there."""
_NO_NAMES = frozenset(
    {"corporate", "crm", "development", "dns", "erp", "legacy", "production", "qa", "staging", "test", "uk", "web"}
)
"""Words with a capital for a system of its own."""


def extorters(text: str) -> Iterator[str]:
    """Yield the groups that a description says extorted the breached, as it prints them, each once."""
    found = dict.fromkeys(match["name"] for pattern in _EXTORTERS for match in pattern.finditer(text))
    yield from filter(_is_name, found)


def services(text: str, name: str) -> Iterator[str]:
    """Yield the services of which a description says that the breached, by its name, has an instance, each once."""
    yield from dict.fromkeys(
        service
        for match in _INSTANCE.finditer(text)
        if not match["owner"] or name.casefold().startswith(match["owner"].casefold())
        for service in (match["name"], match["other"])
        if service and _is_name(service)
    )


def _is_name(text: str) -> bool:
    """Whether not every word of a text is an ordinary one, or one for a people, a product or a thing that happens ("Russian", "Cloud")."""
    words = text.split()
    return not all(is_common(word.lower()) or word.lower() in _NO_NAMES or known(word)[1] for word in words)
