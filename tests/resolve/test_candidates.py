from __future__ import annotations

from itertools import pairwise

from kg.resolve.candidates import candidates, likely


def test_names_that_could_be_one_meet_and_others_do_not():
    names = [
        "Alder Labs",
        "Alder",
        "Open Orchard",
        "OpenOrchard",
        "Birch Cedar Dogwood",
        "BCD",
        "Kiteworks",
        "Accellion",
    ]
    found = set(candidates(names))
    assert found == {
        ("Alder", "Alder Labs"),
        ("Open Orchard", "OpenOrchard"),
        ("BCD", "Birch Cedar Dogwood"),
        ("Accellion", "Kiteworks"),
    }


def test_a_slip_of_the_pen_meets_the_right_spelling():
    for pair in (
        ("Cloudfare", "Cloudflare"),
        ("Mircosoft", "Microsoft"),
        ("Cl0p", "Clop"),
        ("Birhc Works", "Birch Works"),
    ):
        assert list(candidates(pair)) == [tuple(sorted(pair))], pair


def test_what_spacing_or_a_word_that_may_be_a_legal_form_keeps_apart_meets():
    for pair in (("Med Assets", "MedAssets"), ("First Bank", "FirstBank"), ("AB Bott", "Abbott"), ("AO Smith", "Smith"),
                 ("Boulder CO", "Boulder"), ("ÖBB Holding AG", "OEBB Holding AG")):  # fmt: skip
        assert [told[:2] for told in likely(pair)] == [tuple(sorted(pair))], pair


def test_the_likeliest_come_first():
    found = likely(["Alder", "Alder Inc.", "Alder Group", "Alder Pictures", "Alder Cloud"])
    assert [told[:2] for told in found][:2] == [("Alder", "Alder Inc."), ("Alder", "Alder Group")]
    assert all(one[2].score >= other[2].score for one, other in pairwise(found))
    assert [told for told in found if told[2].decision == "different"] == []


def test_a_word_that_everybody_has_makes_no_pairs():
    assert len(list(candidates(f"Alder {number}" for number in range(500)))) < 5_000
