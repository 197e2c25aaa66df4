"""Precision, recall and F1 of what the prose extractor finds, against texts annotated by hand.

A gold text is a JSON object with `text` and `incidents`; a found incident is a record of `kg extract`. Facts of a text
are pooled over its incidents, so that a party of the second incident is not a miss where it was found in the first.
Of the labels with two lines, the plain one asks for all that is named, and "span" for the place only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg.names import key

ROLES = (
    "breached", "affected_downstream", "supplier_only", "customer_unaffected", "attacker", "reporter", "investigator",
    "regulator", "other",
)  # fmt: skip
LABELS = (
    "uses_vendor", *ROLES, "unnamed_group", "data_types", "data_types span", "counts", "counts span", "dates",
    "dates span", "responses", "responses actor", "status", "certainty", "incidents",
)  # fmt: skip
EXPOSED = {"breached", "affected_downstream"}


@dataclass
class Tally:
    """How many facts of one label were found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self):
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self):
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self):
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 0.0


@dataclass
class Score:
    """Tallies by label, what must never happen, and each error in words."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {label: Tally() for label in LABELS})
    unaffected_exposed: int = 0
    invented: int = 0
    unquoted: int = 0
    errors: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, other):
        """Take over the tallies and errors of another score."""
        for label, tally in other.tallies.items():
            mine = self.tallies[label]
            mine.right, mine.wrong, mine.missed = (
                mine.right + tally.right, mine.wrong + tally.wrong, mine.missed + tally.missed,
            )  # fmt: skip
        self.unaffected_exposed += other.unaffected_exposed
        self.invented += other.invented
        self.unquoted += other.unquoted
        self.errors += other.errors
        return self


def score(gold, found):
    """The score of the incidents found in one annotated text."""
    told, text = Score(), gold["text"]
    incidents = [_spanned(incident) for incident in gold["incidents"]]
    for label, same, wanted, got in _questions(incidents, found):
        _compare(told, gold["id"], label, same, wanted, got)
    _incidents(told, gold["id"], incidents, found)
    exposed = [p for p in _parties(found) if p["role"] in EXPOSED]
    spared = [p for p in _parties(incidents) if p["role"] == "customer_unaffected"]
    hit = [p for p in _parties(incidents) if p["role"] in EXPOSED]
    told.unaffected_exposed = sum(
        any(_same_party(p, q) for q in exposed) and not any(_same_party(p, q) for q in hit) for p in spared
    )
    told.invented = int(bool(found) and not incidents)
    told.unquoted = sum(_unquoted(text, incident) for incident in found)
    return told


def _spanned(incident):
    """A gold incident with the spans of records, and each relation with its parties in it."""
    told = {"certainty": incident["certainty"]}
    for part in ("parties", "data_types", "record_counts", "dates", "responses"):
        told[part] = [{**fact, "span": [fact["start"], fact["end"]]} for fact in incident[part]]
    told["uses_vendor"] = [{**r, "span": [r["quote_start"], r["quote_end"]]} for r in incident["uses_vendor"]]
    return told


def _questions(incidents, found):
    """(label, whether two facts are one, wanted facts, found facts) of every label that is pooled over a text."""
    for role in ROLES:
        yield (
            role,
            _same_party,
            *(_once([p for p in _parties(side) if p["role"] == role]) for side in (incidents, found)),
        )
    yield (
        "unnamed_group",
        _same_party,
        *(_once([p for p in _parties(side) if p["unnamed_group"]]) for side in (incidents, found)),
    )
    pairs = [_pairs(incidents), _pairs(found)]
    yield "uses_vendor", _same_pair, *pairs
    yield "status", lambda a, b: _same_pair(a, b) and a["status"] == b["status"], *pairs
    for label, part, alike in (
        ("data_types", "data_types", lambda a, b: a["concept"] == b["concept"]),
        ("data_types span", "data_types", _any),
        ("counts", "record_counts", lambda a, b: _amount(a) == _amount(b)),
        ("counts span", "record_counts", _any),
        ("dates", "dates", lambda a, b: (a["edtf"], a["what"]) == (b["edtf"], b["what"])),
        ("dates span", "dates", _any),
        ("responses", "responses", lambda a, b: a["action"] == b["action"]),
        ("responses actor", "responses", lambda a, b: a["action"] == b["action"] and key(a["actor"] or "") == key(b["actor"] or "")),
    ):  # fmt: skip
        yield label, lambda a, b, alike=alike: _overlap(a, b) and alike(a, b), _all(incidents, part), _all(found, part)


def _any(*_):
    return True


_MEGABYTES = {"megabytes": 1, "gigabytes": 10**3, "terabytes": 10**6, "petabytes": 10**9}


def _amount(count):
    """The bounds of a count; of a volume in one measure, since 1.3 terabytes are 1,300 gigabytes."""
    factor = _MEGABYTES.get(count["unit"], 1)
    return [None if bound is None else round(bound * factor, 3) for bound in (count["low"], count["high"])]


def _all(side, part):
    return [fact for incident in side for fact in incident[part]]


def _parties(side):
    return _all(side, "parties")


def _once(parties):
    seen = {}
    for party in parties:
        seen.setdefault(key(party["name"]), party)
    return list(seen.values())


def _pairs(side):
    told = {}
    for incident in side:
        by_name = {party["name"]: party for party in incident["parties"]}
        for row in incident["uses_vendor"]:
            ends = [by_name[row[end]] for end in ("customer", "supplier")]
            told.setdefault((key(row["customer"]), key(row["supplier"])), {**row, "ends": ends})
    return list(told.values())


def _same_pair(one, other):
    return all(_same_party(a, b) for a, b in zip(one["ends"], other["ends"], strict=True))


def _same_party(one, other):
    return key(one["name"]) == key(other["name"]) or _overlap(one, other)


def _overlap(one, other):
    (a, b), (c, d) = one["span"] or (0, 0), other["span"] or (0, 0)
    return a < d and c < b


def _compare(told, document, label, same, wanted, got):
    """Match each wanted fact with one found fact at most, and count."""
    left = list(got)
    tally = told.tallies[label]
    for fact in wanted:
        match = next((other for other in left if same(fact, other)), None)
        if match is None:
            tally.missed += 1
            told.errors.append((label, "missed", document, _words(fact)))
        else:
            tally.right += 1
            left.remove(match)
    tally.wrong += len(left)
    told.errors += [(label, "wrong", document, _words(fact)) for fact in left]


def _words(fact):
    wanted = (
        "name",
        "customer",
        "supplier",
        "status",
        "text",
        "concept",
        "low",
        "high",
        "unit",
        "edtf",
        "what",
        "actor",
        "action",
    )
    return ", ".join(str(fact[name]) for name in wanted if name in fact)


def _incidents(told, document, incidents, found):
    """Pair incidents by the parties they share; an incident that has a partner is right, and its certainty compared."""
    left = list(found)
    for incident in incidents:
        shared = [
            sum(
                any(_same_party(p, q) and p["role"] == q["role"] for q in other["parties"]) for p in incident["parties"]
            )
            for other in left
        ]
        best = max(range(len(left)), key=shared.__getitem__, default=None)
        match = left.pop(best) if best is not None and shared[best] else None
        same = match is not None and match["certainty"] == incident["certainty"]
        for label, right in (("incidents", match is not None), ("certainty", same)):
            told.tallies[label].right += right
            told.tallies[label].missed += not right
            told.tallies[label].wrong += label == "certainty" and match is not None and not same
        if not same:
            got = match["certainty"] if match else "no incident"
            told.errors.append(("certainty", "wrong", document, f"{incident['certainty']}, found {got}"))
    told.tallies["incidents"].wrong += len(left)


def _unquoted(text, incident):
    """How many facts of a found incident have no span, or a quote that is not there."""
    facts = [
        fact
        for part in ("parties", "data_types", "record_counts", "dates", "responses", "uses_vendor")
        for fact in incident[part]
    ]
    missing = sum(not fact["span"] or not text[slice(*fact["span"])] for fact in facts)
    return missing + sum(text[slice(*row["span"])] != row["quote"] for row in incident["uses_vendor"] if row["span"])


def worst(errors, size):
    """The errors that weigh most: one of each text and label before a second, the labels of the goals first."""
    order = {label: number for number, label in enumerate(LABELS)}
    seen: Counter = Counter()
    ranked = []
    for label, kind, document, words in errors:
        if " " in label or label in {"other", "unnamed_group", "status"}:
            continue
        seen[label] += 1
        ranked.append((seen[label], order[label], label, kind, document, words))
    return [row[2:] for row in sorted(ranked)[:size]]
