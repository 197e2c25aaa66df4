from __future__ import annotations

from pathlib import Path

import pytest
from documents import table

import kg
from kg.cli import main
from kg.errors import StoreError
from kg.store.addresses import is_address, local

ADDRESS = "https://graphs.example/alder"
WITH_PASSWORD = "https://alder:birch@graphs.example/alder"


def test_a_folder_is_no_address():
    for path in (Path("breaches.kg"), Path("https.kg"), Path("/a/http:/b"), Path("http:"), Path("C:/a")):
        assert local(path) == path
        assert not is_address(path)


@pytest.mark.parametrize("address", [ADDRESS, Path(ADDRESS), "http://127.0.0.1:3030/x?y=z"])
def test_nothing_is_built_into_a_folder_that_is_called_like_a_server(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text(table("Alder,Birch,,,,"), "utf-8")
    with pytest.raises(StoreError, match=r"is a server, not a folder; .*`kg push`"):
        kg.build("t.csv", address)
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.parametrize(
    "command", ["build t.csv", "compact", "judge Alder ALDER same", "undo 1", "undo", "review --import judged.csv"]
)
def test_commands_that_write_point_to_the_one_that_writes_to_servers(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", ADDRESS)
    Path("t.csv").write_text(table("Alder,Birch,,,,"), "utf-8")
    Path("judged.csv").write_text("left,right,judgement\nAlder,ALDER,same\n", "utf-8")
    assert main(command.split()) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"kg: {ADDRESS}: is a server, not a folder; build a folder and bring it there with `kg push`\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["judged.csv", "t.csv"]


@pytest.mark.parametrize(
    "command",
    [
        "push {} --store t.csv",
        "build t.csv --store {}",
        "compact --store {}",
        "judge a b same --store {}",
        "query --store {} --generation 2 ASK{{}}",
        "serve --port 0 --store {}",
        "info --store {}:x",
    ],
)
def test_no_command_shows_the_password_in_an_address(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text(table("Alder,Birch,,,,"), "utf-8")
    assert kg.build("t.csv", "s.kg")
    address = WITH_PASSWORD.removesuffix("/alder") if ":x" in command else WITH_PASSWORD
    assert main(command.replace("--store t.csv", "--store s.kg").format(address).split()) == 1
    told = capsys.readouterr().err
    assert "://graphs.example" in told
    assert "birch" not in told
