"""Incidents told in prose: who, through whom, what, how much, when, and what was done, each with its words."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sampled import sampled

from kg.errors import DocumentError, UnreadableError
from kg.extract import choose
from kg.extract.prose import ProseExtractor
from kg.extract.prose.acting import likely_phrases, set_phrases
from kg.extract.prose.dating import dated_by
from kg.extract.prose.decided import Thresholds
from kg.extract.prose.deciding import decide
from kg.extract.prose.digest import FILE, digest
from kg.extract.prose.judging import judge
from kg.extract.prose.naming import named, runs
from kg.extract.prose.parties import parties
from kg.extract.prose.responding import may_take
from kg.extract.prose.sparing import no_customer
from kg.extract.prose.trained import load
from kg.extract.reading import document
from kg.extract.records import as_json
from kg.extract.tokens import tokens
from kg.model import Basis, RelationshipStatus, Role
from tests.mutants import BITS, proofs
from tests.quality.packing import packed

TEXTS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[2] / "quality" / "texts" / "first.jsonl").read_text("utf-8").splitlines()
]  # fmt: skip
HIT = (
    "Alder Bank said on 4 May 2024 that names and passwords of 12,000 customers were stolen from its payroll provider, "
    "Birch Systems. Hackers broke into Birch Systems in April 2024."
)
ROOT = Path(__file__).parents[3]


def read(text, name="report.txt"):
    return list(ProseExtractor().extract(document(name, text.encode("utf-8", "surrogatepass"))))


def roles(text):
    return {party.name: party.role for incident in read(text) for party in incident.parties}


def pairs(text):
    return {(r.customer, r.supplier) for incident in read(text) for r in incident.uses_vendor}


def test_the_stop_behind_a_saint_parts_no_name():
    told = roles(
        "Cedar Health, which runs hospitals in Maine, said that the attack in May 2025 affected patients of St. Alder Hospital in Bangor "
        "and St. Birch Healthcare in Nashua. Data of 7,864 patients were stolen from Cedar Health."
    )
    assert {"St. Alder Hospital", "St. Birch Healthcare"} <= told.keys()


def test_a_vendor_and_its_customer_are_told_apart():
    (incident,) = read(HIT)
    assert roles(HIT) == {"Alder Bank": Role.AFFECTED_DOWNSTREAM, "Birch Systems": Role.BREACHED}
    assert [(kind.text, kind.concept) for kind in incident.data_types] == [
        ("names", "names"),
        ("passwords", "credentials"),
    ]
    assert [(count.low, count.high, count.unit) for count in incident.record_counts] == [(12000, 12000, "people")]
    assert ("2024-05-04", "disclosed") in [(date.date.edtf, str(date.what)) for date in incident.dates]
    (relation,) = incident.uses_vendor
    assert (relation.customer, relation.supplier) == ("Alder Bank", "Birch Systems")
    assert relation.evidence[0].quote in HIT


def test_every_fact_is_quoted_and_as_sure_as_the_model_is():
    (incident,) = read(HIT)
    for proof in proofs(incident):
        assert HIT[slice(*proof.span)] == proof.quote != ""
        assert 0 < proof.confidence < 1
    assert {proof.basis for row in incident.uses_vendor for proof in row.evidence} == {Basis.STATED}


@pytest.mark.parametrize(
    "text",
    [
        "Hackers broke into Birch Systems. Alder Bank uses Birch Systems for its payroll and lost data.",
        "Alder Bank blamed the theft of its customers' data on its supplier, Birch Systems, which had been hacked.",
        "Alder Bank has told customers that data were stolen when hackers broke into its billing provider, Birch Systems.",
    ],
)
def test_who_used_whom_is_read_from_plain_sentences(text):
    assert pairs(text) == {("Alder Bank", "Birch Systems")}


def test_who_used_whom_is_read_from_a_supplier_that_is_explained_behind_its_name():
    text = "Alder Bank has told customers that data were stolen when hackers broke into Birch Systems, its billing provider."
    assert pairs(text) == {("Alder Bank", "Birch Systems")}


CUSTOMER = "Alder Bank told its employees in May 2024 that their bank details had been stolen."


@pytest.mark.parametrize(
    "sentences",
    [
        ["Hackers broke into Birch Systems, and files were copied.", "It is a payroll firm.", f"*{CUSTOMER}"],
        [f"*{CUSTOMER[:-1]} from its payroll provider.", "*The provider, Birch Systems, was hacked in April."],
        [CUSTOMER, "Hackers had broken into its payroll processor.", "*That firm is Birch Systems."],
    ],
    ids=["customer last", "in two sentences that follow each other", "supplier last"],
)
def test_what_is_shown_for_a_relation_without_a_sentence_of_both(sentences):
    """What is marked with a star; where that does not name the customer, its first sentence too."""
    (incident,) = read(" ".join(sentences).replace("*", ""))
    proof, *others = next(
        r.evidence for r in incident.uses_vendor if (r.customer, r.supplier) == ("Alder Bank", "Birch Systems")
    )
    shown = " ".join(sentence[1:] for sentence in sentences if sentence.startswith("*"))
    assert (proof.quote, proof.basis) == (shown, Basis.IMPLIED)
    assert [one.quote for one in others] == ([CUSTOMER] if sentences[0] == CUSTOMER else [])


def test_who_says_it_was_spared_is_never_exposed():
    told = roles(
        "Hackers broke into Birch Systems, a payroll provider, and stole names of employees of Alder Bank. "
        "Cedar Foods, another client, was not affected. Rivals such as Elm Pay were not involved."
    )
    assert told["Cedar Foods"] is Role.CUSTOMER_UNAFFECTED
    assert told.get("Elm Pay") not in {Role.BREACHED, Role.AFFECTED_DOWNSTREAM}


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("Cedar Foods does not use Birch Systems and sold groceries as usual.", ["Cedar Foods"]),
        ("Cedar Foods and Elm Pay said that they do not use the platform.", ["Cedar Foods", "Elm Pay"]),
        ("Cedar Foods has never been a customer of the provider.", ["Cedar Foods"]),
        ("Other clients, including Cedar Foods and Elm Pay, said that none of their data were taken.", ["Cedar Foods", "Elm Pay"]),
        ("Cedar Foods, another client, said that its data were not stolen.", ["Cedar Foods"]),
        ("Cedar Foods, another client, has seen no sign of unauthorized access.", ["Cedar Foods"]),
        ("Cedar Foods, another client, said that it was working normally.", ["Cedar Foods"]),
        ("Clients include Cedar Foods, which said that its code had not been altered.", ["Cedar Foods"]),
        ("Cedar Foods and Elm Pay, two more clients, said that they had found nothing on their networks.", ["Cedar Foods", "Elm Pay"]),
        ("Cedar Foods, whose letters it prints, kept working.", ["Cedar Foods"]),
        ("Cedar Foods, another client, was spared.", ["Cedar Foods"]),
        ("Cedar Foods and Elm Pay, two more clients, stayed online.", ["Cedar Foods", "Elm Pay"]),
        ("Cedar Foods, another client, noticed no delays.", ["Cedar Foods"]),
        ("Cedar Foods, another client, said that its customers were never at risk.", ["Cedar Foods"]),
        ("Cedar Foods, another client, paid its people without a hitch.", ["Cedar Foods"]),
    ],
)  # fmt: skip
def test_who_is_no_customer_or_lost_nothing_is_never_exposed(told, names):
    found = roles(f"{HIT} {told}")
    assert found["Birch Systems"] is Role.BREACHED
    assert found["Alder Bank"] is Role.AFFECTED_DOWNSTREAM
    assert {found.get(name) for name in names} <= {Role.CUSTOMER_UNAFFECTED, Role.OTHER, None}


@pytest.mark.parametrize(
    "told",
    [
        "Alder Bank's own network was not affected.",
        "The live systems of Alder Bank were not touched.",
        "Cedar Foods, Alder Bank's bigger rival, was trading normally.",
        "Clients that left Alder Bank last year were not affected.",
        "Alder Bank said that no passwords were involved.",
        "Alder Bank said that card numbers were not among the data.",
        "Alder Bank said that none of its own systems was touched.",
        "Alder Bank stressed that its app had been working normally.",
        "Alder Bank does not think that Cedar Foods was affected.",
        "Alder Bank could not say whether its branches were affected.",
    ],
)
def test_of_whom_only_a_part_was_not_touched_was_hit_all_the_same(told):
    assert roles(f"{HIT} {told}")["Alder Bank"] is Role.AFFECTED_DOWNSTREAM


def test_who_does_not_use_one_supplier_may_use_another():
    told = judge(f"{HIT} Alder Bank does not use Cedar Foods.", load())
    number = {party.name: party.number for party in told.scene.parties}
    bank = told.scene.parties[number["Alder Bank"]]
    told.pairs = {(bank.number, number["Birch Systems"]): 0.9}
    assert not no_customer(told, bank)
    told.pairs = {}
    assert no_customer(told, bank)


def parties_of(text):
    """The parties that are looked for in a text, whatever their part in it: name -> the words that stand for each."""
    words = tokens(text)
    people = parties(words, named(words, []))
    return {
        party.name: [words.printed(m.first, m.last) for m in party.mentions if m.kind == "name"] for party in people
    }


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("Clerks use Larkbox, a file transfer tool made by Pelham Software.", True),
        ("It fell through Larkbox (LBX), software supplied by Pelham.", True),
        ("Clerks use Larkbox, the remote-management software of the Ohio firm Pelham, every day.", True),
        ("The sites load Larkbox, a reading aid by the Irish firm Pelham.", True),
        ("It is Larkbox, a gang broken up by Pelham.", False),
        ("Orders went through Larkbox, a supply chain software house owned by Pelham.", False),
        ("Tills are looked after by Larkbox, and Larkbox uses Remo, a tool of the firm Pelham.", False),
        ("Trains stood still at Larkbox, which rents its warehouse program from Pelham.", False),
        ("It hit Larkbox, the firm whose Remo tool was abused by Pelham.", False),
        ("The rolls came from Larkbox, an app used by Pelham.", False),
    ],
)
def test_a_product_is_its_makers_only_where_the_name_itself_is_called_one(text, merged):
    assert ("Larkbox" not in parties_of(text)) == merged


def test_products_that_are_told_of_each_other_are_not_lost():
    told = "Hackers stole names of Alder Bank's customers in May 2025 from Lark's Drift tool and Drift's Lark software."
    assert {"Alder Bank", "Drift"} <= set(parties_of(told))
    told = "Drift is a platform by Lark. Hackers broke into Drift's Chatter tool in May 2025. Alder Bank uses Chatter."
    assert "Chatter" in parties_of(told)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hatch asked D&M first. D&M Software was hit.", {"Hatch", "D&M Software"}),
        ("Alder was hit. Names stood in Alder Cloud. Alder has said so.", {"Alder"}),
        ("Alder Savings was hit. Alder has said so.", {"Alder Savings"}),
        (
            "Breach Disclosure: Alder Public Service Stops Due to Birch Hosting\n\nAlder was hit through Birch Hosting.",
            {"Alder", "Birch Hosting"},
        ),
        ("Alder was hit. Write to Alder Support. Alder has said so.", {"Alder"}),
        ("Alder was hit, and alder.co.uk and data.gouv.fr were down.", {"data.gouv.fr"}),
        (
            "The Australian Cyber Centre and the Australian Federal Police know of it.",
            {"Australian Cyber Centre", "Australian Federal Police"},
        ),
    ],
)
def test_a_party_is_called_by_its_own_name(text, names):
    assert names <= set(parties_of(text))


def test_the_last_word_of_a_name_before_those_that_many_have_stands_for_it():
    assert list(parties_of("Kingdom Alder Group was hit. Names of Alder clients were stolen.")) == [
        "Kingdom Alder Group"
    ]


@pytest.mark.parametrize("heading", ["NOTICE TO CUSTOMERS OF RHEINPAY AG.", "IMPORTANT INFORMATION FROM RHEINPAY AG\n"])
def test_a_line_in_capitals_makes_no_name_of_its_ordinary_words(heading):
    told = pairs(
        f"{heading} On 14 March 2025 we discovered that an unauthorised person had copied files of our client Merkbank."
    )
    assert told == {("Merkbank", "RHEINPAY AG")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("STANDARD BANK SAID THAT HACKERS STOLE FILES FROM ITS SUPPLIER PAYDESK GMBH. CAPITAL ONE WAS NOT AFFECTED.", {"STANDARD BANK", "PAYDESK GMBH", "CAPITAL ONE"}),
        ("NATIONAL CYBER SECURITY CENTRE FINLAND", {"NATIONAL CYBER SECURITY CENTRE FINLAND"}),
        ("STATEMENT TO CUSTOMERS OF RHEINPAY AG", {"RHEINPAY AG"}),
    ],
)  # fmt: skip
def test_small_words_and_verbs_part_names_in_capitals(text, names):
    words = tokens(text)
    assert {words.printed(*run) for run in runs(words)} == names


def test_what_the_tagger_found_in_capitals_has_no_verb_in_it():
    words = tokens("OKTA BREACH HITS CLOUDFLARE")
    assert [words.printed(first, last) for first, last, *_ in named(words, [(2, 4, "ORG", 1.0)])] == [
        "OKTA",
        "CLOUDFLARE",
    ]


@pytest.mark.parametrize("found", [[], [(0, 8, "ORG", 1.0)], [(2, 5, "ORG", 1.0)]])
def test_a_headline_whose_words_all_have_capitals_makes_names_only_of_what_is_named_below_it(found):
    words = tokens(
        "Alder Still Reels From Attack at Birch Systems\nAlder was hit through Birch Systems, which runs its pay."
    )
    names = [words.printed(*span[:2]) for span in named(words, found)]
    assert names == ["Alder", "Birch Systems"] * 2


@pytest.mark.parametrize(
    ("found", "names"),
    [
        ((6, 8, "ORG", 1.0), ["Alder", "Larch Consultants", "Alder"]),
        ((6, 8, "ORG", 0.8), ["Alder", "Alder"]),
        ((3, 5, "ORG", 1.0), ["Alder", "Alder"]),
        ((6, 7, "ORG", 1.0), ["Alder", "Alder"]),
        ((6, 7, "ATT", 1.0), ["Alder", "Larch", "Alder"]),
    ],
)
def test_whom_only_such_a_headline_names_the_tagger_has_to_be_certain_of(found, names):
    words = tokens("Alder Says Hackers Stole Data Through Larch Consultants\nThe attack came as news to Alder.")
    assert [words.printed(*span[:2]) for span in named(words, [found])] == names


def test_the_word_that_begins_an_item_is_no_name_in_a_headline():
    words = tokens("Attack On Alder Confirmed By Board\n1) On Monday, Alder was hit.\n2) Thieves came.")
    assert {words.printed(*run) for run in runs(words)} == {"Alder"}


@pytest.mark.parametrize(
    "line",
    [
        "Alder Savings Insurance Company of Utrecht",
        "Breach Hits Cedar Foods",
        "Notice to Alder Pension Trustees Limited",
        "Larch Access Control Partners.",
    ],
)
def test_a_line_that_tells_of_nothing_or_names_what_nothing_else_does_keeps_its_names(line):
    words = tokens(f"{line}\nAlder was hit through Birch Systems.")
    assert "Alder" in {words.printed(*run) for run in runs(words)}
    assert any(words.sentence_of[first] == 0 for first, _ in runs(words))


def test_where_somebody_is_based_is_no_part_of_its_name():
    words = tokens("Thieves entered Utrecht-based Alder Savings.")
    assert [words.printed(*span[:2]) for span in named(words, [(2, 5, "ORG", 1.0)])] == ["Alder Savings"]


@pytest.mark.parametrize("told", ["Additionally, we told Alder.", "Headquartered in Oslo it serves Alder."])
def test_an_ordinary_word_that_opens_a_sentence_is_no_name_however_sure_the_tagger_is(told):
    words = tokens(told)
    assert [words.printed(*span[:2]) for span in named(words, [(0, 1, "ORG", 1.0)])][-1] == "Alder"
    assert not any(first == 0 for first, *_ in named(words, [(0, 1, "ORG", 1.0)]))


@pytest.mark.parametrize(
    ("found", "names"),
    [
        ([(1, 2, "ORG", 1.0), (3, 4, "ORG", 0.9)], ["FBI", "CISA", "Danish Data Agency"]),
        ([(6, 7, "ORG", 0.99)], ["FBI and CISA", "Danish Data Agency"]),
        ([(10, 11, "GRP", 0.9), (11, 12, "GRP", 0.9)], ["FBI and CISA", "Danish Data Agency", "smaller lenders"]),
    ],
)
def test_what_the_tagger_found_is_brought_into_line_with_the_words_beside_it(found, names):
    words = tokens("The FBI and CISA and the Danish Data Agency warned smaller lenders.")
    assert [words.printed(first, last) for first, last, _, _ in named(words, found)] == names


def test_a_count_is_told_once_with_all_the_words_that_tell_it():
    text = f"{HIT} Birch Systems has written to the 12,000 customers."
    (incident,) = read(text)
    (count,) = incident.record_counts
    assert [proof.span[0] for proof in count.evidence] == [text.index("12,000"), text.rindex("12,000")]


def test_only_what_goes_on_has_an_open_end():
    text = "Alder Print, a supplier of Birch Bank, was hacked. It told Birch Bank starting on 4 May 2024. Names were stolen."
    (incident,) = read(text)
    assert [(one.what, one.date.edtf) for one in incident.dates] == [("disclosed", "2024-05-04")]


def test_a_well_known_name_with_an_and_is_one_name():
    told = roles(f"{HIT} Tesco, Marks and Spencer and Cedar Foods, other clients, were not affected.")
    assert {"Tesco", "Marks and Spencer", "Cedar Foods"} <= set(told)
    assert not {"Marks", "Spencer"} & set(told)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("Alder Bank has suspended its work with the provider.", "suspended"),
        ("Alder Bank has cut its connection to Birch Systems.", "suspended"),
        ("Alder Bank has stopped sending files to the provider until the inquiry is over.", "suspended"),
        ("Alder Bank suspended Birch Systems' access to its network.", "suspended"),
        ("Alder Bank revoked the provider's access.", "suspended"),
        ("Alder Bank disconnected from Birch Systems.", "suspended"),
        ("Alder Bank suspended its work with the provider and ended the contract in June.", "ended"),
        ("Alder Bank left the provider in 2023.", "ended"),
        ("Alder Bank has replaced Birch Systems as its payroll provider.", "ended"),
        ("Alder Bank has since replaced Birch Systems.", "ended"),
        ("Alder Bank replaced Birch Systems' password.", "active"),
        ("Alder Bank, a former customer of the firm, said so on Monday.", "ended"),
        ("Alder Bank, once a customer, said so on Monday.", "ended"),
        ("Alder Bank, which worked with the provider from 2020 until 2023, said so on Monday.", "ended"),
        ("Alder Bank, once a customer complained, said so on Monday.", "active"),
        ("Alder Bank said that it no longer uses Birch Systems.", "ended"),
        ("Alder Bank has not ended its contract with Birch Systems.", "active"),
        ("Alder Bank said that Cedar Foods has suspended its work with the provider.", "active"),
        ("Alder Bank told its customers to call.", "active"),
    ],
)
def test_whether_a_customer_still_uses_its_supplier(told, status):
    (incident,) = read(f"{HIT} {told}")
    (relation,) = (r for r in incident.uses_vendor if (r.customer, r.supplier) == ("Alder Bank", "Birch Systems"))
    assert relation.status == status
    assert any(proof.quote == told for proof in relation.evidence) == (status != "active")
    leaving = {"suspended": {"suspend-supplier"}, "ended": {"suspend-supplier", "end-supplier"}}
    done = {response.action for response in incident.responses if response.actor == "Alder Bank"}
    assert done & {"suspend-access", "suspend-supplier", "end-supplier"} <= leaving.get(status, set())


@pytest.mark.parametrize(
    "former",
    [
        "Cedar Foods, a former customer of Birch Systems,",
        "Cedar Foods, a former payroll client of Birch Systems,",
        "A former customer of Birch Systems, Cedar Foods,",
        "Cedar Foods, which is a former customer of Birch Systems,",
        "Cedar Foods, a grocery chain in Leeds and a former customer of Birch Systems,",
        "Cedar Foods (a former customer of Birch Systems)",
        "Former customers of Birch Systems, including Cedar Foods,",
    ],
)
def test_the_former_customer_of_a_supplier_is_no_other_of_its_customers(former):
    (incident,) = read(f"{HIT} {former} said on Monday that its old data were stolen too.")
    told = {r.customer: r.status for r in incident.uses_vendor if r.supplier == "Birch Systems"}
    assert told == {"Alder Bank": "active", "Cedar Foods": "ended"}


@pytest.mark.parametrize(
    "told",
    [
        "Cedar Foods and Elm Pay, former customers of Birch Systems, said that their old data were stolen too.",
        "Two former customers of Birch Systems, Cedar Foods and Elm Pay, said that their old data were stolen too.",
        "Data of former customers of Birch Systems such as Cedar Foods and Elm Pay were stolen too.",
    ],
)
def test_former_customers_in_a_list_are_all_that_it_names(told):
    (incident,) = read(f"{HIT} {told}")
    statuses = {r.customer: r.status for r in incident.uses_vendor if r.supplier == "Birch Systems"}
    assert statuses == {"Alder Bank": "active", "Cedar Foods": "ended", "Elm Pay": "ended"}


def test_what_else_was_former_ends_no_relationship():
    (incident,) = read(f"{HIT} Cedar Foods - whose former parent is a client of Birch Systems too - was hit as well.")
    assert "ended" not in {r.status for r in incident.uses_vendor}


def test_whose_former_customers_lost_data_still_uses_its_supplier():
    (incident,) = read(
        "Data of former customers of Alder Bank were stolen on 4 May 2024 from its provider Birch Systems, the bank said."
    )
    assert [r.status for r in incident.uses_vendor] == ["active"]


def test_the_former_supplier_of_a_customer_is_still_that_of_others():
    (incident,) = read(
        "Brightledger, a former supplier of Norvik Bank, was hacked on 3 March 2026 and the salaries of 21,000 employees "
        "of Norvik Bank were stolen. Tessel Rail, which uses Brightledger, said that its data were stolen as well."
    )
    told = {r.customer: r.status for r in incident.uses_vendor}
    assert told == {"Norvik Bank": "ended", "Tessel Rail": "active"}


@pytest.mark.parametrize(
    ("told", "customer"),
    [
        ("Cedar Foods does not use Birch Systems and sold groceries as usual.", False),
        ("Cedar Foods, which runs its own payroll system, was not affected.", False),
        ("Cedar Foods uses another provider.", False),
        ("Cedar Foods, which runs its own copy of Birch Systems, was not affected.", True),
        ("Cedar Foods, which runs its own system for fines, lost names from Birch Systems too.", True),
    ],
)
def test_who_is_no_customer_uses_nothing(told, customer):
    assert ("Cedar Foods" in {one for one, _ in pairs(f"{HIT} {told}")}) is customer


@pytest.mark.parametrize(("spared", "exposed"), [(0.05, True), (0.2, False)])
def test_who_is_half_cleared_is_not_exposed(spared, exposed):
    told = judge(HIT, load())
    number = next(party.number for party in told.scene.parties if party.name == "Alder Bank")
    told.roles[number] |= {Role.AFFECTED_DOWNSTREAM: 0.5, Role.BREACHED: 0.0, Role.CUSTOMER_UNAFFECTED: spared}
    chosen = decide(told, Thresholds()).roles.get(number, (None,))[0]
    assert (chosen is Role.AFFECTED_DOWNSTREAM) is exposed


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("An engineer of Birch Systems noticed the theft on 4 May 2024.", "discovered"),
        ("On 4 May 2024 somebody at the mill spotted strange logins.", "discovered"),
        ("The gap surfaced on 4 May 2024, when a backup failed.", "discovered"),
        ("Birch Systems heard of the theft from the police on 4 May 2024.", "discovered"),
        ("A court heard on 4 May 2024 that the theft was never told.", None),
        (
            "Somebody had copied a file, a list of those entitled to it, on 4 May 2024.",
            "occurred",
        ),
        ("Judges threw out the case that the ministry brought on 4 May 2024 against Birch Systems.", "none"),
        ("The ferry brought the parts on 4 May 2024.", None),
        ("On 4 May 2024 thieves entered the network of Birch Systems.", "occurred"),
        ("Data of the clinic were copied in May 2024.", "occurred"),
        ("The theft took place on 4 May 2024.", "occurred"),
        ("The tills, which Birch Systems runs, have been offline since 4 May 2024.", "occurred"),
        ("The regulator fined Birch Systems, its former supplier, in May 2024.", "none"),
        ("On 4 May 2024 the holding, Birch Group, filed for bankruptcy.", "none"),
        ("Alder Bank bought Birch Systems in May 2024.", "none"),
        ("The union asked for a meeting, and the board for time, on 4 May 2024.", None),
        ("Advisory 2024-05 is of a theft at Birch Systems.", "none"),
        ("Data of the clinic were copied in 2024-05.", "occurred"),
        ("The clinic is down after cyberattacks that began on 4 May 2024.", "occurred"),
        ("The clinic became aware of the attack on 4 May 2024.", "discovered"),
        ("The clinic identified unauthorized activity on 4 May 2024.", "discovered"),
        ("The clinic detected an attack using a stolen key on 4 May 2024.", "discovered"),
        ("Thieves came in with a stolen key on 4 May 2024.", "occurred"),
        ("Published: 4 May 2024", "reported"),
        ("Date published: 2024-05-04T10:00:00Z", "reported"),
        ("Posted on 4 May 2024\n\nThieves came in with a stolen key.", "reported"),
        ("Posted on 4 May 2024 was a list of names.", None),
        ("Date of the theft: 4 May 2024", None),
    ],
)
def test_the_verb_of_its_clause_says_what_a_date_dates(sentence, what):
    told = judge(sentence, load())
    assert dated_by(told, told.dates[0]) == what


def test_who_tells_makes_a_date_that_of_a_disclosure_or_a_report():
    told = judge(
        f"{HIT} Alder Bank told its customers on 6 May 2024. The Alder Times reported on 5 May 2024 that more was lost.",
        load(),
    )
    assert [dated_by(told, date) for date in told.dates] == ["disclosed", "occurred", "disclosed", "reported"]


def test_a_date_of_something_else_is_not_told():
    (incident,) = read(f"{HIT} A court fined Birch Systems in June 2024.")
    assert "2024-06" not in {date.date.edtf for date in incident.dates}


def test_attackers_reporters_and_authorities_keep_their_roles():
    told = roles(
        f"{HIT} The Ember gang claimed the attack. The Alder Times first reported it. The FBI is investigating, and "
        "the Information Commissioner was notified by Alder Bank."
    )
    assert told["Ember"] is Role.ATTACKER
    assert told["Alder Times"] is Role.REPORTER
    assert told["FBI"] is Role.INVESTIGATOR
    assert told["Information Commissioner"] is Role.REGULATOR


def test_a_separate_breach_is_an_incident_of_its_own():
    main, other = read(
        f"{HIT} In a separate breach in June 2022, hackers broke into the network of Elm Clinic and stole health records "
        "of 3,000 patients, the clinic said."
    )
    assert {party.name for party in main.parties} == {"Alder Bank", "Birch Systems"}
    assert [(r.customer, r.supplier) for r in main.uses_vendor] == [("Alder Bank", "Birch Systems")]
    assert [party.name for party in other.parties] == ["Elm Clinic"]
    assert [date.date.edtf for date in other.dates] == ["2022-06"]
    assert [count.low for count in other.record_counts] == [3000]
    assert "2022-06" not in {date.date.edtf for date in main.dates}
    assert other.evidence[0].quote.startswith("In a separate breach")
    assert len(read(f"{HIT} A separate letter went to the union.")) == 1


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("The theft was first reported by the trade site Ledger Lane.", "Ledger Lane"),
        ("Data of tenants were taken too, Harbor Ledger reported on Tuesday.", "Harbor Ledger"),
        ("Quillwatch was the first to report the theft.", "Quillwatch"),
        ("Kiln & Crown broke the story.", "Kiln & Crown"),
    ],
)
def test_who_is_said_to_have_reported_the_story_is_a_reporter(told, name):
    assert roles(f"{HIT} {told}")[name] is Role.REPORTER


@pytest.mark.parametrize(
    ("told", "action"),
    [
        ("Birch Systems shut down its payment servers.", "shut-down-systems"),
        ("Alder Bank has hired an outside forensic firm.", "engage-forensics"),
        ("Alder Bank has notified the police.", "notify-law-enforcement"),
        ("Birch Systems has reset all passwords of its users.", "reset-credentials"),
        ("Alder Bank terminated its contract with Birch Systems.", "end-supplier"),
        ("Alder Bank has cut the connection to Birch Systems.", "suspend-supplier"),
        ("Birch Systems has refused to pay the gang.", "refuse-ransom"),
        ("Birch Systems did not pay, and its files were published.", "refuse-ransom"),
        ("Birch Systems paid the extortionists in May.", "pay-ransom"),
        ("Birch Systems restored its files from a backup.", "restore-systems"),
    ],
)
def test_responses_in_set_phrases_are_told(told, action):
    (incident,) = read(f"{HIT} {told}")
    actor = told[: told.index(" ", told.index(" ") + 1)]
    assert (action, actor) in {(response.action, response.actor) for response in incident.responses}


def test_a_list_of_parties_takes_a_response_together():
    (incident,) = read(
        "Hackers broke into Birch Systems and stole records of its customers. Alder Bank, Cedar Foods and Elm Pay confirm that "
        "their data were taken through Birch Systems and that they have switched the connection off."
    )
    told = {response.actor for response in incident.responses if response.action == "suspend-supplier"}
    assert told == {"Alder Bank", "Cedar Foods", "Elm Pay"}


def test_a_response_of_nobody_who_is_named_has_no_actor():
    (incident,) = read(
        f"{HIT} The thieves have not been found. It is not known where they are. Members will be offered an identity protection service."
    )
    told = {(response.action, response.actor) for response in incident.responses}
    assert ("offer-credit-monitoring", "") in told


@pytest.mark.parametrize(
    "told",
    [
        "Hackers entered the network of Alder Pay on 3 March 2024 and copied names of 3,000 customers of Birch Bank. Ransomware had shut down Alder Pay's servers for two days.",
        "Dear customer, we were informed on January 9, 2025 by Alder Pay, our payment provider, that hackers had copied names of our customers. Birch Bank apologises.",
    ],
)  # fmt: skip
def test_what_harm_does_and_whom_others_told_is_no_response(told):
    (incident,) = read(told)
    assert incident.responses == ()


@pytest.mark.parametrize(
    ("told", "action", "actor"),
    [
        ("Alder Hospital was hit by ransomware on 3 March 2024. Staff who noticed the attack took all servers offline.", "shut-down-systems", "Alder Hospital"),
        ("Elm Net said on 21 October 2019 that an attacker had entered one of its servers in Finland. Elm Net has ended its contract with the data centre.", "end-supplier", "Elm Net"),
    ],
)  # fmt: skip
def test_who_saw_the_harm_or_leaves_somebody_unnamed_can_act(told, action, actor):
    (incident,) = read(told)
    assert (action, actor) in {(response.action, response.actor) for response in incident.responses}


@pytest.mark.parametrize(
    "told",
    [
        "Birch Motors stopped its plants on 1 March 2024 because its supplier Alder Parts had been hit by ransomware. The supplier cut its connections with Birch so that nothing could spread.",
        "Ransomware hit Alder Data on 3 June 2024. Birch Bank, a customer, worked with Alder Data until all records were restored.",
        "Birch Bank said on 3 March 2024 that its payroll firm Alder Pay was hacked. It had worked with the firm until now without trouble and will go on.",
    ],
)  # fmt: skip
def test_what_a_supplier_does_and_what_goes_on_ends_no_relationship(told):
    (incident,) = read(told)
    assert {relation.status for relation in incident.uses_vendor} == {RelationshipStatus.ACTIVE}


def test_months_behind_what_happened_are_dates_and_numbers_of_documents_none():
    (incident,) = read(
        "Alder Data was hacked. Attack 2024-07, discovery 2024-08. Birch Bank, a customer, lost records."
    )
    told = {(date.what, date.date.edtf) for date in incident.dates}
    assert {("occurred", "2024-07"), ("discovered", "2024-08")} <= told


def test_only_a_customer_leaves_its_supplier():
    (incident,) = read(
        "Hackers copied 3,000 names of customers of Birch Bank from a server of Alder Pay in March 2024. "
        "The server belongs to Alder Pay, says the bank, which has suspended its work with the courier."
    )
    told = [(response.action, response.actor) for response in incident.responses]
    assert told == [("suspend-supplier", "Birch Bank")]


def test_phrases_that_are_less_sure_are_asked_apart():
    words = tokens("The firm removed the script and resumed its deliveries.")
    assert [action for _, _, action in set_phrases(words)] == []
    assert [action for _, _, action in likely_phrases(words)] == ["patch", "restore-systems"]


def test_people_are_not_disconnected():
    for told in (
        "Cedar Insurance isolated the man behind those pages.",
        "A nurse isolated a patient at its registers.",
    ):
        assert list(set_phrases(tokens(told))) == []
    ((_, _, action),) = set_phrases(tokens("Cedar Insurance isolated all of its affected servers."))
    assert action == "shut-down-systems"


def test_what_was_not_done_is_no_response():
    assert list(set_phrases(tokens("Alder Bank has not notified the police. It never reset any passwords."))) == []
    assert list(set_phrases(tokens("Files are published if firms do not pay. Customers have not paid for it."))) == []


@pytest.mark.parametrize(
    ("role", "action", "able"),
    [
        (Role.ATTACKER, "shut-down-systems", False),
        (Role.INVESTIGATOR, "offer-credit-monitoring", False),
        (Role.REGULATOR, "fine", True),
        (Role.BREACHED, "fine", False),
        (Role.REPORTER, "withdraw-report", True),
        (Role.AFFECTED_DOWNSTREAM, "end-supplier", True),
    ],
)
def test_not_everybody_can_take_every_action(role, action, able):
    assert may_take(role, action) is able


def test_who_only_reports_is_no_victim():
    exposed = {Role.BREACHED, Role.AFFECTED_DOWNSTREAM}
    assert roles("The breach was first reported by the Harbor Ledger.").get("Harbor Ledger") not in exposed


@pytest.mark.parametrize(
    "text",
    [
        "Alder Bank sent its payroll to Birch Systems.",
        "Cedar Foods keeps its invoices with Elm Pay, and Elm Pay rents its servers from Birch Systems.",
        "Birch Systems stores names and addresses of the customers of Alder Bank.",
        "Alder Bank bought Birch Systems for 40 million dollars. Customers keep their contracts.",
        "Imagine that hackers broke into Birch Systems, the payroll provider of Alder Bank. Who would pay the staff?",
        "In the exercise, hackers broke into Birch Systems and stole data of Alder Bank.",
        "Alder Bank has not been breached. We have seen no sign of an attack.",
        "Alder Bank buys its backups from Birch Systems, whose tool encrypts files before they leave the bank.",
        "Alder Bank buys its backups from Grab Systems, whose tool encrypts files before they leave the bank.",
        "At a dinner in Singapore on 17 May 2024 the Cyber Security Agency gave its yearly awards. DBS Bank won the prize for the best-prepared large firm. The prize for small firms went to Tembusu Systems, a maker of hospital software that encrypts patient records. In her speech, the minister recalled that attacks through suppliers had doubled, and that incidents must be reported when attackers enter a system.",
        "",
        "# Birch\n\nInstall with `pip install birch`. See LICENSE.\n",
    ],
)
def test_no_incident_is_made_of_talk(text):
    assert read(text or " \n.") == []


def test_no_incident_is_made_of_everyday_news():
    lines = (ROOT / "tests/quality/uneventful.jsonl").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    assert len(told) > 60
    assert [one["id"] for one in told if read(one["text"])] == []


def test_planned_work_that_goes_wrong_is_an_incident():
    text = (
        "A routine maintenance job at Fern Payments took its card network down on 4 March 2023. Oak Stores could take no "
        "cards until the evening. Fern Payments apologised. Thistle Markets, which uses another processor, was not affected."
    )
    assert {one.name: one.role for one in read(text)[0].parties} == {
        "Fern Payments": "breached",
        "Oak Stores": "affected_downstream",
        "Thistle Markets": "customer_unaffected",
    }


@pytest.mark.parametrize(
    "text",
    [
        "About 50 banks took part in a drill on July 18, 2023. Alder Bank and Birch Exchange were attacked by a simulator through their supplier Cedar Systems, whose servers were encrypted. Participants called the police.",
        "Cedar Systems has closed a hole in its add-on, which 20 million customers of Alder Bank use. Hackers could have stolen what they type. Cedar says that no attacks have been seen.",
        "Flaws in a driver of Cedar Systems leave Alder Cloud, Birch Desktop and a dozen other cloud services open to attack. Fern Labs, which found the flaws, hasn’t detected use of them in the wild. Alder Cloud has patched its machines.",
        "Alder Cloud and Birch Desktop were hit by holes in a driver of Cedar Systems, their supplier. Hackers who get in can take over machines. There is no sign yet that they are used in the wild, says Fern Labs, which found them on 4 May 2024.",
    ],
)  # fmt: skip
def test_what_is_rehearsed_or_only_possible_is_no_incident(text):
    assert read(text) == []


def test_a_flaw_that_nobody_used_is_no_incident():
    text = (
        "A patch closes a critical hole in the gateway of Birch Systems. The maker says that 6,000 gateways are in use, at customers such as "
        "Alder Bank, and that it knows of no attack. Attackers could run code of theirs. Hackers broke into hospitals through a rival's gateway in 2020."
    )
    assert read(text) == []


def test_the_licence_tells_of_none():
    told = document("LICENSE", (ROOT / "LICENSE").read_bytes())
    assert not ProseExtractor().recognizes(told)
    assert list(ProseExtractor().extract(told)) == []


def test_the_model_is_small_and_part_of_the_version():
    assert FILE.stat().st_size < 16_000_000
    assert digest() in ProseExtractor().version
    assert packed(load()) == packed(load())


def test_prose_is_read_only_by_name():
    told = document("report.txt", HIT.encode())
    assert choose(told, "prose").name == "prose"
    with pytest.raises(DocumentError, match="no extractor recognizes it"):
        choose(told)


PAGE = """<!doctype html><html><head><title>News</title><style>p {{}}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/elm">Elm Pay was hacked in 2019</a></li></ul></nav>
<article><h1>Bank hit through its payroll</h1><p>{0}</p>
<p>The bank &amp; its staff are waiting for letters. Nobody could say on Monday how long the work would take, and the
union asked for a meeting with the board. The company runs the pay of forty thousand people in the region.</p></article>
<footer>&copy; 2024 Elm News. All rights reserved.</footer></body></html>"""


def test_an_article_is_read_without_its_menus():
    pytest.importorskip("trafilatura")
    body = HIT.replace("Alder Bank said", "<b>Alder&nbsp;Bank</b> said").replace("its payroll", "its\npayroll")
    page = PAGE.format(body)
    (incident,) = read(page, "page.html")
    assert {party.name for party in incident.parties} >= {"Alder Bank", "Birch Systems"}
    for proof in proofs(incident):
        assert page[slice(*proof.span)] == proof.quote != ""
    assert "Alder&nbsp;Bank" in {party.evidence[0].quote for party in incident.parties}


def test_a_page_cannot_be_read_without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(DocumentError, match=r"breachkg\[prose\]"):
        read(PAGE.format(HIT), "page.html")


def test_markdown_marks_and_wrapped_lines_part_no_sentence():
    words = HIT.replace("Birch Systems", "[Birch Systems](https://birch.example/a_b)", 1).replace("Alder", "**Alder", 1)
    words = words.replace("Bank said", "Bank** said", 1)
    lines = words[:70] + "\n".join(words[70:].split(" ", 1))
    text = f"---\ntitle: x\n---\n# Hit\n\n> {lines}\n\n```\nElm Pay was hacked\n```\n"
    (incident,) = read(text, "note.md")
    assert [(r.customer, r.supplier) for r in incident.uses_vendor] == [("Alder Bank", "Birch Systems")]
    for proof in proofs(incident):
        assert text[slice(*proof.span)] == proof.quote


def test_an_incident_of_which_nothing_is_told_is_none():
    """It is as sure as can be that something happened in this text, and not what."""
    told = judge(HIT, load())
    assert decide(told, Thresholds()) is not None
    told.pairs, told.dates, told.counts, told.data, told.responses = {}, [], [], [], []
    for odds in told.roles.values():
        odds.update(dict.fromkeys(odds, 0.1))
    told.told = 1.0
    assert decide(told, Thresholds()) is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(TEXTS),
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 60), st.sampled_from([*(b.decode("latin-1") for b in BITS), "\ue000", "Birch Ltd. ", " said it was hacked ", "\n\n"])), max_size=6),
    st.sampled_from(["a.txt", "a.md", "a.html"]),
)  # fmt: skip
def test_quotes_hold_whatever_becomes_of_a_text(text, changes, name):
    for at, length, put in changes:
        text = text[:at] + put + text[at + length :]
    try:
        told = document(name, text.encode("utf-8", "surrogatepass"))
    except UnreadableError:
        return
    for incident in ProseExtractor().extract(told):
        found = list(proofs(incident))
        assert found
        for proof in found:
            assert told.text[slice(*proof.span)] == proof.quote != ""
        names = {party.name for party in incident.parties}
        assert all({r.customer, r.supplier} <= names and r.customer != r.supplier for r in incident.uses_vendor)
        assert {action.actor for action in incident.responses} <= names | {""}
        assert as_json("x", incident)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(text):
    try:
        assert isinstance(read(text + "."), list)
    except UnreadableError:
        return


BITTER = {
    "one letter": "a ", "capitals": "A ", "list": "Okta, Fastly, ", "and": "Okta and ", "said": "Okta said ", "open brackets": "(Okta (",
    "dates": "date May 2024 ", "abbreviations": "Inc. ", "numbers": "1,000 ", "lines": "x\n", "which": "Okta, which ", "marks": "_a *b ",
    "hacked": "hackers stole data from Okta ",
}  # fmt: skip


def seconds(text, name):
    told = document(name, ("Okta was breached. Hackers stole data. " + text).encode())
    began = time.process_time()
    list(ProseExtractor().extract(told))
    return time.process_time() - began


@pytest.mark.parametrize("piece", sampled(BITTER.values(), 2))
def test_reading_is_linear_in_the_text(piece):
    seconds(piece, "a.txt")
    small, large = (seconds(piece * (size // len(piece)), "a.md") for size in (1_000, 4_000))
    assert large < 12 * small + 0.1


@pytest.mark.slow
@pytest.mark.parametrize("piece", BITTER.values(), ids=BITTER)
def test_a_million_characters_are_read(piece):
    assert seconds(piece * (1_000_000 // len(piece)), "a.md") < 200
