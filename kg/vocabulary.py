"""The closed vocabulary: every term of the ontology, where the ontology lives, and the IRIs of data.

IRIs are built here and nowhere else. `BKG["usesVendor"]` is the term in N-Triples form; a name the
ontology does not declare is a `KeyError`, so that a typo cannot become data.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kg.errors import KGError
from kg.patterns import regex

NS: Final = "https://w3id.org/breachkg/ns#"
VOCAB: Final = "https://w3id.org/breachkg/vocab/"
ID: Final = "https://w3id.org/breachkg/id/"

CLASSES: Final = frozenset(
    """
    Action Assessment Claim DataExposure DataType Impact Incident Industry Involvement Note Organization
    OrganizationGroup RecordCount ReportGraph Service Source SupplyRelationship Technique ThreatActor Vendor
    """.split()
)
PROPERTIES: Final = frozenset(
    """
    actionType actor affects affectsDownstream assessment assessor atLeast atMost basis breached certainty
    confidence conflict customer dataOwner dataType disclosed discovered documentKind earliest exposedDataType
    exposure extractorName extractorVersion feed firstReportedBy formerName grade impact impactOn impactType
    incident incidentType incomplete industry industryText investigationStatus involvement key latest note observed
    observedFrom observedUntil occurred party place productOf publisher quote quoteEnd quoteStart recordCount
    referent region relationshipStatus reported response responseKey role scale score sensitivity service sourceType
    statedIn supplier supplyRelationship targets technique unit usesVendor validFrom validUntil
    """.split()
)
PREFIXES: Final = {
    "bkg": NS,
    "dct": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
BKG: Final = {name: f"<{NS}{name}>" for name in sorted(CLASSES | PROPERTIES)}
REUSED: Final = {
    name: f"<{PREFIXES[name.split(':')[0]]}{name.split(':')[1]}>"
    for name in (
        "dct:date", "dct:identifier", "dct:source", "org:linkedTo", "org:subOrganizationOf", "prov:Entity",
        "prov:generatedAtTime", "prov:invalidatedAtTime", "prov:wasDerivedFrom", "rdf:object", "rdf:predicate", "rdf:subject", "rdf:type",
        "rdf:value", "rdfs:comment", "rdfs:label", "schema:about", "schema:url", "skos:altLabel", "xsd:anyURI",
        "xsd:boolean", "xsd:date", "xsd:dateTime", "xsd:decimal", "xsd:integer",
    )
}  # fmt: skip
GRAPHS: Final = f"{ID}graph/"
"""What the IRIs of graphs of this package begin with."""
PROVENANCE_GRAPH: Final = f"<{GRAPHS}provenance>"
REFERENT_GRAPH: Final = f"<{GRAPHS}referents>"
JUDGEMENT_GRAPH: Final = f"<{GRAPHS}judgements>"
TABLE_GRAPH: Final = f"<{GRAPHS}organizations>"
"""What the claims that follow from the table of organizations are stated in: it has no quads of its own, as no document holds them."""
GRAPHS_APART: Final = frozenset(graph[1:-1] for graph in (PROVENANCE_GRAPH, REFERENT_GRAPH, JUDGEMENT_GRAPH))
"""Named graphs that hold no evidence of a document."""


def ontology_dir() -> Path:
    """Return the folder with the ontology: inside the installed package, or beside it in a checkout.

    Raises:
        KGError: neither is there.
    """
    return _packaged("ontology", "vocab", "the ontology is")


def examples_dir() -> Path:
    """Return the folder with the packaged examples, found as `ontology_dir` is.

    Raises:
        KGError: it is not there.
    """
    return _packaged("examples", "suppliers.csv", "the examples are")


def _packaged(name: str, inside: str, words: str) -> Path:
    """The folder of a name that has something of another name in it."""
    package = Path(__file__).resolve().parent
    for folder in (package / name, package.parent / name):
        if (folder / inside).exists():
            return folder
    raise KGError(f"{words} missing from this installation (looked in {package / name} and beside it)")


def concept(scheme: str, slug: str) -> str:
    """Return the concept of a scheme as an N-Triples term.

    Raises:
        KGError: the scheme has no such concept.
    """
    if slug not in concepts(scheme):
        raise KGError(f"the scheme {scheme} has no concept {slug!r}")
    return f"<{VOCAB}{scheme}/{slug}>"


@cache
def concepts(scheme: str) -> frozenset[str]:
    """Return the slugs of every concept of a scheme."""
    prefix, kind, concept_class = f"{VOCAB}{scheme}/", PREFIXES["rdf"] + "type", PREFIXES["skos"] + "Concept"
    found = (s for s, p, value in _triples(scheme) if p == kind and value == concept_class)
    return frozenset(s.removeprefix(prefix) for s in found if s.startswith(prefix))


@cache
def phrases(scheme: str) -> dict[str, str]:
    """Return lower-cased label -> slug over the preferred, alternative and hidden labels of a scheme.

    The preferred label wins where two concepts share a phrase; the ontology's lint keeps that from happening.
    """
    ranks = {name: rank for rank, name in enumerate(("prefLabel", "altLabel", "hiddenLabel"))}
    labels = [(ranks[name], text.casefold(), slug) for slug, name, text in _said(scheme, *ranks)]
    known = concepts(scheme)
    found: dict[str, str] = {}
    for _, text, slug in sorted(labels):
        if slug in known:
            found.setdefault(text, slug)
    return found


@cache
def members(scheme: str, collection: str) -> frozenset[str]:
    """Return the slugs of the concepts that a `skos:Collection` of a scheme lists."""
    listed = (value for slug, _, value in _said(scheme, "member") if slug == collection)
    return frozenset(value.removeprefix(f"{VOCAB}{scheme}/") for value in listed)


@cache
def matches(scheme: str, outside: str) -> dict[str, str]:
    """Return term -> slug for the terms of another vocabulary (`vocab/external/OUTSIDE.ttl`) that a scheme matches.

    A term is lower-cased, as its label and its notation print it. An exact match wins over a close one, and the first
    concept by slug over the others.
    """
    close: dict[str, tuple[bool, str]] = {}
    for slug, name, value in _said(scheme, "exactMatch", "closeMatch"):
        rank = (name == "closeMatch", slug)
        close[value] = min(rank, close.get(value, rank))
    return {
        value.casefold(): close[subject][1]
        for subject, _, value in _said(f"external/{outside}", "prefLabel", "notation")
        if subject in close
    }


@cache
def industry_of(code: str) -> str:
    """Return the slug of the industry that a NAICS code of 2 to 6 digits belongs to, "" where it is none."""
    if not re.fullmatch(r"\d{2,6}", code, re.ASCII):
        return ""
    table = _industries()
    return next((table[code[:length]] for length in range(len(code), 1, -1) if code[:length] in table), "")


@cache
def sector_of(industry: str) -> str:
    """Return the label of the sector that an industry (a slug of the scheme) belongs to, "" where there is none such."""
    broader = {slug: value.removeprefix(f"{VOCAB}industry/") for slug, _, value in _said("industry", "broader")}
    while industry in broader:
        industry = broader[industry]
    return next((value for slug, _, value in _said("industry", "prefLabel") if slug == industry), "")


@cache
def _industries() -> dict[str, str]:
    """Code -> slug of the industry; the ontology's lint keeps two from having one code."""
    return {code: slug for slug, _, code in _said("industry", "notation")}


def _said(scheme: str, *names: str) -> list[tuple[str, str, str]]:
    """What a scheme says with some properties of SKOS: slug, name of the property, value."""
    prefix, wanted = f"{VOCAB}{scheme}/", {PREFIXES["skos"] + name: name for name in names}
    return [(s.removeprefix(prefix), wanted[p], value) for s, p, value in _triples(scheme) if p in wanted]


@cache
def _triples(name: str) -> list[tuple[str, str, str]]:
    """The triples of a file of the folder `vocab`, of those whose subject is an IRI."""
    import pyoxigraph as ox  # noqa: PLC0415 - kept out of `kg --help`

    path = ontology_dir() / "vocab" / f"{name}.ttl"
    if not path.is_file():
        raise KGError(f"there is no scheme {name!r} in the ontology")
    return [
        (s.value, p.value, o.value)
        for s, p, o, _ in ox.parse(path=path)
        if isinstance(s, ox.NamedNode) and isinstance(o, ox.NamedNode | ox.Literal)
    ]


def digest(*fields: str) -> str:
    """Return 20 hexadecimal digits that stand for the fields; the same fields always give the same digits."""
    return blake2b("\x1f".join(fields).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def data_iri(*path: str) -> str:
    """Return a data IRI (no angle brackets) whose path segments are percent-encoded."""
    return ID + "/".join(_segment(part) for part in path)


_PLAIN = regex(r"[A-Za-z0-9._~-]+\Z")


def is_graph(iri: str) -> bool:
    """Return whether an IRI is that of a graph of this package."""
    return iri.startswith(GRAPHS) and _PLAIN.match(iri, len(GRAPHS)) is not None


def _segment(part: str) -> str:
    return part if _PLAIN.match(part) and part not in {".", ".."} else quote(part, safe="-_~").replace("..", "%2E%2E")


def compact(iri: str) -> str:
    """Return an IRI with its prefix ("bkg:usesVendor") where one of `PREFIXES` fits, else unchanged."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
