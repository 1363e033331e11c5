"""The figures of a village's households, worked by hand."""

from __future__ import annotations

import numpy as np

from planner.rules.village_exit import village_aggregates

# Village 0: households 0, 1, 2 (the last of the margin); village 1: household 3; village 2 has none.
VILLAGE = np.array([0, 0, 0, 1])
REGISTERED = np.array([True, True, False, True])
HOUSEHOLDS = {
    "persons": np.array([4, 3, 5, 2]),
    "house_safe": np.array([1, 0, 0, -1]),
    "insured": np.array([1, -1, 1, 1]),
    "water_ok": np.array([1, 1, 0, 0]),
}


def test_persons_and_shares_are_counted_over_the_registered_households_of_each_village():
    found = village_aggregates(HOUSEHOLDS, VILLAGE, REGISTERED, 3)
    assert {name: vector.tolist() for name, vector in found.items()} == {
        "poor_left": [7, 2, 0],
        "share_house_safe": [0.5, 0, 1],
        "share_house_safe_most": [0.5, 1, 1],
        "share_insured": [0.5, 1, 1],
        "share_insured_most": [1, 1, 1],
        "share_water_ok": [1, 0, 1],
        "share_water_ok_most": [1, 0, 1],
    }


def test_those_who_left_count_in_the_shares_and_not_among_the_poor():
    poor = np.array([False, True, False, True])
    found = village_aggregates(HOUSEHOLDS, VILLAGE, REGISTERED, 3, poor=poor)
    assert found["poor_left"].tolist() == [3, 2, 0]
    assert found["share_house_safe"].tolist() == [0.5, 0, 1]


def test_a_poor_household_of_unknown_size_leaves_its_village_unknown():
    households = {**HOUSEHOLDS, "persons": np.array([-1, 3, 5, 2])}
    found = village_aggregates(households, VILLAGE, REGISTERED, 3, flags=())
    np.testing.assert_array_equal(found["poor_left"], [np.nan, 2, 0])
    assert set(found) == {"poor_left"}


def test_a_county_without_households_has_nobody_poor():
    nobody = np.array([], np.int64)
    found = village_aggregates({"persons": nobody}, nobody, nobody.astype(bool), 2, flags=())
    assert found["poor_left"].tolist() == [0, 0]
