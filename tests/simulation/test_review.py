"""The year's review by hand: list, verification, consolidation, return, entry, villages. No luck unless a test asks for it.

Households have 4 persons; the line is 3000; who has an award has 4000, who has none 2000.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.simulation.randomness import Luck
from planner.simulation.record import blank, last_month
from planner.simulation.review import adjust, assist, draw_list, verify
from planner.simulation.world import FAR, World
from planner.terms import State
from tests.allocation.tiny import fig, tiny_register
from tests.simulation.hand import Watched, entry, hand_plan, hand_setting, one_village, scheduled, watch

MARCH, OCTOBER, DECEMBER = 2, 9, 11
EVERYBODY = scheduled(y2031=999, y2032=999)


def world(rows: int, awarded: list[int] | None = None, columns: Any = None, villages: Any = None, **plan: Any) -> World:
    """A world at its start in which the awards of year 0 are planned but not delivered."""
    when = [-1] * rows
    for row in awarded or []:
        when[row] = 0
    register = tiny_register({**one_village(rows), **(columns or {})}, villages)
    registered = np.flatnonzero(register.households["registered"] == 1)
    given = hand_setting(hand_plan(**plan), register, delivered={"grow": [when[row] for row in registered]})
    made = World(given)
    made.unsteady = np.zeros(rows)
    return made


def listed(w: World, month: int = MARCH) -> list[int]:
    draw_list(w, month)
    return np.flatnonzero(w.listed).tolist()


def lived(rows: int, awarded: list[int], columns: Any = None, seed: int = 0, **plan: Any) -> Watched:
    """A replication in which awards come in January of the first year."""
    when = [0 if row in awarded else -1 for row in range(rows)]
    register = tiny_register({**one_village(rows), **(columns or {})})
    entries = [entry(2031, "grow", 0.5 * len(awarded))] if awarded else []
    return watch(hand_setting(hand_plan(**plan), register, delivered={"grow": when}, entries=entries), seed)


def test_those_expected_to_meet_everything_come_first_then_the_better_income():
    """Due: 8 persons, and a tenth more is 8.8: two households. 4 has an award; of the rest 1 has 2900."""
    w = world(5, [4], {"income_farm": [2000.0, 2900.0, 2800.0, 2000.0, 2000.0]}, schedule=scheduled(y2031=8, y2032=12))
    assert listed(w) == [1, 4]


def test_among_the_ready_the_villages_due_earliest_come_before_the_better_income():
    """Villages 3 (not listed), 1 (due 2032), 0 (due 2031); all have awards, those of village 3 the most income."""
    columns = {"village": [3, 1, 0, 3], "income_farm": [2900.0, 2500.0, 2000.0, 2900.0]}
    assert listed(world(4, [0, 1, 2, 3], columns, schedule=scheduled(y2031=4, y2032=12))) == [2]
    assert listed(world(4, [0, 1, 2, 3], columns, schedule=scheduled(y2031=8, y2032=12))) == [1, 2]


@pytest.mark.parametrize(("due", "overshoot", "count"), [(8, 0, 2), (8, 0.4, 2), (8, 0.5, 3), (7, 0, 1), (7, 0.2, 2)])
def test_the_list_holds_the_persons_due_and_the_overshoot_whole_households_only(due, overshoot, count):
    """8 × 1.5 = 12 holds three households of 4, 8 × 1.4 = 11.2 two."""
    w = world(6, list(range(6)), schedule=scheduled(y2031=due, y2032=24), numbers={"list_overshoot": overshoot})
    assert len(listed(w)) == count


def test_those_already_out_count_against_what_is_due_so_far():
    """12 due by 2032, and 13.2 with the overshoot; 4 are out: 9.2 hold two more households."""
    w = world(6, list(range(6)), schedule=scheduled(y2031=4, y2032=8, y2033=12))
    w.state[0] = State.CONSOLIDATION
    assert listed(w, 12 + MARCH) == [1, 2]


def test_once_the_schedule_is_through_everybody_still_poor_is_listed():
    w = world(6, columns={"registered": [1, 1, 1, 1, 0, 0]}, schedule=scheduled(y2031=4, y2032=12))
    w.state[[0, 4]] = State.CONSOLIDATION, State.ENTERED
    assert listed(w, 12 + MARCH) == [1, 2, 3, 4]


def test_a_schedule_that_does_not_ask_for_everybody_keeps_its_list_short_until_it_is_over():
    """16 registered, 8 due in all: 8.8 hold two households in 2032; in 2033 everybody is listed."""
    w = world(4, schedule=scheduled(y2031=4, y2032=4))
    assert [len(listed(w, 12 * year + MARCH)) for year in (1, 2)] == [2, 4]


def test_the_rule_looks_at_what_is_planned_and_at_no_luck():
    w = world(5, [4], schedule=scheduled(y2031=4, y2032=16))
    w.unsteady, w.ill_month[:] = np.array([9.0, 9.0, 9.0, 9.0, -9.0]), 0
    assert listed(w) == [4]


def verified(w: World, month: int = DECEMBER, seed: int = 0) -> tuple[World, Any]:
    record = blank(w)
    verify(w, Luck(seed), month, record)
    return w, record


def test_who_is_on_the_list_and_meets_every_criterion_leaves():
    """0 meets all; 1 has no safe house; 2 has no income; 3 meets all and is not on the list."""
    w = world(4, columns={"house_safe": [1, 0, 1, 1], "income_farm": [3500.0, 3500.0, 2000.0, 3500.0]})
    w.listed[:3] = True
    w, record = verified(w)
    assert [State(s).name for s in w.state] == ["CONSOLIDATION", "REGISTERED", "REGISTERED", "REGISTERED"]
    assert record.counts["out_this_year", 0] == 4
    assert w.exit_month.tolist() == [DECEMBER, FAR, FAR, FAR]


def test_income_on_the_line_is_not_above_it():
    w = world(2, columns={"income_farm": [3000.0, 3000.01]})
    w.listed[:] = True
    assert verified(w)[0].exit_month.tolist() == [FAR, DECEMBER]


def test_when_all_are_held_back_nobody_leaves_and_they_are_counted():
    w = world(3, columns={"income_farm": [3500.0, 3500.0, 2000.0]}, numbers={"held_back": 1})
    w.listed[:] = True
    w, record = verified(w)
    assert (w.exit_month == FAR).all()
    assert record.counts["held_back", 0] == 8


@pytest.mark.parametrize(("rate", "out"), [(0, [0]), (1, [0, 1])])
def test_mistaken_acceptance_at_planted_rates_takes_nobody_or_all_of_the_list(rate, out):
    """0 meets all, 1 does not; 2 is not on the list and is never accepted."""
    w = world(3, columns={"income_farm": [3500.0, 2000.0, 2000.0]}, numbers={"false_accept": rate})
    w.listed[:2] = True
    assert np.flatnonzero(verified(w)[0].exit_month < FAR).tolist() == out


def test_who_is_held_back_is_drawn_by_month_and_household():
    w = world(300, columns={"income_farm": [3500.0] * 300}, numbers={"held_back": 0.3})
    w.listed[:] = True
    wanted = Luck(5).uniform("held_back", DECEMBER, np.arange(300)) >= 0.3
    assert (verified(w, seed=5)[0].exit_month < FAR).tolist() == wanted.tolist()


def test_the_pathway_is_that_of_the_measure_that_brings_most_and_none_where_none_does():
    """0 has an award; 1 left by itself; 2 is lifted by the allowance; the allowance and an award: the award."""
    columns = {"income_farm": [2000.0, 3500.0, 2000.0, 2000.0], "dibao": [0, 0, 1, 1]}
    w = world(4, [0, 3], columns)
    w.arrival["grow"][[0, 3]] = 0
    w.listed[:] = True
    names = list(w.setting.plan.pathways)
    pathways = verified(w)[0].exit_pathway.tolist()
    assert [names[p] if p >= 0 else "own" for p in pathways] == ["industry", "own", "dibao", "industry"]


def test_a_household_that_got_something_is_assisted():
    w = world(3, [0, 1])
    w.arrival["grow"][:2] = 4, 12
    record = blank(w)
    assist(w, DECEMBER, record)
    assert [State(s).name for s in w.state] == ["ASSISTED", "REGISTERED", "REGISTERED"]
    assert record.flows == {(0, State.REGISTERED, State.ASSISTED): 4}


def test_who_left_is_watched_for_two_years_and_then_stable():
    """Out in December 2031, stable in December 2033."""
    seen = lived(2, [0], schedule=EVERYBODY)
    assert seen.record.flows == {
        (0, State.REGISTERED, State.ASSISTED): 4,
        (0, State.ASSISTED, State.CONSOLIDATION): 4,
        (2, State.CONSOLIDATION, State.STABLE): 4,
    }
    assert seen.world.state.tolist() == [State.STABLE, State.REGISTERED]


@pytest.mark.parametrize(("found", "state"), [(1, State.RETURNED), (0, State.STABLE)])
def test_who_falls_back_returns_where_that_is_found(found, state):
    """The award is lost in January 2032; in October 2032 the income of 2000 is seen, or never."""
    loss = {"grow": {"loss": fig(1, "比例")}}
    seen = lived(1, [0], schedule=EVERYBODY, measures=loss, numbers={"return_found": found})
    assert seen.world.state.tolist() == [state]
    assert seen.record.counts["returned", 1] == 4 * found
    assert [seen.record.counts["persons_out", y] for y in range(4)] == [4, 4 - 4 * found] + [4 - 4 * found] * 2


def test_a_returned_household_may_leave_again_and_is_watched_anew():
    """Below the line in 2032 only: out 2031, back in October 2032, out 2033, and in 2034 still watched."""
    line = {
        "income": {
            "threshold": {"value": None, "values": {"2031": 3000, "2032": 5000, "2033": 3000}, "unit": "元/人/年"}
        }
    }
    seen = lived(1, [0], schedule=EVERYBODY, household_criteria=line)
    assert seen.record.flows == {
        (0, State.REGISTERED, State.ASSISTED): 4,
        (0, State.ASSISTED, State.CONSOLIDATION): 4,
        (1, State.CONSOLIDATION, State.RETURNED): 4,
        (2, State.RETURNED, State.CONSOLIDATION): 4,
    }
    assert seen.world.exit_month.tolist() == [35]


@pytest.mark.parametrize("found", [0, 1])
def test_who_falls_from_the_margin_enters_where_found_and_counts_in_incidence_not_in_the_cohort(found):
    """Of 400 rural persons 4 are registered and 4 on the margin at 2900. Incidence 1 % or 2 %."""
    columns = {"registered": [1, 0, 0], "income_farm": [2000.0, 2900.0, 3100.0]}
    register = tiny_register({**one_village(3), **columns})
    plan = hand_plan(schedule=EVERYBODY, numbers={"entry_found": found})
    seen = watch(hand_setting(plan, register, delivered={"grow": [-1]}))
    entered = [State.ENTERED if found else State.MARGIN, State.MARGIN]
    assert seen.world.state.tolist() == [State.REGISTERED, *entered]
    assert seen.record.counts["entered", 0] == 4 * found
    assert [seen.record.counts[name, 3] for name in ("cohort_left", "poor_stock", "incidence")] == [
        4,
        4 + 4 * found,
        1 + found,
    ]
    assert seen.record.counts["worst_village_incidence", 3] == 4 + 4 * found


def test_autumn_looks_at_the_margin_and_at_those_who_left_and_at_nobody_else():
    """All have 2000: the registered stays where it is, who left returns, who was on the margin enters."""
    w = world(4, columns={"registered": [1, 1, 1, 0], "income_farm": [2000.0] * 4})
    w.state[1:3] = State.CONSOLIDATION, State.STABLE
    record = blank(w)
    adjust(w, Luck(0), OCTOBER, record)
    assert w.state.tolist() == [State.REGISTERED, State.RETURNED, State.RETURNED, State.ENTERED]
    assert record.counts == {("returned", 0): 8, ("entered", 0): 4}


def villages_off(due: list[int], households: dict[str, Any], **plan: Any) -> list[int]:
    """Months in which villages left; one household each, all villages with a hard road unless told."""
    rows = len(due)
    places = {
        "township": [0] * rows, "poor_village": [int(y > 0) for y in due], "due_year": due,
        "rural_persons": [100] * rows, "road_hard": [1] * rows, "km_gravel": [0.0] * rows,
    }  # fmt: skip
    register = tiny_register({**one_village(rows, village=list(range(rows))), **households}, places)
    given = hand_setting(hand_plan(schedule=EVERYBODY, **plan), register, delivered={"grow": [-1] * rows})
    return watch(given).world.off.tolist()


def test_a_village_leaves_when_due_and_its_incidence_is_low_enough():
    """4 poor of 100 is 4 %, above 3 %. The second is due a year later; the third is not on the list at all."""
    assert villages_off([2031, 2032, 0, 2031], {"income_farm": [3500.0, 3500.0, 3500.0, 2000.0]}) == [11, 23, FAR, FAR]


def test_a_village_may_leave_early_where_that_is_ruled():
    early = {"leave_before_due": {"choice": "any"}}
    assert villages_off([2033], {"income_farm": [3500.0]}, rulings=early) == [11]


def test_a_village_waits_for_its_houses_and_may_be_held_back():
    """The household has income, and no safe house: it stays, and its village with it."""
    assert villages_off([2031], {"income_farm": [3500.0], "house_safe": [0]}) == [FAR]
    assert villages_off([2031], {"income_farm": [3500.0]}, numbers={"village_held_back": 1}) == [FAR]


def test_the_last_month_of_a_year_is_december():
    assert [last_month(y) for y in range(3)] == [11, 23, 35]
