from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf import Mention
from kg.resolve.resolver import JudgedResolver

ORGANIZATION = "<https://w3id.org/breachkg/id/organization/"


def mention(iri, name, *identifiers, kind="party"):
    return Mention(f"<urn:{iri}>", kind, name, identifiers)


def resolved(*mentions):
    return JudgedResolver().resolve(mentions)


@pytest.mark.parametrize("other", ["Meta", "META", "Meta, Inc.", "The Meta", " Meta "])
def test_names_of_one_normal_form_are_one_organization(other):
    found = resolved(mention(1, "Meta"), mention(2, other))
    assert found == {"<urn:1>": f"{ORGANIZATION}name/meta>", "<urn:2>": f"{ORGANIZATION}name/meta>"}


def test_other_names_are_others():
    found = resolved(mention(1, "Meta"), mention(2, "Meta Platforms Ireland"), mention(3, "Metal"))
    assert len(set(found.values())) == 3


def test_a_shared_identifier_joins_names_that_differ():
    found = resolved(mention(1, "Facebook", "rankiteo:meta"), mention(2, "Meta", "rankiteo:meta"), mention(3, "Meta"))
    assert set(found.values()) == {f"{ORGANIZATION}rankiteo/meta>"}


def test_the_strongest_identifier_names_the_organization():
    every = mention(1, "Meta", "rankiteo:meta", "domain:meta.com", "wikidata:Q380", "lei:BQ4BKCS1HXDV9HN80Z93")
    assert resolved(every) == {"<urn:1>": f"{ORGANIZATION}lei/BQ4BKCS1HXDV9HN80Z93>"}
    assert resolved(mention(1, "Meta", "rankiteo:meta", "domain:meta.com")) == {
        "<urn:1>": f"{ORGANIZATION}domain/meta.com>"
    }


def test_identifiers_that_contradict_keep_one_name_apart():
    found = resolved(mention(1, "Acme", "rankiteo:acme-us"), mention(2, "Acme", "rankiteo:acme-uk"), mention(3, "Acme"))
    assert found == {
        "<urn:1>": f"{ORGANIZATION}rankiteo/acme-us>",
        "<urn:2>": f"{ORGANIZATION}rankiteo/acme-uk>",
        "<urn:3>": f"{ORGANIZATION}name/acme>",
    }


def test_identifiers_of_different_schemes_do_not_contradict():
    found = resolved(mention(1, "Acme", "rankiteo:acme"), mention(2, "Acme", "domain:acme.example"))
    assert set(found.values()) == {f"{ORGANIZATION}domain/acme.example>"}


def test_an_attacker_is_never_an_organization_whatever_they_share():
    found = resolved(
        mention(1, "Akira", "rankiteo:akira"),
        mention(2, "Akira", "rankiteo:akira", kind="threat-actor"),
        mention(3, "Akira", kind="threat-actor"),
    )
    assert found["<urn:1>"] == f"{ORGANIZATION}rankiteo/akira>"
    assert found["<urn:2>"] == found["<urn:3>"] == "<https://w3id.org/breachkg/id/threat-actor/rankiteo/akira>"


def test_groups_are_never_merged():
    assert resolved(mention(1, "several banks", kind="group"), mention(2, "several banks", kind="group")) == {}


mentions = st.lists(
    st.builds(
        lambda name, identifiers, kind: (name, tuple(identifiers), kind),
        st.sampled_from(["Acme", "ACME Inc.", "Birch", "birch", "Acme Labs", "Zürich", "東京"]),
        st.sets(st.sampled_from(["rankiteo:a", "rankiteo:b", "domain:a.example", "lei:x"]), max_size=2),
        st.sampled_from(["party", "party", "threat-actor", "group"]),
    ),
    max_size=8,
).map(lambda given: [mention(i, name, *ids, kind=kind) for i, (name, ids, kind) in enumerate(given)])


@given(mentions, st.randoms(use_true_random=False))
def test_the_order_of_mentions_does_not_matter(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert JudgedResolver().resolve(shuffled) == JudgedResolver().resolve(found)


@given(mentions)
def test_whatever_shares_an_identifier_is_one(found):
    names = JudgedResolver().resolve(found)
    assert names.keys() == {m.iri for m in found if m.kind != "group"}
    for one in found:
        for other in found:
            if one.kind == other.kind != "group" and set(one.identifiers) & set(other.identifiers):
                assert names[one.iri] == names[other.iri]
