"""A small county for the rules: the shipped criteria, six pathways, a few measures, and registers by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.plan.model import Plan
from planner.reading import read_file
from planner.register.columns import HOUSEHOLD, VILLAGE, Column
from planner.register.model import Register

PATHWAYS = ("industry", "relocation", "education", "employment", "medical", "transfer")


def figure(value: float, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "clause": "一"}


def measure(name: str, kind: str, unit: str, cost: tuple[float, str], **more: Any) -> dict[str, Any]:
    capacity = {"values": {"2031": 1}, "unit": unit, "clause": "一"}
    known = {"name": name, "english": name, "kind": kind, "line": "all", "clause": "一", "unit": unit}
    return {**known, "cost": figure(*cost), "capacity": capacity, **more}


MEASURES = {
    "repair": measure("危房改造", "household_good", "户", (1.5, "万元/户"), closes=["house"]),
    "cover": measure("参合补助", "household_good", "人", (60, "元/人"), closes=["medical"], recurring=True, counted="person"),
    "grow": measure("产业奖补", "household_income", "户", (3000, "元/户"), pathway="industry", gain=figure(4000, "元/户/年")),
    "move": measure(
        "搬迁", "household_income", "人", (6, "万元/人"), counted="person",
        cost_cap=figure(20, "万元/户"), pathway="relocation", closes=["house"], need="site_at_risk",
    ),
    "gravel": measure("砂石路", "village_works", "公里", (16, "万元/公里"), closes=["road"], need="km_gravel"),
    "centre": measure("服务中心", "village_works", "个", (60, "万元/个"), closes=["service_centre"], need="service_centre"),
}  # fmt: skip


def plan_tree(criteria: Mapping[str, Any]) -> dict[str, Any]:
    due = {"persons": figure(100, "人"), "villages": figure(1, "村")}
    return {
        "head": {"place": "甲县", "title": "方案", "document": "方案", "synthetic": "全部"},
        "horizon": {"first": 2031, "last": 2033, "start_month": 1, "clause": "一"},
        "clauses": {"一": {"title": "一"}},
        "rulings": {},
        "regime": {"kind": "none", "reason": "无"},
        "money": {"years": "once", "scale": figure(1, "倍"), "reason": "无"},
        "population": {},
        "townships": ["乙镇"],
        "townships_origin": {"clause": "一"},
        "schedule": {"2031": due},
        "pathways": {
            kind: {"name": kind, "english": kind, "kind": kind, "clause": "一", "lead": "某局"} for kind in PATHWAYS
        },
        "lines": {"all": {"name": "全部", "english": "all", "lead": "某局", "clause": "一"}},
        "sources": {},
        "measures": MEASURES,
        "milestones": {},
        "relations": {},
        "facts": {},
        "synthesis": {},
        "dynamics": {},
        **criteria,
    }


@pytest.fixture(scope="session")
def shipped_criteria(root: Path) -> dict[str, Any]:
    """The criteria of the shipped plan as a plain tree."""
    reading = read_file(root / "scenarios" / "guiping-2016" / "criteria.yaml", "criteria.yaml")
    assert reading.faults == ()
    return reading.tree


@pytest.fixture(scope="session")
def make_plan(shipped_criteria: dict[str, Any]) -> Callable[..., Plan]:
    """A plan of a small county; what is named replaces the whole section."""

    def make(**sections: Any) -> Plan:
        return Plan.model_validate_json(json.dumps(plan_tree({**shipped_criteria, **sections})))

    return make


@pytest.fixture(scope="session")
def plan(make_plan: Callable[..., Plan]) -> Plan:
    return make_plan()


def filled(declared: Mapping[str, Column], rows: int, given: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Every declared column: as given, else a flag is 1, a count or index 0, an amount 0, a text its row."""
    columns = {}
    for name, column in declared.items():
        usual: Any = [str(i) for i in range(rows)] if column.kind == "text" else [float(column.kind == "flag")] * rows
        dtype = {"flag": np.int8, "count": np.int16, "index": np.int64, "amount": np.float64, "text": object}[
            column.kind
        ]
        columns[name] = np.array(given.get(name, usual), dtype=dtype)
    return columns


@pytest.fixture(scope="session")
def make_register() -> Callable[..., Register]:
    """A register from a few columns given by name; the others are harmless."""

    def make(households: Mapping[str, Any], villages: Mapping[str, Any]) -> Register:
        rows = [len(next(iter(given.values()))) for given in (households, villages)]
        return Register.of(
            filled(HOUSEHOLD, rows[0], households),
            filled(VILLAGE, rows[1], {"rural_persons": [1000] * rows[1], **villages}),
            ("乙镇",),
            synthetic=True,
            seed=0,
        )

    return make
