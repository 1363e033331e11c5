"""Tables of needs agree with the needs, and tasks are held against them as worked by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.comparison.needs import held_tasks, needs_by_year, needs_table, task_of, village_table
from planner.plan.figures import Figure
from planner.plan.measures import Task
from planner.rules.needs import MeasureNeed, Needs, needs
from planner.rules.ranking import village_needs
from planner.tables import TABLES
from tests.simulation.small import small_plan, small_register

FIRST = 2016


@pytest.fixture(scope="module")
def found() -> Needs:
    return needs(small_plan(), small_register(), FIRST)


@pytest.fixture(scope="module")
def by_year():
    return needs_by_year([("a", small_plan()), ("b", small_plan("tasks_hard"))], small_register())


def test_every_scenario_has_its_needs_in_every_year(by_year):
    assert [(name, each.year) for name, each in by_year] == [(n, y) for n in "ab" for y in range(2016, 2021)]


def test_the_table_sums_to_the_needs(found):
    table = needs_table([("a", found)])
    assert list(table.columns) == list(TABLES["needs"])
    for key, need in found.measures.items():
        mine = table[table["measure"] == key]
        for column, held in vars(need).items():
            assert mine[column].sum() == pytest.approx(held.sum()), (key, column)
    assert table["units"].ge(0).all()
    quantities = table[["units", "unknown", "instead", "beyond"]]
    assert (quantities > 0).any(axis=1).all(), "a row says something"


def test_each_row_names_its_place_account_and_whether_it_recurs(found):
    table = needs_table([("a", found)])
    villages = found.register.villages
    listed = set(villages["name"][villages["poor_village"] == 1])
    assert set(table.loc[table["places"] != "other", "village"]) <= listed
    assert set(table.loc[table["places"] == "due", "village"]) == set(villages["name"][villages["due_year"] == FIRST])
    assert set(table.loc[table["account"] == "side", "measure"]) <= {"medical_aid", "insurance"}
    recurring = {k for k, m in found.plan.measures.items() if m.recurring}
    assert set(table.loc[table["every"] == "yearly", "measure"]) <= recurring


def test_villages_stand_by_rank_with_their_criteria_in_two_languages(found):
    table = village_table([("a", found)])
    ranked = village_needs(found)
    assert table["rank"].tolist() == [v.rank for v in ranked]
    assert table["yuan"].sum() + table["yearly_yuan"].sum() == sum(int(m.yuan.sum()) for m in found.measures.values())
    assert table["to_leave"].tolist() == [v.to_leave for v in ranked]
    for village, (_, row) in zip(ranked, table.iterrows(), strict=True):
        criteria = [found.plan.village_criteria[name] for name in village.lacking]
        assert row["open_criteria"] == len(criteria)
        assert row["lacking"] == "、".join(c.name for c in criteria)
        assert row["lacking_en"] == "; ".join(c.english for c in criteria)


def task(value: float, unit: str, places: str, year: int = FIRST) -> Task:
    return Task(amount=Figure(value=value, unit=unit, year=year, clause="一"), places=places)


def with_tasks(found: Needs, *tasks: Task) -> Needs:
    """Ten units needed in each of the two villages due first, five in each of the four other poor ones, one elsewhere."""
    kinds = found.places
    units = np.select([kinds == 0, kinds == 1], [10.0, 5.0], 1.0)
    assert [int((kinds == k).sum()) for k in range(3)] == [2, 4, 12]
    whole = np.zeros(len(units), np.int64)
    need = MeasureNeed(units, whole, whole, whole, whole, whole, whole, np.zeros(len(units)))
    key = "road_concrete"
    measure = found.plan.measures[key].model_copy(update={"tasks": list(tasks)})
    plan = found.plan.model_copy(update={"measures": {**found.plan.measures, key: measure}})
    return replace(found, plan=plan, measures={**found.measures, key: need})


COVERED = {
    "nothing is printed": ((), None, 0),
    "of another year": ((task(9, "公里", "county", FIRST + 1),), None, 0),
    "less than is needed in its places": ((task(9, "公里", "due_villages"),), 9, 9),
    "more than is needed in its places": ((task(24, "公里", "due_villages"),), 24, 20),
    "on the whole list": ((task(45, "公里", "poor_villages"),), 45, 40),
    "anywhere": ((task(45, "公里", "county"),), 45, 45),
    "a share of what is needed in its places": ((task(50, "%", "due_villages"),), 10, 10),
    "a share that is part of a whole": ((task(100, "%", "due_villages"), task(30, "公里", "county")), 30, 30),
    "a whole that is part of a share": ((task(100, "%", "county"), task(30, "公里", "county")), 52, 52),
    "two places": ((task(24, "公里", "due_villages"), task(12, "公里", "county")), 36, 32),
}


@pytest.mark.parametrize(("tasks", "printed", "covered"), COVERED.values(), ids=list(COVERED))
def test_a_task_covers_what_is_needed_where_it_is_meant_for(found, tasks, printed, covered):
    told = task_of(with_tasks(found, *tasks), "road_concrete")
    if printed is None:
        assert np.isnan(told[0])
    else:
        assert told[0] == pytest.approx(printed)
    assert told[1] == pytest.approx(covered)


def test_tasks_that_answer_to_no_criterion_are_named(found):
    held = held_tasks(found)
    assert "greening" in held
    assert not set(held) & set(found.measures)
    assert held_tasks(replace(found, year=FIRST + 3)) == ()
