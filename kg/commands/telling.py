"""What an export says while it is written, told on standard error."""

from __future__ import annotations

import logging
import sys


class Telling(logging.Handler):
    """Tells what an export leaves out, and keeps whether it told anything."""

    log, any = logging.getLogger("kg.export"), False

    def emit(self, record: logging.LogRecord) -> None:
        """Print one message."""
        self.any = True
        print(record.getMessage(), file=sys.stderr)
