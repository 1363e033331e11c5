"""Village works reckoned by hand: approval, money, crews, season, acceptance.

Works of 4 km at 16 万元 cost 64 万元. Approval takes one month, building three months of dry-season work, acceptance
one. From April to August (months 3 to 7, January being 0) building goes at half speed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from planner.simulation.randomness import Luck
from planner.simulation.works import Season
from planner.simulation.world import FAR
from tests.allocation.tiny import measure, source, tiny_register
from tests.simulation.hand import JANUARY, Watched, entry, hand_plan, hand_setting, months, one_village, watch

ALL = [1.0, 1.0, 1.0, 1.0]
NONE = [0.0, 0.0, 0.0, 0.0]


def villages(*due: int, km: float = 4.0) -> dict[str, Any]:
    """Villages of township 0, due in these years (0: not listed), all without a gravel road."""
    count = len(due)
    return {
        "township": [0] * count, "poor_village": [int(y > 0) for y in due], "due_year": list(due),
        "rural_persons": [100] * count, "road_hard": [0] * count, "km_gravel": [km] * count,
    }  # fmt: skip


def built(due: tuple[int, ...], shares: list[list[float]] | None = None, wan: float = 64, **plan: Any) -> Watched:
    """Gravel roads for villages of one township, paid for in January of each year as the shares say."""
    shares = shares or [ALL] * len(due)
    made = hand_plan(**plan)
    steps = np.diff(np.array([[0.0, *row] for row in shares]), axis=1).sum(axis=0) * wan
    entries = [entry(y, "gravel", w, "roads") for y, w in zip(made.horizon.years, steps, strict=True) if w > 0]
    register = tiny_register(one_village(1), villages(*due))
    return watch(hand_setting(made, register, works={"gravel": shares}, entries=entries))


@pytest.mark.parametrize(
    ("start", "work", "end"),
    [
        (0, 3, 3),  # January to March, all dry
        (1, 3, 5),  # two dry months, then one month's work in two
        (3, 1, 5),  # April and May
        (2.5, 1, 4),  # half a month dry, half a month's work in one
        (3, 2.5, 8),  # the five rainy months hold two and a half
        (7.5, 1, 8.75),  # a quarter by the end of August, three quarters after
        (9, 4, 13),  # over the turn of the year
        (5, 0, 5),
    ],
)
def test_building_in_the_rainy_season_takes_twice_as_long(start, work, end):
    assert Season(0.5, 24).finish(start, work) == pytest.approx(end)


def test_without_rain_a_month_is_a_month_and_beyond_the_table_too():
    assert Season(1.0, 24).finish(3, 4) == pytest.approx(7)
    assert Season(0.5, 12).finish(11.5, 1) == pytest.approx(12.5)
    assert Season(0.5, 12).finish(20, 2) == pytest.approx(22)


@given(st.floats(0, 60), st.floats(0, 30), st.floats(0, 30), st.floats(0.1, 1))
def test_building_is_never_done_before_it_begins_and_more_work_never_sooner(start, work, more, slow):
    season = Season(slow, 48)
    assert season.finish(start, work) >= start + work - 1e-9
    assert season.finish(start, work + more) >= season.finish(start, work) - 1e-9
    half = season.finish(start, work)
    assert season.finish(half, more) == pytest.approx(season.finish(start, work + more), abs=1e-6)


def test_a_single_works_is_done_when_the_calendar_says():
    """Approved by 1 (February), two dry months to 3, the third month's work in April and May: built at 5."""
    seen = built((2031,))
    assert seen.world.works_done["gravel"].tolist() == [5]
    assert seen.accounts.paid == 640_000
    assert seen.record.waits == {(0, "crews"): (1, 0.0), (0, "money:gravel"): (1, 0.0)}


def test_no_works_begins_before_the_plan_s_date():
    """From March (2), approved at 3; five rainy months do 2.5 of 3; the rest by mid September: 8.5, month 8."""
    assert built((2031,), horizon={"start_month": 3}).world.works_done["gravel"].tolist() == [8]


def test_works_without_a_crew_are_not_held_up_by_rain():
    changed = {"gravel": {"works": months(1, 3, 1, crew=False)}}
    assert built((2031,), measures=changed).world.works_done["gravel"].tolist() == [4]


def test_works_that_are_never_funded_whole_are_never_done_and_take_no_money():
    seen = built((2031, 2031), [ALL, [0.5, 0.7, 0.9, 0.9]])
    assert seen.world.works_done["gravel"].tolist() == [5, FAR]
    assert seen.accounts.paid == 640_000


def test_works_begin_in_the_year_by_which_half_is_funded_and_serve_when_all_is():
    """40 %, 70 %, 100 %: begun in January of the second year (12), built at 17, handed over when funded whole: 24."""
    assert built((2031,), [[0.4, 0.7, 1.0, 1.0]]).world.works_done["gravel"].tolist() == [24]
    assert built((2031,), [[0.0, 1.0, 1.0, 1.0]]).world.works_done["gravel"].tolist() == [17]


@pytest.mark.parametrize(("shares", "done"), [([0.4, 0.7, 1.0, 1.0], 33), ([0.5, 0.7, 1.0, 1.0], 24)])
def test_less_than_half_of_the_money_begins_nothing(shares, done):
    """Twenty dry months: begun at 12 they end at 12 + 1 + 20 = 33; begun at 0 they end at 21 and wait for the money, 24."""
    long = {"gravel": {"works": months(1, 20, 1)}}
    seen = built((2031,), [shares], measures=long, numbers={"rain_slow": 1})
    assert seen.world.works_done["gravel"].tolist() == [done]


def test_works_wait_for_their_advance():
    """A quarter of 64 is 16 万元; of 64 万元 a tenth comes in January and the rest in June (5): built from 5.

    From June three rainy months do 1.5, the other 1.5 are done by 9.5.
    """
    tranches = [{"month": 1, "share": 0.1}, {"month": 6, "share": 0.9}]
    pays = ["roads", "homes", "people", "green"]
    seen = built((2031,), sources={"own": source(1000, pays, tranches=tranches)})
    assert seen.world.works_done["gravel"].tolist() == [9]
    assert seen.record.waits[0, "money:gravel"] == (1, 4.0)


def test_the_builder_waits_for_the_rest_without_holding_up_the_road():
    """The advance is there, the rest never comes: the road serves all the same (垫资)."""
    pays = ["roads", "homes", "people", "green"]
    seen = built((2031,), sources={"own": source(1000, pays, tranches=JANUARY)}, wan=20)
    assert seen.world.works_done["gravel"].tolist() == [5]
    assert seen.accounts.paid == 160_000
    assert seen.waiting == 40_000


def test_one_crew_serves_those_who_ask_together_in_the_order_of_due_years():
    """A third of a crew for each of three villages is one crew.

    Due 2031 first: 1 to 5. Then 2032: 5 to 9.5. The village that is not listed last: 9.5 to 12.5.
    """
    seen = built((0, 2032, 2031), numbers={"crews": 1 / 3})
    assert seen.world.works_done["gravel"].tolist() == [12, 9, 5]
    assert seen.record.waits[0, "crews"] == (3, 4 + 8.5)


def test_who_is_due_earlier_overtakes_those_who_wait_already():
    """Tracks need half a month's approval, gravel one. The crew is taken at 0.5 by the track due 2032 for three months.

    At 1 the gravel due 2031 asks; the track due 2033 has waited since 0.5 and still comes after it. No rain here:
    0.5 to 3.5, 3.5 to 6.5, 6.5 to 9.5.
    """
    track = measure(
        "village_works", "roads", "公里", 16, 10, closes=["road"], need="km_gravel", works=months(0.5, 3, 1)
    )
    plan = hand_plan(measures={"track": track}, numbers={"crews": 1 / 3, "rain_slow": 1})
    works = {"gravel": [ALL, NONE, NONE], "track": [NONE, ALL, ALL]}
    entries = [entry(2031, "gravel", 64, "roads"), entry(2031, "track", 128, "roads")]
    register = tiny_register(one_village(1), villages(2031, 2032, 2033))
    seen = watch(hand_setting(plan, register, works=works, entries=entries))
    assert seen.world.works_done["gravel"][0] == 6
    assert seen.world.works_done["track"].tolist() == [FAR, 3, 9]


@pytest.mark.parametrize("crews", [1, 2, 3])
def test_a_batch_of_like_works_leaves_the_crews_in_step(crews):
    """Nine works of three dry months at c crews, all asking at 1: the k-th (from 0) starts at 1 + 3 floor(k / c)."""
    seen = built((2031,) * 9, numbers={"crews": crews / 9, "rain_slow": 1})
    starts = [1 + 3 * (k // crews) for k in range(9)]
    assert sorted(seen.world.works_done["gravel"].tolist()) == [s + 3 for s in starts]
    assert seen.record.waits[0, "crews"] == (9, sum(s - 1 for s in starts))


def test_crews_of_one_township_do_not_build_in_another():
    register = tiny_register(one_village(1), {**villages(2031, 2031), "township": [0, 1]})
    given = hand_setting(
        hand_plan(), register, works={"gravel": [ALL, ALL]}, entries=[entry(2031, "gravel", 128, "roads")]
    )
    assert watch(given).world.works_done["gravel"].tolist() == [5, 5]


def test_stages_last_lognormally_about_their_mean():
    """Approval exp(0.4 z - 0.08) months, building three times that with its own draw; no rain, no queue."""
    for seed in range(10):
        plan = hand_plan(numbers={"delay_sigma": 0.4, "rain_slow": 1})
        register = tiny_register(one_village(1), villages(2031))
        given = hand_setting(plan, register, works={"gravel": [ALL]}, entries=[entry(2031, "gravel", 64, "roads")])
        luck = Luck(seed)
        approve, build = (np.exp(0.4 * ndtri(luck.one(f"{s}:gravel", 0, 0)) - 0.08) for s in ("approve", "build"))
        assert watch(given, seed).world.works_done["gravel"].tolist() == [int(approve + 3 * build)]


def test_a_done_works_changes_its_village_and_the_households_behind_it_and_no_others():
    households = one_village(2, village=[0, 1], road_ok=[0, 0])
    register = tiny_register(households, villages(2031, 2031))
    works = {"gravel": [ALL, NONE]}
    seen = watch(hand_setting(hand_plan(), register, works=works, entries=[entry(2031, "gravel", 64, "roads")]))
    assert seen.world.household["road_ok"].tolist() == [1, 0]
    assert seen.world.village["road_hard"].tolist() == [1, 0]
    assert register.households["road_ok"].tolist() == [0, 0], "the register is never written to"
