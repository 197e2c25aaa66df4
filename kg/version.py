"""The version of this package; the build of a distribution reads it here."""

from __future__ import annotations

VERSION = "0.1.0"
