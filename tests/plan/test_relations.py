"""Terms of relations are reckoned exactly and their units multiply and cancel."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.plan.loading import load_plan
from planner.plan.relations import TermFault, find_number, reckon, scale_of, side
from tests.museum.cases import TINY


@pytest.fixture(scope="module")
def plan():
    return load_plan(TINY / "plan.yaml")


UNITS = [
    ("万元", Fraction(10_000), "元"),
    ("亿元/村", Fraction(100_000_000), "元/村"),
    ("%", Fraction(1, 100), "1"),
    ("比例", Fraction(1), "1"),
    ("月", Fraction(1, 12), "年"),
    ("元/人/年", Fraction(1), "元/人/年"),
]


@pytest.mark.parametrize(("unit", "value", "base"), UNITS)
def test_a_unit_is_so_many_base_units(unit, value, base):
    from planner.plan.relations import print_dimension

    assert scale_of(unit).value == value
    assert set(print_dimension(scale_of(unit).dimension).split("/")) == set(base.split("/"))


TERMS = [
    # 900 persons / 3 persons a household = 300 households
    ("population.poor / population.per_household", "户", Fraction(300)),
    # 300 households x 25 yuan = 7,500 yuan = 0.75 wan
    ("population.poor / population.per_household * facts.premium", "万元", Fraction(3, 4)),
    # 6 villages x 2 wan = 12 wan
    ("population.poor_villages * facts.fund", "万元", Fraction(12)),
    # 15 km x 1 wan a km = 15 wan = 150,000 yuan
    ("measures.path_work.tasks.0.amount * measures.path_work.own_share", "元", Fraction(150_000)),
    # 10 per cent of 120 persons
    ("facts.moved * facts.along_limit", "人", Fraction(12)),
    # the series holds 1 until 2003
    ("dynamics.drift.2002", "倍", Fraction(1)),
    ("dynamics.drift.2003", "倍", Fraction(2)),
    ("schedule.2001.villages", "村", Fraction(2)),
]


@pytest.mark.parametrize(("term", "unit", "value"), TERMS)
def test_a_term_comes_to_what_a_person_reckons(plan, term, unit, value):
    assert side(plan, [term], unit).value == value


def test_a_side_is_the_sum_of_its_terms_and_an_empty_one_is_nought(plan):
    assert side(plan, ["lines.paths.amount", "lines.wells.amount"], "万元").value == 280
    assert side(plan, [], "万元").value == 0


def test_a_figure_is_shown_with_its_origin(plan):
    number = find_number(plan, "lines.works.amount")
    assert (number.value, number.unit, number.clause, number.sense) == (300, "万元", "乙2", "about")
    assert find_number(plan, "population.per_household").origin == "assumed: 虚构"


FAULTS = [
    ("lines.farm.amount", "relation.unknown_path_near"),
    ("lines.qqq.amount", "relation.unknown_path"),
    ("lines.clinic.amount", "relation.no_figure"),
    ("lines.farms", "relation.no_figure"),
    ("dynamics.drift", "relation.no_figure"),
    ("measures.well.tasks.7.amount", "relation.unknown_path"),
    ("lines.farms.amount.value", "relation.unknown_path_near"),
]


@pytest.mark.parametrize(("path", "code"), FAULTS)
def test_a_path_that_leads_to_no_figure_is_a_fault(plan, path, code):
    with pytest.raises(TermFault) as caught:
        reckon(plan, path)
    assert caught.value.code == code


def test_different_units_do_not_add(plan):
    with pytest.raises(TermFault) as caught:
        side(plan, ["lines.farms.amount * facts.moved"], "万元")
    assert caught.value.code == "relation.units"
    assert caught.value.values["found"] in {"元·人", "人·元"}
