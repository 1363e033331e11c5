"""The order of the villages and what stands behind it, worked by hand."""

from __future__ import annotations

import pytest

from planner.rules.needs import needs
from planner.rules.ranking import village_needs

YEAR = 2016
NONE = {"site_at_risk": 0, "dibao": 0, "wubao": 0}
VILLAGES = {
    "township": [0] * 6,
    "name": ["甲", "乙", "丙", "丁", "戊", "己"],
    "poor_village": [1, 1, 1, 1, 0, 1],
    "due_year": [2032, 2031, 2031, 2031, 0, 0],
    "service_centre": [1, 0, 1, 1, 0, 1],
    "km_gravel": [0, 0, 0, 0, 0, 0],
}
# one household of four in each, whose house is unsafe in 丙 and 丁; in 己 one that is not insured
HOUSES = [1, 1, 0, 0, 0, 1]
INSURED = [1, 1, 1, 1, 1, 0]


@pytest.fixture(scope="module")
def ranked(plan, make_register):
    rows = 6
    households = {
        "village": list(range(rows)),
        "persons": [4] * rows,
        "house_safe": HOUSES,
        "insured": INSURED,
        "income_farm": [9000] * rows,
        **{name: [value] * rows for name, value in NONE.items()},
    }
    register = make_register(households, {**VILLAGES, "rural_persons": [1000] * rows})
    found = needs(plan, register, YEAR)
    return {register.villages["name"][v.row]: v for v in village_needs(found)}


def test_villages_stand_by_year_due_then_cost_per_person_then_row_and_the_others_at_the_end(ranked):
    # 丙 and 丁 alike: 15,000 for four; 乙 600,000; then 甲 a year later, 己 without a year, 戊 not listed
    assert list(ranked) == ["丙", "丁", "乙", "甲", "己", "戊"]
    assert [v.rank for v in ranked.values()] == [1, 2, 3, 4, 5, 0]


def test_cost_criteria_and_households_of_a_village_are_those_of_its_needs(ranked):
    second = ranked["乙"]
    assert (second.lacking, second.yuan, second.yearly_yuan, second.per_person) == (
        ("service_centre",), 600_000, 0, 150_000,
    )  # fmt: skip
    assert (second.open_households, second.persons, second.to_leave, second.due_year) == (0, 4, 0, 2031)
    third = ranked["丙"]
    # of one household none has a safe house: the share is below what the village needs
    assert (third.lacking, third.yuan, third.open_households, third.open_persons) == (("houses",), 15_000, 1, 4)


def test_what_recurs_stands_apart_from_what_is_paid_once(ranked):
    last = ranked["己"]
    assert (last.yuan, last.yearly_yuan, last.total_yuan, last.per_person) == (0, 240, 240, 60)


def test_a_village_that_is_not_listed_has_no_rank_and_no_village_criteria_but_needs_what_its_households_need(ranked):
    other = ranked["戊"]
    assert (other.rank, other.lacking, other.to_leave, other.yuan) == (0, (), 0, 15_000)


def test_of_two_equal_costs_the_one_that_lacks_less_comes_first(plan, make_register):
    villages = {"township": [0, 0], "coop": [0, 1], "due_year": [2031, 2031], "rural_persons": [1000, 1000]}
    households = {
        "village": [0, 1],
        "persons": [4, 4],
        "income_farm": [9000, 9000],
        **{n: [v, v] for n, v in NONE.items()},
    }
    found = village_needs(needs(plan, make_register(households, villages), YEAR))
    # no measure of this plan founds a co-operative, so that both cost nothing
    assert [(v.row, v.lacking) for v in found] == [(1, ()), (0, ("coop",))]


def test_a_village_with_costs_and_nobody_registered_comes_last_of_its_year(plan, make_register):
    villages = {"township": [0, 0], "service_centre": [0, 0], "due_year": [2031, 2031], "rural_persons": [1000, 1000]}
    households = {"village": [1], "persons": [4], "income_farm": [9000], **{n: [v] for n, v in NONE.items()}}
    found = village_needs(needs(plan, make_register(households, villages), YEAR))
    assert [(v.row, v.per_person) for v in found] == [(1, 150_000), (0, float("inf"))]
