"""Pairs of names worth a look, found without comparing all with all.

Names meet in a block: one for each word of their own, for the start of the whole, for its words in whatever order, for its
letters in whatever order behind the first (of all letters, the more names there are the more would meet by chance), for
what is left of it without vowels, and for its first letters. A block that holds too many names says nothing; it is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from kg.resolve.judgements import SAME
from kg.resolve.readings import read
from kg.resolve.scoring import APART, score
from kg.resolve.spelling import leet
from kg.resolve.table import table
from kg.resolve.words import Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from kg.resolve.scoring import Score

    Proposing = Callable[[Iterable[str]], Iterable[tuple[str, str]]]

_MOST: Final = 40
"""Names that a block may hold."""
_PART: Final = 1 << 16
"""Pairs that are told apart at a time."""
_START: Final = 5
_VOWELS: Final = str.maketrans("", "", "aeiouy")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Two names that may be one organization, or be related.

    Attributes:
        left: a name.
        right: another.
        left_mentions: how often the first is mentioned.
        right_mentions: how often the other is.
        score: what the scorer or the table says.
        proposed: the judgement that is proposed.
    """

    left: str
    right: str
    left_mentions: int
    right_mentions: int
    score: Score
    proposed: str = SAME


def blocks(name: str) -> set[str]:
    """Return the blocks that a name is in."""
    told = read(name)
    joined = leet(told.joined)
    own = [token for token, sort in zip(told.tokens, told.sorts, strict=True) if sort is Sort.OWN]
    found = {f"w:{token}" for token in own if len(token) > 1}
    if len(told.tokens) > 1:
        found.add(f"o:{''.join(sorted(told.tokens))}")
    if " " in told.plain:  # general words or numbers, which another name may have as one
        found.add(f"w:{told.plain.replace(' ', '')}")
    found |= {
        f"s:{joined[:_START]}",
        f"a:{joined[:1]}{''.join(sorted(joined))}",
        f"c:{joined[:1]}{joined[1:].translate(_VOWELS)}",
    }
    return found | hints(name)


def hints(name: str) -> set[str]:
    """Return the blocks of names that need not look alike: abbreviations, other names, those in the table."""
    told = read(name)
    found = {f"i:{initials}" for initials in told.initials if len(initials) > 1}
    if len(told.tokens) == 1:
        found.add(f"i:{told.joined}")
    for other in (*told.trading, *told.former, *([told.aside] if told.aside else [])):
        found.add(f"w:{read(other).joined}")
    if listed := table().find(name):
        found.add(f"t:{listed.organization}")
    return found


def blocked(distinct: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the blocks that names are in, name by name: the block, and the place of the name in the list.

    A block is kept as 64 bits of its digest: of a million names there are millions of blocks, most of them of one name,
    and as texts in a dictionary they would take a gigabyte. Two blocks that meet only make more candidates.
    """
    import numpy as np  # noqa: PLC0415 - two names are compared without it

    digests, counts = bytearray(), []
    for name in distinct:
        found = blocks(name)
        counts.append(len(found))
        for block in found:
            digests += blake2b(block.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return np.frombuffer(digests, dtype="<u8"), np.repeat(np.arange(len(distinct)), counts)


def candidates(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names that share a block, each once, in the order of the names."""
    distinct = sorted(set(names))
    pairs = _sharing(distinct)
    for start in range(0, len(pairs), _PART):
        ones, others = (part.tolist() for part in divmod(pairs[start : start + _PART], len(distinct)))
        for one, other in zip(ones, others, strict=True):
            yield distinct[one], distinct[other]


def _sharing(distinct: list[str]) -> NDArray[np.int64]:
    """The pairs of names that share a block, sorted, each as one number: that of the first, times their count, and the other's."""
    import numpy as np  # noqa: PLC0415 - two names are compared without it

    key, has = blocked(distinct)
    order = np.argsort(key, kind="stable")
    key, has = key[order], has[order]
    starts = np.flatnonzero(np.diff(key, prepend=~key[:1]))
    sizes = np.diff(starts, append=len(key))
    pairs = []
    for size in range(2, _MOST + 1):
        members = has[starts[sizes == size][:, None] + np.arange(size)]
        ones, others = np.triu_indices(size, 1)
        pairs.append((members[:, ones] * len(distinct) + members[:, others]).ravel())
    return np.unique(np.concatenate(pairs))


def likely(names: Iterable[str], least: float = APART, pairs: Proposing = candidates) -> list[tuple[str, str, Score]]:
    """Return the candidates that score at least so much, the likeliest first; `pairs` proposes them."""
    scored = ((left, right, score(left, right)) for left, right in pairs(names))
    return sorted((told for told in scored if told[2].score >= least), key=lambda told: (-told[2].score, told[:2]))
