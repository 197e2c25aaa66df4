"""Which model is asked, as the environment names it, and with which words: what an extractor's version tells of it."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Final

ENDPOINT: Final = "KG_LLM_ENDPOINT"
"""Environment variable: the address up to `/chat/completions`, as in http://127.0.0.1:11434/v1."""
MODEL: Final = "KG_LLM_MODEL"
"""Environment variable: the model's name there."""
KEY: Final = "KG_LLM_KEY"
"""Environment variable: the key; never an argument, since other users of a machine see those."""
SECONDS: Final = "KG_LLM_SECONDS"
"""Environment variable: how long one answer may take."""


def fingerprint() -> str:
    """Return what of the service is part of an extractor's version: the model's name and the words it is asked with; "" for none.

    Extractors tell their versions where nobody is asked too, so here nothing is wrong with what the environment names.
    """
    if not os.environ.get(ENDPOINT):
        return ""
    told = f"{os.environ.get(MODEL, '')}\n{prompt()}"
    return f"llm-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


@cache
def prompt() -> str:
    """Return the words that a model is asked with, before those of the text."""
    return Path(__file__).with_name("prompt.txt").read_text("utf-8")
