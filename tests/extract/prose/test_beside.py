"""The prose of posts beside their fields: it adds who used whom, and takes nothing from what the fields tell."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from documents import post
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract.post.extractor import PostExtractor
from kg.extract.prose import ProseExtractor
from kg.extract.reading import document
from kg.model import Certainty, Defect, Role
from tests.mutants import proofs

POSTS = sorted((Path(__file__).parents[2] / "data" / "posts").glob("*.txt"))
HIDDEN = (
    "Alder Airport and Fir Airport had to check in passengers by hand after a ransomware attack on the software "
    "of their supplier Birch Aerospace.\nBirch Aerospace said on 4 May 2026 that hackers had broken into its systems on 1 May 2026."
)


def read(text, reader=ProseExtractor):
    return list(reader().extract(document("post.txt", text.encode("utf-8", "surrogatepass"))))


def hidden(**details):
    """A post whose fields list the victims alone; the vendor stands in its prose."""
    return post(prose=HIDDEN, title="Alder And Fir Airports Hit", vendors=(), customers=("Alder Airport", "Fir Airport"), **details)  # fmt: skip


def roles(incident):
    return {party.name: party.role for party in incident.parties}


def pairs(incident):
    return {(r.customer, r.supplier) for r in incident.uses_vendor}


def test_a_vendor_that_only_the_prose_names_is_found_and_its_customers_were_not_breached_themselves():
    (by_fields,) = read(hidden(), PostExtractor)
    assert pairs(by_fields) == set()
    (incident,) = read(hidden())
    assert pairs(incident) == {("Alder Airport", "Birch Aerospace"), ("Fir Airport", "Birch Aerospace")}
    assert roles(incident) == {
        "Alder Airport": Role.AFFECTED_DOWNSTREAM,
        "Fir Airport": Role.AFFECTED_DOWNSTREAM,
        "Birch Aerospace": Role.BREACHED,
    }
    assert {(d.date.edtf, d.what.value) for d in incident.dates} >= {
        ("2026-05-01", "occurred"),
        ("2026-04", "reported"),
    }
    assert (incident.id, incident.feed, incident.title) == (by_fields.id, by_fields.feed, by_fields.title)


@pytest.mark.parametrize("escapes", [0, 1, 2])
def test_every_proof_is_where_it_says(escapes):
    text = hidden(description="Birch Aerospace supplies Alder Airport & Fir Airport.")
    for _ in range(escapes):
        text = html.escape(text)
    (incident,) = read(text)
    assert len(pairs(incident)) == 2
    assert all(text[slice(*proof.span)] == proof.quote != "" for proof in proofs(incident))
    assert {proof.place.split(",")[0] for proof in proofs(incident)} == {"post 1"}


def test_what_fields_tell_is_told_by_them_alone():
    told = post(
        prose="Alder Labs said on 2 June 2025 that passport numbers of 12,000 people were stolen from Birch Annotation on 3 May 2025.",
        date_occurred="2025-05-01",
        affected_individuals="about 10,000",
    )
    (fields,), (incident,) = read(told, PostExtractor), read(told)
    assert incident.data_types == fields.data_types
    assert [d for d in incident.dates if d.what.value == "occurred"] == [
        d for d in fields.dates if d.what.value == "occurred"
    ]
    assert roles(incident).items() >= roles(fields).items()


def test_the_prose_is_no_surer_than_the_post():
    (incident,) = read(hidden(status="Alleged"))
    assert incident.certainty is Certainty.CLAIMED
    (vendor,) = [party for party in incident.parties if party.name == "Birch Aerospace"]
    assert {proof.certainty for proof in vendor.evidence} == {Certainty.CLAIMED}


def test_headlines_and_addresses_are_not_read():
    text = post(prose="Cedar Payroll Breach Exposes Data Of Dune Bank\nSource: https://example.org/elm-press-says-so")
    assert read(text) == read(text, PostExtractor)


@pytest.mark.parametrize(
    ("trade", "others"), [("Publisher", set()), ("Utility", set()), ("Studio", {"Studio Elm Water"})]
)
def test_a_noun_of_a_trade_before_a_listed_name_is_no_part_of_it(trade, others):
    prose = (
        "Hackers broke into the network of Birch Systems on 4 May 2026 and took data of its customers. "
        f"{trade} Elm Water said that its data were stolen from Birch Systems."
    )
    (incident,) = read(
        post(prose=prose, title="Birch Systems Breached", vendors=["Birch Systems"], customers=["Elm Water"])
    )
    assert roles(incident).keys() == {"Birch Systems", "Elm Water", *others}


def test_groups_that_are_told_already_are_no_others():
    text = post(
        customers=("About 18,000 dealerships",),
        vendors=("Birch Credit",),
        prose="Birch Credit, whose software 18,000 dealerships use, was hacked. Some of its customers were told.",
    )
    (incident,) = read(text)
    assert roles(incident).keys() == {"Birch Credit", "About 18,000 dealerships"}


@pytest.mark.parametrize("listed", ["Up to 300 hospitals", "300 hospitals"])
def test_a_group_that_is_counted_otherwise_is_no_other(listed):
    prose = (
        "Birch Systems was hacked on 1 May 2026. More than 300 hospitals that use Birch Systems were affected, it said."
    )
    (incident,) = read(post(customers=(listed,), vendors=("Birch Systems",), prose=prose))
    assert roles(incident).keys() == {"Birch Systems", listed}


def test_groups_that_share_no_number_but_the_least_are_two():
    prose = "Birch Systems was hacked on 1 May 2026. Up to 500 schools that use Birch Systems were affected, it said."
    (incident,) = read(post(customers=("Up to 300 hospitals",), vendors=("Birch Systems",), prose=prose))
    assert roles(incident).keys() == {"Birch Systems", "Up to 300 hospitals", "500 schools"}


@pytest.mark.parametrize("words", ["One of its customers was", "At least one of its customers was"])
def test_one_customer_that_is_not_named_adds_nothing_to_one_that_is(words):
    prose = f"Birch Systems was hacked on 1 May 2026, it said. {words} affected by the breach at Birch Systems."
    (incident,) = read(post(customers=("Alder Bank",), vendors=("Birch Systems",), prose=prose))
    assert roles(incident).keys() == {"Birch Systems", "Alder Bank"}


def test_companies_that_were_hit_through_a_listed_one_were_not_breached_themselves():
    prose = "Birch Bank, a banking provider, has confirmed that a gang stole customer data. Fir Pay, which relies on Birch Bank for its cards, said that data of its cardholders was stolen from Birch Bank."
    text = post(prose=prose, vendors=(), customers=("Birch Bank", "Fir Pay"))
    (incident,) = read(text)
    assert roles(incident) == {"Birch Bank": Role.BREACHED, "Fir Pay": Role.AFFECTED_DOWNSTREAM}
    assert pairs(incident) == {("Fir Pay", "Birch Bank")}


def test_the_houses_of_the_company_of_a_post_are_no_customers_of_it():
    prose = "Alder Resorts shut down systems after a cyberattack on May 10, 2023. Slot machines were unavailable for days at the Birch Palace and the Cedar Grand."
    (incident,) = read(post(prose=prose, vendors=(), customers=("Alder Resorts",)))
    assert (roles(incident), pairs(incident)) == ({"Alder Resorts": Role.BREACHED}, set())


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
def test_nothing_of_the_fields_is_lost(path):
    text = path.read_bytes().decode("utf-8")
    fields, both = read(text, PostExtractor), read(text)
    assert [one for one in both if isinstance(one, Defect)] == [one for one in fields if isinstance(one, Defect)]
    for own, more in zip(
        *([one for one in found if not isinstance(one, Defect)] for found in (fields, both)), strict=True
    ):
        assert roles(more).items() >= roles(own).items()
        assert pairs(more) >= pairs(own)
        for facts in ("data_types", "record_counts", "dates", "responses", "sources", "notes", "impacts"):
            assert set(getattr(more, facts)) >= set(getattr(own, facts))


@given(st.sampled_from(POSTS), st.integers(0, 10_000), st.sampled_from(["", "\x01", "’", "&amp;", "\n\n", "{", '"']))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_proofs_hold_whatever_becomes_of_a_post(path, place, inserted):
    text = path.read_bytes().decode("utf-8")
    at = place % len(text)
    text = text[:at] + inserted + text[at + 1 :]
    for record in read(text):
        if not isinstance(record, Defect):
            assert all(text[slice(*proof.span)] == proof.quote for proof in proofs(record) if proof.span)


def test_what_the_summary_tells_again_is_counted_once_and_a_relation_quotes_its_customer():
    (incident,) = read(
        post(
            prose="Ransomware hit the payroll software of Birch Systems, and 640 GB of data were stolen.\nFir Airport lost salaries.",
            description="Birch Systems lost 640 GB of data, the company said.",
            vendors=(),
            customers=("Alder Bank",),
        )
    )
    assert [(count.low, count.unit) for count in incident.record_counts] == [(640, "gigabytes")]
    for relation in incident.uses_vendor:
        assert any(relation.customer.split()[0] in proof.quote for proof in relation.evidence), relation
