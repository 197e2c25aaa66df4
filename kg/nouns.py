"""Closed lists of nouns: who and what reports count, and the nouns for organizations nobody names."""

from __future__ import annotations

from typing import Final

from kg.patterns import regex

PEOPLE: Final = frozenset(
    """
    accountholders adults alumni applicants athletes beneficiaries borrowers buyers candidates cardholders
    caregivers carers celebrities children citizens claimants colleagues commuters consumers couples couriers customers cyclists dependents
    debtors depositors detainees diners doctors donors drivers employees enrollees faculty fans farmers flyers followers
    gamers graduates guardians guests holders homeowners households immigrants individuals inhabitants inmates insureds
    investors jobseekers kids learners listeners members men migrants minors mothers motorists nurses officers owners parents
    participants passengers patients pensioners people personnel persons physicians players policyholders
    prisoners pupils readers recipients refugees relatives renters residents retirees riders sailors savers seafarers seekers
    shareholders shoppers skiers soldiers staff staffers students subjects subscribers supporters survivors taxpayers teachers tourists
    travelers travellers users veterans victims viewers visitors volunteers voters widows winners women workers
    britons filipinos israelis
    """.split()
)
"""Plurals that are counted as people."""

ORGANIZATION_NOUNS: Final = frozenset(
    """
    agencies airlines airports associations authorities banks boards brands brokerages brokers businesses carriers
    chains charities cities clients clinics colleges companies contractors corporations councils counties countries
    dealers dealerships departments developers districts enterprises entities exchanges facilities firms foundations
    funds governments groups hospitals hotels insurers institutions labs laboratories lenders makers manufacturers
    ministries municipalities nonprofits operators organisations organizations partners pharmacies practices processors
    providers publishers retailers schools startups start-ups states subcontractors subsidiaries suppliers surgeries
    tenants towns trusts unions universities utilities vendors
    """.split()
)
"""Plurals that are counted as organizations; a count keeps the noun as its unit."""

SYNONYMS: Final = {
    "brokerages": "brokers", "dealerships": "dealers", "laboratories": "labs", "organisations": "organizations", "start-ups": "startups",
}  # fmt: skip
"""Nouns of those, and another for the same."""

GENERAL_NOUNS: Final = frozenset(
    "clients companies businesses customers enterprises entities firms institutions organisations organizations partners".split()
)
"""Plurals that stand for organizations of any kind."""

_RECORDS: Final = (
    "records rows entries lines tokens keys passwords credentials messages emails e-mails addresses numbers bookings chats contacts"
    " calls conversations items licences licenses passports receipts reservations secrets ssns transactions usernames visits"
)
_FILES: Final = (
    "files documents drawings images photos photographs videos pictures scans folders invoices recordings transcripts"
)
_DEVICES: Final = "devices computers servers machines laptops phones endpoints workstations pcs routers tablets hosts smartphones drives tills cameras appliances firewalls"
THINGS: Final = (
    dict.fromkeys(_RECORDS.split(), "records")
    | dict.fromkeys(_FILES.split(), "files")
    | dict.fromkeys(_DEVICES.split(), "devices")
    | dict.fromkeys(("accounts", "inboxes", "logins", "mailboxes", "profiles", "wallets"), "accounts")
    | dict.fromkeys(("repositories", "repos"), "repositories")
    | dict.fromkeys(("mb", "megabyte", "megabytes"), "megabytes")
    | dict.fromkeys(("gb", "gigabyte", "gigabytes"), "gigabytes")
    | dict.fromkeys(("tb", "terabyte", "terabytes"), "terabytes")
    | dict.fromkeys(("pb", "petabyte", "petabytes"), "petabytes")
    | {"cards": "cards", "tickets": "tickets"}
)
"""Other nouns that are counted, with their unit."""

SMALLER: Final = {"petabytes": "terabytes", "terabytes": "gigabytes", "gigabytes": "megabytes"}
"""A volume and the unit a thousand times smaller."""

CUSTOMERS_OF: Final = frozenset({"corporate", "business", "enterprise", "institutional", "commercial", "hosting"})
"""Adjectives that make customers organizations."""

DEMONYM: Final = regex(r"[A-Z][a-z]{2,20}ans")
"""Names of peoples ("Americans", "Texans")."""

MEASURES: Final = frozenset("bed bit day digit hour km mcg mg minute ml month page person star week year".split())
"""Singulars that a number just before them measures ("16 digit numbers", "50 mg tablets")."""

STOPS: Final = frozenset(
    """
    a about across after also an anybody anyone are as at be because been before being but by can cannot could did
    do does during everybody everyone for from had has have having he her his if in into is it its may might nobody
    not now on onto or our over per percent plus said say says she since so somebody someone still than that the
    their then they this through to under until used via was we were when where which while who whose will with
    within without would you
    """.split()
)
"""Words that end the search for a noun: it does not follow."""

_SINGULAR_ENDS: Final = ("ss", "us", "is")
_NOT_PLURAL: Final = frozenset({"always", "business", "its", "news", "perhaps", "sales", "series", "windows"})

DESCRIBED: Final = frozenset(
    """
    company firm organization organisation provider vendor supplier contractor subcontractor customer client partner
    agency bank hospital insurer retailer school university business entity institution processor operator developer
    manufacturer broker lender airline clinic party facility carrier
    """.split()
)
"""Singulars that describe an organization nobody names ("an unnamed provider")."""

NAMELESS: Final = frozenset({"unnamed", "undisclosed", "unidentified", "unspecified"})
"""Adjectives for one whom nobody names."""

BARE_GROUPS: Final = frozenset(
    """
    banks businesses clients companies consumers customers employees enterprises firms governments hospitals individuals
    organisations organizations partners patients providers retailers schools students subscribers suppliers tenants
    universities users vendors victims
    """.split()
)
"""Plurals that alone, or with "of" and a name, stand for a group and are nobody's name."""


_TRADES: Final = frozenset(
    """
    accountants advertisers affiliates apartments architects attorneys auditors bookkeepers builders consultants couriers dentists distributors
    electricians engineers exporters franchisees franchisers franchisors freelancers importers instructors janitors journalists landlords
    lawyers licensees merchants musicians optometrists owners pharmacists photographers plumbers printers psychologists realtors recyclers resellers
    restaurants sellers shippers shops stores subcontractors surgeons technicians therapists trainees transcriptionists transporters trustees wholesalers
    """.split()
)
"""Plurals for those who ply a trade, or are in business with somebody."""

_NAMES_TOO: Final = frozenset(
    """
    boards brands chains citizens commuters exchanges farmers flyers followers foundations gamers groups guardians holders investors
    labs laboratories learners makers motorists people personnel players practices riders sailors savers seafarers seekers skiers
    supporters survivors towns travelers travellers trusts unions widows winners
    """.split()
)
"""Plurals that firms and clubs bear as names ("Travelers", "Winners")."""

_LONE_PEOPLE: Final = PEOPLE - _NAMES_TOO
"""Plurals for people that, standing alone, are nobody's name, in whatever letters."""

LONE_GROUPS: Final = BARE_GROUPS | _LONE_PEOPLE | ORGANIZATION_NOUNS - _NAMES_TOO | _TRADES
"""Plurals for people, organizations and trades that, standing alone, are nobody's name."""

LONE_TRADES: Final = frozenset(
    word.removesuffix("s") for word in _TRADES | frozenset({"billers", "coders", "mailers", "movers", "shredders"})
)
"""One who plies a trade."""


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    return len(word) > 3 and word.endswith("s") and not word.endswith(_SINGULAR_ENDS) and word not in _NOT_PLURAL  # noqa: PLR2004 - "gas", "bus"
