"""Lists of suppliers that are no tables: the items of a page in HTML, or of a text in Markdown, below a heading that says so.

An item is a name, and behind a dash, a colon, a bracket or a line break what the supplier is used for.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from kg.extract.brackets import BRACKET, blotted
from kg.extract.markup import PageParser
from kg.extract.places import is_place
from kg.extract.supplier_words import LISTED
from kg.extract.suppliers.glance import may_hold_items
from kg.extract.suppliers.items import Found, Item, plain_lists
from kg.extract.suppliers.leads import ELSE, NOTHING, leads, leads_elsewhere, titles_above
from kg.extract.suppliers.owners import owner
from kg.extract.suppliers.remarks import without_validity
from kg.extract.suppliers.sections import is_change
from kg.extract.suppliers.titles import around, heads, is_kin, is_kind, is_label, state
from kg.extract.tabular.front_matter import blanked, front_matter
from kg.extract.tabular.html_page import never_ends
from kg.extract.tabular.row import LEAD, MOST_TITLES, Row, Table, Text, plain
from kg.model import Defect
from kg.names import split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Document, Span


_HEADER = ("Sub-processor", "Purpose")
_LONGEST_NAME, _MOST_WORDS = 100, 9
_FEWEST = 2
_FEWEST_GROUPED = 3
"""Items below headings that name kinds of suppliers only, in all, where no heading next above a list says what is listed."""
_BEHIND = regex(r"\.[ \t]+(?=[A-ZÀ-Þ])")
_MARKS = frozenset({"a", "b", "strong"})
_ROLE = regex(r"\brole\s{0,3}=\s{0,3}[\"']?table\b", re.IGNORECASE)
_PAGE = regex(r"<(?:li|dt)\b", re.IGNORECASE)
_PARTED = regex(r"\s*\n\s*|\s+[–—-]{1,2}\s+|[–—]|:\s+")
_COMMA = regex(r",\s+(?=[a-zß-ÿ])")
_NAME = regex(r"[A-Z0-9À-Þ]|[a-z]+(?:[A-Z]|\.[a-z])")
_SENTENCE = regex(r"[.!?]\s+[A-Z].*[.!?]\Z|\b(?:we|you|your|wir|sie|nous|vous|will|may|must|shall|werden|have|has|are)\b", re.IGNORECASE)  # fmt: skip
_ENDED = regex(r"[a-zß-ÿ]{5,}\.\Z")
_PAGES = regex(
    r"(?:privacy|cookies?) (?:policy|notice|statement|settings)|(?:website )?terms (?:of (?:service|use)|(?:and|&) conditions)|data processing (?:agreement|addendum)",
    re.IGNORECASE,
)
"""Pages that menus link to, and nobody's names."""
_LIST = regex(
    r"(?:(?:the|our|full|complete|current) ){0,2}(?:list|overview|table|directory|liste|übersicht|lista|elenco|lijst|overzicht)"
)
_BLOCKS = frozenset({"p", "div", "section", "article", "main", "td", "tr", "table", "body"})
ASIDE = frozenset({"nav", "footer", "aside", "script", "style", "template", "noscript"})
"""Elements of a page that hold nothing of its own."""
HEADED = regex(r"h[1-6]|title")
"""Elements that hold a heading."""
_LISTS = frozenset({"ul", "ol", "dl"})


def supplier_lists(document: Document, *, beside: Sequence[Table] = ()) -> list[Table]:
    """Return the lists of suppliers in a document as tables of names and purposes, those that are nothing but names too.

    A list is one of suppliers where the heading next above it, or the words that lead to it, name sub-processors, and most of
    its items begin with a name; an item that does not, or holds a list of its own, is a defect. A list of one item is read
    where the document has others, or tables of suppliers (`beside`).
    """
    if not may_hold_items(document):
        return []
    text = document.text
    paged = _PAGE.search(text) is not None
    if paged and never_ends(text):
        return []
    if beside and paged and _ROLE.search(text):  # its lists may stand in cells
        return []
    every = _of_the_page(_Page(text).read(), beside) if paged else list(plain_lists(text))
    found = _listing(every, beside=bool(beside))
    tables, count = [], 0
    for at, (titles, items) in enumerate(found, 1):
        where = f"list {at}, " if len(found) > 1 else ""
        section = _section(titles)
        rows = [
            _row(text, item, count + number, f"{where}item {number}", section) for number, item in enumerate(items, 1)
        ]
        tables.append(Table(_HEADER, tuple(titles), partial(iter, rows)))
        count += len(rows)
    left = _unread(every, found) if found or beside else []
    return [*tables, Table(_HEADER, (), partial(iter, left))] if left else tables


def _of_the_page(every: Sequence[Found], tables: Sequence[Table]) -> list[Found]:
    """The lists that are no menus: those of bare names that nothing leads to, above all headings or below that of a table of suppliers."""
    taken = {title.span for table in tables for title in [t for t in table.titles if t.level != LEAD][:1]}
    begun = bool(tables) or any(titles[0].level and _is_list(titles, items) for titles, items in every if titles)

    def belongs(titles: Sequence[Text], items: Sequence[Item]) -> bool:
        if not titles or titles[0].level == LEAD or not (titles[0].span in taken or (begun and not titles[0].level)):
            return True
        told = [item.text().text for item in items]
        return _formed(items) or any(_parted(text)[1] < len(text) or BRACKET.search(text) for text in told)

    return [(titles, items) for titles, items in every if belongs(titles, items)]


def _listing(every: Sequence[Found], *, beside: bool) -> list[Found]:
    """The lists of suppliers among the lists of a page; those below headings of kinds and states too, if there are enough."""
    headed = [_is_list(titles, items) for titles, items in every]
    single = [one and len(items) < _FEWEST for one, (_, items) in zip(headed, every, strict=True)]
    headed = [one and not alone for one, alone in zip(headed, single, strict=True)]
    beneath = [not one and _below(titles) and _names(items) for one, (titles, items) in zip(headed, every, strict=True)]
    kinds = [one and bool(_section(titles)) for one, (titles, _) in zip(beneath, every, strict=True)]
    grouped = [kind or (one and _is_part(*told)) for one, kind, told in zip(beneath, kinds, every, strict=True)]
    if sum(grouped) < _FEWEST or not _formed(
        [item for (_, items), one in zip(every, grouped, strict=True) if one for item in items]
    ):
        grouped = kinds
    below = [told for told, one in zip(every, grouped, strict=True) if one]
    enough = sum(len(items) for _, items in below) >= _FEWEST_GROUPED or any(
        state(_section(titles)) or _formed(items) for titles, items in below
    )
    if not any(headed) and not enough:
        doubtful = zip(every, single, grouped, strict=True)
        return [told for told, *which in doubtful if beside and any(which) and _formed(told[1])]
    return [told for told, *which in zip(every, headed, grouped, single, strict=True) if any(which)]


def _is_part(titles: Sequence[Text], items: Sequence[Item]) -> bool:
    """Whether a list below any heading tells of each what for, in all of whose headings one tells whose suppliers are listed."""
    told = [(item.text().text, *_parted(item.text().text)) for item in items]
    named = sum(_NAMED.fullmatch(name) is not None or _is_formed(name) for _, name, _ in told)
    owned = any(heads(title.text) and owner(title.text, lead=False) for title in around(titles) if title.level)
    return owned and 2 * named >= len(told) and all(name and behind < len(text) for text, name, behind in told)


_NAMED = regex(r"[A-ZÀ-Þ\d]\S{0,40}(?: (?:[A-ZÀ-Þ\d&]\S{0,40}|of|and|de|for)){1,8}|\S{0,40}[a-zß-ÿ][A-Z.]\S{0,40}")
"""Several words in large letters, or one with such inside: no noun, as what a list of anything else begins with."""


def _below(titles: Sequence[Text]) -> bool:
    """Whether the heading above a list is a part of one that says that suppliers are listed, and nothing next above says anything else."""
    if not titles or leads_elsewhere(titles[0]):
        return False
    nearest, *others = [title for title in around(titles) if title.level] or [Text("", (0, 0))]
    if ELSE.search(plain(nearest.text)) and not state(nearest.text):
        return False
    return any(LISTED.search(told := plain(title.text)) and not ELSE.search(told) for title in others)


def _section(titles: Sequence[Text]) -> str:
    """The heading above a list where that is a kind, a state or a place ("Europe"), or says that there is a list."""
    nearest = next((title.text for title in titles if title.level != LEAD), "")
    says = is_kind(nearest) or is_kin(nearest) or state(nearest) or is_place(nearest) or _LIST.fullmatch(plain(nearest))
    return nearest if says else ""


def begins_with_name(told: str) -> bool:
    """Return whether a text is, or begins with, a name of somebody, and no label of what is told of one."""
    return bool(_parted(told)[0]) and not is_label(told)


def _tells_changes(items: Sequence[Item]) -> bool:
    """Whether a list tells in words who was added and removed."""
    return bool(items) and 2 * sum(is_change(item.text().text) for item in items) >= len(items)


def _unread(every: Sequence[Found], found: Sequence[Found]) -> list[Defect]:
    """What is said of the lists of a page that look like those of suppliers, or tell of changes to them, and are not read."""
    left: list[Defect] = []
    read = {id(items) for _, items in found}
    for at, (titles, items) in enumerate(every, 1):
        if _tells_changes(items):
            left.append(
                Defect(f"list {at} of the page", "tells in words how suppliers came and went, which is not read")
            )
        elif id(items) not in read and _is_left(titles, items, enough=_FEWEST if found else len(items) + 1):
            left.append(Defect(f"list {at} of the page", "its heading does not say that it lists suppliers"))
    return left


def _is_left(titles: Sequence[Text], items: Sequence[Item], *, enough: int) -> bool:
    """Whether a list that is not read looks like one of suppliers: enough items, companies, or a heading of a kind of them."""
    if not _names(items) or not (len(items) >= enough or _formed(items) or _section(titles)):
        return False
    return _below(titles) or any(leads_elsewhere(title) for title in titles[:1])


def _is_list(titles: Sequence[Text], items: Sequence[Item]) -> bool:
    """Whether the nearest title says that suppliers are listed, and most items begin with a name."""
    if not titles or leads_elsewhere(titles[0]):
        return False
    pointed = next((title for title in titles if title.level != LEAD or heads(title.text)), titles[0])
    title = plain(pointed.text)
    told = pointed.level == LEAD or not ELSE.search(title) or bool(state(title))
    return heads(title) and told and _names(items)


def _names(items: Sequence[Item]) -> bool:
    """Whether most items begin with a name, few with what they tell of one ("Purpose: hosting"), and none with who came and went.

    Places and kinds of suppliers are what is told too.
    """
    named = [name for item in items if not item.holds_list and (name := _parted(item.text().text)[0])]
    said = sum(is_label(name) or is_kind(name) or is_place(name) for name in named)
    if any(map(_PAGES.fullmatch, named)):  # a menu
        return False
    return 2 * (len(named) - said) > len(items) and not _tells_changes(items)


def _parted(told: str) -> tuple[str, int]:
    """The name that an item begins with, "" where it begins with none, and where in it the purpose begins."""
    bare = blotted(told)
    match = _PARTED.search(bare, 1) or _COMMA.search(bare)
    name, behind = (told[: match.start()], match.end()) if match else (told, len(told))
    head = BRACKET.sub("", name) if bare is not told else name
    fits = len(head) <= _LONGEST_NAME and len(head.split()) <= _MOST_WORDS and _NAME.match(head)
    says = _SENTENCE.search(head) or (len(head.split()) > _FEWEST and _ENDED.search(head))
    return (name if fits and not says else ""), behind


def _row(text: str, item: Item, number: int, place: str, section: str) -> Row | Defect:
    told, span = item.text()[:2]
    name, behind = _parted(told)
    if item.holds_list or not name:
        return Defect(place, "holds a list of its own" if item.holds_list else "does not begin with a name")
    spans: list[Span] = [span, span]
    if text[slice(*span)] == told:
        spans = [(span[0], span[0] + len(name)), (span[0] + behind, span[1])]
    cells = [name, ", ".join(told[behind:].split("\n"))]
    return Row(number, place, cells, text, span, _HEADER, spans, section)


class _Page(PageParser):
    """Reads the lists of a page, each with the titles above it, the nearest first."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.found: list[Found] = []
        self.headings = front_matter(text)[0]
        self.depth = self.aside = self.banner = self.tables = 0
        self.item: Item | None = None
        self.raised = 0
        """Where in the item raised text begins."""
        self.block = Item(0)
        self.heading: str = ""
        self.lead = NOTHING
        """What led to the last list; it may name whose the lists below the next headings are too."""

    def read(self) -> list[Found]:
        self.feed(blanked(self.source))
        self.close()
        return self.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        if tag in ASIDE:
            self.aside += 1
        elif tag == "header":
            self.banner += 1
        elif tag in _LISTS:
            self.depth += 1
            if self.depth == 1 and not self._elsewhere():
                lead = self.block.text()._replace(level=LEAD)
                self.lead = lead if leads(lead) else self.lead
                self.found.append((titles_above(lead, self.headings), []))
            elif self.item:
                self.item.holds_list = True
        elif tag in {"li", "dt"} and self.depth == 1 and self.found and not self._elsewhere():
            self.item = Item(-1)
            self.found[-1][1].append(self.item)
        elif tag == "sup" and self.item:
            self.raised = len(self.item.parts)
        elif tag in {"dd", "br"} and self.item:
            self.item.parts.append("\n")
        elif HEADED.fullmatch(tag):
            for lead in () if self.depth else (self.lead, self.block.text()._replace(level=LEAD)):
                self.headings += [lead] if leads(lead) and len(self.headings) < MOST_TITLES else []
            self.lead = NOTHING
            self.heading, self.block = tag, Item(-1)
        elif tag in _BLOCKS and not self.item:
            self.block = Item(-1)
        if tag == "table":
            self.tables += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ASIDE:
            self.aside = max(0, self.aside - 1)
        elif tag == "header":
            self.banner = max(0, self.banner - 1)
        elif tag == "table":
            self.tables = max(0, self.tables - 1)
        elif tag in _LISTS:
            self.depth = max(0, self.depth - 1)
            if not self.depth:
                self.item, self.block = None, Item(-1)
        elif tag in _MARKS and self.item and len(self.item.parts) == 1:
            self.item.marked = True
        elif tag == "li" and self.depth == 1:
            self.item = None
        elif tag == "sup" and self.item and (mark := _MARK.fullmatch("".join(self.item.parts[self.raised :]))):
            self.item.parts[self.raised :] = [f"[{mark[1]}]"]
        elif tag == self.heading:
            if (told := self.block.text()).text:
                self.headings.append(told._replace(level=int(tag[1]) if tag != "title" else 0))
            self.heading, self.block = "", Item(-1)

    def _elsewhere(self) -> bool:
        """Whether a list here is none of the page's own: a menu, or what a cell of a table lists."""
        return bool(self.aside or self.banner or self.tables)

    def handle_data(self, data: str) -> None:
        target = self.item if self.item and self.depth == 1 else self.block if not self.depth else None
        if target is None or self.aside or (self.banner and not self.heading):
            return
        told = re.sub(r"\s+", " ", data)
        target.parts.append(_BEHIND.sub("\n", told, count=1) if target.marked and told.startswith(".") else told)
        target.marked = False
        if data.strip():
            start, target.end = self.span(data)
            target.start = start if target.start < 0 else target.start


_MARK = regex(r"\s?\(?(\d{1,3}|[a-z])\)?\s?")
"""A footnote mark, where it is raised."""


def _formed(items: Sequence[Item]) -> bool:
    """Whether half of the items begin with the name of a company and its legal form."""
    return 2 * sum(_is_formed(_parted(item.text().text)[0]) for item in items) >= len(items)


def _is_formed(name: str) -> bool:
    return bool(split_legal_form(without_validity(name).strip())[1])
