"""What the cell of a supplier says: one name or several, how they belong together, since and until when, and where.

Trust pages glue much to a name: a street address, footnote marks, "(optional)", "(until October 31, 2025)", "d/b/a",
"formerly", the product beside the company. Spelling is never mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.brackets import BRACKET, brackets, opens_bracket, without_brackets
from kg.extract.places import is_address, is_place, split_address
from kg.extract.suppliers.akin import PURPOSE, WORD, abbreviates, are_akin, goes_beyond, own_words
from kg.extract.suppliers.registered import registered_end
from kg.extract.suppliers.remarks import TRIM, badged_apart, lead, says_more, validity
from kg.extract.suppliers.states import state
from kg.model import AffiliationKind, RelationshipStatus
from kg.names import clean, is_legal_form, split_legal_form
from kg.names import key as name_key
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.dates import PartialDate

_DENYING = frozenset({"no", "not"})
_LOOSE = regex(
    r"[\s,]+(?=(?:(?:no longer|not|currently)(?: active)? )?(?:(?:to be|will be|being) )?(?:(?:valid|in use|in effect|in force|used) )?"
    r"(?:until|through|effective|with effect|starting|beginning|as of|from|since|added|removed|discontinued|terminated|retired|deprecated|decommissioned|offboarded|replaced"
    r"|seit|bis|depuis|desde|hasta|sinds)\s[^()]{0,40}\b\d{4}\b)|\s[–—-]\s+(?=\S)",
    re.IGNORECASE,
)
_FORMERLY = regex(r"(?:formerly|previously|f/?k/?a\.?|née)(?: (?:known|called|named|trading|doing business) as)?:?\s+(?=\S)", re.IGNORECASE)  # fmt: skip
_NOW = regex(r"(?:now|renamed(?: to)?|rebranded(?: as| to)?)(?: (?:known|called|named|trading) as)?:?\s+(?=[A-Z])")
_BRAND = regex(
    r"(?:d\s?/?\s?b\s?/?\s?a\.?|d\.b\.a\.|doing business as|t/a|trading as|operating as|branded as|provider of|makers? of|owners? of|creators? of)"
    r":?\s+(?=\S)",
    re.IGNORECASE,
)
_ALIAS = regex(r"(?:a\.?\s?k\.?\s?a\.?|also known as|or|hereinafter|hereafter|abbreviated|short)[:,]?\s+(?=\S)", re.IGNORECASE)  # fmt: skip
_PARENT = regex(r"(?:an? |the |its )?(?:[\w%-]{1,15} ){0,2}(?:parent|holding|mother)(?: company| entity)? (?:company )?(?:of|for|to) (?=\S)", re.IGNORECASE)  # fmt: skip
_OWNED = regex(
    r"(?:an? |the |our )?(?:[\w%-]{1,15} ){0,2}(?P<kind>subsidiary|affiliate|division|business unit|unit|product|brand|service|part|member|owned|acquired|bought)"
    r"(?: company)? (?:of|by|from) (?:the )?(?=\S)",
    re.IGNORECASE,
)
_COMPANY_OF = regex(r"(?:an?|the) (?P<name>\S[^()]{0,80}?)[ -](?:owned )?(?P<kind>company|subsidiary|affiliate|brand|product|service|business)\Z", re.IGNORECASE)  # fmt: skip
_KINDS = {
    "division": AffiliationKind.PRODUCT, "business unit": AffiliationKind.PRODUCT, "unit": AffiliationKind.PRODUCT,
    "product": AffiliationKind.PRODUCT, "brand": AffiliationKind.PRODUCT, "service": AffiliationKind.PRODUCT,
    "affiliate": AffiliationKind.LINKED, "member": AffiliationKind.LINKED,
}  # fmt: skip
"""What a word says of the party; where it is none of these, the party is owned."""

LAST_OF_KIN = frozenset(
    "affiliates affiliate subsidiaries companies entities unternehmen tochtergesellschaften tochterunternehmen filiales filiali affiliées afiliadas afiliados controllate"
    " dochterondernemingen dochtermaatschappijen ondernemingen".split()
)
_AND_KIN = regex(
    r"(?:,\s|,?\s(?:and/or|and|&|or|including|together with|und|et|y|e|en)\s)(?:(?:all|any|certain|one or more) (?:of )?)?"
    r"(?:(?:its|their|other|ihre[nr]?|seine[nr]?|ses|leurs|sus|sue|le sue|haar|hun|zijn) (?:[^\W\d_][\w-]{1,20} ){0,3}[^\W\d_]{1,25}"
    r"|(?-i:(?:affiliated |group |related )?(?:affiliates|subsidiaries|companies|entities)))\Z",
    re.IGNORECASE,
)
_NO_STATES = frozenset({"alta", "baja"})
"""Words for states that are parts of the names of places too."""
_PARTED = regex(r"\s+,\s*(?=\S)")
"""A comma behind a bracket that is gone."""
_BY = regex(r"(?P<product>\S.{0,80}?) by (?P<company>[A-Z]\S*(?: .{0,60})?)\Z")
_INSIDE = regex(rf",?\s+(?={_BRAND.pattern}|{_FORMERLY.pattern})|(?<=[.,])(?={_BRAND.pattern})", re.IGNORECASE)
_CLAUSE = regex(rf",\s+(?={_PARENT.pattern}|{_OWNED.pattern}|replaced by\s|(?:an?|the) [^,]{{1,60}}(?:company|subsidiary)\Z)", re.IGNORECASE)  # fmt: skip
_ASIDES = (_INSIDE, _CLAUSE, _LOOSE, regex(r",\s+(?=replac(?:es|ing)\s)", re.IGNORECASE))
"""What stands between a name and what is told of it in words, in the order in which they are looked for."""
_BESIDE = regex(r"\s+/\s+")
_TOGETHER = regex(r"\s+(?:&|and|/|\+)\s+(?!(?i:(?:co|cie|comp)\b(?!-)|compan(?:y|ie)\s(?:kg|ohg)))|;\s*|\n")
"""Not what stands in a legal form: "Brandt GmbH & Co. KG" is one company."""
_LISTED = regex(r"\s*(?:[,;/&]|\band\b)\s*")
_NAME_LIKE = regex(r"(?=[^a-z]|[a-z]+[A-Z\d])[\w“\"'&][\w.&'’+*!-]*(?:,? [\w.&'’+!/-]+){0,5}[”\"'.]*\Z")
_ONE = regex(r"[A-Z][a-z][\w.'’+!]*")
"""One word as brands are written, and neither initials ("BI") nor compounds ("Speech-to-Text")."""
_DOING = regex(r"\w{4,}(?:ing|ation|ility)", re.IGNORECASE)
_QUOTED = regex(r"[“„\"][^“”\"]{1,80}[”“\"]")
_WHEN = regex(r",?\s(?:in|on|since|as of|effective)\s[^()]{0,30}\d{4}\Z")
"""When one came to belong to another."""
_CAPITAL = regex(r"[^\W_a-zß-ÿ]|[a-z]+[A-Z]")
_INNER = regex(r"[A-Z][a-z]+[A-Z]")
"""What is spelled as brands are ("OpenAI")."""
_MARKED_NEW = regex(r"NEW\s?[:!–—]\s+(?=\S)|\*NEW\*\s+(?=\S)", re.IGNORECASE)
"""What is put before a name that was added lately, as "(new)" is behind it."""
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Named:
    """What a cell says of a supplier.

    Attributes:
        names: the supplier, and who else is used with it: the company behind a product, a brand, a second company.
        affiliations: (party, kind, other) of the names, and of those that are only told about.
        since: the day it begins to be used, if told.
        until: the day it ceases to be, if told.
        status: the state of the relationship, if told.
        notes: (key, value) of all else.
        doubtful: keys of the notes that are names if the list has them elsewhere.
    """

    names: tuple[str, ...]
    affiliations: tuple[tuple[str, AffiliationKind, str], ...] = ()
    since: PartialDate | None = None
    until: PartialDate | None = None
    status: RelationshipStatus | None = None
    notes: tuple[tuple[str, str], ...] = ()
    doubtful: frozenset[str] = frozenset()


@lru_cache(maxsize=65_536)
def read_supplier(
    cell: str, told: frozenset[str] = frozenset(), *, day_first: bool = False, placed: bool = False
) -> Named:
    """Return what the cell of a supplier says, no name at all for one that holds none.

    Args:
        cell: its text.
        told: keys of names that the list has elsewhere.
        day_first: whether the list prints the day before the month.
        placed: whether it tells where they are behind the names.
    """
    reading = _Reading(told, day_first, placed)
    reading.cell(cell)
    return reading.named()


@dataclass(slots=True)
class _Reading:
    """A cell being read."""

    told: frozenset[str]
    day_first: bool
    placed: bool
    names: list[str] = field(default_factory=list)
    affiliations: list[tuple[str, AffiliationKind, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    since: PartialDate | None = None
    until: PartialDate | None = None
    status: RelationshipStatus | None = None
    doubtful: set[str] = field(default_factory=set)

    def named(self) -> Named:
        names = tuple(dict.fromkeys(self.names))
        affiliations = tuple(dict.fromkeys(told for told in self.affiliations if told[0] != told[2]))
        notes, doubtful = tuple(dict.fromkeys(self.notes)), frozenset(self.doubtful)
        return Named(names, affiliations, self.since, self.until, self.status, notes, doubtful)

    def cell(self, cell: str) -> None:
        """Read a cell: the lines of an address go, then every company that it lists is read."""
        if len(cell) > _LONGEST:
            self.names.append(clean(cell))
            return
        first, *more = [line for line in cell.strip().splitlines() if line.strip()] or [""]
        text, more, others = first.strip(), [line.strip() for line in more], list[str]()
        if more and (is_address(" ".join(more)) or (self.placed and not any(map(self._goes_on, more)))):
            self.notes.append(("address", ", ".join(more)))
        elif more and split_legal_form(text)[1] and not any(map(self._goes_on, more)):
            self.doubtful.update(map(name_key, filter(is_name, more)))
            others = [line for line in more if name_key(line) in self.told]
            self.notes += [("remark", line) for line in more if line not in others]
        else:
            text = "\n".join([text, *more])
        if match := _MARKED_NEW.match(text):
            text = text[match.end() :]
            self.notes.append(("status", match[0].strip(TRIM + "*")))
        text, site = badged_apart(text)
        self.notes += [("website", site)] if site else []
        text, address = self._placed(text) if self.placed else split_address(text)
        if address:
            kind = "address" if is_address(address) else "place" if is_place(address) else "remark"
            self.notes.append((kind, address))
        for part in (*_companies(text), *others):
            self._company(" ".join(part.split()))

    def _placed(self, text: str) -> tuple[str, str]:
        """A name, with what is told of it in brackets and behind it, and where it is, where a list tells that behind the names."""
        ends = (match.start() for pattern in _ASIDES for match in pattern.finditer(text))
        end = min((at for at in ends if self._tells(text[at:])), default=len(text))
        name, place = split_address(text[:end], placed=True)
        if self._tells(place):
            return text, ""
        told = [match[0] for match in BRACKET.finditer(place) if self._tells(match[0])]
        for bracket in told:
            place = place.replace(bracket, "")
        return "".join((name, *told, text[end:])), place.strip(TRIM)

    def _goes_on(self, line: str) -> bool:
        """Whether a line behind that of a name is a part of the name, or names or tells more than where it is."""
        return line[0] in "([" or bool(split_legal_form(line)[1]) or is_legal_form(line) or self._tells(line)

    def _tells(self, text: str) -> bool:
        """Whether a text behind a name tells since or until when it is used, in what state, or how it belongs to another."""
        told = text.strip(TRIM + "()[]")
        return bool(validity(told, day_first=self.day_first) or state(told) or _tells_kin(told))

    def _company(self, text: str) -> None:
        """Read one company with all that is said of it; its own name stands before those of others."""
        first = len(self.names)
        kept, text = text[: (end := registered_end(text))], text[end:]
        remarks: list[str] = brackets(text)
        head = kept + (BRACKET.sub(" ", text) if opens_bracket(text) else text)
        for pattern in _ASIDES:
            places = pattern.finditer(head)
            if match := next((at for at in places if pattern is not _LOOSE or self._parts(at, head)), None):
                remarks.append(head[match.end() :])
                head = head[: match.start()]
        beside = [clean(part.strip(TRIM)) for part in _BESIDE.split(head)] if "/" in head else []
        if len(beside) > 1 and all(map(is_name, beside)):
            head = beside[0]
            for other in beside[1:]:
                if are_akin(head, other):
                    self._second(head, other, AffiliationKind.LINKED)
                else:
                    self.names.append(other)  # a slash stands between rivals too
        name = self._alone(clean(head.strip(TRIM)), bracketed=opens_bracket(text))
        if not name:
            self.notes += (("remark", remark) for remark in remarks)
            return
        if (
            " by " in name
            and (match := _BY.fullmatch(name))
            and is_name(match["product"])
            and is_name(match["company"])
        ):
            name = clean(match["product"])
            self._second(match["company"], name, AffiliationKind.PRODUCT, turned=True)
        self.names.insert(first, name)
        for remark in remarks:
            self._remark(name, remark.strip(TRIM))

    def _parts(self, at: re.Match[str], head: str) -> bool:
        """Whether a name ends at a place: a dash is there, or it is told behind it since or until when it is used, or that it is not."""
        if at[0].strip(" ,"):
            return True
        rest = head[at.end() :]
        return bool(validity(rest, day_first=self.day_first) or (lead(rest) in _DENYING and state(rest)))

    def _alone(self, name: str, *, bracketed: bool) -> str:
        """The name without its unnamed affiliates behind it, without a place behind its legal form, and without what a bracket parted from it, which may be another name."""
        if name.rpartition(" ")[2].casefold() in LAST_OF_KIN and (match := _AND_KIN.search(name)):
            self.notes.append(("remark", name[match.start() :].strip(TRIM)))
            name = name[: match.start()]
        before, _, place = name.rpartition(",")
        if is_place(place.strip()) and split_legal_form(before.strip())[1]:
            name, bracketed = f"{before} , {place}", True
        if not bracketed or (match := _PARTED.search(name)) is None:
            return name
        first, rest = name[: match.start()], name[match.end() :]
        if is_place(rest) or is_address(rest):
            self.notes.append(("place", rest))
            return first
        if is_legal_form(rest) or not is_name(rest):
            return f"{first}, {rest}"
        self.notes.append(("remark", rest))
        return first

    def _second(self, name: str, other: str, kind: AffiliationKind, *, turned: bool = False) -> None:
        """Another name that is used with the first: `other` belongs to `name`; `turned` if `name` is the one added."""
        self.names.append(clean(name if turned else other))
        self.affiliations.append((clean(other), kind, clean(name)))

    def _remark(self, name: str, remark: str) -> None:
        """Sort out what stands in a bracket or behind a name."""
        if not remark:
            return
        if (told := validity(remark, day_first=self.day_first)) is not None:
            self.since, self.until = told.since or self.since, told.until or self.until
            self.status = told.status or self.status
            if told.status:
                self.notes.append(("status", remark))
            elif says_more(remark, day_first=self.day_first):
                self.notes.append(("remark", remark))
        elif (said := state(remark)) and remark.casefold() not in _NO_STATES:
            self.status = said.status or self.status
            self.notes.append(("status", remark))
        elif (parts := _dated_apart(remark)) is not None:
            for part in parts:
                self._remark(name, part)
        elif not self._relation(name, remark):
            self._other(name, remark)

    def _relation(self, name: str, remark: str) -> bool:
        """Read how a name belongs to another, if a remark tells that."""
        if match := _FORMERLY.match(remark):
            self.affiliations.append((name, AffiliationKind.FORMER_NAME, clean(remark[match.end() :])))
        elif match := _NOW.match(remark):
            self.names[self.names.index(name)] = now = clean(remark[match.end() :])
            self.affiliations.append((now, AffiliationKind.FORMER_NAME, name))
        elif match := _BRAND.match(remark):
            self._second(name, remark[match.end() :], AffiliationKind.PRODUCT)
        elif (match := _ALIAS.match(remark)) and is_name(remark[match.end() :]):
            self.notes.append(("also known as", clean(remark[match.end() :])))
        elif match := _PARENT.match(remark):
            self.affiliations.append((clean(remark[match.end() :]), AffiliationKind.SUBSIDIARY, name))
        elif (match := _OWNED.match(remark)) and is_name(other := _WHEN.sub("", remark[match.end() :])):
            kind = _KINDS.get(match["kind"].casefold(), AffiliationKind.SUBSIDIARY)
            self.affiliations.append((name, kind, clean(other)))
            self.notes += [("remark", remark)] if not remark.endswith(other) else []
        elif (match := _COMPANY_OF.match(remark)) and is_name(match["name"]):
            kind = _KINDS.get(match["kind"].casefold(), AffiliationKind.SUBSIDIARY)
            self.affiliations.append((name, kind, clean(match["name"])))
        else:
            return False
        return True

    def _other(self, name: str, remark: str) -> None:
        """Read a remark that is a place, an abbreviation, another name, or only a remark."""
        if is_place(remark) or is_address(remark):
            self.notes.append(("place", remark))
        elif abbreviates(remark, name) or name_key(remark) == name_key(name):
            self.notes.append(("also known as", clean(remark)))
        elif found := self._others(name, remark):
            for other in found:
                self._beside(name, other)
        else:
            self.notes.append(("remark", remark))

    def _others(self, name: str, remark: str) -> list[str]:
        """The names in a bracket as they are printed, [] where it may be a purpose or a scope ("Data Warehouse", "Enterprise plan only")."""
        parts = [part for part in _LISTED.split(remark) if part.strip()]
        whole = [remark] if "," not in remark or split_legal_form(remark)[1] else parts
        for several in (whole, parts):
            if all(is_name(part) and (_is_other(part, name) or name_key(part) in self.told) for part in several):
                return several
        self.doubtful.update(name_key(part) for part in (remark, *parts) if is_name(part))
        return []

    def _beside(self, name: str, other: str) -> None:
        """Two names side by side: only where they show it is one what the other makes, whoever has a legal form."""
        bare = clean(other)
        formed, other_formed = (bool(split_legal_form(one)[1]) for one in (name, bare))
        if formed and not other_formed and (_QUOTED.fullmatch(other.strip()) or goes_beyond(bare, name)):
            self._second(name, bare, AffiliationKind.PRODUCT)
        elif other_formed and not formed and goes_beyond(name, bare):
            self._second(bare, name, AffiliationKind.PRODUCT, turned=True)
        else:
            # "Oak, Inc. (Elm)" may tell a product, a brand, the owner, or where Oak is hosted.
            self._second(name, bare, AffiliationKind.LINKED)


def _companies(text: str) -> list[str]:
    """The companies that a cell lists: it is parted only where each part has a legal form of its own."""
    parts = [part for part in _TOGETHER.split(text) if part.strip()]
    whole = all(_is_company(part) and part.count("(") == part.count(")") for part in parts)
    return parts if whole and len(parts) > 1 else [text]


def _is_company(part: str) -> bool:
    """Whether a name has a legal form, or the company in a bracket behind it has."""
    head = without_brackets(part)
    return any(split_legal_form(one)[1] for one in (head, *brackets(part))) and not is_legal_form(head)


def _dated_apart(remark: str) -> tuple[str, str] | None:
    """What a remark says, and since or until when, where a semicolon parts the two ("opt-in; effective June 1, 2025"); not of what befell the name."""
    said, _, dated = remark.rpartition("; ")
    if not said or validity(said) or state(said) or _tells_kin(said) or (told := validity(dated)) is None:
        return None
    return (said, dated) if told.since or told.until else None


def _tells_kin(remark: str) -> bool:
    """Whether a remark tells how a name belongs to another."""
    return any(one.match(remark) for one in (_FORMERLY, _NOW, _BRAND, _ALIAS, _PARENT, _OWNED, _COMPANY_OF))


def is_aside(text: str) -> bool:
    """Return whether a text tells in words how a name belongs to another, or since or until when it is used."""
    return any(pattern.search(text) for pattern in _ASIDES)


def is_name(text: str) -> bool:
    """Return whether a text names somebody or something, rather than says what it is for."""
    told = clean(text)
    if not _NAME_LIKE.match(told) or is_place(told) or validity(told):
        return False
    return any(word.casefold() not in PURPOSE for word in WORD.findall(told) if not word.isdigit())


def _is_other(text: str, name: str) -> bool:
    """Whether something in a bracket shows that it is a name: a legal form, quotation marks, a word of the name before it or one spelled as brands are, or being one word."""
    told, form = split_legal_form(text)
    if is_legal_form(text):
        return False
    if form or _QUOTED.fullmatch(text.strip()):
        return True
    if len(words := told.split()) == 1:
        return _ONE.fullmatch(told) is not None and not _DOING.fullmatch(told)
    if not all(map(_CAPITAL.match, words)):
        return False
    branded = (word for word in words if _INNER.match(word) and word.casefold() not in PURPOSE)
    return not own_words(name).isdisjoint(told.casefold().split()) or any(branded)
