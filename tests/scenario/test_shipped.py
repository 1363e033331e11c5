"""The shipped scenarios: each asks one question, gives a reason for every change, and can be divided and compared."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from planner.allocation.allocate import allocate
from planner.allocation.proposal import Proposal
from planner.plan.audit import audit
from planner.plan.clauses import listing
from planner.plan.findings import minutes as audit_minutes
from planner.plan.regime import AIMS
from planner.plan.unread import reads_of
from planner.quantities import COUNT_UNITS
from planner.register.synthesis import synthesise
from planner.scenario.difference import minutes
from planner.scenario.resolving import Resolved, resolve, resolve_many
from tests.allocation.test_reduced import reduced

CHINESE = re.compile(r"[\u4e00-\u9fff]{3,}")
UNITS = re.compile("|".join(sorted(COUNT_UNITS - {"%"}, key=len, reverse=True)))
HERE = Path(__file__).resolve().parents[2] / "scenarios" / "guiping-2016"
WANTED = (
    "late-funds", "shortfall-10pct", "price-shock", "illness-year", "employment-first", "equity", "tasks-soft",
    "within-10pct", "2016-alone",
)  # fmt: skip
FATE = ("late-funds", "shortfall-10pct", "price-shock", "illness-year")
"""Scenarios of what happens to a plan: what is arranged beforehand knows nothing of it."""
ALL = [p.stem for p in sorted(HERE.glob("*.yaml")) if "\nextends:" in p.read_text(encoding="utf-8")]


def left_in_chinese(line: str) -> list[str]:
    """Words in Chinese of a line in English, units, quotations, sources and heading numbers apart."""
    if line.strip().startswith(("“", "Figures:")):
        return []
    return CHINESE.findall(UNITS.sub("", re.sub(r"“[^”]*”", "", line)))


@pytest.fixture(scope="module")
def resolved() -> dict[str, Resolved]:
    return {name: resolve(HERE / f"{name}.yaml") for name in ALL}


def test_the_scenarios_asked_for_are_there():
    assert {"no-programme", "as-written", "optimised", *WANTED} <= set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_a_scenario_asks_one_question_and_gives_a_reason_for_every_change_in_both_languages(resolved, name):
    case = resolved[name]
    assert case.question.rstrip("？").count("？") == 0
    assert case.question.endswith("？")
    assert case.english.count("?") == 1
    assert case.english != case.question
    assert case.english_name != case.name
    assert case.english_name.isascii()
    assert case.changes
    for change in case.changes:
        assert change.why
        assert change.english
        assert change.english != change.why


def test_the_difference_of_any_two_reads_as_minutes(resolved):
    for a, b in (*(("optimised", name) for name in WANTED), *pairwise(reversed(ALL))):
        for lang in ("zh", "en"):
            page = minutes(resolved[a], resolved[b], lang)
            told = page.splitlines()
            assert resolved[a].titled(lang) in told[0]
            assert resolved[b].titled(lang) in told[0]
            assert len(told) > 6
            assert "没有写理由" not in page
            assert "no reason given" not in page


@pytest.mark.parametrize("name", ALL)
def test_the_difference_in_english_shows_chinese_only_where_the_document_is_cited(resolved, name):
    """Units and heading numbers stay as the document has them; names, questions, reasons and options do not."""
    for line in minutes(resolved["as-written"], resolved[name], "en").splitlines():
        assert left_in_chinese(line) == []


def test_the_audit_and_the_clauses_in_english_show_chinese_only_where_the_document_speaks(resolved):
    plan = resolved["as-written"].plan
    assert plan.head.titled("en").isascii()
    for line in audit_minutes(audit(plan), "en").splitlines():
        assert left_in_chinese(line) == []
    titles = {f"{number}  {clause.title}" for number, clause in plan.clauses.items()}
    for line in listing(plan, "en").splitlines():
        assert line in titles or left_in_chinese(line) == []


def test_a_word_left_in_chinese_is_found_and_a_unit_is_none():
    assert left_in_chinese("  3. regime · 优先的途径: nothing → 转移就业") == ["优先的途径", "转移就业"]
    assert left_in_chinese("  4. yearly capacity: 1000 人/年 → 3000 人/年. Clause: 三(四)1; “照原文写”") == []


@pytest.mark.parametrize("name", FATE)
def test_what_happens_to_a_plan_changes_nothing_that_the_arrangement_reads(resolved, name):
    reads = reads_of(resolved[name].plan)
    changed = {change.path for change in resolved[name].changes} - {c.path for c in resolved["optimised"].changes}
    assert changed
    for path in changed:
        assert "simulation" in reads[path], path
        assert "allocation" not in reads[path], path


MOVED = {"employment-first": {"first_pathways"}, "equity": {"persons", "worst"}, "tasks-soft": {"tasks"}}


@pytest.mark.parametrize("name", MOVED)
def test_a_scenario_of_another_order_moves_only_the_aims_it_says(resolved, name):
    kept = [aim for aim in resolved[name].plan.regime.aims if aim not in MOVED[name]]
    assert kept == [aim for aim in AIMS if aim not in MOVED[name]]


@pytest.fixture(scope="module")
def divided(resolved) -> dict[str, Proposal]:
    """Proposals of a twentieth of the county under the scenarios that change what is arranged."""
    found = {}
    for name in ("optimised", "employment-first", "equity", "tasks-soft", "within-10pct"):
        plan = reduced(resolved[name].plan)
        if plan.regime.within:
            # a tenth of a line that is a twentieth of the county's may be less than one of its works
            plan = plan.model_copy(update={"regime": plan.regime.model_copy(update={"within": 0.5})})
        found[name] = allocate(plan, synthesise(plan, 3))
    return found


def value_of(proposal: Proposal, aim: str) -> float:
    return next(rank.value for rank in proposal.ranks if rank.name == aim)


def test_employment_first_leads_more_out_by_employment_in_the_first_year(divided):
    assert divided["employment-first"].expected.short["employment"] < divided["optimised"].expected.short["employment"]


def test_equity_helps_the_worst_off_township_and_never_costs_it(divided):
    assert value_of(divided["equity"], "worst") <= value_of(divided["optimised"], "worst") + 1e-6


def test_soft_tasks_reach_no_less_and_bounded_lines_no_more(divided):
    assert value_of(divided["tasks-soft"], "villages") <= value_of(divided["optimised"], "villages") + 1e-6
    assert value_of(divided["within-10pct"], "villages") >= value_of(divided["optimised"], "villages") - 1e-6


def test_2016_alone_holds_one_year_and_joins_the_plan_as_written(resolved):
    alone = resolved["2016-alone"].plan
    assert alone.horizon.years == (2016,)
    assert set(alone.schedule) == {2016}
    assert {milestone.year for milestone in alone.milestones.values()} == {2016}
    assert {m.year for m in resolved["optimised"].plan.milestones.values()} > {2016}
    joined = resolve_many(f"{HERE / 'as-written.yaml'}+2016-alone.yaml").plan
    assert (joined.regime.kind, joined.horizon.years) == ("as_written", (2016,))


def test_villages_left_for_later_are_due_after_the_only_year(resolved):
    """The county is the same: 57 villages due in the first year, the same ones, and 94 later."""
    alone, whole = (synthesise(resolved[name].plan, 1).villages for name in ("2016-alone", "optimised"))
    assert ((alone["due_year"] == 2016) == (whole["due_year"] == 2016)).all()
    assert int((alone["due_year"] == 2016).sum()) == 57
    assert int((alone["due_year"] > 2016).sum()) == 94
