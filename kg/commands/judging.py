"""Commands of resolution: whether two names are one organization, and what people have judged."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.commands import DONE, command, opened
from kg.commands.options import refuse
from kg.errors import ContradictionError
from kg.printing import emit_rows, print_doubts

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any

    from kg.resolve.candidates import Proposing, Waiting
    from kg.resolve.judgements import Judgement, Judgements
    from kg.resolve.reviewing import Taking
    from kg.store.reading import GraphStore


@command("match")
def _match(args: Namespace) -> int:
    from kg.resolve.pairs import match, match_file

    if args.pairs:
        if args.names:
            args.misused("match takes two names or --pairs, not both")
        for line in match_file(Path(args.pairs)):
            sys.stdout.write(line)
        return DONE
    if len(args.names) != 2:  # noqa: PLR2004 - a pair
        args.misused("match takes LEFT RIGHT; put quotation marks around a name of several words")
    print(match(*args.names))
    return DONE


@command("judge")
def _judge(args: Namespace) -> int:
    unknown = _unknown(args, (args.left, args.right))
    found = _record(args, [(args.left, args.right, args.judgement, "")])
    print(f"{found[0].id} {args.left} and {args.right}: {args.judgement}")
    _warn(args, unknown, found)
    return DONE


def _unknown(args: Namespace, names: Iterable[str]) -> list[str]:
    """Those of the names that nothing in the graph has."""
    from kg.store.addresses import local
    from kg.store.judged import resolver_of, there_of
    from kg.vocabulary import data_iri

    local(Path(args.store))
    graph, texts = opened(args), dict.fromkeys(names)
    # An incident that was judged to be another has its name.
    incidents = [text for text in texts if text.startswith(data_iri("incident"))]
    store, folder = Path(args.store), graph.store.folder
    there = there_of(folder, incidents, resolver_of(store)) if incidents and folder else set()
    return [name for name in texts if name not in there and not graph.named(name)[0]]


def _warn(args: Namespace, unknown: Sequence[str], taken: Collection[Judgement]) -> None:
    """Warn of names that nothing in the graph had, nor has after judgements were taken, and of those that stand for several there."""
    if unknown:
        graph = opened(args)
        for name in unknown:
            known, near = graph.named(name)
            if not known:
                like = f"; did you mean {' or '.join(dict.fromkeys(node.label for node in near))}?" if near else ""
                print(f"kg: nothing in the graph is named {name!r} so far{like}", file=sys.stderr)
    _tell_doubts(args, {f"judgement {held.id} names {name!r}" for held in taken for name in (held.left, held.right)})


@command("undo")
def _undo(args: Namespace) -> int:
    from kg.resolve.judgements import FILE, WITHDRAWN, read_judgements
    from kg.store.addresses import local

    log = read_judgements(local(Path(args.store)) / FILE)
    if args.id is None:
        columns = ("id", "left", "right", "judgement", "who", "when")
        rows: list[tuple[Any, ...]] = [tuple(getattr(held, name) for name in columns) for held in log.holding]
        emit_rows(args.format, columns, rows)
        if rows:
            _tell_doubts(args)
        return DONE
    old = log.find(args.id)
    _record(args, [(old.left, old.right, WITHDRAWN, old.id)])
    still = [held.id for held in log.alike(old)]
    told = f"still judged {old.judgement} by {' and '.join(still)}" if still else f"no longer judged {old.judgement}"
    print(f"{old.id} {old.left} and {old.right}: {told}")
    return DONE


def _tell_doubts(args: Namespace, about: Collection[str] = ("",)) -> None:
    """Tell which judgements contradict each other, or name an incident that is not there or what stands for several; those lines that begin as told."""
    from kg.store import open_store
    from kg.store.judged import doubts, resolver_of
    from kg.store.layout import Layout

    if Layout(Path(args.store)).current() is None:
        return
    store = open_store(args.store)
    told = doubts(store.folder, resolver_of(Path(args.store))) if store.folder else []
    print_doubts(line for line in told if line.startswith(tuple(about)))


@command("review")
def _review(args: Namespace) -> int:
    from kg.resolve import reviewing
    from kg.resolve.judgements import FILE, read_judgements
    from kg.store import open_store
    from kg.store.history import moment
    from kg.store.queue import beside, queue, relations

    if args.judged:
        refuse(args, "does not go with --import", "export", "limit", "engine")
        given = [(*told, "") for told in reviewing.read(Path(args.judged))]
        log = read_judgements(Path(args.store) / FILE)
        held = {(one.left, one.right, one.judgement, "") for one in log.holding if one.who == _who(args)}
        new = [told for told in dict.fromkeys(given) if told not in held]
        unknown = _unknown(args, [name for left, right, *_ in new for name in (left, right)])
        try:
            taken = _record(args, new)
        except ContradictionError as error:
            raise ContradictionError(f"{args.judged}: {error}; none of the file is taken") from error
        known = f", {len(given) - len(taken)} were known" if len(taken) < len(given) else ""
        print(f"{len(taken)} judgements taken{known}")
        _warn(args, unknown, taken)
        return DONE
    if args.incidents or args.relations:
        refuse(args, "belongs to pairs of names", "engine")
    log = read_judgements(Path(args.store) / FILE)
    store = open_store(args.store)
    if args.relations:
        waiting = relations(store, log)
    else:
        waiting = _incidents(args, log) if args.incidents else queue(store, log, _proposing(args.engine))
    if args.export:
        reviewing.write(Path(args.export), waiting[: args.limit])
        words = "part-of, product-of, formerly, unrelated" if args.relations else "same, different"
        told = reviewing.counted(waiting, args.limit)
        print(f"{args.export}: {told}; fill the column judgement with {words} or unsure")
        return DONE
    read_key = reviewing.key if sys.stdin.isatty() else sys.stdin.readline
    now = moment()
    about = beside(store) if waiting else None
    taking = _taking(args, store, now)
    answers = reviewing.ask(waiting, read_key, sys.stdout, about, log=log, taking=taking, limit=args.limit)
    if answers:
        print(f"{len(_record(args, [(*told, '') for told in answers], now))} judgements taken")
    return DONE


def _taking(args: Namespace, store: GraphStore, now: str) -> Taking:
    """What takes an answer of a review to the others, as `_record` will take them all."""
    from kg.store.judged import identified

    def taking(held: Judgements, left: str, right: str, said: str) -> Judgements:
        made = _made(args, [(left, right, said, "")], now)
        after = held.adding(made)
        if store.folder:
            identified(store.folder, held, made)
        return after

    return taking


def _proposing(engine: str | None) -> Proposing:
    """What proposes the pairs of names that are compared."""
    from kg.resolve import candidates, splinked

    return splinked.candidates if engine == "splink" else candidates.candidates


def _incidents(args: Namespace, log: Judgements) -> list[Waiting]:
    """Pairs of incidents that wait for a judgement."""
    from kg.exposure.tellings import told_twice
    from kg.resolve.candidates import Waiting
    from kg.resolve.scoring import REVIEW, Score

    judged = {frozenset((held.left, held.right)) for held in log.holding}
    return [
        Waiting(
            one.left.iri,
            one.right.iri,
            1,
            1,
            Score(one.score, REVIEW, (f'"{one.left.label}" and "{one.right.label}"', *one.evidence)),
        )
        for one in told_twice(opened(args).projection)
        if frozenset((one.left.iri, one.right.iri)) not in judged
    ]


def _record(args: Namespace, given: Sequence[tuple[str, str, str, str]], now: str = "") -> list[Judgement]:
    """Take judgements (left, right, judgement, id of the one that it replaces) into the log and the graph."""
    from datetime import UTC, datetime

    from kg.resolve.judgements import FILE, read_judgements
    from kg.store.history import moment
    from kg.store.judged import judge

    now = now or moment()
    made = _made(args, given, now)
    if {one.id for one in made} & {line.id for line in read_judgements(Path(args.store) / FILE).lines}:
        # Judged again within the second in which it was judged and taken back: two lines of one id would be one.
        made = _made(args, given, datetime.now(UTC).isoformat())
    judge(Path(args.store), made, now=now, wait=args.wait)
    return made


def _made(args: Namespace, given: Sequence[tuple[str, str, str, str]], now: str) -> list[Judgement]:
    """Judgements as `_record` takes them, as lines of the log."""
    from kg.resolve.judgements import Judgement
    from kg.resolve.scoring import REVIEW, Score, score
    from kg.vocabulary import data_iri

    who, made = _who(args), []
    for left, right, said, old in given:
        about_incidents = left.startswith(data_iri("incident"))
        found = Score(0.0, REVIEW, ("two incidents",)) if about_incidents else score(left, right)
        made.append(Judgement(left, right, said, found.score, found.evidence, who, now, old))
    return made


def _who(args: Namespace) -> str:
    import getpass

    return args.by or getpass.getuser()
