"""Splink proposes the pairs that our own blocks propose, and more where many names meet; it decides nothing."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest
from documents import table

from kg.cli import main
from kg.errors import MissingExtraError
from kg.resolve.candidates import candidates, likely
from kg.resolve.scoring import APART
from kg.resolve.table import table as organizations

if find_spec("splink") is None:
    pytest.skip("the extra splink is not installed", allow_module_level=True)
HEADS = [head + tail for head in ("Al", "Bir", "Ced", "Dog", "El", "Fir", "Gor", "Haw") for tail in ("der", "chon", "wood", "mere", "stad")]  # fmt: skip
ENDS = ("", " Inc.", " Group", " Cloud", " GmbH", " Health Systems")


def names():
    """The packaged table's own, names that differ in an ending or a letter, and abbreviations."""
    told = {fact.value for fact in organizations().facts if fact.fact != "domain"}
    for number, head in enumerate(HEADS):
        told |= {f"{head}{end}" for end in ENDS[: 2 + number % 4]}
        told |= {f"{head[:-1]}x Works", f"{head} Works", f"{head} Orchard Trust", f"{head[0]}OT"}
    return told


def proposed(*given):
    from kg.resolve.splinked import candidates as found

    return list(found(*given))


def test_nothing_is_missed_that_own_blocks_find():
    told = names()
    assert len(told) > 300
    own, found = set(candidates(told)), proposed(told)
    assert found == sorted(set(found))
    assert all(left < right for left, right in found)
    worth = {pair[:2] for pair in likely(told)}
    assert len(worth) > 200
    assert worth - set(found) == set()
    assert len(set(found) - own) < 2 * len(own), "and few are proposed that are not worth a look"


def test_names_meet_where_too_many_meet_for_our_own_blocks():
    told = [f"Alder F{a}{b}{end}" for a in "aeiou" for b in "bdgl" for end in ("wood", "chon", "mergel")]
    slip = ("Alder Fabwood", "Alder Fabwoot")
    assert slip not in set(candidates([*told, slip[1]]))
    found = proposed([*told, slip[1]])
    assert slip in found
    assert len(found) < len(told) ** 2 / 4


@pytest.mark.parametrize("told", [[], ["Alder"], ["Alder", "Alder"], ["Alder", "Birch"], ["", "?", "株式会社", "O'Neil \"x\"; DROP TABLE a --"]])  # fmt: skip
def test_few_names_and_odd_ones_are_no_trouble(told):
    assert set(proposed(told)) <= {tuple(sorted(pair)) for pair in candidates(told)}


def test_review_asks_about_what_splink_proposes_and_joins_nothing(build, tmp_path, monkeypatch):
    graph = build({"l.csv": table("Fir,Alderwood,,,,", "Fir,Alderwod,,,,", "Fir,Birch,,,,")})
    out = [tmp_path / "own.csv", tmp_path / "splink.csv"]
    for file, engine in zip(out, ("local", "splink"), strict=True):
        words = ["review", "--export", str(file), "--engine", engine, "--store", str(tmp_path / "built.kg")]
        assert main(words) == 0
    told = out[1].read_text("utf-8")
    assert told == out[0].read_text("utf-8")
    assert "Alderwod,Alderwood,," in told
    assert graph.refresh() is graph
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(MissingExtraError, match=r"breachkg\[splink\]"):
        main(["--debug", *words])


def test_what_is_proposed_is_scored_by_us():
    found = likely(["Alder", "Alder Inc.", "Alder Cloud", "Alder Pictures"], pairs=proposed)
    assert found == likely(["Alder", "Alder Inc.", "Alder Cloud", "Alder Pictures"])
    assert all(told.score >= APART and told.evidence for _, _, told in found)
