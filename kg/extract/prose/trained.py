"""The trained model: a file of numbers beside the code, read without pickle.

`MODEL.md` beside it says what it was trained on and how well it does.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.extract.prose.digest import FILE
from kg.extract.prose.judging import Model
from kg.extract.prose.tagging import Tagger, Taggers
from kg.extract.prose.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[np.generic]]

TAGGERS: Final = ("names", "acts")
_STEPS: Final = 127


@cache
def load() -> Model:
    """Return the packaged model."""
    with np.load(FILE, allow_pickle=False) as arrays:
        tables = {name: _weights(arrays, name) for name in _lines(arrays["tables"])}
        emit = tables.pop("words")
        steps = [np.exp(arrays[f"{name}.steps"].astype(np.float64)) for name in TAGGERS]
    size = len(steps[0])
    names, acts = Tagger(emit.labels[:size], steps[0]), Tagger(emit.labels[size:], steps[1])
    return Model(Taggers(emit, names, acts), tables)


def _weights(arrays: Arrays, name: str) -> Weights:
    matrix = arrays[f"{name}.weights"].astype(np.float32) * arrays[f"{name}.scale"].astype(np.float32)
    index = {feature: at for at, feature in enumerate(_lines(arrays[f"{name}.features"]))}
    return Weights(_lines(arrays[f"{name}.labels"]), index, np.vstack([matrix, arrays[f"{name}.bias"]]))


def _lines(array: NDArray[np.generic]) -> tuple[str, ...]:
    text = array.tobytes().decode("utf-8")
    return tuple(text.split("\n")) if text else ()


def packed(model: Model, least: float = 0.01) -> bytes:
    """Return the bytes of a model file; weights below `least` of the greatest of their label are left out."""
    tables = {"words": model.taggers.emit, **model.tables}
    arrays: dict[str, NDArray[np.generic]] = {"tables": _bytes(sorted(tables))}
    for name, table in sorted(tables.items()):
        body, bias = table.matrix[:-1], table.matrix[-1]
        scale = np.maximum(np.abs(body).max(axis=0), 1e-6) / _STEPS
        whole = np.rint(body / scale).astype(np.int8)
        kept = np.abs(whole).max(axis=1) > least * _STEPS
        features = [feature for feature, at in sorted(table.index.items(), key=lambda item: item[1]) if kept[at]]
        arrays |= {
            f"{name}.labels": _bytes(table.labels), f"{name}.features": _bytes(features),
            f"{name}.weights": whole[kept], f"{name}.scale": scale.astype(np.float32), f"{name}.bias": bias,
        }  # fmt: skip
    for name, tagger in zip(TAGGERS, (model.taggers.names, model.taggers.acts), strict=True):
        arrays[f"{name}.steps"] = np.log(tagger.steps).astype(np.float32)
    file = BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def _bytes(lines: list[str] | tuple[str, ...]) -> NDArray[np.generic]:
    return np.frombuffer("\n".join(lines).encode("utf-8"), np.uint8)
