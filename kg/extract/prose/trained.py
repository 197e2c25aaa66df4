"""The trained model: a file of numbers beside the code, read without pickle.

`MODEL.md` beside it says what it was trained on and how well it does.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from io import BytesIO
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
_STEPS: Final = 127
_SMALL: Final = 50_000
"""Numbers that are worth writing as whole ones."""


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
    arrays |= _of_network(model.network)
    file = BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def _of_network(network: Network) -> dict[str, NDArray[np.generic]]:
    encoder = network.encoder
    told = {name: getattr(encoder, name) for name in ("places", "scale", "shift", "marks")}
    told |= {
        f"{at}.{one.name}": getattr(layer, one.name) for at, layer in enumerate(encoder.layers) for one in fields(Layer)
    }
    arrays: dict[str, NDArray[np.generic]] = {
        "encoder.pieces": _bytes(sorted(encoder.pieces, key=encoder.pieces.__getitem__)),
        "encoder.rows": encoder.rows, "encoder.steps": encoder.steps.astype(np.float16),
        "encoder.layers": np.array(len(encoder.layers)), "network.names": _bytes(sorted(network.weights)),
    }  # fmt: skip
    every = {f"encoder.{name}": value for name, value in told.items()}
    every |= {f"network.{name}": value for name, value in network.weights.items()}
    for name, value in sorted(every.items()):
        if value.size < _SMALL:
            arrays[name] = value.astype(np.float32)
        else:
            steps = np.abs(value).max(axis=0) / _STEPS
            arrays |= {name: np.rint(value / steps).astype(np.int8), f"{name}.steps": steps.astype(np.float32)}
    return arrays


def _bytes(lines: list[str] | tuple[str, ...]) -> NDArray[np.generic]:
    return np.frombuffer("\n".join(lines).encode("utf-8"), np.uint8)
