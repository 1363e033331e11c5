"""From parts of units to whole households and whole works: worked by hand on the tiny county, laws on the reduced plan."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from planner.allocation.allocate import allocate, prepare
from planner.allocation.constraints_money import task_units
from planner.allocation.formulation import Draft
from planner.allocation.ledger import Entry, ledger
from planner.allocation.ledger_check import check_against, check_ledger
from planner.allocation.loss import reach
from planner.allocation.rounding import Rounded, Unmet, round_plan
from planner.allocation.rounding_goods import differs, inside_of
from planner.allocation.solving import Solver
from planner.plan.model import Plan
from planner.register.model import Register
from tests.allocation.tiny import (
    FIRST,
    SECOND,
    TOWNSHIPS,
    award_plan,
    fig,
    line,
    measure,
    poor_households,
    ruling,
    source,
    tiny_register,
)
from tests.simulation.small import small_plan, small_proposal, small_register

NO_CARRY = {"carry_over": ruling("none", "allowed", "none")}
NEVER = -1


def rounded(
    plan: Plan, register: Register, given: dict[str, dict[int, list[float]]], forward: tuple[int, ...] = ()
) -> tuple[Draft, Rounded, list[Entry]]:
    """What a program becomes whose values are these amounts by measure and place, and nought everywhere else."""
    made, program = prepare(plan, register)
    values = np.zeros(len(program.lower))
    for k, places in given.items():
        block = made.stock[k] if k in made.stock else made.done[k]
        for place, by_year in places.items():
            values[block[place]] = by_year
    listed = made.problem.listed.tolist()
    for v in forward:
        values[made.forward[listed.index(v)]] = 1.0
    found = round_plan(made, values)
    return made, found, ledger(made, values, found)


# Households


def awards(each: float = 0.5, money: float = 20.0, **sections: Any) -> Plan:
    return award_plan(money, measures={"grow": {"cost": fig(each, "万元/户")}}, **sections)


VILLAGES = poor_households(10, village=[0, 0, 0, 1, 1, 1, 2, 2, 2, 3])


def test_half_a_household_in_each_of_four_places_is_two_households():
    given = {0: [0.5, 0.5], 1: [0.5, 0.5], 2: [0.5, 0.5], 3: [0.5, 0.5]}
    _, found, entries = rounded(awards(), tiny_register(VILLAGES), {"grow": given})
    assert found.stock["grow"].sum(axis=0).tolist() == [2, 2]
    assert [(e.units, e.yuan) for e in entries] == [(1.0, 5_000)] * 2
    assert {e.year for e in entries} == {FIRST}


def test_a_unit_rounded_up_that_the_money_does_not_reach_waits_for_the_next_year():
    """1.6 awards a year at 0.5 are 0.8 万元: enough for one of 0.5; in the second year there are 1.1 for two more."""
    _, found, entries = rounded(awards(money=0.8), tiny_register(VILLAGES), {"grow": {0: [1.6, 3.0]}})
    assert found.stock["grow"][0].tolist() == [1, 3]
    assert [(e.year, e.units, e.yuan) for e in entries] == [(FIRST, 1, 5_000), (SECOND, 2, 10_000)]


def test_a_capacity_between_two_units_is_the_lower_one():
    """At the most 2.5 awards in the first year: the program's 2.5 become 2."""
    plan = award_plan(20, capacity={FIRST: 2.5, SECOND: 8})
    _, found, _ = rounded(plan, tiny_register(VILLAGES), {"grow": {0: [2.5, 3.0]}})
    assert found.stock["grow"][0].tolist() == [2, 3]


def test_a_cost_that_comes_back_is_paid_for_whoever_holds_it_and_may_lapse():
    """2.4 posts, then 1.4: 2 and 1, or 3 and 2, or 2 and 2 less one; each year pays for its own."""
    _, found, entries = rounded(award_plan(20, recurring=True), tiny_register(VILLAGES), {"grow": {0: [2.4, 1.4]}})
    first, second = found.stock["grow"][0].tolist()
    assert (first, second) == (2, 1)
    assert [(e.year, e.yuan) for e in entries] == [(FIRST, 10_000), (SECOND, 5_000)]


MOVERS = poor_households(
    4, village=0, persons=4, site_at_risk=[1] * 4, consent_to_move=[1] * 4
) | {"persons": [3, 5, 4, 4]}  # fmt: skip
MOVE = measure(
    "household_income", "people", "人", 6, 20, pathway="relocation", counted="person", need="site_at_risk",
    cost_cap=fig(20, "万元/户"), gain=fig(8000, "元/户/年"),
)  # fmt: skip


def moving(task: float | None = None, **capacity: Any) -> Plan:
    asked = {"tasks": [{"amount": fig(task, "人", year=FIRST)}]} if task is not None else {}
    return award_plan(
        200,
        measures={"grow": None, "move": {**MOVE, **asked, **capacity}},
        pathways={"relocation": {"name": "某", "english": "p", "kind": "relocation", "clause": "一", "lead": "某局"}},
    )


def test_where_persons_count_households_are_named_until_their_persons_are_enough():
    """Two households of four on average are 8 persons: 3 + 5 of the register's order; 18 + 20 万元, the cap for the second."""
    _, found, entries = rounded(moving(), tiny_register(MOVERS), {"move": {0: [2.0, 2.0]}})
    assert found.holders["move"][:, 0].tolist() == [True, True, False, False]
    assert [(e.units, e.yuan) for e in entries] == [(8.0, 380_000)]


def test_a_task_of_persons_takes_the_first_household_that_fits_what_is_missing():
    """9 persons are asked for, 8 are named; one is missing, nobody is alone: the next household, of four, is taken."""
    _, found, entries = rounded(moving(9), tiny_register(MOVERS), {"move": {0: [2.0, 2.0]}})
    assert found.holders["move"][:, 0].tolist() == [True, True, True, False]
    assert entries[0].units == 12
    assert found.unmet == ()


def test_what_no_whole_household_can_meet_is_told():
    """9 persons are asked for and no more than 10 can be moved in a year: 8 it is, one is missing."""
    capacity = {"capacity": {"values": {str(FIRST): 10}, "unit": "人", "clause": "一"}}
    _, found, _ = rounded(moving(9, **capacity), tiny_register(MOVERS), {"move": {0: [2.0, 2.0]}})
    assert found.unmet == (Unmet("move", 0, 1.0),)


def test_only_measures_whose_households_are_alike_go_by_number():
    assert differs(moving().measures["move"])
    assert not differs(awards().measures["grow"])


# Works


def roads(
    km: list[float], money: float = 1000, task: float | None = None, capacity: float = 99
) -> tuple[Plan, Register]:
    asked = {"tasks": [{"amount": fig(task, "公里", year=FIRST)}]} if task is not None else {}
    gravel = measure("village_works", "roads", "公里", 10, capacity, closes=["village_road"], need="km_gravel", **asked)
    criterion = {"name": "路", "english": "road", "kind": "flag", "clause": "一", "column": "road_hard"}
    plan = award_plan(
        20, measures={"gravel": gravel}, lines={"roads": line(64)}, sources={"works": source(money, ["roads"])},
        village_criteria={"village_road": criterion},
    )  # fmt: skip
    lacking = [0 if length else 1 for length in km]
    return plan, tiny_register(VILLAGES, villages={"km_gravel": km, "road_hard": lacking})


def bought(found: Rounded) -> list[int]:
    """The year index in which each village's road is bought."""
    done = found.done["gravel"]
    return np.where(done.any(axis=1), done.argmax(axis=1), NEVER).tolist()


def test_half_a_road_in_each_of_two_villages_is_one_road_of_the_village_due_first():
    """2 and 2 km by halves: 2 km by the end of the first year, all 4 by the end of the second."""
    _, found, entries = rounded(*roads([2, 2, 0, 0]), {"gravel": {0: [0.5, 1], 1: [0.5, 1]}})
    assert bought(found) == [0, 1, NEVER, NEVER]
    assert [(e.year, e.units, e.yuan) for e in entries] == [(FIRST, 2, 200_000), (SECOND, 2, 200_000)]


def test_a_village_put_forward_comes_before_one_that_is_due_earlier():
    """Of 4 km of the program 2 are whole in village 1, which is put forward; the other half each of villages 0 and 2."""
    given = {"gravel": {0: [0.5, 1], 1: [1, 1], 2: [0.5, 1]}}
    _, found, _ = rounded(*roads([2, 2, 2, 0]), given, forward=(1,))
    assert bought(found) == [0, 0, 1, NEVER]


def test_what_the_program_buys_whole_stays_where_it_is():
    """Village 2 is due later and not put forward, but its road is whole; half a road of village 0 waits."""
    _, found, _ = rounded(*roads([2, 2, 2, 0]), {"gravel": {0: [0.4, 1], 2: [1, 1]}})
    assert bought(found) == [1, NEVER, 0, NEVER]


def test_one_more_is_bought_where_that_is_nearer():
    """0.6 of 2 km: 1.2 km, nearer to 2 than to nought."""
    _, found, _ = rounded(*roads([2, 0, 0, 0]), {"gravel": {0: [0.6, 0.6]}})
    assert bought(found) == [0, NEVER, NEVER, NEVER]


def test_a_road_that_the_money_does_not_reach_is_bought_when_it_does():
    """20 万元 a road, 10 a year: nothing at first, the road in the second year."""
    _, found, _ = rounded(*roads([2, 0, 0, 0], money=10), {"gravel": {0: [0.5, 1]}})
    assert bought(found) == [1, NEVER, NEVER, NEVER]


def test_a_task_is_met_by_whole_villages_even_a_little_over():
    """4 km asked for: 3 of the first village and, because one is missing, the shorter of the two others."""
    _, found, _ = rounded(*roads([3, 4, 2, 0], task=4), {"gravel": {0: [2 / 3, 1], 1: [0.5, 1]}})
    assert bought(found)[0] == 0
    assert found.done["gravel"][:, 0].tolist() == [1, 0, 1, 0]
    assert found.unmet == ()


def test_where_that_takes_too_much_the_village_that_fits_is_taken_instead():
    """Only 4 km can be built in the year: 3 and 2 are too much, 4 by itself is what is asked for."""
    _, found, _ = rounded(*roads([3, 4, 2, 0], task=4, capacity=4), {"gravel": {0: [2 / 3, 1], 1: [0.5, 1]}})
    assert found.done["gravel"][:, 0].tolist() == [0, 1, 0, 0]
    assert found.unmet == ()


def test_a_village_whose_road_cannot_be_built_in_a_year_is_told_where_a_task_asks_for_it():
    _, found, _ = rounded(*roads([9, 0, 0, 0], task=9, capacity=5), {"gravel": {0: [0.5, 1]}})
    assert bought(found) == [NEVER] * 4
    assert found.unmet == (Unmet("gravel", 0, 9.0),)


def test_the_places_of_a_task():
    kinds = np.array([0, 1, 2])
    assert [inside_of(kinds, p).tolist() for p in ("county", "poor_villages", "due_villages")] == [
        [True, True, True],
        [True, True, False],
        [True, False, False],
    ]


# Money


def test_a_unit_that_two_sources_pay_for_stands_with_the_one_that_pays_more():
    """3 awards of 0.5 from 0.8 and 0.7 万元: the second of them is paid 0.3 by the first source and 0.2 by the other."""
    plan = award_plan(0.8, sources={"more": source(0.7, ["people"])}, rulings=NO_CARRY)
    _, _, entries = rounded(plan, tiny_register(VILLAGES), {"grow": {0: [3.0, 3.0]}})
    assert [(e.source, e.units, e.yuan) for e in entries] == [("own", 2.0, 8_000), ("more", 1.0, 7_000)]


def test_a_line_as_printed_comes_to_its_sum_however_its_units_are_rounded():
    """2 万元 are printed; 3.6 awards of 0.5 become 4 or 3, the rest stands without a task."""
    plan = award_plan(2, lines={"people": line(2)}, regime={"kind": "as_written"})
    made, program = prepare(plan, tiny_register(VILLAGES))
    values = np.zeros(len(program.lower))
    values[made.stock["grow"][0]] = [1.8, 1.8]
    values[made.stock["grow"][1]] = [1.8, 1.8]
    entries = ledger(made, values)
    by_measure = {m: sum(e.yuan for e in entries if e.measure == m and e.year == FIRST) for m in ("grow", "untied")}
    assert by_measure in ({"grow": 20_000, "untied": 0}, {"grow": 15_000, "untied": 5_000})
    assert check_ledger(plan, entries) == ()


def test_the_ledger_names_the_township_and_the_kind_of_its_villages():
    _, _, entries = rounded(awards(), tiny_register(VILLAGES), {"grow": {0: [1.0, 1.0], 3: [1.0, 1.0]}})
    assert [(e.township, e.places) for e in entries] == [(TOWNSHIPS[0], "due"), (TOWNSHIPS[1], "other")]


def test_rounding_costs_the_persons_whom_the_missing_part_would_have_led_out():
    """Money for 1.5 awards of a household of four each year: 6 and 12 persons in parts, 4 and 12 in whole ones."""
    plan, register = award_plan(0.75), tiny_register(poor_households(5))
    proposal = allocate(plan, register)
    made, program = prepare(plan, register)
    found = reach(made, program, proposal.values, round_plan(made, proposal.values), Solver)
    assert found.fractional == pytest.approx([6, 12], abs=0.1)
    assert found.whole == pytest.approx([4, 12], abs=1e-6)
    assert proposal.reach is not None
    assert proposal.reach.whole.tolist() == pytest.approx(found.whole.tolist())


# Laws, on the reduced plan

KINDS = ("as_written", "tasks_hard")


@cache
def small(kind: str) -> tuple[Draft, np.ndarray, Rounded]:
    made, _ = prepare(small_plan(kind), small_register())
    values = small_proposal(kind).values
    return made, values, round_plan(made, values)


@pytest.fixture(params=KINDS)
def case(request: Any) -> tuple[Plan, Draft, np.ndarray, Rounded]:
    return small_plan(request.param), *small(request.param)


def meant(made: Draft, values: np.ndarray, k: str) -> np.ndarray:
    """The program's stock, or shares of works. Shape: place × year."""
    columns = made.stock[k] if k in made.stock else made.done[k]
    return np.where(columns >= 0, values[columns], 0.0)


def test_households_are_never_more_than_one_above_and_one_for_each_year_below(case):
    """Below, where a line or a capacity that is not a whole number of units binds year after year."""
    plan, made, values, found = case
    for k, stock in found.stock.items():
        if differs(plan.measures[k]):
            continue
        exact = meant(made, values, k)
        assert (stock <= np.ceil(exact - 1e-3)).all(), k
        over = stock.sum(axis=0) - exact.sum(axis=0)
        assert (over < 1 + 1e-3).all(), k
        assert (over > -1 - np.arange(made.years) - 1e-3).all(), k


def test_persons_and_works_are_within_one_household_or_village_of_the_program(case):
    _, made, values, found = case
    for k in found.done:
        units = made.problem.works_units[k]
        exact = (meant(made, values, k) * units[:, None]).sum(axis=0)
        over = (found.done[k] * units[:, None]).sum(axis=0) - exact
        assert (over <= units.max() + 1e-6).all(), k
        assert (over >= -units.max() * (1 + np.arange(made.years)) - 1e-6).all(), k
    for k, holders in found.holders.items():
        exact = (meant(made, values, k) * made.problem.units_each[k][:, None]).sum(axis=0)
        persons = made.problem.needs.persons
        whole = (holders * persons[:, None]).sum(axis=0)
        assert (np.abs(whole - exact) <= persons.max()).all(), k


def test_works_are_bought_once_and_stay(case):
    _, _, _, found = case
    for done in found.done.values():
        assert np.isin(done, (0, 1)).all()
        assert (np.diff(done, axis=1) >= 0).all()


def test_villages_put_forward_have_all_their_works(case):
    _, made, values, found = case
    listed = made.problem.listed
    forward = values[made.forward] > 0.5
    for k, done in found.done.items():
        waits = made.problem.village_open[k][listed] & (made.problem.works_units[k][listed] > 0)
        assert (done[listed] >= (forward & waits[:, None])).all(), k


def test_every_printed_task_and_capacity_holds(case):
    plan, made, _, found = case
    pr = made.problem
    assert found.unmet == ()
    for k in (*pr.goods, *pr.works):
        amounts = units_of(made, found, k)
        kinds = pr.strata.places if k in pr.goods else pr.strata.places[pr.strata.of_village]
        steps = amounts if plan.measures[k].recurring else np.diff(amounts, axis=1, prepend=0.0)
        for y, year in enumerate(pr.years):
            most = plan.measures[k].capacity.at(year)
            if not plan.measures[k].entitlement:
                assert steps[:, y].sum() <= most + 1e-6, (k, year)
            for task in plan.measures[k].tasks if plan.regime.kind == "tasks_hard" else ():
                if task.amount.year == year:
                    inside = inside_of(kinds, task.places)
                    wanted = task_units(task, float(needed(made, k)[inside].sum()))
                    assert amounts[inside, y].sum() >= wanted - 1e-6, (k, year)


def units_of(made: Draft, found: Rounded, k: str) -> np.ndarray:
    """Units so far. Shape: place × year."""
    pr = made.problem
    if k in found.done:
        return np.asarray(found.done[k] * pr.works_units[k][:, None])
    if k not in found.holders:
        return found.stock[k].astype(float)
    home = pr.register.households["village"][pr.needs.rows]
    stratum = pr.strata.of_village[home]
    size = pr.needs.persons if pr.plan.measures[k].counted == "person" else np.ones(len(stratum))
    held = found.holders[k] * size[:, None]
    by_year = [np.bincount(stratum, weights=held[:, y], minlength=len(pr.strata.places)) for y in range(made.years)]
    return np.stack(by_year, axis=1)


def needed(made: Draft, k: str) -> np.ndarray:
    pr = made.problem
    return pr.takers[k] * pr.units_each[k] if k in pr.goods else pr.works_units[k]


def test_the_ledger_adds_up_and_keeps_every_source_and_line(case):
    plan, made, values, found = case
    entries = ledger(made, values, found)
    assert check_ledger(plan, entries) == ()
    assert check_against(made, values, entries) == ()
    assert sum(e.yuan for e in entries) == sum(sum(by.values()) for by in found.money.values())
    for k in (*made.problem.goods, *made.problem.works):
        amounts = units_of(made, found, k).sum(axis=0)
        steps = amounts if plan.measures[k].recurring else np.diff(amounts, prepend=0.0)
        for y, year in enumerate(made.problem.years):
            if made.problem.plan.measures[k].kind != "duty":
                told = sum(e.units for e in entries if e.measure == k and e.year == year)
                assert told == pytest.approx(steps[y], abs=1e-5), (k, year)


def test_names_are_as_many_as_the_units_of_each_stratum_and_year(case):
    plan, made, _, found = case
    pr = made.problem
    given = small_proposal(plan.regime.kind).assignment
    stratum = pr.strata.of_village[pr.register.households["village"][pr.needs.rows]]
    for k, stock in found.stock.items():
        for y in range(made.years):
            named = given.holds[k][:, y]
            assert np.bincount(stratum[named], minlength=len(stock)).tolist() == stock[:, y].tolist(), k
            assert pr.needs.takes[k][named].all(), k
            size = pr.needs.persons[named].sum() if plan.measures[k].counted == "person" else named.sum()
            assert size == units_of(made, found, k)[:, y].sum(), k


def test_a_year_s_list_by_class_and_package_is_the_program_s_to_within_one(case):
    _, made, values, found = case
    exact = np.where(made.exit >= 0, np.maximum(values[made.exit], 0.0), 0.0)
    assert (np.abs(found.listed - exact) < 1 + 1e-3).all()
    package = made.problem.classes.offer_package
    for p in range(len(made.problem.needs.packages)):
        assert (np.abs((found.listed - exact)[package == p].sum(axis=0)) < 1.1).all()


def test_the_same_values_are_rounded_alike(case):
    _, made, values, found = case
    again = round_plan(made, values)
    assert again.money == found.money
    assert all((again.stock[k] == found.stock[k]).all() for k in found.stock)
    assert again.losses == found.losses


def test_what_lapses_is_told_by_name():
    """A household whose measure is not paid for any more after the second year."""
    given = small_proposal("tasks_hard").assignment
    lapsed = {k: given.lapse(k, 99) for k in given.holds}
    for k, when in lapsed.items():
        held = given.holds[k]
        gone = when < 99
        assert not held[gone, when[gone]].any(), k
        assert held[gone, when[gone] - 1].all(), k
