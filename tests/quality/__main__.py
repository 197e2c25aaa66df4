"""`python -m tests.quality FILE`: precision, recall and F1 of the prose extractor on an annotated JSON Lines file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from random import Random

from kg.extract.prose import ProseExtractor
from kg.extract.reading import document
from kg.extract.records import as_json
from tests.quality.renaming import Names, companies, renamed
from tests.quality.scoring import LABELS, Score, score, worst


def found(text):
    """The records that the prose extractor makes of a text."""
    told = document("text.txt", text.encode("utf-8", "surrogatepass"))
    return [as_json(told.name, record) for record in ProseExtractor().extract(told)]


def measure(path, names=None):
    """The score over an annotated file; its parties are given other names where there are any."""
    total = Score()
    for number, line in enumerate(Path(path).read_text("utf-8").splitlines(), 1):
        if line.strip():
            gold = json.loads(line)
            if names:
                gold = renamed(gold, Random(number), names)
            total.add(score({"id": f"line {number}", **gold}, found(gold["text"])))
    return total


def table(total):
    """The score as lines of text."""
    lines = [f"{'label':<22}{'right':>6}{'wrong':>6}{'missed':>7}{'precision':>11}{'recall':>8}{'F1':>7}"]
    for label in LABELS:
        tally = total.tallies[label]
        lines.append(
            f"{label:<22}{tally.right:>6}{tally.wrong:>6}{tally.missed:>7}"
            f"{tally.precision:>11.2f}{tally.recall:>8.2f}{tally.f1:>7.2f}"
        )
    lines += [
        f"unaffected shown as exposed: {total.unaffected_exposed}",
        f"texts without incident that yield one: {total.invented}",
        f"facts whose quote is not in the text: {total.unquoted}",
    ]
    return lines


def main():
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("file", help="JSON Lines: id, text, incidents")
    parser.add_argument("--errors", action="store_true", help="print every error")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="print the N errors that weigh most")
    parser.add_argument(
        "--other-names",
        action="store_true",
        help="give parties names of well-known companies that no reader was trained with",
    )
    args = parser.parse_args()
    total = measure(args.file, Names(companies()[1]) if args.other_names else None)
    lines = table(total)
    if args.errors:
        lines += ["\t".join(error) for error in sorted(total.errors)]
    lines += ["\t".join(error) for error in worst(total.errors, args.worst)]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
