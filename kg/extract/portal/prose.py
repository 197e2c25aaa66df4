"""Who is named in the account of a breach portal: business associates, which are vendors, and covered entities.

The accounts call the two "business associate (BA), NAME" and "covered entity (CE), NAME". Talk of agreements with
business associates names nobody who took part.
"""

from __future__ import annotations

from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from kg.counts import parse_count
from kg.extract.bystanders import MARK
from kg.extract.certainties import is_surer
from kg.extract.concepts import concept_among, data_items
from kg.extract.places import is_place
from kg.extract.portal.doubting import NONE, doubted, may_hedge, undenied
from kg.extract.portal.items import kinds_told, sharing
from kg.extract.portal.sentences import sentence_at, sentences
from kg.extract.relations import everywhere
from kg.model import Certainty
from kg.names import clean, split_legal_form
from kg.nouns import ORGANIZATION_NOUNS
from kg.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from kg.model import Span

_FORMS = (
    r"(?:Inc|LLC|L\.L\.C|Ltd|LLP|LP|L\.P|PLLC|PLC|Corp|Corporation|Co|P\.?C|P\.?A|N\.?A|P\.?S\.?C|M\.?D|D\.?D\.?S)\b\.?"
)
_FORM = rf"(?:,? {_FORMS})"
_WORD = r"(?:(?:St|Dr|Drs|Mt|Ft|Jr|Sr|[A-Z])\.(?=[ ,])|(?:[A-Z]\.){2,}|[A-Z0-9&][\w&'’/-]*+(?:\.[\w&'’/-]++)*+)"
_STOPPED = (
    r"(?:(?<!Inc\.)(?<!LLC\.)(?<!Ltd\.)(?<!Corp\.)(?<!LLP\.)|(?! (?:The|These|This|That|There|An?|It|Its|They|Their|We|Our|He|She|All|No|Both|CEs?|BAs?|OCR|HHS"
    r"|PHI|ePHI|In|On|Of|At|As|By|For|Following|Upon|After|During|When|While|Since|Some|One|Two|Approximately|About|Nearly)\b))"
)
"""Behind a legal form with a stop a sentence may begin."""
_REST = rf"(?:{_FORM}|,? (?:d/b/a|dba|D/B/A|DBA)(?: [A-Z][\w&'’-]*+){{1,4}}+(?: [a-z]{{3,12}} [A-Z]\w++(?=,))?|(?: (?:of|and|the|for|&|de|del|la|y|at|in))++(?= [A-Z0-9])|{_STOPPED} {_WORD}| \([A-Z][\w-]*\)){{0,40}}+"
NAME = rf"{_WORD}{_REST}"
NAMED = rf"(?:the )?+(?:[a-z]{{0,8}}+{_WORD}|[a-z]++(?=,? (?:Inc|LLC|Ltd|Corp)\b)){_REST}"
"""A name with its article, which `names_in` takes off; a small letter may begin it ("inSync"), and all may be small before a legal form."""
TOLD = rf"(?P<name>(?!the ){NAMED}|{NAMED}(?!,? and\b|, (?:the )?[A-Z]))"
"""One that "its business associate, the Oak Group" names, not the next of a list: "its business associate, the State Police, and the media"."""
ASSOCIATE = rf"[Bb]usiness [Aa]ssociates?(?:['’]s)?{MARK}"
_ENTITY = rf"overed [Ee]ntity(?:['’]s)?{MARK}"
_BEHIND = regex(rf"usiness [Aa]ssociates?(?:(?:['’]s)?{MARK}(?: and [a-z][a-z -]{{3,40}})?,| ?\(BAs?\)) {TOLD}")
_CES = r"(?: CE['’]s| covered entity['’]s(?: \(CE\))?)"
CES = f"{_CES}?"
_AHEAD = regex(
    rf"\b(?P<name>{NAMED}),? (?:is |was |as )?(?:an?|the|its|their|our|[a-z]+['’]s)(?P<theirs>{_CES})?(?: (?!covered|of\b|that|which)[\w-]+){{0,7}}? {ASSOCIATE}(?! agreement)"
    rf"(?(theirs)(?=[.;)]|,(?! {NAMED})))"
)
"""Behind "the CE's business associate" that stands beside a name is no verb: "after a move by Dell, the CE's business associate lost files"."""
_AGREED = regex(rf"usiness [Aa]ssociate agreements? with (?P<name>{NAMED})")
_BA_BEHIND = regex(rf"\bBA, {TOLD}")
_ENTITY_BEHIND = regex(rf"{_ENTITY}(?:(?<!['’]s) (?:client|customer))?,? (?P<name>(?<=, ){NAMED}|(?:the )?+{NAME})")
"""With a small letter at the beginning only behind a comma, for "the covered entity's iPad" is a thing."""
_ENTITY_AHEAD = regex(rf"\b(?:for|to|of|by) (?P<name>{NAMED}), the [Cc]{_ENTITY}")
_CALLED_CE = regex(
    rf"he CE, (?P<name>{NAMED})(?:, (?![A-Z]|and\b|or\b|the\b|its\b|an?\b)|(?<=\.)(?=\s)|(?=\.(?:\s|\Z)))"
)
_NAMES = rf"{NAMED}(?:,? and {NAMED}|, {NAMED}){{0,30}}"
_NOT_KIND = r"(?! (?:plan|member|patient|beneficiar|program|service|customer|client|provider|recipient)[a-z]*\b)(?!\w)"
_SOME = (
    r"(?: (?:that were )?affected(?: by [a-z ]{1,40}?)?)?(?:,?(?P<some> (?:including|includes?d?|such as))| (?:were|are))?"
    rf"(?:(?P<comma>,)|:)? (?P<names>{_NAMES})"
)
_ENTITIES_BEHIND = (regex(rf"overed [Ee]ntities(?:\s*\(CEs?\),?)?{_SOME}"), regex(rf"CEs{_SOME}"))
_ANNOUNCED = regex(r"(?:\bon behalf of (?:the )?|\b(?P<number>[\w-]+) (?:affected )?)c?\Z")
"""What stands before "covered entities, X and Y" that are so many; in other words a list of who was told may follow."""
_ASSOCIATE_OF = (
    regex(rf"usiness [Aa]ssociate{MARK} (?:of|for|to) (?P<names>{_NAMES}){_NOT_KIND}"),
    regex(rf"BA (?:of|for|to) (?P<names>{_NAMES}){_NOT_KIND}"),
)
"""Each begins with letters that stand alike in all that it finds, which is fast."""
_BETWEEN_TWO = regex(
    rf"(?:usiness [Aa]ssociate{MARK}|BA) (?:of|for|to) (?P<name>{NAMED}), (?:which|who)(?: in turn)? (?:is|was)(?: in turn)? an? (?:BA|[Bb]usiness [Aa]ssociate)\b"
)
_OWNER = regex(rf"\b(?P<name>{NAMED})(?<=['’]s|s['’]) (?:former )?{ASSOCIATE}(?! agreement)")
_SPOKEN = regex(rf"{ASSOCIATE}(?!\s*(?:agreement|contract))(?! (?:to|and)\b)")
_DENIED = regex(
    r"\b(?:[Nn]o(?:t| other)?|[Nn]either|[Nn]or|[Ww]ithout|[Nn]ever)(?: (?:involv|caus|affect)\w*)?(?: by)?(?: an?| any| the)?(?: of (?:its|the))? \Z"
)
_NOBODY = regex(
    r"(?:The|A|An|In|On|Following|Upon|After|During|When|As|At|By|For|This|That|These|It|CE|CEs|BA|BAs|OCR|HHS|PHI|ePHI|HIPAA|Business Associate|Covered"
    r"|Agreements?|Immediately|Although|However|Additionally|Contracts?|Act|Rules?|Between|Since|Before|From|Until"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)(?= \d|\Z))\b(?:[ '’]|\Z)"
)
_TELL = r"(?:expos(?:ed|ing)|disclos(?:ed|ing)|includ(?:ed|es|ing)|contain(?:ed|s|ing)|consist(?:ed|s) of|compris(?:ed|es)|involv(?:ed|es|ing))"
_HOLDS = "e?phi|information|data|records?|files?|letters?|tapes?|disks?|discs?|drives?|servers?|computers?|laptops?|forms?|reports?|documents?|database|devices?"
_SENT = "accounts?|(?<!phishing )(?<!training )(?<!notification )e-?mails?|spreadsheets?|mailings?|lists?"
_HOLDER, _SENT_HOLDER = (
    regex(
        rf"\b(?<!breach )(?:{holders})\b(?! (?:breach|security|incident|theft|loss)| of (?:[a-z]+ )?(?:actions|measures|steps)\b)"
    )
    for holders in (_HOLDS, _SENT)
)
"""What held data. What is sent did so where it is told in the past, for later sentences rule how all mail that contains any is sent."""
_TELLING = ("includ", "contain", "consist", "compris", "involv")
_GAP = 120
"""Characters between what holds data and the word that tells what."""
_REACH = _GAP + 20
_NEAR = 30
_TELLS = regex(rf"\b{_TELL}\s+")
_BARING = ("expos", "disclos")
"""What tells of data in the sentence that tells what happened; later ones tell what was done about it."""
_BREACH = regex(r"\bbreach (?:(?:affect|impact)[^.;]{0,80} and )(?:also )?\Z")
"""The breach itself may be told to have had data: "The breach affected 700 people and included names"."""
_SHORTEST_LIST, _LONGEST_LIST = 3, 700
_STOP = regex(r"\.(?<!\bi\.e\.)(?<!\be\.g\.)(?:(?<!\betc\.)|(?=\s+[A-Z]))\s")
"""Not the stop of an abbreviation inside a list."""
_CLAUSE = regex(
    r" (?=[wmc])(?<!\bwho )(?<!\bwhich )(?<!\bthat )(?:w(?:as|ere)\b|(?:may|might|could)(?: also)? have been\b)"
)
_YET = r"(?:but|(?:al)?though|while|whereas|however|yet),?"
_APART = regex(
    r" (?:(?:(?:but|and|though|although|yet|while) )?(?:(?:did|does|do)(?: not|n['’]t)|not(?! (?:be |necessarily )?limited| (?:in |for )?(?:all|every))|excluded|excluding|except)"
    rf"|(?:{_YET}|and|with) {NONE}"
    rf"|{_YET} (?!also )(?=(?:(?! (?:that|which|who) )[^;]){{3,{_GAP}}}? (?<! and )(?<! but )(?:is|are|was|were|has|have|had|did|do|does)"
    r"(?: not|n['’]t| never)\b(?! (?:encrypted|redacted|masked|limited|only|always|(?:\w+ )?(?:(?:in|for) )?(?:all|every))\b)))\b"
)
_DENYING = (" no", " ne", "n't", "n’t", " exc", " without")
_NAMED = regex(
    r",(?= [A-Z])(?:(?<=ntity,)|(?<=ntities,)|(?<=ssociate,)|(?<=ssociates,)|(?<= CE,)|(?<= CEs,)|(?<= BA,)|(?<=\((?:CE|BA)\),)|(?<=\((?:CE|BA)s\),))"
)
"""What ends a list of data: what was not among them, and the name of whose they were."""
_UNTOLD = regex(
    r"\b(?:not|without|nor|(?:no|neither|nor|none of the|notif\w+ (?:(?!that )[a-z-]+ ){0,6}?(?:by|via|through|with))"
    rf" (?:(?!that |and )[a-z-]+ ){{0,2}}?(?:{_HOLDS}|{_SENT})(?: that| which)?) \Z"
)
"""What denies that anything held data, and how those whose they were are told of it."""
_RULED = regex(
    r"\b(?:requir(?:es?|ed|ing) (?:that|all|any|every)|polic(?:y|ies) (?:that|to)|must|shall)\b(?:(?! (?:that|which|who|but) )[^,.;:])*\Z"
)
"""What tells how data are to be handled, whoever holds any."""
_RULING = ("requir", "polic", "must", "shall")
_OPEN = regex(
    r"\b(?:whether|if|unlikely(?: that)?|(?:not|n['’]t|unable to) (?:verif|confirm|determin|establish|prove|conclude|believe|find)\w*(?: that)?"
    r"|no (?:evidence|indication|proof|sign|reason to believe) that)\b(?:(?! (?:that|which|who|but) )[^,.;:])*\Z"
)
"""What leaves open whether anything held data; behind "that" and "which" begins a clause of its own."""
_LEAVING_OPEN = ("whether", "if", "unlikely", "no", "n't", "n’t", "unable")
_LATER = regex(rf"\b{_TELL}(?: (?:the )?(?:patients?|individuals?|members?)['’]s?)?\s")
_JOINED, _ASIDE, _STOP_OF_FORM, _OWNS, _LETTERS = (
    regex(r"(?<=\S) and "),
    regex(r"\s*\([^)]*\)?\Z"),
    regex(r"(?:\b(?:Inc|Corp|Co|Ltd)|\.\w{1,3})\.\Z"),
    regex(r"['’]s\Z"),
    regex(r"[^\W\d_]{2}"),
)
_ARTICLE = regex(r"[Tt]he ")
_COMMA = regex(rf",(?! {_FORMS})(?: and)? ")
_ASSOCIATES = "ssociate"
LONGEST = 20_000
"""Characters of an account that are read."""


def associates(story: str, *, involved: bool) -> list[tuple[str, Span]]:
    """Return the business associates that an account names, with the characters of each name.

    Args:
        story: the account.
        involved: whether the portal says that one had part in the breach; one that an agreement was made with is it then.
    """
    story = story[:LONGEST]
    if _ASSOCIATES not in story and "BA, " not in story:
        return []
    found = names_in(_BEHIND.finditer(story), story) or names_in(_before(_AHEAD, story), story)
    found = found or (names_in(_BA_BEHIND.finditer(story), story) if "BA, " in story else [])
    return names_in(_AGREED.finditer(story), story) if involved and not found else found


def covered_entities(story: str) -> tuple[list[tuple[str, Span]], bool]:
    """Return the covered entities that an account names, with the characters of each name, and whether there are more whom it does not name."""
    story = story[:LONGEST]
    for pattern in _ENTITIES_BEHIND:
        for match in pattern.finditer(story):
            told = _listed_names(match, story, plural=True)
            if told and (match["comma"] is None or _announced(story, match.start(), len(told))):
                return told, match["some"] is not None
    found = names_in(_ENTITY_BEHIND.finditer(story), story) or names_in(_before(_OWNER, story), story)
    found = found or [one for one in names_in(_CALLED_CE.finditer(story), story) if " " in one[0]]
    found = found or (names_in(_ENTITY_AHEAD.finditer(story), story) if ", the cov" in story else [])
    if not found and (of := next(filter(None, (pattern.search(story) for pattern in _ASSOCIATE_OF)), None)):
        return _listed_names(of, story, plural=False), False
    return found[:1], False


def _announced(story: str, at: int, names: int) -> bool:
    """Whether the words before covered entities announce that a list of their names follows behind a comma."""
    before = _ANNOUNCED.search(story, max(0, at - _NEAR), at)
    if before is None or names == 1:  # one name may begin another clause
        return False
    if before["number"] is None:
        return True
    told = parse_count(f"{before['number']} entities")
    return told is not None and told.low is not None and told.low <= names <= (told.high or names)


def middle_of(story: str) -> tuple[str, Span] | None:
    """Return the business associate that stands between another and the covered entity, as an account says, with its characters."""
    match = _BETWEEN_TWO.search(story[:LONGEST]) if ", wh" in story else None
    return next(iter(names_in([match], story)), None) if match else None


def _listed_names(match: re.Match[str], story: str, *, plural: bool) -> list[tuple[str, Span]]:
    """The names of a list, with the characters of each; where no comma parts them, "and" does where several are announced."""
    start, end = match.span("names")
    commas = [comma.span() for comma in _COMMA.finditer(story, start, end)]
    last = commas[-1][1] if commas else start
    behind_and = bool(commas) and "and" in story[slice(*commas[-1])]
    joins = [] if behind_and else list(_JOINED.finditer(story, last, end))
    if not (commas or plural):  # "Women and Infants Hospital" is one
        joins = [join for join in joins if _ends_name(story[last : join.start()])]
    cuts = sorted([*commas, *(join.span() for join in joins[-1:])])
    if commas and not plural and not (behind_and or len(cuts) > 1):
        cuts, end = [], cuts[0][0] if cuts else end  # "X, Y" may be a name and what is said of it
    found: dict[str, tuple[str, Span]] = {}
    for begin, stop in zip([start, *(stop for _, stop in cuts)], [*(begin for begin, _ in cuts), end], strict=True):
        name, span = _clean_name(story, begin, stop)
        if name:
            found.setdefault(name.casefold(), (name, span))
    return list(found.values())


def _ends_name(text: str) -> bool:
    """Whether words end as the name of an organization does ("Oak Hospital", "Elm, Inc.")."""
    return bool(split_legal_form(text)[1]) or f"{text.rpartition(' ')[2].lower()}s" in ORGANIZATION_NOUNS


def _clean_name(story: str, start: int, end: int) -> tuple[str, Span]:
    """The name at characters of an account without an article before it and marks behind it; "" for what is none, as a date and a place are."""
    article = _ARTICLE.match(story, start, end)
    start = article.end() if article else start
    name = _unstopped(story[start:end])
    described = article and " " not in name  # "the Plan"
    if described or not _LETTERS.search(name) or _NOBODY.match(name) or is_place(name):
        return "", (start, start)
    return name, (start, start + len(name) if story.startswith(name, start) else end)


def _unstopped(name: str) -> str:
    """A name without what belongs to its sentence: the stop behind it, but for that of an abbreviated form, and the "'s"."""
    name = clean(_ASIDE.sub("", name).rstrip(" ,;:'’"))
    return _OWNS.sub("", name if not name.endswith(".") or _STOP_OF_FORM.search(name) else name.rstrip("."))


def speaks_of_associate(story: str) -> Span | None:
    """Return where the first two sentences of an account speak of a business associate that nobody names, else None."""
    if _ASSOCIATES not in story:
        return None
    last = max((end for _, end in sentences(story[:LONGEST])[:2]), default=0)
    spoken = (match for match in _SPOKEN.finditer(story, 0, last) if not _DENIED.search(story, 0, match.start()))
    return next((match.span() for match in spoken), None)


def exposed(story: str) -> Iterator[tuple[str, str, Span, Certainty]]:
    """Yield (words, concept, characters, certainty) for each kind of data that an account lists as having been in reach, as it is told the surest."""
    told: dict[str, tuple[str, str, Span, Certainty]] = {}
    story = story[:LONGEST]
    for at, text in _lists(story):
        kinds = [
            (first + start, first + end, words, concept)
            for first, last in data_items(text)
            for start, end, words, concept in kinds_told(text[first:last])
        ]
        if "mail" in text.casefold():
            beside = {concept for *_, concept in kinds}
            kinds = [
                (*kind[:3], concept_among(kind[2], beside)) if "mail" in kind[2].casefold() else kind for kind in kinds
            ]
        kinds = undenied(text, [*kinds, *sharing(text)])
        begin, stop = sentence_at(story, at)
        sentence = story[begin : max(stop, at + len(text))]
        doubts = doubted(sentence, at - begin, [kind[:2] for kind in kinds]) if may_hedge(sentence) else {}
        for start, end, words, concept in kinds:
            certainty = doubts[start, end] if doubts else Certainty.CONFIRMED
            known = told.get(folded := words.casefold())
            if known is None or is_surer(certainty, known[-1]):
                told[folded] = words, concept, (at + start, at + end), certainty
    yield from told.values()


def _lists(story: str) -> Iterator[tuple[int, str]]:
    """The lists of what was in reach, each with its place: behind words that tell so, and that near behind what holds data."""
    lower = story.replace("\u0130", "i").lower()  # the one letter whose small form is two characters
    opening = (lower + ". ").find(". ")
    at, tells = 0, [place for stem in _TELLING if stem in lower for place in everywhere(lower, stem)]
    tells.sort()
    if "expos" in lower or "disclos" in lower:
        tells = sorted([*tells, *(place for stem in _BARING for place in everywhere(lower[:opening], stem))])
    for tell, following in zip_longest(tells, tells[1:], fillvalue=len(story)):
        if tell < at or not (told := _TELLS.match(lower, tell)):
            continue
        # Whatever contained data held it; later sentences tell what shall be done with all that contains any.
        bares = lower.startswith(_BARING, tell)
        sent = tell < opening or "ed" in told[0]
        holds = not bares and (_holds(_HOLDER, lower, at, tell) or (sent and _holds(_SENT_HOLDER, lower, at, tell)))
        near = lower[max(at, tell - _GAP) : tell]
        alone = ("contained", "containing") if tell < opening else "contained"
        if not (holds or bares or lower.startswith(alone, tell) or ("breach" in near and _BREACH.search(near))):
            continue
        # Stems spare most the patterns, which look at every letter.
        if ("no" in near or "without" in near or "neither" in near) and _UNTOLD.search(near):
            continue
        if any(map(near.__contains__, _RULING)) and _RULED.search(near):
            continue
        if "ing" not in told[0] and any(map(near.__contains__, _LEAVING_OPEN)) and _OPEN.search(near):
            continue
        start = told.end()
        end = _list_end(story, start)
        if not end or not (holds or _begins_with_kind(story[start:end])):
            continue
        at = end
        if following < end:
            start += _last_telling(story[start:end])
        yield start, story[start:end]


def _last_telling(told: str) -> int:
    """Where a list begins that has more words that tell what was in reach: behind the last, but for one that tells more of a kind in the list ("names, and information including codes")."""
    return max((later.end() for later in _LATER.finditer(told) if not _lists_several(told[: later.start()])), default=0)


def _lists_several(told: str) -> bool:
    """Whether more than one kind of data stands in a list."""
    kinds = (kind for first, last in data_items(told) for kind in kinds_told(told[first:last]))
    return next(islice(kinds, 1, None), None) is not None


def _begins_with_kind(told: str) -> bool:
    """Whether a list begins with a kind of data, not with papers of a firm, as policies contain procedures, nor with an account for mail."""
    first, last = next(data_items(told))
    return any(concept not in {"internal-documents", "email-content"} for *_, concept in kinds_told(told[first:last]))


def _holds(holders: re.Pattern[str], lower: str, first: int, tell: int) -> bool:
    """Whether what holds data stands before a word that tells what, near it and in the same clause, from `first` on."""
    first = max(first, tell - _REACH)
    first = max(first, lower.rfind(".", first, tell) + 1, lower.rfind(";", first, tell) + 1)
    # Most stand right before the word.
    return (first < tell - _NEAR and holders.search(lower, tell - _NEAR, tell) is not None) or any(
        tell - holder.end() <= _GAP for holder in holders.finditer(lower, first, tell)
    )


def _list_end(story: str, start: int) -> int:
    """Where a list ends: with its clause or its sentence; 0 where it is too short or too long for one."""
    last = story.find(";", start, start + _LONGEST_LIST + 1)
    last = min(len(story), start + _LONGEST_LIST + 1) if last < 0 else last
    if stop := _STOP.search(story, start + _SHORTEST_LIST, last + 1):
        last = stop.start()
    elif last == len(story) > start + _SHORTEST_LIST and story.endswith("."):
        last -= 1
    denied = any(map(story[start:last].__contains__, _DENYING))
    for ends in (_APART, _NAMED, _CLAUSE) if denied else (_NAMED, _CLAUSE):  # "containing names was sent to Elm, Inc."
        last = there.start() if (there := ends.search(story, start + 1, last)) else last
    return last if _SHORTEST_LIST <= last - start <= _LONGEST_LIST else 0


def _before(pattern: re.Pattern[str], story: str) -> Iterator[re.Match[str]]:
    """What a pattern finds that ends in a business associate and has no two blanks in a row, as are between sentences."""
    end = 0
    while (there := story.find(_ASSOCIATES, end)) >= 0:
        gap, stop = story.rfind("  ", end, there), story.find("  ", there)
        start, end = end if gap < 0 else gap + 2, stop if stop >= 0 else len(story)
        yield from pattern.finditer(story, start, end)


def names_in(found: Iterable[re.Match[str]], story: str) -> list[tuple[str, Span]]:
    """The names that a pattern found, each once; two that "and" joins behind a plural are two."""
    told: dict[str, tuple[str, Span]] = {}
    for match in found:
        plural = "ssociates" in match[0].removesuffix(match["name"])
        start = match.start("name")
        for part in _JOINED.split(match["name"]) if plural else [match["name"]]:
            at = story.index(part, start)
            start = at + len(part)
            name, span = _clean_name(story, at, start)
            if name:
                told.setdefault(name.casefold(), (name, span))
    return list(told.values())
