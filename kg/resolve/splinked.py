"""Pairs of names worth a look, found by Splink: its joins run on DuckDB here, and on Spark where one machine is too small.

Names meet in the blocks of `kg.resolve.candidates`, but a block may hold many more of them, for Splink compares what meets
where the data lie (Fellegi and Sunter, JASA 64, 1969) and hands on only pairs that look alike. Its weights are judgement,
stated here and not fitted, so that the same names give the same pairs. It proposes, no more: our own scorer reads every
pair, and people judge.

Needs the extra `splink`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.errors import MissingExtraError
from kg.resolve.candidates import blocked, hints
from kg.resolve.readings import read
from kg.resolve.spelling import leet
from kg.resolve.table import table
from kg.resolve.words import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.resolve.readings import Reading

_MOST: Final = 1000
"""Names that a block may hold."""
_RARE: Final = 1e-4
"""How probably two names are one organization before anything is known of them."""
_LEAST: Final = -8.0
"""Bits for two names to be one, from which they are proposed: an abbreviation alone is enough, one common word is not."""
_ALIKE: Final = "levenshtein(core_l, core_r) <= {share} * greatest(length(core_l), length(core_r))"
_CALLED: Final = "listed_l = listed_r OR list_contains(called_l, joined_r) OR list_contains(called_r, joined_l)"


def candidates(names: Iterable[str], api: Any = None) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names that Splink proposes, each once, in the order of the names.

    Args:
        names: the names; those told twice count once.
        api: a `splink.SparkAPI`, to compare on a cluster; DuckDB in this process if None.

    Raises:
        MissingExtraError: Splink is not installed.
    """
    try:
        from splink import DuckDBAPI, Linker  # noqa: PLC0415 - optional
    except ImportError as error:
        raise MissingExtraError("Splink is not installed (pip install 'breachkg[splink]')") from error
    distinct = sorted(set(names))
    if len(distinct) <= 1:
        return
    linker = Linker((api or DuckDBAPI()).register(_table(distinct)), _model(), log_level="ERROR")
    found = linker.inference.predict(threshold_match_weight=_LEAST, warning_mode="never").as_dict()
    for one, other in sorted(zip(found["unique_id_l"], found["unique_id_r"], strict=True)):
        yield distinct[min(one, other)], distinct[max(one, other)]


def _table(distinct: list[str]) -> dict[str, list[Any]]:
    """What Splink compares of names: their letters, their words, what else they may be called, and the blocks they meet in."""
    import numpy as np  # noqa: PLC0415 - two names are compared without it

    key, has = blocked(distinct)
    _, place, sizes = np.unique(key, return_inverse=True, return_counts=True)
    met = (sizes[place] > 1) & (sizes[place] <= _MOST)
    ends = np.searchsorted(has[met], np.arange(1, len(distinct)))
    readings = [read(name) for name in distinct]
    return {
        "unique_id": list(range(len(distinct))),
        "core": list(map(_core, readings)),
        "words": [sorted(set(told.tokens)) for told in readings],
        "joined": [told.joined for told in readings],
        "called": [sorted(block[2:] for block in hints(name)) for name in distinct],
        "listed": [found.organization if (found := table().find(name)) else name for name in distinct],
        "blocks": [part.tolist() for part in np.split(place[met], ends)],
    }


def _core(told: Reading) -> str:
    """The letters of the words that tell something; of all words where none does."""
    telling = [token for token, sort in zip(told.tokens, told.sorts, strict=True) if sort > Sort.WEAK]
    return leet("".join(telling) or told.joined)


def _model() -> Any:
    """How Splink weighs a pair: how often each of these is found with one organization (m), and with any two (u)."""
    from splink import SettingsCreator, block_on  # noqa: PLC0415 - optional
    from splink import comparison_level_library as cll  # noqa: PLC0415 - the same
    from splink import comparison_library as cl  # noqa: PLC0415 - the same

    def comparison(name: str, *levels: tuple[Any, float, float]) -> Any:
        made = [level.configure(m_probability=m, u_probability=u) for level, m, u in levels]
        return cl.CustomComparison(made, output_column_name=name)

    def alike(share: float) -> Any:
        return cll.CustomLevel(_ALIKE.format(share=share), base_dialect_str="duckdb")

    return SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=_RARE,
        blocking_rules_to_generate_predictions=[block_on("blocks", arrays_to_explode=["blocks"])],
        comparisons=[
            comparison("core", (cll.ExactMatchLevel("core"), 0.35, 1e-6), (alike(0.2), 0.35, 1e-5), (alike(0.4), 0.1, 1e-3), (cll.ElseLevel(), 0.2, 1.0)),
            comparison("words", (cll.ArraySubsetLevel("words"), 0.5, 1e-4), (cll.ArrayIntersectLevel("words", 2), 0.2, 1e-5), (cll.ArrayIntersectLevel("words", 1), 0.15, 1e-2), (cll.ElseLevel(), 0.15, 1.0)),
            comparison("called", (cll.CustomLevel(_CALLED, base_dialect_str="duckdb"), 0.2, 1e-4), (cll.ElseLevel(), 0.8, 1.0)),
        ],
        retain_matching_columns=False,
    )  # fmt: skip
