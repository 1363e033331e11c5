"""`planner register report` and `planner register stream` as a stranger meets them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from planner import cli
from planner.plan.loading import load_plan
from planner.register.model import Register
from planner.register.stored import write_register
from planner.register.synthesis import synthesise
from planner.storage import save_table
from tests.simulation.small import write_small


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture
def say(monkeypatch, capsys):
    """The command in this process: its status, and what it said."""

    def told(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["planner", "register", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return told


def test_the_report_shows_targets_townships_and_assumptions_in_chinese(say, place):
    status, out, err = say("report", place / "plan.yaml", "--register-seed", 3)
    assert (status, err) == (0, "")
    assert out.startswith("登记表核对：合成的登记表，种子3")
    for words in (
        "方案定死的数",
        "致贫原因（主因或次因）",
        "相互关系",
        "各乡镇",
        "只作设定、登记表上量不到的",
        "标准误",
    ):
        assert words in out
    for town in load_plan(place / "plan.yaml").townships:
        assert f"\n{town}" in out


def test_the_report_is_there_in_english_and_no_share_stands_outside_its_unit(say, place):
    _, out, _ = say("report", place / "plan.yaml", "--lang", "en")
    assert "registered persons" in out
    assert "made up, seed 1" in out
    assert "households with an ill member" in out


def test_the_json_has_every_figure_with_its_full_origin(say, place):
    status, out, _ = say("report", place / "bare.yaml", "--json")
    found = json.loads(out)
    assert status == 0
    assert set(found) == {"targets", "townships", "assumed", "notes"}
    poor = next(row for row in found["targets"] if row["path"] == "population.poor")
    assert (poor["achieved"], poor["misfit"], poor["kind"]) == (poor["target"], 0, "exact")
    assert all(row["origin"] for row in (*found["targets"], *found["assumed"]))
    assert all(row["zh"] and row["en"] for row in found["notes"])


def test_a_register_that_was_handed_in_is_held_against_the_same_targets(say, place, tmp_path):
    """Half of its households are left out: persons fall short of the plan's by as much."""
    plan = load_plan(place / "plan.yaml")
    made = synthesise(plan, 1)
    kept = {name: vector[::2] for name, vector in made.households.items()}
    kept["household"] = np.arange(len(kept["household"]))
    half = Register.of(kept, dict(made.villages), made.townships, synthetic=False, seed=0)
    write_register(half, tmp_path / "handed")
    status, out, _ = say("report", place / "plan.yaml", "--register", tmp_path / "handed", "--json")
    found = json.loads(out)
    assert status == 0
    poor = next(row for row in found["targets"] if row["path"] == "population.poor")
    assert poor["achieved"] == int(kept["persons"][kept["registered"] == 1].sum())
    assert poor["misfit"] == poor["achieved"] - poor["target"]
    assert found["assumed"] == []


def test_a_stream_is_judged_counted_and_written(say, place, tmp_path):
    out = tmp_path / "new" / "counts.parquet"
    status, told, _ = say("stream", place / "plan.yaml", "--households", 400, "--workers", 1, "--out", out)
    assert status == 0
    assert "400户建档立卡" in told
    assert "逐一相符" in told
    import pandas as pd

    table = pd.read_parquet(out)
    every = table[(table["group"] == "registered") & (table["rule"] == "all")]
    assert int(every["units"].sum()) == 400
    assert [path.name for path in out.parent.iterdir()] == ["counts.parquet"]


def test_a_stream_in_english_names_criteria_and_pathways(say, place):
    status, told, _ = say("stream", place / "plan.yaml", "--households", 300, "--workers", 1, "--lang", "en")
    assert status == 0
    assert "300 registered households and 45 near-poor" in told
    assert "Industry" in told
    assert "every total agrees" in told.lower()


def test_fewer_households_than_a_village_has_are_refused(say, place):
    status, _, err = say("stream", place / "plan.yaml", "--households", 5)
    assert status == 2
    assert "households" in err


def test_a_table_with_other_columns_is_not_written(tmp_path):
    import pandas as pd

    with pytest.raises(ValueError, match="survey"):
        save_table(tmp_path / "x.parquet", "survey", pd.DataFrame({"a": [1]}))
    assert list(tmp_path.iterdir()) == []
