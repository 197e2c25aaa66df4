"""The language model and the network of the prose reader, held against the same formulas written out number by number."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.prose import encoder
from kg.extract.prose.encoder import HEADS, LONGEST, MOST, START, Encoder, Layer, pieces
from kg.extract.prose.network import PLACES, ROLES, apart, highest_of_others, marked, pooled
from kg.extract.prose.reading import staged
from kg.extract.prose.trained import load
from kg.extract.tokens import tokens

KNOWN = {START: 0, "[UNK]": 1, "a": 2, "##b": 3, "ab": 4, "##c": 5, "1": 6, "##1": 7, ".": 8, "e": 9, "x": 10}
WIDTH = 2 * HEADS


def some(random, *shape):
    return random.normal(0, 0.5, shape).astype(np.float32)


@pytest.fixture
def small():
    """An encoder with three layers and few pieces, its weights random."""
    random = np.random.default_rng(7)
    layers = [
        Layer(
            some(random, WIDTH, 3 * WIDTH), some(random, 3 * WIDTH), some(random, WIDTH, WIDTH), some(random, WIDTH),
            some(random, WIDTH), some(random, WIDTH), some(random, WIDTH, 40), some(random, 40),
            some(random, 40, WIDTH), some(random, WIDTH), some(random, WIDTH), some(random, WIDTH),
        )
        for _ in range(3)
    ]  # fmt: skip
    rows = random.integers(-127, 128, (len(KNOWN), WIDTH)).astype(np.int8)
    steps = np.full((len(KNOWN), 1), 0.01, np.float32)
    places = some(random, LONGEST, WIDTH)
    return Encoder(
        KNOWN, rows, steps, places, some(random, WIDTH), some(random, WIDTH), some(random, 3, WIDTH), tuple(layers)
    )


def even(vector, scale, shift):
    mean = sum(vector) / len(vector)
    deviation = math.sqrt(sum((x - mean) ** 2 for x in vector) / len(vector))
    return [(x - mean) / deviation * a + b for x, a, b in zip(vector, scale, shift, strict=True)]


def times(vector, matrix, bias):
    return [sum(x * row[at] for x, row in zip(vector, matrix, strict=True)) + bias[at] for at in range(len(bias))]


def written_out(model, numbers, marks):
    """The vectors of pieces by the formulas of the papers, one number at a time."""
    x = [
        even(
            [float(r) * 0.01 + p for r, p in zip(model.rows[n], model.places[at], strict=True)],
            model.scale,
            model.shift,
        )
        for at, n in enumerate(numbers)
    ]
    for number, layer in enumerate(model.layers):
        if number == encoder.MARKED:
            x = [[a + b for a, b in zip(row, model.marks[m], strict=True)] for row, m in zip(x, marks, strict=True)]
        mixed = [times(row, layer.mix, layer.mix_bias) for row in x]
        taken = [[] for _ in x]
        size = WIDTH // HEADS
        for head in range(HEADS):
            query, key, value = (
                [row[part * WIDTH + head * size : part * WIDTH + (head + 1) * size] for row in mixed]
                for part in range(3)
            )
            for at, asked in enumerate(query):
                fits = [
                    math.exp(sum(a * b for a, b in zip(asked, told, strict=True)) / math.sqrt(size)) for told in key
                ]
                taken[at] += [sum(f * v[i] for f, v in zip(fits, value, strict=True)) / sum(fits) for i in range(size)]
        out = [times(row, layer.out, layer.out_bias) for row in taken]
        x = [
            even([a + b for a, b in zip(*both, strict=True)], layer.scale, layer.shift)
            for both in zip(x, out, strict=True)
        ]
        wide = [[h / (1 + math.exp(-1.702 * h)) for h in times(row, layer.wide, layer.wide_bias)] for row in x]
        out = [times(row, layer.narrow, layer.narrow_bias) for row in wide]
        x = [
            even([a + b for a, b in zip(*both, strict=True)], layer.last_scale, layer.last_shift)
            for both in zip(x, out, strict=True)
        ]
    return np.array(x)


def test_words_have_the_vectors_that_the_formulas_give(small):
    words = tokens("abc 1. A ab")
    marks = np.array([0, 0, 0, 2, 1])
    assert words.lowers == ["abc", "1", ".", "a", "ab"]
    told = written_out(small, [0, 4, 5, 6, 8, 2, 4], [0, 0, 0, 0, 0, 2, 1])
    states, whole = small.states(words, marks)
    assert np.allclose(whole, told[0], atol=1e-4)
    assert np.allclose(states, [told[1:3].mean(axis=0), *told[3:]], atol=1e-4)


@pytest.mark.parametrize(
    ("word", "cut"),
    [("ab", [4]), ("abc", [4, 5]), ("abb", [4, 3]), ("a.1", [2, 8, 6]), ("11", [6, 7]), ("q", [1]), ("é", [9]), ("\u0301", [1])],
)  # fmt: skip
def test_a_word_is_cut_into_the_longest_pieces_that_are_known(word, cut):
    assert list(pieces(word, KNOWN)) == cut


@given(st.text(min_size=1, max_size=50))
def test_any_word_has_pieces(word):
    cut = list(pieces(word.lower(), KNOWN))
    assert cut
    assert set(cut) <= set(KNOWN.values())


def test_a_long_text_is_read_in_parts_that_end_with_a_sentence(small):
    words = tokens("A ab x. " * 400)
    parts = small.parts(words)
    ends = {last for _, last in words.sentences}
    assert all(len(part.pieces) <= LONGEST for part in parts)
    assert [part.first in ends for part in parts] == [False] + [True] * (len(parts) - 1)
    assert sum(len(part.pieces) - 1 for part in parts) == len(words)


def test_of_a_text_without_end_the_first_parts_are_read(small):
    words = tokens("ab " * LONGEST * (MOST + 1))
    states, _ = small.states(words, np.zeros(len(words), np.int64))
    assert MOST * LONGEST / 2 < len(states) < len(words)
    assert len(small.parts(words)) == MOST
    assert states.any(axis=1).all()


def test_nothing_is_read_of_no_words(small):
    states, whole = small.states(tokens(""), np.zeros(0, np.int64))
    assert states.shape == (0, WIDTH)
    assert not whole.any()


@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), max_size=6))
def test_each_sees_the_highest_of_the_others(rows):
    x = np.array(rows, np.float32).reshape(-1, 3)
    found = highest_of_others(x)
    for at in range(len(x)):
        others = np.delete(x, at, axis=0)
        assert found[at].tolist() == (others.max(axis=0).tolist() if len(others) else [0, 0, 0])


def scene_of(text, *names):
    words = tokens(text)
    places = [(words.words.index(name), words.words.index(name) + 1, label, 0.9) for name, label in names]
    return staged(words, places)


def test_parties_are_seen_where_they_are_named_and_where_they_are_spoken_of():
    scene = scene_of("Alder was hacked. It serves Birch.", ("Alder", "ORG"), ("Birch", "ORG"))
    names, others = pooled(scene.parties, len(scene.words))
    assert [row.sum() for row in names[:2]] == [1, 1]
    assert scene.words.words[int(others[0].argmax())] == "It"
    assert marked(scene)[0] == 1
    gaps = apart(scene.parties, scene.words.sentence_of)
    assert gaps.max() < PLACES
    assert (gaps[0, 1], gaps[1, 0]) == (0, PLACES // 2)


def test_what_stands_behind_what_is_read_is_not_judged(monkeypatch):
    monkeypatch.setattr(encoder, "MOST", 2)
    text = "Alder was hacked. " + "Nothing else happened that day. " * 150 + "Birch uses Alder."
    scene = scene_of(text, ("Alder", "ORG"), ("Birch", "ORG"))
    last = len(scene.words)
    reading = load().network.read(scene, [(0, 1), (last - 2, last)])
    birch = next(party.number for party in scene.parties if party.name == "Birch")
    assert reading.roles[birch].tolist() == [1.0] + [0.0] * (len(ROLES) - 1)
    assert not reading.pairs[birch].any()
    assert reading.dates[0, 0] < 1 == reading.dates[1, 0]


def test_a_text_without_parties_or_dates_is_read():
    reading = load().network.read(scene_of("Nothing happened."), [])
    assert reading.roles.shape == (0, len(ROLES))
    assert 0 <= reading.told < 0.5
