"""The made-up register agrees exactly with the plan's totals, and the same seed gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import RegisterError
from planner.plan.loading import load_plan
from planner.plan.model import Plan
from planner.register.calibration import take_exact
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.register.model import Register
from planner.register.synthesis import synthesise
from planner.register.synthesis_villages import places_of
from planner.terms import Places
from planner.wording import render_all

SEEDS = (0, 1, 20160301)


@pytest.fixture(scope="module")
def plan(root: Path) -> Plan:
    return load_plan(root / "scenarios" / "guiping-2016" / "plan.yaml")


@pytest.fixture(scope="module", params=SEEDS)
def register(request, plan: Plan) -> Register:
    return synthesise(plan, request.param)


def persons(register: Register, mask: np.ndarray) -> int:
    return int(register.households["persons"][mask].sum())


def test_registered_persons_are_those_of_the_plan(plan, register):
    assert persons(register, register.households["registered"] == 1) == plan.population["poor"].value


def test_persons_on_the_rolls_are_exact_with_and_without_labour(plan, register):
    h = register.households
    rolls = h["dibao"] == 1
    assert persons(register, rolls) == plan.population["dibao"].value
    assert persons(register, rolls & (h["labour"] > 0)) == plan.population["dibao_with_labour"].value
    assert (h["registered"][rolls] == 1).all()


@pytest.mark.parametrize("entry", ["disabled", "graduates"])
def test_members_that_the_plan_counts_are_exact(plan, register, entry):
    h = register.households
    assert int(h[entry][h["registered"] == 1].sum()) == plan.population[entry].value


def test_persons_who_have_to_move_are_exact_and_consent_is_theirs_alone(plan, register):
    h = register.households
    assert persons(register, h["site_at_risk"] == 1) == plan.population["to_relocate"].value
    assert (h["site_at_risk"][h["consent_to_move"] == 1] == 1).all()


def test_villages_townships_and_listed_villages_are_those_of_the_plan(plan, register):
    v = register.villages
    assert v.rows == plan.population["villages"].value
    assert int(v["poor_village"].sum()) == plan.population["poor_villages"].value
    assert set(v["township"].tolist()) == set(range(len(plan.townships)))
    assert int(v["rural_persons"].sum()) == plan.population["rural"].value
    assert register.townships == tuple(plan.townships)


def test_villages_are_due_as_the_schedule_says(plan, register):
    due = register.villages["due_year"]
    for year, owed in plan.schedule.items():
        assert int((due == year).sum()) == owed.villages.value
    assert ((due > 0) == (register.villages["poor_village"] == 1)).all()


def test_works_bound_to_a_kind_of_village_come_to_the_printed_task(plan, register):
    kinds = places_of(plan, dict(register.villages))
    inside = {"due_villages": kinds == Places.DUE, "poor_villages": kinds != Places.OTHER}
    seen = 0
    for measure in plan.measures.values():
        for task in measure.tasks:
            column = register.villages.get(str(measure.need))
            if measure.kind != "village_works" or task.places == "county" or column is None or column.dtype == np.int8:
                continue
            assert column[inside[task.places]].sum() == pytest.approx(task.amount.value)
            seen += 1
    assert seen >= 3


def test_the_margin_is_as_many_households_as_assumed_and_above_the_line(plan, register):
    h = register.households
    registered = int((h["registered"] == 1).sum())
    assert int((h["registered"] == 0).sum()) == round(registered * plan.population["near_poor_share"].value)
    line = plan.household_criteria["income"].threshold
    income = register.income[h["registered"] == 0]
    assert income.min() >= line.at(plan.horizon.first) * plan.number("near_poor_low") * (1 - 1e-12)  # type: ignore[union-attr]


def test_every_column_is_there_of_its_kind_and_within_its_range(register):
    for table, declared in ((register.households, HOUSEHOLD), (register.villages, VILLAGE)):
        for name, column in declared.items():
            if column.kind == "text":
                continue
            values = table[name].astype(float)
            assert np.isfinite(values).all(), name
            low = 0 if column.kind == "flag" else column.low
            assert values.min() >= low, name
            assert values.max() <= column.high, name


def test_members_fit_into_their_household(register):
    h = register.households
    inside = h["labour"] + h["pupils"] + h["students"] + h["elderly"]
    assert (inside <= h["persons"]).all()
    assert (h["off_farm"] <= h["labour"]).all()


def test_a_village_name_stands_once_in_its_township(register):
    names = register.villages["name"].tolist()
    assert len(set(names)) == len(names)


def test_the_register_says_that_it_is_made_up(register):
    assert register.synthetic


def same(one: Register, other: Register) -> bool:
    pairs = ((one.households, other.households), (one.villages, other.villages))
    return all(a[name].tolist() == b[name].tolist() and a[name].dtype == b[name].dtype for a, b in pairs for name in a)


def test_the_same_seed_gives_the_same_bytes_and_another_another_register(plan):
    assert same(synthesise(plan, 7), synthesise(plan, 7))
    assert not same(synthesise(plan, 7), synthesise(plan, 8))


def test_a_register_is_read_only(register):
    with pytest.raises(ValueError, match="read-only"):
        register.households["persons"][0] = 9


def test_a_missing_column_is_named():
    with pytest.raises(RegisterError) as caught:
        Register.of({}, {}, (), synthetic=True, seed=0)
    assert len(caught.value.faults) == len(HOUSEHOLD)
    assert "缺这一列" in render_all(caught.value)


def test_columns_of_different_lengths_are_refused(register):
    columns = dict(register.households)
    columns["persons"] = columns["persons"][:-1]
    with pytest.raises(RegisterError, match=r"register\.lengths"):
        Register.of(columns, dict(register.villages), register.townships, synthetic=True, seed=0)


def scaled(plan: Plan, entry: str, value: float) -> Plan:
    figure = plan.population[entry].model_copy(update={"value": value})
    return plan.model_copy(update={"population": {**plan.population, entry: figure}})


def test_a_total_that_no_choice_of_households_reaches_is_told(plan):
    """More persons on the rolls than there are on the register."""
    with pytest.raises(RegisterError, match=r"dibao register\.total_unreachable") as caught:
        synthesise(scaled(plan, "dibao", plan.population["poor"].value + 1), 1)
    for lang in ("zh", "en"):
        assert render_all(caught.value, lang)


# Sizes that come to a total


EXACT = [
    ([4, 4, 4], 8, [0, 1]),
    ([4, 3, 2, 1], 5, [0, 3]),
    ([5, 4, 3], 3, [2]),
    ([2, 2], 0, []),
]


@pytest.mark.parametrize(("sizes", "wanted", "rows"), EXACT)
def test_the_first_whose_sizes_come_to_the_total(sizes, wanted, rows):
    """In order, passing over who would overshoot: 4, not 3, not 2, 1 makes 5."""
    assert take_exact(np.arange(len(sizes)), np.array(sizes), wanted, "x").tolist() == rows


def test_a_total_out_of_reach_says_how_much_is_missing():
    with pytest.raises(RegisterError) as caught:
        take_exact(np.arange(2), np.array([4, 4]), 6, "x")
    assert caught.value.faults[0].values == {"wanted": 6, "missing": 2}


@given(st.lists(st.integers(1, 9), min_size=1, max_size=60), st.integers(0, 10**6))
def test_whenever_singles_are_many_enough_every_total_is_reached(sizes, luck):
    """Eight households of one at the end mend any gap that a larger one leaves."""
    all_sizes = np.array([*sizes, *[1] * 8])
    wanted = luck % (sum(sizes) + 1)
    rows = take_exact(np.arange(len(all_sizes)), all_sizes, wanted, "x")
    assert int(all_sizes[rows].sum()) == wanted
    assert len(set(rows.tolist())) == len(rows)


@pytest.mark.parametrize(
    ("flag", "units"), [("road_ok", "km_gravel"), ("water_ok", "water_projects"), ("electricity", "grid_areas")]
)
def test_whoever_stands_behind_works_has_works_to_wait_for(register, flag, units):
    """A household without a road in a village without a road to build could never leave."""
    h = register.households
    waits = (h[flag] == 0) & (h["registered"] == 1)
    assert (register.villages[units][h["village"][waits]] > 0).all()
