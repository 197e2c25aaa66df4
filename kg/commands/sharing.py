"""Commands that hand the graph to others: files for their tools, a server, and servers of theirs."""

from __future__ import annotations

import gc
from pathlib import Path

from kg.commands import DONE, FINDINGS, command, limited, opened
from kg.commands.options import belong, given, refuse
from kg.errors import KGError
from kg.printing import progress

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from argparse import Namespace
    from typing import Final

_USUAL: Final = (700, 10, 10)
"""How often Python looks for cycles of objects."""


@command("export")
def _export(args: Namespace) -> int:
    from kg.commands.telling import Telling
    from kg.export import OF_GRAPHS

    if args.focus is None:
        refuse(args, "belongs to --focus", "depth")
    belong(args, "--to", args.to, {"with-history": OF_GRAPHS})
    if args.with_history:
        refuse(args, "does not go with --with-history, which exports all of the graph", "focus", "certainty")
    graph, told = opened(args, valid_on=args.valid_on), Telling()
    told.log.addHandler(told)
    try:
        print(graph.export(args.to, args.output, **given(args, "focus", "certainty", "with_history", "depth")))
    finally:
        told.log.removeHandler(told)
    return FINDINGS if told.any else DONE


@command("serve")
def _serve(args: Namespace) -> int:
    from kg.query import Limits
    from kg.serve import Settings, serve

    settings = Settings(
        limits=Limits(**limited(args)),
        token=_token(args.token_file),
        names=tuple(args.name),
        origins=tuple(args.allow_origin),
        **given(args, "concurrent"),
    )
    _look_for_cycles()
    serve(args.store, args.host, args.port, settings, ready=lambda address: print(address, flush=True))
    return DONE


@command("mcp")
def _mcp(args: Namespace) -> int:
    from dataclasses import replace

    from kg.mcp import LIMITS, serve

    if args.port is None:
        refuse(args, "belongs to --port", "token-file")
    _look_for_cycles()
    serve(
        args.store,
        replace(LIMITS, **limited(args)),
        port=args.port,
        token="" if args.port is None else _token(args.token_file),
        ready=lambda address: print(address, flush=True),
    )
    return DONE


@command("push")
def _push(args: Namespace) -> int:
    from kg.remote.push import push

    shown = progress("graphs")
    told = push(opened(args).store, args.url, args.sparql, shown, replace_default=args.replace_default)
    where = f"in {told.canonical}" if told.canonical else "in the default graph"
    print(f"{told.put} graphs put, {told.unchanged} unchanged, {told.removed} removed; canonical facts {where}")
    return DONE


def _look_for_cycles() -> None:
    """Look for cycles of objects as often as usual: what answers for weeks must not keep what single answers leave behind."""
    gc.set_threshold(*_USUAL)


def _token(file: str | None) -> str:
    """The token in a file, else in the environment; never on the command line, which other users can see."""
    import os

    if file is None:
        return os.environ.get("KG_TOKEN", "")
    try:
        token = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KGError(f"{file}: the token cannot be read: {error}") from error
    if not token:
        raise KGError(f"{file}: there is no token in it")
    return token
