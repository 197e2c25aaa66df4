"""The measure itself, on texts so small that the numbers can be counted by hand; and the extractor on texts of our own."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from kg.extract.prose import trained
from kg.extract.prose.digest import FILE
from kg.extract.prose.judging import spotted
from kg.extract.prose.trained import load as load_model
from tests.quality.__main__ import main, measure, table
from tests.quality.gold import load
from tests.quality.renaming import Names, companies
from tests.quality.scoring import Score, score, worst

OWN = Path(__file__).with_name("texts") / "first.jsonl"
TEXT = "Alder uses Birch. Birch was hacked. Cedar was spared. 4 May 2024."


def span(words):
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def gold_party(name, role, group=False):
    start, end = span(name)
    return {"name": name, "role": role, "start": start, "end": end, "unnamed_group": group}


def gold(**more):
    start, end = span("Alder uses Birch")
    incident = {
        "parties": [
            gold_party("Alder", "affected_downstream"),
            gold_party("Birch", "breached"),
            gold_party("Cedar", "customer_unaffected"),
        ],
        "uses_vendor": [
            {"customer": "Alder", "supplier": "Birch", "status": "active", "quote_start": start, "quote_end": end}
        ],
        "data_types": [],
        "record_counts": [],
        "dates": [dict(zip(("start", "end"), span("4 May 2024"), strict=True), edtf="2024-05-04", what="occurred")],
        "responses": [],
        "certainty": "confirmed",
    }
    return {"id": "g", "text": TEXT, "incidents": [incident | more]}


def party(name, role, group=False):
    return {"name": name, "role": role, "span": span(name), "unnamed_group": group}


def record(parties, uses=(), dates=(), certainty="confirmed"):
    quoted = [{"customer": c, "supplier": s, "status": status, "span": span("Alder uses Birch"), "quote": "Alder uses Birch"} for c, s, status in uses]  # fmt: skip
    return {"parties": parties, "uses_vendor": quoted, "data_types": [], "record_counts": [], "dates": list(dates), "responses": [], "certainty": certainty}  # fmt: skip


def counted(told, label):
    tally = told.tallies[label]
    return tally.right, tally.wrong, tally.missed


def test_a_volume_is_the_same_in_another_measure():
    start, end = span("4 May 2024")
    place = {"start": start, "end": end, "span": [start, end]}
    wanted = [{"low": 1.3, "high": None, "unit": "terabytes", **place}]
    for low, unit, right in ((1300, "gigabytes", 1), (1300, "people", 0), (1301, "gigabytes", 0)):
        found = record([party("Birch", "breached")]) | {
            "record_counts": [{"low": low, "high": None, "unit": unit, **place}]
        }
        assert counted(score(gold(record_counts=wanted), [found]), "counts") == (right, 1 - right, 1 - right)


def test_what_is_right_wrong_and_missed_is_counted():
    found = record(
        [party("Alder", "affected_downstream"), party("Birch", "affected_downstream")],
        uses=[("Alder", "Birch", "ended")],
        dates=[{"edtf": "2024-05", "what": "occurred", "span": span("May 2024")}],
    )
    told = score(gold(), [found])
    assert counted(told, "affected_downstream") == (1, 1, 0)
    assert counted(told, "breached") == (0, 0, 1)
    assert counted(told, "uses_vendor") == (1, 0, 0)
    assert counted(told, "status") == (0, 1, 1)
    assert counted(told, "dates") == (0, 1, 1)
    assert counted(told, "dates span") == (1, 0, 0)
    assert counted(told, "incidents") == (1, 0, 0)
    assert counted(told, "certainty") == (1, 0, 0)
    assert told.tallies["affected_downstream"].f1 == pytest.approx(2 / 3)
    assert (told.unaffected_exposed, told.invented, told.unquoted) == (0, 0, 0)


def test_a_party_is_found_by_its_name_in_another_place_or_by_its_place_under_another_name():
    elsewhere = {"name": "The Alder, Inc.", "role": "affected_downstream", "span": [60, 62], "unnamed_group": False}
    renamed = {"name": "Birch. Birch", "role": "breached", "span": span("Birch. Birch"), "unnamed_group": False}
    told = score(gold(), [record([elsewhere, renamed])])
    assert counted(told, "affected_downstream") == counted(told, "breached") == (1, 0, 0)


def test_what_must_never_happen_is_counted():
    told = score(gold(), [record([party("Cedar", "breached")])])
    assert told.unaffected_exposed == 1
    assert score({"id": "n", "text": TEXT, "incidents": []}, [record([])]).invented == 1
    unquoted = record([{**party("Birch", "breached"), "span": None}])
    assert score(gold(), [unquoted]).unquoted == 1
    total = Score().add(told).add(told)
    assert (total.unaffected_exposed, counted(total, "breached")) == (2, (0, 2, 2))


def test_the_worst_errors_are_of_many_kinds():
    told = score(gold(), [])
    assert [error[0] for error in worst(told.errors, 3)] == ["uses_vendor", "breached", "affected_downstream"]


def test_nothing_found_and_nothing_wanted_is_no_error():
    assert table(Score())[1].split() == ["uses_vendor", "0", "0", "0", "0.00", "0.00", "0.00"]


@pytest.fixture(scope="module")
def own():
    return measure(OWN)


def test_texts_of_our_own_are_read_well(own):
    needed = {
        "uses_vendor": 0.60, "breached": 0.65, "affected_downstream": 0.60, "reporter": 0.70, "data_types": 0.70,
        "counts": 0.85,
    }  # fmt: skip
    assert {label: own.tallies[label].f1 for label, least in needed.items() if own.tallies[label].f1 < least} == {}


def test_texts_of_our_own_yield_nothing_false_that_would_harm(own):
    assert (own.unaffected_exposed, own.invented, own.unquoted) == (0, 0, 0)


def test_the_command_prints_a_table_and_the_worst_errors(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["quality", str(OWN), "--worst", "4"])
    main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[0] == "label"
    assert lines[1].split()[0] == "uses_vendor"
    assert sum("\t" in line for line in lines) == 4


@pytest.mark.slow
def test_texts_that_nothing_was_trained_on_are_read_well():
    told = measure(OWN.parents[1] / "unseen.jsonl")
    needed = {"uses_vendor": 0.75, "breached": 0.70, "affected_downstream": 0.75, "regulator": 0.75, "dates": 0.80}
    assert {label: told.tallies[label].f1 for label, least in needed.items() if told.tallies[label].f1 < least} == {}
    # A rumour that the text itself denies.
    assert told.invented <= 1
    assert told.unquoted == 0


@pytest.mark.slow
def test_names_that_nothing_was_trained_with_are_read_well():
    told = measure(OWN.parents[1] / "unseen.jsonl", Names(companies()[1]))
    needed = {"uses_vendor": 0.70, "breached": 0.65, "affected_downstream": 0.70, "regulator": 0.70, "dates": 0.80}
    assert {label: told.tallies[label].f1 for label, least in needed.items() if told.tallies[label].f1 < least} == {}


@pytest.mark.slow
def test_training_further_writes_the_model_that_is_packaged(monkeypatch, tmp_path):
    """The same to the last digit only on the same kind of processor: what it makes of a text has to be the same."""
    if "BREACHKG_BEFORE" not in os.environ:
        pytest.skip("BREACHKG_BEFORE names no model file to train further: MODEL.md says which")
    training = pytest.importorskip("tests.quality.training")
    path = tmp_path / "model.npz"
    monkeypatch.setattr(trained, "FILE", Path(os.environ["BREACHKG_BEFORE"]))
    monkeypatch.setattr(training, "packaged", load_model.__wrapped__)
    monkeypatch.setattr("sys.argv", ["training", "-o", str(path), "--further", *map(str, later_texts())])
    training.main()
    with np.load(path) as made, np.load(FILE) as packaged:
        assert made.files == packaged.files
        for name in ("network.role.weight", "network.pair.weight", "count.weights"):
            assert np.allclose(
                made[name].astype(float), packaged[name].astype(float), atol=0.05 * abs(packaged[name]).max()
            )


def later_texts():
    """The texts that the model was trained further on: those about real incidents."""
    return sorted(path for path in OWN.parent.glob("*.jsonl") if path.read_text("utf-8").startswith('{"id": "re'))


@pytest.mark.slow
def test_torch_and_numpy_make_the_same_of_a_text():
    learning = pytest.importorskip("tests.quality.learning")
    if "BREACHKG_PRETRAINED" not in os.environ:
        pytest.skip("BREACHKG_PRETRAINED names no folder with the model that the training begins with")
    texts = load([OWN])[:24]
    model = load_model()
    learner = learning.Learner(Path(os.environ["BREACHKG_PRETRAINED"])).eval()
    network = learner.network()
    for text in texts:
        text.told = spotted(text.words, model.sight.scores(text.words), model.taggers)
    told = learner([learning.case(text, network.encoder.parts) for text in texts])
    for row, text in enumerate(texts):
        reading = network.read(text.told.scene, [(phrase.first, phrase.last) for phrase in text.told.dates])
        roles = learning.torch.softmax(told["roles"][row, : len(reading.roles)], -1).detach().numpy()
        # Its pieces are whole numbers there.
        assert np.allclose(roles, reading.roles, atol=0.01)
