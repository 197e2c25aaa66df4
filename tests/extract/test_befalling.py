"""Whether a sentence on a compromised product says that those it names were harmed, leaves it open, or denies it."""

from __future__ import annotations

import pytest

from kg.extract.downstream import downstream


def told(text):
    """(name, whether it was hit, how sure) of everybody whom a text on Alder names."""
    return {(text[one.start : one.end], one.hit, one.sure.value) for one in downstream(text, ["Alder"])}


@pytest.mark.parametrize(
    "text",
    [
        "Organizations such as Birch and Cedar may have been affected.",
        "Customers such as Birch and Cedar could have been exposed, but there is no evidence of it.",
        "It is not known whether customers such as Birch and Cedar were affected.",
        "The installer was infected, and customers such as Birch and Cedar may have been affected.",
        "Customers that may have been affected include Birch and Cedar.",
        "Potentially affected companies include Birch and Cedar.",
        "The vendor allegedly infected customers including Birch and Cedar.",
        "The attackers tried to infect customers including Birch and Cedar.",
        "The flaw could affect companies such as Birch and Cedar.",
        "It is believed that companies such as Birch and Cedar were affected.",
        "It followed a reported attack on companies such as Birch and Cedar.",
        "Companies including Birch and Cedar were vulnerable to the attack.",
        "The malware targeted companies including Birch and Cedar.",
    ],
)
def test_a_harm_that_is_left_open_or_only_aimed_at_somebody_is_suspected(text):
    assert told(text) == {("Birch", True, "suspected"), ("Cedar", True, "suspected")}


@pytest.mark.parametrize(
    "text",
    [
        "The attackers tried to infect customers including Birch and Cedar but failed.",
        "Unlike customers such as Birch and Cedar, who were spared, Dill was hit.",
        "Customers including Birch and Cedar denied that they had been affected.",
        "Customers including Birch and Cedar were targeted but not affected.",
        "There is no evidence that customers such as Birch and Cedar were affected.",
        "The update did not affect customers such as Birch and Cedar.",
        "The vendor denied that customers such as Birch and Cedar were affected.",
        "No evidence was found that customers such as Birch and Cedar had been compromised.",
    ],
)
def test_customers_that_were_spared_are_no_more_than_customers(text):
    assert told(text) == {("Birch", False, "confirmed"), ("Cedar", False, "confirmed")}


def test_companies_that_deny_it_need_not_be_customers():
    assert told("Companies including Birch and Cedar denied that they had been affected.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "The malware, allegedly of Dill, infected companies including Birch and Cedar.",
        "Attackers with no known motive infected companies including Birch and Cedar.",
        "It infected companies including Birch and Cedar, whose data may have been stolen.",
        "It not only affected companies including Birch and Cedar, it also hit Dill.",
        "The vendor denied it, but companies including Birch and Cedar were affected.",
        "Customers including Birch and Cedar were hit, but Dill was spared.",
        "Customers including Birch and Cedar were hit, but their production was not affected.",
        "Customers including Birch and Cedar lost data and said that internal systems were unaffected.",
        "The update was not signed and infected customers including Birch and Cedar.",
        "Attackers attempting to steal money compromised customers including Birch and Cedar.",
        "Companies including Birch and Cedar were targeted and compromised.",
        "Researchers reported attacks on companies including Birch and Cedar.",
        "The attackers stole keys of customers such as Birch and Cedar without being noticed.",
        "The attackers used a key to breach firms such as Birch and Cedar; whether data were taken is not known.",
    ],
)
def test_a_harm_that_is_told_outright_is_confirmed_whatever_is_doubted_beside(text):
    assert told(text) == {("Birch", True, "confirmed"), ("Cedar", True, "confirmed")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("More than 100 companies may have been affected.", {("More than 100 companies", True, "suspected")}),
        ("It could affect 100 companies.", {("100 companies", True, "suspected")}),
        ("It affected 100 companies.", {("100 companies", True, "confirmed")}),
        ("There is no evidence that 100 companies were affected.", set()),
        ("It affected 100 companies, but passwords were not compromised.", {("100 companies", True, "confirmed")}),
        ("It affected 100 companies and free accounts were unaffected.", {("100 companies", True, "confirmed")}),
        ("There were no signs of it when attackers infected 100 companies.", {("100 companies", True, "confirmed")}),
        ("It denied that keys were stolen when they infected 100 companies.", {("100 companies", True, "confirmed")}),
        ("It did not say who infected 100 companies.", {("100 companies", True, "confirmed")}),
        ("It reached 100 companies, which were not affected.", set()),
        ("It may have infected servers at Birch that used it.", {("Birch", True, "suspected")}),
    ],
)
def test_groups_and_users_are_doubted_as_lists_are(text, found):
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The vendor denied that its own network was breached and said that customers including Birch and Cedar were affected.",
        "The worm hit companies including Birch and Cedar that had not patched and infected their backups.",
    ],
)  # fmt: skip
def test_what_is_denied_first_denies_nothing_that_is_confirmed_then(text):
    assert told(text) == {("Birch", True, "confirmed"), ("Cedar", True, "confirmed")}


@pytest.mark.parametrize(
    "text",
    [
        "Several customers, including Birch and Cedar, found malicious code in their builds.",
        "Downstream projects, including Birch and Cedar, were found to be infected.",
        "Many were hit. Companies were compromised, among them Birch and Cedar.",
        "Several firms were affected; among those were Birch and Cedar.",
    ],
)
def test_who_is_in_a_list_of_victims_in_other_words_was_hit(text):
    assert {("Birch", True, "confirmed"), ("Cedar", True, "confirmed")} <= told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The installer stole wallets of victims, including Birch, Cedar and Dill.",
        "Tools used against the victims included Birch and Cedar Strike.",
        "Data stolen from customers included SSNs, IBANs and PINs.",
        "Companies not affected by the attack included Birch and Cedar.",
        "Agencies that issued advisories on the attack included Birch and Cedar.",
        "The advisory was read by companies including Birch and Cedar.",
        "Vendors whose scanners detect the malware include Birch and Cedar.",
        "Security companies told of the compromise, among them Birch and Cedar.",
        "No organizations were affected, among them Birch and Cedar.",
    ],
)
def test_who_looked_into_it_or_was_spared_is_in_no_such_list(text):
    assert told(text) == set()


def test_customers_among_whom_some_are_named_are_customers():
    assert told("Alder has 600 customers, among them Birch.") == {("Birch", False, "confirmed")}
