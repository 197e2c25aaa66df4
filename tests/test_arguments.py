from __future__ import annotations

import pytest

from kg import cli, commands
from kg.arguments import COMMANDS, parser


def test_every_command_that_can_be_typed_is_run_and_the_other_way_round():
    assert cli.main(["formats"]) == commands.DONE
    assert COMMANDS.keys() == commands.RUNS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as stop:
        parser().parse_args([*name.split(), "--help"])
    assert stop.value.code == 0
    text, _ = COMMANDS[name]
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith(f"usage: kg {name} ")
    assert f"{text[1:]}." in told
