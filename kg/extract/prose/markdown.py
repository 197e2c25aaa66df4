"""The words of a Markdown text: what its marks show, without the marks, and without what is no prose.

Beside the marks of Markdown itself, those of what is written in it: HTML, footnotes, the braces of the programs that make
pages of it, the links of wikis.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kg.extract.passage import unescape_html
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.passage import Edit, Passage

_TARGET: Final = r"\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)"
_IMAGE: Final = rf"!\[[^\]\n]{{0,300}}\]{_TARGET}"
_LINK: Final = rf"\[[^\[\]\n]{{1,500}}\]{_TARGET}"
_WIKI: Final = r"\[\[[^\[\]\n]{0,300}\]\]"
_UNSHOWN: Final = regex(
    r"^[ \t]{0,9}(?P<rail>```|~~~)[^\n]*\n(?:(?![ \t]{0,9}(?P=rail))[^\n]*\n){0,2000}?[ \t]{0,9}(?P=rail)[^\n]*$"
    r"|^[ \t]{0,3}(?:>[ \t]?){1,9}"
    r"|<!--(?:(?!-->)[\s\S]){0,5000}-->"
    r"|<(?P<silent>script|style|iframe|svg)\b(?:(?!</(?P=silent))[\s\S]){0,5000}</(?P=silent)[ \t]*>"
    r"|</?[A-Za-z][^<>\n]{0,500}\n[^<>]{0,2000}>"
    rf"|\[[ \t]?{_IMAGE}[ \t]?\]{_TARGET}|{_IMAGE}"
    r"|\{:[^{}\n]{0,300}\}|\{%[^{}\n]{0,300}%\}|\{\{[^{}\n]{0,300}\}\}",
    re.MULTILINE | re.IGNORECASE,
)
"""Code, the marks of what is quoted, comments, scripts, tags over several lines, pictures, and what is said to programs."""
_BARE: Final = rf"(?:{_WIKI}|<?https?://[^\s<>]{{1,2000}}+>?|\[https?://[^\[\]\n]{{1,2000}}\]{_TARGET})"
_ITEM: Final = r"[ \t]{0,9}(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)"
_ITEM_MARK: Final = regex(r"^-[ \t]+", re.MULTILINE)
_LABEL: Final = r"(?:[*_]{0,3}[A-Za-z][\w ]{0,29}:[*_]{0,3}[ \t]+)"
_BETWEEN: Final = r"[ \t,|•·&*_]{0,9}"
_NO_PROSE: Final = regex(
    rf"(?:{_ITEM})?{_LABEL}?{_BETWEEN}(?:{_BARE}{_BETWEEN}){{1,50}}"
    rf"|(?:{_ITEM})?{_LABEL}{_LINK}[*_]{{0,3}}|{_BETWEEN}{_LINK}{_BETWEEN}(?:{_LINK}{_BETWEEN}){{1,50}}"
    rf"|[ \t]{{0,3}}\[[^\[\]\n]{{1,300}}\]:[ \t]*(?:{_BARE}|<[^<>\n]{{0,2000}}>|\S{{0,9}}/\S{{0,2000}}|{_LINK})[^\n]{{0,300}}"
    r"|(?:<p>)?The post .{1,2000} appeared first on .{1,500}"
    r"|[ \t]{0,3}(?:=[ \t]*|-[ \t]*|\*[ \t]*|_[ \t]*){2,200}|[ \t|:-]{3,2000}",
)
"""Lines of which nothing is told: addresses, with what they are called, rows of links, notes that only refer, what feeds end with, rules, and what stands below the head of a table."""
_ONLY_LINKS: Final = regex(rf"{_ITEM}{_BETWEEN}(?:{_LINK}{_BETWEEN}){{1,50}}")
"""An item of a menu, or of a list of what else there is to read."""
_FEWEST: Final = 2
"""Such items one after the other; one alone may be the headline of what follows."""
_MARKS: Final = regex(
    r"(?P<head>^[ \t]{0,3}\#{1,6}[ \t]+)"
    r"|(?P<item>^[ \t]{0,9}[-*+](?=[ \t]))"
    r"|(?P<note>^[ \t]{0,3}\[\^[^\]\s]{1,60}\]:[ \t]{0,9}|\[\^[^\]\s]{1,60}\])"
    rf"|(?P<link>\[(?=(?:[^\[\]\n]|\n(?!\s)){{1,500}}\][(\[])|\](?:{_TARGET}|\[[^\[\]\n]{{0,300}}\]))"
    r"|\[\[(?:[^\[\]|\n]{0,300}\|)?(?P<wiki>[^\[\]|\n]{1,300})\]\]"
    r"|(?P<block></?(?:p|div|br|hr|h[1-6]|li|ul|ol|td|th|tr|table|details|summary|blockquote)\b[^<>\n]{0,2000}>)"
    r"|(?P<tag></?[A-Za-z][^<>\n]{0,2000}>)"
    r"|(?P<escape>\\(?=[!-/:-@\[-`{-~\n]))"
    r"|(?P<mark>(?<![\w*_])[*_]{1,6}(?=\S)|(?<=\S)[*_]{1,6}(?![\w*_])|`)",
    re.MULTILINE | re.IGNORECASE,
)


def prose_of(passage: Passage) -> Passage:
    """Return what a Markdown text tells, given without what is not shown; each heading on a line of its own, items still with their marks."""
    return unescape_html(_without_marks(_without_lists(passage)))


def shown_of(passage: Passage) -> Passage:
    """Return a Markdown text without what its readers do not see as words."""
    return passage.replaced((*match.span(), "") for match in _UNSHOWN.finditer(passage.text))


def without_items(passage: Passage) -> Passage:
    """Return a text without the marks of items, which have kept each on a line of its own."""
    return passage.replaced((*match.span(), "") for match in _ITEM_MARK.finditer(passage.text))


def headline(passage: Passage) -> Passage | None:
    """Return the first heading of the first rank in a Markdown text, given without what is not shown."""
    for match in _MARKS.finditer(passage.text):
        if match["head"] and match["head"].strip() == "#":
            end = passage.text.find("\n", match.end())
            return prose_of(passage.slice(match.end(), end if end >= 0 else len(passage))).strip()
    return None


def _without_lists(passage: Passage) -> Passage:
    """A text without its lines of which nothing is told, and without its menus."""
    edits: list[Edit] = []
    for is_menu, lines in groupby(_lines(passage.text), lambda line: line[2]):
        rows = list(lines)
        if is_menu is None or (is_menu and len(rows) >= _FEWEST):
            edits += ((start, end, "") for start, end, _ in rows)
    return passage.replaced(edits)


def _lines(text: str) -> Iterator[tuple[int, int, bool | None]]:
    """Yield the lines that are not blank, each with whether it may be of a menu; None where nothing is told of it at all."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end].rstrip()
        if line:
            unsaid = _NO_PROSE.fullmatch(line) is not None
            yield start, start + len(line), None if unsaid else _ONLY_LINKS.fullmatch(line) is not None
        start = end + 1


def _without_marks(passage: Passage) -> Passage:
    """A text without its marks, but for those of items; of a link what is shown."""
    text, edits = passage.text, []
    for match in _MARKS.finditer(text):
        start, end = match.span()
        if match["item"]:
            edits.append((start, end, "-"))
        elif match["wiki"]:
            edits += [(start, match.start("wiki"), ""), (match.end("wiki"), end, "")]
        else:
            apart = match["block"] or (match["head"] and not text.endswith(_BLANK, 0, start))
            edits.append((start, end, "\n" if apart else ""))
        stop = text.find("\n", end) if match["head"] else -1
        if stop >= 0 and not text.startswith(_BLANK, stop):
            edits.append((stop, stop + 1, _BLANK))
    return passage.replaced(sorted(edits))


_BLANK: Final = "\n\n"
