"""The vendors that a column of a portal names: several in one cell, with what they do, whose they are, and whether they still are.

Such cells are filled in by hand. Many name nobody: "Self" and "No" say that no vendor had part, "Various" and "See summary"
that somebody had whom the cell does not name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.brackets import without_brackets
from kg.extract.fields import is_placeholder
from kg.extract.suppliers.akin import abbreviates
from kg.extract.suppliers.names import is_name, read_supplier
from kg.extract.suppliers.several import joined, suppliers_in
from kg.extract.unnamed import is_unnamed
from kg.names import clean, split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.model import AffiliationKind

_TRADE = r"(?:business associates?|BAs?|vendors?|(?:sub-?)?contractors?|suppliers?|third[- ]part(?:y|ies)|service providers?)"
_SOME_FIRM = (
    r"(?:(?:an?|the|its|their|our) )?(?:law|accounting|audit|tax|payroll|billing|cloud|IT|HR|software|hosting|e-?mail|mailing|printing|marketing|web(?:site)?|data|storage|benefits?|collections?|debt"
    r"|payment|managed|staffing|consulting|shipping|file[- ]transfer|third[- ]party|outside|external)"
    r"(?: (?:services?|management|processing|hosting|storage|software))? (?:firm|provider|vendor|company|processor|contractor|consultant|agency|administrator|platform)"
)
"""What a company is called by nothing but its trade."""
_DENIED = regex(
    rf"(?:no|none|false|n|0|unk|absent|not present|(?:it)?self|(?:the )?(?:covered entity|CE)(?: itself| only)?|same(?: as (?:above|covered entity|entity|CE))?|in-?house|internal"
    rf"|(?:no|not(?: an?)?|none|without(?: an?)?) (?:{_TRADE}|involved|involvement|other)(?: (?:was )?(?:involved|involvement|present|identified|named))?"
    r"|not involved"
    r"|(?:(?:an?|the|its|one|former|current|ex|rogue|terminated|departed|internal|disgruntled)[ -]+)*(?:employees?|staff(?: members?)?|workers?|insiders?|volunteers?|interns?))[.\s]*",
    re.IGNORECASE,
)
_OPEN = regex(
    rf"(?:pending|to be (?:determined|announced)|under (?:investigation|review)|unclear|unsure|possibl[ey]|maybe|not sure)\b.{{0,40}}|{_TRADE}\?",
    re.IGNORECASE,
)
_NOBODY = regex(
    rf"(?:(?:please )?(?:see|refer to|cf\.?) (?:the )?(?:summary|attach|below|above|web|desc|note|narrat|comment|list|add|report|detail|letter|next|other|column).{{0,60}}|(?:yes|true|y|x|1|both|present|various|multiple|several|many|numerous|other|others|some|unnamed|confidential|redacted|withheld)\b"
    rf"(?: (?:{_TRADE}|entities|companies|others))?|(?:an?|the|its|their|our) (?-i:[a-z][^A-Z]{{0,60}})|{_TRADE}|{_SOME_FIRM}|(?:more than one|two|three|four|five|\d+) {_TRADE})[.\s]*",
    re.IGNORECASE,
)
_ANSWER = regex(
    r"(?:(?P<yes>yes|true)|no|none|false|unk|unknown)\b[.*†‡]*(?:\s*[:,(\[]|\s+[-–—]\s).*", re.IGNORECASE | re.DOTALL
)
"""An answer to whether a vendor had part, with something behind it."""
_AROUND = " :,()[]–—-"
_MARKS = " *†‡"
_BEFORE = regex(
    rf"(?P<former>(?:former|previous|prior|ex)[ -])?(?:[\w-]+ ){{0,2}}?{_TRADE}(?: name)? ?(?::|\s[-–—])\s*(?=\S)",
    re.IGNORECASE,
)
_FORMER = regex(rf"[\s,]*\(?(?:(?:a|the|its|their) )?(?:former|previous|prior|ex-)\s?(?:[\w-]+ ){{0,3}}?{_TRADE}\)?[.\s]*\Z", re.IGNORECASE)  # fmt: skip
_UNDER = regex(
    rf"[\s,]*\(?(?:an? |the )?(?:[a-z-]+ ){{0,2}}(?:sub-?contractors?|contractors?|vendors?|suppliers?|sub-?processors?) (?:of|for|to) (?:{_TRADE},? )?(?P<whose>[^()]{{2,80}}?)\)?\Z",
    re.IGNORECASE,
)
_ROLE = regex(
    rf",\s+(?:an?|the|its|their) (?:[a-z][a-z -]{{2,60}}|(?:[a-z-]+ ){{0,3}}{_TRADE} (?:of|for|to) [^,()]{{2,60}})\Z"
)
_TASK = regex(rf"\s*\((?:[\w-]+ ){{0,4}}{_TRADE}\)", re.IGNORECASE)
_STROKE = regex(r"\s+/\s+")
_TWO_BRANDS = regex(r"[A-Z][\w.-]+, [A-Z][\w.-]+")
_COMPANY = regex(r"(?<=[.)\w])(?:,\s*|\s+)(?=an? [^,()]{2,40} company\Z)", re.IGNORECASE)
_INITIALS = regex(r"(?P<short>[A-Z]{2,6}), (?P<name>[A-Z].+)")
_SHORT = regex(r"\s*\((?P<short>[A-Z]{2,6})(?P<form>,? (?:Inc|LLC|Ltd|Corp|Co)\.?)?\)")


class Vendor(NamedTuple):
    """A vendor that a cell names.

    Attributes:
        name: its name.
        affiliations: (party, kind, other) that the cell tells of its name.
        ended: whether it is no longer one.
        under: the vendor whose subcontractor it is, or "".
    """

    name: str
    affiliations: tuple[tuple[str, AffiliationKind, str], ...] = ()
    ended: bool = False
    under: str = ""


class Vendors(NamedTuple):
    """What a cell says of vendors.

    Attributes:
        named: those that it names.
        unnamed: whether it says that one had part whom it does not name.
        more: whether it says more than that.
    """

    named: tuple[Vendor, ...] = ()
    unnamed: bool = False
    more: bool = False


@lru_cache(maxsize=16_384)
def read_vendors(cell: str) -> Vendors:
    """Return what the cell of a column of vendors says; nothing where it says that none had part."""
    cell = " ".join(cell.split(" ")).strip(_MARKS)
    if is_placeholder(cell) or _DENIED.fullmatch(cell) or _OPEN.fullmatch(cell):
        return Vendors()
    answer = _ANSWER.fullmatch(cell)
    told = cell[answer.end("yes") :].strip(_AROUND) if answer and answer["yes"] else ""
    if is_name(told) and split_legal_form(told)[1]:
        cell = told
    elif answer:
        # Who stands behind it may be a vendor or anything else.
        return Vendors(unnamed=answer["yes"] is not None, more=True)
    named: list[Vendor] = []
    unnamed = False
    for part in _parts(cell):
        if _DENIED.fullmatch(part) or is_placeholder(part):
            continue
        if _NOBODY.fullmatch(part) or is_unnamed(part):
            unnamed = True
        elif vendor := _vendor(part):
            named.append(vendor)
    return Vendors(tuple({vendor.name: vendor for vendor in named}.values()), unnamed=unnamed)


def _parts(cell: str) -> list[str]:
    """The parts of a cell that name one vendor each."""
    found: list[str] = []
    for part in re.split(r"\s*[;\n]\s*", cell):
        strokes = _STROKE.split(part)
        for one in strokes if len(strokes) > 1 and all(map(is_name, map(without_brackets, strokes))) else [part]:
            for whole in suppliers_in(one.strip(), plural=_TWO_BRANDS.fullmatch(one.strip()) is not None):
                found += joined(whole)
    return [part.strip(" ,") for part in found if part.strip(" ,")]


def _vendor(part: str) -> Vendor | None:
    """The vendor that a part of a cell names, None where it names none."""
    ended, under = False, ""
    if title := _BEFORE.match(part):
        ended, part = title["former"] is not None, part[title.end() :]
    if former := _FORMER.search(part):
        ended, part = True, part[: former.start()]
    elif (below := _UNDER.search(part)) and below.start():
        whose = _UNDER_ITS.sub("", below["whose"].strip(" ,"))
        part, under = part[: below.start()], whose if is_name(whose) else ""
    name, affiliations = read_name(_ROLE.sub("", _TASK.sub("", part) if "(" in part else part))
    return Vendor(name, affiliations, ended, read_name(under)[0]) if name else None


_BRANDED = regex(r",?\s+(?:d\.?/?b\.?/?a\.?|doing business as)\s+", re.IGNORECASE)
"""Between brands of one company ("Elm LLC d/b/a Oak d/b/a Ash")."""
_UNDER_ITS = regex(r"(?:the|its|an?) ", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def read_name(cell: str) -> tuple[str, tuple[tuple[str, AffiliationKind, str], ...]]:
    """Return the name in a cell that holds one, and (party, kind, other) of what it tells of the name: brands, owners, old names."""
    text = cell
    for short in _SHORT.finditer(cell):  # initials are no name of another
        if not short["form"] or are_initials(short["short"], cell[: short.start()]):
            text = text.replace(short[0], "")
    if " " in text and (match := _COMPANY.search(text)):
        text = f"{text[: match.start()].rstrip(' ,')}, {text[match.end() :]}"
    if (match := _INITIALS.match(text)) and are_initials(match["short"], match["name"]):
        text = match["name"]
    told = read_supplier(text)
    if not told.names:
        return clean(text.strip(" ,")), ()
    return told.names[0], tuple((one, kind, of) for name, kind, of in told.affiliations for one in _BRANDED.split(name))


def are_initials(short: str, name: str) -> bool:
    """Return whether letters are the initials of a name, perhaps with more behind them, as of its legal form or its state ("BCBSTX")."""
    capitals = "".join(re.findall(r"\b[A-Z]", split_legal_form(name)[0]))
    return abbreviates(short, name) or (len(capitals) > 1 and short.startswith(capitals))
