"""Organizations of one name in several places."""

from __future__ import annotations

import pytest

from kg.rdf import Mention, standing_for
from kg.resolve.judgements import Judgement, Judgements
from kg.resolve.placed import borne, placed_name, shown, told_apart
from kg.resolve.resolver import JudgedResolver

NODE = "<https://w3id.org/breachkg/id/organization/name/{}>"


def mention(name, region="", *identifiers):
    return Mention(f"<urn:{name}:{region}>", "party", name, identifiers, region)


def resolved(*told, judgements=()):
    """Name and region of mentions -> the last part of their nodes."""
    log = Judgements(Judgement(left, right, said, 0.5, (), "me", "2026-01-01") for left, right, said in judgements)
    found = JudgedResolver(log).resolve([mention(*one) for one in told])
    return {one: found[mention(*one).iri][1:-1].rsplit("/", 1)[-1] for one in told}


MERCY = ("Mercy Hospital", "MO"), ("Mercy Hospital", "IA")


def test_a_name_that_is_told_of_in_one_place_is_one_organization():
    told = resolved(("Mercy Hospital", "MO"), ("Mercy Hospital, Inc.", "Missouri"), ("MERCY HOSPITAL", ""))
    assert set(told.values()) == {"mercy-hospital"}


@pytest.mark.parametrize(
    "other", ["Mercy Hospital (MH)", "Mercy Hospital and Affiliates", "Mercy Hospital, Inc. and Subsidiaries"]
)
def test_another_spelling_in_the_same_place_is_no_other_organization(other):
    told = resolved(("Mercy Hospital", "MO"), (other, "MO"))
    alone = resolved(("Mercy Hospital", ""), (other, ""))
    assert len(set(told.values())) == len(set(alone.values()))


def test_a_name_that_ends_as_a_place_does_is_not_taken_for_one_in_that():
    one, other, third = (
        ("Cardiology Associates", "PA"),
        ("Cardiology Associates", "NJ"),
        ("Cardiology Associates, PA", "TX"),
    )
    told = resolved(one, other, third)
    assert len(set(told.values())) == 3


def test_a_judged_name_with_a_legal_form_names_no_place():
    one = ("Elm Drug, Co", "NC")
    told = resolved(one, ("Heart Group", ""), judgements=[("Elm Drug, Co", "Heart Group", "same")])
    assert told[one] == told["Heart Group", ""]


@pytest.mark.parametrize("place", ["CO", "Colorado", "NV"])
def test_a_judged_name_with_letters_that_are_a_legal_form_too_names_the_place(place):
    one, oak = ("Aspen Dental", place), ("Oak Group", "")
    told = resolved(one, oak, judgements=[(f"Aspen Dental, {place}", "Oak Group", "same")])
    assert told[one] == told[oak]


def test_a_judged_name_whose_letters_nobody_tells_as_a_place_names_a_legal_form():
    texas, nowhere = ("Umicore", "TX"), ("Umicore", "")
    told = resolved(texas, nowhere, ("Umicore, NV", ""), judgements=[("Umicore, NV", "Umicore Group SA", "same")])
    assert told[texas] == told[nowhere]


def test_in_two_places_it_is_two_and_who_tells_no_place_is_neither():
    told = resolved(*MERCY, ("Mercy Hospital, Inc.", "Missouri"), ("Mercy Hospital", ""), ("Mercy Hospital, IA", ""))
    assert told == {
        MERCY[0]: "mercy-hospital-mo",
        ("Mercy Hospital, Inc.", "Missouri"): "mercy-hospital-mo",
        MERCY[1]: "mercy-hospital-ia",
        ("Mercy Hospital, IA", ""): "mercy-hospital-ia",
        ("Mercy Hospital", ""): "mercy-hospital",
    }


@pytest.mark.parametrize("name", ["Microsoft", "GitHub, Inc.", "CVS Pharmacy"])
def test_what_the_table_knows_is_one_wherever_it_is(name):
    assert len(set(resolved((name, "WA"), (name, "CA")).values())) == 1


def test_an_identifier_goes_before_a_place():
    one = ("Mercy Hospital", "MO", "lei:x")
    assert resolved(one, ("Mercy Hospital", "IA"), ("Mercy Hospital", "IA", "lei:x"))[one] == "x"
    assert (
        told_apart([mention("Mercy Hospital", "MO", "lei:x"), mention("Mercy Hospital", "IA")])[1].name
        == "Mercy Hospital"
    )


def test_judgements_name_the_place():
    same = resolved(*MERCY, ("Mercy Hospital", ""), judgements=[("Mercy Hospital, MO", "Mercy Hospital", "same")])
    assert same == {
        MERCY[0]: "mercy-hospital-mo",
        ("Mercy Hospital", ""): "mercy-hospital-mo",
        MERCY[1]: "mercy-hospital-ia",
    }
    apart = resolved(
        *MERCY,
        ("Oak", ""),
        judgements=[("Mercy Hospital, MO", "Oak", "same"), ("Mercy Hospital, IA", "Oak", "different")],
    )
    assert apart[MERCY[0]] == apart["Oak", ""] != apart[MERCY[1]]


def test_what_is_judged_to_be_one_in_two_places_is_called_after_neither():
    told = resolved(*MERCY, ("Mercy Hospital", ""), judgements=[("Mercy Hospital, MO", "Mercy Hospital, IA", "same")])
    assert [told[one] for one in (*MERCY, ("Mercy Hospital", ""))] == ["mercy-hospital-ia"] * 2 + ["mercy-hospital"]
    names = ["Mercy Hospital", "Mercy Hospital, IA", "Mercy Hospital, Inc.", "Mercy Hospital, MO"]
    assert shown(names, NODE.format("mercy-hospital-ia")) == {"Mercy Hospital", "Mercy Hospital, Inc."}
    assert shown(names[:3], NODE.format("mercy-hospital-ia")) == {"Mercy Hospital, IA"}
    assert shown(names, NODE.format("mercy-hospital")) == set(names)


@pytest.mark.parametrize("judgement", ["same", "different", "part-of"])
def test_a_judgement_on_a_name_with_a_place_holds_before_and_after_there_are_two(judgement):
    judged = [("Mercy Hospital, IA", "Oak", judgement)]
    one, bare = MERCY[0], ("Mercy Hospital", "")
    assert resolved(one, bare, judgements=judged) == {one: "mercy-hospital-mo", bare: "mercy-hospital"}
    other = ("Mercy Hospital", "IA")
    told = resolved(other, ("Oak", ""), judgements=judged)
    assert (told[other] == told["Oak", ""]) == (judgement == "same")


@pytest.mark.parametrize(
    ("region", "called"),
    [
        ("CO", "Colorado"), ("Colorado", "Colorado"), ("NV", "Nevada"), ("AS", "American Samoa"), ("mo", "MO"),
        ("DC", "DC"), ("District of Columbia", "DC"), ("Puerto Rico", "PR"), ("Ontario", "Ontario"), ("AB", ""), ("Inc", ""),
    ],
)  # fmt: skip
def test_a_state_has_one_name_and_is_no_legal_form(region, called):
    assert placed_name(mention("Mercy Hospital, Inc.", region)) == (f"Mercy Hospital, {called}" if called else "")


def test_a_place_that_may_be_a_legal_form_is_a_place():
    one, other = ("Aspen Dental Care P.C.", "CO"), ("Aspen Dental Care", "IA")
    assert resolved(one, ("Aspen Dental Care", ""))[one] == "aspen-dental-care"
    assert borne(mention(*one), NODE.format("aspen-dental-care")) == ["Aspen Dental Care P.C."]
    assert resolved(one, other, ("Aspen Dental Care", "")) == {
        one: "aspen-dental-care-colorado",
        other: "aspen-dental-care-ia",
        ("Aspen Dental Care", ""): "aspen-dental-care",
    }


def test_a_mention_bears_its_place_only_where_its_node_does():
    one = mention("Mercy Hospital, Inc.", "MO")
    assert placed_name(one) == "Mercy Hospital, MO"
    assert placed_name(mention("Mercy Hospital")) == ""
    names = ["Mercy Hospital, MO", "Mercy Hospital, Inc.", "Mercy Hospital"]
    for node in ("mercy-hospital-mo", "mercy-hospital-mo-x0123456789ab", "mercy-hospital-ia"):
        assert borne(one, NODE.format(node)) == names
    for node in ("mercy-hospital", "mercy-hospital-x0123456789ab", "mercy-hospital-west", "mercy-health"):
        assert borne(one, NODE.format(node)) == ["Mercy Hospital, Inc."]
    assert borne(mention("Mercy Hospital"), NODE.format("mercy-hospital-mo")) == ["Mercy Hospital"]
    # Whether it is told apart cannot be seen.
    assert set(borne(one, "<https://w3id.org/breachkg/id/organization/lei/x>")) == set(names)


def test_what_is_alike_tells_the_place():
    one, other = mention("Mercy Hospital", "MO", "lei:x"), mention("Mercy Hospital", "", "lei:x")
    assert one.alike != other.alike
    assert [(m.region, m.identifiers) for m in map(standing_for, (one.alike, other.alike))] == [
        ("MO", ("lei:x",)),
        ("", ("lei:x",)),
    ]
