"""The cases that an official can read (tests/cases), each judged by the rule book; and none may be missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.reading import read_file
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.rules.book import FILES, eligibility, evaluate_households, evaluate_villages
from planner.rules.rule import CATALOGUE, DERIVED_HOUSEHOLD, DERIVED_VILLAGE
from planner.rules.village_exit import village_aggregates
from planner.terms import Outcome

CASES = Path(__file__).resolve().parent.parent / "cases"
LEVELS = ("household", "village", "pathway")
SIDES = {"正例", "反例", "边界", "不明"}
WORDS = {"是": 1, "否": 0, "不明": -1}
OUTCOMES = {
    "达标": Outcome.MET, "符合": Outcome.MET, "未达标": Outcome.NOT_MET, "不符合": Outcome.NOT_MET, "不明": Outcome.UNKNOWN
}  # fmt: skip
COLUMNS = {
    "household": {c.chinese: c for c in (*HOUSEHOLD.values(), *DERIVED_HOUSEHOLD.values())},
    "village": {c.chinese: c for c in (*VILLAGE.values(), *DERIVED_VILLAGE.values())},
}


def read_cases() -> list[tuple[str, str, dict[str, Any]]]:
    found = []
    for level in LEVELS:
        reading = read_file(CASES / f"{level}.yaml", f"{level}.yaml")
        assert reading.faults == ()
        found += [(level, kind, case) for kind, cases in reading.tree.items() for case in cases]
    return found


ALL = read_cases()


def criterion_of(level: str, kind: str, case: dict[str, Any]) -> dict[str, Any]:
    criterion = {"name": case["说明"], "english": "case", "kind": kind, "clause": case["条款"]}
    if "指标列" in case:
        share = "share_" if kind == "all_households" else ""
        criterion["column"] = share + COLUMNS["household" if share else level][case["指标列"]].name
    if "标准" in case:
        value, unit = case["标准"].split()
        criterion["threshold"] = {"value": float(value), "unit": unit, "clause": case["条款"]}
    return criterion


def columns_of(level: str, case: dict[str, Any]) -> dict[str, np.ndarray]:
    columns = {}
    for chinese, word in case["输入"].items():
        column = COLUMNS["village" if level == "village" else "household"][chinese]
        value = WORDS.get(word, word)
        columns[column.name] = np.array([np.nan if word == "不明" and column.kind == "amount" else value])
    return columns


def village_of(flag: str, case: dict[str, Any]) -> dict[str, np.ndarray]:
    """The figures of one village with so many households met, not met, unknown."""
    values = np.repeat([1, 0, -1], [case["输入"][name] for name in ("达标户", "未达标户", "不明户")])
    households = {flag: values, "persons": np.full(len(values), 4)}
    registered = np.ones(len(values), bool)
    return village_aggregates(households, np.zeros(len(values), np.int64), registered, 1, flags=(flag,))


def judge(make_plan: Any, level: str, kind: str, case: dict[str, Any]) -> int:
    if level == "pathway":
        plan = make_plan()
        only = plan.model_copy(update={"pathways": {kind: plan.pathways[kind]}})
        return int(eligibility(only, columns_of(level, case))[kind][0])
    plan = make_plan(**{f"{level}_criteria": {"only": criterion_of(level, kind, case)}})
    if level == "household":
        return int(evaluate_households(plan, columns_of(level, case), 2031)["only"][0])
    if kind == "all_households":
        aggregates = village_of(plan.village_criteria["only"].column.removeprefix("share_"), case)
        return int(evaluate_villages(plan, {}, aggregates, 2031)["only"][0])
    return int(evaluate_villages(plan, columns_of(level, case), {}, 2031)["only"][0])


@pytest.mark.parametrize(("level", "kind", "case"), ALL, ids=[f"{x}-{k}-{c['说明']}" for x, k, c in ALL])
def test_the_case_is_judged_as_it_says(level, kind, case, make_plan):
    assert judge(make_plan, level, kind, case) == OUTCOMES[case["结果"]]


def test_every_registered_kind_has_a_case_of_each_sort():
    sides: dict[tuple[str, str], set[str]] = {}
    for level, kind, case in ALL:
        sides.setdefault((level, kind), set()).add(case["类别"])
    registered = {(level, kind) for level, kinds in CATALOGUE.items() for kind in kinds}
    missing = {key: SIDES - sides.get(key, set()) for key in registered if SIDES - sides.get(key, set())}
    assert missing == {}, f"kinds of {[f.__name__ for f in FILES]} without cases"
    assert set(sides) == registered


def test_no_two_cases_of_a_kind_say_the_same():
    said = [(level, kind, case["说明"], str(case.get("标准"))) for level, kind, case in ALL]
    assert len(said) == len(set(said))


def test_every_clause_that_a_case_cites_stands_in_the_plan(root):
    clauses = read_file(root / "scenarios" / "guiping-2016" / "clauses.yaml", "clauses.yaml").tree["clauses"]
    assert {case["条款"] for _, _, case in ALL} <= set(clauses)
