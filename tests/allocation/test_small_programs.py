"""Small programs whose answer is known by hand, by trying every corner, or by duality: six ways to solve, one answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.allocation.allocate import Bounds, solve_ranks
from planner.allocation.answers import Answer
from planner.allocation.duality import proved_bound
from planner.allocation.objectives import BOUND, CONCESSION, Rank
from planner.allocation.program import Builder, Program
from planner.allocation.pulp_view import PulpSolver
from planner.allocation.solving import Solver, search
from planner.errors import Infeasible, SolverFailed
from tests.allocation.by_hand import TEXTBOOK, Small
from tests.allocation.by_hand_edges import EDGES
from tests.allocation.by_hand_planning import PLANNING
from tests.allocation.outside import SCIP, ScipSolver, ScipySolver, least_corner, with_scip

SMALL = (*TEXTBOOK, *PLANNING, *EDGES)
ANSWERED = [s for s in SMALL if s.best is not None]
ENGINES: dict[str, Any] = {
    "highs": Solver,
    "simplex": lambda program: Solver(program, algorithm="simplex"),
    "cbc": PulpSolver,
    "pulp-highs": lambda program: PulpSolver(program, engine="highs"),
    "scipy": ScipySolver,
    "scip": ScipSolver,
}
engines = pytest.mark.parametrize(
    "make", [pytest.param(m, id=n, marks=with_scip if n == "scip" else ()) for n, m in ENGINES.items()]
)


def each(small: list[Small]) -> Any:
    return pytest.mark.parametrize("small", small, ids=[s.name for s in small])


def test_there_are_at_least_sixty_and_no_two_are_the_same():
    assert len(SMALL) >= 60
    assert len({s.name for s in SMALL}) == len({(s.aim, s.rows, tuple(s.bounds.items())) for s in SMALL}) == len(SMALL)


def held(small: Small, program: Program, values: np.ndarray[Any, Any]) -> dict[str, float]:
    """Values by the names of the columns."""
    names = [str(label[0]) for block in program.columns for label in block.labels]
    return dict(zip(names, values.tolist(), strict=True))


@engines
@each(ANSWERED)
def test_every_solver_gives_the_answer_reckoned_by_hand(small, make):
    program, cost = small.built()
    answer: Answer = make(program).solve(cost)
    assert small.sign * answer.objective == pytest.approx(small.best, rel=1e-7, abs=1e-7), small.why
    values = held(small, program, answer.values)
    assert {n: values[n] for n in small.at} == pytest.approx(small.at, rel=1e-6, abs=1e-6), small.why
    if len(answer.prices) and small.prices:
        for price, known in zip(small.sign * answer.prices, small.prices, strict=True):
            low, high = known if isinstance(known, tuple) else (known, known)
            assert low is None or low - 1e-6 <= price <= high + 1e-6, small.why


@engines
@each([s for s in SMALL if s.best is None])
def test_every_solver_refuses_what_has_no_answer(small, make):
    program, cost = small.built()
    with pytest.raises((Infeasible, SolverFailed)):
        make(program).solve(cost)


@each(ANSWERED)
def test_no_corner_is_better_and_one_is_as_good(small):
    program, cost = small.built()
    assert small.sign * least_corner(program, cost) == pytest.approx(small.best, rel=1e-9, abs=1e-9), small.why


@each(ANSWERED)
def test_our_prices_prove_the_answer_without_a_solver(small):
    program, cost = small.built()
    answer = Solver(program).solve(cost)
    bound = proved_bound(program, cost, answer.prices, [], program.lower, program.upper)
    # Where nothing ends a column only prices that leave it no reason to grow prove anything.
    if bound is not None:
        assert small.sign * float(bound) == pytest.approx(small.best, rel=1e-7, abs=1e-7)
    assert bound is not None or np.isinf(program.upper).any() or np.isinf(program.lower).any()


@each([s for s in SMALL if s.whole])
def test_whole_numbers_by_four_searches(small):
    program, cost = small.built()
    searches = [
        lambda: search(program, cost, {"gap": 0.0, "nodes": 1000}),
        lambda: PulpSolver(program).branch(cost, 0.0),
        lambda: PulpSolver(program, engine="highs").branch(cost, 0.0),
        *([lambda: ScipSolver(program).branch(cost, 0.0)] if SCIP else []),
    ]
    for one in searches:
        if small.best_whole is None:
            with pytest.raises((Infeasible, SolverFailed)):
                one()
        else:
            assert small.sign * one().objective == pytest.approx(small.best_whole, rel=1e-7), small.why


STEP = 1e-4


@each([s for s in ANSWERED if s.prices])
def test_a_price_is_what_the_next_unit_changes(small):
    """The right-hand side of one row after the other is moved a little, both ways, and solved again from where it stood."""
    program, cost = small.built()
    solver = Solver(program)
    solver.solve(cost)
    for i, known in enumerate(small.prices):
        if known is None:
            continue
        slopes = []
        for step in (-STEP, STEP):
            solver.bound_row(i, program.row_lower[i] + step, program.row_upper[i] + step)
            slopes.append((small.sign * solver.again().objective - small.best) / step)
            solver.bound_row(i, program.row_lower[i], program.row_upper[i])
        low, high = known if isinstance(known, tuple) else (known, known)
        assert sorted(slopes) == pytest.approx([low, high], abs=1e-4), small.rows[i]


# Parts of a program


def diet(builder: Builder) -> np.ndarray[Any, Any]:
    """Least 3x + 2y with x + y >= 4, both at most 3: x = 1, y = 3, so 9."""
    numbers = builder.columns("x", [("x",), ("y",)], upper=3.0)
    builder.rows("enough", [("all",)], [(np.zeros(2, int), numbers, 1.0)], lower=4.0)
    return np.array([3.0, 2.0])


@engines
def test_empty_blocks_change_nothing(make):
    builder, none = Builder(), np.zeros(0, int)
    builder.columns("nobody", [])
    cost = diet(builder)
    builder.columns("nobody_else", [], upper=np.zeros(0), whole=True)
    builder.rows("nothing", [], [(none, none, 1.0)], lower=5.0)
    program = builder.finish()
    assert make(program).solve(cost).objective == pytest.approx(9)
    assert program.column_block("nobody").labels == program.row_block("nothing").labels == ()
    assert not program.whole.any()


@engines
def test_a_row_without_columns_holds_where_nought_is_allowed_and_nowhere_else(make):
    for low, up, holds in ((-1.0, 1.0, True), (0.0, 0.0, True), (1.0, np.inf, False), (-np.inf, -1.0, False)):
        builder = Builder()
        cost = diet(builder)
        builder.rows("empty", [()], [], low, up)
        solver = make(builder.finish())
        if holds:
            assert solver.solve(cost).objective == pytest.approx(9)
        else:
            with pytest.raises(Infeasible):
                solver.solve(cost)


def test_what_is_said_in_two_parts_adds_up_and_what_cancels_out_is_gone():
    builder = Builder()
    x, y = builder.columns("x", [("x",), ("y",)]).tolist()
    builder.rows("r", [()], [(np.zeros(2, int), np.array([x, y]), 1.0), (np.zeros(2, int), np.array([x, y]), [2, -1])])
    program = builder.finish()
    assert program.matrix.toarray().tolist() == [[3.0, 0.0]]
    assert program.matrix.nnz == 1


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [([1], [0], "does not match"), ([0, 0], [0], "does not match"), ([0], [7], "does not exist")],
)
def test_a_part_that_fits_nowhere_is_refused(row, column, said):
    builder = Builder()
    builder.columns("x", [("x",)])
    with pytest.raises(ValueError, match=f"rows r: .*{said}"):
        builder.rows("r", [()], [(np.array(row), np.array(column), 1.0)])


# Ranks one after the other


def ranked(name: str, *weights: float) -> Rank:
    return Rank(name, name, name, "", "", lambda _, program: np.array(weights))


@engines
def test_each_rank_concedes_half_a_percent_to_those_after_it(make):
    """x + y >= 4, both at most 3. Least x + y is 4, so at most 4.02 from now on. Most y is 3, so at least 2.985.

    Most x is then 4.02 − 2.985 = 1.035, within what either rank may be off besides.
    """
    builder = Builder()
    diet(builder)
    program = builder.finish()
    ranks = (ranked("sum", 1, 1), ranked("y", 0, -1), ranked("x", -1, 0))
    values, served = solve_ranks(None, program, Bounds(make(program), program), ranks)
    assert [s.objective for s in served] == pytest.approx([4, -3, -1.035], rel=1e-6)
    assert values == pytest.approx([1.035, 2.985], rel=1e-6)
    assert [s.at_most for s in served[:2]] == pytest.approx([4 + 4 * CONCESSION + BOUND, -3 + 3 * CONCESSION + BOUND])


@engines
def test_a_rank_that_misses_nothing_is_not_solved_and_concedes_nothing(make):
    """At x = 3 nothing is missing of the 3 wanted, and the same said twice misses nothing either; y = 1 is then enough."""
    builder = Builder()
    diet(builder)
    short = builder.columns("short", [()])
    builder.rows("wanted", [()], [(np.zeros(2, int), np.array([0, short[0]]), 1.0)], lower=3.0)
    program = builder.finish()
    ranks = (ranked("short", 0, 0, 1), ranked("again", 0, 0, 2), ranked("sum", 1, 1, 0))
    _, served = solve_ranks(None, program, Bounds(make(program), program), ranks)
    assert [s.objective for s in served] == pytest.approx([0, 0, 4], abs=1e-6)
    assert not len(served[1].prices)
    assert served[0].at_most == pytest.approx(BOUND, abs=BOUND / 10)
