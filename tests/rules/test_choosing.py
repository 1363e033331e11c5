"""Which measure an open criterion is counted under where several would close it, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from planner.rules.book import eligibility, evaluate_households, household_columns
from planner.rules.choosing import choose, closing_order, income_order
from tests.rules.conftest import figure, measure

YEAR = 2016


def pathway(kind, target=None):
    given = {"name": kind, "english": kind, "kind": kind, "clause": "一", "lead": "某局"}
    return given if target is None else {**given, "target": figure(target, "人")}


def income(name, pathway_, cost, gain, **more):
    return measure(
        name, "household_income", "户", (cost, "元/户"), pathway=pathway_, gain=figure(gain, "元/户/年"), **more
    )


@pytest.fixture(scope="module")
def rich(make_plan):
    """Two pathways for whoever can work, the one with the larger target poorer in effect; one for the ill."""
    return make_plan(
        pathways={
            "relocation": pathway("relocation", 10),
            "employment": pathway("employment", 200),
            "medical": pathway("medical", 50),
            "industry": pathway("industry", 1000),
            "transfer": pathway("transfer"),
        },
        measures={
            "move": measure("搬迁", "household_income", "人", (6, "万元/人"), counted="person", pathway="relocation",
                            closes=["house", "road"], need="site_at_risk", gain=figure(600, "元/户/年")),
            "post": income("岗位", "employment", 12_000, 9000, closes=["income_source"]),
            "train": income("培训", "employment", 4000, 6000),
            "relief": income("救助", "medical", 3000, 2000),
            "grow": income("产业", "industry", 5000, 4000, closes=["income_source"]),
            "gravel": measure("砂石路", "village_works", "公里", (16, "万元/公里"), closes=["road"], need="km_gravel"),
            "repair": measure("危房改造", "household_good", "户", (1.5, "万元/户"), closes=["house"]),
        },
    )  # fmt: skip


def chosen(plan, make_register, **household):
    """Names of the measures under which one household of four is counted, is to be verified, could have instead."""
    usual = {"persons": 4, "labour": 0, "site_at_risk": 0, "dibao": 0, "wubao": 0, "income_farm": 9000}
    register = make_register({name: [value] for name, value in {**usual, **household}.items()}, {"township": [0]})
    columns = household_columns(register)
    found = choose(plan, columns, evaluate_households(plan, columns, YEAR), eligibility(plan, columns), YEAR)
    masks = (found.taken, found.unsure, found.instead, found.nothing)
    return tuple({key for key, mask in each.items() if mask[0]} for each in masks)


def test_income_measures_stand_by_target_then_by_cost(rich):
    assert income_order(rich) == ("grow", "train", "post", "relief")
    assert closing_order(rich, "income_source") == ("grow", "post")
    assert closing_order(rich, "road") == ("gravel",)
    assert closing_order(rich, "house") == ("repair",), "a move is not chosen for the sake of the house"


LIFTS = {
    "the first measure suffices": (2952 - 999, {"grow"}),
    "the first does not, the next alone does": (2952 - 1499, {"train"}),
    "on the line is not above it: 1,000 more would not do": (2952 - 1000, {"train"}),
    "only the strongest does": (2952 - 2249, {"post"}),
    # 4,000 + 6,000 for four persons are 2,500
    "no single one does, the first two together do": (2952 - 2499, {"grow", "train"}),
    "it takes three": (2952 - 2500, {"grow", "train", "post"}),
}


@pytest.mark.parametrize(("income_farm", "expected"), LIFTS.values(), ids=list(LIFTS))
def test_as_few_income_measures_are_counted_as_lift_the_household_above_the_line(
    rich, make_register, income_farm, expected
):
    taken, unsure, instead, nothing = chosen(rich, make_register, labour=1, income_farm=income_farm)
    assert taken == expected
    assert unsure == nothing == set()
    assert instead == {"grow", "train", "post"} - expected


def test_where_all_of_them_do_not_suffice_that_is_told(rich, make_register):
    taken, _, _, nothing = chosen(rich, make_register, ill=1, income_farm=0, persons=9)
    assert (taken, nothing) == ({"relief"}, {"income"})


def test_a_source_of_income_that_lifts_above_the_line_is_counted_once(rich, make_register):
    taken, _, _, nothing = chosen(rich, make_register, labour=1, income_source=0, income_farm=2500)
    assert (taken, nothing) == ({"grow"}, set())
    taken, _, _, _ = chosen(rich, make_register, labour=1, income_source=0, income_farm=1500)
    # 4,000 are there already; 6,000 more make 2,500 a head
    assert taken == {"grow", "train"}


def test_a_move_closes_house_and_road_and_its_gain_counts(rich, make_register):
    taken, unsure, instead, _ = chosen(
        rich,
        make_register,
        site_at_risk=1,
        consent_to_move=1,
        house_safe=0,
        road_ok=0,
        labour=1,
        income_farm=2952 - 149,
    )
    assert (taken, unsure) == ({"move"}, set())
    assert "repair" not in instead


def test_without_consent_nobody_is_moved(rich, make_register):
    taken, unsure, _, _ = chosen(rich, make_register, site_at_risk=1, consent_to_move=0, house_safe=0, road_ok=0)
    assert (taken, unsure) == ({"repair", "gravel"}, set())


def test_what_is_unknown_is_to_be_verified_under_the_measure_that_would_come_first(rich, make_register):
    assert chosen(rich, make_register, house_safe=-1, road_ok=-1)[:2] == (set(), {"repair", "gravel"})
    assert chosen(rich, make_register, labour=1, income_farm=np.nan)[:2] == (set(), {"grow"})
    assert chosen(rich, make_register, labour=-1, income_farm=100)[:2] == (set(), {"grow"})
    assert chosen(rich, make_register, labour=1, persons=-1, income_farm=100)[:2] == (set(), {"grow"})


def test_where_the_plan_has_no_measure_that_is_told(rich, make_register):
    taken, unsure, _, nothing = chosen(rich, make_register, television=0, income_source=0, income_farm=100)
    assert taken == unsure == set()
    assert nothing == {"television", "income_source", "income"}
