"""Where something is: countries and the usual places of data centres by name, and postal addresses by their look."""

from __future__ import annotations

import re

from kg.names import is_legal_form, split_legal_form
from kg.patterns import regex

_PLACES = """
afghanistan|albania|algeria|andorra|angola|argentina|armenia|australia|austria|azerbaijan|bahamas|bahrain|bangladesh|barbados|belarus|belgium
belize|benin|bermuda|bhutan|bolivia|bosnia and herzegovina|botswana|brazil|brasil|brunei|bulgaria|burkina faso|burundi|cambodia|cameroon|canada
cape verde|cayman islands|chad|chile|china|colombia|congo|costa rica|croatia|cuba|cyprus|czechia|czech republic|denmark|djibouti|dominica
dominican republic|ecuador|egypt|el salvador|england|eritrea|estonia|eswatini|ethiopia|fiji|finland|france|gabon|gambia|georgia|germany
deutschland|ghana|gibraltar|greece|grenada|guatemala|guernsey|guinea|guyana|haiti|honduras|hong kong|hungary|iceland|india|indonesia|iran|iraq
ireland|isle of man|israel|italy|italia|ivory coast|jamaica|japan|jersey|jordan|kazakhstan|kenya|korea|south korea|republic of korea|kosovo
kuwait|kyrgyzstan|laos|latvia|lebanon|lesotho|liberia|libya|liechtenstein|lithuania|luxembourg|macau|macao|madagascar|malawi|malaysia|maldives
mali|malta|mauritania|mauritius|mexico|méxico|moldova|monaco|mongolia|montenegro|morocco|mozambique|myanmar|namibia|nepal|netherlands
the netherlands|new zealand|nicaragua|niger|nigeria|north macedonia|northern ireland|norway|oman|pakistan|palestine|panama|paraguay|peru
philippines|the philippines|poland|portugal|puerto rico|qatar|romania|russia|rwanda|saudi arabia|scotland|senegal|serbia|seychelles
sierra leone|singapore|slovakia|slovenia|somalia|south africa|south sudan|spain|españa|sri lanka|sudan|suriname|sweden|switzerland|schweiz|syria
taiwan|tajikistan|tanzania|thailand|togo|trinidad and tobago|tunisia|turkey|türkiye|turkmenistan|uganda|ukraine|united arab emirates|uae
united kingdom|uk|u.k.|great britain|britain|united states|united states of america|usa|u.s.a.|us|u.s.|uruguay|uzbekistan|venezuela|vietnam|viet nam
wales|yemen|zambia|zimbabwe
eu|eea|emea|apac|asia pacific|asia|asiapac|europe|european union|north america|south america|latin america|latam|americas|amer|africa|middle east
benelux|nordics|dach|global|worldwide|international|anz|mena
alabama|alaska|arizona|california|colorado|connecticut|delaware|florida|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine
maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york
north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia
washington|west virginia|wisconsin|wyoming|ontario|quebec|british columbia|bavaria|new south wales|victoria
amsterdam|athens|atlanta|auckland|bangalore|bengaluru|barcelona|beijing|belgrade|berlin|bogota|boston|brussels|bucharest|budapest|cape town
chennai|chicago|copenhagen|dallas|delhi|denver|doha|dubai|dublin|dusseldorf|düsseldorf|frankfurt|geneva|hamburg|helsinki|houston|hyderabad
istanbul|jakarta|johannesburg|kyiv|lisbon|london|los angeles|luxembourg|madrid|manchester|manila|melbourne|mexico city|miami|milan|montreal
montréal|mumbai|munich|münchen|new delhi|osaka|oslo|paris|portland|prague|pune|riga|rome|san francisco|san jose|santiago|sao paulo|são paulo
seattle|seoul|shanghai|shenzhen|sofia|stockholm|sydney|taipei|tallinn|tel aviv|tokyo|toronto|vancouver|vienna|vilnius|warsaw|zurich|zürich
"""
_NAMED = frozenset(place for line in _PLACES.split("\n") for place in line.split("|") if place)
PEOPLES = frozenset(
    """
    african american arab arabian argentine argentinian asian australian austrian belgian brazilian british bulgarian canadian chilean chinese colombian croatian
    czech danish dutch egyptian emirati english european finnish french german greek hungarian indian indonesian iranian irish israeli italian japanese korean
    latvian lithuanian malaysian mexican norwegian pakistani peruvian philippine polish portuguese romanian russian saudi scottish serbian singaporean slovak
    slovenian south spanish swedish swiss taiwanese thai turkish ukrainian vietnamese welsh
    """.split()
)
"""Adjectives of countries and parts of the world."""
_OF_PLACE = ("n", "an", "ian", "ese", "i", "ish", "ic")
_MOST_WORDS = max(place.count(" ") for place in _NAMED) + 1
_LETTERS = regex(r"[^\W\d_]+")
_FIRST_WORDS = frozenset(
    {word[0] for place in _NAMED if (word := _LETTERS.search(place))}
    | set("the only region regions customers data based west east north south central and or".split())
)
"""What a text begins with that names places."""
_LAST_WORDS = frozenset(place.split()[-1].strip(".") for place in _NAMED)
_BETWEEN = regex(r"\s*(?:[,;/&+]|\band\b|\bor\b)\s*", re.IGNORECASE)
_AROUND = regex(r"\b(?:the|only|region|regions|customers|data cent(?:er|re)s?|based|west|east|north|south|central)\b", re.IGNORECASE)  # fmt: skip

_STREETS = frozenset(
    """
    street st avenue ave road rd boulevard blvd parkway pkwy drive dr lane ln way highway hwy square sq court plaza place floor suite ste building bldg
    tower unit house quay dock box level rue avenida av calle paseo via viale piazza allee platz strasse straße str chome ku esplanade terrace crescent
    broadway
    """.split()
)
_STREET_ENDS = (
    "strasse", "straße", "str.", "platz", "weg", "allee", "gasse", "straat", "laan", "plein", "kade", "gracht", "gatan", "vej", "gade", "katu", "utca",
)  # fmt: skip
_STREET = regex(
    rf"\b(?:{'|'.join(sorted(_STREETS - {'box'}))}|p\.?o\.? box)\b|(?:{'|'.join(map(re.escape, _STREET_ENDS))})(?=[\s,\d]|\Z)",
    re.IGNORECASE,
)
_POSTCODE = regex(
    r"\b[A-Z]{2}\.? \d{5}(?:-\d{4})?\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b\d{4} ?[A-Z]{2}\b|\b\d{4,6}\b"
)
_NUMBER, _WORD = regex(r"\d"), regex(r"\w+")
_GLUED = regex(
    r"(?<=[^\W\d_])(?=\d{1,5}(?:[a-z]|st|nd|rd|th)?[ ,/-])|(?<=[.)])(?=[\dA-Z])|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[\w.)])(?=c/o )"
)
_BEFORE = regex(r",\s+(?=\S)|\s[–—-]\s+(?=\S)|\s+(?=\d|c/o )")
_APART = regex(r"\s*[,;/]\s+|\s+[–—-]\s+")
_BRACKETED = regex(r"\([^()]*\)")
_SEAM = regex(r"(?<=[a-z.)])(?=[A-Z\d])|(?<=\d)(?=[A-Z][a-z])")
_LONGEST_ADDRESS = 400


def is_place(text: str) -> bool:
    """Return whether a text names places and nothing else ("EU", "Germany and the UK", "US only")."""
    first = _LETTERS.search(text)
    if first is None or (first[0].isascii() and first[0].lower() not in _FIRST_WORDS):
        return False
    plain = _AROUND.sub(" ", text)
    named = [part.strip(" .-()0123456789").casefold() for part in _BETWEEN.split(plain)]
    whole = [part.strip(" .-()0123456789").casefold() for part in _BETWEEN.split(text)]
    return any(
        any(parts) and all(part in _NAMED or f"{part}." in _NAMED for part in parts if part) for parts in (named, whole)
    )


def is_of_place(word: str) -> bool:
    """Return whether a word is the adjective of a place ("Swedish", "Kenyan")."""
    folded = word.casefold()
    return folded in PEOPLES or any(folded.removesuffix(end) in _NAMED for end in _OF_PLACE if folded.endswith(end))


def is_address(text: str) -> bool:
    """Return whether a text looks like a postal address: numbers beside a street, a postcode or a country."""
    if len(text) > _LONGEST_ADDRESS or not _NUMBER.search(text):
        return False
    parted = _SEAM.sub(" ", text)
    placed = _ends_in_place(parted)
    if _names_street(parted):
        return placed or "," in text or _POSTCODE.search(parted) is not None
    return placed and _POSTCODE.search(parted) is not None


def _names_street(text: str) -> bool:
    lower = text.lower()
    if text.isascii() and _STREETS.isdisjoint(_WORD.findall(lower)) and not any(map(lower.__contains__, _STREET_ENDS)):
        return False
    return _STREET.search(text) is not None


def _ends_in_place(text: str) -> bool:
    words = text.casefold().replace(",", " ").split()[-_MOST_WORDS:]
    if not words or words[-1].strip(".") not in _LAST_WORDS:
        return False
    return any(" ".join(words[at:]).strip(".") in _NAMED or " ".join(words[at:]) in _NAMED for at in range(len(words)))


def split_address(text: str, *, placed: bool = False) -> tuple[str, str]:
    """Return a name and the address behind it, which may be glued to it; "" for no address.

    Where it is told that names have more behind them (`placed`), whatever a comma parts from a legal form is taken for it, and a
    place; not what names somebody else.

    The name ends at a legal form or a bracket where one is glued to what follows, else where the address begins with
    a number, a comma or a dash.
    """
    for comma in _APART.finditer(text) if placed and len(text) <= _LONGEST_ADDRESS else ():
        name, rest = text[: comma.start()], text[comma.end() :]
        if is_place(rest) and not is_address(text):
            return name, rest
        if comma[0].strip() in {",", ";"} and split_legal_form(name)[1] and not is_legal_form(rest.partition(",")[0]):
            others = _APART.split(_BRACKETED.sub("", rest))
            if not any(split_legal_form(other)[1] for other in others):
                return name, rest
    if len(text) > _LONGEST_ADDRESS or not is_address(text):
        return text, ""
    glued = [match.start() for match in _GLUED.finditer(text)]
    formed = [at for at in glued if text[at - 1] == ")" or split_legal_form(text[:at])[1]]
    apart = [match.start() for match in _BEFORE.finditer(text) if split_legal_form(text[: match.start()])[1]]
    numbered = [at for at in glued if text[at].isdigit()]
    loose = [match.start() for match in _BEFORE.finditer(text)]
    for at in (*sorted({*formed, *apart}), *numbered, *loose):
        name, rest = text[:at].strip(" ,;-–—"), text[at:].strip(" ,;-–—")
        if name and is_address(rest):
            return name, rest
    return text, ""
