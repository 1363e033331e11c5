"""The cases of caps and unit standards that an official can read (tests/cases/standard.yaml); and none may be missing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.reading import read_file
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.rules.standard import ASKED, CASE, STANDARDS
from planner.rules.standards import standards_for, subject_of
from planner.terms import Outcome
from tests.rules.shipped import household, ruled, shipped, with_parameter

FILE = Path(__file__).resolve().parent.parent / "cases" / "standard.yaml"
SIDES = {"正例", "反例", "边界", "不明"}
WORDS = {"是": 1, "否": 0}
OUTCOMES = {
    "符合": Outcome.MET, "不符合": Outcome.NOT_MET, "不明": Outcome.UNKNOWN, "当年不适用": Outcome.NOT_IN_FORCE
}  # fmt: skip
COLUMNS = {c.chinese: c for c in (*HOUSEHOLD.values(), *ASKED.values(), *VILLAGE.values(), *CASE.values())}


def read_cases() -> list[tuple[str, dict[str, Any]]]:
    reading = read_file(FILE, FILE.name)
    assert reading.faults == ()
    return [(standard, case) for standard, cases in reading.tree.items() for case in cases]


ALL = read_cases()


def columns_of(standard: str, case: dict[str, Any]) -> dict[str, np.ndarray]:
    given = {}
    for chinese, word in case["输入"].items():
        column = COLUMNS[chinese]
        unknown = np.nan if column.kind == "amount" else -1
        given[column.name] = unknown if word == "不明" else WORDS.get(word, word)
    if subject_of(shipped().standards[standard]) == "household":
        return household(given)
    return {name: np.array([value], np.float64) for name, value in given.items()}


def amounts_of(case: dict[str, Any]) -> tuple[float, float]:
    """The two ends that a case expects; NaN where it says nothing."""
    said = case.get("数额", [np.nan, np.nan])
    ends = said if isinstance(said, list) else [said, said]
    low, high = (np.inf if end == "无上限" else float(Fraction(end)) if isinstance(end, str) else end for end in ends)
    return low, high


@pytest.mark.parametrize(("standard", "case"), ALL, ids=[f"{s}-{c['说明']}" for s, c in ALL])
def test_the_case_comes_to_what_it_says(standard, case):
    plan = ruled(shipped(), case.get("裁定", {}))
    for name, printed in case.get("参数", {}).items():
        value, unit = printed.split()
        plan = with_parameter(plan, standard, name, float(value), unit)
    subject = subject_of(plan.standards[standard])
    found = standards_for(plan, columns_of(standard, case), case.get("年份", 2016), subject)[standard]
    low, high = amounts_of(case)
    assert found.outcome[0] == OUTCOMES[case["结果"]]
    if np.isnan(low):
        assert np.isnan(found.high[0])
        assert found.low[0] == 0 or np.isnan(found.low[0])
    else:
        assert (found.low[0], found.high[0]) == pytest.approx((low, high), rel=1e-12)
    settled = low == high and case["结果"] != "不明"
    assert found.value[0] == pytest.approx(low, rel=1e-12) if settled else np.isnan(found.value[0])


def test_every_standard_of_the_shipped_plan_has_a_case_of_each_sort():
    sides: dict[str, set[str]] = {}
    for standard, case in ALL:
        sides.setdefault(standard, set()).add(case["类别"])
    assert {
        name: SIDES - sides.get(name, set()) for name in shipped().standards if SIDES - sides.get(name, set())
    } == {}
    assert set(sides) == set(shipped().standards)


def test_every_kind_in_the_catalogue_is_that_of_a_standard_with_cases():
    assert {standard.kind for standard in shipped().standards.values()} == set(STANDARDS)


def test_every_reading_of_a_kind_has_a_case():
    plan = shipped()
    read = {}
    for standard, case in ALL:
        ruling = plan.standards[standard].ruling
        if ruling is not None:
            choice = case.get("裁定", {}).get(ruling, plan.rulings[ruling].choice)
            read.setdefault(plan.standards[standard].kind, set()).add(choice)
    assert read == {name: set(kind.readings) for name, kind in STANDARDS.items() if kind.readings}


def test_a_case_is_a_sentence_of_its_own_and_cites_a_clause_of_its_standard():
    assert len({(standard, case["说明"]) for standard, case in ALL}) == len(ALL)
    for standard, case in ALL:
        assert case["条款"] in shipped().standards[standard].clause.split("; ")
        assert case["类别"] in SIDES
