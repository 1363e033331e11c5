"""The commands as an official meets them: what is said, what is written, what is not."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from planner import cli
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.register.exporting import export_register
from planner.register.headings import own_heading
from planner.register.personal import personal_data_in
from planner.register.stored import read_register
from planner.register.synthesis import synthesise
from tests.register.handed_in import HOUSEHOLDS, STANDARD, columns, csv_of, handed_in
from tests.simulation.small import small_plan, write_small

Said = tuple[int, str, str]
"""Exit status, what was printed, what was printed as errors and notes."""


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    def told(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["planner", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        code = ended.value.code
        return code if isinstance(code, int) else 0, printed.out, printed.err

    return told


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """The small plan as files, and its register as a workbook of real households, whole and without its villages."""
    folder = write_small(tmp_path_factory.mktemp("handed_in"))
    register = synthesise(small_plan(), 1)
    export_register(register, folder / "made_up.xlsx")
    export_register(replace(register, synthetic=False, seed=0), folder / "whole.xlsx")
    book = openpyxl.load_workbook(folder / "whole.xlsx")
    del book["村"]
    book.save(folder / "households.xlsx")
    return folder


def test_a_register_is_imported_and_said_how_much_of_it(say, tmp_path):
    (path,) = handed_in(tmp_path / "in", 户=HOUSEHOLDS)
    status, out, err = say("register", "import", path, "--out", tmp_path / "out")
    assert status == 0
    assert "3户（建档立卡3户9人）、2个村、2个乡镇" in out
    assert "没有村表" in err
    assert read_register(tmp_path / "out").households.rows == 3
    status, out, _ = say("register", "import", path, "--out", tmp_path / "out", "--lang", "en")
    assert "3 households (3 registered, 9 persons), 2 villages, 2 townships" in out


def test_faults_are_told_in_few_lines_written_in_full_and_nothing_is_imported(say, tmp_path):
    rows = [[100 + i, "青石镇", "上湾村", "四", "是", "难说"] for i in range(40)]
    files = handed_in(tmp_path / "in", 户=[HOUSEHOLDS[0], *rows])
    status, out, err = say("register", "import", *files, "--out", tmp_path / "out", "--faults", tmp_path / "f.csv")
    assert (status, out) == (2, "")
    lines = err.splitlines()
    assert len(lines) < 15
    assert "户.csv:2: D2 家庭人口: 写的是“四”。" in lines[0]
    assert any("还有37处" in line for line in lines)
    assert "共80处问题" in err
    assert not (tmp_path / "out").exists()
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as handle:
        told = list(csv.reader(handle))
    assert len(told) == 81
    assert told[1] == ["户.csv", "2", "D2 家庭人口", "写的是“四”。", "这一列应为数字。", "请改成数字；不知道的留空。"]


def test_faulty_rows_are_set_aside_with_their_reasons_and_without_names(say, tmp_path):
    table = columns(
        "户编号 户主姓名 电话 乡镇 行政村 家庭人口 住房面积（平方米）",
        "1 韦小花 13912345678 青石镇 上湾村 3 60",
        "2 覃小红 13912345679 青石镇 上湾村 13912345678 韦大明",
        "3 甲 13912345670 青石镇 上湾村 -2 40",
    )
    files = handed_in(tmp_path / "in", 户=table)
    status, out, err = say(
        "register", "import", *files, "--out", tmp_path / "out", "--skip-faulty", tmp_path / "r.csv", "--faults", tmp_path / "f.csv"
    )  # fmt: skip
    assert status == 0
    assert "搁置2行" in out
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as handle:
        head, *rejected = list(csv.reader(handle))
    assert head == ["文件", "工作表", "行", "原因", "户编号", "乡镇", "行政村", "家庭人口", "住房面积"]
    assert [row[2] for row in rejected] == ["3", "4"]
    assert rejected[0][4:] == ["2", "青石镇", "上湾村", "***", "***"]
    assert rejected[1][7:] == ["'-2", "40"]
    written = "".join(p.read_text(encoding="utf-8") for p in tmp_path.glob("*.csv")) + out + err
    written += (tmp_path / "out" / "register.json").read_text(encoding="utf-8")
    assert not personal_data_in(written)
    assert not any(name in written for name in ("韦小花", "覃小红", "韦大明"))


def test_identity_numbers_become_keys_only_with_a_key_file_outside(say, tmp_path):
    table = columns("户编号 身份证号 乡镇 行政村 家庭人口", f"A1 {STANDARD} 青石镇 上湾村 3")
    files = handed_in(tmp_path / "in", 户=table)
    (tmp_path / "key").write_text("a long enough secret", encoding="utf-8")
    status, out, err = say("register", "import", *files, "--out", tmp_path / "out", "--key-file", tmp_path / "key")
    assert status == 0
    assert STANDARD not in out + err
    assert (tmp_path / "out" / "ids.parquet").is_file()
    assert not any(b"a long enough secret" in p.read_bytes() for p in (tmp_path / "out").iterdir())
    (tmp_path / "out" / "key").write_text("a long enough secret", encoding="utf-8")
    status, _, err = say(
        "register", "import", *files, "--out", tmp_path / "out", "--key-file", tmp_path / "out" / "key"
    )
    assert (status, "密钥文件在结果文件夹里" in err) == (2, True)


def test_nothing_is_written_over_what_is_read(say, tmp_path):
    (path,) = handed_in(tmp_path / "in", 户=HOUSEHOLDS)
    before = path.read_bytes()
    for words in (
        ("--out", tmp_path / "in" / "out"),
        ("--out", tmp_path / "out", "--faults", path),
        ("--out", tmp_path / "out", "--skip-faulty", tmp_path / "in" / "r.csv"),
    ):
        status, _, err = say("register", "import", tmp_path / "in", *words)
        assert (status, "在导入的文件之中" in err) == (2, True)
    assert path.read_bytes() == before
    assert list((tmp_path / "in").iterdir()) == [path]


def test_the_blank_form_names_every_column_and_is_accepted_once_filled(say, tmp_path):
    form = tmp_path / "空白表.xlsx"
    assert say("register", "template", form)[0] == 0
    book = openpyxl.load_workbook(form)
    heads = [cell.value for cell in book["贫困户"][2]]
    assert {own_heading("households", name) for name in HOUSEHOLD if name != "household"} <= set(heads)
    village_heads = [cell.value for cell in book["村"][2]]
    assert {own_heading("villages", name) for name in VILLAGE if name != "name"} <= set(village_heads)
    assert all(sheet.sheet_state == "visible" for sheet in book)
    status, _, err = say("register", "import", form, "--out", tmp_path / "out")
    assert (status, err.count("这是空白表里的示例行")) == (2, 2)
    for name, place in (("贫困户", {"户编号": 7, "家庭人口": 3}), ("村", {"农村人口": 900})):
        sheet = book[name]
        at = {cell.value: cell.column for cell in sheet[2]}
        sheet.delete_rows(3)
        for heading, value in {"乡镇": "青石镇", "行政村": "上湾村", **place}.items():
            sheet.cell(3, at[heading], value)
    book.save(tmp_path / "filled.xlsx")
    status, out, err = say("register", "import", tmp_path / "filled.xlsx", "--out", tmp_path / "out")
    assert status == 0, err
    assert "1户（建档立卡1户3人）、1个村、1个乡镇" in out
    assert say("register", "template", form)[0] == 2, "what is there is not written over"
    assert say("register", "template", tmp_path / "a.docx")[0] == 2


@pytest.mark.parametrize("form", ["a.xlsx", "csv", "a.parquet"])
def test_a_register_is_exported(say, form, tmp_path):
    files = handed_in(tmp_path / "in", 户=HOUSEHOLDS)
    say("register", "import", *files, "--out", tmp_path / "out")
    status, out, _ = say("register", "export", tmp_path / "out", "--to", tmp_path / form)
    assert status == 0
    assert str(tmp_path / form) in out
    assert (tmp_path / form).exists()
    assert say("register", "export", tmp_path / "nothing", "--to", tmp_path / "b.xlsx")[0] == 2


def test_a_made_up_register_is_not_passed_off_as_real(say, place, tmp_path):
    status, out, _ = say("register", "import", place / "made_up.xlsx", "--out", tmp_path / "out")
    assert (status, "不是真实的户" in out) == (0, True)
    assert read_register(tmp_path / "out").synthetic


def test_a_household_is_explained_by_the_bureaus_own_number(say, place, tmp_path):
    table = columns(
        "户编号 乡镇 行政村 家庭人口 是否危房", "4508810010001 . 上湾村 4 是", "4508810010002 . 上湾村 2 否"
    )
    for row in table[1:]:
        row[1] = small_plan().townships[0]
    files = handed_in(tmp_path / "in", 户=table)
    say("register", "import", *files, "--out", tmp_path / "out", "--plan", place / "plan.yaml")
    words = ("--scenario", place / "plan.yaml", "--register", tmp_path / "out")
    status, out, _ = say("explain", "household", 4508810010002, *words)
    assert (status, "1号户（上湾村）" in out, "住房稳固 是" in out) == (0, True, True)
    assert "不明 有用电" in out or "不明" in out
    assert "合成数据" not in out
    status, _, err = say("explain", "household", 77, *words)
    assert (status, "没有“77”这一户" in err) == (2, True)
    assert say("explain", "village", "上湾村", *words)[0] == 0


def test_planning_needs_more_than_the_households_and_says_what(say, place, tmp_path):
    words = ("--out", tmp_path / "reg", "--plan", place / "plan.yaml")
    assert say("register", "import", place / "households.xlsx", *words)[0] == 0
    status, _, err = say("allocate", place / "plan.yaml", "--register", tmp_path / "reg", "--out", tmp_path / "out")
    assert status == 2
    assert all(word in err for word in ("农村人口", "贫困村", "待建砂石路（公里）", "请在村表补上"))
    assert not (tmp_path / "out").exists()


def test_a_register_of_another_county_is_refused_with_its_townships(say, place, tmp_path):
    files = handed_in(tmp_path / "in", 户=HOUSEHOLDS)
    say("register", "import", *files, "--out", tmp_path / "reg")
    status, _, err = say("allocate", place / "plan.yaml", "--register", tmp_path / "reg", "--out", tmp_path / "out")
    assert (status, "没有“青石镇”这个乡镇" in err) == (2, True)


def test_a_study_of_a_register_that_was_handed_in_says_so_and_can_be_verified(say, place, tmp_path):
    words = ("--out", tmp_path / "reg", "--plan", place / "plan.yaml")
    assert say("register", "import", place / "whole.xlsx", *words)[0] == 0
    study = ("simulate", place / "plan.yaml", "--register", tmp_path / "reg", "--runs", 1, "--workers", 1)
    status, _, err = say(*study, "--out", tmp_path / "out")
    assert status == 0, err
    page = (tmp_path / "out" / "page.html").read_text(encoding="utf-8")
    assert "导入的登记表" in page
    assert "合成数据提示" not in page
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["register"]["synthetic"] is False
    assert manifest["register"]["folder"] == str(tmp_path / "reg")
    assert say("verify", tmp_path / "out")[0] == 0
    (tmp_path / "reg").rename(tmp_path / "moved")
    status, _, err = say("verify", tmp_path / "out")
    assert (status, "没有登记表" in err) == (2, True)
    assert say("verify", tmp_path / "out", "--register", tmp_path / "moved")[0] == 0
    files = handed_in(tmp_path / "in", 户=HOUSEHOLDS)
    say("register", "import", *files, "--out", tmp_path / "other")
    status, _, err = say("verify", tmp_path / "out", "--register", tmp_path / "other")
    assert (status, "不是当时用的登记表" in err) == (2, True)


def test_the_same_tables_give_the_same_proposal_as_the_made_up_register_they_came_from(say, place, tmp_path):
    say("register", "import", place / "whole.xlsx", "--out", tmp_path / "reg", "--plan", place / "plan.yaml")
    for name, words in (("handed", ("--register", tmp_path / "reg")), ("made", ("--register-seed", 1))):
        assert say("allocate", place / "plan.yaml", *words, "--out", tmp_path / name)[0] == 0
    handed, made = (
        {p.name: p.read_bytes() for p in (tmp_path / name / "tables").iterdir()} for name in ("handed", "made")
    )
    assert handed == made


def test_the_rows_of_a_sample_are_as_they_were_written():
    assert csv_of([["a", "b,c"], [1, ""]]) == 'a,"b,c"\n1,\n'
