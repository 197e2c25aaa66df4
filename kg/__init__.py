"""breachkg: who was breached, through whom, who else is exposed, and which sentence says so."""

from __future__ import annotations

TYPE_CHECKING = False  # not from `typing`: to import that takes as long as all the rest of `kg --help`
if TYPE_CHECKING:
    from typing import Any

    from kg.errors import KGError
    from kg.graph import KnowledgeGraph
    from kg.opening import build
    from kg.opening import open_graph as open  # noqa: A004 - `kg.open` reads as it should
    from kg.query import Limits

__all__ = ["KGError", "KnowledgeGraph", "Limits", "build", "open"]

_WHERE = {
    "KGError": ("kg.errors", "KGError"),
    "KnowledgeGraph": ("kg.graph", "KnowledgeGraph"),
    "Limits": ("kg.query", "Limits"),
    "build": ("kg.opening", "build"),
    "open": ("kg.opening", "open_graph"),
}


def __getattr__(name: str) -> Any:
    # Loaded when first used, so that `kg --help` starts fast.
    if name not in _WHERE:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - for `kg --help`

    module, attribute = _WHERE[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
