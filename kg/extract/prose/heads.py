"""What stands at the head of a text and is none of its prose: the front matter of Markdown, the head of an e-mail.

Beside these, the line in which a text names the address that it was taken from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.extract.prose.imprint import ADDRESS, DAY, PUBLISHER, TITLE, Printed
from kg.extract.references import trimmed
from kg.extract.tabular.row import plain
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_FRONT: Final = regex(
    r"\A\s{0,9}---[ \t]*\r?\n(?P<fields>(?=[ \t]*[A-Za-z][\w \t-]{0,40}:)(?:(?!---)[^\n]{0,2000}\n){1,60})---[ \t]*(?:\r?\n|\Z)"
)
_MAIL: Final = regex(
    r"\A\s{0,9}(?:-{2,}[^\n]{1,60}-{2,}[ \t]*\r?\n)?"
    r"(?P<fields>(?:[A-Za-z][A-Za-z-]{0,40}:[^\n]{0,4000}\n(?:[ \t]+[^\s][^\n]{0,4000}\n){0,200}){2,100})(?:[ \t]*\r?\n|\Z)"
)
_FIELD: Final = regex(
    r"^[ \t]*(?P<key>[A-Za-z][\w \t-]{0,40}?)[ \t]*:[ \t]*(?P<mark>[\"']?)(?P<value>[^\r\n]*?)(?P=mark)[ \t]*\r?$",
    re.MULTILINE,
)
_SENDER: Final = regex(r"\"?(?P<name>[^\"<>@,;=?]{2,80}?)\"?\s*<[^<>\s]{1,200}@[^<>\s]{1,200}>\Z")
_SOURCE: Final = regex(
    r"^[ \t>*_]{0,9}(?:Source|URL)[*_]{0,3}:[*_]{0,3}[ \t]*<?(?P<url>https?://[^\s<>]{1,2000})",
    re.MULTILINE | re.IGNORECASE,
)
_ENCODED: Final = "=?"
"""How a header begins that is not in plain letters."""
_IN_FRONT: Final[Mapping[str, Sequence[str]]] = {
    ADDRESS: ("canonical url", "canonical", "url", "source url", "original url", "link", "permalink", "source"),
    PUBLISHER: ("publisher", "publication", "site name", "site", "source name", "source"),
    DAY: ("date published", "published", "publish date", "publication date", "pubdate", "date"),
    TITLE: ("title", "headline"),
}
_IN_MAIL: Final[Mapping[str, Sequence[str]]] = {PUBLISHER: ("from",), DAY: ("date", "sent"), TITLE: ("subject",)}


class Head(NamedTuple):
    """The fields at the head of a text, each with what it may tell, and where the text behind them begins."""

    fields: list[tuple[str, Printed]]
    end: int

    @property
    def title(self) -> Printed | None:
        """Return what the head calls the text."""
        return next((printed for kind, printed in self.fields if kind == TITLE), None)


def head(text: str) -> Head:
    """Return the head of a text, without fields where it has none."""
    if match := _FRONT.match(text):
        told = _fields(text, *match.span("fields"))
        return Head(list(_sorted(told, _IN_FRONT)), match.end())
    if match := _MAIL.match(text):
        told = _fields(text, *match.span("fields"))
        # A memo has such lines too, and reads on from them; an e-mail has the address of its sender.
        if "@" in told.get("from", _NOTHING).text and not told.keys().isdisjoint({"date", "sent", "subject", "to"}):
            told["from"] = _sender(told["from"])
            plainly = {name: one for name, one in told.items() if _ENCODED not in one.text}
            return Head(list(_sorted(plainly, _IN_MAIL)), match.end())
    return Head([], 0)


_NOTHING: Final = Printed("", (0, 0))


def _fields(text: str, start: int, end: int) -> dict[str, Printed]:
    """The fields by name, each the first of its name."""
    found: dict[str, Printed] = {}
    for match in _FIELD.finditer(text, start, end):
        if match["value"].strip():
            found.setdefault(plain(match["key"]), Printed(match["value"], match.span("value")))
    return found


def _sorted(told: Mapping[str, Printed], kinds: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Printed]]:
    for kind, names in kinds.items():
        yield from ((kind, told[name]) for name in names if name in told)


def _sender(printed: Printed) -> Printed:
    """The name of a sender, where its address has one; else the address, which names nobody."""
    match = _SENDER.match(printed.text.strip())
    if not match:
        return printed
    start = printed.span[0] + printed.text.index(match["name"])
    return Printed(match["name"], (start, start + len(match["name"])))


def source_line(text: str) -> Iterator[tuple[str, Printed]]:
    """Yield the address that a text says it was taken from; of several it is not known which is that of the whole."""
    found = [(match.start("url"), trimmed(match["url"])) for match in _SOURCE.finditer(text)]
    if len({url for _, url in found}) == 1:
        start, url = found[0]
        yield ADDRESS, Printed(url, (start, start + len(url)))
