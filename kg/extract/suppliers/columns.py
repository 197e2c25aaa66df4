"""Which column of a supplier table says what, and whose table it is where no column tells.

Headers are guessed by the words in them. A column called "company" or the like is the customer's only where
another is the supplier's and stands behind it; alone it is the supplier's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.places import is_place
from kg.extract.supplier_words import (
    ACTION,
    CHANGED,
    CONTRACTOR,
    CUSTOMER,
    DETAIL,
    LISTED,
    NOTICED,
    OBSERVED,
    SERVICE,
    SINCE,
    SOLD,
    SOMEBODY,
    STATUS,
    SUBCONTRACTOR,
    SUPPLIER,
    THIRD_PARTY,
    UNTIL,
)
from kg.extract.suppliers.owners import POINTS
from kg.extract.suppliers.register_columns import register_columns
from kg.extract.suppliers.states import of_states, state_column
from kg.extract.suppliers.subcontractors import below_column, chain_columns, paired
from kg.extract.suppliers.terms import stands_for, tells_day, term_columns
from kg.extract.suppliers.titled import is_listing, owners_in
from kg.extract.suppliers.titles import around, heads, is_kin, is_kind, state
from kg.extract.tabular.row import LEAD, plain
from kg.names import split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.extract.tabular.row import Table

_LONGEST_NAME = 100
"""Characters of the name of a column."""
_LOOK = 20
"""Rows that are looked at to see whether a text is a table."""
_FEW = 3
"""Fewer rows tell nothing."""
_TOWN = regex(r"\b(?:city|town|zip|post ?codes?|postal|street|ciudad|cidade|municipio|cep)\b")
_STATUS = regex(r"status\Z|\bstatut\Z")
_OF_A_COUNTRY = frozenset("state estado stato état etat".split())
"""What a part of a country is called too, where a town stands beside it."""
_UNIT = r"(?:d+|m+|y+|t+|j+|g+|aa+)"
_FORMAT = regex(
    rf"\s*\((?:(?={_UNIT}[ ./-])[^()]{{1,40}}|utc|gmt|ces?t|[ecmp][sd]?t|iso(?: 8601)?|date|datum)\)\Z"
    r"|\s+(?:dd|mm|yyyy|tt|jjjj|jj|gg|aaaa)(?:[ ./-](?:dd|mm|yy|yyyy|jj|jjjj|aa|aaaa)){2}\Z"
)
"""How the dates of a column are printed, and in which time ("Contract End (dd/mm/yyyy)", "Effective date (UTC)")."""
_BRACKETED = regex(
    r"\b(term|laufzeit|vertragslaufzeit|vertrag|(?:vertrags|leistungs)?zeitraum|contract|agreement|validity|gültigkeit)\s*\((from|to|until|till|start|begin|end|von|ab|bis|seit|beginn|ende)\)\Z"
)
"""Which end of a term a column tells ("Laufzeit (bis)")."""
_LEGAL = regex(
    r"\b(?:legal|contracting|entit(?:y|ies|é)|entidad|raison sociale|raz(?:ón|ão) social|ragione sociale|d[ée]nomina[a-zçãõóé]+)\b"
)
"""What a company is called in law; lists leave it out where it is as the name beside it."""
_MARKS = regex(r"[*†‡¹²³]+|\[[^\]]*\]")


@lru_cache(maxsize=256)
def columns(header: tuple[str, ...]) -> Mapping[str, int]:
    """Return field -> column: supplier, customer, subcontractor (the supplier's own suppliers, beside it), service, since, until, status, observed, as far as the header tells.

    Where the agreed end has a column and that of a termination another one, "until" is the first and "ended" the second.
    Of a log of changes, what was done ("action") and on what day ("changed") too.
    Of the EU's register of information, their codes too: supplier_registered, customer_registered.
    """
    if registered := register_columns(header):
        return registered
    names = [plain(_MARKS.sub("", name)) for name in header]
    bare = [_bare(name) for name in names]
    found: dict[str, int] = {}

    def take(field: str, *patterns: re.Pattern[str], names: Sequence[str] = bare) -> None:
        for pattern in patterns:
            for at, name in enumerate(names):
                if field not in found and at not in found.values() and pattern.search(name):
                    found[field] = at

    somebody = [
        at
        for at, name in enumerate(names)
        if not DETAIL.search(name) or any(words.fullmatch(name) for words in (CUSTOMER, SUPPLIER, _OF_SERVICES))
    ]
    own, last = _whose(names, somebody)
    for field, pattern in (("supplier", SUPPLIER), ("customer", CUSTOMER)):
        exact = [at for at in somebody if pattern.search(names[at]) and at not in found.values()]
        exact += own if field == "supplier" else []
        if field == "customer" and any(_ALSO.search(names[at]) for at in exact):
            exact = _of_customers(names, somebody, exact, found.get("supplier", 0))
        if exact:
            more = {at for at in exact if _says_more(names[at], pattern) or _OF_IT.match(names[at])}
            found[field] = min(exact, key=lambda at: (at in last, at in more, at))
    for pattern in (THIRD_PARTY, _KIN):
        if "supplier" not in found and (named := [at for at, name in enumerate(names) if pattern.fullmatch(name)]):
            found["supplier"] = named[0]
    unsaid = [at for at in somebody if at not in found.values() and SOMEBODY.fullmatch(names[at])]
    if unsaid and "supplier" not in found:
        unsaid = [at for at in unsaid if not _LEGAL.search(names[at])] or unsaid
        found["supplier"] = unsaid[-1] if "customer" not in found else unsaid[0]
    elif "supplier" in found and "customer" not in found:
        whose = [at for at in somebody if at in unsaid or (at not in found.values() and _GROUP.fullmatch(names[at]))]
        found |= {"customer": whose[0]} if whose and whose[0] < found["supplier"] else {}
    people = any(map(_OF_PEOPLE.search, names))
    for at, name in enumerate(names):
        # "Name and address, Contact, Role" are people as often.
        told = _called(name) != name and (SUPPLIER.search(name) or not people)
        if told and "supplier" not in found and at not in found.values():
            found["supplier"] = at
    if "supplier" in found:
        found |= below_column([_NAME_OF.sub("", name) for name in names], found) | chain_columns(names)
    take("observed", OBSERVED)
    found |= term_columns(bare, found.values())
    status = _STATUS if any(map(_TOWN.search, names)) else STATUS
    take("status", status, names=[name if of_states(name) else "" for name in bare])
    take("status", status)
    take("service", *SERVICE, names=["" if tells_day(name) else name for name in bare])
    found |= _of_a_log(bare, found)
    return found


def _of_customers(names: Sequence[str], somebody: Iterable[int], exact: list[int], before: int) -> list[int]:
    """The columns of customers, without those that may tell of others where another one names companies."""
    others = [at for at in exact if not _ALSO.search(names[at])]
    company = any(at < before and at not in exact and SOMEBODY.fullmatch(names[at]) for at in somebody)
    return others if others or company else exact


def told_columns(table: Table) -> Mapping[str, int]:
    """Return `columns` without those of customers and contractors in whose cells none are named."""
    header, found = table.header, columns(table.header)
    for who in ("customer", "supplier"):
        at = found.get(who)
        if at is not None and not _names_companies(table, at, who):
            header = tuple("" if column == at else name for column, name in enumerate(header))
            found = columns(header)
    return found


def _names_companies(table: Table, column: int, who: str) -> bool:
    """Whether a column names companies, as far as its name leaves that open: it may have answers, people or departments."""
    name = plain(table.header[column])
    contractor = CONTRACTOR.fullmatch(name) if who == "supplier" else None
    group = who == "customer" and _GROUP.fullmatch(name)
    if not contractor and not group and not (who == "customer" and _ALSO.search(name)):
        return True
    cells = [cell for row in table.read(_LOOK) if (cell := row.cell(column))]
    if any(_ANSWER.fullmatch(cell.casefold()) for cell in cells):
        return False
    if _STELLE.search(name) or (contractor and not contractor["alone"]):
        return 2 * sum(bool(split_legal_form(cell)[1]) for cell in cells) >= len(cells)
    return not group or not any(is_kin(title.text) for title in around(table.titles))


def _whose(names: Sequence[str], somebody: Sequence[int]) -> tuple[Sequence[int], Collection[int]]:
    """The columns of those who work for the customers of another, under no word for suppliers, and those of the subcontractors of somebody between."""
    customers = [at for at in somebody if CUSTOMER.search(names[at])]
    below = [at for at in somebody if SUBCONTRACTOR.search(names[at])]
    others = [at for at in somebody if customers and customers[0] < at and at not in below]
    told = [(at, CONTRACTOR.fullmatch(names[at])) for at in others]
    own = [at for at, match in told if match and (below or match["alone"])]
    first = min([*own, *(at for at in others if _SUPPLYING.fullmatch(names[at]))], default=len(names))
    return own, {at for at in below if at > first or "subcontract" in names[at]}


def stated(table: Table) -> Mapping[str, int]:
    """Return `columns` with that of states where its cells tell it, and the header names none that is of the relationship."""
    found = told_columns(table)
    status = found.get("status")
    if "action" in found or (status is not None and of_states(table.header[status])):
        return found
    names = [plain(name) for name in table.header]
    placed = _OF_A_COUNTRY if any(map(_TOWN.search, names)) else ()
    free = [at for at, name in enumerate(names) if at not in found.values() and name not in placed]
    at = state_column(table, free)
    if at is None:
        return found
    found = {**found, "status": at}
    return found | _of_a_log([_bare(name) for name in names], found)


def _says_more(name: str, pattern: re.Pattern[str]) -> bool:
    """Whether a header says more than whom it names ("Vendor #", "Key vendors", and not "Name of vendor / supplier")."""
    return _MORE.search(pattern.sub("", _NAME_OF.sub("", name))) is not None


def is_placed(header: str) -> bool:
    """Return whether a column tells more behind the names of those whom it names, as where they are."""
    name = plain(header)
    return _called(name) != name


def _called(name: str) -> str:
    """The name of a column without what it tells besides of those whom it names first ("Vendor name & location").

    Whose name is told is a supplier, or somebody with the place where they are: "Name and role" is of people, or of things.
    """
    first, *more = [part for part in _JOINED.split(name) if part] or [""]
    if SUPPLIER.search(first):
        names = not _says_more(first, SUPPLIER)
        told = any(DETAIL.search(part) or _ADDRESS.search(part) for part in more)
    else:
        others = any(map(_OF_SOMEBODY.search, more)) and not SUPPLIER.search(name)
        names = SOMEBODY.fullmatch(first) is not None and not others
        placed = [part for part in more if not SOMEBODY.fullmatch(part)]
        told = bool(placed) and all(map(_ADDRESS.search, placed))
    return first if names and told and not any(map(_SOMEBODYS.match, more)) else name


_OF_PEOPLE = regex(r"\b(?:contact|e ?mail|kontakt|role|rolle|rôle)\b")
_JOINED = regex(r"\s*(?:[(),;/&+]|\b(?:and|und|et|y|e|en)\b)\s*")
_OF_SOMEBODY = regex(r"\b(?:of|d[eiu]s?|de[lr]|della|van)\b")
_ADDRESS = regex(
    r"(?<!mail )adress|(?<!mail )address|anschrift|\badres\b|(?:registered|head) office|headquarter|location|countr|jurisdiction|region|standort|\bland\b|\b(?:sitz|ort)\b"
    r"|\bpays\b|\blieu\b|localisation|siège|país|ubicaci|direcci|domicili|paese|\bsede\b|luogo|indirizzo|locatie|vestiging|endereço"
)
"""Where somebody is."""
_SOMEBODYS = regex(
    rf"(?:{SUPPLIER.pattern}|customer|company|business|organi[sz]ation|entity|name|firmen?)\s+(?!name)\w"
)
"""What tells of somebody besides, and not of those who are named before ("Vendor / supplier type")."""


def _bare(name: str) -> str:
    """The name of a column without how its dates are printed."""
    return _BRACKETED.sub(r"\1 \2", _FORMAT.sub("", name))


def spare_dates(header: Sequence[str], found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return (field, column) of more columns that tell since or until when, as records of several makes have them ("addedAt", "start_date").

    A log that has the day of effect may have that of notice too. An end as it was at first holds where none was put in its place.
    """
    free = [(at, _bare(plain(name))) for at, name in enumerate(header) if at not in found.values()]
    return (
        tuple(
            (field, at)
            for field, pattern in (("since", SINCE), ("until", UNTIL), ("until", NOTICED))
            for at, name in free
            if field in found and pattern.search(name) and (pattern is NOTICED or _PLAINLY.fullmatch(name))
        )
        + tuple(
            ("until", at)
            for at, name in free
            if "until" in found and stands_for(name, _bare(plain(header[found["until"]])))
        )
        + tuple(
            ("changed", at)
            for at, name in free
            if found.get("changed", -1) == found.get("since") and CHANGED.fullmatch(name)
        )
    )


_PLAINLY = regex(
    r"(?:date )?(?:added|removed)(?: at| on| date)?|(?:start|end)(?:ed|s)?(?: date| at| on)?|since|until|valid (?:from|to|until)"
)


def _of_a_log(names: Sequence[str], found: Mapping[str, int]) -> dict[str, int]:
    """The columns of a log of changes: the state or action, and the day of it, which is the "effective date" before any other."""
    free = [at for at in range(len(names)) if at not in found.values()]
    told: dict[str, int] = {}
    if (at := next((at for at in free if ACTION.fullmatch(names[at])), None)) is not None:
        told["action"] = at
    if told and "since" in found and CHANGED.fullmatch(names[found["since"]]):
        told["changed"] = found["since"]
    elif (told or "status" in found) and (days := [at for at in free if CHANGED.fullmatch(names[at])]):
        told["changed"] = days[0]
    return told


def is_supplier_table(table: Table) -> bool:
    """Return whether a table is a list of suppliers: it names customers and suppliers, or sub-processors by that word."""
    found = paired(table, told_columns(table))
    if "supplier" not in found or not has_header(table):
        return False
    if "supplier_registered" in found:
        return True
    header = plain(table.header[found["supplier"]])
    if "customer" in found and any(words.search(header) for words in (SUPPLIER, SUBCONTRACTOR, CONTRACTOR)):
        return LISTED.search(header) is not None or not any(SOLD.search(plain(name)) for name in table.header)
    if any(is_listing(title.text) for title in table.titles if title.level != LEAD):
        return True
    if LISTED.search(header):
        return len(table.header) > 1
    if _says_more(_called(header), SUPPLIER) or any(SOLD.search(plain(name)) for name in table.header):
        return False
    return not _TELLING.isdisjoint(found) and any(
        told.sure and (title.level != LEAD or POINTS.search(title.text)) for told, title in owners_in(table.titles)
    )


def supplier_tables(tables: Iterable[Table]) -> list[Table]:
    """Return the tables of a page that list suppliers.

    Below a heading of its own that speaks of nothing of the kind ("Contact", "Certifications"), a table whose columns are called as
    those of anything ("Name") is none, where another of the page is one for sure, and has another header.
    """
    listed = [table for table in tables if is_supplier_table(table)]
    sure = {table.header for table in listed if _stands_for_itself(table) is True}
    return [one for one in listed if not sure or one.header in sure or _stands_for_itself(one) is not False]


def _stands_for_itself(table: Table) -> bool | None:
    """Whether a table says itself that it lists suppliers, or the heading next above; False where both speak of something else, and it is no log."""
    found = told_columns(table)
    supplier, *others = (_called(plain(table.header[found[who]])) for who in ("supplier", "customer") if who in found)
    own = next((title.text for title in around(table.titles) if not _YEAR.search(title.text)), "")
    if LISTED.search(supplier) or heads(own):
        return True
    near = own if not table.titles or table.titles[0].level != LEAD else f"{table.titles[0].text} {own}"
    told = (
        "changed" in found or SUPPLIER.search(plain(near)) or is_kind(own) or is_kin(own) or state(own) or is_place(own)
    )
    return None if told or not own or not any(map(_ANYBODY.fullmatch, (supplier, *others))) else False


_ANYBODY = regex(r"(?:full )?names?|nome?|nombre|naam|nazwa|navn|namn")
"""What a column of companies is called, and one of anything else."""
_YEAR = regex(r"\b20\d\d\b")
"""In a heading that tells of when a list is."""
_TELLING = frozenset({"service", "since", "until", "status", "subcontractor"})
"""Columns that tell of somebody's own suppliers, and not of who sells what."""
_STELLE = regex(r"verantwortliche stelle")
_ALSO = regex(
    rf"{_STELLE.pattern}|financial entit|finanzunternehmen|entités? financières?|entidad(?:es)? financieras?|entità finanziari|financiële entiteit"
)
"""What a column of customers is called, and one that tells who is in charge, or whether somebody is such."""
_ANSWER = regex(r"y|yes|n|no|ja|nein|oui|non|s[ií]|true|false|all|alle|tous|todos|n/?a|x")
_GROUP = regex(r"group (?:company|entity|member)(?: name)?")
"""What a column of customers is called before one of suppliers, and one of the customer's own companies where there is none."""
_KIN = regex(r"affiliates?(?: name)?|(?:group|affiliated) compan(?:y|ies)")
"""What a column is called below a heading that speaks of the customer's own group."""
_OF = r"(?:of|for|d[eiu]s?|del|der|von|van|für|pour|para|per|voor)"
_SUPPLYING = regex(rf"(?!{THIRD_PARTY.pattern})(?:.*\b)?(?:{SUPPLIER.pattern})(?: {_OF}\b.*)?")
"""What a column of suppliers is called, whatever is said of them ("Managed service provider")."""
_OF_IT = regex(r"(?:managed|ict|it) ")
"""What a supplier is called besides, where another column may name all of them ("Managed service provider, Vendor")."""
_OF_SERVICES = regex(rf"(?:{SUPPLIER.pattern}) {_OF} (?:[^\W\d]+ ){{0,3}}services?(?: [^\W\d]+){{0,2}}")
"""The same in words for what they do ("Provider of IT services")."""
_NAME_OF = regex(
    r"\A(?:legal |company )?(?:names? of (?:the )?|(?:name|noms?|nombre|nome|naam) (?:d\w{1,2} |van )?(?:l[ae] |het )?)"
    r"| \(?(?:(?:legal |company |entity )*names?|company|(?:legal )?entity|organi[sz]ation)\)?\Z"
)
"""What headers say around a word for those whom they name ("Vendor Legal Name", "Name des Lieferanten")."""
_MORE = regex(r"[\w#]")


def has_header(table: Table) -> bool:
    """Return whether a table has short names of columns, and rows as wide: the first lines of prose have neither."""
    if not names_columns(table.header):
        return False
    fit = [len(row.cells) == len(row.header) for row in table.read(_LOOK)]  # a record has names for its inner members
    return len(fit) < _FEW or 2 * sum(fit) >= len(fit)


def names_columns(header: Sequence[str]) -> bool:
    """Return whether what stands in a header are short names, and no sentence."""
    return not any(
        len(name) > _LONGEST_NAME or (name.endswith((".", "!", "?")) and not _heads(name)) for name in header
    )


_ABBREVIATED = regex(
    r"(?:[^\W\d_]{1,8}\.?[ /-]){0,2}(?:nr|no|núm|num|n|pos|id|tel|ref|réf|desc|descr|bez|bezeichn|beschr|kat|cat|art|adr|addr|anm|bem|obs|loc|opt|max|min|ver|resp)\.",
    re.IGNORECASE,
)
_ASKED = regex(r"\w+(?:[ /-]\w+){0,3} ?\?")


def _heads(name: str) -> bool:
    """Whether a name of a column ends in a mark as few do: an abbreviation ("Lfd. Nr."), or a question of a few words ("Optional?")."""
    asks = _ASKED.fullmatch(name) is not None and not any(one.search(plain(name)) for one in (SUPPLIER, CUSTOMER))
    return asks or _ABBREVIATED.fullmatch(name) is not None
