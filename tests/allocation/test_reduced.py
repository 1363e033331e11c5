"""The shipped plan, a twentieth of it: every measure, source and ruling it has, small enough to solve in a blink."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.allocation.allocate import allocate, prepare
from planner.allocation.assignment import NEVER
from planner.allocation.certificate import certify
from planner.allocation.holding import sides_by_rank
from planner.allocation.ledger_check import check_against, check_ledger
from planner.allocation.objectives import aims_of
from planner.allocation.proposal import Proposal
from planner.allocation.rounding import round_plan
from planner.plan.loading import load_plan
from planner.plan.model import Plan
from planner.quantities import share_out
from planner.register.model import Register
from planner.register.synthesis import synthesise

PARTS = 20
KINDS = ("tasks_hard", "lines_within", "as_written")


def reduced(plan: Plan) -> Plan:
    """A twentieth of every person, village, unit, capacity and yuan; 3 townships; villages due in thirds."""
    tree = json.loads(plan.model_dump_json(exclude_none=True))

    def shrink(figure: dict[str, Any], least: float = 0.0) -> None:
        figure["value"] = max(least, round(figure["value"] / PARTS, 4))

    for name, figure in tree["population"].items():
        if name not in ("per_household", "near_poor_share"):
            figure["value"] = float(round(figure["value"] / PARTS))
    tree["population"]["poor_villages"]["value"] = 9.0
    tree["townships"] = tree["townships"][:3]
    persons = share_out(int(tree["population"]["poor"]["value"]), [3, 2, 2])
    for due, count in zip(tree["schedule"].values(), persons, strict=True):
        due["persons"]["value"], due["villages"]["value"] = float(count), 3.0
    for pathway in tree["pathways"].values():
        if "target" in pathway:
            shrink(pathway["target"])
    for entry in (*tree["lines"].values(), *tree["sources"].values()):
        if "amount" in entry:
            shrink(entry["amount"])
    for measure in tree["measures"].values():
        measure["capacity"]["values"] = {y: max(1.0, v / PARTS) for y, v in measure["capacity"]["values"].items()}
        for task in measure["tasks"]:
            held = measure["kind"] == "held"
            task["amount"]["value"] = (
                task["amount"]["value"] / PARTS if held else float(round(task["amount"]["value"] / PARTS))
            )
    return Plan.model_validate_json(json.dumps(tree))


@pytest.fixture(scope="module")
def plan(root: Path) -> Plan:
    return reduced(load_plan(root / "scenarios" / "guiping-2016" / "plan.yaml"))


@pytest.fixture(scope="module")
def register(plan: Plan) -> Register:
    return synthesise(plan, 3)


def under(plan: Plan, kind: str, **money: Any) -> Plan:
    regime = plan.regime.model_copy(update={"kind": kind, "within": 0.5})
    return plan.model_copy(update={"regime": regime, "money": plan.money.model_copy(update=money)})


CASES = [*((kind, "repeated") for kind in KINDS), ("tasks_hard", "once"), ("as_written", "once")]


@pytest.fixture(scope="module", params=CASES, ids=["-".join(case) for case in CASES])
def solved(request, plan, register) -> tuple[Plan, Register, Proposal]:
    kind, years = request.param
    chosen = under(plan, kind, years=years)
    return chosen, register, allocate(chosen, register)


def test_it_is_certified_proved_and_its_ledger_holds(solved):
    plan, register, proposal = solved
    made, program = prepare(plan, register)
    certificate = certify(program, proposal.values, proposal.served)
    assert certificate.holds, certificate.breaches[:3]
    assert certificate.proved, certificate.proofs
    assert check_ledger(plan, proposal.entries) == ()
    assert check_against(made, proposal.values, proposal.entries) == ()


def test_the_bounds_of_every_rank_are_what_plan_program_and_exits_say(solved):
    plan, register, proposal = solved
    made, program = prepare(plan, register)
    for sides, served in zip(
        sides_by_rank(made, program, aims_of(plan), proposal.values), proposal.served, strict=True
    ):
        lower, upper = (program.lower, program.upper) if served.lower is None else (served.lower, served.upper)
        assert (sides.lower == lower).all(), served.name
        assert (sides.upper == upper).all(), served.name


def test_money_by_source_line_year_and_place_is_one_sum(solved):
    _, _, proposal = solved
    for part in ("source", "line", "year", "places", "measure"):
        names = {getattr(e, part) for e in proposal.entries}
        assert sum(sum(e.yuan for e in proposal.entries if getattr(e, part) == n) for n in names) == proposal.yuan()


def test_the_first_year_as_written_is_the_printed_lines_to_the_yuan(plan, register):
    written = under(plan, "as_written")
    proposal = allocate(written, register)
    for name in written.leaves("plan"):
        line = written.lines[name]
        found = sum(e.yuan for e in proposal.entries if e.line == name and e.year == written.horizon.first)
        assert found == (line.amount.yuan if line.amount else 0), name


def test_nobody_gets_what_he_cannot_take_and_nobody_leaves_twice(solved):
    plan, register, proposal = solved
    made, _ = prepare(plan, register)
    needs = made.problem.needs
    for measure, delivered in proposal.assignment.delivered.items():
        assert needs.takes[measure][delivered != NEVER].all(), measure
    out = proposal.assignment.exit_year != NEVER
    assert ((proposal.assignment.package != NEVER) == out).all()
    chosen = np.flatnonzero(out)
    chance = needs.chance[chosen, proposal.assignment.package[chosen], proposal.assignment.exit_year[chosen]]
    assert (chance >= needs.least_chance).all()


def test_names_are_as_many_as_the_rounded_units_of_each_stratum_and_year(solved):
    plan, register, proposal = solved
    made, _ = prepare(plan, register)
    problem, rounded = made.problem, round_plan(made, proposal.values)
    stratum = problem.strata.of_village[register.households["village"][problem.needs.rows]]
    for measure, stock in rounded.stock.items():
        for y in range(made.years):
            holds = proposal.assignment.holds[measure][:, y]
            assert np.bincount(stratum[holds], minlength=len(stock)).tolist() == stock[:, y].tolist(), measure


def test_more_money_never_does_worse_on_the_first_aim(plan, register):
    reached = []
    for scale in (1.0, 1.3):
        figure = plan.money.scale.model_copy(update={"value": scale})
        reached.append(allocate(under(plan, "tasks_hard", scale=figure), register).ranks[0].value)
    assert reached[1] <= reached[0] + 1e-7
