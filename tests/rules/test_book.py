"""The rule book: the shipped criteria, faults of a plan, a plain reference, and laws."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from planner.errors import PlanError
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.rules.book import (
    eligibility,
    evaluate_households,
    evaluate_villages,
    faults_of,
    flags_counted,
    household_columns,
    threshold_in,
)
from planner.rules.village_exit import village_aggregates
from planner.terms import Outcome

YEAR = 2016
FLAGS = {
    "house": "house_safe", "water": "water_ok", "electricity": "electricity", "road": "road_ok",
    "medical": "insured", "television": "television",
}  # fmt: skip


def households(rows: int, seed: int, unknown: float = 0.15) -> dict[str, Any]:
    """Random households, with some of every column unknown."""
    rng = np.random.default_rng(seed)
    columns: dict[str, Any] = {}
    for column in (*HOUSEHOLD.values(),):
        if column.kind == "flag":
            columns[column.name] = rng.choice(np.array([1, 0], np.int8), rows, p=[0.7, 0.3])
        elif column.kind == "count":
            columns[column.name] = rng.integers(0, 4, rows).astype(np.int16)
    columns["persons"] = rng.integers(1, 8, rows).astype(np.int16)
    columns["income"] = rng.choice([2951.0, 2952.0, 2953.0, 1000.0, 5000.0], rows)
    return {name: masked(name, vector, rng.random(rows) < unknown) for name, vector in columns.items()}


def masked(name: str, vector: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    return np.where(hidden, np.nan if name == "income" else -1, vector)


def villages(rows: int, seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    flags = [c.name for c in VILLAGE.values() if c.kind == "flag"]
    columns: dict[str, Any] = {name: rng.choice([1, 0, -1], rows, p=[0.8, 0.15, 0.05]) for name in flags}
    columns["rural_persons"] = np.where(rng.random(rows) < 0.1, -1, rng.integers(50, 200, rows))
    return columns


def plain_household(row: dict[str, float], line: float) -> dict[str, int]:
    """One household against 八有一超, in the plainest words."""

    def yes_no(value: float) -> int:
        if value == 1:
            return 1
        return 0 if value == 0 else -1

    found = {name: yes_no(row[column]) for name, column in FLAGS.items()}
    if row["pupils"] == 0 or row["schooling_ok"] == 1:
        found["schooling"] = 1
    elif row["pupils"] > 0:
        found["schooling"] = yes_no(row["schooling_ok"])
    else:
        found["schooling"] = -1
    supports = [row["income_source"], row["dibao"], row["wubao"]]
    if any(s == 1 for s in supports):
        found["income_source"] = 1
    else:
        found["income_source"] = 0 if all(s == 0 for s in supports) else -1
    if row["income"] != row["income"]:
        found["income"] = -1
    else:
        found["income"] = 1 if row["income"] > line else 0
    return found


def plain_whole(outcomes: list[int]) -> int:
    if 0 in outcomes:
        return 0
    return -1 if -1 in outcomes else 1


def test_the_shipped_criteria_are_the_eight_and_one_and_the_twelve_of_a_village(plan):
    assert list(plan.household_criteria) == [
        "house", "water", "electricity", "road", "schooling", "medical", "television", "income_source", "income",
    ]  # fmt: skip
    assert list(plan.village_criteria) == [
        "incidence", "coop", "industry", "service_centre", "leadership", "road_hard", "grid", "broadcasting",
        "broadband", "water", "houses", "insurance",
    ]  # fmt: skip
    assert {c.clause for c in plan.household_criteria.values()} == {"二(二)"}
    assert {c.clause for c in plan.village_criteria.values()} == {"二(三)"}
    assert faults_of(plan) == []
    assert flags_counted(plan) == ("house_safe", "insured")


def test_the_line_of_the_year_is_the_last_one_named(plan):
    line = plan.household_criteria["income"]
    assert [threshold_in(line, year) for year in (2016, 2017, 2018, 2019, 2020, 2025)] == [
        2952, 2952, 2995, 3218, 4000, 4000,
    ]  # fmt: skip
    assert threshold_in(plan.village_criteria["incidence"], 2016) == 3 / 100
    assert np.isnan(threshold_in(plan.household_criteria["house"], 2016))


def test_a_thousand_random_households_are_judged_as_row_by_row(plan):
    columns = households(1000, 5)
    verdicts = evaluate_households(plan, columns, YEAR)
    whole = verdicts.combine()
    for i in range(1000):
        expected = plain_household({name: vector[i].item() for name, vector in columns.items()}, 2952)
        assert {name: int(verdicts[name][i]) for name in verdicts.criteria} == expected
        assert whole[i] == plain_whole(list(expected.values()))
    assert set(whole.tolist()) == {1, 0, -1}


def test_random_villages_are_judged_as_row_by_row(plan):
    home = households(600, 6)
    at = np.random.default_rng(7).integers(0, 40, 600)
    registered = np.random.default_rng(8).random(600) < 0.8
    columns = villages(40, 9)
    aggregates = village_aggregates(home, at, registered, 40, flags=flags_counted(plan))
    verdicts = evaluate_villages(plan, columns, aggregates, YEAR)
    for v in range(40):
        mine = [i for i in range(600) if at[i] == v and registered[i]]
        persons = [int(home["persons"][i]) for i in mine]
        rural = int(columns["rural_persons"][v])
        expected = -1 if -1 in persons or rural == -1 else int(sum(persons) * 100 <= 3 * rural)
        assert verdicts["incidence"][v] == expected
        for name, flag in (("houses", "house_safe"), ("insurance", "insured")):
            values = [int(home[flag][i]) for i in mine]
            if values.count(1) * 100 >= 95 * len(values):
                share = 1
            else:
                share = 0 if (values.count(1) + values.count(-1)) * 100 < 95 * len(values) else -1
            assert verdicts[name][v] == share
        assert verdicts["grid"][v] == columns["grid_ok"][v]
        assert verdicts["water"][v] == columns["water_works"][v]


@pytest.mark.parametrize("seed", range(3))
def test_hiding_a_value_never_turns_an_outcome_round_but_only_into_unknown(plan, seed):
    known = households(400, seed, unknown=0)
    rng = np.random.default_rng(seed + 100)
    hidden = {name: masked(name, vector, rng.random(400) < 0.3) for name, vector in known.items()}
    full, less = evaluate_households(plan, known, YEAR), evaluate_households(plan, hidden, YEAR)
    pairs = [(full.outcomes, less.outcomes), (full.combine(), less.combine())]
    allowed, asked = eligibility(plan, known), eligibility(plan, hidden)
    pairs += [(allowed[name], asked[name]) for name in allowed]
    at, everyone = rng.integers(0, 30, 400), np.ones(400, bool)
    places = villages(30, seed)
    by_village = [
        evaluate_villages(plan, places, village_aggregates(home, at, everyone, 30), YEAR) for home in (known, hidden)
    ]
    pairs.append((by_village[0].outcomes, by_village[1].outcomes))
    for before, after in pairs:
        assert ((after == before) | (after == Outcome.UNKNOWN)).all()
        assert (before != Outcome.UNKNOWN).any()


def test_the_order_of_households_and_of_criteria_does_not_matter(plan, make_plan, shipped_criteria):
    columns = households(300, 11)
    turned = np.random.default_rng(1).permutation(300)
    verdicts = evaluate_households(plan, columns, YEAR)
    moved = evaluate_households(plan, {name: vector[turned] for name, vector in columns.items()}, YEAR)
    np.testing.assert_array_equal(moved.outcomes, verdicts.outcomes[:, turned])
    backwards = make_plan(household_criteria=dict(reversed(shipped_criteria["household_criteria"].items())))
    again = evaluate_households(backwards, columns, YEAR)
    assert again.criteria == verdicts.criteria[::-1]
    np.testing.assert_array_equal(again.combine(), verdicts.combine())


def with_threshold(plan: Any, section: str, name: str, value: float) -> Any:
    criteria = dict(getattr(plan, section))
    figure = criteria[name].threshold
    change = {"values": {YEAR: value}} if section == "household_criteria" else {"value": value}
    criteria[name] = criteria[name].model_copy(update={"threshold": figure.model_copy(update=change)})
    return plan.model_copy(update={section: criteria})


def test_loosening_a_threshold_never_loses_a_met(plan):
    columns = households(300, 12)
    met = np.zeros(300, bool)
    for line in (5000, 2953, 2952, 2951.5, 0):
        now = evaluate_households(with_threshold(plan, "household_criteria", "income", line), columns, YEAR)
        assert (now["income"] == Outcome.MET)[met].all()
        met = now["income"] == Outcome.MET
    at, everyone = np.random.default_rng(2).integers(0, 30, 300), np.ones(300, bool)
    figures = village_aggregates({**columns, "persons": np.ones(300)}, at, everyone, 30)
    places = villages(30, 13)
    for name, steps in (("incidence", (0, 3, 5, 10, 20)), ("houses", (1, 0.95, 0.9, 0.5, 0))):
        met = np.zeros(30, bool)
        for step in steps:
            now = evaluate_villages(with_threshold(plan, "village_criteria", name, step), places, figures, YEAR)
            assert (now[name] == Outcome.MET)[met].all()
            met = now[name] == Outcome.MET
        assert met.any()


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"kind": "horoscope"}, "kind", "rules.kind_unknown"),
        ({"kind": "flag"}, "column", "rules.column_missing"),
        ({"kind": "flag", "column": "shoe_size"}, "column", "rules.column_unknown"),
        ({"kind": "flag", "column": "persons"}, "column", "rules.column_sort"),
        ({"kind": "schooling", "column": "schooling_ok"}, "column", "rules.column_unused"),
        ({"kind": "income_line"}, "threshold", "rules.threshold_missing"),
        ({"kind": "schooling", "threshold": (1, "比例")}, "threshold", "rules.threshold_unused"),
        ({"kind": "income_line", "threshold": (3000, "元/户/年")}, "threshold.unit", "rules.threshold_unit"),
        ({"kind": "income_line", "threshold": (-1, "元/人/年")}, "threshold", "rules.threshold_range"),
    ],
)
def test_a_criterion_that_cannot_be_judged_is_told_with_its_path(change, path, code, make_plan):
    criterion = {"name": "甲", "english": "a", "clause": "一", **change}
    if "threshold" in change:
        value, unit = change["threshold"]
        criterion["threshold"] = {"value": value, "unit": unit, "clause": "一"}
    plan = make_plan(household_criteria={"a": criterion})
    (fault,) = faults_of(plan)
    assert (fault.path, fault.code) == (f"household_criteria.a.{path}", code)


def test_all_faults_of_the_criteria_are_raised_together(make_plan):
    lost = {"name": "甲", "english": "a", "clause": "一", "kind": "flag"}
    wrong = {**lost, "kind": "incidence", "threshold": {"value": 101, "unit": "%", "clause": "一"}}
    plan = make_plan(
        household_criteria={"a": lost}, village_criteria={"b": wrong, "c": {**lost, "column": "poor_left"}}
    )
    with pytest.raises(PlanError) as caught:
        evaluate_households(plan, households(2, 0), YEAR)
    assert {(f.path, f.code) for f in caught.value.faults} == {
        ("household_criteria.a.column", "rules.column_missing"),
        ("village_criteria.b.threshold", "rules.threshold_range"),
        ("village_criteria.c.column", "rules.column_sort"),
    }


def test_a_column_that_was_not_handed_over_is_named(plan):
    columns = households(3, 0)
    del columns["television"]
    with pytest.raises(KeyError, match="television"):
        evaluate_households(plan, columns, YEAR)


def test_every_kind_of_pathway_of_the_model_has_a_rule_and_every_pathway_an_answer(plan):
    assert set(eligibility(plan, households(5, 0))) == set(plan.pathways)


def test_a_register_is_judged_with_its_income_summed(plan, make_register):
    register = make_register(
        {"income_farm": [1000, 2000], "income_wage": [1952, 900], "income_transfer": [0, 53]}, {"township": [0]}
    )
    verdicts = evaluate_households(plan, household_columns(register), YEAR)
    assert verdicts["income"].tolist() == [Outcome.NOT_MET, Outcome.MET]


@pytest.mark.bench
def test_a_whole_county_is_judged_within_fifty_milliseconds(plan):
    columns = households(38_000, 3)
    at, everyone = np.random.default_rng(4).integers(0, 432, 38_000), np.ones(38_000, bool)
    places = villages(432, 3)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        evaluate_households(plan, columns, YEAR).combine()
        eligibility(plan, columns)
        evaluate_villages(plan, places, village_aggregates(columns, at, everyone, 432), YEAR).combine()
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05, times
