"""Annotated texts composed at random, from a seed, of the sentences in `sentences.txt`, with names nobody has."""

from __future__ import annotations

import random
import re
from pathlib import Path

FILE = Path(__file__).with_name("sentences.txt")
ROLES = {
    "A": "affected_downstream", "B": "breached", "E": "affected_downstream", "F": "affected_downstream",
    "G": "regulator", "I": "investigator", "M": "affected_downstream", "O": "other", "R": "reporter",
    "S": "supplier_only", "U": "customer_unaffected", "X": "attacker",
}  # fmt: skip
PAIRS = {
    "v": [(c, "B") for c in ("A", "E", "F", "GA", "U", "O")],
    "s": [("B", "S"), ("E", "S")],
    "f": [("A", "M"), ("M", "B")],
}
STORIES = {"v": 52, "s": 14, "f": 8, "p": 14, "n": 12}
WHATS = {"occ": "occurred", "dsc": "discovered", "dis": "disclosed", "rep": "reported"}
MONTHS = "January February March April May June July August September October November December".split()
_CHOICE = re.compile(r"\(([^()<>]*\|[^()<>]*)\)")
_PIECE = re.compile(r"(\{[^}]*\}|<[^:>]*:|>)")


def composed(count, seed=7):
    """So many annotated texts."""
    words, sentences = read(FILE)
    maker = random.Random(seed)
    return [_Composer(maker, words, sentences).text(f"c{number:03}") for number in range(count)]


def read(path):
    """(list of words of each kind, sentences of each kind) of a file."""
    words, sentences = {}, {}
    for line in path.read_text("utf-8").splitlines():
        kind, _, rest = line.partition(" ")
        if kind.endswith("="):
            words[kind[:-1]] = [word.strip() for word in rest.split("|")]
        elif kind and kind != "#":
            sentences.setdefault(kind, []).append(rest)
    return words, sentences


class _Composer:
    """One text in the making."""

    def __init__(self, maker, words, sentences):
        self.maker, self.words, self.sentences = maker, words, sentences
        self.text_, self.names, self.short, self.named = "", {}, {}, set()
        self.told = {key: [] for key in ("parties", "uses_vendor", "data_types", "record_counts", "dates", "responses")}
        self.acts, self.party_of = [], {}
        self.year = maker.randint(2012, 2025)
        self.service, self.vendor = maker.choice(words["service"]), maker.choice(words["vendor"])

    def text(self, ident):
        """The text with its annotation."""
        story = self.maker.choices(list(STORIES), list(STORIES.values()))[0]
        self.story = story
        for number, sentence in enumerate(self._chosen(story)):
            self._put(("\n" if self.maker.random() < 0.12 else " ") if number else "")
            begin = len(self.text_)
            self._sentence(sentence)
            self.text_ = self.text_[:begin] + self.text_[begin : begin + 1].upper() + self.text_[begin + 1 :]
        return {"id": ident, "text": self.text_, "incidents": [] if story == "n" else [self._incident(story)]}

    def _chosen(self, story):
        def some(kind, least, most):
            known = self.sentences.get(kind, [])
            return self.maker.sample(known, min(len(known), self.maker.randint(least, most)))

        if story == "n":
            return some("n", 3, 5)
        rest = [*some(f"{story}2", 1, 3), *some("3", 2, 6)]
        if self.maker.random() < 0.5:
            self.maker.shuffle(rest)
        return [*some(f"{story}1", 1, 1), *rest]

    def _sentence(self, sentence):
        while match := _CHOICE.search(sentence):
            chosen = self.maker.choice(match[1].split("|"))
            sentence = sentence[: match.start()] + chosen + sentence[match.end() :]
        opened = []
        for piece in filter(None, _PIECE.split(sentence)):
            if piece[0] == "<":
                opened.append((piece[1:-1].split(), len(self.text_)))
            elif piece == ">":
                head, start = opened.pop()
                self.acts.append((head, start, len(self.text_)))
            elif piece[0] == "{":
                self._slot(piece[1:-1])
            else:
                self._put(piece)

    def _put(self, words):
        self.text_ += words

    def _slot(self, slot):
        plain = {"service": self.service, "Service": self.service.capitalize(), "vendor": self.vendor}
        if slot in plain:
            self._put(plain[slot])
        elif slot == "b":
            described = ["the company", "the firm", *([f"the {self.vendor}"] if self.story in "vf" else [])]
            if "B" in self.named and self.maker.random() < 0.45:
                self._put(self.maker.choice(described))
            else:
                self._mention("B")
        elif slot == "GA":
            self._group()
        elif slot in {"data", "count", "span"}:
            getattr(self, f"_{slot}")()
        elif slot.split()[-1] in {*WHATS, "day"}:
            self._date(slot)
        else:
            if slot in {"P", "L", "N", "K"} and not (self.story == "n" and slot in {"N", "K"}):
                self.names.pop(slot, None)
                self.named.discard(slot)
            self._mention(slot)

    def _mention(self, slot):
        if slot not in self.names:
            self.names[slot], self.short[slot] = self._name(slot)
        start, name = len(self.text_), self.names[slot]
        again = slot in self.named and self.short[slot] and self.maker.random() < 0.7
        self._put(self.short[slot] if again else name)
        if slot not in self.named and slot in ROLES:
            self._party(slot, name, start, ROLES["B" if (slot, self.story) == ("E", "s") else slot])
        self.named.add(slot)

    def _party(self, slot, name, start, role, count=None):
        self.party_of[slot] = name
        self.told["parties"].append({
            "name": name, "start": start, "end": start + len(name), "role": role, "is_vendor": False,
            "unnamed_group": slot == "GA", "count": count,
        })  # fmt: skip

    def _stem(self):
        word = (self.maker.choice(self.words["head"]) + self.maker.choice(self.words["tail"])).capitalize()
        if self.maker.random() < 0.15:
            word += self.maker.choice(self.words["camel"])
        return word.upper()[: self.maker.randint(3, 5)] if self.maker.random() < 0.04 else word

    def _name(self, slot):
        """(name, short form or None) of a new party, person or place."""
        pick, roll, word = self.maker.choice, self.maker.random(), self._stem()
        match slot:
            case "P":
                last = pick(self.words["last"])
                return f"{pick(self.words['given'])} {last}", last
            case "L":
                return pick(self.words["place"]), None
            case "G":
                return pick(self.words["regulator"]), None
            case "I":
                known = pick(self.words["agency"]) if roll < 0.5 else f"{word} {pick(self.words['forensic'])}"
                return (known, None) if roll < 0.85 else (word, None)
            case "R":
                if roll < 0.2:
                    return f"{pick(self.words['given'])} {pick(self.words['last'])}", None
                return (word if roll < 0.35 else f"{word} {pick(self.words['media'])}"), None
            case "X":
                band = f"{word} {pick(self.words['band'])}" if roll < 0.85 else f"{word.upper()[:4]}{len(word) * 7}"
                return (word if roll < 0.5 else band), None
        return self._company(slot, roll, word)

    def _company(self, slot, roll, word):
        tail = self.maker.choice(self.words["technical" if slot in "BSM" else "customer"])
        if roll < 0.3:
            return word, None
        if roll < 0.8:
            return f"{word} {tail}", word
        if roll < 0.88:
            return f"{word} & {self._stem()}", None
        if slot not in "BSM" and roll < 0.94:
            return f"{self.maker.choice(self.words['of'])} of {word}", None
        return f"{word} {self._stem()} {tail}", None

    def _group(self):
        number = self.maker.choice(
            [
                "several",
                "dozens of",
                "hundreds of",
                "two",
                "five",
                str(self.maker.randint(3, 900)),
                f"{self.maker.randint(1, 90)},{self.maker.randint(0, 999):03}",
            ]
        )
        name = f"{number} {self.maker.choice(self.words['group'])}"
        if "GA" not in self.party_of:
            plain = number.replace(",", "")
            count = int(plain) if plain.isdigit() else {"two": 2, "five": 5}.get(number)
            self._party("GA", name, len(self.text_), "affected_downstream", count)
        self._put(name)

    def _data(self):
        chosen = self.maker.sample(self.words["data"], self.maker.randint(1, 4))
        for at, entry in enumerate(chosen):
            self._put("" if not at else " and " if at == len(chosen) - 1 else ", ")
            words, concept = entry.split("/")
            known = {fact["text"] for fact in self.told["data_types"]}
            if words not in known:
                start = len(self.text_)
                self.told["data_types"].append(
                    {"text": words, "start": start, "end": start + len(words), "concept": concept}
                )
            self._put(words)

    def _count(self):
        qualifier = self.maker.choice(["", "", "about ", "nearly ", "more than ", "up to ", "some ", "at least "])
        thousand, million = self.maker.randint(1, 900), self.maker.randint(2, 60)
        number, value = self.maker.choice([
            (f"{thousand},{million:03}", thousand * 1000 + million),
            (f"{million} million", million * 10**6),
            (f"{million}.5 million", million * 10**6 + 500_000),
            (str(200 + thousand), 200 + thousand),
        ])  # fmt: skip
        low, high = (
            (0, value)
            if qualifier == "up to "
            else (value, None)
            if qualifier in {"more than ", "at least "}
            else (value, value)
        )
        self._put(qualifier)
        start = len(self.text_)
        self._put(number)
        self.told["record_counts"].append(
            {"low": low, "high": high, "unit": "people", "start": start, "end": len(self.text_)}
        )
        self._put(f" {self.maker.choice(self.words['people'])}")

    def _span(self):
        month, first, last = self.maker.randint(0, 11), self.maker.randint(1, 14), self.maker.randint(15, 28)
        start, joint = len(self.text_), self.maker.choice(["and", "to"])
        if joint == "and":
            self._put("between ")
            start = len(self.text_)
        self._put(f"{MONTHS[month]} {first} {joint} {MONTHS[month]} {last}, {self.year}")
        edtf = "/".join(f"{self.year}-{month + 1:02}-{day:02}" for day in (first, last))
        self.told["dates"].append({"edtf": edtf, "what": "occurred", "start": start, "end": len(self.text_)})

    def _date(self, slot):
        month, day, roll = self.maker.randint(0, 11), self.maker.randint(1, 28), self.maker.random()
        edtf = f"{self.year}-{month + 1:02}-{day:02}"
        if roll < 0.35:
            words = f"{MONTHS[month]} {day}, {self.year}"
        elif roll < 0.6:
            words = f"{day} {MONTHS[month]} {self.year}"
        else:
            words, edtf = (f"{MONTHS[month]} {self.year}", edtf[:7]) if roll < 0.85 else (str(self.year), edtf[:4])
        if " " in slot:
            self._put("on " if roll < 0.6 else "in ")
        what = WHATS.get(slot.split()[-1])
        if what:
            start = len(self.text_)
            self.told["dates"].append({"edtf": edtf, "what": what, "start": start, "end": start + len(words)})
        self._put(words)

    def _incident(self, story):
        names = self.party_of
        state = {"end-supplier": "ended", "suspend-supplier": "suspended"}
        cut = {head[1]: state[head[0]] for head, _, _ in self.acts if head[0] in state}
        self.told["uses_vendor"] = [
            {"customer": names[c], "supplier": names[s], "status": cut.get(c, "active"), "quote_start": 0, "quote_end": len(self.text_)}
            for c, s in PAIRS.get(story, []) if c in names and s in names
        ]  # fmt: skip
        self.told["responses"] = [
            {"action": head[0], "actor": names[head[1]], "target": names.get(head[2]) if len(head) > 2 else None, "start": start, "end": end}
            for head, start, end in self.acts if head[1] in names
        ]  # fmt: skip
        claimed = story == "p" and re.search(r"\b(?:claims|says) it\b", self.text_)
        return {**self.told, "certainty": "claimed" if claimed else "confirmed"}
