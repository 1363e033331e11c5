"""Whole exits against brute force: every choice of villages and years tried, on counties made at random."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.allocation import branching
from planner.allocation.allocate import Bounds, allocate_under, prepare, solve_ranks
from planner.allocation.exits import GAP
from planner.allocation.formulation import Draft
from planner.allocation.holding import EXITS
from planner.allocation.objectives import rank
from planner.allocation.program import Builder, Program
from planner.allocation.pulp_view import PulpSolver
from planner.allocation.solving import Solver, search
from planner.errors import Infeasible, SolverFailed
from tests.allocation.outside import SCIP, ScipSolver, every_choice
from tests.allocation.random_counties import county
from tests.allocation.ranking import ranked
from tests.allocation.tiny import FIRST, SECOND, award_plan, due, poor_households, tiny_register

AIMS = ("villages", "persons", "most")
COUNTIES = range(16)


def drafted(seed: int) -> tuple[Draft, Program]:
    return prepare(*county(seed), AIMS)


def costs(made: Draft, program: Program, seed: int) -> dict[str, np.ndarray[Any, Any]]:
    """The aims, and one in which every village has a worth of its own, less in the second year."""
    found = {name: rank(name).cost(made, program) for name in AIMS}
    worth = np.zeros(len(program.lower))
    luck = np.random.default_rng(seed + 100)
    worth[made.off] = -luck.integers(1, 9, (len(made.off), 1)) * np.array([1.0, 0.7])
    return {**found, "worth": worth}


def least_by_trying(made: Draft, program: Program, cost: Any, kept: Any = ()) -> float:
    """The least over every yes and no; a choice that bounds forbid is not tried, one that rows forbid has no answer."""
    solver = Solver(program)
    for row, at_most in kept:
        solver.keep(row, at_most)
    solver.solve(cost)
    columns = made.forward[program.whole[made.forward]]
    assert len(columns) <= 10
    best = np.inf
    for choice in every_choice(len(columns)):
        held = np.array(choice)
        if (held > program.upper[columns]).any():
            continue
        solver.bound_columns(columns, held, held)
        try:
            best = min(best, solver.again().objective)
        except Infeasible:
            continue
    return best


@pytest.mark.parametrize("seed", COUNTIES)
def test_every_search_finds_what_trying_every_choice_finds(seed):
    made, program = drafted(seed)
    for name, cost in costs(made, program, seed).items():
        best = least_by_trying(made, program, cost)
        found = [
            search(program, cost, {"gap": 0.0, "nodes": 10_000}),
            PulpSolver(program).branch(cost, 0.0),
            *([ScipSolver(program).branch(cost, 0.0)] if SCIP else []),
        ]
        assert [one.objective for one in found] == pytest.approx([best] * len(found), rel=1e-6, abs=1e-6), name
        for one in found[:2]:
            whole = one.values[program.whole]
            assert np.array_equal(whole, np.round(whole)), name
            assert one.bound <= best + 1e-6, name


def test_shares_of_villages_reach_more_than_whole_ones_so_that_there_is_something_to_search():
    """Otherwise the tests above would try nothing."""
    lost = []
    for seed in COUNTIES:
        made, program = drafted(seed)
        cost = costs(made, program, seed)["worth"]
        lost.append(least_by_trying(made, program, cost) - Solver(program).solve(cost).objective)
    assert min(lost) >= -1e-6
    assert sum(x > 0.1 for x in lost) >= len(COUNTIES) / 2


@pytest.mark.parametrize("seed", [1, 2])
def test_the_child_process_finds_it_too_with_a_rank_kept_before(seed):
    """The most persons first; then, conceding a fiftieth of them, the worth of the villages."""
    made, program = drafted(seed)
    by_name = costs(made, program, seed)
    most = search(program, by_name["most"], {"gap": 0.0, "nodes": 10_000}).objective
    kept = [(by_name["most"], most * 0.98)]
    best = least_by_trying(made, program, by_name["worth"], kept)
    for make in (Solver, PulpSolver, lambda p: PulpSolver(p, engine="highs")):
        engine = make(program)
        for row, at_most in kept:
            engine.keep(row, at_most)
        assert engine.branch(by_name["worth"], 0.0).objective == pytest.approx(best, rel=1e-6, abs=1e-6)


def test_the_child_process_is_told_of_bounds_that_were_changed():
    made, program = drafted(3)
    cost = costs(made, program, 3)["worth"]
    for make in (Solver, PulpSolver):
        engine = make(program)
        for column in made.forward[0].tolist():
            engine.bound_column(column, 0.0, 0.0)
        upper = program.upper.copy()
        upper[made.forward[0]] = 0.0
        less = Program(
            program.columns, program.rows, program.matrix, program.lower, upper, program.row_lower, program.row_upper
        )
        best = least_by_trying(made, less, cost)
        assert engine.branch(cost, 0.0).objective == pytest.approx(best, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", COUNTIES)
def test_an_allocation_puts_as_many_villages_forward_as_can_be_within_its_gap(seed):
    plan, register = county(seed)
    made, program = drafted(seed)
    best = least_by_trying(made, program, costs(made, program, seed)["villages"])
    (reached,) = [
        r.value for r in allocate_under(plan, register, (rank(EXITS), rank("persons"))).ranks if r.name == EXITS
    ]
    assert best - 1e-7 <= reached <= best + GAP * abs(best) + 1e-7


class Crashing(Solver):
    """A solver whose search for whole exits never comes back."""

    def branch(self, cost: Any, gap: float) -> Any:
        raise SolverFailed("crashed")


@pytest.mark.parametrize("seed", COUNTIES)
def test_where_the_search_fails_the_exits_are_whole_and_allowed_all_the_same(seed):
    made, program = drafted(seed)
    ranks = (rank(EXITS), rank("persons"))
    values, served = solve_ranks(made, program, Bounds(Crashing(program), program), ranks)
    whole = values[program.whole]
    assert np.abs(whole - np.round(whole)).max() < 1e-9
    best = least_by_trying(made, program, served[0].cost)
    assert served[0].objective >= best - 1e-7
    assert served[0].free is not None
    relaxed = served[0].free.objective
    assert relaxed <= best + 1e-7


@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="the villages are chosen for the first aim alone: of equals, whichever comes",
)
def test_of_villages_equally_good_for_the_first_aim_those_go_forward_that_serve_the_next():
    """Three awards once; one village of two is due and either can leave, with 12 persons or with 6, in either order.

    12 are due in either year: with 12 out none and then half are missing, which is 0.5.
    """
    village = {"poor_village": [1, 1], "due_year": [FIRST, FIRST], "rural_persons": [20, 20], "road_hard": [1, 1]}
    plan = award_plan(
        1.5,
        schedule={str(FIRST): due(12, 1), str(SECOND): due(12, 0)},
        measures={"grow": {"capacity": {"values": {str(FIRST): 3}}}},
        regime={"aims": [EXITS, "persons"]},
    )
    plan = plan.model_copy(update={"money": plan.money.model_copy(update={"years": "once"})})
    for persons in ([4, 4, 4, 2, 2, 2], [2, 2, 2, 4, 4, 4]):
        homes = poor_households(6, [0, 0, 0, 1, 1, 1]) | {"persons": persons}
        register = tiny_register(homes, {**village, "township": [0, 1], "km_gravel": [0, 0]})
        assert ranked(plan, register).reached == pytest.approx({EXITS: 0.0, "persons": 0.5}, abs=1e-6)


# The child process itself


def odd() -> tuple[Program, np.ndarray[Any, Any]]:
    """2x + 2y = 3 with x and y whole."""
    builder = Builder()
    numbers = builder.columns("x", [("x",), ("y",)], upper=1.0, whole=True)
    builder.rows("odd", [()], [(np.zeros(2, int), numbers, 2.0)], 3.0, 3.0)
    return builder.finish(), np.ones(2)


def test_a_search_that_finds_nothing_allowed_says_so():
    program, cost = odd()
    for make in (Solver, PulpSolver, lambda p: PulpSolver(p, engine="highs")):
        with pytest.raises(Infeasible):
            make(program).branch(cost, 0.0)


def test_a_child_that_ends_badly_is_a_failure_of_the_search_not_of_the_program(monkeypatch, tmp_path):
    program, cost = odd()
    bad = tmp_path / "bad"
    bad.write_text(f"#!{sys.executable}\nimport os, sys\nsys.stderr.write('no room')\nos._exit(7)\n", encoding="utf-8")
    Path(bad).chmod(0o700)
    monkeypatch.setattr(branching.sys, "executable", str(bad))
    with pytest.raises(SolverFailed, match="status 7: no room"):
        Solver(program).branch(cost, 0.0)
