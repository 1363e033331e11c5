"""Why a household or a village meets the standard or does not, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from planner.errors import UsageError
from planner.rules.book import evaluate_households, household_columns
from planner.rules.explanation import explain_household, explain_village
from planner.rules.printing import OUTCOMES
from planner.terms import Outcome

YEAR = 2016


@pytest.fixture(scope="module")
def register(make_register):
    """Three households of one village; the first lacks a house, a road and income, the second only income is open,
    the third is of the margin. Their village lacks a service centre and seven kilometres of gravel road."""
    return make_register(
        {
            "household": [7, 8, 9],
            "village": [0, 0, 0],
            "registered": [1, 1, 0],
            "persons": [4, 5, 3],
            "labour": [2, 0, 1],
            "house_safe": [0, 1, 0],
            "road_ok": [0, 1, 1],
            "insured": [1, 0, 1],
            "site_at_risk": [0, 1, 0],
            "television": [1, -1, 1],
            "income_farm": [2500.5, 2952, 9000],
        },
        {"township": [0], "name": ["某村"], "service_centre": [0], "km_gravel": [7], "rural_persons": [300]},
    )


def of(explanation, criterion):
    return next(r for r in explanation.reasons if r.criterion == criterion)


def bought(reason):
    return [(r.measure, r.units, r.yuan, r.shared) for r in reason.remedies]


def test_a_house_is_closed_by_repair_and_not_by_a_move_that_the_household_may_not_make(plan, register):
    reason = of(explain_household(plan, register, 0, YEAR), "house")
    assert (reason.name, reason.value, reason.clause, reason.outcome) == (
        "有稳固住房", "住房稳固 否", "二(二)", Outcome.NOT_MET,
    )  # fmt: skip
    assert bought(reason) == [("repair", 1, 15_000, False)]


def test_a_road_is_closed_by_the_works_of_the_whole_village(plan, register):
    reason = of(explain_household(plan, register, 0, YEAR), "road")
    assert bought(reason) == [("gravel", 7, 1_120_000, True)]


def test_income_is_raised_along_the_pathways_that_the_household_may_follow(plan, register):
    reason = of(explain_household(plan, register, 0, YEAR), "income")
    assert reason.value == "家庭人均纯收入 2500.5元/人/年"
    assert reason.threshold.startswith("2952元/人/年")
    assert bought(reason) == [("grow", 1, 3000, False)]
    assert reason.remedies[0].gain == 1000, "4,000 for a household of four"
    second = of(explain_household(plan, register, 1, YEAR), "income")
    # Without labour no industry; five persons at 6 万元 are 30, capped at 20.
    assert (second.outcome, bought(second)) == (Outcome.NOT_MET, [("move", 5, 200_000, False)])


def test_what_is_counted_in_persons_is_counted_for_the_household(plan, register):
    reason = of(explain_household(plan, register, 1, YEAR), "medical")
    assert bought(reason) == [("cover", 5, 300, False)]
    assert reason.remedies[0].recurring


def test_what_the_register_does_not_say_is_to_be_verified_and_never_bought(plan, register):
    reason = of(explain_household(plan, register, 1, YEAR), "television")
    assert (reason.outcome, reason.value, reason.remedies) == (Outcome.UNKNOWN, "有电视看 不明", ())
    assert "核实" in reason.note


def test_an_open_criterion_without_a_measure_says_so(plan, make_register):
    register = make_register({"electricity": [0]}, {"township": [0]})
    reason = of(explain_household(plan, register, 0, YEAR), "electricity")
    assert (reason.remedies, reason.note) == ((), "方案中没有对应措施")


def test_the_village_counts_its_registered_households_only(plan, register):
    found = explain_village(plan, register, 0, YEAR)
    houses, insurance = of(found, "houses"), of(found, "insurance")
    assert houses.value == "“住房稳固”的贫困户比例 50.00%"
    assert bought(houses) == [("repair", 1, 15_000, False)]
    assert bought(insurance) == [("cover", 5, 300, False)]
    incidence = of(found, "incidence")
    assert incidence.value == "未脱贫人口 9人、农村人口 300人、占比 3.00%"
    assert incidence.outcome == Outcome.MET
    assert bought(of(found, "service_centre")) == [("centre", 1, 600_000, True)]
    assert of(found, "coop").remedies == ()
    assert found.outcome == Outcome.NOT_MET


def test_incidence_that_is_too_high_is_closed_by_its_households(plan, make_register):
    register = make_register({"persons": [40]}, {"township": [0]})
    reason = of(explain_village(plan, register, 0, YEAR), "incidence")
    assert (reason.outcome, reason.note) == (Outcome.NOT_MET, "随贫困户脱贫而解决")


def test_the_upper_end_of_a_share_is_shown_where_something_is_unknown(plan, make_register):
    register = make_register({"village": [0, 0], "persons": [4, 4], "insured": [1, -1]}, {"township": [0]})
    reason = of(explain_village(plan, register, 0, YEAR), "insurance")
    assert reason.outcome == Outcome.UNKNOWN
    share = "“参加医疗保险”的贫困户比例"
    assert reason.value == f"{share} 50.00%、{share}（不明的也算） 100.00%"


def test_the_text_names_verdict_reason_clause_remedy_and_that_it_is_synthetic_in_both_languages(plan, register):
    chinese = explain_household(plan, register, 0, YEAR).text()
    assert chinese.splitlines()[0] == "7号户（某村）：未达标（2016年标准）"
    assert explain_village(plan, register, 0, YEAR, "en").text().startswith("某村: not met (standard of 2016)")
    for words in ("未达标", "有稳固住房", "二(二)", "危房改造", "15000元", "合成", "假定"):
        assert words in chinese
    english = explain_household(plan, register, 0, YEAR, "en").text()
    for words in ("not met", "a stable house: a stable house no", "clause 二(二)", "15000 元", "synthetic", "assumed"):
        assert words in english
    assert "{" not in chinese + english


def test_the_rows_have_one_line_per_criterion_and_measure(plan, register):
    rows = explain_household(plan, register, 0, YEAR).rows()
    assert [(r["criterion"], r["outcome"], r["measure"], r["yuan"]) for r in rows] == [
        ("house", "未达标", "repair", 15_000),
        ("water", "达标", "", 0),
        ("electricity", "达标", "", 0),
        ("road", "未达标", "gravel", 1_120_000),
        ("schooling", "达标", "", 0),
        ("medical", "达标", "", 0),
        ("television", "达标", "", 0),
        ("income_source", "达标", "", 0),
        ("income", "未达标", "grow", 3000),
    ]


def test_every_outcome_has_a_word_in_both_languages():
    assert all(set(words) == {"zh", "en"} for words in OUTCOMES.values())
    assert set(OUTCOMES) == set(Outcome)


@pytest.mark.parametrize("row", [-1, 3])
def test_a_household_that_does_not_exist_is_refused(row, plan, register):
    with pytest.raises(UsageError) as caught:
        explain_household(plan, register, row, YEAR)
    assert (caught.value.code, caught.value.values) == ("rules.no_such_household", {"row": row, "rows": 3})
    with pytest.raises(UsageError, match=r"rules\.no_such_village"):
        explain_village(plan, register, 1, YEAR)


def test_explanations_agree_with_the_vectorised_verdicts(plan, make_register):
    rng = np.random.default_rng(21)
    rows = 200
    flags = ("house_safe", "water_ok", "road_ok", "insured", "television", "income_source", "dibao", "schooling_ok")
    households = {name: rng.choice([1, 0, -1], rows) for name in flags}
    households["pupils"] = rng.integers(-1, 3, rows)
    households["persons"] = rng.integers(1, 7, rows)
    households["income_wage"] = rng.choice([2951.0, 2952.0, 2953.0, np.nan], rows)
    register = make_register(households, {"township": [0]})
    verdicts = evaluate_households(plan, household_columns(register), YEAR)
    whole = verdicts.combine()
    for row in range(rows):
        found = explain_household(plan, register, row, YEAR)
        assert [r.outcome for r in found.reasons] == verdicts.outcomes[:, row].tolist()
        assert found.outcome == whole[row]
