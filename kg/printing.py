"""What `kg` prints: reports, tables, quotes and the progress bar."""

from __future__ import annotations

import sys
from itertools import groupby
from operator import itemgetter

from kg.tables import printable, render

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TextIO

    from kg.evidence import Quote
    from kg.exposure.answers import ExposureAnswer
    from kg.exposure.disputes import Dispute
    from kg.exposure.measured import Measured
    from kg.graph import KnowledgeGraph
    from kg.query import Answer, Table
    from kg.store.build import Report
    from kg.validate import Validation


def print_report(report: Report, *, quiet: bool = False) -> None:
    """Print what a build did; what was skipped or set aside goes to standard error, unless that is to be quiet."""
    if report.changed or report.removed:
        told = f"{report.changed} read, {report.unchanged} unchanged, {report.removed} removed"
    elif report.resolved:
        told = "no document changed, organizations resolved anew"
    else:
        told = "nothing changed, nothing to do"
    print(
        f"{report.documents} documents ({told}): {report.incidents} incidents, {report.claims} claims, {report.quads} quads in {report.seconds:.1f} s"
    )
    if quiet:
        return
    for row in report.skipped_documents:
        print(f"skipped {row['document']}: {row['reason']}", file=sys.stderr)
    for row in report.guessed_encodings:
        print(f"read {row['document']} as {row['encoding']}: it is not UTF-8", file=sys.stderr)
    print_doubts(report.judgements)
    _print_quarantine(report)


def print_doubts(told: Iterable[str]) -> None:
    """Print what is to be said of judgements, on standard error."""
    for line in told:
        print(f"kg: {printable(line)}", file=sys.stderr)


def _print_quarantine(report: Report) -> None:
    """Print what was set aside: on a terminal not all of a document that has much, and how much it is in all."""
    most = _MOST_SHOWN if sys.stderr.isatty() else len(report.quarantine)
    for document, group in groupby(report.quarantine, key=itemgetter("document")):
        rows = list(group)
        for row in rows[:most]:
            print_set_aside(row["document"], row["record"], row["reason"])
        if len(rows) > most:
            print(f"quarantined {document}: {len(rows) - most:,} more (--report FILE lists all)", file=sys.stderr)
    if len(report.quarantine) + len(report.skipped_documents) > _MOST_SHOWN:
        kinds = {name: kind["quarantined"] for name, kind in report.by_kind.items() if kind["quarantined"]}
        parts = sorted(kinds.items(), key=lambda one: -one[1])
        # Neither is one of the records that a document was read into, or would have been.
        if more := report.quarantined - sum(kinds.values()):
            parts.append(("whole documents and relationships", more))
        of = ", ".join(f"{name} {count:,}" for name, count in parts)
        told = (
            f"set aside {report.quarantined:,} records{f' ({of})' if of else ''}, skipped {report.skipped:,} documents"
        )
        print(told, file=sys.stderr)


_MOST_SHOWN = 10


def print_set_aside(document: str, place: str, reason: str) -> None:
    """Print one record that was set aside to standard error."""
    print(printable(f"quarantined {document}{', ' + place if place else ''}: {reason}"), file=sys.stderr)


def progress(what: str = "documents") -> Callable[[int, int], None] | None:
    """Return what draws a bar on a terminal; None in a pipe, where there is none."""
    if not sys.stderr.isatty():
        return None

    drawn = -1

    def show(done: int, total: int) -> None:
        nonlocal drawn
        # A hundred times, however many documents there are.
        percent = 100 * done // max(total, 1)
        if percent == drawn and done != total:
            return
        drawn, width = percent, 30
        filled = width * done // max(total, 1)
        end = "\n" if done == total else ""
        bar = f"[{'#' * filled}{'.' * (width - filled)}] {done}/{total} {what}"
        print(f"\r{bar}", end=end, file=sys.stderr, flush=True)

    return show


def print_exposure(graph: KnowledgeGraph, answer: ExposureAnswer, *, kept_to: bool = False) -> None:
    """Print the table, then the words behind every path to an incident; `kept_to` is whether the question left anything out."""
    found = (*answer.exposed, *answer.unnamed)
    if not found:
        print(
            f"{answer.organization.label}: no vendor is known to the graph{' for what was kept to' if kept_to else ''}"
        )
        return
    print_table(answer.table())
    for one in found:
        if one.events:
            print(f"\n{' > '.join(answer.labels(one))}")
            print_quotes(graph.evidence.quotes(one.claims))
        for edge in one.spared:
            title = answer.nodes[edge.source].label
            print(f"\n{answer.organization.label} not affected by {printable(title)} at {one.node.label}")
            print_quotes(graph.evidence.quotes(edge.claim_iris))
    print_disputes(graph, answer.disputed)


def print_disputes(graph: KnowledgeGraph, disputes: Iterable[Dispute]) -> None:
    """Print of whom documents of one incident say that it affected them and that it did not, with the words of both."""
    from kg.exposure.disputes import HARMS

    for one in disputes:
        told = f"documents disagree whether it was affected by {printable(one.incident.label)}; {one.holds}"
        print(f"\n{one.party.label}: {told}")
        for edge in one.told:
            print(f" {'affected' if edge.type in HARMS else 'not affected'}:")
            print_quotes(graph.evidence.quotes(edge.claim_iris))


def print_quotes(quotes: Iterable[Quote]) -> None:
    """Print quotes with their place and their standing; what several claims rest on in the same way stands there once."""
    for line in dict.fromkeys(map(_quoted, quotes)):
        print(line)


def _quoted(quote: Quote) -> str:
    characters = f"characters {quote.span[0]}-{quote.span[1]}" if quote.span else ""
    place = ", ".join(filter(None, (quote.record, characters)))  # an excerpt of a graph may tell none
    where = ": ".join(filter(None, (quote.document, place)))
    return (
        f'  "{printable(quote.words)}"\n'
        f"      {where}; source {quote.source}; {quote.certainty}, {quote.basis}, confidence {quote.confidence}"
    )


def print_validation(told: Validation, out: TextIO) -> None:
    """Print what a limit left out, and how much was found; documents that are not at hand go to standard error."""
    for count in told.left_out():
        print(f"{count.check.severity} {count.check.name}: and {count.found - count.shown} more", file=out)
    print(f"{told.violations} violations, {told.warnings} warnings", file=out)
    if told.unchecked:
        print(
            f"quotes of {len(told.unchecked)} documents were not held against the text, which is not at hand"
            f" (--documents says where): {', '.join(told.unchecked[:3])}{' ...' if len(told.unchecked) > 3 else ''}",  # noqa: PLR2004 - names enough
            file=sys.stderr,
        )


def print_answer(answer: Answer, kind: str) -> None:
    """Print the answer to a query: rows in one of the formats, a graph as Turtle or JSON-LD; on stderr, what was taken by default, and cut."""
    if kind == "json":
        print(answer.to_json(), end="")
    elif answer.table is None:
        print(answer.to_turtle(), end="")
    else:
        emit(kind, answer.table, None)
    for name, value in answer.defaults.items():
        print(
            f"kg: {name} is {printable(value)}, the example of the question (--param {name}=... for another)",
            file=sys.stderr,
        )
    if answer.cut:
        print(f"kg: the answer has {printable(answer.cut)}; the rest is left out", file=sys.stderr)


def emit(kind: str, table: Table, told: Any) -> None:
    """Print an answer in the format that was asked for: `told` as JSON, the table as CSV or as columns."""
    if kind == "json":
        import json

        print(json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True))
    elif kind == "csv":
        text = table.to_csv()
        # A terminal gets only what is harmless there.
        print("\n".join(map(printable, text.split("\n"))) if sys.stdout.isatty() else text, end="")
    else:
        print_table(table)


def emit_rows(kind: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Print rows in the format that was asked for, as JSON an object each."""
    from kg.query import Table

    table = Table(columns, rows)
    emit(kind, table, table.dicts())


def print_measured(kind: str, told: Measured, plot: str | None = None) -> None:
    """Print the rows of a measure, and as a table what sums them up; a table without rows says so. Draw it if asked to."""
    if plot is not None:
        told.plot(plot)
    if kind != "table":
        emit(kind, told.table(), told.as_dict())
        return
    if told.rows:
        print_table(told.table())
    else:
        print(f"{told.measure}: no row; nothing in the graph has it for what was kept to")
    print_summary(told.summary)


def print_summary(summary: dict[str, Any]) -> None:
    """Print what sums up an answer, a line each."""
    for name, value in summary.items():
        print(f"{name}: {_summed(value)}")


def _summed(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_summed(one)}" for name, one in value.items() if name != "runs_by_size") or "none"
    if isinstance(value, list):
        return " / ".join(map(_summed, value)) or "none"
    return "unknown" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


def print_table(table: Table) -> None:
    """Print a table, no wider than the terminal."""
    import shutil

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    print(render(table, width), end="")
