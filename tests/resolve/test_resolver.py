from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ContradictionError
from kg.rdf import Mention
from kg.resolve.judgements import Judgement, Judgements, append, read_judgements
from kg.resolve.resolver import JudgedResolver
from kg.store.mentioned import mentioned

ORGANIZATION = "<https://w3id.org/breachkg/id/organization/"


def mention(iri, name, *identifiers, kind="party", region=""):
    return Mention(f"<urn:{iri}>", kind, name, identifiers, region)


def judged(left, right, judgement="same", when="2026-01-01", supersedes=""):
    return Judgement(left, right, judgement, 0.5, (), "somebody", when, supersedes)


def groups(names, *judgements):
    """The names in groups, as the resolver makes them."""
    found = JudgedResolver(Judgements(judgements)).resolve([mention(n, name) for n, name in enumerate(names)])
    told = {}
    for number, name in enumerate(names):
        told.setdefault(found[f"<urn:{number}>"], []).append(name)
    return sorted(told.values())


def test_it_is_a_resolver():
    resolver = JudgedResolver()
    assert resolver.resolve([]) == {}


def test_spellings_of_one_name_are_one():
    names = ["Open Orchard", "OpenOrchard, Inc.", "OPEN ORCHARD LLC410 Terry Avenue North, Seattle"]
    assert groups(names) == [names]


def test_verified_names_of_the_table_are_one_and_products_stay_apart():
    names = ["AWS", "Amazon Web Services, Inc.", "Amazon AWS", "Amazon", "Azure", "Microsoft Azure", "Microsoft"]
    assert groups(names) == [names[:3], ["Amazon"], ["Azure", "Microsoft Azure"], ["Microsoft"]]


def test_what_only_sounds_or_means_the_same_is_not_joined():
    assert len(groups(["中信", "中新", "ZhongXin"])) == 3
    assert len(groups(["Deutsche Erle", "German Erle"])) == 2


def test_a_possessive_before_a_trade_joins_nothing():
    names = ["St. Joseph Medical Center", "St. Joseph's Medical Center", "ST. JOSEPH\u2019S MEDICAL CENTER, Inc."]
    assert groups(names) == [names[:1], names[1:]]
    assert groups(["Alder's", "Alder's Inc.", "Alder"]) == [["Alder's", "Alder's Inc.", "Alder"]]


def test_former_names_and_unverified_names_join_nothing():
    assert groups(["Kiteworks", "Accellion"]) == [["Accellion"], ["Kiteworks"]]
    assert groups(["Tata Consultancy Services", "TCS"]) == [["TCS"], ["Tata Consultancy Services"]]


def test_an_abbreviation_and_a_word_stay_apart_and_keep_different_nodes():
    found = JudgedResolver().resolve([mention(1, "Ada"), mention(2, "ADA"), mention(3, "Ada Inc."), mention(4, "ada")])
    assert found["<urn:1>"] == found["<urn:3>"] == found["<urn:4>"] == f"{ORGANIZATION}name/ada>"
    assert found["<urn:2>"].startswith(f"{ORGANIZATION}name/ada-x")
    assert JudgedResolver().resolve([mention(2, "ADA")]) == {"<urn:2>": f"{ORGANIZATION}name/ada>"}


def test_judgements_join_and_separate():
    assert groups(["Alder", "Birch"], judged("Alder", "Birch")) == [["Alder", "Birch"]]
    apart = judged("Alder AG", "Alder & Co.", "different")
    assert groups(["Alder AG", "Alder & Co.", "Alder"], apart) == [["Alder & Co."], ["Alder AG", "Alder"]]


def test_a_judgement_about_one_spelling_is_about_all():
    assert groups(["Alder, Inc.", "Birch Ltd"], judged("Alder", "BIRCH")) == [["Alder, Inc.", "Birch Ltd"]]


def test_different_leis_are_never_joined_not_even_by_a_judgement():
    found = JudgedResolver(Judgements([judged("Alder", "Birch")])).resolve(
        [mention(1, "Alder", "lei:1"), mention(2, "Birch", "lei:2")]
    )
    assert len(set(found.values())) == 2


def test_a_domain_of_the_table_names_its_organization():
    found = JudgedResolver().resolve([mention(1, "Ancestry DNA site", "domain:ancestry.com"), mention(2, "Ancestry")])
    assert len(set(found.values())) == 1


def test_unsure_is_no_judgement_and_changes_nothing():
    assert groups(["Alder", "Birch"], judged("Alder", "Birch", "unsure")) == [["Alder"], ["Birch"]]
    assert Judgements([judged("a", "b", "unsure")]).fingerprint == Judgements().fingerprint


def test_a_withdrawal_can_be_withdrawn():
    first = judged("Alder", "Birch")
    second = judged("Alder", "Birch", "withdrawn", "2026-01-02", first.id)
    third = judged("Alder", "Birch", "withdrawn", "2026-01-03", second.id)
    assert Judgements([first]).holding == [first]
    assert Judgements([first, second]).holding == []
    assert Judgements([first, second, third]).holding == [first]


def test_a_positive_against_a_negative_is_refused_with_the_chain(tmp_path):
    path = tmp_path / "judgements.jsonl"
    append(path, judged("Alder", "Birch"))
    append(path, judged("Birch", "Cedar", when="2026-01-02"))
    append(path, judged("Cedar", "Dogwood", "different", "2026-01-03"))
    with pytest.raises(ContradictionError) as told:
        append(path, judged("Dogwood Inc.", "Alder", when="2026-01-04"))
    for words in ("Alder = Birch", "Birch = Cedar", "Cedar is not Dogwood"):
        assert words in str(told.value)
    with pytest.raises(ContradictionError, match="Alder = Birch .*Birch = Cedar"):
        append(path, judged("Alder", "Cedar", "different"))
    assert len(read_judgements(path).lines) == 3


def test_one_pair_cannot_be_judged_both_ways():
    log = Judgements([judged("Alder AG", "Alder Inc.", "different")])
    with pytest.raises(ContradictionError):
        log.check(judged("Alder AG", "Alder Inc."))
    with pytest.raises(ContradictionError):
        log.check(judged("Alder", "Alder"))


mentions = st.lists(
    st.tuples(
        st.sampled_from(
            ["Acme", "ACME Inc.", "Acme, MO", "Birch", "FIR", "Fir", "AWS", "Amazon Web Services", "Zürich (Birch)"]
        ),
        st.sets(st.sampled_from(["rankiteo:a", "domain:a.example", "lei:x", "lei:y"]), max_size=2),
        st.sampled_from(["party", "party", "threat-actor", "group"]),
        st.sampled_from(["", "MO", "IA", "Iowa"]),
    ),
    max_size=8,
).map(
    lambda given: [
        mention(i, name, *sorted(ids), kind=kind, region=region if kind == "party" else "")
        for i, (name, ids, kind, region) in enumerate(given)
    ]
)
judgements = st.lists(
    st.builds(
        judged,
        st.sampled_from(["Acme", "Birch", "FIR"]),
        st.sampled_from(["Fir", "AWS", "Acme, MO", "Acme, IA", "Zürich (Birch)", "lei:x"]),
        st.sampled_from(["same", "different", "unsure", "part-of"]),
    ),
    max_size=4,
)


@given(mentions, judgements, st.randoms(use_true_random=False))
def test_neither_order_matters(found, log, random):
    expected = JudgedResolver(Judgements(log)).resolve(found)
    assert expected.keys() == {m.iri for m in found if m.kind != "group"}
    random.shuffle(found)
    random.shuffle(log)
    assert JudgedResolver(Judgements(log)).resolve(found) == expected


def test_a_chain_of_judgements_leads_over_a_name_that_nobody_mentions():
    resolver = JudgedResolver(Judgements([judged("Acme", "Fir"), judged("Birch", "Fir")]))
    found = {mention(i, name).alike for i, name in enumerate(["Acme", "Birch"])}
    assert mentioned(found, resolver).related([mention(2, "Birch").alike], resolver) == found


@given(mentions, judgements, st.data())
def test_a_resolution_depends_only_on_what_keys_connect(found, log, data):
    resolver = JudgedResolver(Judgements(log))
    kept = {m.alike for m in found if m.kind != "group"}
    if not kept:
        return
    start = data.draw(st.sampled_from(sorted(kept)))
    part = mentioned(kept, resolver).related([start], resolver)
    assert start in part
    whole = resolver.resolve(found)
    some = resolver.resolve([m for m in found if m.alike in part])
    assert some == {m.iri: whole[m.iri] for m in found if m.alike in part}
    twins = resolver.resolve([*found, *(replace(m, iri=f"{m.iri}twin") for m in found)])
    assert {m.iri: twins[f"{m.iri}twin"] for m in found if m.kind != "group"} == whole


@given(mentions, judgements)
def test_what_is_separate_is_never_one_node(found, log):
    kept = []
    for judgement in log:
        try:
            Judgements(kept).check(judgement)
        except ContradictionError:
            continue
        kept.append(judgement)
    names = JudgedResolver(Judgements(kept)).resolve(found)
    for one in found:
        for other in found:
            if one.kind == other.kind != "group":
                leis = [{i for i in m.identifiers if i.startswith("lei:")} for m in (one, other)]
                if leis[0] and leis[1] and not leis[0] & leis[1] and all(len(told) == 1 for told in leis):
                    both = [m for m in found if {"lei:x", "lei:y"} <= set(m.identifiers) and m.kind == one.kind]
                    assert both or names[one.iri] != names[other.iri]


def test_a_name_without_a_legal_form_is_of_the_law_that_most_mentions_have():
    assert groups(["Alder GmbH", "Alder Inc."]) == [["Alder GmbH"], ["Alder Inc."]]
    assert groups(["Alder GmbH", "Alder", "Alder Inc.", "Alder LLC"]) == [
        ["Alder", "Alder Inc.", "Alder LLC"],
        ["Alder GmbH"],
    ]
    assert groups(["Alder GmbH", "Alder Inc."], judged("Alder GmbH", "Alder Inc.")) == [["Alder GmbH", "Alder Inc."]]


def test_a_bare_name_is_of_the_law_that_it_is_listed_with():
    """Merck is listed as "Merck & Co.", so that it does not join Merck KGaA with that."""
    assert groups(["Merck KGaA", "Merck & Co., Inc.", "Merck"]) == [["Merck & Co., Inc.", "Merck"], ["Merck KGaA"]]
    assert groups(["Merck KGaA", "Merck"]) == [["Merck"], ["Merck KGaA"]]


def test_what_may_be_a_word_of_a_name_joins_nothing():
    names = [
        "AO Smith",
        "Smith",
        "Boulder CO",
        "Boulder",
        "Canyon Ranch Spa",
        "Canyon Ranch",
        "First Bank",
        "FirstBank",
    ]
    assert len(groups(names)) == len(names)
    assert groups(["AO Smith", "A.O. Smith Corporation"]) == [["AO Smith", "A.O. Smith Corporation"]]


def test_a_code_names_no_node_beside_a_name():
    told = Judgements([judged("01234567890", "Oak")])
    found = JudgedResolver(told).resolve([mention(1, "01234567890"), mention(2, "Oak")])
    assert set(found.values()) == {f"{ORGANIZATION}name/oak>"}


def test_a_judgement_keeps_apart_what_an_identifier_joins():
    told = [
        mention(1, "Fir GmbH", "lei:x"),
        mention(2, "Oak AG", "lei:x"),
        mention(3, "Oak"),
        mention(4, "Elm", "lei:x"),
    ]
    found = JudgedResolver(Judgements([judged("oak", "Fir", "different")])).resolve(told)
    assert found["<urn:2>"] == found["<urn:3>"] != found["<urn:1>"] == found["<urn:4>"]
    found = JudgedResolver(Judgements([judged("Oak", "lei:x", "different")])).resolve(told)
    assert found["<urn:2>"] == found["<urn:3>"] != found["<urn:1>"] == found["<urn:4>"]


@pytest.mark.parametrize("judgement", ["different", "part-of", "product-of"])
@pytest.mark.parametrize(
    ("bearer", "judged_name"),
    [("Norvik Bank ASA", "Norvik Bank"), ("Norvik Bank", "NORVIK-BANK"), ("Alder Inc.", "ALDER"), ("Oak GmbH", "Oak")],
)
def test_a_name_is_judged_to_be_no_identifier_that_another_spelling_of_it_bears(judgement, bearer, judged_name):
    told = [mention(1, bearer, "lei:x"), mention(2, judged_name), mention(3, bearer)]
    found = JudgedResolver(Judgements([judged(judged_name, "lei:x", judgement)])).resolve(told)
    assert found["<urn:1>"] == found["<urn:3>"] == f"{ORGANIZATION}lei/x>"
    assert found["<urn:2>"] != found["<urn:1>"]
    told.append(mention(4, "Elm"))
    log = [judged("Elm", "lei:x"), judged(judged_name, "lei:x", judgement, "2026-01-02")]
    found = JudgedResolver(Judgements(log)).resolve(told)
    assert found["<urn:1>"] == found["<urn:3>"] == found["<urn:4>"] != found["<urn:2>"]


def test_an_identifier_stays_with_the_only_name_that_bears_it():
    told = [mention(1, "Fir", "lei:x"), mention(2, "Fir"), mention(3, "Oak")]
    log = [judged("Fir", "lei:x", "different"), judged("Oak", "lei:x")]
    found = JudgedResolver(Judgements(log)).resolve(told)
    assert found["<urn:1>"] == found["<urn:3>"] == f"{ORGANIZATION}lei/x>" != found["<urn:2>"]
    told.append(mention(4, "Elm", "lei:x"))
    found = JudgedResolver(Judgements(log)).resolve(told)
    assert found["<urn:1>"] == found["<urn:2>"] != found["<urn:3>"] == found["<urn:4>"]


def test_a_name_that_two_organizations_bear_stays_two_when_it_is_judged_to_be_no_third():
    told = [mention(1, "Fir", "rankiteo:a"), mention(2, "Fir", "rankiteo:b"), mention(3, "Oak", "rankiteo:a")]
    found = JudgedResolver(Judgements([judged("Fir", "Oak", "different")])).resolve(told)
    assert len(set(found.values())) == 3


@pytest.mark.parametrize("judgement", ["different", "part-of", "product-of"])
def test_a_judgement_keeps_apart_in_any_case_and_punctuation(judgement):
    for pair in (("red hat gmbh", "red hat"), ("Red Hat GmbH", "Red Hat"), ("RED-HAT G.m.b.H.", "Red Hat®")):
        found = groups(["Red Hat GmbH", "Red Hat", "red hat"], judged(*pair, judgement))
        assert found == [["Red Hat", "red hat"], ["Red Hat GmbH"]]


def test_two_spellings_that_differ_in_case_only_can_be_judged_apart():
    assert groups(["Ada Labs", "ada labs"], judged("Ada Labs", "ada labs", "different")) == [["Ada Labs"], ["ada labs"]]


def test_of_judgements_that_contradict_each_other_those_hold_that_keep_apart():
    log = [judged("Fir", "Oak"), judged("fir", "Oak, Inc.", "different"), judged("Fir", "Elm")]
    assert groups(["Fir", "Oak", "Elm"], *log) == [["Fir", "Elm"], ["Oak"]]


def test_a_judgement_of_a_name_with_a_legal_form_is_about_the_name_that_is_mentioned_without():
    assert groups(["Fir", "Oak"], judged("Fir GmbH", "Oak, Inc.")) == [["Fir", "Oak"]]
    assert groups(["Fir", "Fir AG", "Oak"], judged("Fir, Inc.", "Oak")) == [["Fir", "Fir AG"], ["Oak"]]


SPELLINGS = ["Acme", "Acme Inc.", "ACME, Inc.", "Acme GmbH", "Birch", "Birch AG", "birch", "Pine Ltd", "Pine"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(SPELLINGS),
            st.sets(st.sampled_from(["rankiteo:a", "domain:a.example", "lei:x", "lei:y"]), max_size=2),
        ),
        max_size=7,
    ),
    st.lists(
        st.tuples(
            st.sampled_from(SPELLINGS),
            st.sampled_from([*SPELLINGS, "lei:x"]),
            st.sampled_from(["same", "different", "part-of"]),
        ),
        max_size=6,
    ),
)
def test_every_judgement_that_is_taken_has_effect(told, given):
    log = Judgements()
    for number, judgement in enumerate(given):
        with suppress(ContradictionError):
            log = log.adding([judged(*judgement, str(number))])
    assert log.contradictions() == []
    found = [mention(number, name, *sorted(identifiers)) for number, (name, identifiers) in enumerate(told)]
    nodes = JudgedResolver(log).resolve(found)
    for held in log.holding:
        ends = [{nodes[one.iri] for one in found if one.name == name} for name in (held.left, held.right)]
        if held.judgement != "same":
            assert not ends[0] & ends[1]
        elif not any(one.identifiers for one in found):
            assert len(ends[0] | ends[1]) <= 1
