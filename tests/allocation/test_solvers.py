"""One program, four solvers: HiGHS on the arrays, PuLP's HiGHS, PuLP's CBC, and scipy agree; PuLP's view is the arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array

from planner.allocation import pulp_view
from planner.allocation.allocate import allocate
from planner.allocation.answers import Engine, refuse_breaches
from planner.allocation.objectives import RANKS
from planner.allocation.program import Block, Builder, Program
from planner.allocation.pulp_view import PulpSolver, to_pulp, write_lp, write_mps
from planner.allocation.solving import Solver
from planner.errors import Infeasible, SolverFailed
from tests.allocation.tiny import drafted, tiny_plan, tiny_register

ENGINES = {
    "highs": Solver,
    "pulp-cbc": lambda program: PulpSolver(program, engine="cbc"),
    "pulp-highs": lambda program: PulpSolver(program, engine="highs"),
}
engines = pytest.mark.parametrize("make", ENGINES.values(), ids=list(ENGINES))


def program_of(rows: Any, low: Any, up: Any, lower: Any, upper: Any) -> Program:
    """A program from plain lists, with one block of columns and one of rows."""
    matrix = csr_array(np.array(rows, float))
    matrix.eliminate_zeros()
    columns = Block("x", 0, tuple((j,) for j in range(matrix.shape[1])))
    return Program(
        (columns,), (Block("r", 0, tuple((i,) for i in range(matrix.shape[0]))),), matrix,
        *(np.array(v, float) for v in (lower, upper, low, up)),
    )  # fmt: skip


def diet() -> tuple[Program, np.ndarray]:
    """Least 3x + 2y with x + y >= 4, x <= 3, y <= 3: x = 1, y = 3, so 9; one more of the first row costs 3."""
    inf = np.inf
    return program_of([[1, 1]], [4], [inf], [0, 0], [3, 3]), np.array([3.0, 2.0])


@engines
def test_a_program_reckoned_by_hand(make):
    program, cost = diet()
    answer = make(program).solve(cost)
    assert answer.objective == pytest.approx(9, rel=1e-7)
    assert answer.values == pytest.approx([1, 3], rel=1e-7)
    assert answer.prices == pytest.approx([3], rel=1e-6)


@engines
def test_an_equality_an_upper_bound_and_their_prices(make):
    """Least −2x − y with x + y = 5 and x − y <= 1: x = 3, y = 2, so −8; prices −1.5 and −0.5.

    By duality: −2 = p + q and −1 = p − q.
    """
    inf = np.inf
    program = program_of([[1, 1], [1, -1]], [5, -inf], [5, 1], [0, 0], [inf, inf])
    answer = make(program).solve(np.array([-2.0, -1.0]))
    assert answer.objective == pytest.approx(-8, rel=1e-7)
    assert answer.prices == pytest.approx([-1.5, -0.5], rel=1e-6)


@engines
def test_a_row_between_two_bounds(make):
    """2 <= x + y <= 3: least x is 2 with y at most 0, and most is 3."""
    program = program_of([[1, 1]], [2], [3], [0, 0], [9, 0])
    assert make(program).solve(np.array([1.0, 0.0])).objective == pytest.approx(2)
    assert make(program).solve(np.array([-1.0, 0.0])).objective == pytest.approx(-3)


@engines
def test_a_rank_that_was_served_stays_served(make):
    """Least x + y is 4; kept at 4.5. Then least x with y <= 3 is 1, and most x is 3 with y 1 (or 1.5)."""
    program, _ = diet()
    solver: Engine = make(program)
    first = solver.solve(np.array([1.0, 1.0]))
    assert first.objective == pytest.approx(4)
    solver.keep(np.array([1.0, 1.0]), 4.5)
    assert solver.solve(np.array([1.0, 0.0])).objective == pytest.approx(1)
    # Most of x + 2y: y = 3, x = 1.5 uses 4.5; without the kept row it would be 9.
    last = solver.solve(np.array([-1.0, -2.0]))
    assert last.objective == pytest.approx(-7.5)
    assert last.kept_prices == pytest.approx([-1])


@engines
def test_a_column_whose_bounds_change(make):
    """With y held at 1 the rest is x = 3: 11."""
    program, cost = diet()
    solver = make(program)
    solver.bound_column(1, 1.0, 1.0)
    assert solver.solve(cost).objective == pytest.approx(11)
    solver.bound_column(1, 0.0, np.inf)
    assert solver.solve(cost).objective == pytest.approx(8)


@engines
def test_what_cannot_hold_is_infeasible(make):
    program = program_of([[1, 1]], [9], [np.inf], [0, 0], [3, 3])
    with pytest.raises(Infeasible):
        make(program).solve(np.array([1.0, 1.0]))


@engines
def test_what_has_no_end_is_a_failure_not_an_answer(make):
    program = program_of([[1, 1]], [1], [np.inf], [0, 0], [np.inf, np.inf])
    with pytest.raises((SolverFailed, Infeasible)):
        make(program).solve(np.array([-1.0, -1.0]))


@pytest.mark.parametrize("engine", ["cbc", "highs"])
def test_what_was_cut_by_time_is_never_called_optimal(engine):
    """PuLP itself says Optimal of it; a tenth of a millisecond is no time for a program of this size."""
    luck = np.random.default_rng(1)
    rows = luck.random((150, 200))
    program = program_of(rows, rows.sum(axis=1), np.full(150, np.inf), np.zeros(200), np.full(200, np.inf))
    with pytest.raises(SolverFailed):
        PulpSolver(program, engine=engine, seconds=0.0001).solve(luck.random(200) + 1)


def test_an_answer_that_breaks_a_row_is_refused():
    program, _ = diet()
    refuse_breaches(program, np.array([1.0, 3.0]))
    with pytest.raises(SolverFailed, match=r"breaks a row by 0\.25 of its size"):
        refuse_breaches(program, np.array([1.0, 2.0]))
    with pytest.raises(SolverFailed, match="not a number"):
        refuse_breaches(program, np.array([1.0, np.nan]))
    with pytest.raises(SolverFailed, match="breaks a row"):
        refuse_breaches(program, np.array([1.0, 3.0]), [(np.array([1.0, 1.0]), 3.0)])


def matrix_of(problem: pulp.LpProblem, program: Program) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coefficients and bounds of a PuLP model, in the order of the program."""
    names = {name: j for j, name in enumerate(pulp_view.column_names(program))}
    rows = {name: i for i, name in enumerate(pulp_view.row_names(program))}
    matrix = np.zeros(program.matrix.shape)
    low, up = np.full(len(rows), -np.inf), np.full(len(rows), np.inf)
    for constraint in problem.constraints():
        name = constraint.name
        i = rows[name.removesuffix("_most") if name not in rows else name]
        for variable, coefficient in constraint.items():
            matrix[i, names[variable.name]] = coefficient
        if constraint.sense >= 0:
            low[i] = -constraint.constant
        if constraint.sense <= 0:
            up[i] = -constraint.constant
    return matrix, low, up


@pytest.mark.parametrize("kind", ["tasks_hard", "lines_within", "as_written"])
def test_the_view_is_the_arrays(kind):
    """Every coefficient and bound of the PuLP model, read back, is that of the program."""
    made, program = drafted(tiny_plan(regime={"kind": kind, "within": 0.1}))
    cost = RANKS[3].cost(made, program)
    problem = to_pulp(program, cost)
    matrix, low, up = matrix_of(problem, program)
    # A row without a bound says nothing; PuLP has no such thing.
    said = np.isfinite(program.row_lower) | np.isfinite(program.row_upper)
    assert (matrix[said] == program.matrix.toarray()[said]).all()
    assert (low == program.row_lower).all()
    assert (up == program.row_upper).all()
    variables = {v.name: v for v in problem.variables()}
    held = [variables[name] for name in pulp_view.column_names(program)]
    assert [v.lowBound for v in held] == program.lower.tolist()
    assert [np.inf if v.upBound is None else v.upBound for v in held] == program.upper.tolist()
    assert [problem.objective.get(v, 0.0) for v in held] == cost.tolist()
    assert problem.sense == pulp.LpMinimize


@pytest.mark.parametrize("kind", ["tasks_hard", "lines_within"])
@pytest.mark.parametrize("aim", RANKS, ids=[aim.name for aim in RANKS])
def test_four_solvers_agree_on_every_aim_of_the_tiny_county(aim, kind):
    made, program = drafted(tiny_plan(regime={"kind": kind, "within": 0.5}))
    cost = aim.cost(made, program)
    found = [make(program).solve(cost).objective for make in ENGINES.values()]
    dense = program.matrix.toarray()
    up, low = np.isfinite(program.row_upper), np.isfinite(program.row_lower)
    other = linprog(
        cost,
        A_ub=np.vstack([dense[up], -dense[low]]),
        b_ub=np.concatenate([program.row_upper[up], -program.row_lower[low]]),
        bounds=list(zip(program.lower, program.upper, strict=True)),
        method="highs-ds",
    )
    assert other.status == 0
    assert found == pytest.approx([other.fun] * 3, rel=1e-7, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), rows=st.integers(1, 6), columns=st.integers(1, 6))
def test_solvers_agree_on_programs_made_at_random(seed, rows, columns):
    """Bounded programs that hold at a known point, so that an answer exists."""
    luck = np.random.default_rng(seed)
    matrix = np.round(luck.normal(0, 3, (rows, columns)), 2)
    point = luck.random(columns) * 10
    slack = luck.random(rows) * 5
    program = program_of(
        matrix, matrix @ point - slack, matrix @ point + slack, np.zeros(columns), np.full(columns, 10.0)
    )
    cost = np.round(luck.normal(0, 1, columns), 2)
    direct = Solver(program).solve(cost).objective
    dense = np.vstack([matrix, -matrix])
    sides = np.concatenate([program.row_upper, -program.row_lower])
    other = linprog(cost, A_ub=dense, b_ub=sides, bounds=[(0, 10)] * columns, method="highs-ds")
    assert direct == pytest.approx(other.fun, rel=1e-7, abs=1e-7)


def test_the_lp_file_says_what_the_program_says(tmp_path):
    program, cost = diet()
    write_lp(program, cost, tmp_path / "x.lp", [(np.array([1.0, 1.0]), 5.0)])
    text = (tmp_path / "x.lp").read_text()
    assert text == (
        "\\* program *\\\nMinimize\nOBJ: 3 x_0 + 2 x_1\nSubject To\nkept_0: x_0 + x_1 <= 5\n"
        "r_0: x_0 + x_1 >= 4\nBounds\n x_0 <= 3\n x_1 <= 3\nEnd\n"
    )


def test_the_mps_file_read_back_is_the_program(tmp_path):
    made, program = drafted()
    cost = RANKS[3].cost(made, program)
    write_mps(program, cost, tmp_path / "x.mps")
    variables, problem = pulp.LpProblem.fromMPS(str(tmp_path / "x.mps"))
    assert set(variables) == set(pulp_view.column_names(program))
    matrix, low, up = matrix_of(problem, program)
    assert matrix == pytest.approx(program.matrix.toarray(), rel=1e-11)
    assert low == pytest.approx(program.row_lower, rel=1e-11)
    assert up == pytest.approx(program.row_upper, rel=1e-11)


def test_names_in_files_are_plain_and_each_stands_once():
    _, program = drafted()
    for names in (pulp_view.column_names(program), pulp_view.row_names(program)):
        assert len(set(names)) == len(names)
        assert not any(mark in name for name in names for mark in ":-+[] ->/")


def test_another_engine_gives_a_proposal_of_the_same_worth():
    plan, register = tiny_plan(), tiny_register()
    reached = {
        engine: [r.value for r in allocate(plan, register, engine).ranks]
        for engine in ("highs", "pulp-cbc", "pulp-highs")
    }
    # Ranks after the first settle differ by what the earlier conceded; the first two are the same number.
    for engine in ("pulp-cbc", "pulp-highs"):
        assert reached[engine][:2] == pytest.approx(reached["highs"][:2], rel=1e-6, abs=1e-6)


def test_the_builders_program_has_a_place_for_everything():
    builder = Builder()
    builder.columns("x", [("a",), ("b",)], upper=1.0)
    builder.rows("r", [("a",)], [(np.array([0]), np.array([1]), 2.0)], upper=3.0)
    program = builder.finish()
    assert program.column_block("x").stop == 2
    assert program.row_block("r").labels == (("a",),)
    with pytest.raises(KeyError, match="y"):
        program.column_block("y")
