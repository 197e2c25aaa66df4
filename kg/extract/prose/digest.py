"""Which trained model is packaged: its file, and the digest that is part of the extractor's version."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("model.npz")


@cache
def digest() -> str:
    """Return the first digits of the model's SHA-256, "untrained" where there is none yet."""
    return sha256(FILE.read_bytes()).hexdigest()[:12] if FILE.exists() else "untrained"
