"""A plan's standards in one pass: a plain reference, laws, faults of a plan, and the plan's own sums."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import PlanError
from planner.plan.figures import Figure
from planner.plan.loading import load_plan
from planner.plan.standards import Standard
from planner.plan.unread import reads_of
from planner.rules.book import eligibility
from planner.rules.measured import measured
from planner.rules.standard import STANDARDS, Amounts
from planner.rules.standards import (
    faults_of_standards,
    parameters_in,
    parameters_of,
    plain_unit,
    reading_of,
    sense_of,
    standards_for,
    subject_of,
    unit_of,
)
from planner.scenario.resolving import resolve
from planner.terms import Outcome
from tests.rules.plain_standards import plain_pathways, plain_standards
from tests.rules.shipped import FILE, hidden, household, random_households, ruled, shipped, with_parameter

YEAR = 2016


def same(found: float, expected: float | None) -> bool:
    return np.isnan(found) if expected is None else found == pytest.approx(expected, rel=1e-12)


def row_of(columns: dict[str, np.ndarray], i: int) -> dict[str, float]:
    return {name: float(vector[i]) for name, vector in columns.items()}


@pytest.mark.parametrize("unknown", [0.0, 0.15])
def test_a_thousand_random_households_come_to_what_they_do_row_by_row(unknown):
    columns = random_households(1000, 31, unknown)
    found, eligible = standards_for(shipped(), columns, YEAR), eligibility(shipped(), columns)
    for i in range(1000):
        row = row_of(columns, i)
        expected = plain_standards(row)
        assert set(found) == set(expected)
        for name, (outcome, low, high) in expected.items():
            assert found[name].outcome[i] == outcome, (name, row)
            assert same(found[name].low[i], low), (name, row)
            assert same(found[name].high[i], high), (name, row)
        assert {name: int(vector[i]) for name, vector in eligible.items()} == plain_pathways(row)


def test_380_households_of_four_at_the_cap_are_the_plans_7600():
    columns = {name: np.repeat(vector, 380) for name, vector in household({"persons": 4}).items()}
    need = standards_for(shipped(), columns, YEAR)["relocation_need"]
    assert need.value.sum() == 76_000_000
    assert shipped().lines["relocation"].amount.yuan == 76_000_000
    per_head = standards_for(ruled(shipped(), {"relocation_cap": "per_head"}), columns, YEAR)["relocation_need"]
    assert per_head.value.sum() == 380 * 240_000


def test_1518_persons_one_by_one_come_to_9108():
    columns = {name: np.repeat(vector, 1518) for name, vector in household({"persons": 1}).items()}
    assert standards_for(shipped(), columns, YEAR)["relocation_need"].value.sum() == 91_080_000


def test_the_plans_own_137_beside_1381_pass_the_tenth():
    facts = shipped().facts
    columns = {"moved_registered": np.array([facts["relocated_registered"].value])}
    columns["moved_along"] = np.array([facts["relocated_along"].value])
    found = standards_for(shipped(), columns, YEAR, "case")["moved_along"]
    assert found.outcome.tolist() == [Outcome.MET]
    assert round(found.value[0] * 100, 2) == 9.92


def test_the_measure_of_relocation_and_the_standard_reckon_alike():
    need, home = shipped().standards["relocation_need"], shipped().measures["relocation_home"]
    assert parameters_in(need, YEAR) == {"per_head": home.cost.yuan, "per_household": home.cost_cap.yuan}


WHOLE = st.integers(min_value=-1, max_value=8)
ROW = st.fixed_dictionaries(
    {
        **{name: st.integers(min_value=-1, max_value=1) for name in (
            "registered", "site_at_risk", "consent_to_move", "dibao", "wubao", "other_premium_aid",
        )},
        **dict.fromkeys(("persons", "labour", "pupils", "students", "graduates", "ill", "disabled"), WHOLE),
        **dict.fromkeys(("primary_boarders", "junior_boarders", "university_entrants", "vocational_entrants"), WHOLE),
        **dict.fromkeys(("severely_disabled", "loan_years"), WHOLE),
        "loan": st.sampled_from([np.nan, 0.0, 1.0, 50_000.0, 90_000.0]),
        "loan_rate": st.sampled_from([np.nan, 0.0, 0.03, 0.1]),
        "base_reimbursed": st.sampled_from([np.nan, 0.0, 0.5, 1.0]),
    }
)  # fmt: skip
ROWS = st.lists(ROW, min_size=1, max_size=6)
CHOICES = st.fixed_dictionaries(
    {
        name: st.sampled_from(sorted(shipped().rulings[name].options))
        for name in ("relocation_cap", "dwelling_limits", "yulu_entrants", "medical_points")
    }
)


def stacked(rows: list[dict[str, float]]) -> dict[str, np.ndarray]:
    return {name: np.array([row[name] for row in rows], np.float64) for name in rows[0]}


def ends_of(amounts: Amounts) -> np.ndarray:
    return np.stack([amounts.outcome.astype(np.float64), amounts.low, amounts.high])


@given(ROWS, CHOICES)
def test_the_order_of_households_does_not_matter(rows, choices):
    plan = ruled(shipped(), choices)
    forth, back = (standards_for(plan, stacked(r), YEAR) for r in (rows, rows[::-1]))
    for name in forth:
        np.testing.assert_array_equal(ends_of(forth[name]), ends_of(back[name])[:, ::-1])


@given(ROW, CHOICES, st.sets(st.sampled_from(sorted(["registered", "persons", "pupils", "students", "graduates", "dibao",
    "wubao", "disabled", "labour", "loan", "loan_years", "other_premium_aid", "primary_boarders", "severely_disabled",
    "university_entrants", "consent_to_move", "base_reimbursed"]))))  # fmt: skip
def test_hiding_a_value_never_makes_a_met_and_never_leaves_out_what_is_true(row, choices, names):
    plan = ruled(shipped(), choices)
    row = {**row, "primary_boarders": min(row["primary_boarders"], row["pupils"])}
    row = {**row, "university_entrants": min(row["university_entrants"], row["students"])}
    row["junior_boarders"] = min(row["junior_boarders"], row["pupils"] - max(row["primary_boarders"], 0))
    row["vocational_entrants"] = min(row["vocational_entrants"], row["students"] - max(row["university_entrants"], 0))
    row["severely_disabled"] = min(row["severely_disabled"], row["disabled"])
    known = stacked([row])
    less = {n: hidden(n, v, np.array([n in names])) for n, v in known.items()}
    full, fewer = standards_for(plan, known, YEAR), standards_for(plan, less, YEAR)
    for name, before in full.items():
        after = fewer[name]
        assert after.outcome[0] in (before.outcome[0], Outcome.UNKNOWN), name
        if not np.isnan(before.low[0]):
            assert np.isnan(after.low[0]) or after.low[0] <= before.low[0], name
        if not np.isnan(before.high[0]):
            assert np.isnan(after.high[0]) or after.high[0] >= before.high[0], name
        if after.outcome[0] == Outcome.UNKNOWN:
            assert np.isnan(after.value[0]), name


@given(ROWS, CHOICES)
def test_what_is_unknown_never_counts_as_nought_or_as_met(rows, choices):
    for amounts in standards_for(ruled(shipped(), choices), stacked(rows), YEAR).values():
        unknown = amounts.outcome == Outcome.UNKNOWN
        assert np.isnan(amounts.value[unknown]).all()
        assert (amounts.value[amounts.outcome == Outcome.NOT_MET] == 0).all()
        assert not (amounts.low > amounts.high).any()
        # whoever may get nothing at all is never met
        assert (amounts.low[amounts.outcome == Outcome.MET] >= 0).all()


@given(ROWS, CHOICES, st.floats(min_value=1, max_value=3), st.data())
def test_a_looser_figure_never_loses_a_met_nor_an_amount(rows, choices, factor, data):
    plan = ruled(shipped(), choices)
    name = data.draw(st.sampled_from([n for n, s in plan.standards.items() if subject_of(s) == "household"]))
    parameter = data.draw(st.sampled_from([p for p in sorted(plan.standards[name].parameters) if p != "large_from"]))
    given_ = plan.standards[name].parameters[parameter]
    value = given_.value if isinstance(given_, Figure) else given_.at(YEAR)
    looser = with_parameter(plan, name, parameter, value * factor, given_.unit)
    before, after = (standards_for(p, stacked(rows), YEAR)[name] for p in (plan, looser))
    assert (after.outcome == before.outcome).all()
    known = ~np.isnan(before.high)
    assert (after.high[known] >= before.high[known] * (1 - 1e-12)).all()
    assert (after.low[known] >= before.low[known] * (1 - 1e-12)).all()


@given(st.floats(min_value=0, max_value=1), st.floats(min_value=0, max_value=1), st.integers(0, 2000))
def test_a_higher_share_never_refuses_whom_a_lower_one_lets_move_along(one, other, along):
    columns = {"moved_registered": np.array([1381]), "moved_along": np.array([along])}
    outcomes = [
        int(standards_for(with_parameter(shipped(), "moved_along", "most", m, "比例"), columns, YEAR, "case")["moved_along"].outcome[0])
        for m in sorted((one, other))
    ]  # fmt: skip
    assert outcomes[0] <= outcomes[1]


@given(st.integers(1, 19), CHOICES)
def test_caps_never_fall_as_a_household_grows(persons, choices):
    plan = ruled(shipped(), choices)
    columns = {n: np.repeat(v, 2) for n, v in household({"other_premium_aid": 0}).items()}
    columns["persons"] = np.array([persons, persons + 1])
    found = standards_for(plan, columns, YEAR)
    names = ["relocation_need", "relocation_grant", "dwelling_area", "dwelling_plot", "dwelling_cost", "premium"]
    for name in (*names, "temporary_relief"):
        assert found[name].low[1] >= found[name].low[0]
    assert found["relocation_need"].high[0] <= 60_000 * persons
    if choices["dwelling_limits"] == "each":
        assert (found["dwelling_area"].high == found["dwelling_area"].low).all()


def test_a_standard_that_is_out_of_its_years_holds_for_nobody():
    columns = household({"students": 1, "university_entrants": 1, "vocational_entrants": 0})
    assert standards_for(shipped(), columns, 2016)["yulu"].value.tolist() == [5000]
    for year in (2015, 2017):
        found = standards_for(shipped(), columns, year)["yulu"]
        assert (found.outcome.tolist(), found.value.tolist()) == ([Outcome.NOT_IN_FORCE], [0])


def test_figures_are_reckoned_in_whole_yuan_and_shares_of_one():
    plan = shipped()
    assert parameters_in(plan.standards["dwelling_cost"], YEAR) == {"per_head": 40_000, "per_household": 140_000}
    assert parameters_in(plan.standards["moved_along"], YEAR) == {"most": 0.1}
    assert measured(plan.standards["temporary_relief"].parameters["line"], 2019) == 271
    assert plain_unit("亿元/人/年") == "元/人/年"
    assert plain_unit("%") == "比例"


def test_amounts_have_a_unit_and_a_sense():
    plan = shipped()
    units = {name: (unit_of(s), sense_of(s)) for name, s in plan.standards.items()}
    assert units["relocation_grant"] == ("元/户", "at_least")
    assert units["dwelling_area"] == ("平方米/户", "at_most")
    assert units["student_loan"] == ("元/户/年", "at_most")
    assert units["coop_loan"] == ("元/家", "at_most")
    assert units["moved_along"] == ("比例", "at_most")
    assert units["boarders"] == ("元/户/年", "exact")
    assert {subject_of(s) for s in plan.standards.values()} == {"household", "village", "case"}
    assert [(p.name, f is None) for p, f in parameters_of(plan.standards["firm_reward"])] == [
        ("least", False), ("most", False), ("threshold", True),
    ]  # fmt: skip
    assert reading_of(plan, plan.standards["dwelling_area"]) == "averages"
    assert reading_of(plan, plan.standards["boarders"]) == ""


LOAN = {"name": "甲", "english": "a", "clause": "一", "kind": "loan_limit", "column": "registered"}


def figure(value: float, unit: str) -> dict[str, object]:
    return {"value": value, "unit": unit, "clause": "一"}


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"kind": "horoscope"}, "kind", "rules.kind_unknown"),
        ({"column": None}, "column", "rules.column_missing"),
        ({"column": "shoe_size"}, "column", "rules.column_unknown"),
        ({"column": "income"}, "column", "rules.column_sort"),
        ({"kind": "per_head_capped", "parameters": {"per_head": figure(1, "元/人")}}, "column", "rules.column_unused"),
        ({"parameters": {}}, "parameters", "rules.parameter_missing"),
        ({"parameters": {"most": figure(1, "元/户"), "best": figure(1, "元")}}, "parameters.best", "rules.parameter_unknown"),
        ({"parameters": {"most": figure(1, "平方米/户")}}, "parameters.most.unit", "rules.parameter_unit"),
        ({"ruling": "which"}, "ruling", "rules.reading_unused"),
        (
            {"kind": "per_head_capped", "column": None, "ruling": "which", "parameters": {"per_head": figure(1, "元/人")}},
            "ruling",
            "rules.reading_unknown",
        ),
        ({"who": "persons"}, "who", "rules.who_no_flag"),
        ({"who": "shoe_size"}, "who", "rules.who_no_flag"),
        ({"pathway": "flight"}, "pathway", "rules.pathway_unsuited"),
        ({"column": "coop", "pathway": "industry"}, "pathway", "rules.pathway_unsuited"),
    ],
)  # fmt: skip
def test_a_standard_that_cannot_be_judged_is_told_with_its_path(change, path, code, make_plan):
    standard = {**LOAN, "parameters": {"most": figure(5, "万元/户")}, **change}
    ruling = {"question": "哪种", "choice": "other", "options": {"other": "另一种"}, "clause": "一"}
    plan = make_plan(standards={"a": standard}, rulings={"which": ruling})
    (fault,) = faults_of_standards(plan)
    assert (fault.path, fault.code) == (f"standards.a.{path}", code)
    with pytest.raises(PlanError, match=code):
        standards_for(plan, household({}), 2031)


def test_a_plan_without_standards_has_none(plan):
    assert plan.standards == {}
    assert standards_for(plan, household({}), 2031) == {}
    assert faults_of_standards(shipped()) == []


def test_a_standard_is_in_force_from_its_first_to_its_last_year():
    usual = {"name": "甲", "english": "a", "clause": "一", "kind": "loan_limit"}
    assert Standard(**usual).in_force(1)
    found = Standard(**usual, first=2031, last=2032)
    assert [found.in_force(year) for year in (2030, 2031, 2032, 2033)] == [False, True, True, False]


def test_a_scenario_changes_the_figures_and_the_reading_of_a_standard(tmp_path):
    scenario = FILE.with_name("x.yaml").name
    for file in FILE.parent.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / scenario).write_text(
        "name: 试\nquestion: 试？\nextends: plan.yaml\noverrides:\n"
        "  - {path: standards.relocation_grant.parameters.per_head, value: 2, why: 试}\n"
        "  - {path: rulings.dwelling_limits, value: each, why: 试}\n"
        "  - {path: standards.startup_loan, value: null, why: 试}\n",
        encoding="utf-8",
    )
    plan = resolve(tmp_path / scenario).plan
    found = standards_for(plan, household({}), YEAR)
    assert found["relocation_grant"].value.tolist() == [80_000]
    assert found["dwelling_area"].value.tolist() == [90]
    assert "startup_loan" not in found


def test_a_standard_that_names_no_ruling_or_pathway_of_the_plan_is_refused_with_its_line(tmp_path):
    for file in FILE.parent.glob("*.yaml"):
        (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    text = (tmp_path / "standards.yaml").read_text(encoding="utf-8")
    text = text.replace("ruling: relocation_cap", "ruling: relocation_cup", 1)
    (tmp_path / "standards.yaml").write_text(
        text.replace("pathway: relocation", "pathway: flight", 1), encoding="utf-8"
    )
    with pytest.raises(PlanError) as caught:
        load_plan(tmp_path / "plan.yaml")
    told = {(f.path, f.code) for f in caught.value.faults}
    assert told == {
        ("standards.relocation_need.ruling", "plan.unknown_reference_near"),
        ("standards.relocation_need.pathway", "plan.unknown_reference"),
    }
    assert {f.line for f in caught.value.faults} == {9, 10}


def test_every_figure_of_a_standard_is_read_by_the_rules():
    reads = reads_of(shipped())
    parameters = {path for path in reads if path.startswith("standards.")}
    assert len(parameters) == sum(len(s.parameters) for s in shipped().standards.values())
    assert all("rules" in reads[path] for path in parameters)
    assert "rules" in reads["rulings.dwelling_limits"]
    assert {s.kind for s in shipped().standards.values()} <= set(STANDARDS)


@pytest.mark.bench
def test_the_standards_of_a_whole_county_take_less_than_a_tenth_of_a_second():
    columns = random_households(38_000, 3, 0.1)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        standards_for(shipped(), columns, YEAR)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.1, times
