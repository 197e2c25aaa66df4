"""Which column of a supplier table says what, and whose table it is where no column tells.

Headers are guessed by the words in them. A column called "company" or the like is the customer's only where
another is the supplier's and stands behind it; alone it is the supplier's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from kg.extract.places import is_place
from kg.extract.suppliers.generic import GENERIC, LINKS
from kg.extract.suppliers.register_columns import register_columns
from kg.extract.suppliers.titles import FORMER, SOON, around, heads, is_kin, is_state, naming, without_state
from kg.extract.suppliers.words import (
    ACTION,
    CHANGED,
    CUSTOMER,
    DETAIL,
    LISTED,
    OBSERVED,
    OUTSOURCED,
    SERVICE,
    SINCE,
    SOLD,
    SOMEBODY,
    STATUS,
    SUPPLIER,
    THIRD_PARTY,
    UNTIL,
)
from kg.extract.tabular.row import LEAD, Row, plain
from kg.names import clean, split_legal_form
from kg.names import key as name_key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extract.tabular.row import Table, Text

_LONGEST_NAME = 100
"""Characters of the name of a column."""
_LOOK = 20
"""Rows that are looked at to see whether a text is a table."""
_FEW = 3
"""Fewer rows tell nothing."""
_TOWN = regex(r"\b(?:city|town|zip|post ?codes?|postal|street|ciudad|cidade|municipio|cep)\b")
_STATUS = regex(r"status\Z|\bstatut\Z")
_MARKS = regex(r"[*†‡¹²³]+|\[[^\]]*\]")


@lru_cache(maxsize=256)
def columns(header: tuple[str, ...]) -> Mapping[str, int]:
    """Return field -> column: supplier, customer, service, since, until, status, observed, as far as the header tells.

    Of a log of changes, what was done ("action") and on what day ("changed") too.
    Of the EU's register of information, their codes too: supplier_registered, customer_registered.
    """
    if registered := register_columns(header):
        return registered
    names = [plain(_MARKS.sub("", name)) for name in header]
    found: dict[str, int] = {}

    def take(field: str, *patterns: re.Pattern[str]) -> None:
        for pattern in patterns:
            for at, name in enumerate(names):
                if field not in found and at not in found.values() and pattern.search(name):
                    found[field] = at

    somebody = [at for at, name in enumerate(names) if not DETAIL.search(name) or CUSTOMER.fullmatch(name)]
    for field, pattern in (("supplier", SUPPLIER), ("customer", CUSTOMER)):
        exact = [at for at in somebody if pattern.search(names[at]) and at not in found.values()]
        if exact:
            found[field] = min(exact, key=lambda at: (not pattern.fullmatch(names[at]), at))
    if "supplier" not in found and (served := [at for at, name in enumerate(names) if THIRD_PARTY.fullmatch(name)]):
        found["supplier"] = served[0]
    if "supplier" not in found and (kin := [at for at, name in enumerate(names) if _KIN.fullmatch(name)]):
        found["supplier"] = kin[0]
    unsaid = [at for at in somebody if at not in found.values() and SOMEBODY.fullmatch(names[at])]
    if unsaid and "supplier" not in found:
        found["supplier"] = unsaid[-1] if "customer" not in found else unsaid[0]
    elif unsaid and "customer" not in found and unsaid[0] < found["supplier"]:
        found["customer"] = unsaid[0]
    for field, pattern in (("observed", OBSERVED), ("since", SINCE), ("until", UNTIL)):
        take(field, pattern)
    if not any(map(_TOWN.search, names)):  # else a state is a part of a country
        take("status", STATUS)
    else:
        take("status", _STATUS)
    take("service", *SERVICE)
    found |= _of_a_log(names, found)
    return found


def spare_dates(header: Sequence[str], found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return (field, column) of more columns that tell since or until when, as records of several makes have them ("addedAt", "start_date")."""
    free = [(at, plain(name)) for at, name in enumerate(header) if at not in found.values()]
    return tuple(
        (field, at)
        for field, pattern in (("since", SINCE), ("until", UNTIL))
        for at, name in free
        if field in found and pattern.search(name) and _PLAINLY.fullmatch(name)
    )


_PLAINLY = regex(
    r"(?:date )?(?:added|removed)(?: at| on| date)?|(?:start|end)(?:ed|s)?(?: date| at| on)?|since|until|valid (?:from|to|until)"
)


def _of_a_log(names: Sequence[str], found: Mapping[str, int]) -> dict[str, int]:
    """The columns of a log of changes: the state or action, and the day of it, which an "effective date" is too."""
    free = [at for at in range(len(names)) if at not in found.values()]
    told: dict[str, int] = {}
    if (at := next((at for at in free if ACTION.fullmatch(names[at])), None)) is not None:
        told["action"] = at
    days = [at for at in free if CHANGED.fullmatch(names[at])] if told or "status" in found else []
    if days:
        told["changed"] = days[0]
    elif told and "since" in found and CHANGED.fullmatch(names[found["since"]]):
        told["changed"] = found["since"]
    return told


def is_supplier_table(table: Table) -> bool:
    """Return whether a table is a list of suppliers: it names customers and suppliers, or sub-processors by that word."""
    found = columns(table.header)
    if "supplier" not in found or not has_header(table):
        return False
    if "supplier_registered" in found:
        return True
    header = plain(table.header[found["supplier"]])
    if "customer" in found and SUPPLIER.search(header):
        return LISTED.search(header) is not None or not any(SOLD.search(plain(name)) for name in table.header)
    titled = any(_is_listing(title.text) for title in table.titles if title.level != LEAD)
    if SUPPLIER.fullmatch(header) and not any(SOLD.search(plain(name)) for name in table.header):
        titled = titled or any(_SUPPLIERS_OF.match(title.text) for title in table.titles if title.level != LEAD)
    return titled or (LISTED.search(header) is not None and len(table.header) > 1)


_SUPPLIERS_OF = regex(
    r"(?:list of |lista de |liste des |elenco dei |lijst van |übersicht der |unsere )?(?:suppliers|vendors|service providers|processors|lieferanten|dienstleister|auftragsverarbeiter|fournisseurs"
    r"|prestataires|proveedores|encargados del tratamiento|fornitori|leveranciers|verwerkers|fornecedores) (?:of|used by|de[lri]?|des|du|von|di|van|da|do)\s(?=\S)",
    re.IGNORECASE,
)
"""Titles of lists of suppliers that say whose they are."""


def has_header(table: Table) -> bool:
    """Return whether a table has short names of columns, and rows as wide: the first lines of prose have neither."""
    if not names_columns(table.header):
        return False
    widths = [len(row.cells) for row in islice(table, _LOOK) if isinstance(row, Row)]
    return len(widths) < _FEW or 2 * sum(width == len(table.header) for width in widths) >= len(widths)


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


_TOPIC = (
    r"sub[ -]?(?:processors?|contractors?)|suppliers?|vendors?|third[ -]part(?:y|ies)(?: (?:service )?providers?)?|service providers?"
    r"|(?:unter)?auftragsverarbeiter|unterauftragnehmer|subunternehmer|auslagerungs(?:register|verzeichnis|unternehmen)|outsourcing register|sous-traitants?(?: ultérieurs?)?|sub-?(?:encargados?|procesadores|responsabili|fornitori|verwerkers)|onderaannemers|lieferanten|dienstleister|fournisseurs|prestataires|proveedores"
    r"|encargados del tratamiento|fornitori|leveranciers|verwerkers|fornecedores"
)
_ABOUT = regex(rf"\b(?:{_TOPIC})\b(?: (?:list|page|overview|register|table|directory|information|disclosure|schedule|notice))?", re.IGNORECASE)  # fmt: skip
_OWNED = regex(
    rf"(?P<name>\S[^|•·]{{0,60}}?)(?:['’]s|s['’])?\s+(?:(?:list of|authori[sz]ed|approved|current|existing|engaged|customer data|data(?: processing)?|third[ -]party|infrastructure|affiliate"
    rf"|hosting|security|our|the|key|main|all|global|gdpr|and|{FORMER}|{SOON})\s+){{0,8}}(?:{_TOPIC})\b.*\Z",
    re.IGNORECASE,
)
_KIN = regex(r"affiliates?(?: name)?|(?:group|affiliated) compan(?:y|ies)")
"""What a column is called below a heading that speaks of the customer's own group."""
_OF = regex(
    rf"(?:.*?\b)?(?:{_TOPIC})\b[^|•·]{{0,40}}?\s(?:of|for|at|by|that|to|der|des|von|bei|de|du|di|van)\s(?P<name>\S.{{0,60}}?)(?:\s(?:uses|engages|works with|services|customers|products|platform)\b.*)?\Z",
    re.IGNORECASE,
)
_USES = regex(
    rf"(?P<name>\S.{{0,60}}?)\s(?:(?:currently|also|may|may also|now|only|has) )?(?:uses?|engage[sd]?|works? with|relies on|employs?|retains?|utili[sz]es?|appoint(?:s|ed)|authori[sz]e[sd]|fait appel|a recours|recourt|utilise"
    rf"|nutzt|verwendet|beauftragt|setzt|bedient sich|arbeitet|utiliza|emplea|recurre|contrata|utilizza|si avvale|ricorre|gebruikt|maakt gebruik|schakelt|werkt met)\b.*\b(?:{_TOPIC})\b.*\Z",
    re.IGNORECASE,
)
_USED_BY = regex(
    rf".*\b(?:{_TOPIC})\b.{{0,60}}?\b(?:used|engaged|appointed|employed|eingesetzt|beauftragt) (?:by|von) (?P<name>\S.{{0,60}}?)(?:\s(?:to|in|for|when)\b.*)?\Z",
    re.IGNORECASE,
)
_THAT = regex(
    rf".*\b(?:{_TOPIC})\b(?:,? (?:that|which|whom))? (?P<name>(?-i:[A-Z])\S{{0,40}}(?: \S{{1,40}}){{0,5}}?) (?:(?:currently|may) )?(?:uses?|engages?|works with|relies on|has engaged|employs)\b.*\Z",
    re.IGNORECASE,
)
_AT = regex(rf"at (?P<name>\S[^,]{{0,60}}), (?:we|our)\b.*\b(?:{_TOPIC})\b.*\Z", re.IGNORECASE)
_POINTS = regex(
    r"\b(?:following|below|listed|list|folgende[nr]?|nachfolgende[nr]?|suivant(?:e?s)?|siguientes|volgende|seguenti|onderstaande|deze)\b",
    re.IGNORECASE,
)
"""In a sentence that leads to a list, of whatever it calls suppliers; one without it has to speak of sub-processors."""
_LABELLED = regex(
    r"(?:data )?(?:processor|company|provider|service provider|(?:haupt)?auftragnehmer|auftragsverarbeiter|verwerker|sous-traitant principal|encargado(?: del tratamiento)?|responsabile)"
    r"(?: name)?\s?:\s+(?P<name>\S.{0,80})",
    re.IGNORECASE,
)
"""A line above a list that names its owner behind a colon."""
_ALIASES = regex(r"\s*\((?=[^()]{0,200}(?:[“”„«\"]|\b(?:we|us|our|wir)\b))[^()]{0,200}\)")
"""What a bracket tells that somebody is called from here on ("“Acme”, “we” or “us”")."""
_INTRODUCED = regex(
    r"(?:to|in order to|as of|as at|as part of|effective|since|currently|for|when|where|if|at|under|on|with|zur|um|für|pour|afin|dans|para|per|om|voor)\b[^,]{1,150},\s+(?:\d{4},\s+)?",
    re.IGNORECASE,
)
"""What a sentence may begin with before it comes to its subject ("To provide the services, Acme uses ...")."""
_DATED = regex(r"\s*(?:in|on|since|from|as of)\s+(?:[^\s,]{1,12},?\s+){0,2}\d{4}\b,?\s+", re.IGNORECASE)
"""The same without a comma ("In May 2024 Acme")."""
_AND_ITS = regex(r",?\s(?:and|or|&|together with) (?:its|their|our|certain|other) .*\Z|,? (?:und (?:ihre|seine)|et ses|y sus|e le sue|en haar) .*\Z", re.IGNORECASE)  # fmt: skip
_OTHERS = regex(r"\b(?:its|their) own\b", re.IGNORECASE)
"""In a sentence about somebody else's sub-processors ("Google uses its own sub-processors")."""
_SHORT = 80
"""Characters of a text above a list that may be read as a title of it."""
_SEGMENTS = regex(r"\s*[|•·»›:]\s*|\s+[–—-]\s+")
_LONGEST_TITLE = 300
"""A longer one is a paragraph."""
_MOST_WORDS = 6
"""Of a customer's name in a title."""
_SITE = regex(
    r"(?:\s+(?:trust|help|support|legal|privacy|security|compliance|knowledge|data protection|documentation|docs|policies|policy|terms|gdpr|dpa|cent(?:er|re)|portal|base|hub|page"
    r"|website|site|official|home|inc homepage))+\Z",
    re.IGNORECASE,
)
_ARTICLE = regex(r"(?:der|die|das|den|dem|la|le|el|il|het|de|the)\s+(?=\S)", re.IGNORECASE)
_ITS_FORM = regex(
    r"(?:(?:der|die|das|la|le|l['’]|el|il|het|de|the)\s*)?(?:firma|société|entreprise|empresa|compañía|sociedad|società|azienda|bedrijf|company)\s+(?=[A-Z])",
    re.IGNORECASE,
)


def titled_customer(titles: Sequence[Text]) -> tuple[str, Text] | None:
    """Return whose suppliers a table lists as its titles tell, and the title; None where none of them does.

    "Acme's sub-processors", "List of sub-processors of Acme", "Sub-processors | Acme Trust Center". Where a text above the
    table has a short name only ("Acme uses ..."), a heading may have the whole ("Acme Ltd"). A heading of a part of a list
    ("Acme Voice sub-processors" below "Acme sub-processors") names nobody of its own.
    """
    named = _named(titles)
    first = next(named, None)
    if first is None:
        return _company_above(titles)
    if first[1].level != LEAD:
        return _whole(first, titles) or first
    short = name_key(first[0])
    return next((one for one in named if len(one[0]) > len(first[0]) and name_key(one[0]) == short), first)


def titled_part(titles: Sequence[Text]) -> tuple[Text, bool] | None:
    """Return the heading of a part of a list, and whether it tells that only companies of the customer's own group are below it."""
    own = next((title for title in around(titles) if is_kin(title.text)), None)
    if own is not None:
        return own, True
    first = next(_named(titles), None)
    if first is None or first[1].level == LEAD or _whole(first, titles) is None:
        return None
    return first[1], name_key(first[0]).split()[-1] == _GROUP


def _named(titles: Sequence[Text]) -> Iterator[tuple[str, Text]]:
    return ((name, title) for title in naming(titles) if (name := _customer(title.text, lead=title.level == LEAD)))


_GROUP = "group"


def _whole(part: tuple[str, Text], titles: Sequence[Text]) -> tuple[str, Text] | None:
    """Whose the whole list is that a heading tells of a part of; None where the heading stands for itself."""
    name, heading = part
    words = name_key(name).split()
    above = [title for title in around(titles) if 0 < title.level < heading.level and heads(title.text)]
    if not above or len(words) == 1 or split_legal_form(name)[1]:
        return None
    for other, title in _named(titles):
        short = name_key(other).split()
        if words == [*short, _GROUP] or (title in above and len(short) < len(words) and words[: len(short)] == short):
            return other, title
    return None


_ASSOCIATION = regex(r"\w[^,;|]{1,80} e\.? ?[GV]\.?")


def _company_above(titles: Sequence[Text]) -> tuple[str, Text] | None:
    """The company whose name with its legal form is a title of its own, beside one that says what is listed; none if there are two.

    On a page of several lists it stands above that title: what stands below may be a part of it.
    """
    listed = next((at for at, title in enumerate(titles) if title.level != LEAD and _is_listing(title.text)), None)
    if listed is None:
        return None
    alone = not any(title.level for title in titles)
    found: dict[str, Text] = {}
    for title in titles if alone else titles[listed + 1 :]:
        name = title.text if split_legal_form(title.text)[1] else title.text.partition(", ")[0]
        formed = split_legal_form(name)[1] or _ASSOCIATION.fullmatch(name)
        if not title.level and len(name) <= _LONGEST_NAME and formed and _name(name) == clean(name):
            found.setdefault(clean(name), title)
    return next(iter(found.items())) if len(found) == 1 else None


def _is_listing(title: str) -> bool:
    return heads(title) or OUTSOURCED.search(plain(title)) is not None


@lru_cache(maxsize=4096)
def _customer(title: str, *, lead: bool) -> str:
    """Whom a title names, or a text above the table does; a sentence names who is the subject of it, or its agent."""
    if len(title) > _LONGEST_TITLE:
        return ""
    text = _ALIASES.sub("", " ".join(title.split()))
    if lead:
        if _OTHERS.search(text):
            return ""
        if labelled := _LABELLED.fullmatch(text):
            return _name(labelled["name"])
        if not _ABOUT.search(text) or not (_POINTS.search(text) or LISTED.search(plain(text))):
            return ""
        if (match := _AT.fullmatch(text)) and (name := _name(match["name"])):
            return name
        text = _INTRODUCED.sub("", text, count=1) if _INTRODUCED.match(text) else text
        for pattern in (_USES, _USED_BY, _THAT):
            if (match := pattern.fullmatch(text)) and (name := _name(match["name"])):
                return name
        if len(text) > _SHORT or text.endswith("."):
            return ""
    return _titled(text) if _ABOUT.search(text) else ""


_QUOTES = ' "“”„«»'
"""Around titles, as the heads of pages in Markdown have them."""


def _titled(title: str) -> str:
    segments = [told for segment in _SEGMENTS.split(title) if (told := segment.strip(_QUOTES))]
    about = [segment for segment in segments if _ABOUT.search(segment)]
    others = [segment for segment in segments if not _ABOUT.search(segment)]
    for segment in about:
        for pattern in (_OF, _USES, _OWNED):
            if (match := pattern.fullmatch(segment)) and (name := _name(match["name"])):
                return name
    return next((name for segment in others if (name := _name(segment))), "")


def _name(text: str) -> str:
    """The name of a customer, "" for words that name nobody."""
    text = _DATED.sub("", text, count=1) if _DATED.match(text) else text
    name = re.sub(r"\A(?:the|list of|who are)\s+", "", _AND_ITS.sub("", text).strip(" ,:'’"), flags=re.IGNORECASE)
    name = re.sub(r"['’]s\Z", "", clean(_SITE.sub("", name)))
    name = without_state(_ITS_FORM.sub("", name, count=1) if _ITS_FORM.match(name) else name)
    if (article := _ARTICLE.match(name)) and split_legal_form(name)[1]:
        name = name[article.end() :]
    if name.endswith(".") and not split_legal_form(name)[1]:
        name = name.rstrip(".")
    if is_state(name):
        return ""
    words = re.findall(r"[\w-]+", name)
    named = any(w.casefold() not in GENERIC and not w.isdigit() for w in words) and re.search(r"[A-Z]|\d", name)
    return name if named and len(words) <= _MOST_WORDS and _reads_as_name(name) and not is_place(name) else ""


_TWO_WORDS = 2
"""Of a name that may begin with a small letter ("adidas Group")."""


def _reads_as_name(name: str) -> bool:
    """Whether no word of a text is written as those of a sentence are: small, where no name has one such."""
    words = name.split()
    first = words[:1] if len(words) > _TWO_WORDS else []
    return not any(word.isalpha() and word.islower() and word not in LINKS for word in (*first, *words[1:]))
