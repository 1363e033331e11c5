"""`planner needs` as a stranger meets it."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from planner import cli
from tests.simulation.small import write_small


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture
def say(monkeypatch, capsys):
    """The command in this process: its status, and what it said."""

    def told(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["planner", "needs", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return told


@pytest.mark.parametrize("by", ["county", "measure", "township", "village"])
def test_every_view_is_printed_in_chinese_with_its_sums(say, place, by):
    status, out, err = say(place / "plan.yaml", "--by", by)
    assert (status, err) == (0, "")
    assert "（万元）" in out
    assert "合计" in out
    assert "合成" in out


def test_the_county_is_the_view_where_none_is_asked_for_and_a_scenario_will_do(say, place):
    assert say(place / "bare.yaml")[1].splitlines()[0].endswith("各项措施的需求（2016年标准）")


def test_a_village_can_be_named_or_given_by_its_row(say, place):
    _, by_row, _ = say(place / "plan.yaml", "--village", 3, "--lang", "en")
    name = by_row.splitlines()[0].split(" (")[0]
    assert say(place / "plan.yaml", "--village", name, "--lang", "en")[1] == by_row


def test_the_year_and_the_register_can_be_chosen(say, place):
    _, out, _ = say(place / "plan.yaml", "--year", 2020, "--register-seed", 2)
    assert "2020年标准" in out
    assert "种子2" in out


def test_the_csv_opens_in_a_spreadsheet_and_has_money_in_yuan(say, place, tmp_path):
    path = tmp_path / "needs.csv"
    status, out, _ = say(place / "plan.yaml", "--by", "township", "--csv", path)
    assert status == 0
    assert str(path) in out
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    money = rows[0].index("一次性资金（元）")
    assert sum(int(row[money]) for row in rows[1:4]) == int(rows[4][money])
    assert "合成" in rows[-1][0]


REFUSED = {
    "a year outside the plan": (["--year", 2031], "2031"),
    "a village that is not there": (["--village", "无此村"], "无此村"),
    "a row that is not there": (["--village", 18], "18"),
}


@pytest.mark.parametrize(("words", "named"), REFUSED.values(), ids=list(REFUSED))
def test_what_does_not_exist_is_refused_by_name(say, place, words, named):
    status, out, err = say(place / "plan.yaml", *words)
    assert (status, out) == (2, "")
    assert named in err


def test_a_csv_that_cannot_be_written_is_told(say, place, tmp_path):
    status, _, err = say(place / "plan.yaml", "--csv", tmp_path / "nowhere" / "needs.csv")
    assert status == 2
    assert "needs.csv" in err
