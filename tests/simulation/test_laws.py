"""Laws of a replication on the reduced plan: persons and money conserved, the same luck for all, the same bytes again."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from planner.plan.model import Plan
from planner.simulation.record import Record
from planner.simulation.replications import Run, Study, replicate, runs_of
from planner.simulation.world import Setting
from planner.terms import State
from tests.simulation.hand import Watched, watch
from tests.simulation.small import small_plan, small_proposal, small_register, small_setting

KINDS = ("none", "as_written", "tasks_hard")
SEEDS = (0, 1, 2)
CASES = [(kind, seed) for kind in KINDS for seed in SEEDS]
YEARS = range(5)


@cache
def lived(kind: str, seed: int) -> Watched:
    return watch(small_setting(kind), seed)


@cache
def compared() -> tuple[Run, ...]:
    """No programme, as written, and as written once more as another object, under eight seeds."""
    again = replace(small_setting())
    bare = small_setting("none")
    return tuple(replicate(Study((bare, small_setting(), again), (0, 0, 0), (bare,)), 0, 8, 1))


def same(one: Record, other: Record) -> bool:
    def plain(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return (value.dtype.str, value.shape, value.tobytes())
        return {k: plain(v) for k, v in value.items()} if isinstance(value, dict) else value

    return all(plain(getattr(one, f.name)) == plain(getattr(other, f.name)) for f in fields(Record))


def persons_by_state(seen: Watched) -> list[dict[State, float]]:
    """Persons in each state at each year end, from the start and the flows alone."""
    w = seen.world
    stock = dict.fromkeys(State, 0.0)
    stock[State.REGISTERED] = float(w.persons[w.cohort].sum())
    stock[State.MARGIN] = float(w.persons[~w.cohort].sum())
    found = []
    for year in YEARS:
        for (y, before, after), persons in seen.record.flows.items():
            if y == year:
                stock[before] -= persons
                stock[after] += persons
        found.append(dict(stock))
    return found


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_persons_are_conserved_each_year_and_each_household_is_in_one_state(kind, seed):
    seen = lived(kind, seed)
    total = float(seen.world.persons.sum())
    by_year = persons_by_state(seen)
    for stock in by_year:
        assert sum(stock.values()) == total
        assert min(stock.values()) >= 0
    at_the_end = {s: float(seen.world.persons[seen.world.state == s].sum()) for s in State}
    assert by_year[-1] == at_the_end


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_the_yearly_figures_are_those_of_the_states(kind, seed):
    seen = lived(kind, seed)
    counts = seen.record.counts
    cohort = float(seen.world.persons[seen.world.cohort].sum())
    assert cohort == small_plan().population["poor"].value
    for y, stock in enumerate(persons_by_state(seen)):
        poor = stock[State.REGISTERED] + stock[State.ASSISTED] + stock[State.RETURNED] + stock[State.ENTERED]
        assert counts["poor_stock", y] == poor
        assert counts["incidence", y] == pytest.approx(100 * poor / small_plan().population["rural"].value)
        assert counts["persons_out", y] + counts["cohort_left", y] == cohort
        assert counts["cohort_left", y] <= poor


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_townships_and_pathways_add_up_to_the_county(kind, seed):
    record = lived(kind, seed).record
    for y in YEARS:
        for name in ("persons_out", "cohort_left", "poor_stock", "villages_off"):
            assert record.places[name, y].sum() == record.counts[name, y]
        assert record.by_pathway[:, y].sum() == record.counts["persons_out", y]


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_money_is_conserved_and_nothing_is_paid_that_has_not_come(kind, seed):
    seen = lived(kind, seed)
    accounts = seen.accounts
    assert accounts.paid >= 0
    assert accounts.paid + seen.waiting == accounts.arrived <= accounts.promised
    due_in_time = sum(accounts.planned.values())
    assert accounts.promised <= due_in_time, "a tranche that comes after the last month is still out"
    assert accounts.promised >= 0.9 * due_in_time
    assert seen.record.money == (accounts.promised, accounts.arrived)


@pytest.mark.parametrize("seed", SEEDS)
def test_listed_villages_leave_once_and_do_not_come_back(seed):
    off = [lived("as_written", seed).record.counts["villages_off", y] for y in YEARS]
    assert off == sorted(off)
    assert off[-1] <= small_plan().population["poor_villages"].value


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_setting_and_seed_give_the_same_record(kind):
    assert same(lived(kind, 0).record, watch(small_setting(kind), 0).record)
    assert not same(lived(kind, 0).record, lived(kind, 1).record)


def test_two_identical_scenarios_differ_by_exactly_nought():
    by_scenario = [[run for run in compared() if run.scenario == i] for i in (1, 2)]
    for one, other in zip(*by_scenario, strict=True):
        assert one.record is not other.record
        assert same(one.record, other.record)
        assert (one.led_out == other.led_out).all()


def test_led_out_and_left_anyway_are_all_who_are_out():
    for run in compared():
        out = [run.record.counts["persons_out", y] for y in YEARS]
        assert (run.led_out + run.left_anyway).tolist() == out
    assert all((run.led_out == 0).all() for run in compared() if run.scenario == 0), "without a programme nobody is led"


def test_with_the_plan_as_written_more_are_out_than_without_a_programme():
    """Paired over seeds, at the end of every year; from the end of the schedule under each seed."""
    out = np.array([[run.record.counts["persons_out", y] for y in YEARS] for run in compared()]).reshape(8, 3, 5)
    assert (out[:, 1].mean(axis=0) >= out[:, 0].mean(axis=0)).all()
    assert (out[:, 1, 2:] > out[:, 0, 2:]).all()


def test_runs_stand_in_the_order_of_seeds_and_scenarios():
    assert [(run.seed, run.scenario) for run in compared()] == [(seed, i) for seed in range(8) for i in range(3)]


def test_one_worker_and_two_give_the_same_runs():
    bare, written = small_setting("none"), small_setting()
    study = Study((bare, written), (0, 0), (bare,))
    told: list[int] = []
    one, two = (replicate(study, 3, 7, workers, told.append) for workers in (1, 2))
    assert sum(told) == 14
    assert [(r.seed, r.scenario) for r in one] == [(r.seed, r.scenario) for r in two]
    for mine, other in zip(one, two, strict=True):
        assert same(mine.record, other.record)
        assert mine.led_out.tobytes() == other.led_out.tobytes()
        assert mine.left_anyway.tobytes() == other.left_anyway.tobytes()


def test_seeds_are_run_one_by_one_whatever_their_neighbours():
    bare = small_setting("none")
    study = Study((bare,), (0,), (bare,))
    among = replicate(study, 0, 4, 1)[2]
    assert same(among.record, runs_of(study, 2)[0].record)


def changed(plan: Plan, measure: str, **figures: float) -> Plan:
    """The plan with some figures of a measure changed."""
    held = plan.measures[measure]
    update = {name: getattr(held, name).model_copy(update={"value": value}) for name, value in figures.items()}
    return plan.model_copy(update={"measures": {**plan.measures, measure: held.model_copy(update=update)}})


@pytest.mark.parametrize("seed", SEEDS)
def test_another_gain_leaves_everybody_s_luck_as_it_was(seed):
    """Income noise, illness, disasters, delays and deliveries are the same; only what the measure brings is not."""
    plan = changed(small_plan(), "industry_award", gain=1000.0)
    before = lived("as_written", seed)
    after = watch(Setting.of(plan, small_register(), small_proposal()), seed)
    for name in ("unsteady", "ill_month", "disaster_month"):
        assert (getattr(before.world, name) == getattr(after.world, name)).all()
    for name in ("arrival", "lost", "works_done"):
        one, other = getattr(before.world, name), getattr(after.world, name)
        assert all((one[k] == other[k]).all() for k in one)
    assert before.record.money == after.record.money
    assert before.record.waits == after.record.waits
    assert after.record.counts["persons_out", 4] < before.record.counts["persons_out", 4]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_programme_leaves_illness_disaster_and_income_noise_as_they_are_without_it(seed):
    one, other = lived("none", seed).world, lived("tasks_hard", seed).world
    for name in ("unsteady", "ill_month", "disaster_month"):
        assert (getattr(one, name) == getattr(other, name)).all()


def test_one_more_source_of_chance_changes_no_other():
    """With illness ten times as frequent every other draw stays, and all who fell ill before still do."""
    plan = small_plan("none")
    more = plan.dynamics["illness_hazard"].model_copy(update={"value": 0.5})  # type: ignore[union-attr]
    ill = plan.model_copy(update={"dynamics": {**plan.dynamics, "illness_hazard": more}})
    one, other = lived("none", 0).world, watch(Setting.of(ill, small_register(), small_proposal("none")), 0).world
    assert (one.unsteady == other.unsteady).all()
    assert (one.disaster_month == other.disaster_month).all()
    assert (one.ill_month <= other.ill_month).all()


def test_a_year_end_comes_after_the_deliveries_of_its_month():
    """Whoever is assisted in December's figures has something that came by then, and nobody else has."""
    seen = lived("as_written", 0)
    there = np.zeros(len(seen.world.state), bool)
    for arrival in seen.world.arrival.values():
        there |= arrival <= 59
    still = seen.world.state == State.REGISTERED
    assert not (still & there).any()
    assert (there & seen.world.cohort).any()
