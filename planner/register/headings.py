"""The headings that bureaus use, and what each stands for: a table of data, with the folding that makes them comparable.

A target is a column of the register, or one of the further targets named in `EXTRA`. A heading may carry its unit in
brackets: 耕地面积（亩）, 工资性收入（元/户）.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from planner.register.columns import HOUSEHOLD, VILLAGE, Column

Kind = Literal["households", "villages", "members", "townships", "about"]
"""What a table is about: households, villages, persons, the list of townships, or the register as a whole."""
Per = Literal["", "head", "household"]
"""Whether an amount is per head or per household; empty where the heading does not say."""


@dataclass(frozen=True)
class Heading:
    """What the headings of one column stand for."""

    kind: Kind
    target: str
    names: tuple[str, ...]
    turned: bool = False
    """Whether a yes means the opposite of the column (是否危房 against 住房稳固)."""
    per: Per = ""


def _of(kind: Kind, target: str, names: str, *, turned: bool = False, per: Per = "") -> Heading:
    return Heading(kind, target, tuple(names.split()), turned, per)


def _h(target: str, names: str, *, turned: bool = False, per: Per = "") -> Heading:
    return _of("households", target, names, turned=turned, per=per)


def _v(target: str, names: str) -> Heading:
    return _of("villages", target, names)


def _m(target: str, names: str) -> Heading:
    return _of("members", target, names)


_ID = "户编号 户号 贫困户编号 建档立卡户编号 建档立卡户号 家庭编号 户编码 户ID"
_VILLAGE = "行政村 所属村 所属行政村 村名 村名称 行政村名称 所在村 所在行政村 村 村委会 村(社区) 行政村(社区)"
_TOWNSHIP = "乡镇 乡(镇) 所属乡镇 所在乡镇 乡镇名称 乡镇名 镇 乡 乡镇(街道) 乡(镇、街道) 镇街"
_IDENTITY = "身份证号 身份证号码 户主身份证号 户主身份证号码 证件号码 户主证件号码 公民身份号码 身份证"

HEADINGS: tuple[Heading, ...] = (
    _h("id", _ID),
    _h("identity", _IDENTITY),
    _h("village", _VILLAGE),
    _h("township", _TOWNSHIP),
    _h("group", "自然屯 屯名 屯 所在屯 所属屯 自然村 自然村(屯) 自然屯(组) 村民小组 组别"),
    _h("registered", "建档立卡 是否建档立卡 建档立卡户 是否建档立卡户"),
    _h("persons", "家庭人口 家庭人口数 人口数 人数 家庭人数 家庭成员数 家庭总人口 家庭人口总数 户人口"),
    _h("labour", "劳动力人数 劳动力 劳动力数 劳动力人口 家庭劳动力 家庭劳动力人数 劳动力数量"),
    _h("off_farm", "外出务工人数 务工人数 外出务工 外出务工人口 外出务工劳动力"),
    _h("pupils", "义务教育阶段学生 义务教育阶段学生数 义务教育在校生 义务教育阶段在校生 义务教育阶段人数"),
    _h("pupils_all", "在校生 在校生数 在校生人数 在校学生 在校学生数 学生人数"),
    _h("students", "高中及以上学生 高中及以上在校生 高中以上在校生 高中以上学生 高中及以上学生数 高中中职及以上学生"),
    _h("graduates", "当年大中专毕业生 大中专毕业生 应届毕业生 应届大中专毕业生 当年毕业生"),
    _h("elderly", "老人 老人数 老年人 老年人口 60岁以上老人 60岁以上人口 60岁以上人数 60周岁以上人数"),
    _h("disabled", "残疾人 残疾人数 残疾人口 残疾人口数"),
    _h("ill", "大病或长期慢性病人 大病或长期慢性病人数 患病人数 大病慢性病人数 大病或慢性病人数 患大病或长期慢性病人数"),
    _h("cause", "主要致贫原因 致贫原因 致贫主因 主要致贫因素"),
    _h("cause_second", "次要致贫原因 其他致贫原因 次要原因"),
    _h("income_total", "人均纯收入 年人均纯收入 家庭人均纯收入 人均年纯收入 人均可支配收入 年人均收入 人均收入", per="head"),
    _h("income_total", "家庭纯收入 家庭年纯收入 年纯收入 家庭总纯收入", per="household"),
    _h("income_farm", "家庭经营收入 生产经营性收入 生产经营性净收入 经营性收入 家庭经营性收入 经营净收入 家庭经营纯收入"),
    _h("income_farm", "人均家庭经营收入 人均生产经营性收入 人均经营性收入", per="head"),
    _h("expense_farm", "生产经营性支出 家庭经营性支出 经营性支出 生产经营支出"),
    _h("income_wage", "工资性收入 工资收入 务工收入"),
    _h("income_wage", "人均工资性收入", per="head"),
    _h("income_transfer", "转移性收入 转移收入"),
    _h("income_transfer", "人均转移性收入", per="head"),
    _h("income_property", "财产性收入 财产收入"),
    _h("income_property", "人均财产性收入", per="head"),
    _h("house_safe", "住房稳固 住房安全 住房是否安全 住房是否稳固 是否住房安全 安全住房 有稳固住房 住房有保障 住房保障"),
    _h("house_safe", "危房 是否危房 危房户 是否危房户 住房是否危房 是否为危房 是否住危房", turned=True),
    _h("house_grade", "房屋等级 住房等级 危房等级 房屋鉴定等级 住房鉴定等级 房屋安全等级"),
    _h("house_area", "住房面积 房屋面积 住房总面积 房屋总面积"),
    _h("house_area_person", "人均住房面积", per="head"),
    _h("water_ok", "有安全饮水 饮水安全 是否饮水安全 饮水是否安全 安全饮水 是否通水 通水 是否通自来水 通自来水"),
    _h("water_ok", "是否解决安全饮用水 是否解决饮水安全 解决饮水安全 是否有安全饮水"),
    _h("water_ok", "饮水困难 是否饮水困难 饮水是否困难 是否存在饮水困难 有无饮水困难", turned=True),
    _h("electricity", "通电 是否通电 通生活用电 是否通生活用电 生活用电"),
    _h("electricity", "未通电 是否未通电 是否未通生活用电", turned=True),
    _h("road_ok", "路通自然屯 通路 是否通路 屯通路 是否通屯路 通屯道路 通屯路 自然屯是否通路 屯是否通路"),
    _h("schooling_ok", "义务教育有保障 义务教育保障 义务教育是否有保障 是否有义务教育保障"),
    _h("schooling_ok", "辍学 是否辍学 是否有辍学 有无辍学 是否有辍学学生 有无辍学学生 是否有失学辍学", turned=True),
    _h("insured", "参加医疗保险 是否参加医疗保险 参加新农合 是否参加新农合 新农合 医疗保险 是否参加新型农村合作医疗"),
    _h("insured", "参加新型农村合作医疗 参加城乡居民基本医疗保险 是否参加城乡居民基本医疗保险"),
    _h("television", "有电视看 电视 是否有电视 有无电视 是否有电视看"),
    _h("income_source", "有稳定收入来源 稳定收入来源 是否有稳定收入来源 有无稳定收入来源"),
    _h("dibao", "低保户 低保 是否低保 是否低保户 享受低保 是否享受低保 是否纳入低保"),
    _h("wubao", "五保户 五保 是否五保 是否五保户 特困供养 是否特困供养"),
    _h("attribute", "贫困户属性 户属性 农户属性 贫困类型 贫困户类型"),
    _h("land_mu", "耕地面积 耕地 承包耕地面积 家庭耕地面积 承包地面积"),
    _h("site_at_risk", "居住地需搬迁 是否需搬迁 是否需要搬迁 需易地搬迁 是否需易地搬迁 搬迁户 是否搬迁户 是否易地搬迁户"),
    _h("site_at_risk", "是否易地扶贫搬迁 易地搬迁户 是否易地搬迁 易地扶贫搬迁户 是否易地扶贫搬迁户"),
    _h("consent_to_move", "同意搬迁 是否同意搬迁 是否愿意搬迁 愿意搬迁 搬迁意愿 是否自愿搬迁"),
    _v("village", _VILLAGE),
    _v("township", _TOWNSHIP),
    _v("poor_village", "贫困村 是否贫困村 建档立卡贫困村 是否建档立卡贫困村"),
    _v("village_attribute", "村属性 行政村属性 村类型 行政村类型"),
    _v("due_year", "计划脱帽年份 计划脱贫年份 计划摘帽年份 计划脱贫年度 计划脱帽年度 计划摘帽年度 脱贫年份 预脱贫年度 计划退出年份"),
    _v("rural_persons", "农村人口 农村人口数 乡村人口 农业人口 户籍人口 总人口 总人口数 全村人口 全村总人口 农业户籍人口"),
    _v("poor_persons", "贫困人口 贫困人口数 建档立卡贫困人口 建档立卡人口"),
    _v("road_hard", "通硬化路 是否通硬化路 通水泥路 是否通水泥路 通村硬化路 村通硬化路 是否通沥青(水泥)路"),
    _v("grid_ok", "农网达标 电网达标 农网改造达标 是否完成农网改造 农网是否达标"),
    _v("broadcasting", "通广播电视 是否通广播电视 广播电视"),
    _v("broadband", "通网络宽带 通宽带 是否通宽带 是否通网络宽带 网络宽带 宽带"),
    _v("water_works", "饮水工程到位 饮水工程 是否有饮水工程 集中供水 是否集中供水"),
    _v("coop", "有合作组织 合作组织 有合作社 合作社 农民专业合作社 有无合作社 是否有合作社 是否有农民专业合作社"),
    _v("industry", "有特色产业 特色产业 是否有特色产业 有无特色产业 有主导产业"),
    _v("service_centre", "有公共服务设施 公共服务设施 公共服务中心 村级公共服务中心 是否有公共服务设施 有公共服务中心"),
    _v("leadership", "有好的领导班子 领导班子 领导班子是否好 好的领导班子"),
    _v("km_gravel", "待建砂石路 待建砂石路里程 需建砂石路"),
    _v("km_concrete", "待硬化屯级路 待硬化屯级路里程 需硬化屯级路 待硬化道路"),
    _v("grid_areas", "待改造配电台区 待改造台区 待改造台区数 需改造配电台区"),
    _v("water_projects", "待建饮水工程 待建饮水工程数 需建饮水工程"),
    _m("id", _ID),
    _m("identity", _IDENTITY),
    _m("relation", "与户主关系 与户主的关系 户主关系 家庭关系"),
    _m("age", "年龄 周岁 实足年龄"),
    _m("skill", "劳动技能 劳动能力 劳动力状况 劳动能力状况"),
    _m("school", "在校生状况 在校状况 在校情况 在校生情况"),
    _m("health", "健康状况 身体状况 健康情况"),
    _m("away", "务工状况 务工情况 务工企业 是否外出务工 是否务工 务工地点"),
    _m("away_months", "务工时间 务工时间月 务工月数"),
    _m("person_insured", "是否参加新农合 参加新农合 是否参加新型农村合作医疗 是否参加城乡居民基本医疗保险 是否参加医疗保险"),
    _of("townships", "township", _TOWNSHIP),
    _of("about", "item", "项目 item"),
    _of("about", "content", "内容 content"),
)  # fmt: skip

EXTRA: dict[Kind, frozenset[str]] = {
    "households": frozenset(
        "id identity township income_total expense_farm house_grade house_area_person attribute pupils_all".split()
    ),
    "villages": frozenset("village_attribute poor_persons".split()),
    "members": frozenset("id identity relation age skill school health away away_months person_insured".split()),
    "townships": frozenset({"township"}),
    "about": frozenset({"item", "content"}),
}
"""Targets that are no columns of the register; they are turned into such, or checked against them."""

REQUIRED: dict[Kind, tuple[str, ...]] = {
    "households": ("village", "persons"), "villages": ("village",), "members": ("id",),
    "townships": ("township",), "about": ("item", "content"),
}  # fmt: skip
OWN: dict[tuple[Kind, str], str] = {
    ("households", "id"): "户编号",
    ("households", "village"): "行政村",
    ("households", "township"): "乡镇",
    ("households", "group"): "自然屯",
    ("villages", "village"): "行政村",
    ("villages", "township"): "乡镇",
}
"""Headings of our own template and exports where the register's own words would not do."""

PERSONAL = (
    "姓名", "户主", "身份证", "证件号", "身份号码", "电话", "手机", "联系方式", "联系人", "银行", "账号", "帐号", "卡号", "一卡通",
    "住址", "地址", "门牌", "出生日期", "出生年月", "帮扶人", "责任人", "负责人", "配偶", "监护人", "残疾证", "微信", "qq",
    "phone", "mobile", "idcard", "identitynumber", "address", "bank", "birth", "fullname", "headname",
)  # fmt: skip
"""Pieces of headings whose columns are dropped unread, unless the whole heading is one of HEADINGS."""

_ALIKE = str.maketrans("巿囗曰末已巳戸戶鎮鄉縣區", "市口日未己己户户镇乡县区")
_UNITED = re.compile(r"\(([^()]*)\)$")


def fold(text: str) -> str:
    """A heading or name made comparable: half-width, no spaces or stars, small letters.

    >>> fold("（一） Ａ* ")
    '(一)a'
    """
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s*＊:：\u200b\ufeff]", "", narrow)


def unlike(text: str) -> str:
    """The same with characters that only look like others put right (巿 for 市), for telling what was meant."""
    return fold(text).translate(_ALIKE)


def without_unit(folded: str) -> tuple[str, str]:
    """A folded heading and what stands in brackets at its end, which is empty where nothing does."""
    found = _UNITED.search(folded)
    return (folded[: found.start()], found[1]) if found else (folded, "")


def is_personal_heading(text: str) -> bool:
    """Whether a column of this heading is dropped unread."""
    return any(piece in fold(text) for piece in PERSONAL)


def own_heading(kind: Kind, target: str) -> str:
    """The heading of a target in our own template and exports, with its unit where it has one."""
    if (kind, target) in OWN:
        return OWN[kind, target]
    column = (HOUSEHOLD if kind == "households" else VILLAGE)[target]
    return f"{column.chinese}（{column.unit}）" if column.kind == "amount" else column.chinese


def _spellings() -> Iterator[tuple[Kind, str, Heading]]:
    for heading in HEADINGS:
        for name in heading.names:
            yield heading.kind, fold(name), heading
    declared: tuple[tuple[Kind, dict[str, Column]], ...] = (("households", HOUSEHOLD), ("villages", VILLAGE))
    for kind, columns in declared:
        for name, column in columns.items():
            if (kind, name) not in (("households", "household"), ("villages", "village"), ("villages", "name")):
                yield kind, fold(name), Heading(kind, name, (name,))
                yield kind, fold(column.chinese), Heading(kind, name, (column.chinese,))


KNOWN: dict[Kind, dict[str, Heading]] = {kind: {} for kind in EXTRA}
"""Folded heading to what it stands for, by kind of table; the register's own names are among them."""
for _kind, _spelling, _heading in _spellings():
    KNOWN[_kind].setdefault(_spelling, _heading)


def targets(kind: Kind) -> tuple[str, ...]:
    """Every target of a kind of table, in the order of HEADINGS."""
    return tuple(dict.fromkeys(heading.target for heading in HEADINGS if heading.kind == kind))
