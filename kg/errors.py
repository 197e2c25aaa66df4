"""The errors this package raises, one tree.

::

    KGError                     anything a user can act on; str() is one line
    ├── DocumentError           a document, or a place in it, cannot be used
    │   ├── UnreadableError     missing, empty, binary, too large, no permission
    │   ├── UnknownFormatError  no extractor recognizes it
    │   ├── AmbiguousFormatError  two extractors do
    │   └── RecordError         one record is bad; the rest is built
    ├── StoreError              the store cannot be opened, read or written
    │   ├── NotAStoreError      there is something else at that path
    │   ├── NewerStoreError     written by a newer version
    │   ├── OlderStoreError     written by an older version, in a format no longer read
    │   └── LockedStoreError    another process is building
    ├── QueryError              a query that is malformed, refused or over its limit
    │   ├── LimitError          it went over its limit of time or memory
    │   └── BusyError           too many others run
    ├── UnknownNameError        an organization's name is unknown or ambiguous
    ├── ConvergenceError        an iteration of a measure has not come to an end
    ├── ContradictionError      a judgement against another that holds
    └── MissingExtraError       an optional dependency is not installed
"""

from __future__ import annotations


class KGError(Exception):
    """Anything that goes wrong for a reason the user can act on; its text is one line."""


class DocumentError(KGError):
    """A document, or a place in it, that cannot be used.

    Attributes:
        document: the document's name.
        place: where in it ("line 12", "row 3"), empty for the whole document.
        reason: what is wrong.
    """

    def __init__(self, document: str, reason: str, place: str = "") -> None:
        self.document, self.reason, self.place = document, reason, place
        super().__init__(f"{document}{', ' + place if place else ''}: {reason}")

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str, str]]:
        return type(self), (self.document, self.reason, self.place)


class UnreadableError(DocumentError):
    """A document that is missing, empty, binary, too large or not permitted."""


class UnknownFormatError(DocumentError):
    """A document that no extractor recognizes."""


class AmbiguousFormatError(DocumentError):
    """A document that more than one extractor recognizes."""


class RecordError(DocumentError):
    """One bad record of a document; the others are still built."""


class StoreError(KGError):
    """A store that cannot be opened, read or written."""


class NotAStoreError(StoreError):
    """A path that holds something other than a store."""


class NewerStoreError(StoreError):
    """A store written by a newer version of this package."""


class OlderStoreError(StoreError):
    """A store written by an older version of this package, in a format that is not read any more."""


class LockedStoreError(StoreError):
    """A store that another process is building."""


class QueryError(KGError):
    """A query that is malformed, refused, or went over a limit."""


class LimitError(QueryError):
    """A query that was stopped because it went over its limit of time or memory."""


class BusyError(QueryError):
    """A query that is not answered because too many others run; later it may be."""


class UnknownNameError(KGError):
    """A name that stands for no organization in the graph, or for several."""


class ConvergenceError(KGError):
    """An iteration of a measure that has not come to an end.

    Attributes:
        reason: what was iterated, and why it may not end.
        iterations: how many there were.
    """

    def __init__(self, reason: str, iterations: int) -> None:
        self.reason, self.iterations = reason, iterations
        super().__init__(reason)

    def __reduce__(self) -> tuple[type[ConvergenceError], tuple[str, int]]:
        return type(self), (self.reason, self.iterations)


class ContradictionError(KGError):
    """A judgement that contradicts one that holds; the text tells the chain."""


class MissingExtraError(KGError):
    """An optional dependency that is not installed; the text says what to install."""
