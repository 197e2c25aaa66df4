"""Whose suppliers a title, or a text above a list, speaks of: one description of what such words are, for tables and lists alike.

"Acme's sub-processors", "Vendors used by Acme Ltd", "Sub-processors | Acme Trust Center", "Acme uses the following vendors".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.dates import parse_field
from kg.extract.places import is_place, split_address
from kg.extract.supplier_words import CUSTOMER, LISTED, OUTSOURCED, SUPPLIER
from kg.extract.suppliers.akin import PURPOSE
from kg.extract.suppliers.titles import FORMER, KINDS, SOON, is_state, without_state
from kg.names import clean, is_legal_form, split_legal_form
from kg.patterns import regex


class Owner(NamedTuple):
    """Whom a title names, and whether its words can only mean that suppliers of theirs are listed ("Alder uses these vendors", not "Firewall vendors")."""

    name: str
    sure: bool


def _printed(pattern: str) -> str:
    """What words of headers look like in titles, where hyphens stay."""
    return re.sub(r"(?<!\[) ", "[ -]", f"(?:{pattern})")


_TOPIC = (
    _printed(f"{SUPPLIER.pattern}|{OUTSOURCED.pattern}")
    .replace("third[ -]part(?:y|ies)", r"third[ -]part(?:ies|y(?=[ -](?:register|list|inventory|risk)|\Z))")
    .replace(")?providers?", ")providers?")
)
"""The words of headers as titles print them, but for "third-party" before what is nobody ("third-party cookies"), and providers of anything."""
_LISTED_WORDS = f"(?i:{_printed(LISTED.pattern)})"
_LISTED = regex(_LISTED_WORDS)
_ABOUT = regex(rf"{_TOPIC}(?: (?:list|page|overview|register|table|directory|information|disclosure|schedule|notice))?", re.IGNORECASE)  # fmt: skip
_ONLY = regex(
    _printed(f"{LISTED.pattern}|{OUTSOURCED.pattern}")
    + r"|\b(?:data processors?|auftrags(?:ver|be)arbeiter|verwerkers|encargados del tratamiento|(?:vendor|supplier|third[ -]party) (?:register|inventory))\b",
    re.IGNORECASE,
)
"""What tells of nothing else than those who work for somebody."""
_WHO = r"(?:companies|organi[sz]ations|firms|businesses|partners|providers)"
_THESE = rf"\b(?:following {_WHO}|{_WHO} (?:listed )?below)\b"
_OWNED = regex(
    rf"(?P<name>\S[^|•·]{{0,80}}?)(?P<sure>['’]s?)?\s+(?:(?:list of|authori[sz]ed|approved|current|existing|engaged|customer data|data(?: processing)?|third[ -]party|infrastructure|affiliate"
    rf"|hosting|security|our|the|key|main|all|global|gdpr|and|{FORMER}|{SOON})\s+){{0,8}}{_TOPIC}.*\Z",
    re.IGNORECASE,
)
_OF = regex(
    rf"(?P<before>.*?\b)?{_TOPIC}(?P<between>[^|•·]{{0,40}}?)\s(?:(?P<sure>(?:used|engaged|appointed|employed) by\s)|(?P<of>(?:of|von|der|des|van|d[eiu]|d[eo]l|dei|degli|dell[ae]|d[ao]s?)\s|(?:d|dell)['’])|(?:for|at|by|that|to|bei)\s)"
    rf"(?:(?-i:the|de[rnm]|die|het|de|l[aeo]s?|[ei]l)\s|(?-i:l)['’])?(?P<name>\S.{{0,80}}?)(?:\s(?:uses|engages|works with|services|customers|products|platform)\b.*)?\Z",
    re.IGNORECASE,
)
_LIST_OF = regex(r"(?:list of |lista de |liste des |elenco dei |lijst van |übersicht der |unsere )?", re.IGNORECASE)
"""What may stand before "suppliers of" somebody; behind other words it is as often what they sell."""
_USES = regex(
    rf"(?P<name>\S.{{0,80}}?)\s(?:(?:currently|also|may|may also|now|only|has) )?(?P<sure>uses?|engage[sd]?|works? with|relies on|employs?|retains?|utili[sz]es?|appoint(?:s|ed)|authori[sz]e[sd]|fait appel|a recours|recourt|utilise"
    rf"|nutzt|verwendet|beauftragt|setzt|bedient sich|arbeitet|utiliza|emplea|recurre|contrata|utilizza|si avvale|ricorre|gebruikt|maakt gebruik|schakelt|werkt met)\b.*(?:{_TOPIC}|{_THESE}).*\Z",
    re.IGNORECASE,
)
_USED_BY = regex(
    rf".*{_TOPIC}.{{0,60}}?\b(?P<sure>used|engaged|appointed|employed|eingesetzt|beauftragt) (?:by|von) (?P<name>\S.{{0,80}}?)(?:\s(?:to|in|for|when)\b.*)?\Z",
    re.IGNORECASE,
)
_SMALL_WORD = r"[a-z][a-z\d]{2,30}(?:\.[a-z]{2,6})?"
_SMALL_OWNER = regex(
    rf"(?P<name>{_SMALL_WORD})(?:['’]s)? {_LISTED_WORDS}(?i: list| page| register)?|(?i:list of )?{_LISTED_WORDS} (?:of|used by) (?P<of>{_SMALL_WORD})"
)
_THAT = regex(
    rf".*{_TOPIC}(?:,? (?:that|which|whom)|(?: tiers| terceros| terzi)? (?:que|che))? (?P<name>(?-i:[A-Z])\S{{0,40}}(?: \S{{1,40}}){{0,8}}?) (?:(?:currently|may) )?(?P<sure>uses?|engages?|works with|relies on|has engaged|employs|utilise|emploie|utiliza|emplea|contrata|utilizza)\b.*\Z",
    re.IGNORECASE,
)
_BEHALF = regex(
    rf".*(?:{_TOPIC}|\b(?:{_WHO}|services|third[ -]parties|vendors))(?: below)? (?:(?:that|which|who) )?(?:(?:may|can|will|(?:authori[sz]ed|engaged) to) )?(?:process(?:es)?|handle|store|access|receive)\b.{{0,80}}? on (?:behalf of |(?=[^.;]{{1,80}}['’]s? behalf\b))(?P<name>\S.*)\Z",
    re.IGNORECASE,
)
"""Whom those work for that a text calls whatever it likes ("services that process data on behalf of Alder"); no other text says so of suppliers alone."""
_BEHALF_ENDS = regex(
    r"['’]s? behalf\b|[,;(]|\.(?=\s|\Z)|\s(?:in|when|as|to|for|under|through|while|with)\b|\Z", re.IGNORECASE
)
_DOTTED = regex(r"\b(?:inc|corp|co)\Z", re.IGNORECASE)
_MANY = regex(
    r".*\b(?:customers|clients|(?:end )?users|subjects|residents|schools|districts|institutions|educators|entities|organi[sz]ations|companies|businesses|employers|employees|tenants|landlords"
    r"|patients|hospitals|practices|clinics|students|teachers|individuals|consumers|sellers|buyers|advertisers|publishers|agencies|retailers|developers|teams|guests|hosts)",
    re.IGNORECASE,
)
"""Those of a kind, whom contracts write in capitals ("on behalf of Schools")."""
_AT = regex(rf"at (?P<name>\S[^,]{{0,60}}), (?P<sure>we|our)\b.*{_TOPIC}.*\Z", re.IGNORECASE)
POINTS = regex(
    r"\b(?:following|below|listed|list|folgende[nr]?|nachfolgende[nr]?|suivant(?:e?s)?|siguientes|volgende|seguenti|onderstaande|deze)\b",
    re.IGNORECASE,
)
"""In a sentence that leads to a list, of whatever it calls suppliers; one without it has to speak of sub-processors."""
_LABELLED = regex(
    r"(?:data )?(?:customer|client|controller|organi[sz]ation|processor|company|provider|service provider|(?:haupt)?auftragnehmer|auftrags(?:ver|be)arbeiter|verwerker|sous-traitant principal|encargado(?: del tratamiento)?|responsabile)"
    r"(?: name)?\s?:\s+(?P<name>\S.{0,160})",
    re.IGNORECASE,
)
"""A line above a list that names its owner behind a colon, and what stands first in a file does."""
_ALIASES = regex(
    r"\s*\((?=[^()]{0,200}(?:[“”„«\"]|\b(?:we|us|our|wir)\b|\b(?i:no|number|nr|nummer|numéro)\b[^()\d]{0,20}\d{4}))[^()]{0,200}\)"
)
"""What a bracket tells that somebody is called from here on ("“Acme”, “we” or “us”"), or is registered under ("Company No. 1234567")."""
_SENTENCE_END = regex(
    r"(?:\d{4}|\d[./-]\d+|(?<![\w(])(?!(?:ehem|vorm|inkl|incl|exkl|excl|resp|insb|insbes|bspw|prof|assoc)\.)[a-zß-ÿ]{4,})[.!?]\s+(?=[A-ZÀ-Þ“„«\"])"
)
"""Where a sentence ends for sure: behind a date, a version or a word that is no abbreviation."""
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
_MOST_WORDS = 10
"""Of a customer's name in a title."""
_NOT_NAMED = frozenset("our your we you who which that this these any".split())
"""Words of sentences, however they are written."""
_PART = r"(?:exhibit|annexe?|appendix|schedule|attachment|anlage|anhang|anexo|allegato|bijlage)\s(?:[a-z]|\d{1,3}(?:\.\d{1,3})*)"
"""A part of a contract, which suppliers are listed in."""
_NUMBERED = regex(
    rf"\b(?:{_PART}|human resources)\b|\A(?:(?:version|release|revision|rev\.?|issue|edition|ausgabe|stand|export|snapshot|extract|auszug)\s\d[\d./-]*|v\d+(?:\.\d+)+)\Z",
    re.IGNORECASE,
)
"""What has letters of its own and names nobody ("Exhibit C", "V2.1", "Release 3"), or does so together only ("Human Resources")."""
_LABEL = regex(
    r"(?:\s+(?:(?:trust|help|support|legal|privacy|security|compliance|knowledge|data protection)\s+(?:cent(?:er|re)|portal|base|hub|page|site)|documentation|docs|polic(?:ies|y)|terms|gdpr|dpa"
    rf"|{_PART}|(?:official )?(?:web ?site|site)|(?:inc )?homepage|portal))+\Z",
    re.IGNORECASE,
)
"""What a part of somebody's site is called behind their name ("Alder Trust Center")."""
_SITE = regex(r"\s+(?:help|support|legal|privacy|security|compliance|data protection|home|official)\Z", re.IGNORECASE)
"""The same in a word that names may end in too: only what stands by itself behind a bar or a dash is cut."""
_OF_A_NOUN = r"(?=\S+(?: [a-zß-ÿ]{4,}){0,2} (?:d[eiu]|des|del|della)\b|\S+(?: [a-zß-ÿ]{4,}){0,2} d(?:ell)?['’])"
_ARTICLE = regex(
    rf"(?:the|der|die|das|den|dem|het|de|l[aeo]s?|[ei]l|gli)\s+(?=[A-ZÀ-Þ])|l['’](?=[A-ZÀ-Þ])|D(?:ie|er|as)\s+(?=[A-ZÀ-Þ])|(?:L[aeo]s?|[EI]l|Gli)\s+{_OF_A_NOUN}|L['’]{_OF_A_NOUN}"
    r"|(?:De|Het)\s+(?=(?i:hogeschool|universiteit|gemeente|stichting|provincie|vereniging|coöperatie|waterschap)\b)"
)
"""Before a name in a sentence. One in a large letter may belong to it ("La Poste"), but not where a noun tells what somebody is ("L'Université de ...")."""
_BEFORE_FORM = regex(r"(?:the|der|die|das|den|dem|la|le|el|il|het|de)\s+(?=\S)", re.IGNORECASE)
_SMALL = regex(r"(?<=[^\W\d_])(?: [a-zß-ÿ]{4,}){1,2}(?= (?:d[eiu]|des|del|della) [A-ZÀ-Þ]| d(?:ell)?['’][A-ZÀ-Þ])")
"""What tells of what kind the noun of a name is ("Centre hospitalier de ...")."""
_ITS_FORM = regex(
    r"(?:(?:der|die|das|la|le|l['’]|el|il|het|de|the)\s*)?(?:firma|société|entreprise|empresa|compañía|sociedad|società|azienda|bedrijf|company)\s+(?=[A-Z])",
    re.IGNORECASE,
)
_QUOTES = ' "“”„«»'
"""Around titles, as the heads of pages in Markdown have them."""
_WORD = regex(r"[\w-]+(?:\.[a-z]{2,6}\b)*")
"""One with the end of an address is a name ("People.ai")."""
_GENERIC = (
    frozenset(
        """
    a an the our your list lists of current authorized authorised approved engaged new all other key main third party third-party infrastructure
    affiliate affiliates entity global data customer customers personal service services hosting security legal privacy trust help support center centre
    documentation docs appendix annex schedule exhibit section updated last effective as and to in for us we gdpr dpa ccpa processing home table page
    information about core primary additional optional product specific internal external cloud changes notice addendum agreement terms
    liste lista lijst übersicht verzeichnis aktuelle unsere unserer genehmigte weitere der die das des den von vom bei für und
    les la le nos notre du de et pour los las nuestros y para elenco dei degli della nostri e van onze het goedgekeurde
    overview directory registry register registre registro inventory catalog catalogue summary index aperçu panorama overzicht relación relacion listado resumen
    each every any some such many most no users user clients client members merchants merchant licensee partners partner
    recently newly added where who when how why if whether vue ensemble tableau panoramica tabella description descripción elenchi details detail which these this following below above not nous wir it they
    folgende folgenden folgender nachfolgende nachfolgenden suivants suivantes siguientes seguenti volgende onderstaande
    company companies processor processors subprocessor subprocessors sub-processor sub-processors supplier suppliers vendor vendors provider providers
    controller importer exporter organization organisation group business firma unternehmen gesellschaft auftragnehmer auftraggeber auftragsverarbeiter verwerker leverancier
    bedrijf société entreprise prestataire proveedor empresa encargado responsable fornitore società responsabile
    former formerly previous past removed deprecated discontinued terminated retired inactive historic historical expired decommissioned offboarded replaced
    upcoming planned pending future proposed coming soon forthcoming legacy change log history archive archived ehemalige frühere geplante künftige zukünftige
    anciens futurs futuros anteriores antiguos voormalige toekomstige geplande nieuwe neue nouveaux nuevos
    january february march april may june july august september october november december i ii iii iv v vi vii viii ix
    several various important major further principaux autres principales principali altri altre otros otras principais outros alle andere externe interne eigene overige dritte separate private
    people research design accounting finance tax audit logistics recruitment staffing qa office warehouse hipaa soc iso quarter q1 q2 q3 q4
    plan plans tier tiers edition editions free premium pro trial basic api apis sdk confidential draft public restricted
    """.split()
    )
    | KINDS
)
"""Words that name nobody."""
_OF_WHAT_KIND = (
    frozenset(
        """
    permitted designated appointed listed relevant selected material critical technical strategic preferred trusted known conditional potential possible likely
    regional local european domestic foreign commercial ancillary shared underlying downstream upstream independent
    certified verified temporary permanent emergency alternative alternate direct indirect default always named registered contracted ongoing example sample
    recommended supported available sensitive specialist professional consulting financial banking insurance travel fourth high low top risk scope
    managed self own paid phase stage release mvp byok whitelist allowlist
    speech inference shipping fulfillment printing scheduling calendar networking compute media image signature feedback forms
    push notification notifications contract advertising ads cookie cookies consent verification kyc maps embedding
    access human resources back source developer tools object job jobs rate limiting session replay prevention conferencing text moderation vector age
    social physical law firm member state domain registrar task tracker desktop browser extension part level class small large minor non eu eea uk us
    """.split()
    )
    | PURPOSE
)
"""Words that tell of what kind suppliers are, and name nobody but where nothing else can stand ("Fourth uses", "Vector's sub-processors")."""
_BEFORE_ROLE = regex(
    r"\A(?:(?:[Tt]he|[Dd](?:er|ie|as|e)|[Ll][aeo]s?|[EeIi]l|[Gg]li|[AaOo]s?|[Hh]et|[Ee]en)(?:\s+|\Z)|[Ll]['’])(?=\Z|\S+\Z|\S+ d(?:el|ei|i|e|u)\b)"
)
"""An article, where it stands alone or before what may be a role ("Il Fornitore"); it may be a part of a name in capitals ("OS Data")."""
_ROLE = regex(
    rf"(?:{_printed(f'{SUPPLIER.pattern}|{CUSTOMER.pattern}')}"
    r"|auftragnehmerin|dienstleisterin|verantwortliche|contractors?|licensor|titulaire|titular|titolare|prestadora?|contratista|contratad[oa]|subcontratante|operadora?|responsável"
    r"|encarregado|opdrachtnemer|verantwoordelijke|verwerkingsverantwoordelijke)",
    re.IGNORECASE,
)
"""What contracts call their parties ("El Encargado del Tratamiento")."""
_LINKS = frozenset(
    "a an and at by de del della der des di do du e et en for in la le los las of on op or the to und van von voor y zu für & al da dos das den het san och og i".split()
)
"""Words without a capital inside of names."""


@lru_cache(maxsize=4096)
def owner(title: str, *, lead: bool, named: bool = False) -> Owner | None:
    """Return whom a title names, or a text above a list does (`lead`); a sentence names who is the subject of it, or its agent.

    Words that may tell of what kind suppliers are name nobody in a title, unless somebody is known to be `named` in it.
    """
    if len(title) > _LONGEST_TITLE:
        return None
    text = _ALIASES.sub("", " ".join(title.split()))
    if lead and _OTHERS.search(text):
        return None
    if (lead or not _ABOUT.search(text)) and (labelled := _LABELLED.fullmatch(text)):
        return _owner(split_address(labelled["name"])[0], sure=False, named=True)
    if lead:
        about = [match.start() for match in (_ABOUT.search(text), re.search(_THESE, text)) if match]
        if not about or not (POINTS.search(text) or _ONLY.search(text)):
            return _behalf(text)
        if found := _matched(text, _AT):
            return found
        whole = text
        text = _last_sentence(text, min(about))
        text = _INTRODUCED.sub("", text, count=1) if _INTRODUCED.match(text) else text
        if found := _matched(text, _USES, _USED_BY, _THAT) or _behalf(whole):
            return found
        if len(text) > _SHORT or text.endswith("."):
            return None
    return _titled(text, named=named) if _ABOUT.search(text) else None


def small_owner(title: str, source: str) -> str:
    """Return whom a title names in small letters, or in words that may tell of what kind suppliers are ("alder sub-processors", "Fourth Sub-processors").

    It is "" for a name that a page has no address of ("alder.example").
    """
    match = _SMALL_OWNER.fullmatch(" ".join(title.split()))
    found = None if match else owner(title, lead=False, named=True)
    name = match["name"] or match["of"] if match else found.name if found else ""
    if not name or name in _GENERIC or (match and name in _OF_WHAT_KIND):
        return ""
    domain = re.escape(name.casefold().replace(" ", "")) + ("" if "." in name else r"(?:\.co)?\.[a-z]{2,10}")
    return name if re.search(rf"(?:@|://(?:[\w-]{{1,63}}\.){{0,5}}){domain}(?![\w-]|\.\w)", source) else ""


def _behalf(text: str) -> Owner | None:
    """On whose behalf those work whom a text speaks of, with the legal form behind a comma or a point."""
    if (match := _BEHALF.fullmatch(text)) is None:
        return None
    told = match["name"]
    end, *ends = [end.start() for end in _BEHALF_ENDS.finditer(told)]
    for further in ends:
        form = told[end:further].strip(" ,.")
        if not (form and is_legal_form(form)):
            break
        end = further
    dotted = told[end : end + 1] == "." and _DOTTED.search(told, 0, end) is not None
    found = _owner(told[: end + dotted], sure=False, named=True)
    return None if found is None or _MANY.fullmatch(found.name) else found


def _last_sentence(text: str, about: int) -> str:
    """A text without the sentences that end before a place in it; none ends in a bracket, or is one small word ("eprimo! GmbH uses")."""
    ends = (end.end() for end in _SENTENCE_END.finditer(text, 0, about))
    whole = [end for end in ends if text.count("(", 0, end) <= text.count(")", 0, end)]
    small = whole and text[: whole[-1]].rstrip(" .!?").isalpha() and text[0].islower()
    return text[whole[-1] :] if whole and not small else text


def _titled(title: str, *, named: bool) -> Owner | None:
    """Whom the part of a title names that speaks of suppliers, or else another part, which may be the name of a site."""
    segments = [told for segment in _SEGMENTS.split(title) if (told := segment.strip(_QUOTES))]
    about = [segment for segment in segments if _LISTED.search(segment)] or list(filter(_ABOUT.search, segments))
    for segment in about:
        if found := _matched(segment, _OF, _USES, _OWNED, named=named):
            return found
    sure = any(map(_ONLY.search, about))
    others = (_owner(_SITE.sub("", one), sure=sure, named=named) for one in segments if one not in about)
    return next(filter(None, others), None)


def _matched(text: str, *patterns: re.Pattern[str], named: bool = False) -> Owner | None:
    """Whom the first pattern names that fits a text."""
    for pattern in patterns:
        if match := pattern.fullmatch(text):
            told = match.groupdict()
            between = _WORD.findall(told.get("between") or "")
            if any(word[0].isupper() and word.casefold() not in _GENERIC for word in between):
                continue
            if pattern is _OWNED and _ATTRIBUTE.fullmatch(told["name"]) and _INFLECTED.search(text):
                continue
            of_them = told.get("of") and _LIST_OF.fullmatch(told["before"] or "")
            said = bool(told["sure"] or of_them)
            if found := _owner(told["name"], sure=said or bool(_ONLY.search(text)), named=named or said):
                return found
    return None


_INFLECTED = regex(r"(?:auftrag|unternehmer|dienstleister|lieferant|verwerker|aannemer|leverancier)", re.IGNORECASE)
"""Words for suppliers in languages whose attributes stand before them, and end as none in English has to."""
_ATTRIBUTE = regex(
    r"[^\W\d_]+(?:[st]ive|(?:(?<![ait])|(?<=ei))te|ige|liche|ische|ende|elle|ale|(?<!o)ne|tere|bare|[ai]ste|elde|eve|ande)"
)
"""One word that may tell of what kind these are ("Eingesetzte Unterauftragsverarbeiter", "Actieve subverwerkers")."""


def _owner(text: str, *, sure: bool, named: bool = False) -> Owner | None:
    """The name of a customer, None for words that name nobody, or that need not where nobody has to be `named`."""
    text = _DATED.sub("", text, count=1) if _DATED.match(text) else text
    name = re.sub(r"\A(?:the|list of|who are)\s+", "", _AND_ITS.sub("", text).strip(" ,:/&'’"), flags=re.IGNORECASE)
    name = re.sub(r"['’]s\Z", "", clean(_LABEL.sub("", name)))
    name = without_state(_ITS_FORM.sub("", name, count=1) if _ITS_FORM.match(name) else name)
    form = split_legal_form(name)[1]
    if article := (_BEFORE_FORM if form else _ARTICLE).match(name):
        name = name[article.end() :]
    if not form:
        name = name.rstrip(".")
    bare = _BEFORE_ROLE.sub("", name, count=1) if name.count("(") == name.count(")") else ""
    words = [word for word in _WORD.findall(_NUMBERED.sub("", bare).casefold()) if any(map(str.isalpha, word))]
    general = _GENERIC if named or words[-1:] == ["group"] else _GENERIC | _OF_WHAT_KIND
    told = not _ROLE.fullmatch(bare) and not general.issuperset(words)
    if (
        not (told and re.search(r"[A-Z]|\d", name))
        or parse_field(name)
        or _ends_in_date(name)
        or is_state(name)
        or is_place(name)
        or (not named and _OF_A_KIND.fullmatch(name))
        or not _reads_as_name(split_legal_form(name)[0])
    ):
        return None
    return Owner(name, sure or bool(form))


def _ends_in_date(name: str) -> bool:
    """Whether words end in a day or a month, which is that of a list, whatever stands before it ("Export 31.03.2026")."""
    words = name.split()
    dates = (parse_field(" ".join(words[at:])) for at in range(max(1, len(words) - _LONGEST_DATE), len(words)))
    return any(date and date.precision in {"day", "month"} for date in dates)


_LONGEST_DATE = 4
"""Words of a date."""


def is_name(text: str) -> bool:
    """Return whether a title is the name of a customer, and nothing else."""
    return (told := _owner(text, sure=False)) is not None and told.name == clean(text)


_OF_A_KIND = regex(
    r"[A-Z][a-z]{3,}(?<!e)ed|(?i:non|pre|self|on|in|out|always|high|low)-\S+|\S+-(?:\w{3,}ed|(?i:only|specific|critical|compliant|facing|related|key|side|country|to-\w+))"
)
"""One word that tells of what kind suppliers are ("Banned vendors", "Pre-approved vendors", "NDA-required vendors")."""
_TWO_WORDS = 2
"""Of a name that may begin with a small letter ("adidas Group")."""


def _reads_as_name(name: str) -> bool:
    """Whether a name is not too long, and no word of it is written as those of a sentence are: small, where no name has one such."""
    words = _SMALL.sub("", name).split()
    if not words or len(words) > _MOST_WORDS or not _NOT_NAMED.isdisjoint(name.casefold().split()):
        return False
    first = words[:1] if len(words) > _TWO_WORDS else []
    small = (word for word in (*first, *words[1:]) if word.isalpha() and word.islower())
    return words[-1] not in _LINKS and all(word in _LINKS for word in small)
