"""The bytes of a model file, as `kg.extract.prose.trained` reads them."""

from __future__ import annotations

from dataclasses import fields
from io import BytesIO

import numpy as np

from kg.extract.prose.encoder import Layer
from kg.extract.prose.trained import TAGGERS

_STEPS = 127
_SMALL = 50_000
"""Numbers that are worth writing as whole ones."""


def packed(model, least=0.01):
    """The bytes of a model file; weights below `least` of the greatest of their label are left out."""
    tables = {"words": model.taggers.emit, **model.tables}
    arrays = {"tables": _bytes(sorted(tables))}
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


def _of_network(network):
    encoder = network.encoder
    told = {name: getattr(encoder, name) for name in ("places", "scale", "shift", "marks")}
    told |= {
        f"{at}.{one.name}": getattr(layer, one.name) for at, layer in enumerate(encoder.layers) for one in fields(Layer)
    }
    arrays = {
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


def _bytes(lines):
    return np.frombuffer("\n".join(lines).encode("utf-8"), np.uint8)
