"""Tables from runs written by hand: indicators, bands, places, flows, waits, paired differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.comparison import indicators
from planner.comparison.indicators import frame
from planner.comparison.origins import assumptions
from planner.comparison.pairing import paired
from planner.tables import INDICATORS, PLACE_INDICATORS, TABLES, check_columns
from planner.terms import State
from tests.allocation.tiny import fig, tiny_plan
from tests.comparison.runs import YEARS, hand_run


def of(table, **wanted):
    """The rows of a table with these values."""
    for column, value in wanted.items():
        table = table[table[column] == value]
    return table


def test_yearly_has_one_row_for_each_scenario_run_year_and_indicator():
    runs = [hand_run(i, seed, persons_out=(10, 20), led_out=(4, 5)) for seed in (7, 8) for i in (0, 1)]
    table = indicators.yearly(["a", "b"], YEARS, runs)
    assert len(table) == 2 * 2 * 2 * len(INDICATORS)
    mine = of(table, scenario="b", run=8, year=2032).set_index("indicator")["value"]
    assert (mine["persons_out"], mine["led_out"], mine["left_anyway"], mine["returned"]) == (20, 5, 15, 0)


def test_bands_are_the_quantiles_over_runs():
    """0, 10, ..., 100: eleven runs put the 5th percentile at 5, the quartiles at 25 and 75, the mean at 50."""
    runs = [hand_run(0, i, persons_out=(10 * i, 0)) for i in range(11)]
    table = indicators.bands(indicators.yearly(["a"], YEARS, runs))
    (row,) = of(table, year=2031, indicator="persons_out").to_dict("records")
    assert [row[c] for c in ("mean", "q05", "q25", "q50", "q75", "q95")] == pytest.approx([50, 5, 25, 50, 75, 95])


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=9))
def test_bands_are_in_order_and_hold_the_runs(values):
    runs = [hand_run(0, i, returned=(v, 0)) for i, v in enumerate(values)]
    (row,) = of(indicators.bands(indicators.yearly(["a"], YEARS, runs)), year=2031, indicator="returned").to_dict(
        "records"
    )
    edges = [row[c] for c in ("q05", "q25", "q50", "q75", "q95")]
    assert edges == sorted(edges)
    assert min(values) <= edges[0]
    assert edges[-1] <= max(values)
    assert row["mean"] == pytest.approx(np.mean(values))


def test_places_are_means_and_capped_off_a_share_of_runs():
    """Two townships; incidence 2 and 5 in one run, 4 and 5 in the other, threshold 3: half and none."""
    cap = {
        "name": "某",
        "english": "cap",
        "reading": "cap_off",
        "measure": "cap_off",
        "year": 2032,
        "at_most": fig(3, "%"),
    }
    plan = tiny_plan(milestones={"cap": cap})
    runs = [hand_run(0, 0, incidence=(2, 5)), hand_run(0, 1, incidence=(4, 5))]
    table = indicators.places(["a"], plan, YEARS, runs)
    assert len(table) == len(plan.townships) * len(YEARS) * len(PLACE_INDICATORS)
    for indicator, values in (("incidence", [3, 5]), ("capped_off", [0.5, 0])):
        mine = of(table, year=2031, indicator=indicator)
        assert mine["township"].tolist() == plan.townships
        assert mine["mean"].tolist() == values


def test_pathways_are_means_over_runs_with_their_target_in_its_year():
    plan = tiny_plan()
    runs = [hand_run(0, i, pathways=len(plan.pathways)) for i in range(2)]
    runs[0].record.by_pathway[0] = [4, 8]
    runs[1].record.by_pathway[-1] = [0, 6]
    table = indicators.pathways(["a"], plan, YEARS, runs)
    assert of(table, pathway="industry")["persons"].tolist() == [2, 4]
    assert of(table, pathway="own")["persons"].tolist() == [0, 3]
    targets = of(table, pathway="industry")["target"].tolist()
    assert targets[0] == 12
    assert np.isnan(targets[1])


def test_flows_are_means_over_all_runs_those_without_the_move_too():
    move = (0, State.REGISTERED, State.ASSISTED)
    runs = [hand_run(0, 0, flows={move: 8}), hand_run(0, 1)]
    (row,) = indicators.flows(["a"], YEARS, runs).to_dict("records")
    assert row == {"scenario": "a", "year": 2031, "from_state": "registered", "to_state": "assisted", "persons": 4}


def test_waits_are_per_request_over_all_runs():
    """4 requests that waited 8 months in all, and none in the other run: 2 requests a run, 2 months each."""
    runs = [hand_run(0, 0, waits={(1, "crews"): (4, 8.0)}), hand_run(0, 1)]
    (row,) = indicators.bottlenecks(["a"], YEARS, runs).to_dict("records")
    assert (row["year"], row["resource"], row["used"], row["waited_months"]) == (2032, "crews", 2, 2)


def test_paired_differences_by_hand():
    """b less a under each seed: 1, 2, 3. Mean 2, spread 1, half an interval 1.96 / sqrt 3 = 1.1316."""
    runs = [hand_run(i, s, persons_out=(100 * s + i * (s + 1), 0)) for s in range(3) for i in (0, 1)]
    table = paired(["a", "b"], indicators.yearly(["a", "b"], YEARS, runs))
    (row,) = of(table, year=2031, indicator="persons_out").to_dict("records")
    assert (row["scenario"], row["baseline"], row["runs"]) == ("b", "a", 3)
    assert [row[c] for c in ("mean", "low", "high")] == pytest.approx([2, 2 - 1.13162, 2 + 1.13162], abs=1e-4)


def test_every_scenario_is_paired_with_each_one_before_it():
    names = ["a", "b", "c"]
    table = paired(names, indicators.yearly(names, YEARS, [hand_run(i, 0) for i in range(3)]))
    pairs = set(zip(table["scenario"], table["baseline"], strict=True))
    assert pairs == {("b", "a"), ("c", "a"), ("c", "b")}
    assert (table[["mean", "low", "high"]] == 0).all(axis=None)


def test_what_no_clause_gives_is_listed_with_its_source_or_assumption():
    plan = tiny_plan(
        dynamics={
            "trend": {"value": 0.1, "unit": "比例", "clause": None, "assumed": "无来源", "range": [0.0, 0.2]},
            "noise": {"value": 0.2, "unit": "比例", "clause": None, "source": "某年鉴"},
        }
    )
    table = assumptions(plan).set_index("path")
    assert set(table.index) == {"dynamics.trend", "dynamics.noise"}
    assert table.loc["dynamics.trend", ["value", "low", "high", "kind"]].tolist() == ["0.1", 0.0, 0.2, "assumed"]
    assert table.loc["dynamics.noise", ["kind", "origin"]].tolist() == ["source", "某年鉴"]


def test_a_table_with_other_columns_is_refused_by_name():
    check_columns("flows", list(TABLES["flows"]))
    for columns in (["scenario"], [*TABLES["flows"], "more"], list(TABLES["flows"])[::-1]):
        with pytest.raises(ValueError, match="table flows: columns"):
            check_columns("flows", columns)


@pytest.mark.parametrize("name", list(TABLES))
def test_a_table_without_rows_still_has_its_columns_and_kinds(name):
    kinds = {"text": "str", "year": "int64", "count": "int64", "yuan": "int64", "number": "float64"}
    made = frame(name, [])
    assert {c: str(t) for c, t in made.dtypes.items()} == {c: kinds[k] for c, k in TABLES[name].items()}
