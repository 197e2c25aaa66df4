"""Commands that ask the graph: queries, measures, and the quotes behind a statement."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.commands import DONE, FINDINGS, command, limited, opened
from kg.commands.measuring import answered, complete, kept, valued
from kg.commands.options import given, refuse
from kg.errors import KGError
from kg.printing import emit, emit_rows, print_answer, print_disputes, print_exposure, print_quotes, print_summary
from kg.tables import printable

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Any

_NAMED = 3
"""Documents that are named with a spelling."""
_OF_QUOTES = ("quote", "document", "record", "source", "certainty", "basis", "confidence", "extractor", "iri")


@command("query")
def _query(args: Namespace) -> int:
    from kg.query import Limits

    if args.list:
        refuse(args, "does not go with --list", "param", "timeout", "max-rows", "generation", "as-of", "valid-on")
        return _questions_listed(args)
    if args.param and not args.named:
        args.misused("--param belongs to --named")
    parameters = dict(_parameter(args, text) for text in args.param)
    graph = opened(args, valid_on=args.valid_on, limits=Limits(**limited(args)))
    if args.named:
        answer = graph.ask(args.named, parameters)
    else:
        answer = graph.answer(_query_file(args.file) if args.file else args.text)
    print_answer(answer, args.format)
    return FINDINGS if answer.cut else DONE


def _query_file(name: str) -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8") if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KGError(f"{'stdin' if name == '-' else name}: the query cannot be read: {error}") from error


def _parameter(args: Namespace, text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        args.misused(f"--param takes NAME=VALUE, not {text!r}")
    return name.strip(), value


def _questions_listed(args: Namespace) -> int:
    from kg.competency import questions

    rows: list[tuple[Any, ...]] = [
        (q.id, q.title, ", ".join(f"{p.name}={p.default or ''}" for p in q.parameters), q.description)
        for q in questions()
    ]
    emit_rows(args.format, ("question", "title", "parameters", "description"), rows)
    return DONE


@command("exposure")
def _exposure(args: Namespace) -> int:
    if args.all and (args.to or args.all_paths or args.follow or args.plot):
        args.misused("--to, --all-paths, --follow and --plot belong to one organization: say which")
    if not args.all and (args.sector or args.portfolio):
        args.misused("--sector and --portfolio belong to --all")
    if args.all_paths and not args.to:
        args.misused("--all-paths belongs to --to VENDOR")
    if args.on and args.days is None:
        args.misused("--on is the last of --days: say how many")
    graph = opened(args)
    if args.all:
        return answered(args, graph.breach_proximity(**given(args, "depth", "days", "on"), **kept(args, graph)))
    kept_to = given(args, "depth", "valid_on", "to", "all_paths", "follow", "days", "on", only="exposure")
    answer = graph.exposure(args.organization, **kept_to)
    if args.plot:
        answer.plot(args.plot)
    if args.format == "table":
        print_exposure(graph, answer, kept_to=any((args.exposure, args.valid_on, args.to)))
    else:
        emit(args.format, answer.table(), answer.as_dict())
    return DONE


@command("blast-radius")
def _blast_radius(args: Namespace) -> int:
    graph = opened(args)
    value = valued(args, graph)
    answer = graph.blast_radius(args.vendor, args.depth, follow=args.follow, value=value, **kept(args, graph))
    if args.format == "table" and not (answer.exposed or answer.unnamed or answer.unaffected):
        kept_to = any((args.exposure, args.valid_on, args.sector, args.portfolio))
        print(f"{answer.vendor.label}: no customer is known to the graph{' for what was kept to' if kept_to else ''}")
    else:
        emit(args.format, answer.table(), answer.as_dict())
    if args.format == "table":
        for found in (*answer.exposed, *answer.unnamed):
            print(f"\n{found.node.label}")
            print_quotes(graph.evidence.quotes(found.claims))
        print_disputes(graph, answer.disputed)
        print_summary(answer.worth())
    return complete(args)


@command("why")
def _why(args: Namespace) -> int:
    from kg.query import Table
    from kg.vocabulary import compact

    if len(args.terms) == 1:
        refuse(args, "belongs to a statement, not to one name", "valid-on")
        return _identity(args)
    if len(args.terms) not in (2, 3):
        args.misused("why takes SUBJECT [PREDICATE] OBJECT; put quotation marks around a name of several words")
    graph = opened(args)
    predicate = args.terms[1] if len(args.terms) == 3 else None  # noqa: PLR2004 - subject, predicate, object
    found = graph.why(args.terms[0], predicate, args.terms[-1], valid_on=args.valid_on)
    nodes = graph.around.nodes
    if args.format == "table":
        for (subject, kind, obj), quotes in found:
            print(printable(f"{nodes[subject].label} {kind} {nodes[obj].label}"))
            print_quotes(quotes)
        return DONE
    told = [
        {"subject": s, "predicate": p, "object": o, "claims": [q.as_dict() for q in quotes]}
        for (s, p, o), quotes in found
    ]
    rows: list[tuple[Any, ...]] = [
        (nodes[s].label, compact(p), nodes[o].label, *(getattr(quote, name) for name in _OF_QUOTES))
        for (s, p, o), quotes in found
        for quote in quotes
    ]
    table = Table(("subject", "predicate", "object", *_OF_QUOTES), rows)
    emit(args.format, table, told[0] if len(told) == 1 else told)
    return DONE


def _identity(args: Namespace) -> int:
    """Tell why the mentions of one organization are one."""
    from kg.query import Table
    from kg.resolve.judgements import FILE, read_judgements
    from kg.store.queue import spellings

    graph = opened(args)
    node = graph.find(args.terms[0])
    told = spellings(graph.store, node.iri, read_judgements(Path(args.store) / FILE))
    if args.format == "table":
        count = sum(one.mentions for one in told)
        print(f"{count} mentions are" if count > 1 else "1 mention is", f"{node.label} <{node.iri}>:")
        for one in told:
            more = ", ..." if len(one.documents) > _NAMED else ""
            print(f'  "{one.name}" ({one.mentions}, in {", ".join(one.documents[:_NAMED])}{more})')
            print(f"      {one.reason}")
        return DONE
    columns = ("name", "mentions", "documents", "reason")
    rows: list[tuple[Any, ...]] = [(one.name, one.mentions, " ".join(one.documents), one.reason) for one in told]
    whole = [{name: getattr(one, name) for name in columns} for one in told]
    emit(args.format, Table(columns, rows), {"organization": node.as_dict(), "mentions": whole})
    return DONE
