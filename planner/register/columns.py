"""The columns of a register: what each means, its unit, its range, and how the unknown is written.

Flags are small whole numbers: 1 yes, 0 no, -1 unknown. Counts are whole numbers, -1 unknown. Money and areas are
64-bit floats, NaN unknown. Two tables: one row per household, one row per administrative village (行政村); a household
names its village by row number. Households of the near-poor margin (边缘户) stand in the same table with `registered` 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UNKNOWN = -1
"""An unknown flag or count."""

Kind = Literal["flag", "count", "amount", "index", "text"]


@dataclass(frozen=True)
class Column:
    """One column: name, kind, unit, meaning in Chinese and English."""

    name: str
    kind: Kind
    unit: str
    chinese: str
    english: str
    low: float = 0
    high: float = 1


def _flag(name: str, chinese: str, english: str) -> Column:
    return Column(name, "flag", "是否", chinese, english)


HOUSEHOLD: dict[str, Column] = {
    c.name: c
    for c in (
        Column(
            "household", "index", "户", "户编号", "household number, without meaning outside the register", 0, 10**9
        ),
        Column("village", "index", "村", "所在行政村的行号", "row of its village", 0, 10**7),
        Column("group", "index", "屯", "自然屯在村内的序号", "natural village group within the village", 0, 999),
        _flag("registered", "建档立卡", "on the register of the poor at the start"),
        Column("persons", "count", "人", "家庭人口", "persons", 1, 20),
        Column("labour", "count", "人", "劳动力人数", "persons able to work", 0, 20),
        Column("off_farm", "count", "人", "外出务工人数", "persons working away", 0, 20),
        Column("pupils", "count", "人", "义务教育阶段学生", "pupils of compulsory schooling", 0, 20),
        Column("students", "count", "人", "高中及以上学生", "students above compulsory schooling", 0, 20),
        Column("graduates", "count", "人", "当年大中专毕业生", "graduates of the first year", 0, 20),
        Column("elderly", "count", "人", "老人", "elderly persons", 0, 20),
        Column("disabled", "count", "人", "残疾人", "disabled persons", 0, 20),
        Column("ill", "count", "人", "大病或长期慢性病人", "persons with a serious or lasting illness", 0, 20),
        Column("cause", "index", "代码", "主要致贫原因", "main cause of poverty, a code of CAUSES", 0, 20),
        Column("cause_second", "index", "代码", "次要致贫原因", "second cause, -1 where none", -1, 20),
        Column("income_farm", "amount", "元/人/年", "家庭经营收入", "farm income per head", 0, 10**6),
        Column("income_wage", "amount", "元/人/年", "工资性收入", "wage income per head", 0, 10**6),
        Column("income_transfer", "amount", "元/人/年", "转移性收入", "transfers per head", 0, 10**6),
        Column("income_property", "amount", "元/人/年", "财产性收入", "property income per head", 0, 10**6),
        _flag("house_safe", "住房稳固", "a stable house"),
        Column("house_area", "amount", "平方米", "住房面积", "floor area of the house", 0, 3000),
        _flag("water_ok", "有安全饮水", "drinking water"),
        _flag("electricity", "通电", "electricity"),
        _flag("road_ok", "路通自然屯", "a road to its natural village group"),
        _flag("schooling_ok", "义务教育有保障", "no child of compulsory age out of school"),
        _flag("insured", "参加医疗保险", "medical cover"),
        _flag("television", "有电视看", "television"),
        _flag("income_source", "有稳定收入来源", "a steady source of income"),
        _flag("dibao", "低保户", "on the rolls of 低保"),
        _flag("wubao", "五保户", "on the rolls of 五保"),
        Column("land_mu", "amount", "亩", "耕地面积", "cropland", 0, 10**4),
        _flag("site_at_risk", "居住地需搬迁", "a dwelling place that has to be left"),
        _flag("consent_to_move", "同意搬迁", "agrees to be relocated"),
    )
}

VILLAGE: dict[str, Column] = {
    c.name: c
    for c in (
        Column("village", "index", "村", "行政村编号", "row of the village", 0, 10**7),
        Column("name", "text", "", "村名", "name, made up where synthetic"),
        Column("township", "index", "乡镇", "乡镇序号", "place in the plan's list of townships", 0, 10**5),
        _flag("poor_village", "贫困村", "on the list of poor villages"),
        Column(
            "due_year",
            "index",
            "年",
            "计划脱帽年份",
            "year in which it is due to leave the list, 0 where not listed",
            0,
            2100,
        ),
        Column("rural_persons", "count", "人", "农村人口", "rural persons", 1, 10**6),
        _flag("road_hard", "通硬化路", "hardened road to the village"),
        _flag("grid_ok", "农网达标", "grid as required"),
        _flag("broadcasting", "通广播电视", "broadcasting and television"),
        _flag("broadband", "通网络宽带", "broadband"),
        _flag("water_works", "饮水工程到位", "drinking-water works in place"),
        _flag("coop", "有合作组织", "a co-operative"),
        _flag("industry", "有特色产业", "a distinctive industry"),
        _flag("service_centre", "有公共服务设施", "a public service centre"),
        _flag("leadership", "有好的领导班子", "good leadership"),
        Column("km_gravel", "amount", "公里", "待建砂石路", "roads of groups still to be raised to gravel", 0, 1000),
        Column("km_concrete", "amount", "公里", "待硬化屯级路", "roads of groups still to be hardened", 0, 1000),
        Column("grid_areas", "count", "台区", "待改造配电台区", "transformer areas still to be rebuilt", 0, 1000),
        Column("water_projects", "count", "处", "待建饮水工程", "drinking-water projects still to be built", 0, 1000),
    )
}

CAUSES = (
    "因病",
    "因残",
    "因学",
    "因灾",
    "因婚",
    "缺土地",
    "缺水",
    "缺技术",
    "缺资金",
    "缺劳力",
    "交通条件落后",
    "自身发展动力不足",
    "其他",
)
"""Causes of poverty in the order of the national codes (12 and 'other'); parameters section 5."""
