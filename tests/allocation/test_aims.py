"""The order of the aims is data: soft tasks, pathways put first, the worst-off township first, a horizon of one year."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from pydantic import ValidationError

from planner.allocation.allocate import allocate, prepare
from planner.allocation.certificate import certify
from planner.allocation.ledger_check import check_ledger
from planner.allocation.objectives import RANKS, aims_of
from planner.allocation.proposal import Proposal
from planner.errors import Infeasible
from planner.plan.model import Plan
from planner.plan.regime import AIMS
from tests.allocation.tiny import (
    FIRST,
    SECOND,
    award_plan,
    drafted,
    fig,
    poor_households,
    rows_of,
    source,
    tiny_plan,
    tiny_register,
)

SOFT = {"kind": "tasks_soft", "aims": ["villages", "persons", "pathways", "tasks", "most", "worst"]}
POOR_ROADS = {"own": source(30, ["homes", "people", "green"]), "tied": {"amount": {"value": 30}}}
"""Only the tied source pays for roads, and half of the task at that."""


def value_of(proposal: Proposal, aim: str) -> float:
    return next(rank.value for rank in proposal.ranks if rank.name == aim)


def test_the_aims_of_a_plan_are_known_and_in_the_order_it_gives():
    known = [aim.name for aim in RANKS]
    assert set(AIMS) == set(known) - {"tasks", "first_pathways", "tied_first"}
    assert [name for name in known if name in AIMS] == list(AIMS)
    assert aims_of(tiny_plan()) == AIMS
    assert aims_of(tiny_plan(regime={"aims": ["worst", "most"]})) == ("worst", "most")
    assert aims_of(tiny_plan(regime={"kind": "as_written"}))[0] == "closeness"


@pytest.mark.parametrize(
    "regime",
    [
        {"aims": []},
        {"aims": ["most", "most"]},
        {"aims": ["richest"]},
        {"kind": "tasks_soft"},
        {"aims": ["tasks", "most"]},
        {"pathways_first": ["industry"]},
        {"aims": ["first_pathways", "most"]},
    ],
)
def test_an_order_that_means_nothing_is_refused(regime: dict[str, Any]):
    with pytest.raises(ValidationError):
        tiny_plan(regime=regime)


def test_a_soft_task_has_a_column_for_what_is_missing_from_it():
    """4 km in the villages of the list, all of them in village 1: done × 4 + missing ≥ 4."""
    made, program = drafted(tiny_plan(regime=SOFT))
    held, low, up = rows_of(made, program, "task:gravel:0")[("gravel", FIRST)]
    assert held == {"done:gravel[1,2031]": 4.0, "short_task[gravel,0]": 1.0}
    assert (low, up) == (4.0, inf)
    assert drafted()[0].short_task == {}


def test_a_task_beyond_its_money_is_a_clash_when_hard_and_a_shortfall_when_soft():
    """A kilometre costs the line 16 less 1 of the residents: 30 pay for 2 of the 4 km, half of the task."""
    with pytest.raises(Infeasible):
        allocate(tiny_plan(sources=POOR_ROADS), tiny_register())
    proposal = allocate(tiny_plan(sources=POOR_ROADS, regime=SOFT), tiny_register())
    assert value_of(proposal, "tasks") == pytest.approx(0.5, abs=1e-4)
    # Half of it in the program; a village's road is bought whole or not, and the money of two years is enough for it.
    (meant,) = [loss.fractional for loss in proposal.losses if (loss.measure, loss.year) == ("gravel", 0)]
    assert meant == pytest.approx(2, abs=0.05)
    assert proposal.works["gravel"][1].tolist() == [0, 1]


def test_soft_tasks_reach_no_less_than_hard_ones_and_are_met_where_money_allows():
    hard, soft = allocate(tiny_plan(), tiny_register()), allocate(tiny_plan(regime=SOFT), tiny_register())
    for aim in ("villages", "persons", "pathways"):
        assert value_of(soft, aim) <= value_of(hard, aim) + 1e-6
    assert value_of(soft, "tasks") == pytest.approx(0, abs=1e-6)


def test_a_pathway_put_first_is_served_before_the_schedule():
    """27.05 pay greening (7), cover (0.05) and either one home for 4 persons (20) or awards of 0.5 for everybody else."""
    scarce: dict[str, Any] = {
        "sources": {
            "own": source(27.05, ["homes", "people", "green"]),
            "tied": {"amount": {"value": 60}},
            "land": None,
        },
        "pathways": {"relocation": {"target": fig(4, "人", year=FIRST)}},
        "money": {"years": "once"},
    }
    usual = allocate(tiny_plan(**scarce), tiny_register())
    first = {"pathways_first": ["relocation"], "aims": ["first_pathways", *AIMS]}
    moved = allocate(tiny_plan(**scarce, regime=first), tiny_register())
    assert value_of(moved, "first_pathways") == pytest.approx(0, abs=1e-4)
    assert usual.expected.short["relocation"] > 1, "the schedule is served first, a home only by what it leaves"
    assert moved.persons_out(FIRST) < usual.persons_out(FIRST)


def test_the_worst_off_township_put_first_gets_its_half():
    """4 awards for 8 poor households, 4 in each township; village 0 leaves the list with 13 of its 16 persons out.

    After the county's aims township 1 gets what is left, 3 of its 16 persons; put first, each township gets 2 of 4.
    """
    register = tiny_register(poor_households(8, [0, 0, 0, 0, 2, 2, 2, 2]))
    usual = allocate(award_plan(1.0), register)
    fair = allocate(award_plan(1.0, regime={"aims": ["worst", *(a for a in AIMS if a != "worst")]}), register)
    assert value_of(usual, "worst") == pytest.approx(-3 / 16, abs=0.03)
    assert value_of(fair, "worst") == pytest.approx(-0.5, abs=1e-4)


def one_year(**sections: Any) -> Plan:
    return tiny_plan(horizon={"last": FIRST}, schedule={str(SECOND): None}, **sections)


@pytest.mark.parametrize("kind", ["tasks_hard", "as_written", "lines_within"])
def test_a_horizon_of_one_year_is_divided_and_certified(kind):
    plan = one_year(regime={"kind": kind, "within": 0.5})
    made, program = prepare(plan, tiny_register())
    proposal = allocate(plan, tiny_register())
    assert proposal.years == (FIRST,)
    assert certify(program, proposal.values, proposal.served).holds
    assert check_ledger(plan, proposal.entries) == ()
    assert made.out.shape[1] == 1


def test_the_list_binds_in_the_only_year_of_a_schedule_that_leaves_persons_for_later():
    """24 of 48 persons are due, so 26.4 may be listed; with all 48 due nobody has to be left off."""
    bound = rows_of(*drafted(one_year()), "list")
    assert bound[(FIRST,)][2] == pytest.approx(26.4)
    everybody = tiny_plan(horizon={"last": FIRST}, schedule={str(SECOND): None, str(FIRST): {"persons": {"value": 48}}})
    assert rows_of(*drafted(everybody), "list") == {}
