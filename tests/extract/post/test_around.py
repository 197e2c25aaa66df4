"""Suppliers that suffered with the company that was attacked, and those through whom it was."""

from __future__ import annotations

import pytest

from tests.extract.post.test_who_and_whether import post, roles, used

HIT = "Acme took its systems offline after a cyberattack. The parts maker Fir Parts put its staff on reduced hours."
LISTED = (("Acme", "Company"), ("Fir Parts", "Supplier"), ("Over 5,000 firms", "Suppliers and dealers"))


def test_suppliers_that_suffer_from_an_attack_on_their_customer_were_not_breached():
    found = post(HIT, *LISTED)
    assert roles(found) == {
        "Acme": "breached",
        "Fir Parts": "affected_downstream",
        "Over 5,000 firms": "affected_downstream",
    }
    assert used(found) == {}


@pytest.mark.parametrize(
    "said", ["Acme halted production following a cyberattack.", "A cyberattack on Acme halted production."]
)
def test_an_attack_on_the_customer_may_be_told_as_such(said):
    found = post(f"{said} The parts maker Fir Parts put its staff on reduced hours.", *LISTED)
    assert (roles(found)["Acme"], roles(found)["Fir Parts"]) == ("breached", "affected_downstream")


@pytest.mark.parametrize(
    ("prose", "listed"),
    [
        (HIT.replace("put its", "was hit by ransomware and put its"), LISTED),
        (f"{HIT} Intruders had stolen data from Fir Parts.", LISTED),
        (f"{HIT} The intruders got in through a supplier.", LISTED),
        ("Acme disclosed a breach of a database managed by Fir Parts.", LISTED),
        ("Acme took its systems offline. The attackers came in via Fir Parts.", LISTED),
        ("Acme stopped 28 lines after a cyberattack against Fir Parts. Fir Parts laid off workers.", LISTED),
        (
            "Acme stopped 28 lines after a cyberattack elsewhere in its supply chain. Fir Parts laid off workers.",
            LISTED,
        ),
        ("Acme has told its staff. The parts maker Fir Parts put people on reduced hours.", LISTED),
        ("Acme took its systems offline after a cyberattack.", LISTED),
        (HIT, (("Acme", "Company"), ("Fir Parts", "Vendor"))),
        (HIT, (("Elm", "Company"), ("Fir Parts", "Supplier"))),
    ],
)
def test_a_supplier_is_the_vendor_that_was_breached_unless_all_of_the_prose_speaks_of_its_customer(prose, listed):
    assert roles(post(prose, *listed))["Fir Parts"] == "breached"


PLATFORM = (("Acme", "Vendor"), ("Elm Cloud", "Platform Provider"), ("More than 200 Elm Cloud customers", "Customers"))


def test_the_platform_beside_the_vendor_of_a_post_was_not_breached_and_its_customers_are_those_of_the_vendor():
    found = post("Elm Cloud revoked the tokens of Acme after data of customers were taken.", *PLATFORM)
    assert roles(found) == {
        "Acme": "breached",
        "Elm Cloud": "supplier_only",
        "More than 200 Elm Cloud customers": "affected_downstream",
    }
    group = "More than 200 Elm Cloud customers"
    assert set(used(found)) == {(group, "Acme"), (group, "Elm Cloud")}


def test_a_platform_that_was_hit_or_that_a_post_is_about_was_breached():
    assert roles(post("Elm Cloud was hacked.", *PLATFORM))["Elm Cloud"] == "breached"
    assert roles(post("It was hacked.", ("Ash", "Vendor"), ("Acme", "Platform Provider")))["Acme"] == "breached"


def test_a_platform_that_is_said_to_be_breached_too_was():
    found = post("Acme and Elm Cloud were breached.", *PLATFORM)
    assert roles(found)["Elm Cloud"] == "breached"


BOTH = (("Birch Bank", "Bank"), ("Acme", "Company"))


@pytest.mark.parametrize(
    "said",
    [
        "Acme, a customer of Birch Bank, was affected.",
        "Birch Bank was hacked in March. Acme is a client of Birch Bank.",
        "Acme was affected by the breach at Birch Bank.",
        "Names of Acme customers were exposed in Birch Bank's data breach.",
    ],
)
def test_who_was_reached_through_another_or_is_its_customer_was_not_breached_whatever_the_types(said):
    found = post(said, *BOTH)
    assert roles(found) == {"Birch Bank": "breached", "Acme": "affected_downstream"}
    assert set(used(found)) == {("Acme", "Birch Bank")}


@pytest.mark.parametrize(
    "said",
    [
        "Acme, a customer of Birch Bank, was hacked.",
        "Acme, a client of Birch Bank, shut down its network after ransomware encrypted its servers.",
        "Hackers encrypted the servers of Acme, a client of Birch Bank.",
        "It is unclear whether Acme was affected by the attack on Birch Bank.",
        "Attackers stole 40 GB from Acme, a customer of Birch Bank.",
        "Hackers breached Acme, a customer of Birch Bank. Birch Bank was also affected.",
        "According to Acme, a customer of Birch Bank said that names were exposed.",
        "Acme was breached after the attack on Birch Bank.",
        "Acme was not affected by the breach at Birch Bank.",
        "Acme was affected by an earlier breach at Birch Bank.",
        "Acme, a former customer of Birch Bank, was affected.",
    ],
)
def test_a_customer_that_may_have_been_entered_itself_stays_breached(said):
    assert roles(post(said, *BOTH)) == {"Birch Bank": "breached", "Acme": "breached"}


def test_an_outsourcing_partner_is_a_vendor():
    found = post("It was hit.", ("Birch", "Outsourcing Partner"), ("Acme", "Company"))
    assert used(found) == {("Acme", "Birch"): "active"}
