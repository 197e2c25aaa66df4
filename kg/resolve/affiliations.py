"""What the table of organizations and people's judgements say of those that a graph mentions: whose product or part one is, and its former names.

No document says so. These facts rest on rows that somebody has read where the row says, and on the names of mentions; so
their claims quote the row, cite its source, and are of the basis "inferred", by which whoever wants only what documents
say leaves them out. A row that nobody has verified says nothing here, until somebody judges that it is so; one that is judged
not to be so says nothing any more.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from kg.rdf import A, description
from kg.rdf.terms import decimal, literal
from kg.resolve.groups import group
from kg.resolve.judgements import FORMERLY, PART_OF, PRODUCT_OF, UNRELATED, Judgements
from kg.resolve.placed import borne
from kg.resolve.spelled import name_of
from kg.resolve.table import FILE, file_digest, table
from kg.vocabulary import BKG, JUDGEMENT_GRAPH, REUSED, TABLE_GRAPH, concept, data_iri, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from kg.rdf import Mention, Triple
    from kg.resolve.judgements import Judgement
    from kg.resolve.table import Fact

_CONFIDENCE: Final = Decimal("0.9")
"""The row is read; that a mention of that name means this organization is not certain."""
_STATED: Final = {"parent": REUSED["org:subOrganizationOf"], "product": BKG["productOf"], "former": BKG["formerName"]}
"""Facts of the table -> what they state."""
_JUDGED: Final = {PART_OF: _STATED["parent"], PRODUCT_OF: _STATED["product"], FORMERLY: _STATED["former"]}
"""Judgements -> what they state."""
_KIND, _VERSION = "organizations", "1"


def listed(mention: Mention) -> set[str]:
    """Return the organizations that a mention stands for by the table: by a verified name that it has today, or by a domain."""
    if mention.kind != "party":
        return set()
    found = {owner for identifier in mention.identifiers if (owner := table().owner_of(identifier))}
    named = table().find(mention.name)
    return found | ({named.organization} if named and named.verified and not named.former else set())


def listed_key(organization: str) -> str:
    """Return the key that a resolver gives mentions that stand for an organization of the table."""
    return f"\x1c{organization}"


def standing(
    mentions: Iterable[Mention], resolved: Mapping[str, str], relations: Iterable[Judgement] = ()
) -> dict[str, set[str]]:
    """Return organization of the table, or an end of a relation that is judged -> the canonical nodes of the mentions that stand for it."""
    found: dict[str, set[str]] = defaultdict(set)
    relations = list(relations)
    end = _ends(relations)
    ends = {end(text) for relation in relations for text in (relation.left, relation.right)}
    for mention in mentions:
        told = listed(mention)
        if ends and mention.kind == "party":
            told |= ends & set(map(end, (*_judged_as(mention, resolved[mention.iri]), *mention.identifiers)))
        for organization in told:
            found[organization].add(resolved[mention.iri])
    return found


def _judged_as(mention: Mention, node: str) -> list[str]:
    """The names that a mention can be judged by: with its place, where that tells it apart; by both where it cannot be seen."""
    names = borne(mention, node) if mention.region else [mention.name]
    return names[:1] if "/name/" in node else names


def _ends(relations: Iterable[Judgement]) -> Callable[[str], str]:
    """What gives what `standing` calls whom judgements relate: by a name, in any spelling that is not another's, or by an identifier."""
    subjects = Judgements(relations).subjects
    return lambda text: f"\x1f{subjects(text)}"


def end_keys(relations: Iterable[Judgement]) -> set[str]:
    """Return the keys that a resolver gives mentions of those that are judged to be related."""
    texts = {text for relation in relations for text in (relation.left, relation.right)}
    by_name = {key for text in texts for key in (f"{text}\x1f", f"\x1e{group(text)}\x1d")}
    return by_name | {name.listing for name in map(name_of, texts) if name.listed}


def related() -> set[str]:
    """Return the organizations of which a verified row tells a part, a product or a former name."""
    told = [fact for fact in table().facts if fact.verified and fact.fact in _STATED]
    return {organization for fact in told for organization in (fact.organization, _other(fact))} - {""}


def doubted(sure: Collection[str]) -> Iterator[tuple[str, str, str, bool]]:
    """Yield what rows say that a graph does not: an organization of the table, the judgement that it would be so, another or the name it had, and whether the row is verified.

    Args:
        sure: the organizations that mentions stand for, as `listed` tells; of others, only names are mentioned that
            nobody has verified to be theirs.
    """
    for fact in table().facts:
        if fact.fact not in _STATED:
            continue
        other = _other(fact)
        if fact.verified and {fact.organization, other} - {""} <= set(sure):
            continue
        if fact.fact == "former":
            yield fact.organization, FORMERLY, fact.value, fact.verified
        elif fact.fact == "parent":
            yield fact.organization, PART_OF, other, fact.verified
        else:
            yield other, PRODUCT_OF, fact.organization, fact.verified


def affiliations(nodes: Mapping[str, Collection[str]], relations: Collection[Judgement] = ()) -> list[Triple]:
    """Return what is to be said of canonical nodes: the facts, their claims, and the sources that these cite.

    Args:
        nodes: what `standing` gave.
        relations: what is judged of how two names are related.
    """
    found: dict[Triple, None] = {}
    end = _ends(relations)
    refused = {pair for told in relations if told.judgement == UNRELATED for pair in _pairs(told, nodes, end)}
    for line, fact in enumerate(table().facts, 2):
        if fact.verified and fact.fact in _STATED:
            for stated in _statements(fact, nodes):
                if not {(stated[0], stated[2]), (stated[2], stated[0])} & refused:
                    row = f"{fact.organization},{fact.fact},{fact.value}"
                    found |= dict.fromkeys((stated, *_claim(stated, row, f"line {line}", fact.source)))
    for told in relations:
        if told.judgement != UNRELATED:
            said = f"{told.left},{told.judgement},{told.right}"
            for node, other in _pairs(told, nodes, end):
                stated = (node, _JUDGED[told.judgement], other)
                claim = _claim(stated, said, f"judgement {told.id} of {told.when}", told.who, JUDGEMENT_GRAPH)
                found |= dict.fromkeys((stated, *claim))
    return list(found)


def _pairs(told: Judgement, nodes: Mapping[str, Collection[str]], end: Callable[[str], str]) -> list[tuple[str, str]]:
    """The nodes that a judgement relates; a former name is what the first is called, and so is any name that is refused."""
    ones, others = sorted(nodes.get(end(told.left), ())), sorted(nodes.get(end(told.right), ()))
    if told.judgement == FORMERLY:
        return [(one, literal(told.right)) for one in ones]
    named = [(one, literal(told.right)) for one in ones] + [(other, literal(told.left)) for other in others]
    found = [(one, other) for one in ones for other in others if one != other]
    return found + named if told.judgement == UNRELATED else found


def table_description() -> list[str]:
    """Return the lines that describe the table as what claims are stated in."""
    return description(TABLE_GRAPH, [f"{FILE.name} of breachkg"], file_digest(), _KIND, _VERSION)


def source(told_by: str) -> list[Triple]:
    """Return the source that an address, or the name of a person or a book, is cited as; its node is the first subject."""
    iri = f"<{data_iri('source', digest(told_by))}>"
    if told_by.startswith(("http://", "https://")):
        return [(iri, A, BKG["Source"]), (iri, REUSED["schema:url"], f"{literal(told_by)}^^{REUSED['xsd:anyURI']}")]
    return [(iri, A, BKG["Source"]), (iri, BKG["publisher"], literal(told_by))]


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


def _claim(stated: Triple, row: str, place: str, told_by: str, graph: str = TABLE_GRAPH) -> Iterator[Triple]:
    """The claim that a row or a judgement makes of a statement, and its source; each judgement makes its own."""
    made = [place] if graph == JUDGEMENT_GRAPH else []
    iri = f"<{data_iri('document', graph[1:-1].rsplit('/', 1)[-1], 'claim', digest(row, *stated, *made))}>"
    cited = source(told_by)
    yield iri, A, BKG["Claim"]
    yield from (
        (iri, REUSED[f"rdf:{part}"], term)
        for part, term in zip(("subject", "predicate", "object"), stated, strict=True)
    )
    yield iri, BKG["quote"], literal(row)
    yield iri, BKG["place"], literal(place)
    yield iri, BKG["certainty"], concept("certainty", "confirmed")
    yield iri, BKG["basis"], concept("basis", "inferred")
    yield iri, BKG["confidence"], decimal(_CONFIDENCE)
    yield iri, BKG["statedIn"], graph
    yield iri, REUSED["dct:source"], cited[0][0]
    yield from cited
