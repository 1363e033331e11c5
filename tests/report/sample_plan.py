"""An invented plan with the entries that the page reads. No figure here is from a real plan."""

from __future__ import annotations

from typing import Any

from planner.plan.model import Plan

YEARS = (2031, 2032, 2033, 2034, 2035)
NAMES = ("no-programme", "as-written", "optimised")
TOWNSHIPS = [f"示例{a}{b}镇" for a in "东西南北中" for b in "山河湖溪岭"] + ["示例第二十六民族乡"]
LINES = {
    "industry": ("产业扶持", 4300),
    "works": ("贫困村基础设施", 50000),
    "relocation": ("异地扶贫搬迁", 7600),
    "services": ("公共服务", 4000),
    "housing": ("农村危房改造", 3800),
    "education": ("教育", 7000),
    "ecology": ("生态保护", 2000),
    "other": ("其他", 1000),
    "health": ("医疗(原文未给金额)", 0),
    "allowance": ("最低生活保障(原文未给金额)", 0),
}
SIDE = ("health", "allowance")
SOURCES = {
    "growth": ("一般公共预算收入增量", 2000),
    "idle": ("盘活存量资金", 7000),
    "land_industry": ("土地出让金(产业)", 800),
    "land_water": ("土地出让金(水利)", 500),
    "bonds": ("新增地方债券", 4700),
    "integrated": ("整合涉农资金", 38000),
    "unnamed": ("来源未明确(资金缺口)", 26700),
    "side": ("方案外资金", 9000),
}
MEASURES = {
    "start_aid": ("产业奖补到户", "industry", "户", 4300.0),
    "road": ("屯级道路硬化", "works", "公里", 35000.0),
    "water": ("饮水安全工程", "works", "个", 10000.0),
    "grid": ("农网改造", "works", "台区", 3800.0),
    "radio": ("广播电视", "works", "处", 1200.0),
    "flat": ("搬迁住房", "relocation", "人", 7600.0),
    "centre": ("村服务中心", "services", "个", 4000.0),
    "house": ("危房改造", "housing", "户", 3800.0),
    "aid": ("学生资助", "education", "人", 2400.0),
    "school": ("校舍", "education", "平方米", 4600.0),
    "greening": ("绿化", "ecology", "项", 2000.0),
    "training": ("技能培训", "other", "人", 400.0),
    "post": ("公益性岗位", "other", "岗", 600.0),
    "premium": ("医保参保补助", "health", "人", 1800.0),
    "dibao": ("低保补助", "allowance", "人", 7200.0),
}
PATHWAYS = {
    "industry": ("产业发展脱贫一批", "industry", 35000),
    "relocation": ("移民搬迁脱贫一批", "relocation", 1000),
    "education": ("教育扶智脱贫一批", "education", 5500),
    "employment": ("转移就业脱贫一批", "employment", 6500),
    "medical": ("医疗救助脱贫一批", "medical", 1600),
    "transfer": ("低保政策兜底一批", "transfer", None),
}
STATES = ("margin", "registered", "assisted", "consolidation", "stable", "returned", "entered")


def _cited(value: float, unit: str, clause: str = "样例一") -> dict[str, Any]:
    return {"value": float(value), "unit": unit, "clause": clause}


def _assumed(value: float, unit: str) -> dict[str, Any]:
    return {"value": float(value), "unit": unit, "assumed": "样例假设", "range": (0.0, float(2 * value + 1))}


def _milestone(name: str, english: str, reading: str, measure: str, year: int, **bound: float) -> dict[str, Any]:
    ((side, value),) = bound.items()
    unit = "%" if measure == "incidence" else "村" if measure == "villages_off" else "人"
    return {
        "name": name,
        "english": english,
        "reading": reading,
        "measure": measure,
        "year": year,
        side: _cited(value, unit, "样例一(二)"),
    }


def _head() -> dict[str, Any]:
    """What document this is, its rulings, schedule and pathways."""
    return {
        "head": {
            "place": "示例县(样例)",
            "title": "示例县脱贫攻坚年实施方案",
            "document": "样例文件,并非真实文件",
            "synthetic": "本页全部数字均为测试用的编造数据:户与村的名册、乡镇分解、各年结果都不是真实数据,也不是计算结果。",
        },
        "horizon": {"first": 2031, "last": 2035, "start_month": 4, "clause": "样例一"},
        "clauses": {"样例一": {"title": "样例条款"}},
        "rulings": {
            "dibao_counts": {
                "question": "低保兜底的人是否计入首年脱贫目标?",
                "choice": "no",
                "clause": "样例二(一)",
                "options": {"no": "不计入,另行统计", "yes": "计入"},
            },
            "tied_inside": {
                "question": "戴帽资金是否在整合资金之内?",
                "choice": "inside",
                "clause": "样例五(三)",
                "options": {"inside": "在内", "outside": "在外,另加"},
            },
        },
        "regime": {"kind": "tasks_hard", "reason": "样例"},
        "money": {"years": "repeated", "scale": _assumed(1, "倍"), "reason": "样例"},
        "population": {"poor": _cited(133324, "人")},
        "townships": TOWNSHIPS,
        "townships_origin": {"assumed": "乡镇分解为合成,原文未附分解表", "range": (0.0, 1.0)},
        "schedule": {
            year: {
                "persons": _cited(persons, "人", "样例二(一)") if year == 2031 else _assumed(persons, "人"),
                "villages": _cited(villages, "村", "样例二(三)") if year == 2031 else _assumed(villages, "村"),
            }
            for year, persons, villages in ((2031, 50000, 57), (2032, 41662, 47), (2033, 41662, 47))
        },
        "pathways": {
            k: {
                "name": n,
                "english": f"{k} pathway",
                "kind": kind,
                "clause": f"样例三({i})",
                "lead": "样例局",
                "target": None if t is None else _cited(t, "人"),
                "counts": t is not None,
            }
            for i, (k, (n, kind, t)) in enumerate(PATHWAYS.items())
        },
    }


def _money() -> dict[str, Any]:
    """Lines, sources and measures."""
    return {
        "lines": {
            k: {
                "name": n,
                "english": f"{k} line",
                "account": "side" if k in SIDE else "plan",
                "lead": "样例局",
                "clause": "样例二(五)",
                "amount": _cited(a, "万元") if a else None,
            }
            for k, (n, a) in LINES.items()
        },
        "sources": {
            k: {
                "name": n,
                "english": f"{k} source",
                "amount": _cited(a, "万元"),
                "pays": list(LINES),
                "account": "side" if k == "side" else "plan",
                "named": k != "unnamed",
                "tranches": [{"month": 4, "share": 1.0}],
                "delay_months": _assumed(1, "月"),
                "arrives": _assumed(1, "比例"),
            }
            for k, (n, a) in SOURCES.items()
        },
        "measures": {
            k: {
                "name": n,
                "english": f"{k} measure",
                "kind": "household_good",
                "line": line,
                "clause": "样例四",
                "unit": unit,
                "cost": _assumed(1, f"万元/{unit}"),
                "capacity": {"values": {2031: 1000}, "unit": unit, "assumed": "样例", "range": (0.0, 2000.0)},
            }
            for k, (n, line, unit, _) in MEASURES.items()
        },
    }


def _aims() -> dict[str, Any]:
    """Milestones."""
    return {
        "household_criteria": {},
        "village_criteria": {},
        "milestones": {
            "persons_first": _milestone(
                "首年脱贫 5 万人", "50,000 out in the first year", "yearly", "persons_out", 2031, at_least=50000
            ),
            "villages_first": _milestone(
                "首年 57 个村摘帽", "57 villages off in the first year", "yearly", "villages_off", 2031, at_least=57
            ),
            "strict": _milestone(
                "三年全部脱贫、全部出列(从严)",
                "everybody out, every village off",
                "strict",
                "cohort_left",
                2033,
                at_most=0,
            ),
            "cap_off": _milestone(
                "三年脱帽(发生率 3% 以内)", "incidence at or below 3 %", "cap_off", "incidence", 2033, at_most=3
            ),
            "kept": _milestone("两年巩固提升", "kept for two years", "kept", "incidence", 2035, at_most=3),
        },
    }


def plan() -> Plan:
    """A small invented plan with the entries that the page reads."""
    nothing: dict[str, Any] = {"relations": {}, "facts": {}, "synthesis": {}, "dynamics": {}}
    return Plan.model_validate({**_head(), **_money(), **_aims(), **nothing})
