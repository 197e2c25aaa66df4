"""What stands at the head of a text and is none of its prose: the front matter of Markdown, the head of an e-mail.

Beside these, the line in which a text names the address that it was taken from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.extract.prose.imprint import ADDRESS, DAY, PUBLISHER, TITLE, Printed, says_nothing
from kg.extract.references import trimmed
from kg.extract.tabular.row import plain
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from re import Match

    from kg.model import Span

_FRONT: Final = regex(
    r"\A\s{0,9}---[ \t]*\r?\n(?P<fields>(?=[A-Za-z][\w \t-]{0,40}:)(?:(?!---)[^\n]{0,2000}\n){1,60})---[ \t]*(?:\r?\n|\Z)"
)
_BLOCK: Final = regex(r"\A---\n(?!\n(?!---)[^:\n]{1,500}\n)(?P<fields>(?:[^\n]{0,500}\n){0,60}?)---\n")
"""What stands at the head of a Markdown text between two rules, whatever it is, but for a paragraph."""
_TOML: Final = regex(
    r"\A\s{0,9}\+\+\+[ \t]*\r?\n(?P<fields>(?:(?!\+\+\+|\[)[^\n]{0,2000}\n){0,60})(?:(?!\+\+\+)[^\n]{0,2000}\n){0,200}\+\+\+[ \t]*(?:\r?\n|\Z)"
)
"""The same in the other notation; of its tables nothing is known to be of the text."""
_HEADER: Final = (
    r"(?:from|to|b?cc|date|sent|subject|reply-to|sender|importance|priority|sensitivity|precedence|organization|references|in-reply-to|user-agent"
    r"|message-id|mime-version|received|received-spf|return-path|delivered-to|envelope-to|errors-to|newsgroups|path|xref|dkim-signature"
    r"|authentication-results|auto-submitted|feedback-id|sent-by|attachments?|(?:accept|arc|content|list|original|resent|thread|x)-[\w-]{1,60})"
)
_MAIL: Final = regex(
    r"\A\s{0,9}(?:-{2,}[^\n]{1,60}-{2,}[ \t]*\r?\n)?"
    rf"(?P<fields>(?:{_HEADER}:[^\n]{{0,100000}}\n(?:[ \t]+[^\s][^\n]{{0,4000}}\n){{0,200}}){{2,100}})(?:[ \t]*\r?\n)?",
    re.IGNORECASE,
)
_FIELD: Final = regex(
    r"^(?P<key>[A-Za-z][\w \t-]{0,60})[:=][ \t]*(?P<value>[^\r\n]*)\r?$(?P<more>\n[ \t]+\S)?", re.MULTILINE
)
_COMMENT: Final = regex(r"[ \t]#")
_MARKS: Final = ("'", '"')
_NO_TEXT: Final = tuple("|>&*[{#!%@`")
"""How a value of YAML begins that is a list, a mapping, a text on other lines, or named elsewhere."""
_SENDER: Final = regex(r"\"?(?P<name>[^\"<>@,;=?]{2,80}?)\"?\s*<[^<>\s]{1,200}@[^<>\s]{1,200}>\Z")
_SOURCE: Final = regex(
    r"^[ \t>*_]{0,9}Source[*_]{0,3}:[*_]{0,3}[ \t]*<?(?P<url>https?://[^\s<>]{1,2000})(?P<rest>[^\n]{0,2000})",
    re.MULTILINE | re.IGNORECASE,
)
_CLIPPING: Final = regex(r"^(?:[-*+][ \t]+[*_]{0,3}[A-Za-z][\w \t-]{0,40}:[^\n]{0,2000}(?:\n|\Z)){2,30}", re.MULTILINE)
_CLIPPED: Final = regex(
    r"^[-*+][ \t]+[*_]{0,3}(?P<key>[A-Za-z][\w \t-]{0,40}):[*_]{0,3}[ \t]*(?:\[[^\[\]\n]{0,500}\]\()?(?P<value>[^\n]*?)\)?[ \t\r]*$",
    re.MULTILINE,
)
_TOP: Final = 3_000
"""Characters in which a text that was clipped says where it is from."""
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


def head(text: str, *, has_front: bool) -> Head:
    """Return the head of a text, without fields where it has none.

    Args:
        text: the document.
        has_front: whether what stands between two rules at its head is none of its prose whatever it is, as in Markdown; else
            it has to tell something that is known.
    """
    if match := _FRONT.match(text) or ((_BLOCK.match(text) or _TOML.match(text)) if has_front else None):
        told = _fields(text, *match.span("fields"), _yaml_value)
        known = [one for one in _sorted(told, _IN_FRONT) if not says_nothing(one[1].text)]
        if known or has_front:
            return Head(known, match.end())
    if match := _MAIL.match(text):
        told = _fields(text, *match.span("fields"), _header_value)
        # A memo has such lines too, and reads on from them; an e-mail has the address of its sender.
        if "@" in told.get("from", _NOTHING).text and not told.keys().isdisjoint({"date", "sent", "subject", "to"}):
            told["from"] = _sender(told["from"])
            plainly = {name: one for name, one in told.items() if _ENCODED not in one.text}
            return Head(list(_sorted(plainly, _IN_MAIL)), match.end())
    # `source_line` has what it says, wherever it stands.
    source = _SOURCE.match(text)
    if source and not source["rest"].strip(" \t\r>*_"):
        return Head([], len(text) - len(text[source.end() :].lstrip()))
    return Head([], 0)


_NOTHING: Final = Printed("", (0, 0))


def _fields(text: str, start: int, end: int, value_of: Callable[[Match[str]], Span | None]) -> dict[str, Printed]:
    """The fields by name, each the first of its name."""
    found: dict[str, Printed] = {}
    for match in _FIELD.finditer(text, start, end):
        span = value_of(match)
        if span and text[slice(*span)].strip():
            found.setdefault(plain(match["key"]), Printed(text[slice(*span)], span))
    return found


def _header_value(match: Match[str]) -> Span:
    """Where the value of a header stands, without marks around all of it."""
    value, start = match["value"].rstrip(), match.start("value")
    marked = value[:1] in _MARKS and len(value) > 1 and value[-1] == value[0]
    return start + marked, start + len(value) - marked


def _yaml_value(match: Match[str]) -> Span | None:
    """Where the value of a field of YAML stands, without its comment; None where it is no text on one line."""
    value, start = match["value"], match.start("value")
    if match["more"] or value.startswith(_NO_TEXT):
        return None
    if not value.startswith(_MARKS):
        comment = _COMMENT.search(value)
        return start, start + len(value[: comment.start() if comment else None].rstrip())
    end = value.find(value[0], 1)
    behind = value[end + 1 :]
    is_whole = end > 0 and (not behind.strip() or _COMMENT.match(behind))
    return (start + 1, start + end) if is_whole else None


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


def clipping(text: str) -> Iterator[tuple[str, Printed]]:
    """Yield what the first items near the top of a Markdown text tell that are fields, an address among them: a page that somebody clipped."""
    if match := _CLIPPING.search(text, 0, _TOP):
        told: dict[str, Printed] = {}
        for field in _CLIPPED.finditer(text, *match.span()):
            told.setdefault(plain(field["key"]), Printed(field["value"], field.span("value")))
        known = list(_sorted(told, _IN_FRONT))
        if any(kind == ADDRESS and printed.text.startswith(_WEB) for kind, printed in known):
            yield from known


_WEB: Final = ("http://", "https://")


def source_line(text: str) -> Iterator[tuple[str, Printed]]:
    """Yield the address that a text says it was taken from; of several it is not known which is that of the whole."""
    found = list(_SOURCE.finditer(text))
    if len({trimmed(one["url"]) for one in found}) == 1 and not any("://" in one["rest"] for one in found):
        start, url = found[0].start("url"), trimmed(found[0]["url"])
        yield ADDRESS, Printed(url, (start, start + len(url)))
