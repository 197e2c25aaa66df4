from __future__ import annotations

import io

import pytest

from kg.errors import UnreadableError
from kg.resolve.candidates import Waiting
from kg.resolve.judgements import Judgement, Judgements
from kg.resolve.reviewing import ask, read
from kg.resolve.scoring import score

TRIANGLE = [("Alder", "Alder AI"), ("Alder", "Alder Group"), ("Alder AI", "Alder Group"), ("Birch", "Cedar")]


def judged(left, right, judgement="same"):
    return Judgement(left, right, judgement, 0.5, (), "me", "2026-01-01")


def taking(held, *told):
    return held.adding([judged(*told)])


def asked(keys, pairs=TRIANGLE, log=()):
    """The answers, the places of the pairs that were asked for, and what was shown; "^" is Ctrl-C."""
    pressed, out = iter(keys), io.StringIO()

    def read_key():
        if (one := next(pressed, "")) == "^":
            raise KeyboardInterrupt
        return one

    waiting = [Waiting(*pair, 1, 1, score(*pair)) for pair in pairs]
    answers = ask(waiting, read_key, out, log=Judgements(log), taking=taking)
    shown = out.getvalue()
    places = [int(line.split("/")[0]) for line in shown.splitlines() if line[:1].isdigit() and "/" in line.split()[0]]
    return [said for *_, said in answers], places, shown


def test_pairs_that_the_answers_settle_are_not_asked():
    assert asked("yyn")[:2] == (["same", "same", "different"], [1, 2, 4])
    assert asked("ynn")[:2] == (["same", "different", "different"], [1, 2, 4])
    assert asked("nun")[:2] == (["different", "unsure", "different"], [1, 2, 3, 4])


def test_going_back_asks_again_what_an_answer_settled():
    assert asked("yybnbbn yq")[:2] == (["different", "same"], [1, 2, 4, 2, 4, 2, 1, 2, 3, 4])
    assert asked("bb q")[1] == [1, 1, 1, 2]


def test_an_answer_that_is_refused_is_told_why_and_asked_again():
    pairs = [("Alder", "Alder AI"), ("Alder", "Alder Group")]
    said, places, shown = asked("yyn", pairs, [judged("Alder AI", "Alder Group", "different")])
    assert (said, places) == (["same"], [1])
    said, places, shown = asked("yn", pairs[:1], [judged("Alder", "Fir"), judged("Fir", "Alder AI", "different")])
    assert (said, places) == (["different"], [1, 1])
    assert "     Alder and Alder AI cannot be judged same: Alder = Fir" in shown


def test_how_many_wait_is_told_whatever_the_limit():
    waiting = [Waiting(*pair, 1, 1, score(*pair)) for pair in TRIANGLE]

    def head(count, limit=None):
        out = io.StringIO()
        ask(waiting[:count], lambda: "", out, limit=limit)
        return out.getvalue().partition(";")[0], out.getvalue().count("|")

    assert head(4, 1) == ("1 of 4 pairs that wait", 1)
    assert head(4, 4) == head(4, 9) == head(4) == ("4 pairs wait", 1)
    assert head(1) == ("1 pair waits", 1)


def test_ctrl_c_ends_a_review_and_keeps_its_answers():
    assert asked("y^")[0] == ["same"]


def test_spellings_of_one_name_are_asked():
    assert asked("ny", [("Alder GmbH", "Alder Inc."), ("Birch", "Cedar")])[0] == ["different", "same"]


def test_a_blank_in_a_file_is_told_with_its_row(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text("left,right,judgement\n,Alder,\nAlder,Birch,same\nAlder,\u200b ,same\n", "utf-8")
    with pytest.raises(UnreadableError, match="q.csv, row 3: a name is blank"):
        list(read(path))
