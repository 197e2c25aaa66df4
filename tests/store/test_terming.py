"""A document that comes or goes gives the relationships of others the names that a build from scratch gives them."""

from __future__ import annotations

import pytest
from documents import lines, table

import kg
from kg.resolve.judgements import Judgement
from kg.store.judged import judge

PAST = "Alder,Birch,mail,2020-01-01,2022-01-01,ended"
NOW = "Alder,Birch,mail,2023-01-01,,active"
OTHERS = table("Oak,Elm,,,,", "Oak,Fir,,,,", "Oak,Yew,,,,")
STAYS = {f"{n}.csv": OTHERS.replace("Oak", f"Oak {n}") for n in "pqr"}
"""Enough that stays for a change to be an exchange and no build anew."""


def relationships(graph):
    # Of two names of one organization either may be the one that is shown.
    query = 'SELECT DISTINCT ?r { ?r bkg:customer/rdfs:label ?name FILTER(?name IN ("Alder", "Hazel")) }'
    return sorted(str(row[0]) for row in graph.query(query).rows)


@pytest.mark.parametrize("name", ["a.csv", "z.csv"])
def test_a_term_has_another_name_as_long_as_it_is_one_of_several(build, tmp_path, name):
    alone = build({**STAYS, "one.csv": table(NOW)})
    beside = build({name: table(PAST, NOW)})
    assert len(relationships(beside)) == 2
    assert not {*relationships(alone)} & {*relationships(beside)}
    assert lines(beside) == lines(kg.build(tmp_path / "documents", tmp_path / "fresh.kg"))
    (tmp_path / "documents" / name).unlink()
    assert lines(build({}, prune=True)) == lines(alone)


def test_other_terms_of_a_document_that_is_told_again_keep_their_names(build, tmp_path):
    rest = [row.replace("Birch", "Cedar") for row in (PAST, NOW)]
    build({**STAYS, "one.csv": table(NOW, rest[0]), "two.csv": table(*rest)})
    later = build({"three.csv": table(PAST, NOW)})
    assert len(relationships(later)) == 4
    assert lines(later) == lines(kg.build(tmp_path / "documents", tmp_path / "fresh.kg"))


def test_who_turns_out_to_be_one_has_the_terms_of_both(build, tmp_path):
    build({**STAYS, "one.csv": table(PAST, NOW.replace("Alder", "Hazel")), "two.csv": table(NOW)})
    said = Judgement("Alder", "Hazel", "same", 0.5, (), "somebody", "2026-05-01T00:00:00+00:00")
    assert judge(tmp_path / "built.kg", [said], now="2026-05-01T00:00:00+00:00")
    judged = kg.open(tmp_path / "built.kg")
    assert len(relationships(judged)) == 2
    kg.build(tmp_path / "documents", tmp_path / "fresh.kg")
    judge(tmp_path / "fresh.kg", [said], now="2026-05-01T00:00:00+00:00")
    assert lines(judged) == lines(kg.build(tmp_path / "documents", tmp_path / "fresh.kg"))
