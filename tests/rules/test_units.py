"""Units and money of a measure, worked by hand, for one row and for columns alike."""

from __future__ import annotations

import numpy as np
import pytest

from planner.rules.units import (
    cost,
    costs,
    household_units,
    may_take,
    own_costs,
    recorded_units,
    relocates,
    village_units,
)
from planner.terms import Outcome
from tests.rules.conftest import figure, measure

ELIGIBLE = {"relocation": np.array([1, 0, -1], np.int8), "industry": np.array([1, 0, -1], np.int8)}
MET, NOT_MET, UNKNOWN = int(Outcome.MET), int(Outcome.NOT_MET), int(Outcome.UNKNOWN)


@pytest.fixture(scope="module")
def given(make_plan):
    more = {
        "aid": measure("补助", "household_income", "户", (1, "万元/户"), pathway="industry", need="students"),
        "policy": measure("保险", "household_good", "人", (50, "元/人"), counted="person", need="disabled"),
        "road": measure("道路", "village_works", "公里", (29.9, "万元/公里"), own_share=figure(5, "万元/公里")),
        "team": measure("工作组", "duty", "村", (0, "万元/村"), need="leadership"),
    }
    return make_plan(measures={**make_plan().model_dump(mode="json")["measures"], **more})


def test_an_income_measure_needs_both_its_pathway_and_its_column(given):
    columns = {"persons": np.array([3, 3, 3]), "students": np.array([1, 1, 1])}
    take = may_take(given, given.measures["aid"], columns, ELIGIBLE)
    assert take.tolist() == [MET, NOT_MET, UNKNOWN]
    for students, expected in ((0, NOT_MET), (-1, UNKNOWN)):
        row = {"persons": 3, "students": students}
        assert int(may_take(given, given.measures["aid"], row, {"industry": Outcome.MET})) == expected


def test_a_good_is_open_to_everybody_and_a_home_only_to_those_who_may_move(given):
    columns = {"persons": np.array([3, 3, 3]), "site_at_risk": np.array([1, 1, 1])}
    assert may_take(given, given.measures["repair"], columns, ELIGIBLE).tolist() == [MET] * 3
    assert may_take(given, given.measures["move"], columns, ELIGIBLE).tolist() == [MET, NOT_MET, UNKNOWN]
    assert relocates(given, given.measures["move"])
    assert not relocates(given, given.measures["grow"])


def test_units_are_one_or_the_persons_or_those_whom_the_column_of_need_counts(given):
    columns = {"persons": np.array([4, -1]), "disabled": np.array([2, 0])}
    assert household_units(given.measures["repair"], columns).tolist() == [1, 1]
    np.testing.assert_array_equal(household_units(given.measures["cover"], columns), [4, np.nan])
    np.testing.assert_array_equal(household_units(given.measures["policy"], columns), [2, np.nan])
    assert float(household_units(given.measures["cover"], {"persons": 5})) == 5


def test_works_are_as_long_as_the_register_says_and_unknown_where_it_says_nothing(given):
    villages = {
        "rural_persons": np.ones(4),
        "km_gravel": np.array([2.5, 0, -1, np.nan]),
        "leadership": np.array([1, 0, -1, 0]),
    }
    np.testing.assert_array_equal(village_units(given.measures["gravel"], villages), [2.5, np.nan, np.nan, np.nan])
    assert recorded_units(given.measures["gravel"], villages).tolist() == [2.5, 0, 0, 0]
    assert village_units(given.measures["team"], villages).tolist() == [1, 1, 1, 1]
    assert recorded_units(given.measures["team"], villages).tolist() == [0, 1, 0, 1]
    assert recorded_units(given.measures["road"], villages).tolist() == [0, 0, 0, 0], "no column, nothing recorded"


def test_what_a_household_costs_is_capped_and_what_is_unknown_costs_nothing(given):
    move = given.measures["move"]
    assert [cost(move, n) for n in (1, 3, 4)] == [60_000, 180_000, 200_000]
    assert costs(move, np.array([4, 1, np.nan, 1])).tolist() == [200_000, 60_000, 0, 60_000]
    assert costs(move, np.array([])).tolist() == []


def test_the_residents_own_share_is_a_part_of_the_cost(given):
    road, length = given.measures["road"], np.array([2.0, 0.3])
    assert costs(road, length).tolist() == [598_000, 89_700]
    assert own_costs(road, length).tolist() == [100_000, 15_000]
    assert own_costs(given.measures["gravel"], length).tolist() == [0, 0]
