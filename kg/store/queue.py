"""What waits for a judgement in a store, and why the mentions of one organization are one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

from kg.rdf import LABEL, from_triples
from kg.rdf.terms import value
from kg.resolve.affiliations import doubted, listed
from kg.resolve.candidates import Waiting, candidates, likely
from kg.resolve.codes import is_code
from kg.resolve.groups import group, subject
from kg.resolve.judgements import FORMERLY, RELATIONS, SAME, UNSURE
from kg.resolve.placed import borne, placed_name, told_apart
from kg.resolve.readings import read
from kg.resolve.scoring import DIFFERENT, REVIEW, Score, score
from kg.resolve.table import table
from kg.resolve.words import Sort
from kg.store.stored import KINDS, graph_of, stored_mentions, stored_referents
from kg.vocabulary import BKG, REFERENT_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.rdf import Mention
    from kg.resolve.candidates import Proposing
    from kg.resolve.judgements import Judgements
    from kg.store.reading import GraphStore

_SHOWN: Final = 3
"""Customers and suppliers that are named beside a name."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of an organization's name: how often it is mentioned, in which documents, and why it is this organization's."""

    name: str
    mentions: int
    documents: tuple[str, ...]
    reason: str


def queue(store: GraphStore, judgements: Judgements, pairs: Proposing = candidates) -> list[Waiting]:
    """Return the pairs of names that wait for a judgement, the likeliest first; each pair of organizations once.

    Pairs that are one organization already, or that somebody has judged (unsure too), do not wait. `pairs` proposes
    which names are compared at all.
    """
    found: list[Waiting] = []
    for kind in KINDS:
        mentions, counts, node_of = _named(store, kind, judgements)
        done = _judged(mentions, judgements)
        for left, right, told in (*likely(counts, pairs=pairs), *_of_several_places(mentions)):
            pair = frozenset((node_of[left], node_of[right]))
            if len(pair) > 1 and pair not in done:
                done.add(pair)
                found.append(Waiting(left, right, counts[left], counts[right], told))
    return sorted(found, key=lambda one: (-one.score.score, one.left, one.right))


def _named(
    store: GraphStore, kind: str, judgements: Judgements
) -> tuple[dict[Mention, str], Counter[str], dict[str, str]]:
    """The mentions of a kind under the names that they are resolved by, with their canonical nodes, how often each name is mentioned, and the node of each name."""
    nodes = stored_referents(store.quads)
    told = [mention for mention in stored_mentions(store.quads) if mention.kind == kind]
    judged = [text for held in judgements.deciding for text in (held.left, held.right)]
    mentions = {mention: nodes[mention.iri] for mention in told_apart(told, judged)}
    counts = Counter(mention.name for mention in mentions)
    return mentions, counts, {mention.name: node for mention, node in mentions.items()}


def _under_its_name(mention: Mention, nodes: Mapping[str, str]) -> Mention:
    """A mention under the name that it is resolved by, which may tell its place; `nodes` has its canonical node."""
    return replace(mention, name=borne(mention, nodes[mention.iri])[0]) if mention.region else mention


def _of_several_places(mentions: Iterable[Mention]) -> Iterator[tuple[str, str, Score]]:
    """Names that only the places of documents tell apart, each with the next; not those of general words alone, which are borne everywhere."""
    names: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        name = mention.name.rpartition(", ")[0]
        if name and placed_name(replace(mention, name=name)) == mention.name and Sort.OWN in read(name).sorts:
            names[group(name)].add(mention.name)
    told = Score(0.5, REVIEW, ("same name, in different states as documents say",))
    return ((left, right, told) for placed in names.values() for left, right in pairwise(sorted(placed)))


def _judged(mentions: Mapping[Mention, str], judgements: Judgements) -> set[frozenset[str]]:
    """The pairs of nodes that somebody has judged, by a name, another spelling of it, or an identifier."""
    exact: dict[str, set[str]] = defaultdict(set)
    spelled: dict[str, set[str]] = defaultdict(set)
    for mention, node in mentions.items():
        for text in (mention.name, *mention.identifiers):
            exact[text].add(node)
            spelled[subject(text)].add(node)
    ends = [
        [exact.get(text) or spelled.get(subject(text), set()) for text in (j.left, j.right)] for j in judgements.holding
    ]
    return {frozenset(pair) for lefts, rights in ends for pair in product(lefts, rights)}


def relations(store: GraphStore, judgements: Judgements) -> list[Waiting]:
    """Return what rows of the table say of organizations that are mentioned, in its order, unless somebody has judged it.

    That are rows which nobody has verified, and others of organizations that are mentioned only by names which nobody
    has verified to be theirs. Each is told by the names that most mentions have.
    """
    mentions, counts, node_of = _named(store, "party", judgements)
    named: dict[str, str] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        if (found := table().find(name)) is not None and not found.former:
            named.setdefault(found.organization, name)
    done = {_subjects(j.left, j.right) for j in judgements.holding if j.judgement in {UNSURE, *RELATIONS}}
    waiting: list[Waiting] = []
    sure = {organization for mention in mentions for organization in listed(mention)}
    for one, judgement, other, verified in doubted(sure):
        left, right = named.get(one, ""), other if judgement == FORMERLY else named.get(other, "")
        if not left or not right or _subjects(left, right) in done or node_of[left] == node_of.get(right):
            continue
        why = f"; that {left} and {right} are these nobody has verified" if verified else " that nobody has verified"
        told = Score(0.5, REVIEW, (f"{one} {judgement} {other}, says a row of the table{why}",))
        waiting.append(Waiting(left, right, counts[left], counts[right], told, judgement))
    return waiting


def _subjects(left: str, right: str) -> frozenset[str]:
    return frozenset((subject(left), subject(right)))


def beside(store: GraphStore) -> Callable[[str], str]:
    """Return what tells in whose company a name stands: "used by Cursor, Notion and 3 more; a customer of AWS".

    It is "" for nobody's.
    """
    nodes = stored_referents(store.quads)
    node_of = {_under_its_name(mention, nodes).name: nodes[mention.iri] for mention in stored_mentions(store.quads)}
    uses = BKG["usesVendor"][1:-1]

    def about(name: str) -> str:
        if (found := node_of.get(name)) is None:
            return ""
        customers = {str(quad.subject) for quad in store.find(None, uses, found[1:-1])}
        suppliers = {str(quad.object) for quad in store.find(found[1:-1], uses)}
        told = (("used by", _labels(store, customers)), ("a customer of", _labels(store, suppliers)))
        return "; ".join(f"{how} {_some(names)}" for how, names in told if names)

    return about


def _labels(store: GraphStore, nodes: Iterable[str]) -> list[str]:
    told = (quad for node in nodes for quad in store.find(node[1:-1], LABEL[1:-1]))
    return sorted((value(str(quad.object)) for quad in told), key=str.casefold)


def _some(names: list[str]) -> str:
    """The first names of a list, and how many more there are."""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def spellings(store: GraphStore, node: str, judgements: Judgements) -> list[Spelling]:
    """Return the spellings of the organization of a node (its IRI), the most frequent first and codes last, each with the reason it is one.

    Of equally frequent ones, that by which the organization is shown goes first.

    Args:
        store: an open generation.
        node: the canonical node.
        judgements: what people have judged.
    """
    mentions = _mentions_of(store, node)
    named: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        named[mention.name].append(mention)
    shown = _labels(store, (f"<{node}>",))
    names = sorted(named, key=lambda name: (is_code(name), -len(named[name]), name not in shown, name))
    graphs = {mention.iri: graph_of(mention.iri) for mention in mentions}
    documents = {graph: _labels(store, (graph,)) for graph in set(graphs.values())}
    return [
        Spelling(
            name,
            len(named[name]),
            tuple(sorted({document for m in named[name] for document in documents[graphs[m.iri]]})),
            _reason(name, names, named, judgements) if position else _standing(names, named),
        )
        for position, name in enumerate(names)
    ]


def _mentions_of(store: GraphStore, node: str) -> list[Mention]:
    """The mentions of a canonical node, under the names that they are resolved by; asks for these alone, for they may be at a server."""
    found: list[Mention] = []
    for quad in store.find(None, BKG["referent"][1:-1], node, REFERENT_GRAPH[1:-1]):
        iri = str(quad.subject)
        told = store.find(iri[1:-1], None, None, graph_of(iri)[1:-1])
        mentions = from_triples(
            graph_of(iri)[1:-1], [(iri, str(one.predicate), str(one.object)) for one in told]
        ).mentions
        found += [_under_its_name(mention, {iri: f"<{node}>"}) for mention in mentions if mention.kind in KINDS]
    return found


def _standing(names: list[str], named: dict[str, list[Mention]]) -> str:
    """Why the first of some spellings is; codes are no names."""
    first, *others = names
    tied = any(len(named[other]) == len(named[first]) for other in others if not is_code(other))
    return "no other name has more mentions" if tied else "the name that most mentions have"


def _reason(name: str, names: list[str], named: dict[str, list[Mention]], judgements: Judgements) -> str:
    """Why a spelling is of one organization with the others: the strongest link to any of them."""
    others = [other for other in names if other != name]
    told = {other: score(name, other, _ids(named[name]), _ids(named[other])) for other in others}
    # Nobody need judge what is spelled alike: one of these that is judged is judged for all, and has it to tell; else the first.
    judged = {side for held in judgements.holding for side in (held.left, held.right)}
    alike = [
        other
        for other in others
        if told[other].decision == SAME and judgements.subjects(name) == judgements.subjects(other)
    ]
    before = [other for other in alike if names.index(other) < names.index(name)]
    spelled = [] if name in judged else [other for other in alike if other in judged] or before
    for other in () if spelled else others:
        for left, right in product((name, *sorted(_ids(named[name]))), (other, *sorted(_ids(named[other])))):
            for judgement in judgements.chain(left, right):
                return f"judged the same: {judgement.left} = {judgement.right}, by {judgement.who}, {judgement.when} ({judgement.id})"
    other = max(spelled or others, key=lambda one: (told[one].decision == SAME, told[one].score))
    found = told[other]
    if found.decision == DIFFERENT:
        return _reason_of_domain(_ids(mention for one in names for mention in named[one]))
    return f"{'; '.join(found.evidence)} ({other})"


def _reason_of_domain(identifiers: Iterable[str]) -> str:
    """Why spellings are of one organization that no judgement joins and no two of them tell."""
    for identifier in sorted(identifiers):
        if owner := table().owner_of(identifier):
            return f"{identifier.removeprefix('domain:')} is listed as a domain of {owner}"
    return "joined through other names or identifiers"


def _ids(mentions: Iterable[Mention]) -> set[str]:
    return {identifier for mention in mentions for identifier in mention.identifiers}
