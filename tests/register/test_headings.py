"""The usual headings of bureaus are known, each for one thing."""

from __future__ import annotations

import pytest

from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.register.headings import (
    EXTRA,
    HEADINGS,
    KNOWN,
    fold,
    is_personal_heading,
    own_heading,
    targets,
    unlike,
    without_unit,
)
from planner.register.mapping import own_name
from planner.register.matching import known_as
from planner.register.sheets import shown_heading
from planner.register.units import factor_of

ROWS = {"household", "name"}
"""Columns that no heading stands for: numbers of rows, and the village's name, which is its heading 行政村."""


def test_every_column_of_the_register_has_a_heading():
    assert set(HOUSEHOLD) - set(targets("households")) == {"household"}
    assert set(VILLAGE) - set(targets("villages")) == {"name"}


def test_every_target_is_a_column_or_named_as_a_further_one():
    declared = {"households": set(HOUSEHOLD), "villages": set(VILLAGE)}
    for heading in HEADINGS:
        assert heading.target in declared.get(heading.kind, set()) | EXTRA[heading.kind], heading


def test_no_heading_of_one_table_stands_for_two_things():
    seen = {}
    for heading in HEADINGS:
        for name in heading.names:
            assert seen.setdefault((heading.kind, fold(name)), heading) is heading, name


@pytest.mark.parametrize("kind", ["households", "villages"])
def test_our_own_headings_are_known_with_their_units(kind):
    declared = HOUSEHOLD if kind == "households" else VILLAGE
    for name, column in declared.items():
        if name in ROWS or (kind, name) == ("villages", "village"):
            continue
        heading = own_heading(kind, name)
        assert known_as(kind, heading) == name
        base, unit = without_unit(fold(heading))
        assert base in KNOWN[kind]
        assert (column.kind == "amount") == bool(unit)
        assert not unit or factor_of(name, unit) == 1
        assert shown_heading(heading) == heading
        assert not is_personal_heading(heading)


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("户编号", "id"), ("所属村", "village"), ("村名", "village"), ("乡（镇）", "township"), ("自然屯", "group"),
        ("屯名", "group"), ("人口数", "persons"), ("家庭人口", "persons"), ("劳动力人数", "labour"), ("外出务工人数", "off_farm"),
        ("致贫原因", "cause"), ("主要致贫原因", "cause"), ("人均纯收入", "income_total"), ("年人均纯收入（元）", "income_total"),
        ("工资性收入", "income_wage"), ("生产经营性收入（元/户）", "income_farm"), ("转移性收入", "income_transfer"),
        ("财产性收入", "income_property"), ("是否危房", "house_safe"), ("住房安全", "house_safe"), ("住房面积\n(㎡)", "house_area"),
        ("是否通水", "water_ok"), ("饮水安全", "water_ok"), ("是否通生活用电", "electricity"), ("通路", "road_ok"),
        ("参加新农合", "insured"), ("低保户", "dibao"), ("五保户", "wubao"), ("贫困户属性", "attribute"),
        ("耕地面积（亩）", "land_mu"), ("是否需搬迁", "site_at_risk"), ("是否愿意搬迁", "consent_to_move"), ("* 家庭人口：", "persons"),
        ("在校生人数", "pupils_all"), ("persons", "persons"), ("家庭人囗", "persons"), ("天气", None),
    ],
)  # fmt: skip
def test_the_usual_headings_are_known(heading, target):
    assert known_as("households", heading) == target


@pytest.mark.parametrize(
    "heading",
    [
        "户主姓名",
        "姓名",
        "户主",
        "公民身份号码",
        "联系电话",
        "手机号",
        "家庭住址",
        "银行账号",
        "一卡通号",
        "帮扶责任人",
        "出生日期",
        "QQ",
    ],
)
def test_columns_of_personal_data_are_known_by_their_headings(heading):
    assert is_personal_heading(heading)
    assert known_as("households", heading) in (None, "identity"), "kept only as a key, and only with a secret"


def test_what_only_looks_alike_is_told_apart_but_can_be_matched():
    assert fold("新巿村") != fold("新市村")
    assert unlike("新巿村") == unlike("新市村")


def test_a_name_among_the_headings_is_not_repeated():
    assert shown_heading("韦小花") == "***"
    assert shown_heading("13912345678") == "***"
    assert shown_heading("备注") == "备注"


def test_every_target_can_be_named_to_a_person():
    assert all(own_name(kind, target) for kind in ("households", "villages", "members") for target in targets(kind))
