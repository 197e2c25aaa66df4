from __future__ import annotations

import csv
import io
import json

import pytest
from documents import lines, post, table

import kg
from kg.cli import main
from kg.resolve.reviewing import ask
from kg.resolve.scoring import score
from kg.store.queue import Waiting, beside


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a").write_text(post(vendors=["Birch Annotation"], customers=["Alder Labs", "Cedar, Inc."]), "utf-8")
    (folder / "b").write_text(table("Alder,Birch Annotation Group,labels,,,", "Cedar,Alder,,,,"), "utf-8")
    kg.build(folder, tmp_path / "s.kg")
    return tmp_path / "s.kg"


def run(store, *arguments):
    return main([*arguments, "--store", str(store)])


def test_a_judgement_joins_and_its_withdrawal_separates(store, capsys):
    before = lines(store)
    assert run(store, "judge", "Alder", "Alder Labs", "same", "--by", "me") == 0
    identifier = capsys.readouterr().out.split()[0]
    graph = kg.open(store)
    assert graph.find("Alder").iri == graph.find("Alder Labs").iri
    assert run(store, "judge", "Alder Labs", "Alder", "different") == 1
    assert f"Alder = Alder Labs ({identifier})" in capsys.readouterr().err
    assert run(store, "undo", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["id"], row["who"], row["judgement"]) for row in told] == [(identifier, "me", "same")]
    assert run(store, "undo", identifier) == 0
    assert lines(store) == before
    assert run(store, "undo", identifier) == 1
    assert "does not hold any more" in capsys.readouterr().err
    assert run(store, "undo", "12345678") == 1


def test_the_queue_goes_out_as_csv_and_comes_back(store, tmp_path, capsys):
    path = tmp_path / "q.csv"
    assert run(store, "review", "--limit", "1", "--export", str(path)) == 0
    assert f"{path}: 1 of 2 pairs that wait; fill" in capsys.readouterr().out
    assert len(path.read_text("utf-8").splitlines()) == 2
    assert run(store, "review", "--export", str(path)) == 0
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    pairs = [(row["left"], row["right"]) for row in rows]
    assert ("Alder", "Alder Labs") in pairs
    assert ("Birch Annotation", "Birch Annotation Group") in pairs
    assert not any("Cedar" in pair for pair in pairs)
    for row in rows:
        row["judgement"] = "same" if "Alder" in row["left"] else "unsure"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert run(store, "review", "--import", str(path)) == 0
    assert kg.open(store).find("Alder").iri == kg.open(store).find("Alder Labs").iri
    assert run(store, "review", "--export", str(path)) == 0
    assert len(path.read_text("utf-8").splitlines()) == 1, "what is judged, unsure too, does not wait"
    path.write_text("left,right,judgement\na,b,perhaps\n", "utf-8")
    capsys.readouterr()
    assert run(store, "review", "--import", str(path)) == 1
    assert (
        "row 1: 'perhaps' is not same, different, unsure, part-of, product-of, formerly or unrelated"
        in capsys.readouterr().err
    )


def test_a_file_that_contradicts_itself_is_not_taken_in_part(store, tmp_path, capsys):
    path = tmp_path / "q.csv"
    path.write_text(
        "left,right,judgement\nAlder,Alder Labs,same\nAlder Labs,Alder,different\nCedar,Birch,same\n", "utf-8"
    )
    assert run(store, "review", "--import", str(path)) == 1
    told = capsys.readouterr().err
    assert "q.csv: Alder Labs and Alder cannot be judged different" in told
    assert "none of the file is taken" in told
    assert run(store, "undo", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_name_that_the_graph_does_not_hold_is_told(store, capsys):
    assert run(store, "judge", "Alderr Labs", "Nobody At All", "same") == 0
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "kg: nothing in the graph is named 'Alderr Labs' so far; did you mean Alder or Alder Labs?"
    assert told[1].startswith("kg: nothing in the graph is named 'Nobody At All' so far")
    assert run(store, "judge", "Alder", "Alder Labs", "same") == 0
    assert capsys.readouterr().err == ""


def test_a_name_that_a_judgement_takes_away_is_not_told_as_unknown(store, tmp_path, capsys):
    (tmp_path / "p").write_text(
        "Name of Covered Entity,State,Individuals Affected,Type of Breach\nElm Clinic,MO,600,Theft\nElm Clinic,IA,700,Loss\n",
        "utf-8",
    )
    kg.build(tmp_path / "p", store)
    assert run(store, "judge", "Elm Clinic, MO", "Elm Clinic, IA", "same") == 0
    assert capsys.readouterr().err == ""
    assert kg.open(store).find("Elm Clinic").label == "Elm Clinic"


def test_names_of_a_file_that_the_graph_does_not_hold_are_told(store, tmp_path, capsys):
    path = tmp_path / "q.csv"
    path.write_text("left,right,judgement\nAlder,Alder Labs,same\nAlder Labs,Nobody At All,unsure\n", "utf-8")
    assert run(store, "review", "--import", str(path)) == 0
    (told,) = capsys.readouterr().err.splitlines()
    assert told.startswith("kg: nothing in the graph is named 'Nobody At All' so far")
    assert run(store, "judge", "", "Alder", "same") == 1
    assert "kg: '' and 'Alder' cannot be judged same: a blank is no name" in capsys.readouterr().err


def test_what_another_judgement_still_says_is_told_when_one_is_taken_back(store, capsys):
    assert run(store, "judge", "Alder", "Alder Labs", "same", "--by", "me") == 0
    assert run(store, "judge", "Alder Labs", "ALDER", "same", "--by", "you") == 0
    first, second = (line.split()[0] for line in capsys.readouterr().out.splitlines())
    assert run(store, "undo", first) == 0
    assert capsys.readouterr().out == f"{first} Alder and Alder Labs: still judged same by {second}\n"
    assert run(store, "undo", second) == 0
    assert capsys.readouterr().out == f"{second} Alder Labs and ALDER: no longer judged same\n"


def test_cells_that_a_spreadsheet_would_run_are_quoted_and_read_back(tmp_path):
    from kg.resolve.reviewing import read, write

    pair = Waiting("=1+1", "-Alder", 1, 1, score("=1+1", "-Alder"))
    write(tmp_path / "q.csv", [pair])
    text = (tmp_path / "q.csv").read_text("utf-8")
    assert "\n'=1+1,'-Alder,," in text
    (tmp_path / "q.csv").write_text(text.replace("'-Alder,,", "'-Alder,same,"), "utf-8")
    assert list(read(tmp_path / "q.csv")) == [("=1+1", "-Alder", "same")]


def asked(keys):
    waiting = [
        Waiting(name, f"{name} Group", 2, 1, score(name, f"{name} Group")) for name in ("Alder", "Birch", "Cedar")
    ]
    pressed = iter(keys)
    out = io.StringIO()
    return ask(waiting, lambda: next(pressed, ""), out), out.getvalue()


def test_one_key_judges_a_pair_and_one_goes_back():
    answers, shown = asked("ynu")
    assert [said for _, _, said in answers] == ["same", "different", "unsure"]
    assert "1/3  Alder (2)  |  Alder Group (1)" in shown
    assert "same name, one adds the general word group" in shown
    assert asked("yb n")[0] == [("Birch", "Birch Group", "different")]
    assert asked("x yq")[0] == [("Birch", "Birch Group", "same")]
    assert asked("")[0] == []


def test_review_reads_lines_where_there_is_no_terminal(store, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\nq\n"))
    assert run(store, "review", "--limit", "1") == 0
    told = capsys.readouterr().out
    assert told.startswith("1 of 2 pairs that wait; ")
    assert "1 judgements taken" in told
    assert run(store, "review", "--limit", "1", "--export", str(store.with_name("q.csv"))) == 0
    assert capsys.readouterr().out.endswith(
        "q.csv: 1 pair waits; fill the column judgement with same, different or unsure\n"
    )


def test_one_contradictory_answer_does_not_cost_the_others(tmp_path, monkeypatch, capsys):
    (tmp_path / "t").write_text(
        table(*(f"Alder,{name},,,," for name in ("Mercor", "Mercor AI", "First Bank", "FirstBank"))), "utf-8"
    )
    kg.build(tmp_path / "t", tmp_path / "s.kg")
    store = tmp_path / "s.kg"
    assert run(store, "judge", "Mercor", "Fir", "same") == 0
    assert run(store, "judge", "Fir", "Mercor AI", "different") == 0
    monkeypatch.setattr(
        "kg.store.queue.queue", lambda *_: list(map(pair, ("Mercor", "First Bank"), ("Mercor AI", "FirstBank")))
    )
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n \ny\n"))
    capsys.readouterr()
    assert run(store, "review", "--by", "me") == 0
    out = capsys.readouterr().out
    assert "Mercor and Mercor AI cannot be judged same: Mercor = Fir" in out
    assert "1 judgements taken" in out
    assert kg.open(store).find("FirstBank").iri == kg.open(store).find("First Bank").iri


def pair(left, right):
    return Waiting(left, right, 1, 1, score(left, right))


def test_who_stands_beside_a_name_is_shown_with_it(store, monkeypatch, capsys):
    about = beside(kg.open(store).store)
    assert [about(name) for name in ("Birch Annotation Group", "Alder", "Nobody")] == [
        "used by Alder", "used by Cedar, Inc.; a customer of Birch Annotation Group", "",
    ]  # fmt: skip
    assert about("Birch Annotation").startswith("used by Alder Labs, Cedar")
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    assert run(store, "review") == 0
    assert "\n     Alder is used by Cedar, Inc.; a customer of Birch Annotation Group\n" in capsys.readouterr().out


def test_why_of_one_name_tells_why_its_mentions_are_one(store, capsys):
    assert run(store, "judge", "Alder", "Alder Labs", "same", "--by", "me") == 0
    capsys.readouterr()
    assert run(store, "why", "Alder", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    reasons = {one["name"]: one["reason"] for one in told["mentions"]}
    assert reasons.keys() == {"Alder", "Alder Labs"}
    assert any("judged the same: Alder = Alder Labs, by me" in reason for reason in reasons.values())
    assert run(store, "why", "Cedar") == 0
    out = capsys.readouterr().out
    assert "2 mentions are" in out
    assert "same core name, legal form differs" in out


def test_a_row_about_names_that_nobody_has_verified_waits_and_one_that_is_stated_does_not(tmp_path):
    rows = ("GoAnywhere MFT", "Fortra", "Google Cloud Platform", "Google LLC", "LinkedIn", "Microsoft")
    (tmp_path / "t").write_text(table(*(f"Alder,{name},,,," for name in rows)), "utf-8")
    kg.build(tmp_path / "t", tmp_path / "s.kg")
    assert run(tmp_path / "s.kg", "review", "--relations", "--export", str(tmp_path / "q.csv")) == 0
    waiting = csv.DictReader(io.StringIO((tmp_path / "q.csv").read_text("utf-8")))
    told = {(row["left"], row["right"]): row["evidence"] for row in waiting}
    assert told.keys() == {("GoAnywhere MFT", "Fortra"), ("Google Cloud Platform", "Google LLC")}
    why = "that GoAnywhere MFT and Fortra are these nobody has verified"
    assert told["GoAnywhere MFT", "Fortra"] == f"GoAnywhere product-of Fortra, says a row of the table; {why}"


def test_a_relation_is_confirmed_refused_and_taken_back(tmp_path, capsys, monkeypatch):
    (tmp_path / "t").write_text(
        table("7-Eleven,Speedway,fuel,,,", "Alder,7-Eleven Inc.,,,,", "Alder,Birch,,,,"), "utf-8"
    )
    kg.build(tmp_path / "t", tmp_path / "s.kg")
    store, path = tmp_path / "s.kg", tmp_path / "q.csv"
    before = lines(store)
    assert run(store, "review", "--relations", "--export", str(path)) == 0
    assert "part-of, product-of" in capsys.readouterr().out
    (row,) = csv.DictReader(io.StringIO(path.read_text("utf-8")))
    assert (row["left"], row["right"], row["judgement"], row["left_mentions"]) == ("Speedway", "7-Eleven", "", "1")
    assert row["evidence"] == "Speedway product-of 7-Eleven, says a row of the table that nobody has verified"
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run(store, "review", "--relations", "--by", "me") == 0
    after = set(lines(store))
    (stated,) = [
        line
        for line in after.difference(before)
        if line.split()[1].endswith("#productOf>") and "/document/" not in line
    ]
    assert [end.split("/")[-1] for end in stated.split()[:3:2]] == ["speedway>", "7-eleven>"]
    assert {'"Speedway,product-of,7-Eleven"', '"me"'} <= {line.split()[2] for line in after.difference(before)}
    assert run(store, "review", "--relations", "--export", str(path)) == 0
    assert len(path.read_text("utf-8").splitlines()) == 1
    assert run(store, "judge", "7-Eleven, Inc.", "Speedway", "same") == 1
    assert run(store, "judge", "Speedway", "7-Eleven", "unrelated") == 1
    assert "Speedway is product-of 7-Eleven" in capsys.readouterr().err
    path.write_text("left,right,judgement\nAlder,Birch,part-of\nBirch,Fir,formerly\n", "utf-8")
    assert run(store, "review", "--import", str(path)) == 0
    assert {line.split()[1] for line in set(lines(store)) - after if "/claim/" not in line} >= {
        "<http://www.w3.org/ns/org#subOrganizationOf>", "<https://w3id.org/breachkg/ns#formerName>",
    }  # fmt: skip
    capsys.readouterr()
    assert run(store, "undo", "--format", "json") == 0
    for held in json.loads(capsys.readouterr().out):
        assert run(store, "undo", held["id"]) == 0
    assert lines(store) == before


def test_a_file_of_incidents_is_taken_once_and_none_of_them_is_unknown(tmp_path, capsys):
    for number, customer in enumerate(("Cedar", "Oak")):
        (tmp_path / f"{number}.txt").write_text(
            post(f"DEM170000000{number}", vendors=["Fir"], customers=[customer]), "utf-8"
        )
    kg.build([tmp_path / "0.txt", tmp_path / "1.txt"], tmp_path / "s.kg")
    store, path = tmp_path / "s.kg", tmp_path / "q.csv"
    one, other = sorted(iri for (iri,) in kg.open(store).query("SELECT ?i { ?i a bkg:Incident }").rows)
    path.write_text(f"Left;Right; JUDGEMENT\n{one};{other};same\n", "utf-8")
    assert run(store, "review", "--import", str(path)) == 0
    assert run(store, "review", "--import", str(path)) == 0
    assert run(store, "judge", other, f"{one}9", "different", "--by", "me") == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[:2] == ["1 judgements taken", "0 judgements taken, 1 were known"]
    (missing,) = told.err.splitlines()
    assert f"'{one}9' so far" in missing
    assert run(store, "undo") == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 3
    assert f"names an incident that is not there: {one}9" in told.err


def test_what_is_judged_again_at_once_after_it_was_taken_back_holds(store, monkeypatch, capsys):
    monkeypatch.setattr("kg.store.history.moment", lambda: "2026-05-01T00:00:00+00:00")
    assert run(store, "judge", "Alder", "Alder Labs", "same") == 0
    assert run(store, "undo", capsys.readouterr().out.split()[0]) == 0
    assert run(store, "judge", "Alder", "Alder Labs", "same") == 0
    assert kg.open(store).find("Alder").iri == kg.open(store).find("Alder Labs").iri
