"""A register of any size in pieces: each known without the others, and exact when put together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import PlanError
from planner.plan.loading import load_plan
from planner.plan.model import Plan
from planner.register.model import Register
from planner.register.streaming import Stream
from planner.survey import held_by


@pytest.fixture(scope="module")
def plan(root: Path) -> Plan:
    return load_plan(root / "scenarios" / "guiping-2016" / "plan.yaml")


def held(stream: Stream) -> dict[str, int]:
    found = [held_by(stream.plan, piece) for piece in stream]
    return {name: sum(each[name] for each in found) for name in stream.totals}


@pytest.mark.parametrize("households", [300, 301, 1000, 4321, 32838, 70_001])
def test_the_pieces_add_up_to_what_was_asked_for(plan, households):
    stream = Stream(plan, households, 3)
    assert held(stream) == stream.totals
    assert stream.totals["households"] == households


def test_a_stream_of_the_county_has_the_plans_own_totals(plan):
    county = round(plan.population["poor"].value / plan.population["per_household"].value)
    totals = Stream(plan, county, 1).totals
    for name in ("poor", "dibao", "dibao_with_labour", "disabled", "graduates", "villages", "poor_villages"):
        assert totals[name] == plan.population[name].value, name
    assert totals[f"due_{plan.horizon.first}"] == plan.schedule[plan.horizon.first].villages.value


def test_ten_counties_have_ten_times_the_totals_and_works(plan):
    county = round(plan.population["poor"].value / plan.population["per_household"].value)
    stream = Stream(plan, 10 * county, 1)
    assert len(stream) == 10
    assert stream.totals["poor"] == 10 * plan.population["poor"].value
    for key, measure in plan.measures.items():
        if measure.kind != "village_works":
            continue
        for position, task in enumerate(measure.tasks):
            parts = [stream.plan_of(k).measures[key].tasks[position].amount.value for k in range(10)]
            if task.places != "county" and parts != [task.amount.value] * 10:
                assert sum(parts) == pytest.approx(10 * task.amount.value)


@given(households=st.integers(300, 400_000))
@settings(max_examples=40, deadline=None)
def test_parts_of_every_total_add_up_for_any_size(plan, households):
    stream = Stream(plan, households, 1)
    pieces = [stream.plan_of(k) for k in range(len(stream))]
    for name in ("poor", "dibao", "rural", "villages", "poor_villages"):
        assert sum(p.population[name].value for p in pieces) == stream.totals[name]
    for year in plan.schedule:
        assert sum(p.schedule[year].villages.value for p in pieces) == stream.totals[f"due_{year}"]


def same(one: Register, other: Register) -> bool:
    tables = ((one.households, other.households), (one.villages, other.villages))
    return all(a[name].tobytes() == b[name].tobytes() for a, b in tables for name in a)


def test_a_piece_is_the_same_whichever_others_are_drawn(plan):
    stream = Stream(plan, 100_000, 7)
    assert len(stream) == 3
    whole = list(stream)
    assert same(Stream(plan, 100_000, 7).piece(2), whole[2])
    assert not same(whole[0], whole[1])


def test_another_seed_gives_another_register_with_the_same_totals(plan):
    one, other = Stream(plan, 5000, 1), Stream(plan, 5000, 2)
    assert not same(one.piece(0), other.piece(0))
    assert held(one) == held(other)


@pytest.mark.parametrize("seed", range(8))
def test_three_hundred_households_can_be_made_up_under_any_seed(plan, seed):
    piece = Stream(plan, 300, seed).piece(0)
    waits = (piece.households["road_ok"] == 0) & (piece.households["registered"] == 1)
    assert (piece.villages["km_gravel"][piece.households["village"][waits]] > 0).all()
    assert np.isfinite(piece.income).all()


def test_a_piece_is_synthetic_and_its_places_are_not_the_plans(plan):
    piece = Stream(plan, 100_000, 1).piece(1)
    assert piece.synthetic
    assert set(piece.townships).isdisjoint(plan.townships)


def test_a_plan_without_its_population_is_refused_by_name(plan):
    bare = plan.model_copy(update={"population": {}})
    with pytest.raises(PlanError, match=r"population\.poor"):
        Stream(bare, 300, 1).piece(0)
