"""The shipped plan at a twenty-fifth of its size: 5,333 persons, 18 villages (6 of them poor), 3 townships.

Everything counted in the county as a whole is divided by 25 (persons, villages, tasks, capacities, money); what is said per
head, per unit or as a share stays as it is. Tasks held by a clause get a share of their units.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from planner.allocation.allocate import allocate
from planner.allocation.proposal import Proposal
from planner.plan.loading import load_plan
from planner.plan.model import Plan
from planner.register.model import Register
from planner.register.synthesis import synthesise
from planner.simulation.world import Setting

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios" / "guiping-2016" / "plan.yaml"
PART = 25
PERSONS = {2016: 2000, 2017: 1666, 2018: 1667}
VILLAGES = {2016: 2, 2017: 2, 2018: 2}
WHOLE = {"villages": 18, "poor_villages": 6, "poor": 5333}
LEAST = {"county": 1.0, "poor_villages": 6.0, "due_villages": 2.0}
"""A task bound to a kind of village is at least one unit for each."""
COUNTED = ("rural", "dibao", "dibao_with_labour", "disabled", "graduates", "to_relocate")


@cache
def small_plan(kind: str = "as_written") -> Plan:
    """The reduced plan under a regime."""
    tree: dict[str, Any] = json.loads(load_plan(SHIPPED).model_dump_json())
    tree["regime"]["kind"] = kind
    tree["townships"] = tree["townships"][:3]
    for name in COUNTED:
        _divide(tree["population"][name])
    for name, value in WHOLE.items():
        _put(tree["population"][name], value)
    for year, due in tree["schedule"].items():
        _put(due["persons"], PERSONS[int(year)])
        _put(due["villages"], VILLAGES[int(year)])
    for part in ("lines", "sources"):
        for entry in tree[part].values():
            if entry["amount"] is not None:
                _divide(entry["amount"])
    for pathway in tree["pathways"].values():
        if pathway["target"] is not None:
            _divide(pathway["target"])
    for measure in tree["measures"].values():
        _shrink(measure)
    for name, value in (("persons_first", 2000), ("villages_first", 2), ("villages_all", 6)):
        tree["milestones"][name]["at_least"]["value"] = value
    return Plan.model_validate_json(json.dumps(tree))


def _shrink(measure: dict[str, Any]) -> None:
    """Tasks and capacity of a measure; what is done in a year is at least what is asked for."""
    most = 0.0
    for task in measure["tasks"]:
        if task["amount"]["unit"] != "%":
            least = 0.0 if measure["kind"] == "held" else LEAST[task["places"]]
            _put(task["amount"], max(least, task["amount"]["value"] / PART))
            most = max(most, task["amount"]["value"])
    capacity = measure["capacity"]
    capacity["values"] = {y: max(1.0, most, v / PART) for y, v in capacity["values"].items()}
    if capacity["range"] is not None:
        capacity["range"] = [0.0, max(capacity["values"].values())]


def _divide(figure: dict[str, Any]) -> None:
    _put(figure, figure["value"] / PART if "元" in figure["unit"] else max(2.0, float(round(figure["value"] / PART))))


def _put(figure: dict[str, Any], value: float) -> None:
    figure["value"] = value
    if figure["range"] is not None:
        figure["range"] = [0.0, max(value, figure["range"][1])]


@cache
def small_register() -> Register:
    """Its households and villages."""
    return synthesise(small_plan(), 1)


@cache
def small_proposal(kind: str = "as_written") -> Proposal:
    """Its proposal under a regime."""
    return allocate(small_plan(kind), small_register())


@cache
def small_setting(kind: str = "as_written") -> Setting:
    """What replications of it share."""
    return Setting.of(small_plan(kind), small_register(), small_proposal(kind))


SCENARIO = """name: {name}
question: {name}会怎样？
english: What with {file}?
extends: plan.yaml
overrides:
  - {{path: regime.kind, value: {kind}, why: 对照, english: control}}
"""


def write_small(folder: Path) -> Path:
    """The reduced plan as files: `plan.yaml` (as written), `bare.yaml` (no programme), `tight.yaml` (cannot hold)."""
    folder.mkdir(parents=True, exist_ok=True)
    text = small_plan().model_dump_json(indent=1, exclude_none=True, exclude_defaults=True)
    (folder / "plan.yaml").write_text(text, encoding="utf-8")
    for file, name, kind in (("bare", "不帮扶", "none"), ("tight", "紧缩", "tasks_hard")):
        (folder / f"{file}.yaml").write_text(SCENARIO.format(name=name, file=file, kind=kind), encoding="utf-8")
    with (folder / "tight.yaml").open("a", encoding="utf-8") as handle:
        handle.write("  - {path: money.scale.value, value: 0.5, why: 钱少一半, english: half}\n")
    return folder
