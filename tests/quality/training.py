"""`python -m tests.quality.training FOLDER`: trains the prose reader on annotated texts and writes its model.

`--further FILE...` in place of the folder trains what is packaged further, on texts that came later.

Each stage learns from what the stages before make of texts that they were not trained on: the texts are split into
groups (by default one for each file), and what is seen of a group is judged by models of the others.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

from kg.extract.prose import facts
from kg.extract.prose.decided import Thresholds
from kg.extract.prose.deciding import decide
from kg.extract.prose.digest import FILE
from kg.extract.prose.judged import Response
from kg.extract.prose.judging import YES, Model, count_case, data_case, data_phrases, part_cases, spotted, understood
from kg.extract.prose.network import NONE
from kg.extract.prose.parting import parted
from kg.extract.prose.reading import Phrase, count_phrases
from kg.extract.prose.tagging import Taggers
from kg.extract.prose.telling import Teller
from kg.extract.prose.trained import load as packaged
from kg.extract.records import as_json
from kg.model import Evidence
from tests.quality.__main__ import table
from tests.quality.fitting import apart, crossed, fit_tagger, joined
from tests.quality.gold import act_tags, annotated, load, name_tags
from tests.quality.learning import averaged, learn
from tests.quality.packing import packed
from tests.quality.renaming import names_to_train_with, renamed
from tests.quality.scoring import Score, score

TEXTS = Path(__file__).with_name("texts")
TAGS = (name_tags, act_tags)


def taggers(texts, groups, others):
    """The taggers of the texts of all groups but one, for each group; and under None those of all texts.

    What is tagged is learned from texts with other names too (`others`), and from every second one as it was written.
    """
    jobs = [(group, tags) for group in (*sorted(set(groups)), None) for tags in TAGS]

    def fitted(job):
        left_out, tags = job
        inside = [at for at, group in enumerate(groups) if group != left_out]
        chosen = [texts[at] for at in inside]
        if tags is name_tags:
            chosen = [others[at] for at in inside] + chosen[::2]
        return fit_tagger([(text.rows, tags(text), text.words.sentences) for text in chosen])

    found = dict(zip(jobs, apart(fitted, jobs), strict=True))
    both = {group: [found[group, tags] for tags in TAGS] for group, _ in jobs}
    return {
        group: Taggers(joined([emit for emit, _ in parts]), *(tagger for _, tagger in parts))
        for group, parts in both.items()
    }


class Training:
    """Trains the stages in turn; leaves in each text what models of the other groups make of it."""

    def __init__(self, texts, folder):
        self.texts, self.folder = texts, folder
        self.groups = {id(text): fold for text, fold in zip(texts, folds(texts), strict=True)}
        self.tables = {}
        names = names_to_train_with([text.gold for text in texts])
        self.others = [
            [
                annotated(renamed(text.gold, Random(f"{text.group} {at} {turn}"), names), text.group)
                for turn in range(TURNS)
            ]
            for at, text in enumerate(texts)
        ]

    def run(self):
        """The model."""
        trained = taggers(self.texts, [*self.groups.values()], [one for one, *_ in self.others])
        for text, others in zip(self.texts, self.others, strict=True):
            its = trained[self.groups[id(text)]]
            for one in (text, *others):
                one.told = spotted(one.words, its.emit.sums(one.rows), its)
        both = zip(self.texts, self.others, strict=True)
        seen = [[*others, text] for text, others in both if not self.kept_back(text)]
        network = averaged([learn(seen, self.folder, dates=weight) for weight in DATES])
        for text in filter(self.kept_back, self.texts):
            understood(text.told, network)
        self._phrases(
            "count", "counts", count_phrases, count_case, (NONE, YES), lambda _: YES, strength=0.1, weight=None
        )
        self._data()
        self._responses()
        return Model(trained[None], self.tables, network)

    def kept_back(self, text):
        """Whether the network has not seen a text, so that the later stages, and people, can learn from it how good it is."""
        return text.group in KEPT_BACK

    def cross(self, task, items, names, extra=(), group=None, **how):
        """Odds of (text, case, label) by models of other groups; the model of all is kept under the task's name."""
        groups = [group(text) if group else self.groups[id(text)] for text, _, _ in items]
        extra = [(case, label, self.groups[id(text)]) for text, case, label in extra]
        odds, self.tables[task] = crossed(
            [case for _, case, _ in items], [label for _, _, label in items], groups, names, extra, **how
        )
        return odds

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
        for text in filter(self.kept_back, self.texts):
            for response in text.told.responses:
                gold = text.over("responses", response)
                for party, case in part_cases(text.told, response, part):
                    names = {known["name"] for known in text.parties_of(party)}
                    items.append(
                        (text, case, YES if any(fact[part] in names for fact in gold) else NONE, response, party)
                    )
        odds = self.cross(part, [item[:3] for item in items], (NONE, YES), group=lambda text: text.group)
        for (_, _, _, response, party), row in zip(items, odds, strict=True):
            getattr(response, ends).append((party.number, row[YES]))


FOLDS = 4
KEPT_BACK = frozenset({"sixth", "seventh"})
"""The files that the network does not see."""
TURNS = 3
"""How often each text is given other names."""
DATES = (0.4, 0.8)
"""How much dates count for each of the networks that are averaged."""


def folds(texts):
    """A fold for each text, that of its file, so that no writer judges himself."""
    files = sorted({text.group for text in texts})
    return [files.index(text.group) % FOLDS for text in texts]


FURTHER = {"epochs": 3, "rates": (6e-5, 1.2e-3), "dates": 0.8}
"""How what was packaged before is trained further."""
BESIDE = 0.3
"""The share of the earlier texts that it sees again, so that it forgets nothing."""


def further(earlier, later, model):
    """A model whose network has learned from later texts; all else stays."""
    names = names_to_train_with([text.gold for text in earlier])
    turned = lambda text, at: annotated(renamed(text.gold, Random(f"{text.group} {at} 0"), names), text.group)  # noqa: E731
    others = [turned(text, at) for at, text in enumerate(later)]
    seen = [text for text in earlier if text.group not in KEPT_BACK]
    Random(1).shuffle(seen)
    seen = seen[: int(len(seen) * BESIDE)]
    for text in (*seen, *later, *others):
        text.told = spotted(text.words, model.taggers.emit.sums(text.rows), model.taggers)
    twice = [turns for text, other in zip(later, others, strict=True) for turns in ([text], [text, other])]
    return Model(model.taggers, model.tables, learn([*([text] for text in seen), *twice], model.network, **FURTHER))


def main():
    """Train, say what the model makes of the texts that were kept back, and write it."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.training", description=__doc__)
    parser.add_argument(
        "pretrained", nargs="?", type=Path, help="folder with model.safetensors and tokenizer.json of a MiniLM"
    )
    parser.add_argument(
        "--further", nargs="+", type=Path, metavar="FILE", help="train the packaged network further on these instead"
    )
    parser.add_argument(
        "files", nargs="*", type=Path, default=sorted(TEXTS.glob("*.jsonl")), help="JSON Lines: id, text, incidents"
    )
    parser.add_argument("-o", "--output", type=Path, default=FILE, help="where the model is written")
    args = parser.parse_args()
    if args.further:
        later = {file.resolve() for file in args.further}
        earlier = load([file for file in args.files if file.resolve() not in later])
        args.output.write_bytes(packed(further(earlier, load(args.further), packaged())))
        return
    if args.pretrained is None:
        parser.error("a folder, or --further with files")
    training = Training(load(args.files), args.pretrained)
    model = training.run()
    total = Score()
    for text in filter(training.kept_back, training.texts):
        total.add(score(text.gold, records(text.told)))
    sys.stdout.write("\n".join(["texts that were kept back:", *table(total)]) + "\n")
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
