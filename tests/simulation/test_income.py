"""Income per head of households reckoned by hand, step by step.

Every household has 4 persons and 2000 元 a head at the start; an award brings 8000 元 a household, 2000 a head.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.simulation.income import draw_year, gain_of_year, income_of_year, income_steps, quick_income
from planner.simulation.randomness import Luck
from planner.simulation.world import FAR, World
from tests.allocation.tiny import fig, tiny_register
from tests.simulation.hand import hand_plan, hand_setting, one_village

LUCK = Luck(0)


def world(rows: int = 1, *, delivered: dict[str, list[int]] | None = None, columns: Any = None, **given: Any) -> World:
    """A world of so many households in one village, nothing delivered and nothing happened."""
    plan = hand_plan(**given)
    goods = {"grow": [-1] * rows, "relief": [-1] * rows, **(delivered or {})}
    made = World(hand_setting(plan, tiny_register(one_village(rows, **(columns or {}))), delivered=goods))
    made.unsteady = np.zeros(rows)
    return made


def test_the_trend_grows_from_the_register_s_year():
    """2000 × 1.1 = 2200 at the end of the first year, × 1.1 = 2420 at the end of the second."""
    w = world(numbers={"trend": 0.1})
    assert income_of_year(w, LUCK, 0) == pytest.approx([2200])
    assert income_of_year(w, LUCK, 1) == pytest.approx([2420])


def test_the_steps_come_in_the_declared_order():
    w = world()
    assert list(income_steps(w, LUCK, 0)) == [
        "trend",
        "noise",
        "illness",
        "disaster",
        "grow",
        "relief",
        "low_allowance",
    ]


def test_noise_is_a_factor_whose_mean_is_one():
    """Log departure 0.1 with a spread of 0.2: 2000 × exp(0.1 - 0.02) = 2166.57."""
    w = world(numbers={"noise": 0.2})
    w.unsteady = np.array([0.1])
    assert income_of_year(w, LUCK, 0) == pytest.approx([2166.574], abs=1e-3)


def test_a_year_remembers_a_part_of_the_year_before():
    """Half of last year's departure, and sqrt(1 - 0.25) of this year's own draw: the spread stays the same."""
    w = world(3, numbers={"noise": 0.2, "noise_memory": 0.5})
    draws = [LUCK.normal("income", month, w.who) * 0.2 for month in (0, 12)]
    draw_year(w, LUCK, 0)
    assert w.unsteady == pytest.approx(draws[0])
    draw_year(w, LUCK, 1)
    assert w.unsteady == pytest.approx(0.5 * draws[0] + np.sqrt(0.75) * draws[1])


def test_a_year_of_the_county_moves_all_households_alike():
    w = world(3, numbers={"county_noise": 0.1})
    draw_year(w, LUCK, 0)
    assert w.unsteady == pytest.approx([0.1 * LUCK.normal("county", 0, np.zeros(1, np.int64))[0]] * 3)


def test_illness_costs_a_quarter_and_half_of_that_with_relief_and_cover():
    """2000 × (1 - 0.25) = 1500. Relief halves the loss: 2000 × (1 - 0.125) = 1750; without cover it does not reach."""
    w = world(4, columns={"insured": [1, 1, 0, 1]})
    w.ill_month[:3] = 5
    w.arrival["relief"][[1, 2]] = 2
    assert income_of_year(w, LUCK, 0) == pytest.approx([1500, 1750, 1500, 2000])
    assert income_of_year(w, LUCK, 1) == pytest.approx([2000] * 4), "an illness costs in its own year"


def test_relief_that_comes_next_year_does_not_help_this_year():
    w = world()
    w.ill_month[0], w.arrival["relief"][0] = 5, 12
    assert income_of_year(w, LUCK, 0) == pytest.approx([1500])


def test_a_disaster_takes_farm_income_of_its_village_only():
    """0.3 of the half that is farm income: 2000 - 0.3 × 0.5 × 2000 = 1700."""
    w = world(2, columns={"village": [0, 1]})
    w.disaster_month[1] = 12
    assert income_of_year(w, LUCK, 0) == pytest.approx([2000, 2000])
    assert income_of_year(w, LUCK, 1) == pytest.approx([2000, 1700])


def test_an_illness_is_reckoned_before_a_disaster():
    """2000 × 0.75 = 1500, less 0.3 × 0.5 × 2000 = 300: 1200, not 1275."""
    w = world()
    w.ill_month[0], w.disaster_month[0] = 0, 0
    assert income_of_year(w, LUCK, 0) == pytest.approx([1200])


@pytest.mark.parametrize(
    ("month", "first", "second"),
    [(0, 1000, 2000), (6, 1000, 2000), (9, 500, 2000), (11, 1000 / 6, 2000), (12, 0, 1000), (21, 0, 500), (FAR, 0, 0)],
)
def test_a_gain_in_its_first_year_depends_on_the_month_of_delivery(month, first, second):
    """8000 元 over 4 persons is 2000 a head; the first year reaches half of it: 1000 when there by July (month 6).

    In October (month 9) 3 of the last 6 months are left: 500. In December 1 of 6: 167. From the second year on: 2000.
    """
    w = world(measures={"grow": {"first_year": fig(0.5, "比例")}})
    w.arrival["grow"][0] = month
    assert income_of_year(w, LUCK, 0) == pytest.approx([2000 + first])
    assert income_of_year(w, LUCK, 1) == pytest.approx([2000 + second])


def test_a_gain_that_was_lost_in_january_brings_nothing_from_that_year_on():
    w = world()
    w.arrival["grow"][0], w.lost["grow"][0] = 0, 12
    assert [income_of_year(w, LUCK, y)[0] for y in range(3)] == pytest.approx([4000, 2000, 2000])


@pytest.mark.parametrize(("failure", "income"), [(0, 4000), (1, 2000)])
def test_a_measure_that_fails_brings_nothing(failure, income):
    w = world(measures={"grow": {"failure": fig(failure, "比例")}})
    w.arrival["grow"][0] = 0
    assert income_of_year(w, LUCK, 0) == pytest.approx([income])


def test_every_household_has_its_own_yield_that_it_keeps_and_industry_shares_a_price():
    """Yield exp(0.5 z - 0.125) by household, price exp(0.2 p - 0.02) by year, times 8000 元."""
    w = world(3, numbers={"gain_sigma": 0.5, "price_sigma": 0.2})
    w.arrival["grow"][:] = 0
    own = np.exp(0.5 * LUCK.normal("yield:grow", 0, w.who) - 0.125)
    for year in (0, 1):
        price = np.exp(0.2 * LUCK.normal("price", 12 * year, np.zeros(1, np.int64)) - 0.02)
        assert gain_of_year(w, LUCK, "grow", w.setting.plan.measures["grow"], year) == pytest.approx(8000 * own * price)


def test_a_fall_in_prices_takes_its_part_of_what_industry_brings():
    """At a level of 0.7 the 8000 元 of an award are 5600."""
    w = world(1, numbers={"price_level": 0.7})
    w.arrival["grow"][:] = 0
    assert gain_of_year(w, LUCK, "grow", w.setting.plan.measures["grow"], 1) == pytest.approx([5600])


def test_low_allowance_lifts_to_its_own_line_and_takes_nothing_away():
    """1.01 × 3000 = 3030 for those on it, but for the household that has 4000 already."""
    w = world(4, columns={"dibao": [1, 0, 1, 0], "wubao": [0, 1, 0, 0]})
    w.arrival["grow"][2] = 0
    assert income_of_year(w, LUCK, 0) == pytest.approx([3030, 3030, 4000, 2000])


def test_without_a_programme_there_is_no_allowance():
    w = world(columns={"dibao": [1]}, regime={"kind": "none"})
    assert income_of_year(w, LUCK, 0) == pytest.approx([2000])


def test_what_is_expected_for_the_list_is_the_income_without_luck():
    """First year: trend 2200 and half of 2000 for what is planned in it; 2420 and all of it in the second."""
    w = world(
        2,
        delivered={"grow": [0, -1]},
        numbers={"trend": 0.1, "noise": 0.3},
        measures={"grow": {"first_year": fig(0.5, "比例")}},
    )
    w.unsteady = np.array([1.0, 1.0])
    assert quick_income(w, 0) == pytest.approx([3200, 2200])
    assert quick_income(w, 1) == pytest.approx([4420, 2420])
