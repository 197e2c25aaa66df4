"""Lists of suppliers that are no tables: the items of a page in HTML, or of a text in Markdown, below a heading that says so.

An item is a name, and behind a dash, a colon, a bracket or a line break what the supplier is used for.
"""

from __future__ import annotations

import re
from functools import partial
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from kg.extract.suppliers.words import LISTED
from kg.extract.tabular.html_table import never_ends
from kg.extract.tabular.json_table import is_json
from kg.extract.tabular.markdown_table import plain_text
from kg.extract.tabular.row import Row, Table, Text, plain
from kg.model import Defect
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kg.model import Document, Span

_LONGEST = 2_000_000
"""Characters of a page."""
_HEADER = ("Sub-processor", "Purpose")
_LONGEST_NAME, _MOST_WORDS = 100, 9
_LONGEST_LEAD = 300
"""A longer text above a list is no title of it."""
_LONGEST_LINE = 10_000
"""Characters of a line of Markdown that are looked at."""
_FEWEST = 2
_MARKED = regex(r"^[ \t]*+(?:[-*+•‣▪]|\d{1,3}[.)])[ \t]|<(?:li|dt)\b", re.MULTILINE | re.IGNORECASE)
_BETWEEN = regex(r"[\s_-]+")
_PAGE = regex(r"<(?:li|dt)\b", re.IGNORECASE)
_ITEM = regex(r"([ \t]*)(?:[-*+•‣▪]|\d{1,3}[.)])[ \t]++(\S.*)")
_HEADING = regex(r"(?: {0,3}#{1,6}[ \t]++|\*\*|__)(\S.*)")
_LINE = regex(r"[^\r\n]*")
_PARTED = regex(r"\s*\n\s*|\s+[–—-]{1,2}\s+|[–—]|:\s+")
_COMMA = regex(r",\s+(?=[a-zß-ÿ])")
_NAME = regex(r"[A-Z0-9À-Þ]|[a-z]+(?:[A-Z]|\.[a-z])")
_SENTENCE = regex(r"[.!?]\s+[A-Z].*[.!?]\Z|\b(?:we|you|your|wir|sie|nous|vous|will|may|must|shall|werden|have|has|are)\b", re.IGNORECASE)  # fmt: skip
_ENDED = regex(r"[a-zß-ÿ]{5,}\.\Z")
_ELSE = regex(
    r"\b(?:how|why|when|what|criteria|requirements?|obligations?|questions?|faq|choos\w*|select\w*|vett?\w*|assess\w*|chang\w*|object\w*|removed|former"
    r"|änder\w*|wechsel\w*|auswahl\w*|widerspr\w*|pflichten|modifi\w*|sélection\w*|comment|cambios|modifiche)\b"
)
"""Titles of lists that tell of suppliers and do not list them, or no longer."""
_BLOCKS = frozenset({"p", "div", "section", "article", "main", "td", "tr", "table", "body"})
_ASIDE = frozenset({"nav", "header", "footer", "aside", "script", "style", "template", "noscript"})
_LISTS = frozenset({"ul", "ol", "dl"})


def supplier_lists(document: Document) -> list[Table]:
    """Return the lists of suppliers in a document as tables of names and purposes, those that are nothing but names too.

    A list is one of suppliers where the heading next above it, or the words that lead to it, name sub-processors, and most of
    its items begin with a name; an item that does not, or holds a list of its own, is a defect.
    """
    text = document.text
    if len(text) > _LONGEST or is_json(document) or not _MARKED.search(text):
        return []
    paged = _PAGE.search(text) is not None
    if not LISTED.search(_BETWEEN.sub(" ", text).casefold()) or (paged and never_ends(text)):
        return []
    reader: _Page | _Plain = _Page(text) if paged else _Plain(text)
    found = [(titles, items) for titles, items in reader.read() if _is_list(titles, items)]
    tables, count = [], 0
    for at, (titles, items) in enumerate(found, 1):
        where = f"list {at}, " if len(found) > 1 else ""
        rows = [_row(text, item, count + number, f"{where}item {number}") for number, item in enumerate(items, 1)]
        tables.append(Table(_HEADER, tuple(titles), partial(iter, rows)))
        count += len(rows)
    return tables


class _Item:
    """An item being read: what it says, its characters, and whether there is a list in it."""

    def __init__(self, start: int) -> None:
        self.parts: list[str] = []
        self.start, self.end, self.holds_list = start, start, False

    def text(self) -> Text:
        lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
        return Text("\n".join(filter(None, lines)), (self.start, self.end))


def _is_list(titles: Sequence[Text], items: Sequence[_Item]) -> bool:
    """Whether the nearest title says that suppliers are listed, and most items begin with a name."""
    title = plain(titles[0].text) if titles else ""
    if not LISTED.search(title) or _ELSE.search(title) or len(items) < _FEWEST:
        return False
    named = sum(not item.holds_list and bool(_parted(item.text().text)[0]) for item in items)
    return 2 * named > len(items)


def _parted(told: str) -> tuple[str, int]:
    """The name that an item begins with, "" where it begins with none, and where in it the purpose begins."""
    match = _PARTED.search(told, 1) or _COMMA.search(told)
    name, behind = (told[: match.start()], match.end()) if match else (told, len(told))
    fits = len(name) <= _LONGEST_NAME and len(name.split()) <= _MOST_WORDS and _NAME.match(name)
    says = _SENTENCE.search(name) or (len(name.split()) > _FEWEST and _ENDED.search(name))
    return (name if fits and not says else ""), behind


def _row(text: str, item: _Item, number: int, place: str) -> Row | Defect:
    told, span = item.text()
    name, behind = _parted(told)
    if item.holds_list or not name:
        return Defect(place, "holds a list of its own" if item.holds_list else "does not begin with a name")
    spans: list[Span] = [span, span]
    if text[slice(*span)] == told:
        spans = [(span[0], span[0] + len(name)), (span[0] + behind, span[1])]
    cells = [name, ", ".join(told[behind:].split("\n"))]
    return Row(number, place, cells, text, span, _HEADER, partial(_same, spans))


def _same(spans: list[Span], _: Row) -> list[Span]:
    return spans


class _Page(HTMLParser):
    """Reads the lists of a page, each with the titles above it, the nearest first."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.found: list[tuple[list[Text], list[_Item]]] = []
        self.headings: list[Text] = []
        self.depth = self.aside = 0
        self.item: _Item | None = None
        self.block = _Item(0)
        self.heading: str = ""

    def read(self) -> list[tuple[list[Text], list[_Item]]]:
        self.feed(self.source)
        self.close()
        return self.found

    def place(self) -> int:
        line, offset = self.getpos()
        return self.starts[line - 1] + offset

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        if tag in _ASIDE:
            self.aside += 1
        elif tag in _LISTS:
            self.depth += 1
            if self.depth == 1 and not self.aside:
                lead = self.block.text()
                self.found.append(([*([lead] if _leads(lead) else []), *reversed(self.headings)], []))
            elif self.item:
                self.item.holds_list = True
        elif tag in {"li", "dt"} and self.depth == 1 and self.found and not self.aside:
            self.item = _Item(-1)
            self.found[-1][1].append(self.item)
        elif tag in {"dd", "br"} and self.item:
            self.item.parts.append("\n")
        elif _HEADED.fullmatch(tag):
            self.heading, self.block = tag, _Item(-1)
        elif tag in _BLOCKS and not self.item:
            self.block = _Item(-1)

    def handle_endtag(self, tag: str) -> None:
        if tag in _ASIDE:
            self.aside = max(0, self.aside - 1)
        elif tag in _LISTS:
            self.depth = max(0, self.depth - 1)
            if not self.depth:
                self.item, self.block = None, _Item(-1)
        elif tag == "li" and self.depth == 1:
            self.item = None
        elif tag == self.heading:
            if (told := self.block.text()).text:
                self.headings.append(told)
            self.heading, self.block = "", _Item(-1)

    def handle_data(self, data: str) -> None:
        target = self.item if self.item and self.depth == 1 else self.block if not self.depth else None
        if target is None or self.aside:
            return
        target.parts.append(re.sub(r"\s+", " ", data))
        if data.strip():
            at = self.place()
            target.start = at + len(data) - len(data.lstrip()) if target.start < 0 else target.start
            target.end = self._end(data, at)

    def _end(self, data: str, at: int) -> int:
        """Where a piece of text ends: before the next tag, as it may be longer in the page than what it says."""
        if self.source.startswith(data, at):
            return at + len(data.rstrip())
        end = self.source.find("<", at)
        return at + len(self.source[at : end if end >= 0 else len(self.source)].rstrip())


_HEADED = regex(r"h[1-6]|title")


def _leads(lead: Text) -> bool:
    return 0 < len(lead.text) <= _LONGEST_LEAD and LISTED.search(plain(lead.text)) is not None


class _Plain:
    """Reads the lists of a text in Markdown."""

    def __init__(self, text: str) -> None:
        self.source = text

    def read(self) -> Iterator[tuple[list[Text], list[_Item]]]:
        headings: list[Text] = []
        items: list[_Item] = []
        lead, indent = Text("", (0, 0)), 0
        for match in _LINE.finditer(self.source):
            line = match[0][:_LONGEST_LINE].rstrip()
            if not line:
                continue
            if (found := _ITEM.match(line)) and (not items or len(found[1].expandtabs(4)) <= indent):
                indent = len(found[1].expandtabs(4))
                items.append(_item(found, match.start(), plain_text))
            elif found:
                items[-1].holds_list, items[-1].end = True, match.start() + len(line)
            elif items and line[:1].isspace():
                items[-1].parts.append(f" {plain_text(line)}")
                items[-1].end = match.start() + len(line)
            else:
                if items:
                    yield [*([lead] if _leads(lead) else []), *reversed(headings)], items
                    items, lead = [], Text("", (0, 0))
                if heading := _HEADING.match(line):
                    told = heading[1].rstrip(" \t#*_")
                    start = match.start() + heading.start(1)
                    headings.append(Text(plain_text(told), (start, start + len(told))))
                    lead = Text("", (0, 0))
                else:
                    lead = Text(plain_text(line), (match.start(), match.start() + len(line)))
        if items:
            yield [*([lead] if _leads(lead) else []), *reversed(headings)], items


def _item(found: re.Match[str], start: int, told: Callable[[str], str]) -> _Item:
    item = _Item(start + found.start(2))
    item.end = start + found.end(2)
    item.parts.append(told(found[2]))
    return item
