"""What the table of organizations says of those that a graph mentions: whose product or part one is, and its former names.

No document says so. These facts rest on rows that somebody has read where the row says, and on the names of mentions; so
their claims quote the row, cite its source, and are of the basis "inferred", by which whoever wants only what documents
say leaves them out. A row that nobody has verified says nothing here.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.rdf import A, describe
from kg.rdf.terms import decimal, literal
from kg.resolve.table import FILE, file_digest, table
from kg.vocabulary import BKG, PROVENANCE_GRAPH, REUSED, concept, data_iri, digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kg.rdf import Mention, Triple
    from kg.resolve.table import Fact

TABLE: Final = f"<{data_iri('graph', 'organizations')}>"
"""What the claims of these facts are stated in: it has no quads of its own, as no document holds them."""
_CONFIDENCE: Final = Decimal("0.9")
"""The row is read; that a mention of that name means this organization is not certain."""
_STATED: Final = {"parent": REUSED["org:subOrganizationOf"], "product": BKG["productOf"], "former": BKG["formerName"]}
"""Facts of the table -> what they state."""
_KIND, _VERSION = "organizations", "1"


def listed(mention: Mention) -> set[str]:
    """Return the organizations that a mention stands for by the table: by a verified name that it has today, or by a domain."""
    if mention.kind != "party":
        return set()
    domains = (value for scheme, _, value in (i.partition(":") for i in mention.identifiers) if scheme == "domain")
    found = {owner for domain in domains if (owner := table().domains.get(domain))}
    named = table().find(mention.name)
    return found | ({named.organization} if named and named.verified and not named.former else set())


def listed_key(organization: str) -> str:
    """Return the key that a resolver gives mentions that stand for an organization of the table."""
    return f"\x1c{organization}"


def standing(mentions: Iterable[Mention], resolved: Mapping[str, str]) -> dict[str, set[str]]:
    """Return organization of the table -> the canonical nodes of the mentions that stand for it."""
    found: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        for organization in listed(mention):
            found[organization].add(resolved[mention.iri])
    return found


def related() -> set[str]:
    """Return the organizations of which a verified row tells a part, a product or a former name."""
    told = [fact for fact in table().facts if fact.verified and fact.fact in _STATED]
    return {organization for fact in told for organization in (fact.organization, _other(fact))} - {""}


def affiliations(nodes: Mapping[str, Collection[str]]) -> list[Triple]:
    """Return what is to be said of canonical nodes: the facts, their claims, and the sources that these cite.

    Args:
        nodes: organization of the table -> the canonical nodes (in brackets) that stand for it.
    """
    found: dict[Triple, None] = {}
    for line, fact in enumerate(table().facts, 2):
        if fact.verified and fact.fact in _STATED:
            for stated in _statements(fact, nodes):
                found |= dict.fromkeys((stated, *_claim(stated, fact, line)))
    return list(found)


def description() -> list[str]:
    """Return the lines that describe the table as what claims are stated in."""
    told = describe(TABLE, [f"{FILE.name} of breachkg"], file_digest(), _KIND, _VERSION)
    return [line for s, p, o in told for line in (f"{s} {p} {o} {PROVENANCE_GRAPH} .", f"{s} {p} {o} .")]


def _other(fact: Fact) -> str:
    """The organization at the other end of a row, "" where it tells a former name."""
    named = None if fact.fact == "former" else table().find(fact.value)
    return named.organization if named else ""


def _statements(fact: Fact, nodes: Mapping[str, Collection[str]]) -> Iterator[Triple]:
    own, others = sorted(nodes.get(fact.organization, ())), sorted(nodes.get(_other(fact), ()))
    if fact.fact == "former":
        yield from ((node, _STATED[fact.fact], literal(fact.value)) for node in own)
        return
    parts, wholes = (own, others) if fact.fact == "parent" else (others, own)
    yield from ((part, _STATED[fact.fact], whole) for part in parts for whole in wholes if part != whole)


def _claim(stated: Triple, fact: Fact, line: int) -> Iterator[Triple]:
    """The claim that a row makes of a statement, and its source."""
    row = f"{fact.organization},{fact.fact},{fact.value}"
    iri = f"<{data_iri('document', _KIND, 'claim', digest(row, *stated))}>"
    address = fact.source.startswith(("http://", "https://"))
    source = f"<{data_iri('source', digest(fact.source))}>"
    yield iri, A, BKG["Claim"]
    yield from (
        (iri, REUSED[f"rdf:{part}"], term)
        for part, term in zip(("subject", "predicate", "object"), stated, strict=True)
    )
    yield iri, BKG["quote"], literal(row)
    yield iri, BKG["place"], literal(f"line {line}")
    yield iri, BKG["certainty"], concept("certainty", "confirmed")
    yield iri, BKG["basis"], concept("basis", "inferred")
    yield iri, BKG["confidence"], decimal(_CONFIDENCE)
    yield iri, BKG["statedIn"], TABLE
    yield iri, REUSED["dct:source"], source
    yield source, A, BKG["Source"]
    if address:
        yield source, REUSED["schema:url"], f"{literal(fact.source)}^^{REUSED['xsd:anyURI']}"
    else:
        yield source, BKG["publisher"], literal(fact.source)
