"""`planner tasks` as a stranger meets it."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from planner import cli
from planner.report.tasks_view import county_sheet, township_sheet
from planner.storage import read_table
from tests.simulation.small import small_plan, write_small


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results of the reduced plan as written."""
    place = tmp_path_factory.mktemp("small")
    plan = write_small(place) / "plan.yaml"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["planner", "allocate", str(plan), "--out", str(place / "out")])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    assert not ended.value.code
    return place / "out"


@pytest.fixture
def say(monkeypatch, capsys):
    """The command in this process: its status, and what it said."""

    def told(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["planner", "tasks", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return told


def test_without_a_township_each_has_its_row_and_the_county_its_own_money(say, results):
    status, out, err = say(results)
    assert (status, err) == (0, "")
    assert out.splitlines()[0].startswith("桂平市2016年任务分解表")
    for township in (*small_plan().townships, "市县本级", "合计"):
        assert any(row.startswith(township) for row in out.splitlines()), township
    assert "合成" in out


def test_a_township_has_a_row_for_every_item_with_its_clause(say, results):
    plan = small_plan()
    status, out, _ = say(results, "--township", plan.townships[1], "--year", 2017)
    assert status == 0
    assert out.splitlines()[0].startswith(f"{plan.townships[1]}2017年任务清单")
    table = read_table(results, "task_sheet")
    mine = table[(table["township"] == plan.townships[1]) & (table["year"] == 2017)]
    for item, clause in zip(mine["item"], mine["clause"], strict=True):
        if item in plan.measures:
            (row,) = [row for row in out.splitlines() if row.startswith(f"{plan.measures[item].name} ")]
            assert row.endswith(clause)


def test_the_county_s_own_tasks_can_be_asked_for(say, results):
    _, out, _ = say(results, "--township", "county", "--lang", "en")
    assert out.startswith("the county itself: tasks of 2016")
    assert "money without a task" in out


def test_english_says_the_same_figures(say, results):
    _, chinese, _ = say(results)
    _, english, _ = say(results, "--lang", "en")
    assert [r.split()[1:] for r in chinese.splitlines()[4:7]] == [r.split()[1:] for r in english.splitlines()[4:7]]


def test_the_csv_opens_in_a_spreadsheet_and_has_money_in_yuan(say, results, tmp_path):
    path = tmp_path / "tasks.csv"
    _, out, _ = say(results, "--csv", path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    table = read_table(results, "task_sheet")
    total = next(row for row in rows if row[0] == "合计")
    assert int(total[-1]) == int(table.loc[table["year"] == 2016, "yuan"].sum())
    assert str(path) in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--township", "x"], "没有乡镇“x”"),
        (["--year", 1999], "1999年不在方案期内"),
        (["--scenario", "x"], "没有写明看哪一个情景"),
    ],
)
def test_what_the_results_do_not_have_is_told_with_what_they_have(say, results, words, told):
    status, out, err = say(results, *words)
    assert (status, out) == (2, "")
    assert told in err


def test_a_folder_that_holds_no_results_is_refused(say, tmp_path):
    status, _, err = say(tmp_path)
    assert status == 2
    assert str(tmp_path) in err


def test_the_sheets_add_up_to_the_year_s_money(results):
    plan, table = small_plan(), read_table(results, "task_sheet")
    for year in plan.horizon.years:
        county = county_sheet(table, plan, "x", year, "zh", synthetic=False)
        whole = county.sums(county.rows)[-1]
        assert whole == int(table.loc[table["year"] == year, "yuan"].sum())
        parts = [
            township_sheet(table, plan, "x", place, year, "zh", synthetic=False)
            for place in (*plan.townships, "county")
        ]
        assert sum(int(sheet.sums(sheet.rows)[4] or 0) for sheet in parts) == whole
        assert not county.warning
