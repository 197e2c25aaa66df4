from __future__ import annotations

import pytest

from kg.errors import KGError
from kg.resolve.judgements import Judgement, Judgements, append, read_judgements


def judged(left, right, judgement="same"):
    return Judgement(left, right, judgement, 0.5, (), "somebody", "2026-01-01")


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
