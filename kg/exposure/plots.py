"""Pictures of measures, with matplotlib (the extra `plot`): tiers, Lorenz curve, cascade, Kaplan-Meier.

The same answer gives the same SVG: no date and no random ids are written.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.errors import KGError, MissingExtraError
from kg.exposure.structure import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from kg.exposure.structure import Exposed

    Told = dict[str, Any]
    """A measure as `Measured.as_dict` tells it."""

_NOUNS = {"occurred": "occurrence", "discovered": "discovery", "disclosed": "disclosure", "reported": "report"}
_INK, _RED, _GREY = "#1f3a5f", "#b03a2e", "#9aa5b1"


def tier_histogram(organization: str, vendors: Collection[Exposed], path: str | Path) -> Path:
    """Write how many vendors of an organization stand at each tier, those with an incident apart, and return the path.

    Raises:
        KGError: there is no named vendor, or the file cannot be written.
        MissingExtraError: matplotlib is not installed.
    """
    every, hit = Counter(one.tier for one in vendors), Counter(one.tier for one in vendors if one.events)
    if not every:
        raise KGError(f"{organization}: no vendor is known by name, so there is nothing to draw")

    def draw(axes: Any) -> None:
        tiers = sorted(every)
        axes.bar(tiers, [hit[tier] for tier in tiers], color=_RED, label="with an incident")
        rest = [every[tier] - hit[tier] for tier in tiers]
        axes.bar(tiers, rest, bottom=[hit[tier] for tier in tiers], color=_GREY, label="without")
        axes.set(xlabel="tier", ylabel="vendors", title=f"Vendors of {organization}", xticks=tiers)
        axes.yaxis.get_major_locator().set_params(integer=True)
        axes.legend()

    return _drawn(draw, path)


def plot(told: Told, path: str | Path) -> Path:
    """Write the picture of a measure and return the path.

    Shares of vendors give a Lorenz curve, cascades how many organizations were reached in how many runs, times
    Kaplan-Meier curves.

    Raises:
        KGError: there are no rows, there is no picture of this measure, or the file cannot be written.
        MissingExtraError: matplotlib is not installed.
    """
    by = told["parameters"].get("by")
    kind = "times" if by == "time" else told["measure"]
    drawers: dict[str, Callable[[Told, Any], None]] = {
        "concentration": _lorenz,
        "cascade": _sizes,
        "times": _survival,
    }
    if kind not in drawers or (kind == "concentration" and by != "vendor"):
        raise KGError("there are pictures of shares by vendor, of cascades and of times; not of this")
    if not told["rows"]:
        raise KGError(f"{told['measure']}: there are no rows, so there is nothing to draw")
    return _drawn(lambda axes: drawers[kind](told, axes), path)


def lorenz(shares: list[float]) -> tuple[list[float], list[float]]:
    """Return the points of a Lorenz curve (Lorenz 1905): the share of vendors, the smallest first, and what they hold.

    Raises:
        KGError: there is no share above 0.
    """
    found = np.sort(np.array([share for share in shares if share > 0]))
    if not len(found):
        raise KGError("there is no share to draw")
    held = np.concatenate(([0.0], np.cumsum(found) / found.sum()))
    return np.linspace(0, 1, len(held)).tolist(), held.tolist()


def _bounds(told: Told) -> list[str]:
    return [name for name in BOUNDS if name in told["rows"][0]]


def _lorenz(told: Told, axes: Any) -> None:
    axes.plot([0, 1], [0, 1], color=_GREY, linestyle=":", label="equal shares")
    for bound, line in zip(_bounds(told), ("-", "--"), strict=False):
        shares = [row[bound] for row in told["rows"]]
        if any(shares):
            axes.plot(*lorenz(shares), color=_INK, linestyle=line, label=bound)
    axes.set(
        xlabel="share of vendors", ylabel=f"share of {told['parameters']['count']}", title="Concentration on vendors"
    )
    axes.legend()


def _sizes(told: Told, axes: Any) -> None:
    for bound, color in zip(_bounds(told), (_INK, _RED), strict=False):
        sizes = {int(size): runs for size, runs in told["summary"][bound]["runs_by_size"].items()}
        axes.hist(
            list(sizes), weights=list(sizes.values()), bins=min(30, max(sizes)), color=color, alpha=0.5, label=bound
        )
    axes.set(
        xlabel="organizations reached", ylabel="runs", title=f"A breach of {', '.join(told['parameters']['vendors'])}"
    )
    axes.legend()


def _survival(told: Told, axes: Any) -> None:
    for reading, color in (("shortest", _INK), ("longest", _RED)):
        rows = [row for row in told["rows"] if row["reading"] == reading]
        days = [0, *(row["days"] for row in rows)]
        axes.step(days, [1, *(row["remaining"] for row in rows)], where="post", color=color, label=f"{reading} reading")
        low, high = ([1, *(row[side] for row in rows)] for side in ("low", "high"))
        axes.fill_between(days, low, high, step="post", color=color, alpha=0.15)
    begin, end = (_NOUNS[told["parameters"][side]] for side in ("from", "to"))
    axes.set(ylim=(0, 1.02), xlabel="days", ylabel="share still waiting", title=f"From {begin} to {end} (Kaplan-Meier)")
    axes.legend()


def _drawn(draw: Callable[[Any], None], path: str | Path) -> Path:
    try:
        import matplotlib as mpl  # noqa: PLC0415 - optional
        from matplotlib.figure import Figure  # noqa: PLC0415 - the same
    except ImportError as error:
        raise MissingExtraError("plots need matplotlib (pip install 'breachkg[plot]')") from error
    where = Path(path)
    if where.suffix not in {".svg", ".png", ".pdf"}:
        raise KGError(f"{where}: plots are written as .svg, .png or .pdf")
    with mpl.rc_context({"svg.hashsalt": "breachkg", "svg.fonttype": "none"}):
        figure = Figure(figsize=(7, 4.5), layout="constrained")
        axes = figure.subplots()
        axes.spines[["top", "right"]].set_visible(False)
        draw(axes)
        try:
            figure.savefig(where, metadata={"Date": None} if where.suffix == ".svg" else None)
        except OSError as error:
            raise KGError(f"{where}: cannot be written: {error.strerror or error}") from error
    return where
