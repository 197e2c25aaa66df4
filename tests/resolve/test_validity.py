"""Dated copies of one list: since when and until when a relationship was listed, and what changed between copies."""

from __future__ import annotations

from datetime import date

import pytest
from documents import table
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import choose
from kg.extract.mapped.extractor import mapped
from kg.extract.reading import document
from kg.model import Incident, Party, Role, SupplyRelationship
from kg.rdf import evidence_graph
from kg.resolve.canonical import referents
from kg.resolve.resolver import JudgedResolver
from kg.resolve.validity import Scrape, Seen, dated_name, scrapes, seen

AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (date(2025, month, 1) for month in (8, 9, 10, 11))


def copy(on, *relationships, series="list", customer="acme"):
    return Scrape(series, customer, on, frozenset(relationships))


class TestNames:
    @pytest.mark.parametrize(
        ("name", "series", "edtf"),
        [
            ("acme-subprocessors-2025-08-14.csv", "acme-subprocessors-*.csv", "2025-08-14"),
            ("acme_20250814.csv", "acme_*.csv", "2025-08-14"),
            ("subprocessors_2025-08.csv", "subprocessors_*.csv", "2025-08"),
            ("acme.2025.08.14.html", "acme.*.html", "2025-08-14"),
            ("2025-08/acme.csv", "*/acme.csv", "2025-08"),
            ("2025-08-14/lists/acme.csv", "*/lists/acme.csv", "2025-08-14"),
            ("2024-01/acme-2025-08-14.csv", "2024-01/acme-*.csv", "2025-08-14"),
            ("acme-august-2025.md", "acme-*.md", "2025-08"),
            ("lists.zip/acme 14 Aug 2025.csv", "lists.zip/acme *.csv", "2025-08-14"),
            ("20250814093000_acme.md", "*_acme.md", "2025-08-14"),
            ("web/20250814093000/acme.html", "web/*/acme.html", "2025-08-14"),
            ("acme-2025-08-14T09-30-00Z.csv", "acme-*.csv", "2025-08-14"),
            ("acme_20250814_093000.csv", "acme_*.csv", "2025-08-14"),
            ("acme_20250814_7.csv", "acme_*_7.csv", "2025-08-14"),
        ],
    )
    def test_with_a_date(self, name, series, edtf):
        found, told = dated_name(name)
        assert (found, told.edtf) == (series, edtf)

    @pytest.mark.parametrize(
        "name",
        ["acme.csv", "top-100-2025.csv", "acme-2025-13-01.csv", "acme-2025-02-30.csv", "from-2025-08-01-to-2025-09-01.csv", "id-120250814.csv", "20250814250000.csv", "202508140930001.csv", "may.csv", ""],
    )  # fmt: skip
    def test_without_one(self, name):
        assert dated_name(name) is None

    @given(st.text(max_size=40))
    def test_any_name(self, name):
        found = dated_name(name)
        assert found is None or "*" in found[0]


class TestTimes:
    def test_first_seen_and_gone(self):
        copies = [copy(AUGUST, "a", "b"), copy(SEPTEMBER, "a"), copy(OCTOBER, "a", "c")]
        assert seen(copies) == {"a": Seen(AUGUST, None), "b": Seen(AUGUST, SEPTEMBER), "c": Seen(OCTOBER, None)}

    def test_one_copy_alone_ends_nothing(self):
        assert seen([copy(AUGUST, "a")]) == {"a": Seen(AUGUST, None)}

    def test_one_that_came_back(self):
        copies = [copy(AUGUST, "a"), copy(SEPTEMBER, "b"), copy(OCTOBER, "a")]
        assert seen(copies)["a"] == Seen(AUGUST, None)
        assert seen([*copies, copy(NOVEMBER, "b")])["a"] == Seen(AUGUST, NOVEMBER)

    def test_a_customer_who_is_missing_was_not_looked_at(self):
        copies = [copy(AUGUST, "a"), copy(SEPTEMBER, "x", customer="other")]
        assert seen(copies)["a"] == Seen(AUGUST, None)

    def test_another_list_of_the_customer_ends_nothing(self):
        copies = [copy(AUGUST, "a"), copy(SEPTEMBER, "b", series="another")]
        assert seen(copies)["a"] == Seen(AUGUST, None)

    def test_one_list_that_still_names_it_outweighs_one_that_does_not(self):
        copies = [copy(AUGUST, "a"), copy(SEPTEMBER, "b"), copy(OCTOBER, "a", series="another")]
        assert seen(copies)["a"] == Seen(AUGUST, None)

    def test_gone_from_both_lists_is_gone_when_the_later_says_so(self):
        copies = [copy(AUGUST, "a"), copy(SEPTEMBER, "b")]
        copies += [copy(SEPTEMBER, "a", series="another"), copy(OCTOBER, "b", series="another")]
        assert seen(copies)["a"] == Seen(AUGUST, OCTOBER)

    def test_two_copies_of_one_day_are_one(self):
        assert seen([copy(AUGUST, "a"), copy(AUGUST, "b")]) == {"a": Seen(AUGUST, None), "b": Seen(AUGUST, None)}

    @given(st.lists(st.builds(copy, st.sampled_from([AUGUST, SEPTEMBER, OCTOBER, NOVEMBER]), st.sampled_from("abc"), series=st.sampled_from("xy"), customer=st.sampled_from("pq")), max_size=12))  # fmt: skip
    def test_the_order_of_copies_does_not_matter_and_nobody_is_gone_before_being_seen(self, copies):
        found = seen(copies)
        assert found == seen(copies[::-1])
        assert found.keys() == {name for one in copies for name in one.relationships}
        assert all(told.until is None or told.until > told.since for told in found.values())


def graphs(*texts, extractor=None):
    """Evidence graphs of (name, text), each with the names of all documents of its contents."""
    made = {}
    for name, text in texts:
        read = document(name, text.encode())
        reader = extractor or choose(read)
        graph = evidence_graph(read, reader.name, reader.version, reader.extract(read))
        made.setdefault(graph.iri, (graph, []))[1].append(name)
    return list(made.values())


def copies_of(found):
    resolved = JudgedResolver().resolve([mention for graph, _ in found for mention in graph.mentions])
    return [one for graph, names in found for one in scrapes(graph, referents(graph, resolved), names)]


def told(found):
    """Supplier -> when it was listed, over all customers."""
    resolved = JudgedResolver().resolve([mention for graph, _ in found for mention in graph.mentions])
    names = {}
    for graph, _ in found:
        canonical = referents(graph, resolved)
        called = {mention.iri: mention.name for mention in graph.mentions}
        names |= {canonical[tie.iri]: called[tie.supplier] for tie in graph.ties}
    return {names[iri]: when for iri, when in seen(copies_of(found)).items()}


class TestFromDocuments:
    def test_two_dated_files(self):
        found = graphs(
            ("acme-2025-08-01.csv", table("Acme,Birch,hosting,,,", "Acme,Cedar,mail,,,")),
            ("acme-2025-09-01.csv", table("Acme,Birch,hosting,,,", "Acme,Fir,chat,,,")),
        )
        assert told(found) == {
            "Birch": Seen(AUGUST, None), "Cedar": Seen(AUGUST, SEPTEMBER), "Fir": Seen(SEPTEMBER, None),
        }  # fmt: skip

    def test_a_list_that_did_not_change_has_two_days_and_one_graph(self):
        text = table("Acme,Birch,hosting,,,")
        found = graphs(("acme-2025-08-01.csv", text), ("acme-2025-09-01.csv", text), ("acme-2025-10-01.csv", table("Acme,Fir,chat,,,")))  # fmt: skip
        assert len(found) == 2
        assert told(found)["Birch"] == Seen(AUGUST, OCTOBER)

    def test_a_column_goes_before_the_name(self):
        rows = ("Acme,Birch,2025-08-01", "Acme,Cedar,2025-08-01", "Acme,Birch,2025-09-01")
        found = graphs(("all-2030-01-01.csv", table(*rows, columns="customer,supplier,scraped")))
        assert told(found) == {"Birch": Seen(AUGUST, None), "Cedar": Seen(AUGUST, SEPTEMBER)}

    def test_a_mapping_can_say_it(self, tmp_path):
        (tmp_path / "m.toml").write_text(
            'records = "listing"\n[constants]\ncustomer = "Acme"\nobserved = "2025-08"\n', "utf-8"
        )
        reader = mapped(tmp_path / "m.toml")
        found = graphs(("acme.csv", "supplier,purpose\nBirch,mail\n"), extractor=reader)
        assert told(found) == {"Birch": Seen(date(2025, 8, 31), None)}

    def test_without_a_date_nothing_is_told(self):
        assert told(graphs(("acme.csv", table("Acme,Birch,hosting,,,")))) == {}

    def test_stated_days_stay_what_they_are(self):
        found = graphs(("acme-2025-08-01.csv", table("Acme,Birch,hosting,2019-05-01,2025-07-01,")))
        ((graph, _),) = found
        assert told(found) == {"Birch": Seen(AUGUST, None)}
        assert {o[1:11] for _, p, o in graph.triples if "valid" in p} == {"2019-05-01", "2025-07-01"}

    def test_what_an_incident_tells_is_no_list(self):
        parties = (Party("Acme", Role.AFFECTED_DOWNSTREAM), Party("Birch", Role.BREACHED))
        record = Incident("1", "", 1, parties=parties, uses_vendor=(SupplyRelationship("Acme", "Birch"),))
        graph = evidence_graph(document("news-2025-08-01.txt", b"x"), "demo", "1", [record])
        assert copies_of([(graph, ["news-2025-08-01.txt"])]) == []
