"""Who took part in the incident of a post: parties with roles, and who used whom."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.counts import group_size, same_group
from kg.extract.fields import spanning
from kg.extract.post import prose as prose_rules
from kg.extract.post.around import settle_suppliers, untyped
from kg.extract.post.attackers import attackers, blamed
from kg.extract.post.casting import Cast
from kg.extract.post.chain import changes, is_subjects, links
from kg.extract.post.deeds import PARTING, called, clauses, left
from kg.extract.post.elsewhere import through_third_party
from kg.extract.post.entities import aside, clients, entities, set_roles, struck
from kg.extract.post.former import DENYING, FORMERLY, denied, over
from kg.extract.post.questioned import questioned
from kg.extract.post.rated import identify
from kg.extract.post.sources import publishers
from kg.extract.post.unaffected import accused, attacked, reached_through, unaffected, unbreached
from kg.extract.relations import holds, mention, relations
from kg.model import (
    EXPOSED,
    Basis,
    Certainty,
    Evidence,
    Party,
    RelationshipStatus,
    Role,
    SupplyRelationship,
)
from kg.names import key as name_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.extract.fields import Value
    from kg.extract.post.chain import Change
    from kg.extract.post.deeds import Deed
    from kg.extract.post.entities import Entity
    from kg.extract.relations import Sentence

IMPLIED = Decimal("0.9")
IMPLIED_BY_SEVERAL = Decimal("0.5")
STATED = Decimal("0.9")
"""Confidence: a list that sets one vendor beside its customers; one with several vendors; a rule over a sentence."""
_OPENING = 1000
"""Letters of a first sentence that are looked at."""


def cast(told: Any, found: Sequence[Sentence], linkids: Sequence[Value], prose: Sequence[Value]) -> Cast:
    """Return the parties of a post: its listed entities first, then whom its prose adds."""
    listed, counts = entities(told)
    set_roles(listed, linkids, found)
    settle_suppliers(listed, linkids, found)
    _clear(listed, found)
    ordinary = [entity for entity in listed if not entity.role]
    vendors = [entity.name for entity in ordinary if entity.vendor] or untyped(ordinary, found)
    elsewhere = None if vendors else through_third_party(found, [entity.name for entity in ordinary])
    title = told.first("title")
    opening = " ".join([*([title.text] if title else ()), *(one.text[:_OPENING] for one in found[:1])])
    groups, reporters = list(prose_rules.groups(found)), list(prose_rules.reporters(found, publishers(told)))
    people = Cast(listed, {}, [], [], counts=counts, groups=groups, reporters=reporters, opening=opening)
    supplying = set(map(name_key, vendors))
    around = aside(listed) - {one.name for one in listed if not one.group and attacked(one.name, found)}
    for entity in listed:
        hit = name_key(entity.name) in supplying or not (vendors or elsewhere or entity.name in around)
        role = Role.BREACHED if hit else Role.AFFECTED_DOWNSTREAM
        people.add(_party(entity, entity.role or role, elsewhere))
    _tie(people, vendors)
    identify(people, prose, linkids)
    for attacker in attackers(told):
        people.add(attacker)
    for name, proof in blamed(found, list(people.members), people.listed(), opening):
        people.add(Party(name, Role.ATTACKER, evidence=(replace(proof, confidence=STATED),)))
    moves = list(changes(found, people.vendors, people.customers))
    _replaced(people, moves, found)
    _link(people, told, found, moves)
    _spare(people, found)
    _groups(people)
    for name, proof, _ in people.reporters:
        if not people.known_as(name):
            people.add(Party(name, Role.REPORTER, evidence=(replace(proof, confidence=STATED),)))
    return people


def _clear(listed: Sequence[Entity], found: Sequence[Sentence]) -> None:
    """Spare the suppliers, where the prose plainly says of each that it was not hit, and another company remains that was.

    They are then as those whose type says so: the company whose data was taken is the one that was breached, since nobody it
    could be downstream of was, unless the prose places the breach at somebody else's system.
    """
    ordinary = [entity for entity in listed if not entity.role]
    supplier = clients(listed)[1]
    vendors = [entity for entity in ordinary if entity.vendor] or [entity for entity in ordinary if entity is supplier]
    if not (others := [entity.name for entity in ordinary if not entity.group and entity not in vendors]):
        return
    proofs = [unbreached(entity.name, found, others) for entity in vendors]
    if all(proofs) and not any(accused(entity.name, found, others) for entity in vendors):
        for entity, proof in zip(vendors, proofs, strict=True):
            entity.role, entity.cleared = Role.SUPPLIER_ONLY, proof


def _tie(people: Cast, vendors: Sequence[str]) -> None:
    """Set who of the listed supplied whom, as far as their types and roles tell: also who was spared, and a company beside its customers."""
    spared = [entity.name for entity in people.entities if entity.role is Role.SUPPLIER_ONLY]
    served, supplier = clients(people.entities)
    people.untied = {entity.name for entity in people.entities if entity.kin}
    if supplier and not vendors and not spared:
        vendors = [supplier.name]
        theirs = {e.name for e in people.entities if e in served or (e.group and mention(supplier.name, e.name))}
        people.untied |= {entity.name for entity in people.entities} - theirs
    # One that is listed twice, in two spellings, is one party.
    people.vendors = list(dict.fromkeys(map(people.known_as, (*vendors, *spared))))
    below = [
        known
        for entity in people.entities
        if entity.subcontracted and (known := people.known_as(entity.name)) in people.vendors
    ]
    people.subcontractors = below if set(below) < set(people.vendors) else []
    # Where no supplier was hit, those that were are its customers.
    roles = {Role.AFFECTED_DOWNSTREAM} if vendors else EXPOSED
    unaffected = {people.known_as(entity.name) for entity in served if entity.role}
    people.customers = [
        name
        for name, party in people.members.items()
        if name not in people.vendors and (party.role in roles or name in unaffected)
    ]
    if not vendors:
        # Of several that were hit, or of those they serve, nobody knows whose supplier one is that was not; but the only one,
        # which has to say that it was not hit, is what they have in common.
        denies = len(spared) == 1 and any(entity.cleared for entity in people.entities)
        hit = {name for name in people.customers if people.members[name].role in EXPOSED}
        named = {name for name in hit - people.untied if not people.members[name].unnamed_group}
        people.untied |= hit - named if len(named) == 1 or denies else hit


def _spare(people: Cast, found: Sequence[Sentence]) -> None:
    """Take out of those who were hit whom the prose says was not, where another one was: a vendor, or a customer."""
    people.customers = [name for name in people.customers if people.members[name].role in EXPOSED]
    for name in people.vendors:
        party = people.members[name]
        hit = [vendor for vendor in people.vendors if people.members[vendor].role is Role.BREACHED]
        proof = unbreached(name, found)
        if name in hit and proof:
            # Of one that the prose spares as well as accuses, or beside whom nobody remains, nobody can be sure.
            sure = len(hit) > 1 and not struck(name, found)
            people.members[name] = replace(party, role=Role.SUPPLIER_ONLY) if sure else _doubted(party, proof)
    for name in list(people.customers):
        party = people.members[name]
        others = (member.role in EXPOSED for other, member in people.members.items() if other != name)
        if party.role is not Role.AFFECTED_DOWNSTREAM or struck(name, found) or not any(others):
            continue
        if proof := unaffected(name, found, people.members):
            evidence = (*party.evidence, replace(proof, confidence=STATED))
            people.members[name] = replace(party, role=Role.CUSTOMER_UNAFFECTED, evidence=evidence)
            people.customers.remove(name)
        elif proof := questioned(name, found, people.members) or _none_of_theirs(people, name, found):
            people.members[name] = _doubted(party, proof)


def _none_of_theirs(people: Cast, name: str, found: Sequence[Sentence]) -> Evidence | None:
    """The words by which a company is no customer of the last of the vendors, None where it may be one of any."""
    denying = [one for one in found if holds(one.text, DENYING)]
    proofs = [_no_customer(people, name, vendor, denying) for vendor in people.vendors]
    return proofs[-1] if proofs and all(proofs) else None


def _doubted(party: Party, proof: Evidence) -> Party:
    evidence = (replace(one, certainty=Certainty.SUSPECTED) for one in (*party.evidence, proof))
    return replace(party, evidence=tuple(evidence))


def _party(entity: Entity, role: Role, elsewhere: Evidence | None) -> Party:
    proof = [entity.fields["name"].evidence()]
    if elsewhere and role is Role.AFFECTED_DOWNSTREAM:
        proof.append(replace(elsewhere, confidence=STATED))
    if entity.cleared:
        proof.append(replace(entity.cleared, confidence=STATED))
    industry = entity.fields.get("industry")
    return Party(
        entity.name,
        role,
        unnamed_group=entity.group,
        count=group_size(entity.name, 0, len(entity.name)) if entity.group else None,
        industry="" if industry is None or industry.blank or not industry.complete else " ".join(industry.text.split()),
        evidence=tuple(proof),
    )


def _replaced(people: Cast, moves: Sequence[Change], found: Sequence[Sentence]) -> None:
    """Take a supplier that was hired instead of a breached one out of those who were hit, unless the prose says it was."""
    for move in (one for one in moves if one.new):
        party = people.members[move.new]
        if not struck(move.new, found):
            people.members[move.new] = replace(party, role=Role.SUPPLIER_ONLY)
            people.customers = [name for name in people.customers if name != move.new]
            people.vendors = [*people.vendors, *([] if move.new in people.vendors else [move.new])]


def _chained(people: Cast, stated: dict[tuple[str, str], list[Evidence]], found: Sequence[Sentence]) -> None:
    """Add who of the listed companies uses whom, as sentences say outright."""
    named = [name for name in (*people.vendors, *people.customers) if not people.members[name].unnamed_group]
    for link in links(found, named):
        if (link.supplier, link.customer) in stated or link.customer == link.supplier:
            continue
        proofs = stated.setdefault((link.customer, link.supplier), [])
        proof = replace(link.evidence, confidence=STATED)
        if not any(old.span == proof.span for old in proofs):
            proofs.append(proof)


def _reached(people: Cast, pairs: Iterable[tuple[str, str]], found: Sequence[Sentence]) -> None:
    """Take a vendor that was only reached through its own out of those who were breached."""
    for customer, supplier in pairs:
        party, other = people.members[customer], people.members[supplier]
        both = customer in people.vendors and party.role is Role.BREACHED and other.role is Role.BREACHED
        if both and reached_through(customer, supplier, found):
            people.members[customer] = replace(party, role=Role.AFFECTED_DOWNSTREAM)


def _changed(
    people: Cast, stated: dict[tuple[str, str], list[Evidence]], moves: Sequence[Change]
) -> dict[tuple[str, str], tuple[RelationshipStatus, list[Evidence]]]:
    """Add who uses the new supplier; return the states of the relations that ended, and of those that began, with the words that say so."""
    states = {}
    named = [name for name in people.customers if not people.members[name].unnamed_group]
    for move in moves:
        known = move.customer in named or (move.customer, move.old) in stated
        customer = move.customer if known else named[0] if len(named) == 1 and not move.customer else ""
        if customer and move.over:
            proof = replace(move.evidence, confidence=STATED)
            states[(customer, move.old)] = RelationshipStatus.ENDED, [proof]
            if move.new:
                stated.setdefault((customer, move.new), []).append(proof)
                states.setdefault((customer, move.new), (RelationshipStatus.ACTIVE, []))
    return states


def _link(people: Cast, told: Any, found: Sequence[Sentence], moves: Sequence[Change]) -> None:
    """Who used whom: what sentences state, and what a list of one vendor beside its customers implies."""
    tied = {*people.vendors, *people.customers}
    named = [name for name, party in people.members.items() if party.role in EXPOSED or name in tied]
    stated: dict[tuple[str, str], list[Evidence]] = {}
    for relation in relations(found, people.customers, people.vendors):
        if is_subjects(relation.sentence.text, named, relation.customer, relation.supplier):
            continue
        stated.setdefault((relation.customer, relation.supplier), []).append(
            replace(relation.evidence, confidence=STATED)
        )
    _chained(people, stated, found)
    states = _changed(people, stated, moves)
    new = {move.new for move in moves if move.new and people.members[move.new].role is Role.SUPPLIER_ONLY}
    denying, parting, formerly = (
        [one for one in found if holds(one.text, words)] for words in (DENYING, PARTING, FORMERLY)
    )
    implied = {
        (c, v): _implied(people, c, v)
        for v in people.vendors
        for c in people.customers
        if c not in people.untied
        and v not in (*new, *people.subcontractors)
        and not _at_second_hand(people, stated, c, v)
        and not _no_customer(people, c, v, denying)
        and not _of_another(people, c, v)
    }
    implied |= {(c, v): _implied(people, c, v) for c, v in _of_their_own(people, named)}
    below = _subcontracted(people, stated, new)
    implied |= {(c, v): _implied(people, c, v) for c, v in below}
    _reached(people, (*stated, *below), found)
    responses = ((key, value) for key, values in told.under("response").items() for value in values)
    done = [deed for key, value in responses if holds(value.text, PARTING) for deed in people.deeds(value, key)]
    offered = {
        supplier: (text, proof)
        for supplier, text, proof in prose_rules.services(found, [n for n in named if n in people.vendors])
    }
    for pair in sorted({*stated, *implied, *states}, key=lambda p: (named.index(p[1]), named.index(p[0]))):
        service = offered.get(pair[1], ("", None))[0]
        proof = (*stated.get(pair, ()), *([implied[pair]] if pair in implied else ()))
        status, why = states.get(pair) or _status(people, pair, done, parting, formerly)
        proof = (*proof, *(e for e in why if (e.span, e.quote) not in {(p.span, p.quote) for p in proof}))
        people.links[pair] = SupplyRelationship(pair[0], pair[1], service, status, evidence=proof)


def _at_second_hand(people: Cast, stated: Mapping[tuple[str, str], object], customer: str, vendor: str) -> bool:
    """Whether sentences tie a customer to a vendor only through another party: then a list beside them implies nothing."""
    if (customer, vendor) in stated:
        return False
    if any((between, vendor) in stated for between in people.vendors if between != vendor):
        return True
    return any((between, vendor) in stated for one, between in stated if one == customer)


def _no_customer(people: Cast, customer: str, vendor: str, denying: Sequence[Sentence]) -> Evidence | None:
    """The words by which a company is no customer of a vendor, None where there are none, in sentences that deny something."""
    said = ((one, denied(one.text, customer, vendor, people.members)) for one in denying)
    return next((one.evidence(*span) for one, span in said if span), None)


def _subcontracted(
    people: Cast, stated: Mapping[tuple[str, str], object], new: Collection[str]
) -> list[tuple[str, str]]:
    """The only vendor that may have subcontractors, with each of those of whom no sentence says who uses them."""
    mains = [name for name in people.vendors if name not in (*new, *people.subcontractors)]
    known = {supplier for _, supplier in stated}
    return [(main, one) for main in mains for one in people.subcontractors if len(mains) == 1 and one not in known]


def _of_another(people: Cast, customer: str, vendor: str) -> bool:
    """Whether a group is called the customers of another company that was hit ("Up to 366 Alder customers")."""
    group = people.members[customer].unnamed_group and not mention(vendor, customer)
    hit = {name for name, party in people.members.items() if party.role in EXPOSED} - {vendor, customer}
    return group and any(mention(other, customer) for other in hit)


def _of_their_own(people: Cast, named: Sequence[str]) -> list[tuple[str, str]]:
    """The groups that are called the customers of a listed company which is no vendor by its type, each with that company."""
    groups = [name for name in people.customers if people.members[name].unnamed_group]
    others = [name for name in named if name not in people.vendors and not people.members[name].unnamed_group]
    return [(group, other) for group in groups for other in others if mention(other, group)]


def _implied(people: Cast, customer: str, vendor: str) -> Evidence:
    sides = {entity.name: entity.fields for entity in people.entities}
    parts = [value for name in (customer, vendor) for value in sides[name].values() if value.complete]
    # One that was not hit puts nobody's vendor that was in doubt.
    direct = [name for name in people.vendors if name not in people.subcontractors]
    hit = [name for name in direct if people.members[name].role is not Role.SUPPLIER_ONLY]
    confidence = IMPLIED if [vendor] in (hit, direct) else IMPLIED_BY_SEVERAL
    return spanning(parts, basis=Basis.IMPLIED, confidence=confidence)


def _status(
    people: Cast,
    pair: tuple[str, str],
    done: Sequence[Deed],
    parting: Sequence[Sentence],
    formerly: Sequence[Sentence],
) -> tuple[RelationshipStatus, list[Evidence]]:
    """The state of a relation, and the words that say so where it is not simply active, of sentences that may tell that it is left or was."""
    customer, supplier = pair
    alone = people.vendors == [supplier]
    for sentence in parting:
        text = sentence.text
        if not called(customer, text, people.members):
            continue
        several = any(called(other, text, people.members) for other in people.customers if other != customer)
        for start, end in clauses(text, people.members, people.vendors) if several else [(0, len(text))]:
            who = called(customer, text[start:end], people.members)
            word, whom = left(text[start:end], supplier, people.members, alone=alone)
            if who and word and who.start() < whom[1]:
                span = (start + who.start(), start + whom[1])
                return RelationshipStatus(word), [sentence.evidence(*span, confidence=STATED)]
    for sentence in formerly:
        if said := over(sentence.text, customer, supplier, people.members):
            return RelationshipStatus.ENDED, [sentence.evidence(*said, confidence=STATED)]
    for deed in done:
        if supplier in deed.suppliers and customer in deed.actors:
            return RelationshipStatus(deed.state), [deed.value.evidence()]
    return RelationshipStatus.ACTIVE, []


def _groups(people: Cast) -> None:
    """Unnamed groups that the prose says relied on a vendor: customers, whose exposure stays open."""
    for group in people.groups:
        suppliers = [v for v in people.vendors if mention(v, group.rest)] or people.vendors
        # "18,000 dealerships" in the prose are the "Up to 18,000 dealerships" that are listed.
        listed = any(same_group(party.name, party.count, group.name, group.count) for party in people.members.values())
        if len(suppliers) != 1 or listed or people.known_as(group.name):
            continue
        proof = replace(group.evidence, confidence=STATED)
        people.add(Party(group.name, Role.OTHER, unnamed_group=True, count=group.count, evidence=(proof,)))
        people.links[(group.name, suppliers[0])] = SupplyRelationship(
            group.name, suppliers[0], evidence=(replace(group.quote, confidence=STATED),)
        )
