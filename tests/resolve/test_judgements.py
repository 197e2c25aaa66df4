from __future__ import annotations

import pytest

from kg.errors import ContradictionError, KGError
from kg.resolve.judgements import Judgement, Judgements, append, read_judgements


def judged(left, right, judgement="same", when="2026-01-01", supersedes=""):
    return Judgement(left, right, judgement, 0.5, (), "somebody", when, supersedes)


@pytest.mark.parametrize("mark", "\u2028\u2029\x85\x0b\r")
def test_a_mark_that_some_take_for_the_end_of_a_line_is_part_of_a_name(tmp_path, mark):
    path = tmp_path / "judgements.jsonl"
    append(path, judged(f"Alder{mark}Labs", "Birch"), judged("Cedar", "Birch"))
    assert [line.left for line in read_judgements(path).lines] == [f"Alder{mark}Labs", "Cedar"]


@pytest.mark.parametrize("judgement", ["same", "different", "unsure", "part-of"])
@pytest.mark.parametrize("blank", ["", " ", "\u200b"])
def test_a_blank_is_no_name(blank, judgement):
    for pair in ((blank, "Alder"), ("Alder", blank)):
        with pytest.raises(KGError, match="a blank is no name"):
            Judgements().check(judged(*pair, judgement))


def test_what_somebody_has_judged_of_organizations_is_settled():
    log = [
        judged("Alder", "Alder AI"),
        judged("alder ai", "Birch", "unsure"),
        judged("Fir AG", "Fir Inc.", "different"),
    ]
    settled = Judgements(log).settling()
    assert settled("ALDER, Inc.", "Alder AI")
    assert settled("Birch", "Alder")
    assert settled("Fir Inc.", "Fir AG")
    assert not settled("Fir Inc.", "Fir Oy")
    assert not settled("Birch", "Cedar")


BV, INC = "Elasticsearch BV", "Elasticsearch, Inc."


def test_spellings_that_legal_forms_keep_apart_are_judged_apart():
    apart, one, other = judged(BV, INC, "different"), judged("Elastic", BV), judged("Elastic", INC)
    with pytest.raises(ContradictionError, match="Elastic = Elasticsearch BV .*Elasticsearch BV is not"):
        Judgements([apart]).adding([one, other])
    with pytest.raises(ContradictionError, match="Elastic = Elasticsearch, Inc. .*Elasticsearch BV is not"):
        Judgements([apart]).adding([other, one])
    with pytest.raises(ContradictionError, match="Elastic = Elasticsearch BV .*; Elastic = Elasticsearch, Inc."):
        Judgements([one, other]).check(apart)
    log = Judgements([apart, one, judged("Cloud Services", INC)])
    log.check(judged("Cloud Services", "Elastic", "different"))
    assert Judgements([one, other]).chain(INC, "Elastic") == [other]
    assert Judgements([one, other]).alike(one) == []


def test_what_is_said_in_another_spelling_is_the_same():
    log = Judgements([judged("Alder", "Birch"), judged("BIRCH, Inc.", "alder"), judged("Alder", "Birch", "part-of")])
    assert log.alike(log.lines[0]) == [log.lines[1]]
    with pytest.raises(ContradictionError, match="Pine GmbH is not Pine"):
        Judgements([judged("Pine GmbH", "Pine", "different")]).check(judged("pine gmbh", "PINE"))
    relation = judged("Pine GmbH", "Pine", "part-of")
    with pytest.raises(ContradictionError, match="Pine GmbH is part-of Pine"):
        Judgements([relation]).check(judged("Pine", "PINE GmbH", "part-of"))
    Judgements([relation]).check(judged("Pine SA", "Pine", "part-of"))


def test_of_logs_that_were_put_together_contradictions_are_told_and_nothing_else_is_refused_for_them():
    held = [judged("Alder", "Birch"), judged("Birch", "Alder", "different"), judged("Fir", "Oak", "part-of")]
    log = Judgements([*held, judged("Oak", "Fir", "part-of")])
    told = log.contradictions()
    assert len(told) == 2
    assert told[0].startswith("Birch is not Alder (") and ", but Alder = Birch (" in told[0]  # noqa: PT018 - one line
    assert told[1].startswith("Fir is part-of Oak (") and ", but Oak is part-of Fir (" in told[1]  # noqa: PT018 - one line
    log.check(judged("Cedar", "Elm"))
    log.check(judged("Alder", "Elm"))
    with pytest.raises(ContradictionError, match="Birch is not Alder"):
        log.check(judged("Alder", "birch"))
    assert Judgements(held).contradictions() == log.contradictions()[:1]


def test_the_order_of_the_lines_does_not_matter_and_each_counts_once():
    first = judged("Alder", "Birch")
    second = judged("Alder", "Birch", "withdrawn", "2026-01-02", first.id)
    third = judged("Alder", "Birch", "withdrawn", "2026-01-03", second.id)
    for lines in ([second, first], [first, second, first], [second, first, second]):
        assert Judgements(lines).holding == []
    for lines in ([third, second, first], [first, third, second, first], [third, first, second]):
        assert Judgements(lines).holding == [first]


@pytest.mark.parametrize(("one", "other"), [("AWS", "Amazon Web Services, Inc."), ("GitLab, Inc.", "GitLab B.V.")])
def test_what_is_judged_of_a_name_holds_for_all_names_that_the_table_gives_its_organization(one, other):
    apart, joined = judged(one, "Birch", "different"), judged(other, "Birch")
    with pytest.raises(ContradictionError, match=f"{one} is not Birch .*; {other} = {one} \\(listed as names of"):
        Judgements([apart]).check(joined)
    with pytest.raises(ContradictionError, match=f"{other} = Birch .*; {one} = {other} \\(listed as names of"):
        Judgements([joined]).check(apart)
    assert Judgements([judged(one, "Birch", "unsure")]).settling()(other, "Birch")
    kept_apart = Judgements([judged(one, other, "different"), apart])
    kept_apart.check(joined)
    with pytest.raises(ContradictionError):
        kept_apart.check(judged("Birch", one))


def test_of_an_organization_of_the_table_whose_names_are_judged_apart_each_name_is_judged_alone():
    parts = Judgements([judged("GitLab B.V.", "GitLab Inc.", "part-of")])
    parts.check(judged("GitLab", "GitLab Inc."))
