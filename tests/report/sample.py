"""Invented tables in the declared columns, for tests of the page. No figure here is a result."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from planner.tables import INDICATORS, PLACE_INDICATORS, TABLES
from tests.report.sample_plan import LINES, MEASURES, NAMES, PATHWAYS, SIDE, TOWNSHIPS, YEARS, plan


def _frame(name: str, rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Rows as a table with the declared columns and kinds."""
    kinds = TABLES[name]
    frame = pd.DataFrame(list(rows), columns=list(kinds))
    for column, kind in kinds.items():
        if kind == "number":
            frame[column] = frame[column].astype("float64")
        elif kind in ("year", "count", "yuan"):
            frame[column] = frame[column].astype("int64")
        else:
            frame[column] = frame[column].astype("object")
    return frame


def tables(names: Sequence[str] = NAMES, seed: int = 1) -> dict[str, pd.DataFrame]:
    """Every declared table, invented, for some scenarios; the same for the same seed."""
    luck = np.random.default_rng(seed)
    strength = {name: 0.42 + 0.55 * i / max(1, len(names) - 1) for i, name in enumerate(names)}
    whole = {2031: 52000.0, 2032: 95000.0, 2033: 131000.0, 2034: 132500.0, 2035: 132900.0}
    yearly = _yearly(names, strength, whole, luck)
    found = {
        "yearly": yearly,
        "bands": _bands(yearly),
        "paired": _paired(yearly, names),
        "money": _money(names, luck),
        "answers": _answers(),
        **_needs(names),
        **_texts(names),
        **_shares(names, strength, whole, luck),
    }
    found["lines"], found["measures"], found["gaps"] = _sums(found["money"], names)
    found |= {name: _frame(name, []) for name in ("rounding", "names", "task_sheet")}
    return {name: found[name] for name in TABLES}


def _yearly(
    names: Sequence[str], strength: dict[str, float], whole: dict[int, float], luck: np.random.Generator
) -> pd.DataFrame:
    rows = []
    for run in range(40):
        shared = luck.normal(0, 0.035)
        for name in names:
            for i, year in enumerate(YEARS):
                out = min(133324.0, whole[year] * (strength[name] + 0.04 + shared + luck.normal(0, 0.008)))
                anyway = whole[year] * 0.45
                off = min(151.0, max(0.0, round(151 * (strength[name] + shared) * (0.42, 0.75, 1, 1.02, 1.03)[i] - 4)))
                values = {
                    "persons_out": out,
                    "villages_off": off,
                    "cohort_left": 133324 - out,
                    "poor_stock": 133324 - out + 1500,
                    "incidence": (134824 - out) / 16000,
                    "out_this_year": out / 3,
                    "led_out": max(0.0, out - anyway),
                    "left_anyway": min(out, anyway),
                    "entered": 700.0,
                    "returned": 300.0 + 100 * i,
                    "held_back": 600.0,
                    "households_out": out / 4.07,
                }
                rows += [(name, run, year, key, values.get(key, 4.0)) for key in INDICATORS]
    return _frame("yearly", rows)


def _bands(yearly: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for (name, year, key), mine in yearly.groupby(["scenario", "year", "indicator"], sort=False)["value"]:
        rows.append((name, year, key, mine.mean(), *(mine.quantile(q) for q in (0.05, 0.25, 0.5, 0.75, 0.95))))
    return _frame("bands", rows)


def _paired(yearly: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    wide = yearly.pivot_table(index=["year", "indicator", "run"], columns="scenario", values="value")
    rows = []
    for name in names[1:]:
        gain = (wide[name] - wide[names[0]]).groupby(["year", "indicator"])
        for (year, key), mine in gain:
            half = 1.96 * mine.std() / math.sqrt(len(mine))
            rows.append((name, names[0], year, key, mine.mean(), mine.mean() - half, mine.mean() + half, len(mine)))
    return _frame("paired", rows)


def _money(names: Sequence[str], luck: np.random.Generator) -> pd.DataFrame:
    rows = []
    for i, name in enumerate(names):
        for year in YEARS:
            for key, (_, line, _, wan) in MEASURES.items():
                if name == "no-programme":
                    continue
                sources = (
                    ["side"]
                    if line in SIDE
                    else {"works": ["integrated", "unnamed", "bonds"], "industry": ["land_industry", "idle"]}.get(
                        line, ["idle", "growth"]
                    )
                )
                scale = 1.0 if i == 1 else float(luck.uniform(0.7, 1.25))
                for j, source in enumerate(sources):
                    for place in luck.choice(TOWNSHIPS, 9, replace=False):
                        part = wan * scale * 10_000 / len(sources) / 9
                        rows.append(
                            (
                                name,
                                year,
                                source,
                                line,
                                key,
                                place,
                                ("due", "poor", "other")[j % 3],
                                part / 80_000,
                                int(part),
                            )
                        )
    return _frame("money", rows)


def _sums(money: pd.DataFrame, names: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    lines, measures, gaps = [], [], []
    by_line = money.groupby(["scenario", "year", "line"])["yuan"].sum()
    named = money[money["source"] != "unnamed"].groupby(["scenario", "year", "line"])["yuan"].sum()
    by_measure = money.groupby(["scenario", "year", "measure"])[["yuan", "units"]].sum()
    for name in names:
        for year in YEARS:
            for line, (_, wan) in LINES.items():
                yuan, known = (int(t.get((name, year, line), 0)) for t in (by_line, named))
                lines.append((name, year, line, "side" if line in SIDE else "plan", wan * 10_000, yuan, "样例二(五)"))
                gaps.append((name, year, line, yuan, known, yuan - known))
            for key, (_, line, unit, wan) in MEASURES.items():
                here = (name, year, key) in by_measure.index
                yuan, units = by_measure.loc[(name, year, key)] if here else (0, 0.0)
                printed = math.nan if key in ("premium", "dibao") else wan / 8
                measures.append(
                    (
                        name,
                        year,
                        key,
                        line,
                        unit,
                        units,
                        int(yuan),
                        yuan / units if units else math.nan,
                        printed,
                        80_000.0,
                        "样例四",
                    )
                )
    return _frame("lines", lines), _frame("measures", measures), _frame("gaps", gaps)


def _shares(
    names: Sequence[str], strength: dict[str, float], whole: dict[int, float], luck: np.random.Generator
) -> dict[str, pd.DataFrame]:
    """Tables by township, pathway, state and resource."""
    rows: dict[str, list[tuple[Any, ...]]] = {
        k: [] for k in ("planned", "planned_villages", "places", "pathways", "flows", "bottlenecks", "milestones")
    }
    weights = luck.dirichlet(np.full(len(TOWNSHIPS), 6.0))
    weight = dict(zip(PATHWAYS, (0.7, 0.02, 0.1, 0.12, 0.04, 0.02), strict=True))
    for name in names:
        for i, year in enumerate(YEARS):
            out = whole[year] * strength[name]
            for place, share in zip(TOWNSHIPS, weights, strict=True):
                off = 151 * strength[name] * share * (i + 1) / 5
                rows["planned_villages"].append((name, year, place, int(off), off))
                values = {
                    "persons_out": out * share,
                    "share_out": strength[name],
                    "capped_off": min(1.0, strength[name] * share * 26),
                }
                rows["places"] += [(name, place, year, key, values.get(key, 6.0)) for key in PLACE_INDICATORS]
                rows["planned"] += [
                    (name, year, place, key, out * share * w * 1.03, out * share * w / 4) for key, w in weight.items()
                ]
            for key, w in weight.items():
                target = PATHWAYS[key][2]
                rows["pathways"].append((name, year, key, out * w, math.nan if i or target is None else target))
            stocks = {
                "margin": (("margin", 30000), ("entered", 700)),
                "registered": (("registered", 20000 / (i + 1)), ("assisted", 40000 / (i + 1))),
                "assisted": (("assisted", 9000), ("consolidation", 30000 * strength[name])),
                "consolidation": (("consolidation", 20000 * i), ("stable", 8000 * i), ("returned", 300 * i)),
            }
            rows["flows"] += [(name, year, a, b, n) for a, to in stocks.items() for b, n in to if n]
            for resource in ("approval", "crew", "money", "acceptance", "water"):
                wait = strength[name] * float(luck.uniform(0.2, 5))
                rows["bottlenecks"].append((name, year, resource, 0.3 + 0.6 * strength[name], wait, 120 + 10 * i))
        for key, entry in plan().milestones.items():
            chance = {"strict": 0.0, "cap_off": min(0.97, strength[name] ** 2)}.get(key, strength[name] - 0.2)
            limit = entry.at_least or entry.at_most
            rows["milestones"].append(
                (
                    name,
                    key,
                    entry.reading,
                    entry.measure,
                    entry.year,
                    limit.value if limit else 0.0,
                    chance,
                    max(0.0, chance - 0.08),
                    min(1.0, chance + 0.08),
                    1234.5,
                    40,
                )
            )
    return {key: _frame(key, value) for key, value in rows.items()}


def _answers() -> pd.DataFrame:
    one = 797_000_000
    return _frame(
        "answers",
        [
            ("as_written", "once", "found", one, one, 41200.0, 61000.0, 52.0, 60.0, 5.1, ""),
            ("as_written", "repeated", "found", 5 * one, one, 41200.0, 118000.0, 52.0, 140.0, 2.9, ""),
            ("best_use", "once", "found", one, one, 50000.0, 71000.0, 57.0, 66.0, 4.4, ""),
            ("best_use", "repeated", "found", 5 * one, one, 50000.0, 133324.0, 57.0, 151.0, 1.2, ""),
            ("least_money", "once", "infeasible", 0, 0, math.nan, math.nan, math.nan, math.nan, math.nan, "样例四1"),
            ("least_money", "repeated", "found", 2 * one, one // 2, 50000.0, 121000.0, 57.0, 151.0, 3.0, ""),
        ],
    )


def _needs(names: Sequence[str]) -> dict[str, pd.DataFrame]:
    """One village in every township, the first ten due first, each lacking a house for every tenth household."""
    by_measure, by_village = [], []
    for name in names:
        for year in YEARS:
            for i, town in enumerate(TOWNSHIPS):
                houses, kind, due = 5 + i, "due" if i < 10 else "poor", YEARS[0] if i < 10 else YEARS[1]
                village, yuan = f"{town}甲村", houses * 15_000
                place, words = (name, year, town, village, kind), (1, "解决危房", "houses made safe", 0)
                behind = (houses, 4 * houses)
                by_measure.append(
                    (*place, "house", "plan", "once", "户", float(houses), *behind, yuan, 0, i % 3, 0, 0.0)
                )
                gap = (4 * houses, houses, 900 * houses, 0)
                by_village.append(
                    (
                        name,
                        year,
                        i + 1,
                        village,
                        town,
                        kind,
                        due,
                        40 * houses,
                        *words,
                        *behind,
                        *gap,
                        yuan,
                        0,
                        0,
                        0,
                        i % 3,
                    )
                )
    return {"needs": _frame("needs", by_measure), "village_needs": _frame("village_needs", by_village)}


def _texts(names: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Tables of words: assumptions, changes, findings."""
    assumptions = [
        (f"measures.{key}.cost", "1", f"万元/{unit}", 0.5, 2.0, "参照邻县招标价", "assumed" if i % 3 else "source", "")
        for i, (key, (_, _, unit, _)) in enumerate(MEASURES.items())
    ]
    changes = [
        (name, "money.years", "repeated", "once", "只看首年资金能做到什么", "样例五(二)") for name in names[1:]
    ] + [(names[-1], "regime.kind", "as_written", "none", "资金项可重新安排", "样例二(五)")]
    findings = [
        (
            "paths_sum",
            "arithmetic",
            "warn",
            "样例二(一)",
            "五条途径之和与总目标",
            "分项合计 49600 人,总目标 50000 人,差 400 人",
            "The pathways sum to 49,600, the target is 50,000: 400 short",
        ),
        (
            "relocation",
            "overlap",
            "serious",
            "样例三(二)4;样例二(五)",
            "人均成本 × 人数与资金",
            "6 万元 × 1518 人 = 9108 万元,原文约 7600 万元",
            "6 × 1,518 = 9,108, printed about 7,600",
        ),
        (
            "health",
            "coverage",
            "info",
            "样例三(五)",
            "有目标没有资金",
            "医疗救助 1600 人,仅 34.11 万元有出处",
            "1,600 by medical aid, only 34.11 万元 named",
        ),
    ]
    return {
        "assumptions": _frame("assumptions", assumptions),
        "changes": _frame("changes", changes),
        "findings": _frame("findings", findings),
    }


def footer() -> dict[str, str]:
    """An invented footer."""
    return {
        "方案": "、".join(NAMES),
        "方案哈希": "样例 0123456789abcdef",
        "种子": "名册 1,运气 1 至 40",
        "版本": "样例 0.1.0",
        "命令": "planner run 样例",
    }
