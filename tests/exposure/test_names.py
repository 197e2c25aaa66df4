from __future__ import annotations

import pytest
from documents import post, table

from kg.errors import UnknownNameError
from kg.exposure import Finder, Node

IRI = "https://w3id.org/breachkg/id/organization/name/"


def finder(*nodes):
    return Finder({node.iri: node for node in nodes})


META = Node(IRI + "meta", "organization", "Meta", ("Facebook, Inc.",), ("rankiteo:meta", "lei:BQ4B"))
MERCOR = Node(IRI + "mercor", "vendor", "Mercor")
POST = Node("https://w3id.org/breachkg/id/incident/rankiteo/MER1", "incident", "Meta", (), ("MER1",))


@pytest.mark.parametrize(
    "name",
    [
        "Meta",
        "meta",
        "META, INC.",
        " Meta ",
        "Facebook, Inc.",
        "facebook",
        "rankiteo:meta",
        "lei:BQ4B",
        META.iri,
        f"<{META.iri}>",
    ],
)
def test_an_organization_is_found_by_any_of_its_names(name):
    assert finder(META, MERCOR, POST).organization(name) == META


def test_an_organization_is_never_something_else_of_that_name():
    found = finder(META, POST)
    assert found.organization("Meta") == META
    assert found.all("Meta") == [POST, META]
    with pytest.raises(UnknownNameError, match="stands for several"):
        found.one("Meta")
    with pytest.raises(UnknownNameError, match="is not in the graph"):
        found.organization("MER1")
    assert found.one("MER1") == POST


def test_a_name_of_old_is_near_though_an_incident_has_it_too():
    dogwood = Node(IRI + "dogwood", "organization", "Dogwood", ("Cedar Mail",), former_names=("Cedar Mail",))
    titled = Node(POST.iri, "incident", "Cedar Mail")
    with pytest.raises(UnknownNameError, match=r"did you mean Dogwood\?"):
        finder(dogwood, titled).organization("Cedar Mial")


AWS = Node(IRI + "amazon-web-services", "vendor", "Amazon Web Services, Inc.")
FACEBOOK = Node(IRI + "facebook", "organization", "Facebook")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("AWS", [AWS]),
        ("aws europe", [AWS]),
        ("Amazon Web Services (AWS)", [AWS]),
        ("Meta Platforms, Inc.", [FACEBOOK]),  # one has the name that the other had
        ("AWS Bakery", []),
        ("", []),
    ],
)
def test_a_name_that_nothing_has_is_looked_up_in_the_table_of_organizations(name, found):
    post = Node(POST.iri, "incident", "Amazon Web Services")
    assert finder(AWS, FACEBOOK, MERCOR, post).all(name) == found


def test_what_is_found_without_the_table_stays_as_it_is():
    own = Node(IRI + "own", "vendor", "Aws")
    old = Node(IRI + "old", "vendor", "Birch", ("AWS",), former_names=("AWS",))
    assert finder(AWS, own).all("AWS") == [own]
    assert finder(AWS, old).all("AWS") == [old]


def test_of_the_names_in_the_table_those_of_today_win():
    meta = Node(IRI + "meta", "organization", "Meta")
    assert finder(meta, FACEBOOK).all("Meta Platforms") == [meta]
    assert finder(meta, FACEBOOK).all("Meta Platforms", ["vendor"]) == []


def test_two_names_of_old_of_one_organization_may_be_of_two_that_became_one():
    bank = Node(IRI + "suntrust", "vendor", "SunTrust")
    assert finder(bank).all("BB&T") == []
    assert finder(bank).near("BB&T") == [bank]
    assert finder(bank).all("Truist") == [bank]


def test_a_listed_name_that_nobody_has_verified_is_near_and_no_more():
    listed = finder(Node(IRI + "1password", "vendor", "1Password"))
    assert listed.all("AgileBits") == []
    with pytest.raises(UnknownNameError, match=r"'AgileBits' is not in the graph; did you mean 1Password\?"):
        listed.one("AgileBits")


def test_the_table_is_read_for_names_in_vain_alone(monkeypatch):
    def read():
        raise AssertionError("the table is read")

    monkeypatch.setattr("kg.resolve.table.table", read)
    assert finder(META).all("facebook") == [META]
    with pytest.raises(AssertionError, match="is read"):
        finder(META).all("Birch")


def test_an_exact_spelling_wins():
    upper, lower = Node(IRI + "1", "organization", "SAP"), Node(IRI + "2", "organization", "Sap")
    assert finder(upper, lower).organization("SAP") == upper
    assert finder(upper, lower).organization("Sap") == lower
    with pytest.raises(UnknownNameError, match=rf"'sap' stands for several: SAP <{IRI}1>, Sap <{IRI}2>"):
        finder(upper, lower).organization("sap")


@pytest.mark.parametrize("name", ["Mercer", "mercors", "Mercor Labz Inc"])
def test_an_unknown_name_suggests_the_nearest(name):
    with pytest.raises(UnknownNameError, match="is not in the graph; did you mean Mercor"):
        finder(META, MERCOR).organization(name)


def near(name, *labels):
    nodes = [Node(f"{IRI}{at}", "vendor", label) for at, label in enumerate(labels)]
    return [node.label for node in finder(*nodes, POST).near(name, ("organization", "vendor"))]


@pytest.mark.parametrize(
    ("name", "labels", "found"),
    [
        ("Meta Platforms Ireland Ltd", ["Notion Labs, Ireland Limited", "Meta", "Stripe"], ["Meta"]),
        ("Stripe Payments Europe, Limited", ["Meta", "Stripe", "Striped Tiger"], ["Stripe"]),
        ("Notion Lab", ["Gorse Labs", "Notion Labs", "Notion"], ["Notion", "Notion Labs"]),
        ("Zellis", ["Bell"], []),  # spelled more alike than others, and not alike
        ("oHlly Cross Hospital", ["Holy Cross Hospital", "Red Cross Hospital"], ["Holy Cross Hospital"]),
        ("Birhc", ["Birch", "Larch"], ["Birch"]),
        ("Drift", ["Sift", "Salesloft"], ["Salesloft"]),  # of which it is a product
        ("Salesloft", ["Salesforce", "Drift"], ["Drift"]),
        ("Kaseya", ["Kasada", "Kaseya VSA", "Nasa"], ["Kaseya VSA"]),  # its product, told with the owner
        ("Alder Quorv", ["Alder", "Mighty Alder"], ["Alder"]),
        ("Alder", ["Alder Quorv", "Mighty Alder"], ["Alder Quorv"]),
        ("T Mobile", ["Deutsche Telekom", "T-Mobile US", "Mobile Alder"], ["Deutsche Telekom", "T-Mobile US"]),
        ("Hazel Cyber Security", ["Hazel Security", "Hazel Power", "Cyber Security"], ["Hazel Security"]),
        ("Alder Co-op", ["Alder Co-operative", "Alder Foods"], ["Alder Co-operative"]),
        ("Ash Energies", ["Ash Energy", "Ash Bakery"], ["Ash Energy"]),
        ("Larch Telecommunications", ["Hazel Telecommunications", "Larch Telecom"], ["Hazel Telecommunications", "Larch Telecom"]),
        ("Yale-New Haven Hospital", ["Yale New Haven Health", "New Haven Hospital"], ["Yale New Haven Health"]),
        ("University of Quorv", ["University of Birch"], []),
        ("Foundation Alder", ["Foundrylabs"], []),
    ],
)  # fmt: skip
def test_near_a_name_are_those_that_a_review_would_ask_about_its_slips_and_its_owners(name, labels, found):
    assert near(name, *labels) == found


def test_nothing_near_suggests_nothing():
    for name in ("Zyxwvut", "", "<>", "  "):
        with pytest.raises(UnknownNameError, match="is not in the graph$"):
            finder(META, MERCOR).organization(name)


def test_many_candidates_are_not_all_listed():
    many = [Node(f"{IRI}{n:02d}", "organization", "Acme") for n in range(40)]
    with pytest.raises(UnknownNameError) as caught:
        finder(*many).organization("Acme")
    assert str(caught.value).count("Acme <") == 8


@pytest.mark.parametrize(
    ("label", "asked", "found"),
    [
        ("Merck & Co.", "Merck KGaA", False),
        ("Merck & Co.", "Merck", True),
        ("Merck & Co.", "Merck Inc.", True),
        ("Birch GmbH", "Birch Inc.", False),
        ("Birch GmbH", "Birch AG", True),
        ("Birch GmbH", "Birch", True),
        ("Birch", "Birch Inc.", True),
        ("SAP", "sap SE", True),
        ("Salesforce, Inc.", "Salesforce GmbH", True),
    ],
)
def test_a_name_with_a_legal_form_of_another_country_is_near_and_no_more(label, asked, found):
    node = Node(IRI + "one", "vendor", label)
    assert finder(node, META).all(asked) == ([node] if found else [])
    assert finder(node, META).near(asked)[0] == node


def test_a_name_of_old_with_a_legal_form_of_another_country_is_near_too():
    node = Node(IRI + "one", "vendor", "Cedar", ("Birch GmbH",), former_names=("Birch GmbH",))
    assert finder(node).all("Birch AG") == [node]
    with pytest.raises(UnknownNameError, match=r"did you mean Cedar\?"):
        finder(node).one("Birch Inc.")


def test_a_name_in_another_script():
    node = Node(IRI + "x1", "organization", "東京電力")
    assert finder(node, META).organization("東京電力") == node


def test_a_former_name_finds_who_had_it_unless_another_has_it_now():
    former = Node(IRI + "x2", "organization", "X Corp", ("Twitter, Inc.", "X"), former_names=("Twitter, Inc.",))
    bird = Node(IRI + "x3", "organization", "twitter")
    for name in ("Twitter, Inc.", "Twitter", "X"):
        assert finder(former, META).organization(name) == former
    for name in ("Twitter, Inc.", "Twitter", "twitter"):
        assert finder(former, bird).organization(name) == bird
    with pytest.raises(UnknownNameError, match="did you mean X Corp"):
        finder(former, META).organization("Twittr")


def test_former_spellings_are_aliases_in_a_built_graph(build):
    graph = build({
        "old.txt": post("DEM1700000001", date="1/2026", vendors=["BIRCH Annotation Inc."]),
        "new.txt": post("DEM1700000002", date="5/2026", vendors=["Birch Annotation"]),
        "t.csv": table("Oak,birch annotation,x,,,"),
    })  # fmt: skip
    node = graph.find("birch annotation, inc")
    assert node.label == "Birch Annotation"
    assert node.aliases == ("BIRCH Annotation Inc.", "birch annotation")
