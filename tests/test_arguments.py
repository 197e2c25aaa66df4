from __future__ import annotations

from importlib.metadata import version

import pytest

from kg import cli, commands
from kg.arguments import COMMANDS, parser
from kg.query import Limits
from kg.view.contents import FEWEST, MOST


def test_every_command_that_can_be_typed_is_run_and_the_other_way_round():
    assert cli.main(["formats"]) == commands.DONE
    assert COMMANDS.keys() == commands.RUNS.keys()


def test_the_version_is_that_of_the_installed_package(capsys):
    with pytest.raises(SystemExit) as stop:
        parser().parse_args(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"kg {version('breachkg')}\n"


@pytest.mark.parametrize(
    "line",
    [
        "demo -o -", "build x --report -", "extract x --explain -o -", "view -o -", "view --output=-", "view --site -", "ontology docs -o -",
        "export --to graphml -o -", "export --to neo4j -o -", "review --export -", "exposure Meta --plot -", "concentration --plot -",
        "cascade Meta --plot -", "ripple --plot -",
    ],
)  # fmt: skip
def test_what_is_written_is_never_standard_output(line, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stop:
        parser().parse_args(line.split())
    assert stop.value.code == 2
    assert "is written under a name, not to standard output" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as stop:
        parser().parse_args([*name.split(), "--help"])
    assert stop.value.code == 0
    text, _ = COMMANDS[name]
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith(f"usage: kg {name} ")
    assert f"{text[1:]}." in told


@pytest.mark.parametrize(
    "line",
    [
        f"view -o p.html --max-nodes {FEWEST - 1}",
        f"view -o p.html --max-nodes {MOST + 1}",
        "view -o p.html --hops -1",
        "view -o p.html --hops two",
        "view --site s --focus Mercor",
        "view --site s --valid-on 2026-01-01",
        "serve --timeout 0",
        "serve --timeout nan",
        "serve --timeout soon",
        "serve --port 99999",
        "serve --concurrent 0",
        "serve --concurrent 1001",
        "serve --name http://a/",
        "serve --allow-origin *",
        "mcp --port -1",
        "query ASK{} --timeout -1",
        "query ASK{} --max-rows 0",
        "build x --jobs 0",
        "exposure Meta --depth 0",
        "exposure Meta --days 0",
        "exposure Meta --sector Retail",
        "exposure --all --to Kaseya",
        "exposure Meta --on 2026-01-01",
        "exposure --all --on 2026-01-01",
        "exposure Meta --all-paths",
        "spof Meta --theta 0.4",
        "ripple --on 2026-01-01",
        "ripple --by window --exposure confirmed",
        "blast-radius Okta --depth -1",
        "validate --limit -1",
        "view -o page.html --hops 1",
        "view --site site --hops 1",
        "view --site site --focus Okta --hops 1",
        "view --site site --max-nodes 20",
        "review --limit -1",
        "review --limit 0",
        "review --incidents --engine splink",
        "review --relations --engine local",
        "review --import in.csv --export out.csv",
        "review --import in.csv --limit 1",
        "review --import in.csv --engine splink",
        "query ASK{} --param vendor=Okta",
        "query --list --param vendor=Okta",
        "query --list --valid-on 2026-01-01",
        "query --list --generation 0",
        "query --named CQ04 --param vendor",
        "why a b c d",
        "why a --valid-on 2026-01-01",
        "concentration --top 0",
        "concentration --by sector --plot x.svg",
        "concentration --screen list.csv --plot x.svg",
        "concentration --screen list.csv --by vendor",
        "concentration --screen list.csv --count links",
        "concentration --screen list.csv --top 4",
        "spof --theta 1.1",
        "spof --theta nan",
        "rank blast-radius --depth 0",
        "rank betweenness --sample 0",
        "rank betweenness --seed 0",
        "rank pagerank --depth 2",
        "rank pagerank --sample 2",
        "rank pagerank --values list.csv",
        "cascade Okta --runs 1",
        "cascade Okta --runs 999999999999",
        "cascade Okta --confidence 1",
        "cascade Okta --weight -0.5",
        "cascade Okta --weight half",
        "debtrank --form inoperability",
        "debtrank Okta --form inoperability --values list.csv",
        "ripple --share 0",
        "ripple --confidence 0",
        "ripple --from occurred",
        "ripple --by sector --until reported",
        "ripple --by window --confidence 0.9",
        "ripple --by time --share 0.75",
        "ripple --plot x.svg",
        "ripple --by time --from reported",
        "ripple --by time --from discovered --until discovered",
        "whatif",
        "whatif --replace Okta",
        "whatif --candidates Okta --remove Okta",
        "whatif --candidates Okta --weight 0",
        "whatif --candidates Okta --seed 0",
        "portfolio own.csv --depth 0",
        "export --to turtle -o -",
        "export --to turtle -o x.ttl --focus Okta --depth -1",
        "export --to turtle -o x.ttl --depth 1",
        "export --to csv -o x.csv --with-history",
        "export --to nquads -o x.nq --with-history --focus Okta",
        "export --to nquads -o x.nq --with-history --certainty confirmed",
        "mcp --token-file token",
        "match Okta",
        "diff 1 2 3",
        "extract x -o page.html",
        "build x --llm-model any",
        "build x --engine spark --jobs 2",
    ],
)
def test_misuse_is_told_by_its_status_and_leaves_no_file(line, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stop:
        cli.main(line.split())
    said = capsys.readouterr()
    assert (stop.value.code, said.out) == (2, "")
    assert said.err.splitlines()[-1].startswith(f"kg {line.split()[0]}: error: ")
    assert list(tmp_path.iterdir()) == []


def test_what_is_within_the_bounds_is_taken():
    for most in (FEWEST, MOST):
        assert parser().parse_args(["view", "-o", "p.html", "--max-nodes", str(most)]).max_nodes == most
    told = parser().parse_args(["query", "ASK{}", "--timeout", "1e6", "--max-rows", str(10**9)])
    assert Limits(seconds=told.timeout, rows=told.max_rows)
    told = parser().parse_args("spof --theta 0".split())
    assert (told.theta, parser().parse_args("ripple --share 1".split()).share) == (0, 1)
    assert [parser().parse_args(["cascade", "V", "--weight", w]).weight for w in ("0", "1", "full")] == [0, 1, "full"]
    told = parser().parse_args(["serve", "--name", "a.example", "--allow-origin", "https://a.example", "--port", "0"])
    assert (told.name, told.allow_origin, told.port) == (["a.example"], ["https://a.example"], 0)


def test_serve_offers_no_address(capsys):
    for name, offered in (("serve", False), ("query", True)):
        with pytest.raises(SystemExit):
            parser().parse_args([name, "--help"])
        assert ("SPARQL endpoint (default" in " ".join(capsys.readouterr().out.split())) == offered
