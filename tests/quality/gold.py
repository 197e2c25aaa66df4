"""Annotated texts as training cases: tags of words, and which party or phrase that was found is which that was annotated."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kg.extract.lexicon import GENERIC
from kg.extract.prose.judged import Judged
from kg.extract.prose.parties import same
from kg.extract.prose.spotting import features
from kg.extract.tokens import Tokens, tokens
from kg.names import key, split_legal_form


@dataclass
class Text:
    """An annotated text, the group of texts it belongs to, and what is made of it."""

    gold: dict
    group: str
    words: Tokens
    rows: list
    told: Judged | None = None

    def every(self, part):
        """The annotated facts of a kind, of all incidents."""
        return [fact for incident in self.gold["incidents"] for fact in incident[part]]

    def place(self, fact):
        """The words of an annotated fact, None for none."""
        first = next((i for i, end in enumerate(self.words.ends) if end > fact["start"]), None)
        last = next((i for i in range(len(self.words) - 1, -1, -1) if self.words.starts[i] < fact["end"]), -1)
        return (first, last + 1) if first is not None and first <= last else None

    def over(self, part, phrase):
        """The annotated facts of a kind that a phrase overlaps."""
        start, end = self.words.starts[phrase.first], self.words.ends[phrase.last - 1]
        return [fact for fact in self.every(part) if fact["start"] < end and start < fact["end"]]

    def parties_of(self, party):
        """The annotated parties that a party found stands for."""
        return [
            gold for gold in self.every("parties")
            if gold["unnamed_group"] == (party.kind == "GRP")
            and (key(gold["name"]) == key(party.name) or any(self._covers(gold, m) for m in party.mentions))
        ]  # fmt: skip

    def _covers(self, gold, mention):
        named = mention.kind in {"name", "group"}
        return (
            named
            and self.words.starts[mention.first] < gold["end"]
            and gold["start"] < self.words.ends[mention.last - 1]
        )


def load(paths):
    """The annotated texts of files, each file a group."""
    return [
        annotated(json.loads(line), path.stem)
        for path in map(Path, paths)
        for line in path.read_text("utf-8").splitlines()
    ]


def annotated(gold, group):
    """An annotated text made ready."""
    words = tokens(gold["text"])
    return Text(gold, group, words, features(words))


def name_tags(text):
    """A tag for each word: parties and kinds of data; the names of a party wherever they stand."""
    tags = ["O"] * len(text.words)
    for fact in text.every("data_types"):
        _put(tags, text.place(fact), "DAT")
    for party in sorted(text.every("parties"), key=lambda party: party["start"] - party["end"]):
        label = "GRP" if party["unnamed_group"] else "ATT" if party["role"] == "attacker" else "ORG"
        place = text.place(party)
        _put(tags, place, label)
        for form in _forms(text, party, place) if label != "GRP" and place else ():
            for at in range(len(tags) - len(form) + 1):
                if text.words.words[at : at + len(form)] == form:
                    _put(tags, (at, at + len(form)), label)
    return tags


def act_tags(text):
    """A tag for each word: responses."""
    tags = ["O"] * len(text.words)
    for fact in text.every("responses"):
        _put(tags, text.place(fact), "ACT")
    return tags


def _put(tags, place, label):
    if place is None or any(tags[at] != "O" for at in range(*place)):
        return
    first, last = place
    tags[first:last] = [f"B-{label}"] + [f"I-{label}"] * (last - first - 1)


def _forms(text, party, place):
    words = text.words.words
    full = words[slice(*place)]
    yield full
    if len(full) > 1:
        yield tokens(split_legal_form(party["name"])[0]).words
        head = full[0]
        if head[0].isupper() and len(head) > 2 and head.lower() not in GENERIC and head.lower() not in words:
            yield [head]
        for word in sorted(set(words)):
            if word.isupper() and 1 < len(word) < 9 and same(party["name"], word):
                yield [word]
