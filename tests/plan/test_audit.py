"""The audit of the tiny plan, worked by hand, and what each change of one number does to it."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from planner.plan.audit import audit
from planner.plan.findings import Arithmetic, Coverage, HorizonGap, Overlap, minutes, to_json, words
from planner.plan.loading import load_plan
from planner.scenario.resolving import resolve
from tests.museum.cases import TINY


@pytest.fixture(scope="module")
def findings():
    return {finding.key: finding for finding in audit(load_plan(TINY / "plan.yaml"))}


BY_HAND = {
    "persons": (Arithmetic, "途径与任务：分项合350人，总数为400人，少50人。"),  # 250 + 100
    "money": (Arithmetic, "各项与总数：分项合510万元，总数为不少于520万元，少10万元。"),  # 300 + 90 + 120
    "moved_twice": (Arithmetic, "两处搬迁人数：一处为120人，另一处为100人，多20人。"),
    "along_most": (Arithmetic, "随迁：13人，超过上限12人，多1人。"),  # 10 % of 120
    "jobs_cover": (Coverage, "就业：需250人，有着落的30人，还差220人。"),
    "funds": (Coverage, "互助资金：需12万元，方案没有对应安排。"),  # 6 villages x 2
    "twice": (Overlap, "低保与任务：70人可能已含在400人之内；若不含，合计为470人。"),
    "later": (HorizonGap, "以后各年：涉及900人，已有安排的400人，其余500人没有安排。"),
    "lines.works": (Arithmetic, "资金项“工程”：分项合280万元，总数为约300万元，少20万元。"),  # 180 + 100
    # leaves 180 + 100 + 90 + 120 = 490; named 120 + 80 + 150 = 350
    "sources": (Coverage, "各项共需490万元，列明金额的来源共350万元，资金缺口140万元。"),
    # land pays farms only, so paths, wells and homes (400) live on taxes and grant (270)
    "sources.restricted": (Coverage, "道路、水井、住房共需400万元，可用于这几项的列明资金只有270万元，差130万元。"),
    "lines.clinic": (Coverage, "资金项“卫生”没有金额。"),
    "lines.clinic.measures": (Coverage, "资金项“卫生”没有对应的措施，钱花在什么上面没有写。"),
    "pathways.moving.target": (Coverage, "脱贫途径“搬迁”有100人的任务，但没有增收措施。"),
    "household_criteria.school": (Coverage, "脱贫标准“有学上”没有措施去补：现在不达标的就一直不达标。"),
    # 10 wells x 12
    "lines.wells.tasks": (Coverage, "资金项“水井”的任务按单价需120万元，金额为100万元，还差20万元。"),
    "measures.well.tasks.0": (Coverage, "措施“打井”的任务为10个，一年最多能办8个，超出2个。"),
    "sources.years": (HorizonGap, "资金只列到2001年，而方案期到2003年：以后2年的资金是假定。"),
}


def test_the_tiny_plan_has_these_findings_and_no_other(findings):
    assert set(findings) == set(BY_HAND)


@pytest.mark.parametrize("key", BY_HAND)
def test_a_finding_is_of_its_kind_and_in_these_words(findings, key):
    kind, sentence = BY_HAND[key]
    assert type(findings[key]) is kind
    assert words(findings[key]) == sentence


@pytest.mark.parametrize("key", BY_HAND)
def test_a_finding_stands_in_english_too(findings, key):
    english = words(findings[key], "en")
    assert not any("\u4e00" <= c <= "\u9fff" for c in english.replace("人", "").replace("万元", "").replace("个", ""))
    assert english.endswith(".")


def test_relations_that_hold_say_nothing(findings):
    # 300 households x 25 yuan are 0.75 wan; 400 + 500 reach 900
    assert not {"premium_money", "due"} & set(findings)


def test_about_and_at_least_are_kept_as_printed(findings):
    money = findings["money"]
    assert (money.difference, money.left_sense, money.right_sense) == (Fraction(-10), "about", "at_least")
    assert money.carried_by == ("lines.works.amount",), "only the line printed as about could hold the 10 more"
    assert findings["persons"].carried_by == ()


def test_severity_grows_with_the_share_that_is_off(findings):
    assert findings["persons"].severity == "serious", "50 of 400 is an eighth"
    assert findings["money"].severity == "warn", "10 of 520 is two per cent"
    assert findings["jobs_cover"].severity == "serious"


def test_a_finding_cites_every_clause_and_figure_it_rests_on(findings):
    assert findings["later"].clauses == ("甲", "乙1")
    assert [figure.path for figure in findings["persons"].figures] == [
        "pathways.herding.target",
        "pathways.moving.target",
        "schedule.2001.persons",
    ]


def test_a_ruling_that_settles_a_finding_is_shown_with_what_it_says(findings):
    twice = findings["twice"]
    assert (twice.ruling, twice.ruled, twice.choices, twice.choice) == (
        "allowance",
        "另计",
        ("apart", "inside"),
        "apart",
    )


def test_findings_are_plain_data_with_their_words(findings):
    plain = json.loads(json.dumps([to_json(finding, "en") for finding in findings.values()]))
    by_key = {item["key"]: item for item in plain}
    assert by_key["persons"]["kind"] == "arithmetic"
    assert (by_key["persons"]["left"], by_key["persons"]["right"], by_key["persons"]["difference"]) == (350, 400, -50)
    assert by_key["sources"]["lacking"] == 140
    assert by_key["later"]["beyond"] == 500
    assert by_key["persons"]["figures"][0] == {
        "path": "pathways.herding.target", "value": 250, "unit": "人", "origin": "乙1", "clause": "乙1",
        "sense": "exact", "ruling": None,
    }  # fmt: skip


def test_the_audit_in_words_names_kind_clauses_and_figures(findings):
    text = minutes(findings.values())
    assert text.startswith("1. [严重 · 算术] 途径与任务：分项合350人，总数为400人，少50人。\n   条款： 乙1\n")
    assert text.count("\n   数字： ") == sum(bool(f.figures) for f in findings.values())
    assert "[serious · arithmetic]" in minutes(findings.values(), "en")


CHANGES: list[tuple[str, object, set[str], set[str]]] = [
    # path, value, findings added, findings removed
    ("pathways.herding.target", 300, set(), {"persons"}),
    ("schedule.2001.persons", 350, {"due"}, {"persons"}),
    ("facts.whole", 510, set(), {"money"}),
    ("facts.whole", 500, set(), {"money"}),
    ("facts.moved", 100, set(), {"moved_twice"}),
    ("pathways.moving.target", 120, set(), {"moved_twice"}),
    ("facts.along", 12, set(), {"along_most"}),
    ("facts.along_limit", 11, set(), {"along_most"}),
    ("facts.jobs", 250, set(), {"jobs_cover"}),
    ("facts.fund", 0, set(), {"funds"}),
    ("population.on_allowance", 0, set(), {"twice"}),
    ("population.poor", 400, {"premium_money"}, {"later"}),
    ("population.poor", 901, {"premium_money", "due"}, set()),
    ("facts.premium", 26, {"premium_money"}, set()),
    ("facts.premiums", 0.8, {"premium_money"}, set()),
    ("population.per_household", 2, {"premium_money"}, set()),
    ("lines.paths.amount", 200, set(), {"lines.works"}),
    ("lines.works.amount", 280, set(), {"lines.works"}),
    ("lines.works.amount", 310, set(), {"money"}),
    ("sources.grant.amount", 290, set(), {"sources", "sources.restricted"}),
    ("sources.town_land.amount", 90, {"sources.town"}, set()),
    ("sources.town_tax.amount", 300, {"sources.town"}, {"sources", "sources.restricted"}),
    ("lines.wells.amount", 120, set(), {"lines.wells.tasks", "lines.works"}),
    ("measures.well.cost", 10, set(), {"lines.wells.tasks"}),
    ("measures.well.tasks.0.amount", 8, set(), {"lines.wells.tasks", "measures.well.tasks.0"}),
    ("measures.path_work.own_share", 0, set(), set()),
    ("measures.path_work.cost", 13.1, {"lines.paths.tasks"}, set()),
    ("measures.path_work.tasks.0.amount", 21, {"lines.paths.tasks", "measures.path_work.tasks.0"}, set()),
    ("pathways.moving.counts", False, set(), {"pathways.moving.target"}),
    ("milestones.first.year", 2004, {"milestones.first"}, set()),
    ("household_criteria.school.kind", "income_source", set(), {"household_criteria.school"}),
    ("horizon.last", 2002, set(), set()),
]


@pytest.mark.parametrize(("path", "value", "added", "removed"), CHANGES, ids=[f"{c[0]}={c[1]}" for c in CHANGES])
def test_one_number_adds_or_removes_these_findings(findings, tmp_path, path, value, added, removed):
    import shutil

    place = shutil.copytree(TINY, tmp_path / "tiny")
    written = json.dumps(value)
    (place / "change.yaml").write_text(
        "name: change\nquestion: 改一个数\nextends: plan.yaml\noverrides:\n"
        f"  - {{path: {path}, value: {written}, why: 试}}\n",
        encoding="utf-8",
    )
    found = {finding.key for finding in audit(resolve(place / "change.yaml").plan)}
    assert found - set(findings) == added
    assert set(findings) - found == removed
