"""The trained model: a file of numbers beside the code, read without pickle.

`MODEL.md` beside it says what it was trained on and how well it does.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.extract.prose.digest import FILE
from kg.extract.prose.encoder import Encoder, Layer
from kg.extract.prose.judging import Model
from kg.extract.prose.network import Network
from kg.extract.prose.tagging import Tagger, Taggers
from kg.extract.prose.weights import Weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[np.generic]]

TAGGERS: Final = ("names", "acts")


@cache
def load() -> Model:
    """Return the packaged model."""
    with np.load(FILE, allow_pickle=False) as arrays:
        tables = {name: _weights(arrays, name) for name in _lines(arrays["tables"])}
        emit = tables.pop("words")
        steps = [np.exp(arrays[f"{name}.steps"].astype(np.float64)) for name in TAGGERS]
        network = _network(arrays)
    size = len(steps[0])
    names, acts = Tagger(emit.labels[:size], steps[0]), Tagger(emit.labels[size:], steps[1])
    return Model(Taggers(emit, names, acts), tables, network)


def _network(arrays: Arrays) -> Network:
    pieces = {piece: at for at, piece in enumerate(_lines(arrays["encoder.pieces"]))}
    names = [one.name for one in fields(Layer)]
    count = int(arrays["encoder.layers"])
    layers = [Layer(**{name: _whole(arrays, f"encoder.{at}.{name}") for name in names}) for at in range(count)]
    places, scale, shift, marks = (_whole(arrays, f"encoder.{name}") for name in ("places", "scale", "shift", "marks"))
    rows, steps = arrays["encoder.rows"].astype(np.int8), arrays["encoder.steps"].astype(np.float32)
    weights = {name: _whole(arrays, f"network.{name}") for name in _lines(arrays["network.names"])}
    return Network(Encoder(pieces, rows, steps, places, scale, shift, marks, tuple(layers)), weights)


def _whole(arrays: Arrays, name: str) -> NDArray[np.float32]:
    """Numbers that were written as they are, or as whole ones with what each is worth in its column."""
    found = arrays[name].astype(np.float32)
    return found * arrays[f"{name}.steps"].astype(np.float32) if f"{name}.steps" in arrays else found


def _weights(arrays: Arrays, name: str) -> Weights:
    matrix = arrays[f"{name}.weights"].astype(np.float32) * arrays[f"{name}.scale"].astype(np.float32)
    index = {feature: at for at, feature in enumerate(_lines(arrays[f"{name}.features"]))}
    return Weights(_lines(arrays[f"{name}.labels"]), index, np.vstack([matrix, arrays[f"{name}.bias"]]))


def _lines(array: NDArray[np.generic]) -> tuple[str, ...]:
    text = array.tobytes().decode("utf-8")
    return tuple(text.split("\n")) if text else ()
