from __future__ import annotations

import json
from datetime import date

import pytest
from documents import post, table

import kg
from kg.changes import compare
from kg.cli import main
from kg.store.build import Options, build


@pytest.fixture
def told(build):
    """What changed from one set of documents to another, as lines."""

    def changes(before, after):
        first = build(before)
        second = build(after, prune=True)
        return [str(change) for change in second.changes_since(first).changes]

    return changes


def test_nothing_changed(build):
    graph = build({"a.txt": post()})
    assert compare(graph.store, graph.store).changes == ()


def test_a_status_that_changed_is_told_with_the_document(told):
    assert told({"t.csv": table("Meta,Mercor,data,,,")}, {"t.csv": table("Meta,Mercor,data,,,suspended")}) == [
        "Meta usesVendor Mercor: status active -> suspended, by t.csv"
    ]


@pytest.fixture
def dated(tmp_path):
    """A store that learned of a vendor of Alder on each of three days, of which it keeps the last two generations."""
    (tmp_path / "in").mkdir()
    for day, name in enumerate(("Birch", "Cedar", "Dune"), 1):
        (tmp_path / "in" / f"{name}.csv").write_text(table(f"Alder,{name},,,,"), "utf-8")
        build([tmp_path / "in"], tmp_path / "s.kg", Options(known_on=date(2026, 3, day), keep=2))
    return tmp_path / "s.kg"


def test_a_difference_tells_of_which_days_its_ends_are(dated):
    first, second = (kg.open(dated, as_of=date(2026, 3, day)) for day in (1, 2))
    now = kg.open(dated)
    found = now.changes_since(first)
    assert (found.old, found.new, found.as_dict()["from"], found.as_dict()["to"]) == ("2026-03-01", 3, "2026-03-01", 3)
    assert {one.object for one in found.changes if one.predicate == "usesVendor"} == {"Cedar", "Dune"}
    back = second.changes_since(now)
    assert (back.old, back.new, {one.change for one in back.changes}) == (3, "2026-03-02", {"removed"})
    valid = first.at(valid_on=date(2020, 1, 1)).changes_since(now.at(valid_on=date(2020, 1, 1)))
    assert (valid.old, valid.new) == ("3, valid on 2020-01-01", "2026-03-01, valid on 2020-01-01")
    whole = now.changes_since(kg.open(dated, 2))
    assert (whole.old, whole.new) == (2, 3)


@pytest.mark.parametrize(
    ("line", "first", "vendors"),
    [
        ("2026-03-01", "from 2026-03-01 to generation 3:", {"Cedar", "Dune"}),
        ("2026-02-01", "from 2026-02-01 to generation 3:", {"Birch", "Cedar", "Dune"}),
        ("2026-03-01 2026-03-02", "from 2026-03-01 to 2026-03-02:", {"Cedar"}),
        ("2026-03-01 2", "from 2026-03-01 to generation 2:", {"Cedar"}),
        ("3 2026-03-01", "from generation 3 to 2026-03-01:", {"Cedar", "Dune"}),
        ("2026-03-03", "no fact changed from 2026-03-03 to generation 3", set()),
        ("2 3", None, {"Dune"}),
    ],
)
def test_a_day_is_compared_as_a_generation_is(capsys, dated, line, first, vendors):
    assert main(["diff", *line.split(), "--store", str(dated)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert {one.split("usesVendor ")[1].split(",")[0] for one in printed if "usesVendor" in one} == vendors
    assert printed[0] == first if first else printed[0].startswith("added")
    assert main(["diff", *line.split(), "--store", str(dated), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    ends = [int(end) if end.isdigit() else end for end in line.split()]
    assert [told["from"], told["to"]] == (ends if len(ends) > 1 else [*ends, 3])


def test_where_a_generation_is_gone_a_day_may_be_asked_for(capsys, dated):
    assert main(["diff", "1", "3", "--store", str(dated)]) == 1
    assert "no generation 1; there are 2, 3; of what was known before, ask for a day" in capsys.readouterr().err
    assert main(["diff", "3", "4", "--store", str(dated)]) == 1
    assert "there is no generation 4; there are 2, 3\n" in capsys.readouterr().err
    for wrong in ("x", "2026-13-01"):
        with pytest.raises(SystemExit):
            main(["diff", wrong, "--store", str(dated)])
        assert f"'{wrong}' is neither the number of a generation nor a day (YYYY-MM-DD)" in capsys.readouterr().err


def test_what_is_new_and_what_is_gone(told):
    found = told({"t.csv": table("Alder,Birch,mail,,,")}, {"t.csv": table("Alder,Cedar,mail,,2026-01-01,")})
    assert found == [
        "removed: Alder usesVendor Birch, by t.csv",
        "added: Alder usesVendor Cedar, by t.csv",
        "removed: Birch is an organization, by t.csv",
        "added: Cedar is an organization, by t.csv",
    ]


def test_an_incident_that_is_told_otherwise(told):
    found = told(
        {"a.txt": post(status="Ongoing", customers=["Alder"])},
        {"a.txt": post(status="Closed", customers=["Alder", "Elm"], data="names and passwords and addresses")},
    )
    assert "Birch Annotation Breached: investigation ongoing -> closed, by a.txt" in found
    assert "added: Birch Annotation Breached affectsDownstream Elm, by a.txt" in found
    assert "added: Elm usesVendor Birch Annotation, by a.txt" in found
    assert not [line for line in found if "Alder" in line]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("5.6 million", "6.1 million", "5,600,000 records -> 6,100,000 records"),
        ("more than 900", "up to 1,200", "at least 900 records -> at most 1,200 records"),
        ("900", "between 900 and 1,200", "900 records -> 900 to 1,200 records"),
    ],
)
def test_a_number_that_is_told_otherwise(told, before, after, shown):
    exposed = ({"type_of_data_compromised": "names", "number_of_records_exposed": number} for number in (before, after))
    found = told(*({"a.txt": post(data_breach=breach)} for breach in exposed))
    assert found == [f"Birch Annotation Breached: recordCount {shown}, by a.txt"]


def test_an_attacker_that_is_named_later(told):
    found = told({"a.txt": post()}, {"a.txt": post(threat_actor="Night Heron")})
    assert "added: Birch Annotation Breached involvement Night Heron (attacker), by a.txt" in found


def test_a_dictionary_and_a_table_say_the_same(build):
    first = build({"t.csv": table("Alder,Birch,mail,,,")})
    difference = build({"t.csv": table("Alder,Birch,mail,,2026-02-01,")}).changes_since(first)
    (change,) = difference.changes
    assert difference.as_dict()["changes"][0]["after"] == "2026-02-01"
    assert difference.table().rows == [
        ("changed", "Alder usesVendor Birch", "valid until", "", "", "2026-02-01", "t.csv")
    ]
    assert (difference.old, difference.new, change.documents) == (1, 2, ("t.csv",))


MAIL = "Alder,Birch,mail,2020-01-01,2030-01-01,"
PAYROLL = "Alder,Birch,payroll,2021-01-01,,ended"


def test_a_relationship_beside_another_of_the_same_two_comes_and_goes(told):
    one, both = {"t.csv": table(MAIL)}, {"t.csv": table(MAIL, PAYROLL)}
    terms = "Alder usesVendor Birch (one of several: payroll, from 2021-01-01, ended), by t.csv"
    assert told(one, both) == [f"added: {terms}"]
    assert told(both, one) == [f"removed: {terms}"]


def test_a_term_that_stays_is_not_told_when_another_comes(told):
    first, second = "Alder,Birch,mail,2020-01-01,2021-01-01,ended", "Alder,Birch,mail,2021-01-01,,active"
    one, both = {"t.csv": table(first)}, {"t.csv": table(first, second)}
    terms = "Alder usesVendor Birch (one of several: mail, from 2021-01-01, active), by t.csv"
    assert told(one, both) == [f"added: {terms}"]
    assert told(both, one) == [f"removed: {terms}"]


@pytest.mark.parametrize(
    ("goes", "told"),
    [
        ("two.csv", []),
        (
            "one.csv",
            [
                "removed: Alder usesVendor Birch (one of several: mail, from 2020-01-01, until 2021-01-01, ended), by one.csv"
            ],
        ),
    ],
)
def test_a_term_that_another_document_still_states_is_not_told(build, tmp_path, goes, told):
    first, second = "Alder,Birch,mail,2020-01-01,2021-01-01,ended", "Alder,Birch,mail,2023-01-01,,active"
    before = build({"one.csv": table(first, second), "two.csv": table(second)})
    (tmp_path / "documents" / goes).unlink()
    assert [str(change) for change in build({}, prune=True).changes_since(before).changes] == told


def test_another_service_is_another_relationship(told):
    assert told({"t.csv": table(MAIL)}, {"t.csv": table(MAIL.replace("mail", "backup"))}) == [
        "added: Alder usesVendor Birch (backup, from 2020-01-01, until 2030-01-01, active), by t.csv",
        "removed: Alder usesVendor Birch (mail, from 2020-01-01, until 2030-01-01, active), by t.csv",
    ]


def test_affiliates_that_a_changed_list_still_names_are_told_only_where_they_are_told_otherwise(told):
    kept = "Alder,Alder affiliates,mail,,,active"
    assert told({"t.csv": table(kept)}, {"t.csv": table(kept, "Elm,Birch,,,,")}) == [
        "added: Birch is an organization, by t.csv",
        "added: Elm is an organization, by t.csv",
        "added: Elm usesVendor Birch, by t.csv",
    ]
    assert told({"t.csv": table(kept)}, {"t.csv": table(kept.replace("active", "suspended"))}) == [
        "removed: Alder usesVendor Alder affiliates (mail, active), by t.csv",
        "added: Alder usesVendor Alder affiliates (mail, suspended), by t.csv",
    ]


_STORY = (
    "Hackers break into payroll provider Brightledger\n\nOSLO, 2 March 2026 - Payroll provider Brightledger said on Monday "
    "that hackers broke into its servers on 26 February 2026 and stole the salaries of 3,150 employees of Tessel Rail, one "
    "of its customers. Halden Foods, which also uses Brightledger, said that it was not affected.\n"
)


def test_of_an_edited_article_only_what_reads_otherwise_is_told(tmp_path, capsys):
    store, article = str(tmp_path / "s.kg"), tmp_path / "1.txt"
    for text in (_STORY, _STORY.replace("3,150", "3,200")):
        article.write_text(text, "utf-8")
        assert main(["build", str(article), "--input-format", "prose", "--store", store]) == 0
    capsys.readouterr()
    assert main(["diff", "--store", store]) == 0
    title = "Hackers break into payroll provider Brightledger"
    assert capsys.readouterr().out.splitlines() == [f"{title}: recordCount 3,150 people -> 3,200 people, by 1.txt"]


_A, _B = "529900T8BM49AURSDO55", "5493001KJTIIGC8Y1R12"


@pytest.fixture
def listed(build, tmp_path):
    """What changed from some lists to others, each row of a customer, its LEI, a supplier, its LEI and a status."""
    columns = ("customer", "customer_lei", "supplier", "supplier_lei", "status")
    mapping = tmp_path / "m.toml"
    mapping.write_text("\n".join(['records = "listing"', "[columns]", *(f'{c} = "{c}"' for c in columns)]), "utf-8")

    def changes(before, after, *judgements):
        first, second = (
            build(
                {name: table(*rows, columns=",".join(columns)) for name, rows in lists.items()},
                mapping=mapping,
                prune=True,
            )
            for lists in (before, after)
        )
        for judgement in judgements:
            assert main(["judge", *judgement, "--store", str(second.store.path)]) == 0
        return [str(change) for change in kg.open(second.store.path).changes_since(first).changes]

    return changes


def test_an_organization_that_is_known_by_an_identifier_now_is_the_one_it_was(listed):
    supply = {"l.csv": ["Norvik Bank,,Kaseya,,"]}
    assert listed(supply, {**supply, "r.csv": [f"Norvik Bank,{_A},Amberlock,,"]}) == [
        "added: Amberlock is an organization, by r.csv",
        "added: Norvik Bank usesVendor Amberlock, by r.csv",
    ]


@pytest.mark.parametrize("others", [[], [f"Fir,,Apollo,{_B},", f"Yew,,Apollo,{_A},"]])
def test_another_organization_of_the_same_name_is_another(listed, others):
    found = listed({"a.csv": [f"Elm,,Apollo,{_A},", *others]}, {"a.csv": [f"Elm,,Apollo,{_B},", *others]})
    edges = [line for line in found if "usesVendor" in line]
    assert edges == ["added: Elm usesVendor Apollo, by a.csv", "removed: Elm usesVendor Apollo, by a.csv"]
    assert len(found) - len(edges) == (0 if others else 2)


def test_a_name_that_stands_for_an_organization_of_another_lei_now_does_not_make_them_one(listed):
    found = listed(
        {"a.csv": [f"Elm,,Apollo,{_A},"], "b.csv": ["Yew,,Apollo,,"]},
        {"a.csv": [f"Elm,,Apollo,{_B},"], "b.csv": ["Yew,,Apollo,,"]},
    )
    assert "removed: Elm usesVendor Apollo, by a.csv" in found
    assert "added: Apollo is an organization, by a.csv" in found


def test_a_status_that_changed_while_two_suppliers_became_one_is_told(listed):
    others = {"b.csv": ["Fir,,Datto,,active"], "c.csv": ["Oak,,Kaseya,,active"]}
    before, after = ({"a.csv": [f"Elm,,Kaseya,,{status}"], **others} for status in ("active", "suspended"))
    found = listed(before, after, ("Kaseya", "Datto", "same"))
    # Which of the two names both have now, documents decide that give them no day: it is no matter here.
    told = sorted(line.replace("Datto", "Kaseya") for line in found if "usesVendor" in line)
    assert told == [
        "added: Elm usesVendor Kaseya (suspended), by a.csv",
        "removed: Elm usesVendor Kaseya (active), by a.csv",
    ]


def test_what_was_said_of_both_that_became_one_is_not_gone(listed):
    lists = {"a.csv": ["Elm,,Kaseya,,active", "Elm,,Datto,,active"]}
    assert listed(lists, lists, ("Kaseya", "Datto", "same")) == [
        "removed: Kaseya is an organization of its own: it is one with Datto now"
    ]


def test_what_two_that_became_one_were_to_each_other_is_told_under_their_names(listed):
    lists = {"a.csv": ["Kaseya,,Datto,,", "Elm,,Kaseya,,"]}
    assert listed(lists, lists, ("Kaseya", "Datto", "same")) == [
        "removed: Kaseya is an organization of its own: it is one with Datto now",
        "removed: Kaseya usesVendor Datto",
    ]


def test_an_organization_becomes_one_with_what_the_other_was_called(listed):
    """Fir has called the other Kasaya, and the two together are called Kaseya."""
    lists = {"a.csv": ["Elm,,Kaseya,,", "Oak,,Kaseya,,", "Fir,,Kasaya,,"]}
    assert listed(lists, lists, ("Kaseya", "Kasaya", "same"))[0].endswith(" of its own: it is one with Kasaya now")


@pytest.mark.parametrize("others", [[], ["Paylane,mail,Zedware,,"]], ids=["supplier", "customer too"])
def test_of_what_is_parted_what_has_its_name_is_it(listed, others):
    lists = {"a.csv": ["Elm,mail,Paylane,2020-01-01,", "Oak,,Pay Lane,,", "Fir,,Paylane Ltd,,", *others]}
    assert listed(lists, lists, ("Paylane", "Pay Lane", "different")) == [
        "added: Oak usesVendor Pay Lane",
        "removed: Oak usesVendor Paylane",
        "added: Pay Lane is an organization",
    ]


def test_a_relationship_that_went_to_the_other_part_is_told_to_be_gone(tmp_path, capsys):
    folder, store = tmp_path / "in", str(tmp_path / "s.kg")
    folder.mkdir()
    rows = "customer,supplier,service\nAlder,Birch Software,mail\nAlder,Birchware,hosting\n"
    (folder / "a.csv").write_text(rows, "utf-8")
    kg.build(folder, store)
    assert main(["judge", "Birch Software", "Birchware", "same", "--store", store]) == 0
    told = capsys.readouterr().out.split()[0]
    assert main(["undo", told, "--store", store]) == 0
    capsys.readouterr()
    assert main(["diff", "--store", store]) == 0
    assert set(capsys.readouterr().out.splitlines()) == {
        "added: Alder usesVendor Birch Software",
        "removed: Alder usesVendor Birchware (one of several: mail, active)",
        "added: Birch Software is an organization",
    }


def test_two_incidents_that_are_judged_one_are_told_to_be(tmp_path, capsys):
    folder, store, queue = tmp_path / "in", str(tmp_path / "s.kg"), tmp_path / "q.csv"
    folder.mkdir()
    (folder / "1.txt").write_text(_STORY, "utf-8")
    (folder / "2.txt").write_text(
        _STORY.replace("Hackers break into", "Thieves rob").replace("2 March", "3 March"), "utf-8"
    )
    assert main(["build", str(folder), "--input-format", "prose", "--store", store]) == 0
    main(["review", "--incidents", "--export", str(queue), "--store", store])
    queue.write_text(queue.read_text("utf-8").replace(",,0", ",same,0"), "utf-8")
    main(["review", "--incidents", "--import", str(queue), "--store", store])
    capsys.readouterr()
    assert main(["diff", "--store", store]) == 0
    gone = [line for line in capsys.readouterr().out.splitlines() if line.startswith("removed")]
    assert len(gone) == 1
    assert " is an incident of its own: it is one with " in gone[0]


@pytest.mark.parametrize(("name", "known"), [("1.txt", True), ("2.txt", False)])
def test_an_incident_of_the_same_title_and_another_year_is_another_unless_its_document_was_edited(
    tmp_path, capsys, name, known
):
    folder, store = tmp_path / "in", str(tmp_path / "s.kg")
    folder.mkdir()
    for file, text in (("1.txt", _STORY), (name, _STORY.replace("2026", "2025"))):
        (folder / "1.txt").unlink(missing_ok=True)
        (folder / file).write_text(text, "utf-8")
        assert main(["build", str(folder), "--input-format", "prose", "--prune", "--store", store]) == 0
    capsys.readouterr()
    assert main(["diff", "--store", store]) == 0
    told = capsys.readouterr().out
    assert ("date 2026-02-26 -> 2025-02-26" in told) is known
    assert (told.count("is an incident") == 0) is known


def test_a_document_that_stayed_and_was_read_otherwise_is_told_to_be_read_anew(build, tmp_path):
    mapping, graphs = tmp_path / "m.toml", []
    for column in ("Vendor", "Other"):
        mapping.write_text(f'records = "listing"\n[columns]\ncustomer = "Who"\nsupplier = "{column}"\n')
        graphs.append(build({"t.csv": "Who,Vendor,Other\nAlder,Birch,Cedar\n"}, mapping=mapping))
    (first, second) = graphs
    found = [str(change) for change in second.changes_since(first).changes if change.predicate == "usesVendor"]
    assert found == [
        "removed: Alder usesVendor Birch, by t.csv (read anew)",
        "added: Alder usesVendor Cedar, by t.csv (read anew)",
    ]
