"""The command as a stranger meets it: what it says, how it ends, and that a fault leaves nothing behind.

Exit status: 0 done; 2 faults in what was given; 3 the clauses cannot all hold; 1 a failure of our own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner import cli
from planner.errors import IllegalMove, SolverFailed
from planner.storage import read_manifest
from planner.tables import TABLES
from tests.simulation.small import write_small

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "scenarios" / "guiping-2016"
COMMANDS = ("audit", "diff", "allocate", "verify", "simulate", "run", "explain")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Said:
    """How a command ended."""

    status: int
    out: str
    err: str


Told = Callable[..., Said]


def alone(words: Sequence[object], cwd: Path) -> Said:
    """The command in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error::DeprecationWarning:planner"}
    done = subprocess.run(
        [sys.executable, "-m", "planner", *map(str, words)],
        cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """The command in this process, which is quicker."""

    def told(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["planner", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        code = ended.value.code
        return Said(code if isinstance(code, int) else 0 if code is None else 1, printed.out, printed.err)

    return told


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reduced plan as files."""
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def results(place: Path) -> Path:
    """A folder of results, as `planner run` leaves it."""
    out = place / "results"
    words = ["simulate", place / "plan.yaml", "--runs", 2, "--seed", 0, "--workers", 1, "--out", out]
    said = alone(words, place)
    assert said.status == 0, said.err
    return out


def test_help_is_quick_and_names_every_command(tmp_path):
    alone(["--help"], tmp_path)
    began = time.perf_counter()
    said = alone(["--help"], tmp_path)
    took = time.perf_counter() - began
    assert said.status == 0
    assert all(command in said.out for command in COMMANDS)
    assert CHINESE.search(said.out)
    assert took < 2, "nothing heavy is loaded before it is needed"


def test_nothing_heavy_is_loaded_for_help_or_audit(tmp_path):
    """pandas, SimPy, Plotly and the solver take seconds to load; neither command needs them."""
    heavy = "{'pandas', 'simpy', 'plotly', 'highspy', 'pulp', 'scipy', 'pyarrow'}"
    for words in (["--help"], ["audit", str(SHIPPED / "plan.yaml"), "--json"]):
        script = (
            f"import sys; sys.argv = ['planner', *{words!r}]\nfrom planner import cli\n"
            f"try:\n    cli.main()\nexcept SystemExit:\n    print(sorted({heavy} & set(sys.modules)), file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, encoding="utf-8", timeout=60, check=True,
        )  # fmt: skip
        assert done.stderr.strip().splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_two_languages(say, command):
    said = say(command, "--help")
    assert said.status == 0
    assert CHINESE.search(said.out)
    assert re.search(r"[a-z]{4,}", said.out)


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["run", "--out", "x"],
        ["diff", "a.yaml"],
        ["simulate", "plan.yaml", "--runs", "0", "--out", "x"],
        ["simulate", "plan.yaml", "--runs", "many", "--out", "x"],
        ["simulate", "plan.yaml", "--seed", "-1", "--out", "x"],
        ["simulate", "plan.yaml", "--workers", "0", "--out", "x"],
        ["allocate", "plan.yaml", "--solver", "abacus", "--out", "x"],
        ["audit", "plan.yaml", "--lang", "fr"],
        ["explain", "household", "many", "--scenario", "plan.yaml"],
    ],
    ids=" ".join,
)
def test_a_command_that_is_not_understood_ends_with_two(say, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    said = say(*words)
    assert said.status == 2
    assert said.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ["audit", "none.yaml"],
        ["diff", "none.yaml", "neither.yaml"],
        ["allocate", "none.yaml", "--out", "deep/x"],
        ["simulate", "none.yaml", "--out", "deep/x"],
        ["run", "none.yaml", "--out", "deep/x"],
        ["explain", "household", "1", "--scenario", "none.yaml"],
        ["explain", "village", "1", "--scenario", "none.yaml"],
        ["explain", "line", "roads", "--results", "none"],
        ["verify", "none"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_what_is_not_there_is_named_and_nothing_is_written(say, tmp_path, monkeypatch, words, lang):
    monkeypatch.chdir(tmp_path)
    said = say(*words, "--lang", lang)
    assert said.status == 2
    assert "none" in said.err
    assert "Traceback" not in said.err
    assert bool(CHINESE.search(said.err)) == (lang == "zh")
    assert not list(tmp_path.iterdir())


def test_every_fault_of_a_file_is_told_at_once(say, tmp_path):
    (tmp_path / "plan.yaml").write_text((SHIPPED / "plan.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    for file in SHIPPED.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        if file.name == "plan.yaml":
            text = text.replace("start_month: 3", "start_month: 13").replace("unit: 人/户", "unit: 斤/户")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    said = say("audit", tmp_path / "plan.yaml")
    assert said.status == 2
    assert said.out == ""
    assert "horizon.start_month" in said.err
    assert "per_household" in said.err


def test_an_error_in_a_process_of_its_own_has_no_traceback(tmp_path):
    said = alone(["run", "none.yaml", "--out", "x"], tmp_path)
    assert said.status == 2
    assert "Traceback" not in said.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("lang", "word"), [("zh", "口径校验"), ("en", "Audit of")])
def test_the_audit_is_told_in_both_languages(say, lang, word):
    said = say("audit", SHIPPED / "plan.yaml", "--lang", lang)
    assert said.status == 0
    assert word in said.out.splitlines()[0]


def test_the_audit_as_json_is_one_list_of_findings_with_their_clauses(say):
    said = say("audit", SHIPPED / "plan.yaml", "--json")
    assert said.status == 0
    found = json.loads(said.out)
    assert len(found) > 10
    assert len({f["key"] for f in found}) == len(found)
    assert all(f["clauses"] and f["figures"] and f["words"] for f in found)


def test_the_difference_of_two_scenarios_is_told_with_its_reason(say, place):
    said = say("diff", place / "plan.yaml", place / "bare.yaml")
    assert said.status == 0
    assert "安排方式" in said.out
    assert "对照" in said.out
    english = say("diff", place / "plan.yaml", place / "bare.yaml", "--lang", "en")
    assert english.status == 0
    assert "control" in english.out


def test_a_plan_does_not_differ_from_itself(say, place):
    said = say("diff", place / "plan.yaml", place / "plan.yaml")
    assert said.status == 0
    assert "安排方式" not in said.out


def test_a_simulation_leaves_a_whole_folder_and_names_its_page(results):
    manifest = read_manifest(results)
    assert (results / "page.html").stat().st_size > 100_000
    assert {f"tables/{name}.parquet" for name in TABLES} <= set(manifest["files"])
    assert manifest["luck"] == {"first_seed": 0, "runs": 2}
    assert [p.name for p in results.parent.iterdir() if p.name.startswith(".")] == []


def test_a_run_of_two_scenarios_tells_its_path_and_repeats_its_tables(say, place, results):
    out = place / "again"
    said = say("simulate", place / "plan.yaml", "--runs", 2, "--seed", 0, "--workers", 1, "--out", out)
    assert said.status == 0
    assert str(out / "page.html") in said.out
    one, two = (
        {n: h for n, h in read_manifest(folder)["files"].items() if n != "page.html"} for folder in (results, out)
    )
    assert one == two


def test_results_are_verified_in_words_and_what_was_touched_is_named(say, results, tmp_path):
    said = say("verify", results)
    assert said.status == 0
    assert "全部成立" in said.out
    touched = tmp_path / "touched"
    for file in results.rglob("*"):
        if file.is_file():
            where = touched / file.relative_to(results)
            where.parent.mkdir(parents=True, exist_ok=True)
            where.write_bytes(file.read_bytes())
    (touched / "plans" / "plan.json").write_text("{}", encoding="utf-8")
    said = say("verify", touched, "--lang", "en")
    assert said.status == 2
    assert "plans/plan.json" in said.err


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(say, place, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for command in ("allocate", "simulate", "run"):
        said = say(command, place / "plan.yaml", "--out", tmp_path)
        assert said.status == 2
        assert "notes.txt" in said.err
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_in_the_place_of_results_is_refused(say, place, tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    assert say("allocate", place / "plan.yaml", "--out", tmp_path / "out").status == 2
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_clauses_that_cannot_all_hold_end_with_three_and_nothing_is_written(say, place, tmp_path, lang):
    said = say("allocate", place / "tight.yaml", "--out", tmp_path / "deep" / "out", "--lang", lang)
    assert said.status == 3
    assert bool(CHINESE.search(said.err.split(":")[0])) == (lang == "zh")
    assert "Traceback" not in said.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("error", [SolverFailed("time limit"), IllegalMove("A -> B")], ids=["solver", "move"])
def test_a_failure_of_our_own_ends_with_one_in_a_sentence(say, monkeypatch, place, tmp_path, error):
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("planner.study.propose", fails)
    said = say("allocate", place / "plan.yaml", "--out", tmp_path / "out")
    assert said.status == 1
    assert str(error) in said.err
    assert "Traceback" not in said.err
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told_in_words(say, place, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    said = say("allocate", place / "plan.yaml", "--out", tmp_path / "file" / "out")
    assert said.status == 2
    assert "file" in said.err
    assert "Traceback" not in said.err


def test_an_allocation_writes_its_program_for_another_solver(say, place, tmp_path):
    said = say(
        "allocate", place / "plan.yaml", "--out", tmp_path / "out",
        "--write-mps", tmp_path / "a.mps", "--write-lp", tmp_path / "a.lp",
    )  # fmt: skip
    assert said.status == 0
    assert (tmp_path / "a.mps").read_text(encoding="utf-8").rstrip().endswith("ENDATA")
    assert (tmp_path / "a.lp").read_text(encoding="utf-8").rstrip().endswith("End")
    assert "2016" in said.out


@pytest.mark.parametrize(("lang", "word"), [("zh", "只改选择不影响结果"), ("en", "its choice alone changes nothing")])
def test_a_ruling_that_changes_no_number_is_told_before_the_money_is_divided(say, place, tmp_path, lang, word):
    scenario = place / "relative.yaml"
    scenario.write_text(
        "name: 按比例\nquestion: 会怎样？\nextends: bare.yaml\n"
        "overrides:\n  - {path: rulings.medical_points, value: relative, why: 试}\n",
        encoding="utf-8",
    )
    said = say("allocate", scenario, "--out", tmp_path / "out", "--lang", lang)
    assert said.status == 0
    assert word in said.err
    assert "rulings.medical_points" in said.err


@pytest.mark.parametrize(("lang", "line"), [("zh", "村屯道路"), ("en", "Roads")])
def test_a_line_is_explained_from_results(say, results, lang, line):
    said = say("explain", "line", "roads", "--results", results, "--lang", lang)
    assert said.status == 0
    assert line in said.out
    assert "四1" in said.out


def test_a_line_that_the_plan_does_not_have_is_refused_with_those_it_has(say, results):
    said = say("explain", "line", "moon", "--results", results)
    assert said.status == 2
    assert "moon" in said.err
    assert "roads" in said.err


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", [["household", "3"], ["village", "0"]], ids=" ".join)
def test_a_household_and_a_village_are_explained_with_their_clause(say, place, words, lang):
    said = say("explain", *words, "--scenario", place / "plan.yaml", "--year", 2017, "--lang", lang)
    assert said.status == 0
    assert "2017" in said.out
    assert "二(" in said.out
    assert ("合成" if lang == "zh" else "synthetic") in said.out.lower() or ("made up" in said.out)


def test_a_village_is_found_by_its_name_too(say, place):
    by_row = say("explain", "village", "0", "--scenario", place / "plan.yaml")
    name = re.search(r"\S+?第\d\d村", by_row.out)
    assert name
    assert say("explain", "village", name[0], "--scenario", place / "plan.yaml").out == by_row.out


@pytest.mark.parametrize("words", [["household", "999999"], ["village", "999"], ["village", "月村"]], ids=" ".join)
def test_who_is_not_in_the_register_is_told_so(say, place, words):
    said = say("explain", *words, "--scenario", place / "plan.yaml")
    assert said.status == 2
    assert words[1] in said.err
    assert "Traceback" not in said.err


def test_one_scenario_twice_is_refused(say, place, tmp_path):
    said = say("run", place / "plan.yaml", place / "plan.yaml", "--out", tmp_path / "out")
    assert said.status == 2
    assert "plan" in said.err
    assert not list(tmp_path.iterdir())
