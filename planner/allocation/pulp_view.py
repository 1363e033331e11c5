"""The only door to PuLP: the same program as a PuLP model, to read, to extend, to write as LP or MPS, and to solve.

The model is made from the arrays by pairs of variable and number, never by operators on variables. It is always a
minimisation, so that prices have one sign. What PuLP calls optimal counts only where the solver was not cut short and
the answer passed our own check of every row and bound.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pulp
from numpy.typing import NDArray

from planner.allocation.answers import Answer, Kept, Whole, refuse_breaches
from planner.allocation.branching import with_kept
from planner.allocation.program import Program
from planner.errors import Infeasible, SolverFailed

Floats = NDArray[np.float64]
EngineName = Literal["cbc", "highs"]
AT_LEAST, AT_MOST, EQUAL = pulp.LpConstraintGE, pulp.LpConstraintLE, pulp.LpConstraintEQ


def to_pulp(program: Program, cost: Floats, kept: Kept = (), *, whole: bool = False) -> pulp.LpProblem:
    """A PuLP model of a program: minimise cost · x. Ranks already served stand as rows `kept_0`, `kept_1`.

    With `whole` the villages' exits are whole numbers; without it the model is the linear form.

    A row with two different finite bounds stands as two constraints, the second under the name of the row and `_most`;
    a row without bounds says nothing and is left out.
    """
    problem = pulp.LpProblem("program", pulp.LpMinimize)
    variables = _variables(problem, program, whole)
    problem.objective = _objective(variables, program, cost)
    matrix = program.matrix
    for i, name in enumerate(row_names(program)):
        part = slice(matrix.indptr[i], matrix.indptr[i + 1])
        for sense, bound, suffix in _sides(float(program.row_lower[i]), float(program.row_upper[i])):
            terms = _expression(variables, matrix.indices[part], matrix.data[part])
            problem.addConstraint(pulp.LpConstraint(terms, sense, name + suffix, bound))
    for number, (row, at_most) in enumerate(kept):
        _keep(problem, variables, number, row, at_most)
    return problem


def write_lp(program: Program, cost: Floats, path: Path, kept: Kept = (), *, whole: bool = False) -> None:
    """The program as an LP file."""
    to_pulp(program, cost, kept, whole=whole).writeLP(str(path))


def write_mps(program: Program, cost: Floats, path: Path, kept: Kept = (), *, whole: bool = False) -> None:
    """The program as an MPS file."""
    to_pulp(program, cost, kept, whole=whole).writeMPS(str(path))


def column_names(program: Program) -> list[str]:
    """Names of the columns in files: those of the program, without the mark that LP files keep for themselves."""
    return [name.replace(":", ".") for name in program.column_names()]


def row_names(program: Program) -> list[str]:
    """Names of the rows in files, made like those of the columns."""
    return [name.replace(":", ".") for name in program.row_names()]


class PulpSolver:
    """One program held as a PuLP model and solved by the bundled CBC, or by PuLP's HiGHS with interior point."""

    def __init__(self, program: Program, *, engine: EngineName = "cbc", seconds: float | None = None) -> None:
        self._program = program
        self._engine: EngineName = engine
        self._seconds = seconds
        self._problem = to_pulp(program, np.zeros(len(program.lower)))
        # PuLP hands columns out by name; the arrays want them by number.
        by_name = {v.name: v for v in self._problem.variables()}
        self._variables = [by_name[name] for name in column_names(program)]
        self._lower, self._upper = program.lower.copy(), program.upper.copy()
        self._kept: list[tuple[Floats, float]] = []
        self._cost = np.zeros(len(program.lower))

    def solve(self, cost: Floats, *, near: bool = False) -> Answer:
        """The least of cost · x, always from nothing: files keep no vertex.

        Raises: Infeasible where no x exists, SolverFailed where the solver stopped otherwise or its answer breaks a row.
        """
        self._cost, size = cost, _size(cost)
        self._problem.objective = _objective(self._variables, self._program, cost / size)
        try:
            self._problem.solve(self._solver())
        except pulp.PulpSolverError as error:
            raise SolverFailed(f"PuLP: {error}") from error
        self._refuse_statuses(self._problem)
        found = np.array([v.varValue if v.varValue is not None else np.nan for v in self._variables])
        values = np.clip(found, self._lower, self._upper)
        refuse_breaches(self._program, values, self._kept)
        price = {c.name: c.pi or 0.0 for c in self._problem.constraints()}
        rows = [price.get(name, 0.0) + price.get(f"{name}_most", 0.0) for name in row_names(self._program)]
        kept = [price[f"kept_{i}"] * size / _size(row) for i, (row, _) in enumerate(self._kept)]
        return Answer(values, float(cost @ values), np.array(rows) * size, f"PuLP {self._engine}", 0, np.array(kept))

    def again(self) -> Answer:
        """The least of the last cost after bounds were changed, from nothing.

        Raises: as `solve`.
        """
        return self.solve(self._cost)

    def keep(self, cost: Floats, at_most: float) -> None:
        """From now on cost · x stays at most this: a rank that was served."""
        size = _size(cost)
        _keep(self._problem, self._variables, len(self._kept), cost / size, at_most / size)
        self._kept.append((cost, at_most))

    def bound_column(self, column: int, lower: float, upper: float) -> None:
        """Change the bounds of one column."""
        self._lower[column], self._upper[column] = lower, upper
        self._variables[column].bounds(_finite(lower), _finite(upper))

    def branch(self, cost: Floats, gap: float) -> Whole:
        """The least of cost · x with whole columns whole; the bound is what the gap that was asked for promises.

        Raises: as `solve`.
        """
        size = _size(cost)
        held = with_kept(self._program, self._kept, self._lower, self._upper)
        problem = to_pulp(held, cost / size, whole=True)
        try:
            problem.solve(self._solver(gap))
        except pulp.PulpSolverError as error:
            raise SolverFailed(f"PuLP: {error}") from error
        self._refuse_statuses(problem)
        by_name = {v.name: v.varValue for v in problem.variables()}
        found = np.array([by_name[name] for name in column_names(held)], float)
        found = np.where(held.whole, np.round(found), found)
        values = np.clip(found, self._lower, self._upper)
        refuse_breaches(held, values)
        objective = float(cost @ values)
        return Whole(values, objective, objective - gap * max(abs(objective), size * 1e-9), 0, finished=True)

    def _solver(self, gap: float | None = None) -> Any:
        if self._engine == "cbc":
            with warnings.catch_warnings():
                # The bundled CBC leaves PuLP with version 4, which the requirements do not allow yet.
                warnings.simplefilter("ignore", DeprecationWarning)
                return pulp.PULP_CBC_CMD(msg=False, threads=1, timeLimit=self._seconds, gapRel=gap)
        if gap is not None:
            return pulp.HiGHS(msg=False, threads=1, timeLimit=self._seconds, gapRel=gap, mip_lp_solver="ipm")
        return pulp.HiGHS(msg=False, threads=1, timeLimit=self._seconds, solver="ipm")

    def _refuse_statuses(self, problem: Any) -> None:
        status, solution = problem.status, problem.sol_status
        if status == pulp.LpStatusInfeasible:
            raise Infeasible([], [])
        # PuLP says Optimal of an answer that was cut short; only the second word tells.
        if status != pulp.LpStatusOptimal or solution != pulp.LpSolutionOptimal:
            raise SolverFailed(f"PuLP {self._engine}: {pulp.LpStatus[status]}, {pulp.LpSolution[solution]}")


def solver_version() -> str:
    """PuLP and its version, for manifests."""
    return f"PuLP {pulp.__version__}"


def _variables(problem: Any, program: Program, whole: bool) -> list[Any]:
    lows, ups = program.lower.tolist(), program.upper.tolist()
    kinds = np.where(program.whole & whole, pulp.LpInteger, pulp.LpContinuous).tolist()
    return [
        problem.add_variable(name, _finite(low), _finite(up), kind)
        for name, low, up, kind in zip(column_names(program), lows, ups, kinds, strict=True)
    ]


def _objective(variables: list[Any], program: Program, cost: Floats) -> Any:
    """The aim; columns that stand in no row stand here with nought, since PuLP knows only columns that it meets."""
    alone = np.bincount(program.matrix.indices, minlength=len(cost)) == 0
    used = np.flatnonzero(alone | (cost != 0))
    return _expression(variables, used, cost[used])


def _expression(variables: list[Any], columns: NDArray[Any], numbers: NDArray[Any]) -> Any:
    return pulp.LpAffineExpression(
        [(variables[j], number) for j, number in zip(columns.tolist(), numbers.tolist(), strict=True)]
    )


def _sides(lower: float, upper: float) -> list[tuple[int, float, str]]:
    """The constraints that a row of two bounds comes to: sense, bound, and what is added to the name."""
    if lower == upper:
        return [(EQUAL, lower, "")]
    low, up = np.isfinite(lower), np.isfinite(upper)
    if low and up:
        return [(AT_LEAST, lower, ""), (AT_MOST, upper, "_most")]
    return [(AT_LEAST, lower, "")] if low else [(AT_MOST, upper, "")] if up else []


def _keep(problem: Any, variables: list[Any], number: int, row: Floats, at_most: float) -> None:
    used = np.flatnonzero(row)
    terms = _expression(variables, used, row[used])
    problem.addConstraint(pulp.LpConstraint(terms, AT_MOST, f"kept_{number}", float(at_most)))


def _finite(bound: float) -> float | None:
    return float(bound) if np.isfinite(bound) else None


def _size(cost: Floats) -> float:
    """The largest coefficient; costs are handed over divided by it."""
    return float(np.abs(cost).max(initial=0.0)) or 1.0
