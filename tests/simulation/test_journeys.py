"""Journeys of households along the pathways, month by month."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.simulation.journeys import JOURNEYS, PARTY
from planner.simulation.randomness import Luck
from planner.simulation.world import FAR
from tests.allocation.tiny import fig, pathway, source, tiny_register
from tests.simulation.hand import Watched, entry, hand_plan, hand_setting, months, one_village, watch

PAYS = ["roads", "homes", "people", "green"]


def walked(
    name: str, when: list[int], wan: dict[int, float], *, columns: Any = None, villages: Any = None, **plan: Any
) -> Watched:
    """Households that get a measure in planned years, its money coming by year; one village unless told."""
    register = tiny_register({**one_village(len(when)), **(columns or {})}, villages)
    entries = [entry(year, name, w) for year, w in wan.items()]
    return watch(hand_setting(hand_plan(**plan), register, delivered={name: when}, entries=entries))


def arrivals(seen: Watched, name: str) -> list[int]:
    return seen.world.arrival[name].tolist()


def test_a_plain_good_is_there_when_its_money_is():
    """0.05 万元 each; the second household's year is the third."""
    seen = walked("cover", [0, 2, -1], {2031: 0.05, 2033: 0.05})
    assert arrivals(seen, "cover") == [0, 24, FAR]
    assert seen.accounts.paid == 1000


def test_nothing_is_delivered_before_the_plan_s_date():
    assert arrivals(walked("cover", [0], {2031: 0.05}, horizon={"start_month": 4}), "cover") == [3]


def test_a_good_without_money_never_comes():
    assert arrivals(walked("cover", [0], {}), "cover") == [FAR]


def test_a_house_counts_when_half_of_it_is_built_and_is_paid_for_once_accepted():
    """2 万元: an advance of 0.5 in January; approved at 1, half of four months' work done at 3.

    Accepted at 1 + 4 + 1 = 6, when the other 1.5 are paid.
    """
    tranches = [{"month": 1, "share": 0.25}, {"month": 12, "share": 0.75}]
    changed = {"repair": {"works": months(1, 4, 1), "line": "people"}}
    seen = walked("repair", [0], {2031: 2}, measures=changed, sources={"own": source(1000, PAYS, tranches=tranches)})
    assert arrivals(seen, "repair") == [3]
    assert seen.accounts.paid == 20_000
    assert seen.world.household["house_safe"].tolist() == [1]


def test_an_award_needs_its_advance_only_and_is_paid_by_result_half_a_year_later():
    """0.5 万元: 1250 元 in advance. With only 1250 元 the herd is there all the same, the award is still owed."""
    seen = walked("grow", [0], {2031: 0.125})
    assert arrivals(seen, "grow") == [0]
    assert (seen.accounts.paid, seen.waiting) == (1250, 0)
    assert walked("grow", [0], {2031: 0.5}).accounts.paid == 5000


def test_those_who_move_move_in_together_when_their_site_is_accepted():
    """Two households of 4 at 6 万元 a head, 48 万元. Approved at 1; six months' work: two dry, then 2.5 in five of rain.

    The other 1.5 from September: 9.5; accepted at 10.5: month 10.
    """
    move = {"move": {"works": months(1, 6, 1), "line": "people", "cost_cap": None}}
    seen = walked("move", [0, 0], {2031: 48}, measures=move)
    assert arrivals(seen, "move") == [10, 10]
    assert seen.accounts.paid == 480_000


def test_a_site_waits_for_a_crew():
    """61 households of one township are two parties, and its crew builds one site after the other: at 1 + 6 + 1, 7 + 6 + 1."""
    move = {"move": {"works": months(1, 6, 1), "line": "people", "cost": fig(0.1, "万元/人"), "cost_cap": None}}
    seen = walked("move", [0] * (PARTY + 1), {2031: 100}, measures=move, numbers={"rain_slow": 1})
    assert sorted(set(arrivals(seen, "move"))) == [8, 14]
    assert arrivals(seen, "move").count(8) == PARTY
    assert seen.record.waits[0, "money:move"] == (2, 0.0)


def trained(recurring: bool = False, classes: float = 1, rows: int = 2) -> Watched:
    """Households alternately of two townships, trained in classes of two months."""
    changes = {"grow": {"pathway": "work", "recurring": recurring}}
    columns = {"village": [0, 3] * (rows // 2)}
    return walked(
        "grow", [0] * rows, {2031: 10.0 * rows}, measures=changes, pathways={"work": pathway("employment")},
        numbers={"classes_at_once": classes}, columns=columns,
    )  # fmt: skip


def test_training_waits_for_a_seat():
    """Two parties, one class at a time of two months each: there at 2 and at 4; with two classes both at 2."""
    one = trained()
    assert arrivals(one, "grow") == [2, 4]
    assert one.record.waits[0, "seats"] == (2, 2.0)
    assert arrivals(trained(classes=2), "grow") == [2, 2]


def test_a_post_that_is_paid_every_year_needs_no_class():
    assert arrivals(trained(recurring=True), "grow") == [0, 0]


@pytest.mark.parametrize("kind", ["education", "medical", "transfer"])
def test_aid_relief_and_allowances_are_there_with_their_money(kind):
    changes = {"measures": {"grow": {"pathway": "aid"}}, "pathways": {"aid": pathway(kind)}}
    tranches = [{"month": 5, "share": 1.0}]
    seen = walked("grow", [0], {2031: 0.5}, **changes, sources={"own": source(1000, PAYS, tranches=tranches)})
    assert arrivals(seen, "grow") == [4]


def test_every_kind_of_pathway_has_a_journey():
    assert set(JOURNEYS) == {"industry", "relocation", "education", "employment", "medical", "transfer"}


def test_parties_are_of_sixty_at_most_and_those_whose_money_is_short_are_the_last():
    """130 households at 0.05 万元 in parties of 60, 60 and 10; money for 125 serves the first two parties."""
    seen = walked("cover", [0] * 130, {2031: 6.25})
    assert [month == 0 for month in arrivals(seen, "cover")] == [True] * 120 + [False] * 10
    assert seen.waiting == 2_500


def test_households_of_villages_due_by_the_year_are_served_before_the_others():
    """Villages 0 (due 2031) and 1 (due 2032) of one township; money for the first village's two."""
    columns = {"village": [1, 0, 1, 0]}
    seen = walked("cover", [0] * 4, {2031: 0.1}, columns=columns, villages={"township": [0, 1, 1, 1]})
    assert arrivals(seen, "cover") == [FAR, 0, FAR, 0]


@pytest.mark.parametrize(("chance", "lost"), [(0, FAR), (1, 12)])
def test_a_gain_is_lost_in_a_january_after_it_came(chance, lost):
    seen = walked("grow", [0], {2031: 0.5}, measures={"grow": {"loss": fig(chance, "比例")}})
    assert seen.world.lost["grow"].tolist() == [lost]


def test_who_loses_a_gain_is_drawn_by_measure_month_and_household():
    seen = walked("grow", [0] * 200, {2031: 100}, measures={"grow": {"loss": fig(0.3, "比例")}})
    wanted = np.full(200, FAR)
    for month in (36, 24, 12):
        wanted[Luck(0).uniform("lose:grow", month, np.arange(200)) < 0.3] = month
    assert seen.world.lost["grow"].tolist() == wanted.tolist()


def test_own_time_of_a_house_is_drawn_for_each_household():
    changed = {"repair": {"works": months(1, 4, 1), "line": "people"}}
    seen = walked("repair", [0] * 40, {2031: 100}, measures=changed, numbers={"delay_sigma": 0.4, "rain_slow": 1})
    luck, who = Luck(0), np.arange(40)
    start, length = (np.exp(0.4 * luck.normal(f"{s}:repair", 0, who) - 0.08) for s in ("approve", "build"))
    assert arrivals(seen, "repair") == np.floor(start + 0.5 * 4 * length).astype(int).tolist()
