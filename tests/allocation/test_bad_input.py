"""What cannot be meant, as far as an allocation sees it: refused, told by the audit, or answered with the clauses that clash.

What the loader refuses by itself stands in the museum (`tests/museum/plan`): empty sections, amounts below nought or ten
thousand times too large, money tied to what it may not pay, caps below one unit, units, years outside the horizon.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.allocation.allocate import prepare
from planner.errors import Infeasible, PlanError, RegisterError
from planner.plan.audit import audit
from planner.register.model import Register
from planner.wording import render
from tests.allocation.ranking import ranked
from tests.allocation.test_worked import best
from tests.allocation.tiny import FIRST, award_plan, fig, poor_households, tiny_plan, tiny_register

NOWHERE = {"poor_village": [0] * 4, "due_year": [0] * 4}


def said(register: Register) -> list[str]:
    """What is said of a register that cannot be planned for, in both languages."""
    with pytest.raises(RegisterError) as refused:
        prepare(award_plan(), register)
    return [render(fault, lang) for fault in refused.value.faults for lang in ("zh", "en")]


def test_a_register_in_which_nobody_is_registered_says_so():
    zh, en = said(tiny_register(poor_households(2, registered=[0, 0])))
    assert "没有一户建档立卡" in zh
    assert "no household is registered" in en


@pytest.mark.xfail(strict=True, raises=ValueError, reason="a register without listed villages ends in a shape error")
def test_a_register_in_which_no_village_is_listed_says_so():
    assert said(tiny_register(poor_households(2), NOWHERE))


@pytest.mark.xfail(strict=True, raises=KeyError, reason="the two rulings that every allocation reads are not asked for")
@pytest.mark.parametrize("name", ["carry_over", "leave_before_due"])
def test_a_ruling_that_is_read_and_not_there_is_named(name):
    with pytest.raises(PlanError, match=name):
        prepare(award_plan(rulings={name: None}), tiny_register(poor_households(2)))


def test_a_figure_that_is_read_and_not_there_is_named():
    with pytest.raises(PlanError, match=r"dynamics\.list_overshoot plan\.entry_missing"):
        prepare(award_plan(dynamics={"list_overshoot": None}), tiny_register(poor_households(2)))


CLASHES: dict[str, tuple[dict[str, Any], str]] = {
    "a task above what can be delivered in its year": ({"measures": {"gravel": {"capacity": {"values": {str(FIRST): 3}}}}}, "task"),
    "a held line above what its sources have": ({"lines": {"green": {"amount": fig(70, "万元")}}}, "line"),
    "a task above what its sources have": ({"sources": {"own": {"amount": fig(20, "万元")}}}, "source"),
}  # fmt: skip


@pytest.mark.parametrize(("sections", "family"), CLASHES.values(), ids=list(CLASHES))
def test_a_floor_above_its_cap_is_answered_with_the_clauses_that_clash(sections, family):
    plan = tiny_plan(rulings={"carry_over": {"choice": "none"}}, **sections)
    with pytest.raises(Infeasible) as refused:
        best(plan, tiny_register(), "most")
    assert refused.value.clauses
    assert any(row.startswith(family) for row in refused.value.rows), refused.value.rows


def test_a_target_that_no_measure_serves_is_told_by_the_audit_and_missed_in_full():
    """12 persons by industry, and the award belongs to no pathway any more."""
    plan = tiny_plan(measures={"grow": {"pathway": None}})
    assert ("pathways.industry.target", "finding.target_without_measure") in {(f.key, f.code) for f in audit(plan)}
    assert best(plan, tiny_register(), "pathways").expected.short["industry"] == 12


@pytest.mark.xfail(strict=True, raises=RuntimeWarning, reason="what is missing is divided by the nought that are due")
def test_a_plan_in_which_nobody_is_due_is_an_allocation_all_the_same():
    """Nothing can be missing, and every aim is finite."""
    nothing = {str(year): {"persons": {"value": 0.0}, "villages": {"value": 0.0}} for year in (FIRST, FIRST + 1)}
    reached = ranked(tiny_plan(schedule=nothing), tiny_register()).reached
    assert np.isfinite(list(reached.values())).all()
    assert reached["villages"] == pytest.approx(0, abs=1e-6)
