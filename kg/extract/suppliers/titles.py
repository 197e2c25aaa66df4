"""What the title of a list tells besides whose it is: in what state its suppliers are, or of what kind.

"Former subprocessors" is a state, "Infrastructure" a kind, "Purpose" a label, and none is anybody's name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.dates import parse_field
from kg.extract.supplier_words import LISTED, SUPPLIER
from kg.extract.tabular.row import LEAD, plain
from kg.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from kg.dates import PartialDate
    from kg.extract.tabular.row import Text

_LONGEST = 120
"""Characters of a title that tells a state."""
# "Planned removals" are none yet, and "Alder Removals subprocessors" are those of a company.
_STILL_TO_COME = "".join(f"(?<!{word} )" for word in ("planned", "upcoming", "proposed", "pending", "future"))
_FORMER = (
    r"(?:recently |already )?(?:former|formerly (?:used|engaged)|previous(?:ly (?:used|engaged))?|removed|past|deprecated|discontinued|terminated|ended|retired|inactive|historic(?:al)?|expired"
    rf"|{_STILL_TO_COME}removals(?=[\s)\]:.*]*\Z)"
    r"|decommissioned|offboarded|replaced|no longer (?:used?|in use|active|engaged|authori[sz]ed)|not in use)"
)
_FORMER_ABROAD = (
    r"(?:ehemalige[nrs]?|frühere[nrs]?|entfernt(?:e[nrs]?)?|beendete[nrs]?|nicht mehr (?:eingesetzte?|genutzte?|verwendete?|beauftragte?|aktive?)[nrs]?|weggefallene[nrs]?|beendet|entfallen"
    r"|ancien(?:ne)?s?|supprimée?s?|retirée?s?|résiliée?s?|antigu[oa]s?|anterior(?:es)?|eliminad[oa]s?|finalizad[oa]s?|precedenti|rimoss[ie]|cessat[ie]|dismess[ie]|voormalige?|vorige|eerdere|verwijderde?|beëindigde?|vervallen|niet meer (?:gebruikte?|actieve?))"
)
_SOON = r"(?:upcoming|planned|pending|future|proposed|coming soon|forthcoming|(?:to|will) be added|not yet (?:active|in use|engaged))"
_SOON_ABROAD = (
    r"(?:geplante?[nrs]?|(?:zu)?künftige[nrs]?|kommende[nrs]?|beabsichtigte[nrs]?|vorgesehene[nrs]?|à venir|(?!future\b)futur[oaei]?s?"
    r"|prévue?s?|planifiée?s?|envisagée?s?|próxim[oa]s?|planificad[oa]s?|previst[oaie]s?|prossim[ie]|pianificat[ie]|toekomstige?|geplande?|aankomende?|voorgenomen|beoogde?)"
)
_NOW = r"(?:current(?:ly (?:used|engaged))?|active|existing|present|in use|new|(?:newly |recently )?added)"
_ADDED_ABROAD = (
    r"(?:neue[nrs]?|hinzugefügt(?:e[nrs]?)?|hinzugekommen(?:e[nrs]?)?|nouve(?:aux|lles)|ajoutée?s?|nuev[oa]s|añadid[oa]s?|agregad[oa]s?|nuov[ie]|aggiunt[oaie]"
    r"|nieuwe|toegevoegde?|adicionad[oa]s?)"
)
_NOW_ABROAD = rf"(?:aktuell(?:e[nrs]?)?|actuels?|actuales|vigentes|attuali|huidige?|{_ADDED_ABROAD})"
_NEW_ABROAD = r"(?:neu|nouveau|nuevo|nuovo|nieuw)"
_ADDED_ON = rf"(?:onboarded|introduced|engaged|{_NEW_ABROAD})"
"""Words that tell it of suppliers where a day is behind them; alone they may be names."""
CAME = regex(rf"\b(?:new|added|{_ADDED_ABROAD})\b|\A(?:additions|{_ADDED_ON})\b", 2)
"""In a heading of suppliers that were added."""
FORMER, SOON = rf"(?:{_FORMER}|{_FORMER_ABROAD})", rf"(?:{_SOON}|{_SOON_ABROAD})"
_STATES = {"former": FORMER, "upcoming": SOON, "current": rf"(?:{_NOW}|{_NOW_ABROAD})"}
_TOPIC = f"(?:{SUPPLIER.pattern})"
_ANY = f"(?:{'|'.join(_STATES.values())})"
_LINK = r"[\s,/&()–—:-]"
_KIND_OF = (
    r"(?:our|the|and|or|all|approved|authori[sz]ed|third|party|service|data|infrastructure|hosting|und|oder|et|ou|y|o|e|en|genehmigte[nr]?|unsere[nr]?|nos|los|las"
    r"|nuestros|dei|onze)"
)
_BEFORE = regex(rf"\b(?P<state>{_ANY}(?:{_LINK}{{1,3}}(?:{_ANY}|{_KIND_OF})\b){{0,5}}){_LINK}{{1,3}}{_TOPIC}")
_BEHIND = regex(
    rf"{_TOPIC}(?: (?:list|page|table))?{_LINK}{{1,4}}(?:(?:that |which )?(?:we |are |were |have been ){{0,2}})(?P<state>{_ANY}(?:{_LINK}{{1,3}}(?:and |or )?{_ANY}){{0,3}})\b(?=[\s)\]:.*]*\Z| (?:by|in|on|as of|since|before|after|at|from)\b|[ ,–—-]{{1,3}}\d)"
)
_CHANGES = r"(?:changes?|additions?|änderung(?:en)?|changements?|modifications?|cambios?|modifich?[ae]|cambiament[oi]|wijziging(?:en)?)"
_ALONE = regex(
    rf"(?:list of |{_CHANGES} )?(?P<state>{_ANY}(?:{_LINK}{{1,3}}(?:and |or |und |et |y |en |e )?{_ANY}){{0,3}}|additions)(?: (?:{_TOPIC}|{_CHANGES}|ones|integrations|tools|list))?(?: \([^()]*\))?[:.]?"
)
_ALONE_ON = regex(rf"(?P<state>{_ADDED_ON})")
_LEADS = regex(
    r"(?:former|formerly used|previous|removed|upcoming|deprecated|discontinued|ehemalige|frühere|anciens|voormalige)\s+",
    2,
)
"""Before the name of a customer; what a name of a company may itself begin with ("Planned Parenthood") is none of these."""


@lru_cache(maxsize=1024)
def state(title: str) -> str:
    """Return "former", "upcoming", "current" or "mixed" if a title says in what state the suppliers below it are, else ""."""
    told = plain(title)
    if not 0 < len(told) <= _LONGEST:
        return ""
    match = _alone(title) or _BEFORE.search(told) or _BEHIND.search(told)
    if match is None:
        match = _LEADS.match(told)
        return state(match[0].strip()) if match and SUPPLIER.search(told) else ""
    said, rest = [], match["state"]
    for name, pattern in _STATE_PATTERNS.items():  # "no longer in use" is not "in use"
        rest, found = pattern.subn(" ", rest)
        said += [name] if found else []
    return said[0] if len(said) == 1 else "mixed"


def is_state(text: str) -> bool:
    """Return whether a text says nothing but a state, and perhaps since or until when."""
    return len(text) <= _LONGEST and _alone(text) is not None


def day_of_state(title: str, *, day_first: bool = False) -> PartialDate | None:
    """Return the date behind a state that is all else of a title ("Removed - 1 June 2025"); None for that of the list ("as of").

    It has the day before the month where the list has, and behind words of a language whose publishers print it so.
    """
    if len(title) > _LONGEST:
        return None
    told, date = _parted(title, day_first=day_first or _ABROAD.search(plain(title)) is not None)
    if date is None or date.earliest is None or date.precision == "interval" or _OF_THE_LIST.search(title):
        return None
    said = is_state(told) or _ALONE_ON.fullmatch(plain(told))
    return date if said and not SUPPLIER.search(plain(told)) else None


def dated(title: str) -> bool:
    """Return whether a title has words and a day behind them, in no bracket, whatever the words say ("Approved on 5 June 2025")."""
    told, date = _parted(title) if len(title) <= _LONGEST and not title.endswith(")") else ("", None)
    return date is not None and date.precision == "day" and bool(date.earliest and told)


def _alone(title: str) -> re.Match[str] | None:
    """The state that is all that a title says, but for the date behind it."""
    if (match := _ALONE.fullmatch(plain(title))) is not None:
        return match
    told, date = _parted(title)
    return _ALONE.fullmatch(plain(told)) or (_ALONE_ON.fullmatch(plain(told)) if date else None)


def _parted(title: str, *, day_first: bool = False) -> tuple[str, PartialDate | None]:
    """A title without the date at its end, bracketed or not, and the word before that ("Removed on"), and the date."""
    words = title.rstrip(" .:)").split()
    for at in range(max(1, len(words) - _LONGEST_DATE), len(words)):
        if date := parse_field(" ".join(words[at:]).removeprefix("("), day_first=day_first):
            return _BEFORE_DATE.sub("", " ".join(words[:at]), count=1), date
    return title, None


_LONGEST_DATE = 6
"""Words of a date at the end of a title, with those that lead to it."""
_BEFORE_DATE = regex(
    r"(?:[\s,:(–—-]+(?:on|in|as of|as at|from|since|for|by|until|effective(?: from| on| as of)?|am|im|zum|ab|per|seit|bis|le|au|en|à (?:partir|compter) du|depuis(?: le)?|el|al|a partir del?|desde(?: el)?|dal|il|op|vanaf|sinds))?[\s,:–—-]*\Z",
    2,
)
_OF_THE_LIST = regex(r"\b(?:as (?:of|at)|since|stand|seit|depuis|desde|sinds)\b", 2)


_ABROAD = regex(rf"\b(?:{_FORMER_ABROAD}|{_SOON_ABROAD}|{_NOW_ABROAD}|\A{_NEW_ABROAD})\b")
"""States in languages whose publishers print the day before the month."""
_STATE_PATTERNS = {name: regex(rf"\b{pattern}\b") for name, pattern in _STATES.items()}
_STATE_PATTERNS["current"] = regex(rf"\b(?:{_STATES['current']}|additions|{_ADDED_ON})\b")


def without_state(name: str) -> str:
    """Return a name from a title without a state before it ("Former Acme")."""
    return _LEADS.sub("", name, count=1) if _LEADS.match(name) else name


def looked_at(titles: Sequence[Text]) -> Sequence[Text]:
    """Return the titles that are looked at, of all above a list, the nearest first: the nearest, and the first of the page."""
    return titles if len(titles) <= _NEAREST + _FIRST else (*titles[:_NEAREST], *titles[-_FIRST:])


_NEAREST, _FIRST = 60, 10
"""Titles above a list that are looked at: a page of thousands is not read through for each of its lists."""


def around(titles: Sequence[Text]) -> Iterator[Text]:
    """Yield the titles that hold for what stands below them: captions, the next heading, and those that this one is a part of.

    A heading of the same rank, or a lower one, ended with the next.
    """
    rank = LEAD
    for title in looked_at(titles):
        if title.level == 0 and rank == LEAD:
            yield title
        elif 0 < title.level < rank:
            rank = title.level
            yield title


def naming(titles: Sequence[Text]) -> Iterator[Text]:
    """Yield the titles that may name whose a list is: all but the texts below headings that the list is no part of.

    Headings that the list is no part of come last: a page may have no other that names somebody.
    """
    rank, headed = LEAD, False
    titles = looked_at(titles)
    pages: list[Text] = []
    others: list[Text] = []
    for at, title in enumerate(titles):
        if title.level == LEAD:
            above = next((titles[n].level for n in range(at + 1, len(titles)) if 0 < titles[n].level < LEAD), 0)
            if not headed or above < rank:
                yield title
        elif not title.level and headed:
            pages.append(title)
        elif title.level and title.level >= rank:
            others.append(title)
        else:
            rank, headed = title.level or rank, headed or bool(title.level)
            yield title
    yield from pages
    yield from others


_WHAT = r" (?:the |these |any of the |all of the )?(?:following|sub[ -]?(?:processors|contractors))\b"
_GONE = regex(
    rf"\b(?:no longer (?:uses?|engages?|works? with|employs?)|(?:ceased|stopped) (?:to use|using|engaging|working with)|(?:discontinued|removed|terminated)|(?:previously|formerly) (?:used|engaged)){_WHAT}"
)
_COMING = regex(
    rf"\b(?:(?:plans?|intends?|going) to|will (?:soon )?(?:start|begin)(?: to)?) (?:us(?:e|ing)|engag(?:e|ing)|add(?:ing)?|appoint(?:ing)?){_WHAT}"
)


def led_state(title: Text) -> str:
    """Return the state that a text right above a list tells of its suppliers ("We no longer use the following"), "" for any other title."""
    if title.level != LEAD:
        return ""
    told = plain(title.text)
    return "former" if _GONE.search(told) else "upcoming" if _COMING.search(told) else ""


def section_state(titles: Sequence[Text]) -> tuple[str, Text] | None:
    """Return the state of a list's suppliers as its titles tell it, and the title; None where they tell none."""
    if titles and (led := led_state(titles[0])):
        return led, titles[0]
    for title in around(titles):
        if found := state(title.text):
            return found, title
    return None


KINDS = frozenset(
    """
    ai ml analytics analysis payment payments email e-mail emails communication communications telephony voice messaging sms marketing billing invoicing
    storage database databases monitoring logging development engineering hr payroll sales recruiting engagement production operations operational
    corporate business enterprise mobile web website websites platform application applications software saas paas iaas essential mandatory required
    standard common general core optional primary secondary additional other infrastructure hosting cloud internal external customer support
    observability productivity collaboration authentication identity crm cdn ticketing product products generative artificial intelligence machine learning
    llm llms model models add-on add-ons addon addons integration integrations feature features necessary transactional backup backups
    optionale optionaler optionnels optionnelles facultatifs facultatives opcional opcionales opzionali facoltativi facoltative optionele
    """.split()
)
"""Words for what suppliers do, which categories of a list are called by."""
_OF_KINDS = frozenset(
    "and & of for the our services service providers provider vendors vendor tools tool subprocessors sub-processors subprocessor sub-processor third-party third party parties partners / all".split()
)
_WORD = regex(r"[\w&/-]+")
_BRACKET = regex(r"\([^()]{0,200}\)")
_MOST_WORDS = 8


def is_kind(title: str) -> bool:
    """Return whether a title is nothing but a kind of suppliers ("Core", "Optional (only if switched on)", "AI providers")."""
    words = _WORD.findall(_BRACKET.sub("", title).casefold())
    return (
        0 < len(words) <= _MOST_WORDS
        and any(word in KINDS for word in words)
        and all(word in KINDS or word in _OF_KINDS for word in words)
    )


_KIN = regex(
    r"(?:[\w.&'’-]{1,30} ){0,4}?(?:affiliates?|subsidiar(?:y|ies)|(?:group|affiliated|related) (?:compan(?:y|ies)|entit(?:y|ies)|members?)|konzern(?:unternehmen|gesellschaften)"
    r"|verbundene unternehmen|sociétés du groupe|filiales|società del gruppo|empresas del grupo|groepsmaatschappijen)"
    rf"(?: (?:{LISTED.pattern}))?"
)
_ELSE = regex(r"\b(?:and|third|external|other|non|not|customers?|und|et|e|y|en|how)\b")


def is_kin(title: str) -> bool:
    """Return whether a title says that companies of the customer's own group are listed below it ("Acme affiliates")."""
    told = plain(title)
    return len(told) <= _LONGEST and _KIN.fullmatch(told) is not None and not _ELSE.search(told)


def heads(title: str) -> bool:
    """Return whether a title says that suppliers are listed below it."""
    return LISTED.search(plain(title)) is not None


_LABEL = regex(
    r"(?:purpose of processing|services provided|location of processing|data (?:processed|location|types?|categories)|categor(?:y|ies)|type|e ?mail|phone|telephone|tel|fax|address|contact|website|url|location|country|region|purpose|service|services|role|description|data|function|added|since|status|security|privacy|legal"
    r"|support|zweck|standort|sitz|adresse|telefon|finalité|pays|finalidad|doel|locatie)"
)
"""What an item begins with that tells of somebody instead of naming them."""


def is_label(told: str) -> bool:
    """Return whether a text is a label of what is told of somebody ("Purpose")."""
    return len(told) <= _LONGEST and _LABEL.fullmatch(plain(told)) is not None
