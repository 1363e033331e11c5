"""The difference of two plans in force reads like a page of minutes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.scenario.difference import describe, difference, minutes
from planner.scenario.resolving import resolve
from tests.museum.cases import TINY

LATE = """\
name: late
question: 补助晚到、少一成，会怎样？
english: What if the grant comes late and a tenth short?
extends: plan.yaml
overrides:
  - {path: sources.grant.amount, value: 135, why: 上年如此, english: So it was last year}
  - {path: sources.grant.delay_months, value: "{value: 4}", why: 审批慢}
  - {path: rulings.allowance.choice, value: inside, why: 领导小组会议决定}
  - {path: money.years, value: once, why: 只问首年}
"""


@pytest.fixture
def place(tmp_path):
    place = shutil.copytree(TINY, tmp_path / "tiny-2001")
    (place / "late.yaml").write_text(LATE.replace('"{value: 4}"', "{value: 4}"), encoding="utf-8")
    return place


def test_there_is_no_difference_between_a_plan_and_itself(place):
    plan = resolve(place / "plan.yaml")
    assert difference(plan, plan) == ()
    assert "两者没有不同。" in minutes(plan, plan)


def test_each_row_has_both_values_the_reason_and_the_clause(place):
    rows = difference(resolve(place / "plan.yaml"), resolve(place / "late.yaml"))
    assert [(row.path, row.before, row.after, row.after_unit, row.why, row.clause) for row in rows] == [
        ("rulings.allowance.choice", "另计", "计入", "", "领导小组会议决定", "乙1"),
        ("money.years", "repeated", "once", "", "只问首年", ""),
        ("sources.grant.amount", 150, 135, "万元", "上年如此", "乙2"),
        ("sources.grant.delay_months", 2, 4, "月", "审批慢", ""),
    ]


def test_the_difference_runs_both_ways(place):
    plan, late = resolve(place / "plan.yaml"), resolve(place / "late.yaml")
    there, back = difference(plan, late), difference(late, plan)
    assert [(row.path, row.before, row.after) for row in there] == [(row.path, row.after, row.before) for row in back]


def test_the_minutes_say_what_was_asked_what_was_changed_why_and_what_follows(place):
    assert (
        minutes(resolve(place / "plan.yaml"), resolve(place / "late.yaml"))
        == """\
情景差异：plan → late

  plan  2001年山区试点
  late  补助晚到、少一成，会怎样？

改了什么 (4)
  1. 裁定 · 低保是否另计 · 选择：另计 → 计入
     理由：领导小组会议决定。依据：乙1
  2. 资金年限 · 资金年份：每年同额 → 仅一次
     理由：只问首年
  3. 资金来源 · 上级补助 · 金额：150 万元 → 135 万元（减少15 万元，10 %）
     理由：上年如此。依据：乙2
  4. 资金来源 · 上级补助 · 到账延迟：2 月 → 4 月（增加2 月，100 %）
     理由：审批慢

随之而来
  列明金额的来源合计：350 → 335 万元
  资金缺口：140 → 155 万元
  口径校验现提出：各项共需490万元，列明金额的来源共335万元，资金缺口155万元。
  口径校验现提出：道路、水井、住房共需400万元，可用于这几项的列明资金只有255万元，差145万元。"""
    )


def test_the_minutes_stand_in_english_too(place):
    text = minutes(resolve(place / "plan.yaml"), resolve(place / "late.yaml"), "en")
    assert "late  What if the grant comes late and a tenth short?" in text
    assert "3. fund sources · Grant · amount: 150 万元 → 135 万元 (15 万元 less, 10 %)" in text
    assert "Why: So it was last year. Clause: 乙2" in text


def test_a_path_is_told_by_the_names_in_the_plan(place):
    plan = resolve(place / "plan.yaml").plan
    assert describe(plan, "measures.well.tasks.0.amount") == "措施 · 打井 · 实物任务 · 1 · 金额"
    assert describe(plan, "schedule.2002.persons", "en") == "schedule · 2002 · persons"
    assert describe(plan, "dynamics.trend") == "变动假定 · 人均收入自然增长"


def test_a_new_name_is_told_in_the_readers_language_alone(tmp_path):
    place = Path(shutil.copytree(TINY, tmp_path / "tiny-2001"))
    renamed = place / "renamed.yaml"
    renamed.write_text(
        "name: x\nquestion: 会怎样\nextends: plan.yaml\noverrides:\n"
        "  - {path: lines.farms, value: {name: 畜牧, english: Livestock}, why: 改名, english: Renamed.}\n"
        "  - {path: lines.homes.name, value: 房屋, why: 改名, english: Renamed.}\n",
        encoding="utf-8",
    )
    before, after = resolve(place / "plan.yaml"), resolve(renamed)
    assert {"lines.farms.name", "lines.farms.english"} < {row.path for row in difference(before, after)}
    chinese, english = minutes(before, after), minutes(before, after, "en")
    assert "农牧 → 畜牧" in chinese
    assert "Livestock" not in chinese
    assert "Farms → Livestock" in english
    assert "畜牧" not in english
    # a name that changed in one language alone is told in both
    assert "住房 → 房屋" in chinese
    assert "住房 → 房屋" in english


def test_identifiers_and_choices_are_told_by_name_in_both_languages(tmp_path):
    place = Path(shutil.copytree(TINY, tmp_path / "tiny-2001"))
    file = place / "plan.yaml"
    text = file.read_text(encoding="utf-8")
    options = "options: {apart: 另计, inside: 计入}"
    file.write_text(
        text.replace(options, f"{options}, english: Whether it counts, english_options: {{inside: it counts}}"),
        encoding="utf-8",
    )
    other = place / "other.yaml"
    other.write_text(
        "name: x\nenglish_name: Other\nquestion: 会怎样\nextends: plan.yaml\noverrides:\n"
        "  - {path: rulings.allowance, value: inside, why: 试}\n"
        "  - {path: sources.town_land.pays, value: [homes], why: 试}\n"
        "  - {path: household_criteria.income.threshold.values.2003, value: 1200, why: 标准提高}\n",
        encoding="utf-8",
    )
    before, after = resolve(file), resolve(other)
    zh, en = minutes(before, after), minutes(before, after, "en")
    assert "另计 → 计入" in zh
    assert "Whether it counts" in en
    assert "→ it counts" in en
    assert "农牧 → 住房" in zh
    assert "Farms → Homes" in en
    assert "plan → Other" in en
    # a year of a series has its reason too
    assert "标准提高" in zh
