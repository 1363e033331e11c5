"""Milestones by hand: what is missing in each reading, and how probable it is to be met."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.comparison.indicators import cap_off_threshold, yearly
from planner.comparison.schedule import milestones, shortfall, wilson
from planner.plan.model import Milestone
from tests.allocation.tiny import fig, tiny_plan
from tests.comparison.runs import YEARS, hand_run


def milestone(reading: str, measured: str, **more: Any) -> dict[str, Any]:
    return {"name": "某节点", "english": "milestone", "reading": reading, "measure": measured, "year": 2032, **more}


YEARLY = milestone("yearly", "persons_out", at_least=fig(40, "人"))
STRICT = milestone("strict", "cohort_left", at_most=fig(0, "人"))
CAP_OFF = milestone("cap_off", "cap_off", at_most=fig(3, "%"))
KEPT = milestone("kept", "incidence", at_most=fig(3, "%"))


def missing(form: dict[str, Any], listed: int = 3, **values: list[float]) -> list[float]:
    return shortfall(Milestone(**form), {k: np.array(v) for k, v in values.items()}, listed).tolist()


def test_wilson_by_hand():
    """5 of 10: centre 0.5, half = 1.96 sqrt(0.025 + 0.0096) / 1.384 = 0.2634. None of 10: from 0 to 3.8415 / 13.8415."""
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.27753), abs=1e-5)
    assert wilson(10, 10) == pytest.approx((0.72247, 1.0), abs=1e-5)
    assert wilson(0, 0) == (0.0, 1.0), "nothing was tried, so nothing is known"


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_mirrors(trials, data):
    met = data.draw(st.integers(0, trials))
    low, high = wilson(met, trials)
    assert 0 <= low <= met / trials + 1e-12
    assert met / trials - 1e-12 <= high <= 1
    other_low, other_high = wilson(trials - met, trials)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low))


def test_a_yearly_target_misses_what_is_not_reached():
    assert missing(YEARLY, persons_out=[30.0, 40.0, 50.0]) == [10, 0, 0]


def test_strict_wants_every_person_out_and_every_village_off():
    """Persons left count as they are; with nobody left a village that is not off is still one short."""
    assert missing(STRICT, cohort_left=[7.0, 0.0, 0.0], villages_off=[3.0, 2.0, 3.0]) == [7, 1, 0]


def test_cap_off_is_measured_in_the_county_and_in_the_worst_village():
    found = missing(CAP_OFF, incidence=[2.0, 4.0, 2.0], worst_village_incidence=[2.5, 3.5, 5.0])
    assert found == pytest.approx([0, 1, 2])


def test_at_the_threshold_a_milestone_is_met():
    assert missing(CAP_OFF, incidence=[3.0], worst_village_incidence=[3.0]) == [0]
    assert missing(KEPT, incidence=[3.0, 3.5]) == [0, 0.5]


def test_the_probability_is_the_share_of_runs_in_the_milestone_s_own_year():
    """Persons out in 2032: 30, 40, 50, 40: three of four. What 2031 brought does not matter. Missing: 10, 0, 0, 0."""
    plan = tiny_plan(milestones={"persons": YEARLY, "all": STRICT})
    out = (30, 40, 50, 40)
    runs = [
        hand_run(0, i, persons_out=(99, n), cohort_left=(0, 48 - n), villages_off=(3, 3)) for i, n in enumerate(out)
    ]
    table = milestones(["a"], [plan], yearly(["a"], YEARS, runs), 3).set_index("milestone")
    first = table.loc["persons"]
    assert (first["probability"], first["shortfall_q50"], first["runs"], first["threshold"]) == (0.75, 0, 4, 40)
    assert (first["low"], first["high"]) == wilson(3, 4)
    # Left: 18, 8, -2 (met), 8; the middle of 0, 8, 8, 18 is 8.
    assert (table.loc["all", "probability"], table.loc["all", "shortfall_q50"]) == (0.25, 8)


def test_every_scenario_is_held_against_its_own_plan():
    """One scenario asks for 40 persons, the other for 60; both have 50."""
    plans = [tiny_plan(milestones={"persons": {**YEARLY, "at_least": fig(n, "人")}}) for n in (40, 60)]
    runs = [hand_run(i, 0, persons_out=(0, 50)) for i in (0, 1)]
    table = milestones(["a", "b"], plans, yearly(["a", "b"], YEARS, runs), 0)
    assert table["probability"].tolist() == [1, 0]
    assert table["shortfall_q50"].tolist() == [0, 10]


def test_a_township_is_capped_off_at_the_milestone_s_threshold():
    assert cap_off_threshold(tiny_plan(milestones={"first": YEARLY, "cap": CAP_OFF})) == 3
