"""A county small enough to reckon by hand: 2 townships, 4 villages, 12 households of four, 4 lines, 3 sources.

| village | township | kind | households (all of 4 persons)                                        |
|---------|----------|------|----------------------------------------------------------------------|
| 0       | 0        | due  | 0 (unsafe house), 1, 2: poor, able to work                            |
| 1       | 0        | poor | 3, 4 (no road), 5: poor, able to work                                 |
| 2       | 1        | poor | 6 (not insured), 7: poor, able to work; 8: no labour, 低保            |
| 3       | 1        | other| 9 (unsafe house, has to move); 10, 11: above the line by themselves  |

Income per head is 2000 where poor and 3500 in 10 and 11; the line is 3000; nothing grows by itself. An award brings 8000
a household, 2000 a head, so that a chance is always 0 or 1. Each stratum is one village and, being small, one class.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from planner.allocation.allocate import prepare
from planner.allocation.formulation import Draft
from planner.allocation.objectives import CAP_OFF, LEAST, RANKS
from planner.allocation.program import Program
from planner.plan.model import Plan
from planner.register.columns import HOUSEHOLD, VILLAGE, Column
from planner.register.model import Register

FIRST, SECOND = 2031, 2032
TOWNSHIPS = ("甲镇", "乙镇")


def fig(value: float, unit: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": unit, "clause": "一", **more}


def by_year(value: float, unit: str) -> dict[str, Any]:
    return {"values": {str(FIRST): value}, "unit": unit, "clause": "一"}


def measure(kind: str, line: str, unit: str, cost: float, capacity: float, **more: Any) -> dict[str, Any]:
    known = {"name": "某措施", "english": "measure", "kind": kind, "line": line, "clause": "一", "unit": unit}
    return {**known, "cost": fig(cost, f"万元/{unit}"), "capacity": by_year(capacity, unit), **more}


def line(amount: float, **more: Any) -> dict[str, Any]:
    return {"name": "某项", "english": "line", "lead": "某局", "clause": "一", "amount": fig(amount, "万元"), **more}


def source(amount: float, pays: list[str], **more: Any) -> dict[str, Any]:
    return {"name": "某来源", "english": "source", "amount": fig(amount, "万元"), "pays": pays, **more}


def criterion(kind: str, **more: Any) -> dict[str, Any]:
    return {"name": "某标准", "english": "criterion", "kind": kind, "clause": "一", **more}


def ruling(choice: str, *options: str) -> dict[str, Any]:
    return {"question": "如何理解", "choice": choice, "clause": "一", "options": dict.fromkeys(options, "如此")}


def pathway(kind: str, **more: Any) -> dict[str, Any]:
    return {"name": "某途径", "english": "pathway", "kind": kind, "clause": "一", "lead": "某局", **more}


def due(persons: float, villages: float) -> dict[str, Any]:
    return {"persons": fig(persons, "人"), "villages": fig(villages, "村")}


MEASURES = {
    "repair": measure("household_good", "homes", "户", 2, 2, closes=["house"]),
    "grow": measure("household_income", "people", "户", 0.5, 8, pathway="industry", gain=fig(8000, "元/户/年")),
    "move": measure(
        "household_income", "homes", "人", 6, 8, pathway="relocation", counted="person", need="site_at_risk",
        cost_cap=fig(20, "万元/户"), closes=["house"], gain=fig(8000, "元/户/年"),
    ),
    "cover": measure("household_good", "people", "户", 0.05, 1, closes=["medical"], entitlement=True, recurring=True),
    "gravel": measure(
        "village_works", "roads", "公里", 16, 10, closes=["road", "village_road"], need="km_gravel",
        own_share=fig(1, "万元/公里"), tasks=[{"amount": fig(4, "公里", year=FIRST), "places": "poor_villages"}],
    ),
    "greening": measure("held", "green", "个", 3.5, 2, tasks=[{"amount": fig(2, "个", year=FIRST)}]),
}  # fmt: skip

DYNAMICS = {
    "trend": 0.0, "noise": 0.01, "county_noise": 0.0, "gain_sigma": 0.01, "least_chance": 0.5, "list_overshoot": 0.1,
    "finished_in_year": 0.8, "tried_again": 0.0,
    "moved_in_year": 1.0, "dibao_floor": 1.01, "village_margin": 1.0, "first_year_reached": 1.0,
}  # fmt: skip

SECTIONS: dict[str, Any] = {
    "head": {"place": "甲县", "title": "方案", "document": "方案", "synthetic": "全部"},
    "horizon": {"first": FIRST, "last": SECOND, "start_month": 1, "clause": "一"},
    "clauses": {"一": {"title": "一"}},
    "rulings": {
        "carry_over": ruling("allowed", "allowed", "none"),
        "leave_before_due": ruling("not_before", "not_before", "any"),
    },
    "regime": {"kind": "tasks_hard", "reason": "任务必须完成"},
    "money": {"years": "repeated", "scale": fig(1, "倍"), "reason": "各年同额"},
    "population": {"poor": fig(48, "人")},
    "townships": list(TOWNSHIPS),
    "townships_origin": {"clause": "一"},
    "schedule": {str(FIRST): due(24, 1), str(SECOND): due(24, 2)},
    "pathways": {
        "industry": pathway("industry", target=fig(12, "人", year=FIRST)),
        "relocation": pathway("relocation"),
        "dibao": pathway("transfer", counts=False),
    },
    "lines": {
        "roads": line(64), "homes": line(10), "people": line(30),
        "green": line(7, held="按条款保留"),
    },
    "sources": {
        "own": source(60, ["roads", "homes", "people", "green"]),
        "tied": source(40, ["roads"], places="poor_villages"),
        "land": source(11, ["people"], measures=["grow"]),
    },
    "measures": MEASURES,
    "household_criteria": {
        "house": criterion("flag", column="house_safe"),
        "road": criterion("flag", column="road_ok"),
        "medical": criterion("flag", column="insured"),
        "income": criterion("income_line", threshold=fig(3000, "元/人/年")),
    },
    "village_criteria": {
        "incidence": criterion("incidence", threshold=fig(3, "%")),
        "village_road": criterion("flag", column="road_hard"),
        "houses": criterion("all_households", column="share_house_safe", threshold=fig(0.95, "比例")),
    },
    "milestones": {},
    "relations": {},
    "facts": {},
    "synthesis": {},
    "dynamics": {name: fig(value, "比例") for name, value in DYNAMICS.items()},
}  # fmt: skip

HOUSEHOLDS: dict[str, Any] = {
    "village": [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3],
    "persons": [4] * 12,
    "labour": [2, 2, 2, 2, 2, 2, 2, 2, 0, 2, 2, 2],
    "income_farm": [2000.0] * 10 + [3500.0] * 2,
    "house_safe": [0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1],
    "road_ok": [1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1],
    "insured": [1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1],
    "dibao": [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0],
    "site_at_risk": [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
    "consent_to_move": [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
    "wubao": [0] * 12,
}
VILLAGES: dict[str, Any] = {
    "township": [0, 0, 1, 1],
    "poor_village": [1, 1, 1, 0],
    "due_year": [FIRST, SECOND, SECOND, 0],
    "rural_persons": [100, 100, 100, 100],
    "road_hard": [1, 0, 1, 1],
    "km_gravel": [0.0, 4.0, 0.0, 0.0],
}


def merged(given: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a tree in which `changes` replace leaf by leaf; None takes an entry away."""
    result = dict(given)
    for key, value in changes.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result


def tiny_plan(**sections: Any) -> Plan:
    """The tiny plan; what is named is laid over it, leaf by leaf."""
    return Plan.model_validate_json(json.dumps(merged(SECTIONS, sections)))


def tiny_register(households: Mapping[str, Any] | None = None, villages: Mapping[str, Any] | None = None) -> Register:
    """The tiny register; columns that are named replace its own."""
    homes, places = {**HOUSEHOLDS, **(households or {})}, {**VILLAGES, **(villages or {})}
    return Register.of(
        _filled(HOUSEHOLD, len(homes["village"]), homes), _filled(VILLAGE, len(places["township"]), places), TOWNSHIPS,
        synthetic=True, seed=0,
    )  # fmt: skip


def _filled(declared: Mapping[str, Column], rows: int, given: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Every declared column: as given, else a flag is 1, a count or index 0, an amount 0, a text its row."""
    dtypes = {"flag": np.int8, "count": np.int16, "index": np.int64, "amount": np.float64, "text": object}
    columns = {}
    for name, column in declared.items():
        usual: Any = [str(i) for i in range(rows)] if column.kind == "text" else [float(column.kind == "flag")] * rows
        columns[name] = np.array(given.get(name, usual), dtype=dtypes[column.kind])
    return columns


Row = tuple[dict[str, float], float, float]
"""What a row holds by column, and its two bounds."""


def drafted(plan: Plan | None = None, register: Register | None = None) -> tuple[Draft, Program]:
    """The program of a plan and a register, with the rows of every aim."""
    every = tuple(each.name for each in (*RANKS, CAP_OFF, LEAST))
    return prepare(plan or tiny_plan(), register or tiny_register(), every)


def names_of_columns(made: Draft, program: Program) -> list[str]:
    """A name that a reader knows for each column: block and label; exits by stratum, package and year."""
    classes, packages = made.problem.classes, made.problem.needs.packages
    names = []
    for block in program.columns:
        for label in block.labels:
            told: tuple[object, ...] = label
            if block.name == "exit":
                offer, year = int(str(label[0])), int(str(label[1]))
                package = packages[classes.offer_package[offer]].name
                told = (int(classes.stratum[classes.offer_class[offer]]), package, made.problem.years[year])
            elif ":" in block.name:
                told = label[3:] if block.name.startswith("money:") else label[1:]
            names.append(f"{block.name}[{','.join(map(str, told))}]")
    return names


def rows_of(made: Draft, program: Program, block: str) -> dict[tuple[object, ...], Row]:
    """The rows of a block by label, with readable columns."""
    names, found = names_of_columns(made, program), program.row_block(block)
    matrix = program.matrix
    rows = {}
    for i, label in enumerate(found.labels, found.start):
        part = slice(matrix.indptr[i], matrix.indptr[i + 1])
        held = dict(zip((names[j] for j in matrix.indices[part]), matrix.data[part].tolist(), strict=True))
        rows[label] = (held, float(program.row_lower[i]), float(program.row_upper[i]))
    return rows


def award_plan(
    money: float = 2.0, *, capacity: dict[int, float] | None = None, recurring: bool = False, **sections: Any
) -> Plan:
    """Nothing but awards of 0.5 万元, one source, no printed line, and a schedule too large to hold anybody back."""
    grow = {"recurring": recurring}
    if capacity is not None:
        grow["capacity"] = {"values": {str(y): n for y, n in capacity.items()}}
    plain: dict[str, Any] = {
        "measures": {name: None for name in MEASURES if name != "grow"} | {"grow": grow},
        "lines": dict.fromkeys(("roads", "homes", "green")),
        "sources": {"own": source(money, ["people"]), "tied": None, "land": None},
        "pathways": {"industry": {"target": None}, "relocation": None, "dibao": None},
        "schedule": {str(FIRST): due(10**6, 0), str(SECOND): due(10**6, 1)},
        "village_criteria": {"village_road": None, "houses": None},
        "dynamics": {"finished_in_year": fig(1, "比例")},
    }
    # An entry that is given anew replaces the plain one whole, as a reader would expect of a tree laid over a tree.
    return Plan.model_validate_json(json.dumps(merged(merged(SECTIONS, plain), sections)))


def poor_households(count: int, village: int | list[int] = 0, persons: int = 4, **columns: Any) -> dict[str, Any]:
    """So many poor households able to work, without any other need."""
    plain = {
        "village": [village] * count if isinstance(village, int) else village,
        "persons": [persons] * count,
        "labour": [2] * count,
        "income_farm": [2000.0] * count,
        **{flag: [1] * count for flag in ("house_safe", "road_ok", "insured")},
        **{flag: [0] * count for flag in ("dibao", "wubao", "site_at_risk", "consent_to_move")},
    }
    return {**plain, **columns}
