"""Which pairs of a store wait, and why the mentions of one organization are one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from documents import LISTING, register, table

import kg
from kg.resolve.judgements import Judgement, Judgements
from kg.store.judged import judge
from kg.store.queue import queue, spellings


def judged(left, right, judgement="same"):
    return Judgement(left, right, judgement, 0.5, (), "somebody", "2026-01-01")


@pytest.mark.parametrize(
    ("names", "judgement"),
    [
        (("Mercor", "Mercor AI"), ("mercor", "MERCOR AI", "different")),
        (("First Bank", "FirstBank"), ("first bank", "firstbank", "unsure")),
        (("Birch Holdings Ltd", "Birch Ltd"), ("Birch Holdings", "Birch", "different")),
    ],
)
def test_a_pair_that_is_judged_in_other_spellings_does_not_wait(tmp_path, names, judgement):
    (tmp_path / "t").write_text(table(*(f"Cedar,{name},,,," for name in names)), "utf-8")
    store = kg.build(tmp_path / "t", tmp_path / "s.kg").store
    assert [{one.left, one.right} for one in queue(store, Judgements())] == [set(names)]
    assert queue(store, Judgements([judged(*judgement)])) == []


def test_why_tells_the_judgement_that_joined_a_name_with_an_identifier(tmp_path):
    (tmp_path / "t").write_text(table("Cedar,Third Firm,,,,"), "utf-8")
    (tmp_path / "B_05.01.csv").write_text(register("529900T8BM49AURSDO55,Elm Cloud AG"), "utf-8")
    (tmp_path / "m.toml").write_text(LISTING, "utf-8")
    path = tmp_path / "s.kg"
    kg.build(tmp_path / "B_05.01.csv", path, mapping=tmp_path / "m.toml")
    kg.build(tmp_path / "t", path)
    told = judged("lei:529900T8BM49AURSDO55", "Third Firm")
    judge(path, [told], now="2026-05-01T00:00:00+00:00")
    graph = kg.open(path)
    reasons = {one.name: one.reason for one in spellings(graph.store, graph.find("Third Firm").iri, Judgements([told]))}
    assert reasons.keys() == {"Elm Cloud AG", "Third Firm"}
    # Which of them is shown, and needs no reason, the digests of the documents decide.
    assert "judged the same: lei:529900T8BM49AURSDO55 = Third Firm, by somebody" in " ".join(reasons.values())


def test_why_tells_no_judgement_of_a_spelling_that_nobody_judged(tmp_path):
    names = (
        "Facebook",
        "Facebook",
        "Facebook",
        '"Facebook, Inc."',
        "Meta Platforms",
        "Meta Platforms",
        "Meta Platforms Inc",
    )
    (tmp_path / "t").write_text(table(*(f"Cedar {at},{name},,,," for at, name in enumerate(names))), "utf-8")
    path = tmp_path / "s.kg"
    kg.build(tmp_path / "t", path)
    told = judged("Facebook", "Meta Platforms")
    judge(path, [told], now="2026-05-01T00:00:00+00:00")
    graph = kg.open(path)
    assert {one.name: one.reason for one in spellings(graph.store, graph.find("Facebook").iri, Judgements([told]))} == {
        "Facebook": "the name that most mentions have",
        "Facebook, Inc.": "same core name, legal form differs (Facebook)",
        "Meta Platforms": f"judged the same: Facebook = Meta Platforms, by somebody, 2026-01-01 ({told.id})",
        "Meta Platforms Inc": "same core name, legal form differs (Meta Platforms)",
    }


def test_why_tells_a_judgement_of_the_name_that_was_judged_whichever_is_first(tmp_path):
    names = ("Birchware", "BIRCH SOFTWARE", "Birch Software", '"Birch Software, Inc."')
    (tmp_path / "t").write_text(table(*(f"Cedar {at},{name},,,," for at, name in enumerate(names))), "utf-8")
    path = tmp_path / "s.kg"
    kg.build(tmp_path / "t", path)
    told = judged("Birch Software", "Birchware")
    judge(path, [told], now="2026-05-01T00:00:00+00:00")
    graph = kg.open(path)
    reasons = {one.name: one.reason for one in spellings(graph.store, graph.find("Birchware").iri, Judgements([told]))}
    assert {name for name, reason in reasons.items() if told.id in reason} <= {"Birch Software", "Birchware"}
    assert reasons["BIRCH SOFTWARE"].endswith("(Birch Software)")
    assert reasons["Birch Software, Inc."].endswith("(Birch Software)")


def test_why_tells_the_domain_that_the_table_lists_where_the_names_tell_nothing(tmp_path):
    feed = json.loads((Path(__file__).parents[2] / "examples" / "feeds" / "breach-list.json").read_text("utf-8"))
    feed["breaches"] = [{**feed["breaches"][0], "Title": "Cedar Site", "Domain": "ancestry.com"}]
    (tmp_path / "feed.json").write_text(json.dumps(feed), "utf-8")
    (tmp_path / "t").write_text(table("Birch,Ancestry,,,,"), "utf-8")
    graph = kg.build([tmp_path / "feed.json", tmp_path / "t"], tmp_path / "s.kg")
    told = spellings(graph.store, graph.find("Ancestry").iri, Judgements())
    assert [one.reason for one in told[1:]] == ["ancestry.com is listed as a domain of Ancestry"]


def test_of_the_spellings_of_a_name_codes_come_last(tmp_path):
    lei = "529900T8BM49AURSDO55"
    (tmp_path / "B_05.01.csv").write_text(register(f"{lei},Elm Cloud AG"), "utf-8")
    (tmp_path / "b_02.02.csv").write_text(f"c0010,c0020,c0030\nC1,Alder,{lei}\nC2,Birch,{lei}\n", "utf-8")
    graph = kg.build([tmp_path / "B_05.01.csv", tmp_path / "b_02.02.csv"], tmp_path / "s.kg")
    told = spellings(graph.store, graph.find("Elm Cloud AG").iri, Judgements())
    assert [(one.name, one.mentions) for one in told] == [("Elm Cloud AG", 1), (lei, 2)]
    assert told[0].reason == "the name that most mentions have"


def test_of_equally_frequent_spellings_the_one_that_is_shown_comes_first(tmp_path):
    (tmp_path / "2023-01-01.csv").write_text("Customer,Supplier\nAlder,Elm Cloud AG\n", "utf-8")
    (tmp_path / "2024-01-01.csv").write_text("Customer,Supplier\nAlder,elm cloud\n", "utf-8")
    graph = kg.build([tmp_path / "2023-01-01.csv", tmp_path / "2024-01-01.csv"], tmp_path / "s.kg")
    node = graph.find("Elm Cloud AG")
    told = spellings(graph.store, node.iri, Judgements())
    assert [one.name for one in told] == [node.label, "Elm Cloud AG"] == ["elm cloud", "Elm Cloud AG"]
    assert told[0].reason == "no other name has more mentions"


HOSPITALS = """Name of Covered Entity,State,Individuals Affected,Type of Breach
Mercy Hospital,MO,600,Theft
Mercy Hospital,IA,700,Theft
Mercy Hospital,Missouri,800,Loss
Memorial Hospital,MO,600,Theft
Memorial Hospital,IA,700,Theft
"""


def test_hospitals_of_one_name_in_two_states_are_two_and_wait_with_their_places(tmp_path):
    (tmp_path / "t").write_text(HOSPITALS, "utf-8")
    graph = kg.build(tmp_path / "t", tmp_path / "s.kg")
    assert {str(name) for (name,) in graph.query("SELECT ?n { ?o a bkg:Organization ; rdfs:label ?n }")} == {
        "Mercy Hospital, MO",
        "Mercy Hospital, IA",
        "Memorial Hospital, MO",
        "Memorial Hospital, IA",
    }
    assert {one.iri for one in graph.named("Mercy Hospital")[0]} == {
        graph.find(f"Mercy Hospital, {state}").iri for state in ("MO", "IA")
    }
    waiting = [one for one in queue(graph.store, Judgements()) if one.left.startswith("Mercy")]
    assert [(one.left, one.right, one.left_mentions, one.right_mentions) for one in waiting] == [
        ("Mercy Hospital, IA", "Mercy Hospital, MO", 1, 2)
    ]
    told = spellings(graph.store, graph.find("Mercy Hospital, MO").iri, Judgements())
    assert [(one.name, one.mentions) for one in told] == [("Mercy Hospital, MO", 2)]
    judge(tmp_path / "s.kg", [judged("Mercy Hospital, IA", "Mercy Hospital, MO")], now="2026-01-02T00:00:00+00:00")
    again = kg.open(tmp_path / "s.kg")
    assert again.find("Mercy Hospital").label == "Mercy Hospital"
    assert [one for one in queue(again.store, Judgements()) if one.left.startswith("Mercy")] == []
