from __future__ import annotations

import sys

import pytest

from kg.cli import main
from kg.errors import KGError, MissingExtraError
from kg.exposure.plots import lorenz


def test_the_lorenz_curve_is_its_definition():
    at, held = lorenz([0.4, 0.1, 0.2, 0.3, 0.0])
    assert at == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert held == pytest.approx([0, 0.1, 0.3, 0.6, 1])
    with pytest.raises(KGError, match="no share"):
        lorenz([0.0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["exposure", "Meta"], "Vendors of Meta"),
        (["concentration"], "Concentration on vendors"),
        (["cascade", "Zellis"], "A breach of Zellis"),
        (["ripple", "--by", "time", "--from", "disclosed"], "From disclosure to report"),
    ],
)
def test_every_plot_is_written_by_its_command_and_is_the_same_twice(demo_store, tmp_path, capsys, arguments, said):
    pictures = [tmp_path / "a.svg", tmp_path / "b.svg"]
    for path in pictures:
        assert main([*arguments, "--plot", str(path), "--store", str(demo_store)]) == 0
    assert said in pictures[0].read_text("utf-8")
    assert pictures[0].read_bytes() == pictures[1].read_bytes()


def test_what_cannot_be_drawn_is_said(demo_graph, tmp_path):
    for call in (
        lambda: demo_graph.spof().plot(tmp_path / "a.svg"),
        lambda: demo_graph.concentration(by="sector").plot(tmp_path / "a.svg"),
        lambda: demo_graph.concentration().plot(tmp_path / "a.txt"),
        lambda: demo_graph.concentration().plot(tmp_path / "no" / "a.svg"),
        lambda: demo_graph.exposure("Kaseya").plot(tmp_path / "a.svg"),
    ):
        with pytest.raises(KGError):
            call()
    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib_the_extra_is_named(demo_graph, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"breachkg\[plot\]"):
        demo_graph.concentration().plot(tmp_path / "a.svg")
