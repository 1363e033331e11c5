"""Tranches: late, short by the drawn share, and adding up; accounts pay only from what has arrived."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import simpy

from planner.simulation.money import Accounts
from planner.simulation.randomness import Luck
from planner.simulation.world import Setting
from tests.allocation.tiny import fig, source, tiny_register
from tests.simulation.hand import entry, hand_plan, hand_setting, one_village

PEOPLE = ["roads", "homes", "people", "green"]


def setting(wan: float, numbers: dict[str, float] | None = None, *, year: int = 2031, **more: Any) -> Setting:
    """One source that pays 户 awards in one year; `more` are fields of the source."""
    plan = hand_plan(numbers=numbers, sources={"own": source(1000, PEOPLE, **more)})
    return hand_setting(plan, tiny_register(one_village(1)), entries=[entry(year, "grow", wan)])


def levels(given: Setting, at: list[float], seed: int = 0) -> list[int]:
    """Yuan on the measure's account at these times."""
    env = simpy.Environment()
    accounts = Accounts(env, given, Luck(seed))
    found = []
    for time in at:
        env.run(until=time)
        found.append(int(accounts.measure["grow"].level))
    return found


def test_tranches_come_in_their_month_and_as_late_as_the_source_is():
    """100 元: 40 in March (month 2 counted from 0), 60 in September (8); with two months' delay in May (4) and November (10)."""
    tranches = [{"month": 3, "share": 0.4}, {"month": 9, "share": 0.6}]
    on_time, late = (
        levels(setting(0.01, tranches=tranches, delay_months=fig(delay, "月")), [1.9, 2.1, 4.1, 8.1, 10.1])
        for delay in (0, 2)
    )
    assert on_time == [0, 40, 40, 100, 100]
    assert late == [0, 0, 40, 40, 100]


def test_a_later_year_s_money_comes_in_that_year():
    assert levels(setting(0.01, year=2033, tranches=[{"month": 2, "share": 1.0}]), [24.9, 25.1]) == [0, 100]


def test_the_drawn_delay_is_lognormal_about_its_mean():
    """Two months × exp(0.5 z - 0.125), with z the draw for this source, tranche and year; due in January."""
    given = setting(0.01, {"delay_sigma": 0.5}, tranches=[{"month": 1, "share": 1.0}], delay_months=fig(2, "月"))
    for seed in range(5):
        drawn = Luck(seed).normal("late:own:0", 0, np.zeros(1, np.int64))[0]
        due = 2 * np.exp(0.5 * drawn - 0.125)
        assert levels(given, [due - 1e-6, due + 1e-6], seed) == [0, 100]


def test_a_year_comes_short_by_one_share_of_all_its_tranches():
    """Missing on average 0.2 of the year: this year -0.2 ln(1 - u), here of 10,000 元 in two halves."""
    halves = [{"month": 1, "share": 0.5}, {"month": 2, "share": 0.5}]
    given = setting(1, tranches=halves, arrives=fig(0.8, "比例"))
    shares = []
    for seed in range(400):
        short = min(1.0, -0.2 * np.log(1 - Luck(seed).one("arrives:own", 0, 0)))
        wanted = int(5000 * (1 - short))
        assert levels(given, [0.1, 1.1], seed) == [wanted, 2 * wanted]
        shares.append(short)
    # An exponential share has a spread as large as its mean: 0.2 / sqrt(400) = 0.01 is the error of this mean.
    assert abs(np.mean(shares) - 0.2) < 0.04


@pytest.mark.parametrize("yuan", [1, 2, 3, 7, 99, 1001])
@pytest.mark.parametrize("shares", [[0.4, 0.3, 0.3], [0.3, 0.4, 0.3], [0.6, 0.4], [0.1] * 10])
def test_tranches_of_a_source_that_arrives_whole_add_up_to_the_yuan(yuan, shares):
    tranches = [{"month": i + 1, "share": share} for i, share in enumerate(shares)]
    assert levels(setting(yuan / 10_000, tranches=tranches), [13.0]) == [yuan]


def test_the_luck_of_a_source_does_not_hang_on_the_other_sources():
    """One more source before it, and the same money on the same day."""
    more = {"tranches": [{"month": 3, "share": 1.0}], "arrives": fig(0.7, "比例"), "delay_months": fig(2, "月")}
    alone = setting(1, {"delay_sigma": 0.5}, **more)
    plan = alone.plan.model_copy(update={"sources": {"first": alone.plan.sources["own"], **alone.plan.sources}})
    among = hand_setting(plan, alone.register, entries=alone.proposal.entries)
    times = [float(m) for m in range(1, 13)]
    assert levels(alone, times, 5) == levels(among, times, 5)


def test_an_account_pays_first_come_first_served_and_never_more_than_has_come():
    """30 元 in January, 70 in June. Asked in this order: 50, 20, 40. June pays 50 and 20; 40 is never there."""
    env = simpy.Environment()
    tranches = [{"month": 1, "share": 0.3}, {"month": 6, "share": 0.7}]
    accounts = Accounts(env, setting(0.01, tranches=tranches), Luck(0))
    served: list[tuple[float, int]] = []

    def ask(yuan: int) -> Any:
        yield accounts.pay("grow", yuan / 10_000)
        served.append((env.now, yuan))

    for yuan in (50, 20, 40):
        env.process(ask(yuan))
    env.run(until=2)
    assert (accounts.promised, accounts.arrived, accounts.paid) == (30, 30, 0)
    env.run(until=48)
    assert served == [(5, 50), (5, 20)]
    assert (accounts.promised, accounts.arrived, accounts.paid) == (100, 100, 70)


def test_money_without_a_task_and_money_held_by_a_clause_are_paid_apart():
    plan = hand_plan()
    entries = [entry(2031, "untied", 1), entry(2031, "greening", 3.5, "green"), entry(2031, "grow", 2)]
    given = hand_setting(plan, tiny_register(one_village(1)), entries=entries)
    env = simpy.Environment()
    accounts = Accounts(env, given, Luck(0))
    env.run(until=1)
    assert accounts.promised == accounts.arrived == 20_000
    assert {k for k, account in accounts.measure.items() if account.level} == {"grow"}
