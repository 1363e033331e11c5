"""What a household may receive, in words: worked by hand, in both languages, and as the vectorised rules say."""

from __future__ import annotations

import numpy as np
import pytest

from planner.plan.model import Pathway
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.rules.book import eligibility, evaluate_households, household_columns
from planner.rules.entitlement import CONDITIONS, Entitlement, entitlement_of
from planner.rules.explanation import explain_household, explain_village
from planner.rules.printing import ENTITLED, YES_NO, number_in_words, value_in_words
from planner.rules.standards import standards_for
from planner.terms import Outcome
from tests.rules.plain_standards import plain_pathways, plain_standards
from tests.rules.shipped import household, random_households, ruled, shipped

YEAR = 2016


def told(**given: float) -> Entitlement:
    return entitlement_of(shipped(), household(given), YEAR)


def of(found: Entitlement, standard: str):
    return next(s for s in found.standards if s.standard == standard)


def test_a_pathway_says_what_it_asks_for_what_the_register_says_and_its_clause():
    found = {p.pathway: p for p in told(labour=0, consent_to_move=-1).pathways}
    industry, move = found["industry"], found["relocation"]
    assert (industry.outcome, industry.condition, industry.value) == (
        Outcome.NOT_MET, "家中有劳动力", "劳动力人数 0人",
    )  # fmt: skip
    assert (move.outcome, move.value, move.clause) == (
        Outcome.UNKNOWN, "居住地需搬迁 是、同意搬迁 不明", "二(一); 三(二)",
    )  # fmt: skip
    assert "须居住地需搬迁，且本户同意" in told(consent_to_move=-1).text()


def test_an_amount_stands_with_the_figures_it_is_reckoned_by_its_clause_and_its_reading():
    need = of(told(), "relocation_need")
    assert (need.outcome, need.low, need.high, need.unit, need.amount) == (
        Outcome.MET, 200_000, 200_000, "元/户", "200000元/户",
    )  # fmt: skip
    assert need.basis == "人均 6万元/人、每户上限 20万元/户"
    assert need.clause == "三(二)4"
    assert need.reading.startswith("户均20万元上限起作用")
    assert of(told(), "relocation_grant").amount == "72000元/户以上"
    assert of(told(), "temporary_relief").amount == "至多3072元/户"
    assert of(told(), "temporary_relief").basis == "倍数 4倍、低保月标准 192元/人/月（假定）"


def test_two_ends_are_told_as_what_they_are():
    assert of(told(persons=5), "dwelling_area").amount == "90平方米/户以内均可，看全点平均可到120平方米/户"
    assert of(told(), "dwelling_plot").amount == "80平方米/户以内均可，再多看全点平均（本户不另设上限）"
    assert of(told(), "startup_loan").amount == "50000元/户至100000元/户"
    partly = entitlement_of(shipped(), household({"pupils": -1, "primary_boarders": 2}), YEAR)
    assert of(partly, "boarders").amount == "至少2000元/户/年"
    each = entitlement_of(ruled(shipped(), {"dwelling_limits": "each"}), household({}), YEAR)
    assert (of(each, "dwelling_area").amount, of(each, "dwelling_area").reading) == ("至多90平方米/户", "每户上限")


def test_what_is_unknown_says_why():
    boarders = of(told(pupils=2), "boarders")
    assert (boarders.outcome, boarders.amount) == (Outcome.UNKNOWN, "0元/户/年至2500元/户/年")
    assert boarders.why == "名册没有此栏：寄宿小学生、寄宿初中生"
    need = of(told(persons=-1), "relocation_need")
    assert (need.outcome, need.amount, need.why) == (Outcome.UNKNOWN, "不明", "名册未载明：家庭人口")
    grant = of(told(site_at_risk=-1, registered=-1), "relocation_grant")
    assert grant.why == "是否符合途径“移民搬迁”不明；名册未载明：建档立卡"
    assert of(told(dibao=1, disabled=1), "inpatient_ceiling").why == "名册没有此栏：重度残疾人"


def test_what_does_not_hold_says_why_and_names_no_amount():
    found = told(site_at_risk=0, students=0)
    need, loan = of(found, "relocation_need"), of(found, "student_loan")
    assert (need.outcome, need.amount, need.why) == (Outcome.NOT_MET, "", "不符合途径“移民搬迁”")
    assert loan.why == "建档立卡 是、高中及以上学生 0人"
    later = entitlement_of(shipped(), household({"students": 1}), 2017)
    assert (of(later, "yulu").outcome, of(later, "yulu").amount) == (Outcome.NOT_IN_FORCE, "")
    assert of(later, "yulu").why == "只在2016至2016年有效"


@pytest.fixture(scope="module")
def register(make_register):
    """One household that has to move, with two pupils, in a village with a co-op."""
    given = {"household": [7], "village": [0], "persons": [4], "labour": [2], "pupils": [2], "house_safe": [0]}
    given |= {name: [0] for name in ("students", "graduates", "ill", "disabled", "dibao", "wubao")}
    return make_register(given, {"township": [0], "name": ["某村"]})


def test_the_explanation_of_a_household_ends_with_what_it_may_receive_in_both_languages(register):
    chinese = explain_household(shipped(), register, 0, YEAR).text()
    english = explain_household(shipped(), register, 0, YEAR, "en").text()
    assert "\n\n可走的途径\n- 符合 产业扶持：须家中有劳动力（劳动力人数 2人）；条款：二(一); 三(一)\n" in chinese
    assert "\n可享受的标准与限额\n- 符合 搬迁资金测算：200000元/户；按：" in chinese
    assert "- 不明 寄宿生生活补助：0元/户/年至2500元/户/年" in chinese
    assert "- yes Money reckoned for a move: 200000 元 per household; by per head 6 万元 per head" in english
    assert "- unknown Aid to boarders: between 0 元 per household and year and 2500 元" in english
    assert "the register has no column for: boarders of primary school, boarders of junior middle school" in english
    assert "{" not in chinese + english


def test_the_explanation_of_a_village_ends_with_its_own_standards(register):
    found = explain_village(shipped(), register, 0, YEAR)
    assert found.text().endswith(
        "可享受的标准与限额\n- 符合 合作社、家庭农场贴息贷款限额：至多200000元/家；按：限额 20万元/家；条款：三(一)3"
    )
    assert [s.standard for s in found.entitlement.standards] == ["coop_loan"]


def test_a_plan_without_standards_tells_pathways_alone(plan, register):
    text = explain_household(plan, register, 0, YEAR).text()
    assert "可走的途径" in text
    assert "可享受" not in text
    village = explain_village(plan, register, 0, YEAR)
    assert village.entitlement == Entitlement((), (), "zh")
    assert village.text().endswith("条款：二(三)")


def test_the_rows_are_a_table_with_one_line_for_each_pathway_and_standard():
    found = told(pupils=2)
    rows = found.rows()
    assert len(rows) == 6 + 15
    assert len({tuple(row) for row in rows}) == 1, "every line has the same columns in the same order"
    line = next(row for row in rows if row["entry"] == "boarders")
    assert (line["sort"], line["outcome"], line["low"], line["high"], line["unit"]) == (
        "standard", "不明", 0, 2500, "元/户/年",
    )  # fmt: skip


def test_every_kind_of_pathway_has_its_condition_in_both_languages():
    assert set(CONDITIONS) == set(Pathway.model_fields["kind"].annotation.__args__)
    for words in (*CONDITIONS.values(), *ENTITLED.values(), *YES_NO.values()):
        assert set(words) == {"zh", "en"}


def test_values_are_told_with_their_unit_and_the_unknown_in_words():
    assert value_in_words(HOUSEHOLD["persons"], np.array([3]), "zh") == "3人"
    assert value_in_words(HOUSEHOLD["persons"], np.array([-1]), "en") == "unknown"
    assert value_in_words(HOUSEHOLD["dibao"], np.array([0]), "zh") == "否"
    assert value_in_words(VILLAGE["km_gravel"], np.array([2.50]), "en") == "2.5 km"
    assert number_in_words(40, "%", "en") == "40 %"


def test_a_thousand_explanations_agree_with_the_vectorised_rules_and_with_a_plain_reference(make_register):
    rows = 1000
    columns = random_households(rows, 77, 0.1)
    named = {n: v for n, v in columns.items() if n in HOUSEHOLD}
    named |= {"income_wage": columns["income"], "village": [0] * rows, "household": list(range(rows))}
    register = make_register(named, {"township": [0], "name": ["某村"]})
    held = household_columns(register)
    verdicts, eligible = evaluate_households(shipped(), held, YEAR), eligibility(shipped(), held)
    amounts, whole = standards_for(shipped(), held, YEAR), evaluate_households(shipped(), held, YEAR).combine()
    for i in range(rows):
        found = explain_household(shipped(), register, i, YEAR)
        assert [r.outcome for r in found.reasons] == verdicts.outcomes[:, i].tolist()
        assert found.outcome == whole[i]
        row = {n: float(v[i]) for n, v in named.items() if n in columns}
        pathways = {p.pathway: int(p.outcome) for p in found.entitlement.pathways}
        assert pathways == {name: int(vector[i]) for name, vector in eligible.items()} == plain_pathways(row)
        expected = plain_standards(row)
        for answer in found.entitlement.standards:
            mine = amounts[answer.standard]
            assert answer.outcome == mine.outcome[i] == expected[answer.standard].outcome
            np.testing.assert_array_equal([answer.low, answer.high], [mine.low[i], mine.high[i]])
            assert bool(answer.amount) == (answer.outcome in (Outcome.MET, Outcome.UNKNOWN))
            assert bool(answer.why) or (answer.outcome == Outcome.MET)
