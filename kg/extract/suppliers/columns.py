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
from kg.extract.suppliers.register_columns import register_columns
from kg.extract.suppliers.titles import FORMER, KINDS, SOON, naming, without_state
from kg.extract.suppliers.words import (
    ACTION,
    CHANGED,
    CUSTOMER,
    DETAIL,
    LISTED,
    OBSERVED,
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
    from collections.abc import Mapping, Sequence

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
    titled = any(LISTED.search(plain(title.text)) for title in table.titles if title.level != LEAD)
    return titled or (LISTED.search(header) is not None and len(table.header) > 1)


def has_header(table: Table) -> bool:
    """Return whether a table has short names of columns, and rows as wide: the first lines of prose have neither."""
    if any(len(name) > _LONGEST_NAME or (name.endswith((".", "!", "?")) and not _heads(name)) for name in table.header):
        return False
    widths = [len(row.cells) for row in islice(table, _LOOK) if isinstance(row, Row)]
    return len(widths) < _FEW or 2 * sum(width == len(table.header) for width in widths) >= len(widths)


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
    r"|(?:unter)?auftragsverarbeiter|unterauftragnehmer|subunternehmer|sous-traitants?(?: ultérieurs?)?|sub-?(?:encargados?|procesadores|responsabili|fornitori|verwerkers)|onderaannemers"
)
_ABOUT = regex(rf"\b(?:{_TOPIC})\b(?: (?:list|page|overview|register|table|directory|information|disclosure|schedule|notice))?", re.IGNORECASE)  # fmt: skip
_OWNED = regex(
    rf"(?P<name>\S[^|•·]{{0,60}}?)(?:['’]s|s['’])?\s+(?:(?:list of|authori[sz]ed|approved|current|existing|engaged|customer data|data(?: processing)?|third[ -]party|infrastructure|affiliate"
    rf"|hosting|security|our|the|key|main|all|global|gdpr|and|{FORMER}|{SOON})\s+){{0,8}}(?:{_TOPIC})\b.*\Z",
    re.IGNORECASE,
)
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
_GENERIC = (
    frozenset(
        """
    a an the our your list lists of current authorized authorised approved engaged new all other key main third party third-party infrastructure
    affiliate affiliates entity global data customer customers personal service services hosting security legal privacy trust help support center centre
    documentation docs appendix annex schedule exhibit section updated last effective as and to in for us we gdpr dpa ccpa processing home table page
    information about core primary additional optional product specific internal external cloud changes notice addendum agreement terms
    liste lista lijst übersicht verzeichnis aktuelle unsere unserer genehmigte weitere der die das des den von vom bei für und
    les la le nos notre du de et pour los las nuestros y para elenco dei degli della nostri e van onze het goedgekeurde
    overview directory registry register registre registro inventory catalog catalogue summary index aperçu panorama overzicht verzeichnis relación relacion listado resumen
    each every any some such many most no users user clients client members merchants partners partner
    recently newly added where who when how why if whether vue ensemble tableau panoramica tabella description descripción elenchi details detail which who these this following below above not we nous wir it they
    company companies processor processors subprocessor subprocessors sub-processor sub-processors supplier suppliers vendor vendors provider providers
    controller importer exporter organization organisation group business firma unternehmen gesellschaft auftragnehmer auftraggeber auftragsverarbeiter verwerker leverancier
    bedrijf société entreprise prestataire proveedor empresa encargado responsable fornitore società responsabile
    former formerly previous past removed deprecated discontinued terminated retired inactive historic historical expired decommissioned offboarded replaced
    upcoming planned pending future proposed coming soon forthcoming legacy change log history archive archived ehemalige frühere geplante künftige zukünftige
    anciens futurs futuros anteriores antiguos voormalige toekomstige geplande nieuwe neue nouveaux nuevos
    january february march april may june july august september october november december i ii iii iv v vi vii viii ix
    """.split()
    )
    | KINDS
)
"""Words that name nobody."""


_LINKS = frozenset(
    "a an and at by de del della der des di do du e et en for in la le los las of on op or the to und van von voor y zu für & al da dos das den het los san och og i a".split()
)
"""Words without a capital inside of names."""
_ARTICLE = regex(r"(?:der|die|das|den|dem|la|le|el|il|het|de|the)\s+(?=\S)", re.IGNORECASE)
_ITS_FORM = regex(
    r"(?:(?:der|die|das|la|le|l['’]|el|il|het|de|the)\s*)?(?:firma|société|entreprise|empresa|compañía|sociedad|società|azienda|bedrijf|company)\s+(?=[A-Z])",
    re.IGNORECASE,
)


def titled_customer(titles: Sequence[Text]) -> tuple[str, Text] | None:
    """Return whose suppliers a table lists as its titles tell, and the title; None where none of them does.

    "Acme's sub-processors", "List of sub-processors of Acme", "Sub-processors | Acme Trust Center". Where a text above the
    table has a short name only ("Acme uses ..."), a heading may have the whole ("Acme Ltd").
    """
    named = ((name, title) for title in naming(titles) if (name := _customer(title.text, lead=title.level == LEAD)))
    first = next(named, None)
    if first is None or first[1].level != LEAD:
        return first
    short = name_key(first[0]).split()
    return next((one for one in named if len(one[0]) > len(first[0]) and _begins(one[0], short)), first)


def _begins(name: str, short: list[str]) -> bool:
    """Whether a name is a shorter one with a legal form behind it, or nothing."""
    return name_key(name).split() == short


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


def _titled(title: str) -> str:
    segments = [segment for segment in _SEGMENTS.split(title) if segment]
    about = [segment for segment in segments if _ABOUT.search(segment)]
    others = [segment for segment in segments if not _ABOUT.search(segment)]
    for segment in about:
        for pattern in (_OF, _USES, _OWNED):
            if (match := pattern.fullmatch(segment)) and (name := _name(match["name"])):
                return name
    return next((name for segment in others if (name := _name(segment))), "")


def _name(text: str) -> str:
    """The name of a customer, "" for words that name nobody."""
    name = re.sub(r"\A(?:the|list of|who are)\s+", "", _AND_ITS.sub("", text).strip(" ,:'’"), flags=re.IGNORECASE)
    name = re.sub(r"['’]s\Z", "", clean(_SITE.sub("", name)))
    name = without_state(_ITS_FORM.sub("", name, count=1) if _ITS_FORM.match(name) else name)
    if (article := _ARTICLE.match(name)) and split_legal_form(name)[1]:
        name = name[article.end() :]
    words = re.findall(r"[\w-]+", name)
    named = any(w.casefold() not in _GENERIC and not w.isdigit() for w in words) and re.search(r"[A-Z]|\d", name)
    return name if named and len(words) <= _MOST_WORDS and _reads_as_name(name) and not is_place(name) else ""


def _reads_as_name(name: str) -> bool:
    """Whether no word of a text is written as those of a sentence are: small, where no name has one such."""
    words = name.split()
    return not any(word.isalpha() and word.islower() and word not in _LINKS for word in words[1:])
