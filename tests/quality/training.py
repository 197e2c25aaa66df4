"""`python -m tests.quality.training FILE...`: trains the prose reader on annotated texts and writes its model.

Each stage learns from what the stages before make of texts that they were not trained on: the texts are split into
groups (by default one for each file), and what is seen of a group is judged by models of the others.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from kg.extract.prose import facts
from kg.extract.prose.deciding import Thresholds, decide
from kg.extract.prose.digest import FILE
from kg.extract.prose.judging import (
    ENDS,
    NONE,
    YES,
    Model,
    Response,
    count_case,
    data_case,
    data_phrases,
    date_case,
    paired,
    part_cases,
    party_cases,
    spotted,
    story_case,
)  # fmt: skip
from kg.extract.prose.pairs import status
from kg.extract.prose.parting import parted
from kg.extract.prose.reading import Phrase, count_phrases, date_phrases
from kg.extract.prose.tagging import Taggers
from kg.extract.prose.telling import Teller
from kg.extract.prose.trained import packed
from kg.extract.prose.weights import Weights
from kg.extract.records import as_json
from kg.model import Evidence
from tests.quality.__main__ import table
from tests.quality.composing import composed
from tests.quality.fitting import crossed, fit_tagger, joined
from tests.quality.gold import act_tags, annotated, load, name_tags
from tests.quality.scoring import Score, score

TEXTS = Path(__file__).with_name("texts")
ROLES = (
    NONE, "breached", "affected_downstream", "supplier_only", "customer_unaffected", "attacker", "reporter",
    "investigator", "regulator", "other",
)  # fmt: skip
WHATS = (NONE, "occurred", "discovered", "disclosed", "reported")
STATES = ("active", "suspended", "ended", "unknown")
CERTAINTIES = ("confirmed", "suspected", "claimed", "denied")


def taggers(texts):
    """The taggers of texts."""
    fitted = [
        fit_tagger([(text.rows, tags(text), text.words.sentences) for text in texts]) for tags in (name_tags, act_tags)
    ]
    return Taggers(joined([emit for emit, _ in fitted]), *(tagger for _, tagger in fitted))


class Training:
    """Trains the stages in turn; leaves in each text what models of the other groups make of it."""

    def __init__(self, texts, groups=None):
        self.texts = texts
        self.groups = {id(text): group for text, group in zip(texts, groups or [t.group for t in texts], strict=True)}
        self.tables = {}

    def run(self):
        """The model."""
        for group in sorted(set(self.groups.values())):
            trained = taggers([text for text in self.texts if self.groups[id(text)] != group])
            for text in self.texts:
                if self.groups[id(text)] == group:
                    text.told = spotted(text.words, trained.emit.sums(text.rows), trained)
        self._parties()
        self._pairs()
        self._phrases("date", "dates", date_phrases, date_case, WHATS, lambda fact: fact["what"], strength=0.3)
        self._phrases(
            "count", "counts", count_phrases, count_case, (NONE, YES), lambda _: YES, strength=0.1, weight=None
        )
        self._data()
        self._responses()
        self._whole()
        return Model(taggers(self.texts), self.tables)

    def cross(self, task, items, names, extra=(), **how):
        """Odds of (text, case, label) by models of other groups; the model of all is kept under the task's name."""
        groups = [self.groups[id(text)] for text, _, _ in items]
        extra = [(case, label, self.groups[id(text)]) for text, case, label in extra]
        odds, self.tables[task] = crossed(
            [case for _, case, _ in items], [label for _, _, label in items], groups, names, extra, **how
        )
        return odds

    def _parties(self):
        cases = [(text, party, case) for text in self.texts for party, case in party_cases(text.told, second=False)]
        for text in self.texts:
            text.told.ends = {party.number: {} for party in text.told.scene.parties}
        first = self._roles("party", cases)
        parts = [self.tables.pop("party")]
        for text, told in first.items():
            self.texts[text].told.first_roles = told
        for end in ENDS:
            labels = []
            for text, party, _ in cases:
                named = {gold["name"] for gold in text.parties_of(party)}
                labels.append(YES if any(row[end] in named for row in text.every("uses_vendor")) else NONE)
            odds = self.cross(end, [(t, c, y) for (t, _, c), y in zip(cases, labels, strict=True)], (YES,))
            parts.append(self.tables.pop(end))
            for (text, party, _), row in zip(cases, odds, strict=True):
                text.told.ends[party.number][end] = row[YES]
        self.tables["party"] = Weights((*ROLES, *ENDS), parts[0].index, np.hstack([part.matrix for part in parts]))
        cases = [(text, party, case) for text in self.texts for party, case in party_cases(text.told, second=True)]
        for text, told in self._roles("role", cases).items():
            self.texts[text].told.roles = told

    def _roles(self, task, cases):
        """Number of a text -> party -> role -> probability."""
        labels = [next((gold["role"] for gold in text.parties_of(party)), NONE) for text, party, _ in cases]
        odds = self.cross(task, [(t, c, y) for (t, _, c), y in zip(cases, labels, strict=True)], ROLES)
        number = {id(text): at for at, text in enumerate(self.texts)}
        found = {at: {} for at in range(len(self.texts))}
        for (text, party, _), row in zip(cases, odds, strict=True):
            found[number[id(text)]][party.number] = row
        return found

    def _pairs(self):
        items, known = [], []
        for text in self.texts:
            names = {p.number: {gold["name"] for gold in text.parties_of(p)} for p in text.told.scene.parties}
            pairs = paired(text.told)
            for pair, places, case in zip(pairs.ends, pairs.places, pairs.cases(), strict=True):
                row = next(
                    (
                        r
                        for r in text.every("uses_vendor")
                        if r["customer"] in names[pair[0]] and r["supplier"] in names[pair[1]]
                    ),
                    None,
                )
                items.append((text, case, YES if row else NONE))
                known.append((pair, places, row))
        odds = self.cross("pair", items, (NONE, YES))
        for text in self.texts:
            text.told.pairs, text.told.places = {}, {}
        for (text, _, _), (pair, places, _), row in zip(items, known, odds, strict=True):
            text.told.pairs[pair], text.told.places[pair] = row[YES], places
        hits = [
            (text, pair, status(text.told.scene, *pair, case), row["status"])
            for (text, case, _), (pair, _, row) in zip(items, known, strict=True)
            if row
        ]
        odds = self.cross("status", [(text, case, state) for text, _, case, state in hits], STATES)
        for text in self.texts:
            text.told.status = {}
        for (text, pair, _, _), row in zip(hits, odds, strict=True):
            text.told.status[pair] = max(row, key=row.get)

    def _phrases(self, task, part, find, case, names, label, **how):
        kept = "record_counts" if part == "counts" else part
        items = []
        for text in self.texts:
            found = find(text.told.scene)
            setattr(text.told, part, found)
            for phrase in found:
                gold = text.over(kept, phrase)
                items.append((text, case(text.told, phrase), label(gold[0]) if gold else NONE, phrase))
        odds = self.cross(task, [item[:3] for item in items], names, **how)
        for item, row in zip(items, odds, strict=True):
            item[3].odds = row

    def _data(self):
        items, more = [], []
        for text in self.texts:
            text.told.data = data_phrases(text.told)
            for phrase in text.told.data:
                gold = text.over("data_types", phrase)
                items.append((text, data_case(text.told, phrase), gold[0]["concept"] if gold else NONE, phrase))
            told = [(text.place(fact), fact["concept"]) for fact in text.every("data_types")]
            more += [(text, data_case(text.told, Phrase(*place, 1.0)), concept) for place, concept in told if place]
        names = (NONE, *sorted({label for _, _, label in more}))
        odds = self.cross("data", [item[:3] for item in items], names, more, least=1)
        for item, row in zip(items, odds, strict=True):
            item[3].odds = row

    def _responses(self):
        items, more = [], []
        for text in self.texts:
            text.told.responses = [Response(first, last, weight) for first, last, _, weight in text.told.acts]
            for response in text.told.responses:
                gold = text.over("responses", response)
                case = facts.acted(text.told.scene, response.first, response.last)
                items.append((text, case, gold[0]["action"] if gold else NONE, response))
            told = [(text.place(fact), fact["action"]) for fact in text.every("responses")]
            more += [(text, facts.acted(text.told.scene, *place), action) for place, action in told if place]
        odds = self.cross(
            "act",
            [item[:3] for item in items],
            (NONE, *sorted({label for _, _, label in more})),
            more,
            strength=0.1,
            weight=None,
        )
        for item, row in zip(items, odds, strict=True):
            item[3].odds = row
        self._parts("actor", "actors")
        self._parts("target", "targets")

    def _parts(self, part, ends):
        items = []
        for text in self.texts:
            for response in text.told.responses:
                gold = text.over("responses", response)
                for party, case in part_cases(text.told, response, part):
                    names = {known["name"] for known in text.parties_of(party)}
                    items.append(
                        (text, case, YES if any(fact[part] in names for fact in gold) else NONE, response, party)
                    )
        odds = self.cross(part, [item[:3] for item in items], (NONE, YES))
        for (_, _, _, response, party), row in zip(items, odds, strict=True):
            getattr(response, ends).append((party.number, row[YES]))

    def _whole(self):
        cases = [(text, story_case(text.told)) for text in self.texts]
        odds = self.cross(
            "told", [(t, c, YES if t.gold["incidents"] else NONE) for t, c in cases], (NONE, YES), strength=0.01
        )
        for text, row in zip(self.texts, odds, strict=True):
            text.told.told = row[YES]
        real = [(text, case, text.gold["incidents"][0]["certainty"]) for text, case in cases if text.gold["incidents"]]
        for (text, _, _), row in zip(real, self.cross("sure", real, CERTAINTIES), strict=True):
            text.told.certainty = max(row, key=row.get)


COMPOSED = 300
"""Composed texts that train with the written ones."""
FOLDS = 4


def folds(texts):
    """A group for each text: written ones by their file, so that no writer judges himself; composed ones in turn."""
    files = {
        name: f"{number % FOLDS}" for number, name in enumerate(sorted({text.group for text in texts if text.group}))
    }
    return [files.get(text.group) or f"{number % FOLDS}" for number, text in enumerate(texts)]


def main():
    """Train, say what models of the other texts make of the written ones, and write the model."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.training", description=__doc__)
    parser.add_argument(
        "files", nargs="*", type=Path, default=sorted(TEXTS.glob("*.jsonl")), help="JSON Lines: id, text, incidents"
    )
    parser.add_argument("-o", "--output", type=Path, default=FILE, help="where the model is written")
    args = parser.parse_args()
    texts = [*load(args.files), *(annotated(gold, "") for gold in composed(COMPOSED))]
    model = Training(texts, folds(texts)).run()
    total = Score()
    for text in texts:
        if text.group:
            total.add(score(text.gold, records(text.told)))
    sys.stdout.write("\n".join(["texts judged by models of the other files:", *table(total)]) + "\n")
    args.output.write_bytes(packed(model))


def records(told):
    """The records that are told of a text that was judged."""
    found = decide(told, Thresholds())
    text = told.words.text
    proof = lambda start, end: Evidence(text[start:end], (start, end), "text")  # noqa: E731
    incidents = parted(told, found) if found else []
    return [as_json("text", Teller(told, one, 0, proof).incident(number)) for number, one in enumerate(incidents, 1)]


if __name__ == "__main__":
    main()
