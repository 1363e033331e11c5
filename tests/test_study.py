"""A study from scenarios to tables on the reduced plan: declared columns, repeatable bytes, luck in its place."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner import study, verification
from planner.errors import ResultError, UsageError
from planner.storage import Folder, read_table
from planner.study import Case, Result
from planner.tables import INDICATORS, TABLES
from planner.wording import render_usage
from tests.simulation.small import write_small

SIMULATED = {"yearly", "bands", "milestones", "places", "pathways", "flows", "paired", "bottlenecks"}


def quiet(stage: str, done: int, total: int) -> None:
    """Told of progress, says nothing."""


def studied(cases: tuple[Case, ...], first: int, runs: int, register_seed: int = 1) -> Result:
    """What a command does, without questions and on one worker."""
    made, replies = study.propose(cases, register_seed, 1, questions=False, progress=quiet)
    register = study.register_of(cases[-1], register_seed)
    found = study.forecast(cases, made, register, first, runs, 1, quiet)
    return Result(cases, made, replies, found, study.tables_of(cases, made, replies, register, found))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def cases(place: Path) -> tuple[Case, ...]:
    return study.open_cases([str(place / "bare.yaml"), str(place / "plan.yaml")])


@pytest.fixture(scope="module")
def result(cases: tuple[Case, ...]) -> Result:
    return studied(cases, 1, 3)


def test_every_declared_table_is_made_with_exactly_its_columns_and_kinds(result):
    kinds = {"text": "str", "year": "int64", "count": "int64", "yuan": "int64", "number": "float64"}
    assert set(result.tables) == set(TABLES)
    for name, table in result.tables.items():
        assert {c: str(t) for c, t in table.dtypes.items()} == {c: kinds[k] for c, k in TABLES[name].items()}, name


def test_no_number_is_missing_but_where_there_is_nothing_to_say(result):
    """Shares of nothing and ranges that nobody gave may be missing; nothing else may."""
    may = {("measures", "unit_cost_yuan"), ("measures", "printed_units"), ("pathways", "target")}
    may |= {("assumptions", "low"), ("assumptions", "high")}
    for name, table in result.tables.items():
        lacking = {(name, c) for c in table.columns if table[c].isna().any()}
        assert lacking <= may


def test_the_tables_of_a_study_without_runs_are_the_others(cases):
    made, _ = study.propose(cases, 1, 1, questions=False, progress=quiet)
    tables = study.tables_of(cases, made, (), study.register_of(cases[0], 1), ())
    assert set(tables) == set(TABLES) - SIMULATED


def test_the_same_study_gives_the_same_tables_and_another_luck_seed_other_simulated_ones_only(cases, result):
    again, other = studied(cases, 1, 3), studied(cases, 50, 3)
    for name, table in result.tables.items():
        pd.testing.assert_frame_equal(table, again.tables[name], check_exact=True)
    changed = {name for name, table in result.tables.items() if not table.equals(other.tables[name])}
    assert changed <= SIMULATED
    assert {"yearly", "bands", "places", "paired"} <= changed


def test_the_same_table_is_written_as_the_same_bytes(tmp_path, cases, result):
    for name in ("one", "two"):
        folder = Folder(tmp_path / name)
        for table, held in (result if name == "one" else studied(cases, 1, 3)).tables.items():
            folder.table(table, held)
        folder.close(study.manifest_of("planner", cases, 1, (1, 3)))
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n).rglob("*") if p.is_file()} for n in ("one", "two"))
    assert one == two


def test_what_was_led_out_is_told_against_the_world_without_a_programme(result):
    """bare is that world: nobody is led out in it, and what leaves in it is what would have left anyway."""
    wide = result.tables["yearly"].pivot(index=["run", "year"], columns=["scenario", "indicator"], values="value")
    assert (wide["bare", "led_out"] == 0).all()
    assert (wide["bare", "left_anyway"] == wide["bare", "persons_out"]).all()
    assert (wide["plan", "left_anyway"] <= wide["bare", "persons_out"]).all()
    assert (wide["plan", "led_out"] + wide["plan", "left_anyway"] == wide["plan", "persons_out"]).all()


def test_paired_differences_are_those_of_the_runs(result):
    wide = result.tables["yearly"].pivot(index=["year", "indicator", "run"], columns="scenario", values="value")
    mean = (wide["plan"] - wide["bare"]).groupby(level=["year", "indicator"]).mean()
    told = result.tables["paired"].set_index(["year", "indicator"])["mean"]
    assert len(told) == 5 * len(INDICATORS)
    assert told.sort_index().to_numpy() == pytest.approx(mean.sort_index().to_numpy())


def test_places_add_up_to_the_county(result):
    bands = result.tables["bands"].set_index(["scenario", "year", "indicator"])["mean"]
    places = result.tables["places"].groupby(["scenario", "year", "indicator"])["mean"].sum()
    for indicator in ("persons_out", "cohort_left", "poor_stock", "villages_off"):
        one, other = (t.xs(indicator, level="indicator").sort_index() for t in (bands, places))
        assert other.to_numpy() == pytest.approx(one.to_numpy())


def test_the_changes_of_a_scenario_carry_their_reason(result):
    told = result.tables["changes"].to_dict("records")
    assert [(c["scenario"], c["path"], c["before"], c["after"], c["why"]) for c in told] == [
        ("bare", "regime.kind", "as_written", "none", "对照")
    ]


def test_a_manifest_says_from_what_a_result_was_made_and_not_when(cases):
    manifest = study.manifest_of("planner run", cases, 4, (7, 100))
    assert manifest == study.manifest_of("planner run", cases, 4, (7, 100))
    assert set(manifest["scenarios"]) == {"bare", "plan"}
    assert manifest["scenarios"]["bare"]["hash"] != manifest["scenarios"]["plan"]["hash"]
    assert (manifest["register"], manifest["luck"]) == ({"seed": 4, "synthetic": True}, {"first_seed": 7, "runs": 100})
    assert {"planner", "python", "numpy", "simpy", "solver"} <= set(manifest["versions"])


def test_a_scenario_twice_and_scenarios_of_two_plans_are_refused(place, tmp_path, root):
    with pytest.raises(UsageError, match=r"usage\.same_scenario"):
        study.open_cases([str(place / "plan.yaml"), str(place / "plan.yaml")])
    other = root / "tests" / "plan" / "tiny" / "plan.yaml"
    named = tmp_path / "other.yaml"
    named.write_text(f"name: 另一个\nquestion: 会怎样？\nextends: {other.name}\noverrides: []\n", encoding="utf-8")
    for file in other.parent.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with pytest.raises(UsageError, match=r"usage\.several_plans"):
        study.open_cases([str(place / "bare.yaml"), str(named)])


def test_scenarios_of_other_years_are_refused_with_the_command_that_compares_them(root):
    here = root / "scenarios" / "guiping-2016"
    long, short = str(here / "no-programme.yaml"), str(here / "2016-alone.yaml")
    with pytest.raises(UsageError) as refused:
        study.open_cases([long, short])
    for lang, word in (("zh", "方案期不同"), ("en", "different years")):
        said = render_usage(refused.value, lang)
        assert word in said
        assert f"{long}+2016-alone.yaml {short}" in said
        assert "no-programme 2016\u20132020" in said
    together = study.open_cases([f"{long}+2016-alone.yaml", short])
    assert {case.plan.horizon.years for case in together} == {(2016,)}


def test_the_titles_of_scenarios_are_in_the_language_asked_for(root):
    cases = study.open_cases([str(root / "scenarios" / "guiping-2016" / "no-programme.yaml")])
    assert study.titles(cases) == {"no-programme": "不实施方案"}
    assert study.titles(cases, "en") == {"no-programme": "No programme"}
    about = study.manifest_of("planner", cases, 1, None)["scenarios"]["no-programme"]
    assert (about["title"], about["english_title"]) == ("不实施方案", "No programme")


@pytest.fixture
def saved(tmp_path: Path, cases: tuple[Case, ...], result: Result) -> Path:
    folder = Folder(tmp_path / "out")
    for name, table in result.tables.items():
        folder.table(name, table)
    verification.save_proposals(folder, {c.name: c.plan for c in cases}, result.proposals)
    folder.close(study.manifest_of("planner", cases, 1, (1, 3)))
    return tmp_path / "out"


def test_a_saved_study_is_verified_without_the_solver(saved):
    found = verification.verify(saved)
    bare, bare_faults = found["bare"]
    plan, plan_faults = found["plan"]
    assert bare is None
    assert not bare_faults
    assert plan is not None
    assert plan.holds
    assert not plan_faults


def test_a_line_s_account_is_told_from_a_saved_study(saved):
    told = study.account_of(saved, "roads", "zh")
    assert "村屯道路（" in told
    assert "2016年：安排1400万元，原方案1400万元" in told
    with pytest.raises(UsageError, match=r"usage\.no_line"):
        study.account_of(saved, "moon", "zh")


def test_a_study_that_was_touched_is_not_verified(saved):
    money = saved / "tables" / "money.parquet"
    money.write_bytes(money.read_bytes()[:-1] + b"x")
    with pytest.raises(ResultError, match=r"tables/money\.parquet result\.file_changed"):
        verification.verify(saved)


def test_money_moved_in_the_ledger_is_noticed_even_where_the_hashes_agree(tmp_path, cases, result):
    """100,000 万元 more in one row, hashed as if it were right: the ledger no longer agrees with what was solved."""
    folder = Folder(tmp_path / "out")
    for name, table in result.tables.items():
        held = table.copy()
        if name == "money":
            held.loc[held.index[-1], "yuan"] += 1_000_000_000
        folder.table(name, held)
    verification.save_proposals(folder, {c.name: c.plan for c in cases}, result.proposals)
    folder.close(study.manifest_of("planner", cases, 1, (1, 3)))
    assert any(faults for _, faults in verification.verify(tmp_path / "out").values())
    assert not read_table(tmp_path / "out", "money").equals(result.tables["money"])
