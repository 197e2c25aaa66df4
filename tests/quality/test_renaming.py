"""Texts with other names: every annotation stands where it stood, of the same words but for the names."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from tests.quality.renaming import Names, companies, names_to_train_with, renamed

TEXTS = Path(__file__).with_name("texts")


@pytest.fixture(scope="module")
def golds():
    return [json.loads(line) for line in (TEXTS / "seventh.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def names(golds):
    return names_to_train_with(golds)


class One:
    """Chooses the same name each time."""

    def choose(self, _):
        return "Delta Air Lines"


def gold(text, name, role):
    start = text.index(name)
    party = {"name": name, "start": start, "end": start + len(name), "role": role, "unnamed_group": False}
    at = text.index("names")
    data = {"text": "names", "start": at, "end": at + 5, "concept": "names"}
    return {"id": "one", "text": text, "incidents": [{"parties": [party], "data_types": [data]}]}


def test_every_form_of_a_name_is_replaced():
    text = "Orrin Pay lost names. Orrin's owner, Orrinson, knew."
    seen = set()
    for seed in range(20):
        told = renamed(gold(text, "Orrin Pay", "breached"), Random(seed), One())
        (incident,) = told["incidents"]
        (party,), (data,) = incident["parties"], incident["data_types"]
        assert told["text"] in {
            f"{party['name']} lost names. {name}'s owner, Orrinson, knew." for name in ("Delta", "Delta Air Lines")
        }
        assert told["text"][party["start"] : party["end"]] == party["name"]
        assert told["text"][data["start"] : data["end"]] == "names"
        seen.add(party["name"])
    assert seen == {"Delta Air Lines", "Delta Air Lines Pay"}


@pytest.mark.parametrize("role", ["regulator", "reporter", "investigator", "attacker"])
def test_names_that_tell_what_their_bearer_does_stay(role):
    one = gold("Orrin Pay told of names.", "Orrin Pay", role)
    assert renamed(one, Random(1), One()) == one


def test_annotations_keep_their_words(golds, names):
    changed = 0
    for number, one in enumerate(golds):
        other = renamed(one, Random(number), names)
        changed += other["text"] != one["text"]
        for before, after in zip(one["incidents"], other["incidents"], strict=True):
            for part in ("record_counts", "dates"):
                assert [one["text"][fact["start"] : fact["end"]] for fact in before[part]] == [
                    other["text"][fact["start"] : fact["end"]] for fact in after[part]
                ]
            for party in after["parties"]:
                if not party["unnamed_group"]:
                    assert party["name"] in other["text"]
            ends = {party["name"] for party in after["parties"]}
            assert all({row["customer"], row["supplier"]} <= ends for row in after["uses_vendor"])
    assert changed > 0.8 * len(golds)


def test_names_to_measure_with_are_not_trained_with():
    train, measure = companies()
    assert set(train).isdisjoint(measure)
    assert len(train) > 2 * len(measure) > 200


def test_each_kind_of_name_is_chosen():
    random = Random(3)
    names = Names(["Acer"], ["Orrin"], ["Harvest"])
    assert {names.choose(random) for _ in range(200)} == {"Acer", "Orrin", "Harvest", "Harvest Harvest"}
    assert {Names(["Acer"]).choose(random) for _ in range(20)} == {"Acer"}
