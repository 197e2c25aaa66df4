"""Supplier tables: who uses whom, one supply relationship a row, in CSV, Markdown, HTML or JSON; and lists of suppliers.

The columns are guessed from the header (`kg.extract.suppliers.columns`), or told by a mapping file. A table of one
customer has no column for it: a title above the table names the customer then, or the mapping does.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from kg.dates import parse_field
from kg.extract.fields import is_placeholder
from kg.extract.supplier_words import CONTRACTOR
from kg.extract.suppliers.asides import is_struck, may_strike
from kg.extract.suppliers.cards import supplier_cards
from kg.extract.suppliers.columns import is_placed, spare_dates, stated, supplier_tables
from kg.extract.suppliers.days import how_dated, page_order, tells_two, told_order
from kg.extract.suppliers.entry import Entry, Layout, Others
from kg.extract.suppliers.headers import HeaderAgain, whole_tables
from kg.extract.suppliers.identified import identified
from kg.extract.suppliers.keyed import by_customer
from kg.extract.suppliers.lists import supplier_lists
from kg.extract.suppliers.log import Log
from kg.extract.suppliers.names import read_supplier
from kg.extract.suppliers.register_columns import direct_provider, is_of_codes
from kg.extract.suppliers.sections import (
    change_log,
    in_section,
    inner_section,
    may_be_listed,
    with_sections,
)
from kg.extract.suppliers.several import (
    customers_in,
    listed_names,
    lists_customers,
    lists_suppliers,
    located,
    suppliers_in,
)
from kg.extract.suppliers.states import of_states
from kg.extract.suppliers.subcontractors import names_somebody, paired, recipient, unread_companies
from kg.extract.suppliers.titled import small_customer, titled_customer
from kg.extract.tabular.asides import footer
from kg.extract.tabular.row import as_quoted, plain
from kg.model import AffiliationKind, Defect, Evidence, Listing, Note
from kg.names import clean
from kg.names import key as name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kg.dates import PartialDate
    from kg.extract.tabular.row import Row, Table, Text
    from kg.model import Document, Extracted, SupplyRelationship


def read(document: Document) -> Iterator[Extracted]:
    """Yield a listing for every row; a row without both names, a repeated one and a self-supplier are defects.

    Tables of a page that list no suppliers are left out, unless it has no other.
    """
    found = list(whole_tables(document))
    listed = supplier_tables(found)
    listed += supplier_lists(document, beside=listed)
    keyed = [] if listed else list(by_customer(document))
    each: list[tuple[Text | None, Table]] = [*((None, table) for table in listed), *keyed]
    if not each:
        each = [(None, one) for one in supplier_cards(document) or filter(may_be_listed, found)]
    if not each:
        yield Defect("line 1", "the header names no customer column and supplier column")
    page = page_order([*found, *(table for _, table in each)])
    seen: dict[tuple[str, ...], str] = {}
    for customer, table in each:
        order = told_order(table, page)
        turned = order is True
        known = stated(table) if customer else paired(table, stated(table))
        if between := unread_companies(table, known):
            below = table.header[known["supplier"]]
            yield Defect(
                "line 1",
                f"{as_quoted(between)} may name those whose own suppliers {as_quoted(below)} names; it is kept as notes",
            )
        section = in_section(table, known, day_first=turned)
        layout = Layout(
            identified(table, section.columns),
            section.constants,
            partial(_date, how_dated(table, day_first=turned), order is None),
            titled=(customer and (customer.text, customer))
            or _titled(table, {*section.columns, *section.constants}, document.text),
            spare=spare_dates(table.header, section.columns),
            heading=section.heading,
            placed="supplier" in section.columns and is_placed(table.header[section.columns["supplier"]]),
            day_first=turned,
        )
        yield from read_table(with_sections(table), layout, seen)
    for at, table in enumerate([] if keyed else found, 1):
        if table not in listed and change_log(table):
            yield Defect(f"table {at}", "tells in words how suppliers came and went, which is not read")


def dated_layout(table: Table, known: Mapping[str, int]) -> Layout:
    """Return how the terms are read in a table of which another reader knows the rest.

    Args:
        table: the table.
        known: field -> column, of those that the other reader takes.
    """
    order, taken = told_order(table), set(known.values())
    turned = order is True
    told = {field: at for field, at in stated(table).items() if field in _OF_A_TERM and at not in taken}
    if "status" in told and not of_states(table.header[told["status"]]):
        # An assessment that is closed is over, and no vendor.
        del told["status"]
    date = partial(_date, how_dated(table, day_first=turned), order is None)
    spare = tuple(one for one in spare_dates(table.header, told) if one[1] not in taken)
    return Layout(told | dict(known), date=date, spare=spare, day_first=turned)


_OF_A_TERM = frozenset({"since", "until", "ended", "status"})


def _date(printed: Mapping[str, bool], unsure: bool, _: str, text: str) -> PartialDate | None:
    """The date of a cell, whatever it is of, as its table prints dates; None where that is `unsure` and the numbers are two dates."""
    return None if unsure and tells_two(text) else parse_field(text, **printed)


def read_table(table: Table, layout: Layout, seen: dict[tuple[str, ...], str]) -> Iterator[Extracted]:
    """Yield a listing or a defect for every row of a supplier table, and a notice for every begin and end that is no date.

    Args:
        table: the table.
        layout: how it is read.
        seen: the rows that the document has told so far, with their places; rows are added.
    """
    titled = layout.titled or _titled(table, {*layout.columns, *layout.constants})
    layout = replace(layout, others=cache(partial(_others, table, layout)))
    told = dict(layout.constants) | ({"customer": titled[0]} if titled else {})
    title: Evidence | None = None
    named: Row | None = None
    merged = layout.columns.get("customer", 0) < layout.columns.get("supplier", 0)
    parting, log, direct = _Parting(table, layout), Log(table, layout), direct_provider(table, layout.columns)
    beneath = _Beneath(table, layout) if "subcontractor" in layout.columns else None
    again = HeaderAgain(table.header, layout.columns)
    for row in table:
        if isinstance(row, Defect):
            yield row
            continue
        if (reason := _left_out(row, layout, again)) is not None:
            if reason:
                yield Defect(row.place, reason)
            continue
        if titled and title is None:
            title = Evidence(row.source[slice(*titled[1].span)], titled[1].span, "title")
        held = told | (inner_section(row.section, day_first=layout.day_first) or {})
        if not direct(row):
            held.pop("customer", None)
        cells = held | {
            name: cell
            for name, at in layout.columns.items()
            if (cell := row.cell(at)) and not (name in held and is_placeholder(cell))
        }
        if layout.parted and (services := layout.parted("service", row)):
            cells["service"] = ", ".join(services)
        above = title
        if (at := layout.columns.get("customer")) is not None:
            if row.cell(at):
                named = row
            elif "customer" not in told and _goes_on(row, cells):
                merged = merged and named is not None  # a first row without one shows that blanks mean nobody
                if merged and named:
                    cells["customer"], above = named.cell(at), named.evidence(at)
        first = seen.setdefault((cells.get("customer", ""), cells.get("status", ""), *row.told), row.place)
        if first != row.place:
            yield Defect(row.place, f"repeats {first}")
            continue
        if end := log.other_end(row):
            cells["counterpart"] = end.edtf
        entries = parting.entries(row, cells, above)
        below = beneath.listings(row, entries) if beneath else []
        given = [one.read() for one in entries]
        every = [*given, *below] if any(isinstance(one, Listing) for one in given) else given
        yield from _together(every, row.evidence()) if len(every) > 1 else every
        told_of = (
            one for one, read in zip(entries, given, strict=True) if isinstance(read, Listing) and read.uses_vendor
        )
        yield from dict.fromkeys(notice for one in told_of for notice in one.notices)


def _titled(table: Table, told: AbstractSet[str], source: str = "") -> tuple[str, Text] | None:
    """Whose suppliers the titles of a table tell, and the title, where no field that is `told` does; `source`: the page, if it is at hand."""
    if "customer" in told:
        return None
    return titled_customer(table.titles) or (small_customer(table.titles, source) if source else None)


def _others(table: Table, layout: Layout) -> Others:
    """Whom else the column of suppliers names, and which firms are behind a brand ("Long Form, Inc. dba Oak")."""
    at = layout.columns.get("supplier")
    found = Others(set(), {})
    for row in table.read():
        told = read_supplier(row.cell(at), day_first=layout.day_first, placed=layout.placed)
        found.names.update(map(name_key, told.names))
        for brand, kind, firm in told.affiliations:
            if kind is AffiliationKind.PRODUCT:
                found.firms.setdefault(name_key(brand), set()).add(firm)
    return found


def _left_out(row: Row, layout: Layout, again: HeaderAgain) -> str | None:
    """Why a row tells of no relationship, "" for the header once more, of which nothing need be said; None where it may tell of one."""
    if again.is_in(row):
        return "" if again.is_same(row) else "names the columns once more; what is below is read by the names above"
    if "supplier_registered" in layout.columns and is_of_codes(row):
        return "holds the codes of the columns"
    if recipient(row, layout.columns) == "":
        return "names no recipient of what is sub-contracted"
    return footer(row, layout.columns) or None


class _Parting:
    """How the rows of a table are parted where a cell lists several customers or suppliers."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self.layout = layout
        self.customer, self.supplier = layout.columns.get("customer"), layout.columns.get("supplier")
        told = self.supplier is not None and lists_suppliers(table.header[self.supplier])
        before = layout.columns.get("service", len(table.header)) < (self.supplier or 0)
        # A row is a customer's, or a service's that stands before those who render it: elsewhere it is one supplier's.
        self.plural = told and (self.customer is not None or before)
        contracted = self.supplier is not None and CONTRACTOR.fullmatch(plain(table.header[self.supplier]))
        self.below = layout.columns.get("subcontractor") if contracted else None
        """Who works for the customer itself where no contractor is named."""
        self.listed = self.customer is not None and lists_customers(table.header[self.customer])
        chained = _chained(layout)
        self.chain = _Parting(table, replace(layout, columns=chained, parted=None)) if chained else None

    def entries(self, row: Row, cells: dict[str, str], above: Evidence | None) -> list[Entry]:
        """Return a row once for each customer and supplier; what is told of the one of a row goes to notes where there are more."""
        if self.chain and (other := recipient(row, self.layout.columns)):
            told = {name: cell for name, cell in cells.items() if name in self.chain.layout.columns}
            return self.chain.entries(row, {**told, "customer": other}, None)
        layout, suppliers, customers = self.layout, self.suppliers(row), self._customers(row)
        if "supplier" in layout.columns and may_strike(row.source) and is_struck(row, layout.columns["supplier"]):
            cells = {**cells, "struck": "yes"}
        whose = [who for who, names in (("supplier_", suppliers), ("customer_", customers)) if len(names) > 1]
        if whose:
            own = {name: at for name, at in layout.columns.items() if not name.startswith(tuple(whose))}
            layout = replace(layout, columns=own)
            cells = {name: cell for name, cell in cells.items() if not name.startswith(tuple(whose))}
        each = [cells | {"supplier": one} for one in suppliers] or [cells]
        if customers:
            return [
                Entry(row, layout, told | {"customer": one}, None, proof)
                for one, proof in customers.items()
                for told in each
            ]
        return [Entry(row, layout, told, above) for told in each]

    def _customers(self, row: Row) -> Mapping[str, Evidence]:
        """The customers of a row, each with where it stands, where its cell lists several."""
        if self.layout.parted is not None:
            return self.layout.parted("customer", row)
        if self.customer is None or not row.cell(self.customer):
            return {}
        if named := listed_names(row, self.customer):
            return named
        found = customers_in(row.cell(self.customer), plural=self.listed)
        return {clean(name): proof for name, proof in located(row, self.customer, found)} if len(found) > 1 else {}

    def suppliers(self, row: Row) -> Sequence[str]:
        """Return the suppliers of a row, as its cell lists them."""
        if self.layout.parted is not None:
            return tuple(self.layout.parted("supplier", row))
        at = self.supplier
        if self.below is not None and at is not None and not row.cell(at):
            named = suppliers_in(row.cell(self.below), plural=True)
            return named if all(map(names_somebody, named)) else ()
        if at is None or not row.cell(at):
            return ()
        listed = tuple(dict.fromkeys(row.items(at))) or tuple(listed_names(row, at))
        return listed or suppliers_in(row.cell(at), plural=self.plural)


def _chained(layout: Layout) -> dict[str, int]:
    """The columns of a row whose supplier provides to another one, its recipient: the days that are told are those of the customer's own contract."""
    if "recipient" not in layout.columns:
        return {}
    own = {name: at for name, at in layout.columns.items() if name.startswith(("supplier", "service", "status"))}
    return {**own, "customer": layout.columns["recipient"]}


class _Beneath:
    """Whom the supplier of a row uses itself, as a column of the row tells: nothing else that the row tells is of the two."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self.at = layout.columns["subcontractor"]
        own = {"customer": layout.columns["supplier"], "supplier": self.at}
        placed = is_placed(table.header[self.at])
        self.layout = Layout(own, date=layout.date, placed=placed, day_first=layout.day_first)
        self.layout = replace(self.layout, others=cache(partial(_others, table, self.layout)))
        self.parting = _Parting(table, self.layout)

    def listings(self, row: Row, entries: Sequence[Entry]) -> Sequence[Extracted]:
        """Return a listing for each subcontractor; a cell that is not made of their names, or stands beside several suppliers, is noted."""
        suppliers = {name for one in entries for name in one.named.names[:1]}
        if not (cell := row.cell(self.at)) or not row.cell(self.layout.columns["customer"]):
            return []
        if len(suppliers) == 1 and all(map(names_somebody, each := self.parting.suppliers(row))):
            own, told = row.only(self.at), {"customer": suppliers.pop()}
            if may_strike(row.source) and is_struck(row, self.at):
                told["struck"] = "yes"
            found = [Entry(own, self.layout, {**told, "supplier": one}, None).read() for one in each]
            if all(isinstance(one, Listing) and not any(map(_is_own, one.uses_vendor)) for one in found):
                return found
        for one in entries:
            one.notes.append(Note(row.name(self.at), cell, one.proof))
        return []


def _is_own(link: SupplyRelationship) -> bool:
    """Whether a supplier may be the company whose product or brand its customer is: "Zoom", "Zoom Communications Inc."."""
    return link.customer.split()[:1] == link.supplier.split()[:1]


def _together(read: Sequence[Extracted], proof: Evidence) -> Iterator[Extracted]:
    """What one row gives for each of several customers or suppliers as one listing; why it gives none for one of them is a note."""
    reasons = dict.fromkeys(one.reason for one in read if isinstance(one, Defect))
    listings = [one for one in read if isinstance(one, Listing)]
    if not listings:
        yield Defect(proof.place, "; ".join(reasons))
        return
    parties = {party.name: party for one in reversed(listings) for party in reversed(one.parties)}
    notes = dict.fromkeys(note for one in listings for note in one.notes)
    yield Listing(
        listings[0].number,
        tuple(reversed(parties.values())),
        tuple(told for one in listings for told in one.uses_vendor),
        (*notes, *(Note("customer", reason, (proof,)) for reason in reasons)),
        tuple(dict.fromkeys(told for one in listings for told in one.affiliations)),
        listings[0].observed,
    )


def _goes_on(row: Row, cells: Mapping[str, str]) -> bool:
    """Whether a row without a customer is of the one above, as merged cells leave it: it tells more than one word does."""
    return "supplier" in cells and (len(row.header) == _TWO or sum(map(bool, row.told)) > 1)


_TWO = 2
"""Columns of a table that holds nothing but names."""
