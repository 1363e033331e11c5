"""Amounts that cannot be meant are refused where they stand; those that only look odd are not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planner.plan import amounts
from planner.plan.form import Slip
from planner.plan.known import Known
from planner.plan.loading import load_plan
from planner.plan.model import Plan
from tests.museum.cases import TINY
from tests.simulation.small import small_plan


@pytest.fixture(scope="module")
def shipped(root) -> Plan:
    return load_plan(root / "scenarios" / "guiping-2016" / "plan.yaml")


@pytest.fixture(scope="module")
def tiny() -> Plan:
    return load_plan(TINY / "plan.yaml")


def changed(plan: Plan, **values: float) -> Known:
    """The plan with numbers replaced; `__` stands for a full stop in a path."""
    tree = json.loads(plan.model_dump_json())
    for path, value in values.items():
        here: Any = tree
        *steps, last = path.split("__")
        for step in steps:
            here = here[int(step)] if isinstance(here, list) else here[step]
        here[last] = value
    return Known(Plan.model_validate_json(json.dumps(tree)), tree)


def told(slips: Any) -> list[tuple[str, str]]:
    return [(slip.path, slip.code) for slip in slips if isinstance(slip, Slip)]


NOUGHT_IS_FINE = {
    "nothing can be delivered": {"measures__well__capacity__values": {"2001": 0}},
    "nothing is asked for": {"measures__well__tasks__0__amount__value": 0},
    "nobody is to leave by a pathway": {"pathways__moving__target__value": 0},
    "money comes at once": {"sources__grant__delay_months__value": 0},
    "nothing arrives": {"sources__grant__arrives__value": 0},
    "a source is empty": {"sources__grant__amount__value": 0},
    "residents pay nothing": {"measures__path_work__own_share__value": 0},
    "incomes fall": {"dynamics__trend__value": -0.05},
}


@pytest.mark.parametrize("case", NOUGHT_IS_FINE)
def test_what_may_be_nought_or_fall_is_let_pass(tiny, case):
    known = changed(tiny, **NOUGHT_IS_FINE[case])
    checks = (amounts.nothing_is_negative, amounts.nothing_is_free, amounts.shares_are_shares)
    assert [slip for check in checks for slip in check(known)] == []


def test_a_duty_may_cost_nothing_and_nothing_else(shipped):
    assert shipped.measures["first_secretary"].cost.value == 0
    assert told(amounts.nothing_is_free(Known(shipped, {}))) == []
    known = changed(shipped, measures__first_secretary__kind="village_works")
    assert told(amounts.nothing_is_free(known)) == [("measures.first_secretary.cost.value", "plan.free")]


@pytest.mark.parametrize("name", ["poor", "rural", "per_household", "villages"])
def test_what_others_are_divided_by_is_above_nought(shipped, name):
    known = changed(shipped, **{f"population__{name}__value": 0})
    assert told(amounts.nothing_is_free(known)) == [(f"population.{name}.value", "plan.nought")]


@pytest.mark.parametrize(
    "path",
    [
        "sources__unnamed__amount__value",
        "measures__house_repair__cost__value",
        "measures__road_concrete__own_share__value",
        "measures__training__capacity__values__2017",
        "measures__training__gain__value",
        "measures__well_drilled__tasks__0__amount__value",
        "measures__relocation_home__cost_cap__value",
        "pathways__medical__target__value",
        "schedule__2016__villages__value",
        "population__graduates__value",
        "money__scale__value",
        "milestones__strict__at_most__value",
        "household_criteria__income__threshold__values__2018",
        "dynamics__crews__value",
        "synthesis__land_person__value",
        "facts__posts_money__value",
    ],
)
def test_a_number_below_nought_is_told_at_its_path(shipped, path):
    path = path.replace("well_drilled", "water_works")
    known = changed(shipped, **{path: -1})
    assert told(amounts.nothing_is_negative(known)) == [(path.replace("__", "."), "plan.negative")]


@pytest.mark.parametrize("field", ["first_year", "failure", "loss"])
@pytest.mark.parametrize(("value", "unit", "code"), [(1.2, "比例", "not_a_share"), (60, "%", "other_unit")])
def test_a_part_is_between_nought_and_one_and_not_written_in_per_cent(shipped, field, value, unit, code):
    path = f"measures__training__{field}"
    known = changed(shipped, **{f"{path}__value": value, f"{path}__unit": unit})
    slips = told((*amounts.shares_are_shares(known), *amounts.units_are_those_reckoned_in(known)))
    assert [slip_code for _, slip_code in slips] == [f"plan.{code}"]


def test_the_shipped_plan_and_one_a_twentyfifth_of_its_size_are_let_pass(shipped):
    """Tasks and money are divided and printed facts are not: a county may well be told wrong by that much."""
    for plan in (shipped, small_plan()):
        for check in (amounts.amounts_fit_their_relations, amounts.own_shares_stay_within_the_cost):
            assert list(check(Known(plan, {}))) == []


SLIPS = {
    # figure: ten thousand times too large or too small, as 元 for 万元 or a 万 left out would make it
    "facts__accident_money": 341_100,  # 34.11; 6,822 persons at 50 元
    "facts__relocated_all": 0.1518,  # 1,518 = 1,381 + 137
    "facts__industry_money": 43_000_000,  # 4,300 in both clauses
    "facts__houses_money": 0.38,  # 3,800 in both clauses
    "facts__roads_all": 0.18,  # 1,800 km = 600 + 1,200
    "facts__yulu_vocational": 0.6,  # 6,000 = 2 x 3,000
    "facts__plan_money": 8,  # eight lines sum to 79,700
    "schedule__2016__persons": 5,  # five pathways sum to 49,600
}


@pytest.mark.parametrize("path", SLIPS)
def test_a_slip_of_ten_thousand_is_told_by_the_plans_own_relations(shipped, path):
    known = changed(shipped, **{f"{path}__value": SLIPS[path]})
    (slip,) = [s for s in amounts.amounts_fit_their_relations(known) if s.path.startswith(path.replace("__", "."))]
    assert slip.code == "plan.off_by_wan"
    assert str(slip.values["relation"]).removeprefix("relations.") in shipped.relations


def test_what_passes_a_county_is_told_once_and_not_by_its_relations_again(shipped):
    known = changed(shipped, lines__houses__amount__value=38_000_000)
    assert told(amounts.magnitudes_are_plausible(known)) == [("lines.houses.amount.value", "plan.too_much_in_all")]
    assert told(amounts.amounts_fit_their_relations(known)) == []


def test_everything_that_has_to_be_money_is_looked_at(tiny):
    found = dict(amounts.money_of(tiny))
    assert {"lines.farms.amount", "sources.grant.amount", "measures.path_work.own_share", "measures.herd.gain"} <= set(
        found
    )
    assert "pathways.moving.target" not in found
