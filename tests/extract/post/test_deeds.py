"""Who did what to whom, as the responses of a post say."""

from __future__ import annotations

import pytest

from tests.extract.post.test_who_and_whether import post, used

OAK, ELM = "Oak Desk Systems", "Elm Cloud"


def told(said, *vendors, customers=("Alder", "Birch")):
    """Return what was done, and by whom to whom, and the states of the relations to the suppliers."""
    listed = [*((name, "Company") for name in customers), *((name, "Vendor") for name in vendors or (OAK,))]
    found = post(f"{OAK} was breached.", *listed, response={"containment_measures": said})
    return [(one.actor, one.action, one.target) for one in found.responses], used(found)


@pytest.mark.parametrize(
    "said",
    [
        "Alder and Birch cut their connections to Oak Desk",
        "Both Alder and Birch paused work with Oak Desk Systems",
        "Alder, Birch disconnected from Oak Desk Systems",
        "Alder as well as Birch have suspended their contracts with Oak Desk Systems",
        "Alder, Birch and others suspended Oak Desk Systems",
    ],
)
def test_what_several_did_as_one_each_of_them_did(said):
    done, states = told(said)
    assert done == [(name, "suspend-supplier", OAK) for name in ("Alder", "Birch")]
    assert set(states.values()) == {"suspended"}


@pytest.mark.parametrize("joined", [", ", " and ", ", while ", "; "])
def test_what_has_a_subject_of_its_own_is_what_only_they_did(joined):
    said = f"Alder suspended its contract with {OAK}{joined}Birch ended its contract with {OAK}"
    done, states = told(said)
    assert done == [("Alder", "suspend-supplier", OAK), ("Birch", "end-supplier", OAK)]
    assert states == {("Alder", OAK): "suspended", ("Birch", OAK): "ended"}
    if joined != "; ":
        found = post(f"{said}.", ("Alder", "Company"), ("Birch", "Company"), (OAK, "Vendor"))
        assert used(found) == states


@pytest.mark.parametrize(
    ("said", "actors"),
    [
        ("Alder and Birch reset passwords", ["Alder", "Birch"]),
        ("Alder and Birch customers were told to reset passwords", ["Alder"]),
        (f"Alder reset passwords after {OAK} and Birch reported the breach", ["Alder"]),
        ("Oak Desk reset passwords", [OAK]),
        ("Oak Desk and Alder have reset passwords", [OAK, "Alder"]),
        ("Oak Bank reset passwords", [""]),
        ("Oak tables that were restored", [""]),
        ("Reset passwords at Oak Desk", [""]),
    ],
)
def test_those_act_whom_a_response_begins_with_by_their_whole_names_or_short_ones(said, actors):
    assert [actor for actor, _, _ in told(said)[0]] == actors


@pytest.mark.parametrize(
    ("said", "action", "state"),
    [
        ("paused all file transfers to Oak Desk Systems", "suspend-supplier", "suspended"),
        ("put its projects with Oak Desk Systems temporarily on hold", "suspend-supplier", "suspended"),
        ("suspended CRM access of Oak Desk Systems", "suspend-supplier", "suspended"),
        ("revoked Oak Desk Systems’ access to its portal", "suspend-supplier", "suspended"),
        ("disabled Oak Desk's access until further notice", "suspend-supplier", "suspended"),
        ("disconnected Oak Desk Systems from its HR system", "suspend-supplier", "suspended"),
        ("disconnected Oak Desk Systems and improved monitoring", "suspend-supplier", "suspended"),
        ("no longer works with Oak Desk Systems", "end-supplier", "ended"),
        ("replaced Oak Desk Systems with Ceridian", "end-supplier", "ended"),
        ("suspended access to accounts that Oak Desk Systems used", "suspend-access", "active"),
        ("restored the access of Oak Desk Systems", "restore-systems", "active"),
        ("did not suspend its contract with Oak Desk Systems", "", "active"),
        ("considered ending its contract with Oak Desk Systems", "", "active"),
        ("plans to replace Oak Desk Systems with Ceridian", "", "active"),
    ],
)
def test_the_action_by_which_a_supplier_is_left_and_the_state_of_the_relation_are_one(said, action, state):
    target = OAK if state != "active" else ""
    done, states = told(f"Alder {said}")
    assert done[0] == ("Alder", action, target)
    assert states == {("Alder", OAK): state, ("Birch", OAK): "active"}
    # The only customer need not be named.
    done, states = told(said[0].upper() + said[1:], customers=["Alder"])
    assert (done[0], states) == (("Alder" if target else "", action, target), {("Alder", OAK): state})


@pytest.mark.parametrize(
    "said",
    [
        "temporarily switched from Oak Desk Systems to Ceridian",
        "moved its calls from Oak Desk Systems to Ceridian for two weeks",
        "replaced Oak Desk Systems with Ceridian until service is restored",
    ],
)
def test_a_supplier_that_another_only_stands_in_for_is_not_left(said):
    assert told(f"Alder {said}")[1] == {("Alder", OAK): "active", ("Birch", OAK): "active"}


def test_of_several_suppliers_in_a_row_each_is_left():
    done, states = told(f"Disconnected {OAK} and {ELM} from the network", OAK, ELM, customers=["Alder"])
    assert done == [("Alder", "suspend-supplier", OAK), ("Alder", "suspend-supplier", ELM)]
    assert set(states.values()) == {"suspended"}
    found = post(f"Alder disconnected {OAK} and {ELM} from it.", ("Alder", "Company"), (OAK, "Vendor"), (ELM, "Vendor"))
    assert used(found) == states


@pytest.mark.parametrize(
    "again", ["restored its access", "reconnected it on August 2", "reinstated it", "resumed work with it"]
)
def test_a_supplier_that_was_taken_back_is_not_left(again):
    found = post(f"{OAK} was breached. Alder suspended {OAK} and {again}.", ("Alder", "Company"), (OAK, "Vendor"))
    assert set(used(found).values()) == {"active"}


def test_what_a_supplier_does_to_access_leaves_nobody():
    done, states = told(f"{OAK} revoked Alder's access to its portal")
    assert done == [(OAK, "suspend-access", "")]
    assert set(states.values()) == {"active"}


def test_who_left_a_supplier_goes_on_with_what_follows():
    done, _ = told(f"Suspended its contract with {OAK}; reset passwords", customers=["Alder"])
    assert done == [("Alder", "suspend-supplier", OAK), ("Alder", "reset-credentials", "")]


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("Oak Desk notified Alder and Birch", [("notify-organizations", "Alder"), ("notify-organizations", "Birch")]),
        ("Oak Desk alerted its customer Alder", [("notify-organizations", "Alder")]),
        ("Oak Desk told Alder that data of employees were taken", [("notify-organizations", "Alder")]),
        ("Oak Desk warned both Alder and Birch on June 3", [("notify-organizations", n) for n in ("Alder", "Birch")]),
        ("Oak Desk notified Alder and the FBI", [("notify-organizations", "Alder"), ("notify-law-enforcement", "")]),
        ("Oak Desk notified Alder and affected people", [("notify-organizations", "Alder"), ("notify-victims", "")]),
        (
            "Oak Desk notified Alder and sent letters to individuals",
            [("notify-organizations", "Alder"), ("notify-victims", "")],
        ),
        (
            "Oak Desk sent letters to individuals and notified Alder",
            [("notify-organizations", "Alder"), ("notify-victims", "")],
        ),
        (
            "Oak Desk notified Alder, affected individuals and others",
            [("notify-organizations", "Alder"), ("notify-victims", "")],
        ),
        ("Oak Desk informed customers after Elm Cloud informed Alder", [("notify-victims", "")]),
        ("Oak Desk notified Alder of the theft of customer data", [("notify-organizations", "Alder")]),
        ("Oak Desk notified Alder customers", [("notify-victims", "")]),
        ("Oak Desk notified Alder's employees", [("notify-victims", "")]),
        ("Oak Desk notified employees of Alder", [("notify-victims", "")]),
        ("Oak Desk notified customers", [("notify-victims", "")]),
    ],
)
def test_organizations_that_are_named_behind_who_told_them_were_told(said, done):
    assert told(said, OAK, ELM)[0] == [(OAK, *one) for one in done]


@pytest.mark.parametrize(
    "too",
    [
        "and mailed letters",
        "and published a notice on its website",
        ", and letters were mailed",
        "and released a statement",
    ],
)
def test_what_is_told_to_all_stands_beside_who_was_told(too):
    said = f"{OAK} notified Alder{'' if too.startswith(',') else ' '}{too}"
    found = post(
        f"{OAK} was breached.", ("Alder", "Company"), (OAK, "Vendor"), response={"communication_strategy": said}
    )
    assert {(one.action, one.target) for one in found.responses} == {
        ("notify-organizations", "Alder"),
        ("notify-victims", ""),
    }


@pytest.mark.parametrize("who", ["Salesforce disabled", "Northgate Bank suspended", "Google removed"])
def test_what_somebody_else_did_is_not_told_of_the_only_customer(who):
    assert told(f"{who} {OAK}", customers=["Alder"])[1] == {("Alder", OAK): "active"}


@pytest.mark.parametrize(
    ("said", "action"),
    [
        (f"Salesforce disabled {OAK} integrations", "suspend-access"),
        (f"Salesforce revoked {OAK}'s access", "suspend-access"),
        (f"Lumen suspended its contract with {OAK}", "suspend-supplier"),
        (f"Disabled {OAK} integrations", "suspend-supplier"),
    ],
)
def test_a_platform_that_is_nobodys_customer_keeps_out_and_leaves_nobody(said, action):
    assert [done for _, done, _ in told(said, customers=["Alder"])[0]] == [action]


@pytest.mark.parametrize("what", ["Suspended", "Revoked access for", "Temporarily suspended", "Retailer disabled"])
def test_the_only_customer_did_what_nobody_is_named_for(what):
    assert told(f"{what} {OAK}", customers=["Alder"])[1] != {("Alder", OAK): "active"}


def test_no_organization_is_told_where_a_group_of_people_or_the_intruders_are():
    done, _ = told("Oak Desk notified Alder customers", customers=["Alder", "Alder customers"])
    assert done == [(OAK, "notify-victims", "")]
    found = post(
        "The Akira ransomware gang attacked Oak Desk.", ("Oak Desk", "Company"), response={"actions": "Contacted Akira"}
    )
    assert [(one.action, one.target) for one in found.responses] == [("notify-victims", "")]


@pytest.mark.parametrize(
    ("said", "alder", "birch"),
    [
        (f"Alder was hit, and Birch ended its contract with {OAK}.", "active", "ended"),
        (f"Alder reset passwords, and Birch cut ties with {OAK}.", "active", "ended"),
        (f"Alder disconnected {OAK} and Birch did not.", "suspended", "active"),
        (f"Alder and Birch said that they had cut ties with {OAK}.", "ended", "ended"),
    ],
)
def test_a_sentence_tells_of_those_whose_clause_it_is_that_they_left(said, alder, birch):
    states = used(post(said, ("Alder", "Company"), ("Birch", "Company"), (OAK, "Vendor")))
    assert states == {("Alder", OAK): alder, ("Birch", OAK): birch}


@pytest.mark.parametrize(
    "said",
    [
        f"Alder was told on July 30, but {OAK} refused to share details, so the retailer terminated the contract",
        f"Alder terminated its contract, {OAK} said",
    ],
)
def test_what_a_supplier_does_in_between_does_not_part_who_left_from_that_they_left(said):
    done, states = told(said, customers=["Alder"])
    assert done == [("Alder", "end-supplier", OAK)]
    assert states == {("Alder", OAK): "ended"}
    found = post(f"{OAK} was breached. {said}.", ("Alder", "Company"), (OAK, "Vendor"))
    assert used(found) == states


@pytest.mark.parametrize("who", [f"Alder and {OAK}", f"{OAK} and Alder"])
def test_what_a_customer_and_its_supplier_ended_together_the_customer_ended(who):
    for customers in (["Alder"], ["Alder", "Birch"]):
        done, states = told(f"{who} ended their partnership", customers=customers)
        assert done == [("Alder", "end-supplier", OAK)]
        assert states["Alder", OAK] == "ended"
    done, states = told(f"{who} reset passwords", customers=["Alder"])
    assert {actor for actor, _, _ in done} == {"Alder", OAK}
    assert set(states.values()) == {"active"}


@pytest.mark.parametrize(
    ("said", "done"),
    [
        (f"Alder reset passwords, and {OAK} was suspended as a vendor", [("Alder", "suspend-supplier", OAK)]),
        (f"{OAK} restored its services and Alder was notified", [(OAK, "restore-systems", "")]),
        (f"{OAK} restored its services, and Alder will be notified", [(OAK, "restore-systems", "")]),
        (f"{OAK} notified affected customers, Alder said in a statement", [(OAK, "notify-victims", "")]),
        (f"{OAK} restored its services, Alder told reporters", [(OAK, "restore-systems", "")]),
        (
            f"{OAK} restored its services, and Alder is investigating",
            [(OAK, "restore-systems", ""), ("Alder", "investigate", "")],
        ),
        (
            f"{OAK} restored its services, Alder said that it reset passwords",
            [(OAK, "restore-systems", ""), ("Alder", "reset-credentials", "")],
        ),
    ],
)
def test_who_only_says_it_or_to_whom_it_is_done_did_nothing(said, done):
    assert told(said, customers=["Alder"])[0] == done


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Access Sports Medicine", "Access restored on July 3"),
        ("Network Health", "Network segmented"),
        ("Customers Bank", "Customers notified"),
        ("Patients First", "Patients offered credit monitoring"),
        ("Incident IQ", "Incident contained"),
    ],
)
def test_an_ordinary_word_is_no_short_form_of_a_name(name, said):
    found = post("It was breached.", (name, "Company"), response={"containment_measures": said})
    assert {one.actor for one in found.responses} == {""}
