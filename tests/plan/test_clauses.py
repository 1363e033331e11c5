"""Every row of the document, clause by clause, stands in the shipped plan with the figure as printed.

The tables were written from the document itself. A row is a figure at a path, or words of a recorded clause that says why
they do not enter the model.
"""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from planner.cli import app
from planner.plan.audit import audit
from planner.plan.clauses import clause_uses, listing
from planner.plan.known import split_clauses
from planner.plan.loading import load_plan
from planner.plan.model import Plan
from planner.plan.relations import find_number
from planner.plan.unread import RUN, depends_on, reads_of
from tests.museum.cases import TINY

FIGURES = """
一 | population.poor | 133324 人
二(三) | population.poor_villages | 151 村
二(一) | schedule.2016.persons | 50000 人
二(一) | schedule.2016.villages | 57 村
二(一) | pathways.industry.target | 35000 人
二(一) | pathways.relocation.target | 1000 人
二(一) | pathways.education.target | 5500 人
三(四)1 | pathways.employment.target | 6500 人
三(五) | pathways.medical.target | 1600 人
三(六)1 | population.dibao | 31399 人
三(六)2 | population.dibao_with_labour | 18500 人
二(二) | facts.income_growth_poor | 13 %/年
二(五) | facts.plan_money | 80000 万元
二(五) | lines.industry.amount | 4300 万元
三(一) | facts.industry_money | 4300 万元
二(五) | lines.infrastructure.amount | 50000 万元
四1 | lines.roads.amount | 35000 万元
四3 | lines.water.amount | 10000 万元
四5 | lines.grid.amount | 3800 万元
四6 | lines.broadcasting.amount | 1000 万元
二(五) | lines.relocation.amount | 7600 万元
三(二)4 | facts.relocation_money | 7600 万元
二(五) | lines.services.amount | 4000 万元
四7 | facts.culture_money | 1000 万元
二(五) | lines.houses.amount | 3800 万元
四4 | facts.houses_money | 3800 万元
二(五) | lines.education.amount | 7000 万元
三(三)7 | facts.school_money | 4600 万元
三(三)7 | facts.village_school_money | 3200 万元
三(三)7 | measures.village_school.tasks.0.amount | 17 所
三(三)7 | facts.village_school_area | 17000 平方米
二(五) | lines.ecology.amount | 2000 万元
四2 | facts.greening_money | 804 万元
二(五) | lines.other.amount | 1000 万元
三(四)1 | facts.training_money | 400 万元
三(四)2 | facts.posts_money | 600 万元
三(五)5 | facts.accident_money | 34.11 万元
五(二)1 | sources.own_budget.amount | 15000 万元
五(二)1 | sources.own_growth.amount | 2000 万元
五(二)1 | facts.own_growth_share | 15 %
五(二)1 | sources.own_idle.amount | 7000 万元
五(二)1 | facts.own_idle_share | 50 %
五(二)1 | sources.own_land_industry.amount | 800 万元
五(二)1 | sources.own_land_water.amount | 500 万元
五(二)1 | sources.own_bonds.amount | 4700 万元
五(三) | sources.integrated.amount | 38000 万元
四3 | sources.integrated_tied.amount | 5300 万元
四1 | measures.road_concrete.own_share | 5 万元/公里
三(二)4 | standards.relocation_grant.parameters.per_head | 1.8 万元/人
五(四)2 | facts.loans_households | 1600 万元
五(四)2 | facts.loans_firms | 3500 万元
五(四)2 | facts.loans_coops | 1500 万元
二(三) | facts.roads_all | 1800 公里
二(三) | measures.road_concrete.tasks.0.amount | 600 公里
四1 | measures.road_settlement.tasks.0.amount | 23 公里
四4 | measures.house_repair.tasks.1.amount | 2480 户
三(二) | measures.relocation_home.tasks.0.amount | 1381 人
三(二) | facts.relocated_along | 137 人
三(二) | standards.moved_along.parameters.most | 10 %
二(三) | measures.service_centre.tasks.0.amount | 22 个
二(三) | measures.happy_home.tasks.0.amount | 30 家
四3 | measures.water_works.tasks.0.amount | 7 处
四3 | facts.drinking_money | 1200 万元
四3 | facts.water_persons | 15000 人
二(三) | measures.canal.tasks.0.amount | 20 公里
四3 | measures.irrigation.tasks.0.amount | 35 处
四3 | facts.irrigation_villages | 28 村
四5 | facts.grid_reliability | 98 %
四5 | facts.grid_coverage | 90 %
四5 | measures.grid_area.tasks.0.amount | 120 台区
四6 | measures.broadcast_station.tasks.0.amount | 2 座
四6 | measures.broadband.tasks.0.amount | 57 村
四6 | measures.television.tasks.0.amount | 100 %
四6 | measures.broadcast_village.tasks.0.amount | 57 村
四7 | measures.reading_room.tasks.0.amount | 57 个
四2 | measures.greening.tasks.0.amount | 67 个
三(一)1(2) | facts.parks_per_township | 1 个/乡镇
三(一)1(3) | measures.village_base.tasks.0.amount | 57 个
三(一)1(3) | measures.coop.tasks.0.amount | 151 家
三(一)1 | measures.leading_firm.tasks.0.amount | 3 家
三(一) | facts.crops | 30000 亩
三(一) | facts.livestock | 510000 头羽
三(一)4 | facts.processing_parks | 2 个
三(一)4 | facts.processing_park_area | 500 亩/个
三(一)5 | facts.commerce_firms | 3 家
三(三)6 | population.graduates | 1477 人
三(四)1 | measures.training.tasks.0.amount | 1000 人
三(四)2 | measures.public_post.tasks.0.amount | 500 岗
三(四)3 | facts.park_firms | 5 家
三(四)3 | facts.park_jobs | 300 人
三(五)5 | population.disabled | 6822 人
五(七) | facts.envoys_first | 57 村/年
五(七) | facts.envoys_years | 3 年
五(五) | facts.leader_villages_least | 2 村/人
五(五) | facts.leader_villages_most | 5 村/人
五(五) | facts.leader_households | 5 户/人
五(五) | facts.department_villages | 2 村/个
五(五) | facts.leader_townships | 1 乡镇/人
五(四)4 | facts.mutual_fund | 50 万元/村
五(六)2 | facts.firm_villages | 57 村
三(二)3 | standards.dwelling_area.parameters.per_head | 25 平方米/人
三(二)3 | standards.dwelling_area.parameters.per_household | 90 平方米/户
三(二)3 | standards.dwelling_area.parameters.single | 40 平方米/户
三(二)3 | standards.dwelling_area.parameters.large | 120 平方米/户
三(二)3 | standards.dwelling_plot.parameters.per_household | 80 平方米/户
三(二)3 | standards.dwelling_cost.parameters.per_head | 4 万元/人
三(二)3 | standards.dwelling_cost.parameters.per_household | 14 万元/户
三(二)4 | measures.relocation_home.cost | 6 万元/人
三(二)4 | measures.relocation_home.cost_cap | 20 万元/户
三(二)4 | facts.relocated_all | 1518 人
三(三)1 | facts.schooling_years | 15 年
三(三)2 | standards.boarders.parameters.primary | 1000 元/人/年
三(三)2 | standards.boarders.parameters.junior | 1250 元/人/年
三(三)3 | standards.yulu.parameters.university | 5000 元/人
三(三)3 | facts.yulu_vocational | 6000 元/人
三(三)3 | standards.yulu.parameters.part | 3000 元/人/年
三(三)3 | standards.yulu.parameters.years | 2 年
三(三)4 | standards.student_loan.parameters.most | 8000 元/人/年
三(五)1 | standards.premium.parameters.share | 40 %
三(五)1 | standards.reimbursement.parameters.more | 10 %
三(五)3 | standards.inpatient_ceiling.parameters.dibao_disabled | 15000 元/人/年
三(五)3 | standards.inpatient_ceiling.parameters.dibao | 12000 元/人/年
三(五)3 | standards.inpatient_ceiling.parameters.wubao | 30000 元/人/年
三(五)4 | standards.temporary_relief.parameters.multiple | 4 倍
三(一)3 | standards.firm_reward.parameters.least | 5 万元/家
三(一)3 | standards.firm_reward.parameters.most | 15 万元/家
三(一)3 | standards.household_loan.parameters.most | 5 万元/户
三(一)3 | standards.coop_loan.parameters.most | 20 万元/家
五(四)2 | standards.loan_interest.parameters.years | 3 年
五(四)2 | standards.loan_interest.parameters.principal | 5 万元/户
五(四)3 | standards.startup_loan.parameters.least | 5 万元/户
五(四)3 | standards.startup_loan.parameters.most | 10 万元/户
二(三) | measures.road_gravel.tasks.0.amount | 1200 公里
"""

RECORDED = """
一 | 三年脱帽，两年巩固提升
二(一) | 具体任务分解见附件
二(二) | 高于全区平均水平
二(四) | 一门以上就业创业技能
二(五) | 社会资本
三(一)1(4) | 一定的资金扶持
三(一)1(5) | 一人一技
三(一)3 | 以奖代补
三(二)2 | 土地利用规划
三(二)3 | 户均不超过90平方米
三(二)4 | 群众自筹
三(二)5 | 力争帮助贫困户实现当年脱贫
三(三)5 | 技校
三(三)6 | 100%
三(五)2 | 医疗保险基金
三(五)4 | 400%
三(六)1 | 逐步把低保线提高到扶贫线标准
四1 | 路基宽4.5米、路面宽3.5米
四1 | 整合资金或融资
四7 | 不足部分由市财政局负责筹集
五(一)1 | 市、乡、村三级
五(一)2 | 2016年3月25日
五(一)3 | 倒排工期、挂图作战
五(二)2 | 资金筹集和使用管理实施方案
五(二)3 | 领导小组会审批复
五(二)4 | 下半年
五(二)5 | 审计
五(三) | 一事一议
五(四)1 | 评级授信
五(四)2 | 不超过3年
五(四)3 | 担保机构
五(四)5 | 自下而上
五(五) | 六个一
五(六)1 | 捐款账户
五(八) | 10月17日
六(一) | 8个专责工作组
六(一) | 责任书
六(六) | 每半年
六(六) | 问责
三(一) | 牵头单位：市农业局
三(二) | 牵头单位：市发改局
三(三) | 牵头单位：市教育局
三(四) | 牵头单位：市人社局
三(五) | 牵头单位：市卫计局
三(六) | 牵头单位：市民政局
四 | 牵头单位：市交通局
五(一) | 牵头单位：市扶贫办
五(二) | 牵头单位：市财政局
五(三) | 牵头单位：市财政局
五(四) | 牵头单位：市财政局
五(五) | 牵头单位：市委组织部
五(六) | 牵头单位：市委统战部
五(七) | 牵头单位：市科技局
五(八) | 牵头单位：市委宣传部
"""

HOUSEHOLD = {"house", "water", "electricity", "road", "schooling", "medical", "television", "income_source", "income"}
VILLAGE = {
    "incidence", "coop", "industry", "service_centre", "leadership", "road_hard", "grid", "broadcasting", "broadband",
    "water", "houses", "insurance",
}  # fmt: skip
LEADS = {"industry": "市农业局", "relocation": "市发改局", "education": "市教育局", "employment": "市人社局",
         "medical": "市卫计局", "dibao": "市民政局"}  # fmt: skip
READINGS = {
    # number in the list of what does not add up: ruling, a value that depends on it, what the audit computes
    12: ("dibao_counts", "relations.persons_after_dibao", "51925"),
    13: ("dibao_labour_twice", "relations.dibao_labour_twice", "18500"),
    14: ("relocation_cap", "measures.relocation_home.cost_cap", "380"),
    15: ("later_money", "money.scale", "2020"),
    16: ("dibao_line", "dynamics.dibao_floor", "649.44"),
    17: ("roads_split", "measures.road_concrete.cost", "20060"),
}


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.fixture(scope="module")
def plan(root) -> Plan:
    return load_plan(root / "scenarios" / "guiping-2016" / "plan.yaml")


@pytest.fixture(scope="module")
def uses(plan):
    return {use.clause: use for use in clause_uses(plan)}


@pytest.mark.parametrize(("clause", "path", "printed"), rows(FIGURES), ids=lambda cell: cell)
def test_a_printed_figure_stands_under_its_clause_as_printed(plan, uses, clause, path, printed):
    found = find_number(plan, path)
    assert f"{found.value:g}" == f"{float(printed.split()[0]):g}"
    assert found.unit == printed.split()[1]
    assert clause in split_clauses(found.clause or "")
    assert (path, found.unit) in {(use.path, use.value.split()[-1]) for use in uses[clause].uses if use.value}


@pytest.mark.parametrize(("clause", "words"), rows(RECORDED), ids=lambda cell: cell)
def test_words_without_a_figure_are_recorded_under_their_clause(plan, clause, words):
    recorded = plan.clauses[clause]
    assert words in f"{recorded.title} {recorded.words}"


def test_every_clause_that_no_run_reads_says_why(uses):
    assert [use.clause for use in uses.values() if not use.in_the_run and not use.reason] == []


def test_every_figure_that_only_the_reader_needs_stands_under_a_clause_that_says_why(plan):
    for path, stages in reads_of(plan).items():
        if path.startswith("facts.") and not stages:
            cited = split_clauses(find_number(plan, path).clause or "")
            assert any(plan.clauses[clause].unmodelled for clause in cited), path


def test_the_exit_criteria_are_nine_of_the_household_and_twelve_of_the_village(plan):
    assert set(plan.household_criteria) == HOUSEHOLD
    assert set(plan.village_criteria) == VILLAGE
    assert {c.clause for c in plan.household_criteria.values()} == {"二(二)"}
    assert {c.clause for c in plan.village_criteria.values()} == {"二(三)"}


def test_the_lead_departments_are_those_of_the_document(plan):
    assert {key: pathway.lead for key, pathway in plan.pathways.items()} == LEADS
    assert plan.lines["infrastructure"].lead == "市交通局"


@pytest.mark.parametrize("number", READINGS)
def test_a_reading_is_a_ruling_with_what_depends_on_it(plan, number):
    ruling, path, figure = READINGS[number]
    assert len(plan.rulings[ruling].options) >= 2
    assert path in depends_on(plan)[ruling]
    assert path in listing(plan)
    told = [f for f in audit(plan) if f.ruling == ruling or f.key == "sources.years"]
    assert any(
        figure in str({k: float(v) for k, v in f.figure_values().items() if not isinstance(v, str)}) for f in told
    )


def test_every_ruling_is_carried_out_somewhere_or_read_by_the_code(plan):
    reads = reads_of(plan)
    for name, paths in depends_on(plan).items():
        assert paths or reads[f"rulings.{name}"] & set(RUN), name


def test_the_command_lists_every_clause_and_in_short_only_those_outside_the_run():
    runner = CliRunner()
    whole = runner.invoke(app, ["clauses", str(TINY / "plan.yaml")])
    assert whole.exit_code == 0
    assert whole.output.startswith("甲  总则\n    horizon  [登记表、安排、仿真、对比]\n")
    assert "    lines.paths.amount = 180 万元  [安排、对比、校验]" in whole.output
    # the ruling of the tiny plan settles one relation and nothing else
    assert "    ● apart  另计\n    ○ inside  计入\n    随之而定：relations.twice" in whole.output
    short = runner.invoke(app, ["clauses", str(TINY / "plan.yaml"), "--unused", "--lang", "en"])
    assert short.exit_code == 0
    assert "甲" not in short.output.splitlines()[0]
    assert "Values that nothing reads\n  dynamics.drift" in short.output


def test_a_cap_is_listed_under_its_clause_as_used_to_judge_households(plan):
    told = listing(plan)
    assert "    standards.dwelling_area.parameters.single = 40 平方米/户  [逐户判定]" in told
    assert "    逐户判定用到，安排与仿真不用：面积、宅基地与造价按户规模和读法逐户判定" in told
    assert "Used to judge households, not by the run: The limit is judged by household" in listing(plan, "en")


def test_a_clause_that_nothing_cites_and_nobody_explains_is_told(plan):
    bare = plan.model_copy(update={"clauses": {**plan.clauses, "七": plan.clauses["一"]}})
    assert listing(bare, unused=True).count("没有引用，也没有写明原因。") == 1
