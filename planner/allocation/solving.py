"""The only door to HiGHS: a program in, a raw answer out; statuses translated, one kept object per program.

Interior point first; an objective whose answer lies near the last one, and a changed right-hand side, by simplex from the
last vertex. One thread, so that the same program gives the same answer. An answer counts only after its own rows and
bounds were checked here; the certificate checks it again without any of this.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from planner.allocation.answers import Answer, Whole, refuse_breaches
from planner.allocation.branching import branch
from planner.allocation.program import Program
from planner.allocation.scaling import Scaling
from planner.errors import Infeasible, SolverFailed

Floats = NDArray[np.float64]
FEASIBLE = 1e-9
"""How far a scaled row or bound may be broken in the solver's own eyes."""
LATER = "simplex"
"""What solves again after a right-hand side was changed."""
PRIMAL, CHOSEN = 4, 1
"""HiGHS's numbers of its primal simplex, and of the one that it takes by itself."""
PIVOTS = 8_000
"""How far an aim may be from the last vertex before interior point is the shorter way: about four seconds of a county."""


class Solver:
    """One program handed over once and kept; objectives and bounds change, the program does not."""

    def __init__(self, program: Program, *, algorithm: str = "ipm") -> None:
        self._program = program
        self._algorithm = algorithm
        self._scale = Scaling.of(program)
        self._highs: Any = _new_solver()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("solver", algorithm)
        # Tolerances hold for scaled rows: what is tight there has to be tight in persons and 万元 too.
        self._highs.setOptionValue("primal_feasibility_tolerance", FEASIBLE)
        self._extra: list[tuple[Floats, float]] = []
        self._cost = np.zeros(len(program.lower))
        self._size = 1.0
        self._solved = False
        self._lower, self._upper = program.lower.copy(), program.upper.copy()
        self._row_lower, self._row_upper = program.row_lower.copy(), program.row_upper.copy()
        matrix = self._scale.matrix(program)
        columns, rows = self._scale.columns, self._scale.rows
        _check(
            self._highs.passModel(
                len(program.lower),
                matrix.shape[0],
                matrix.nnz,
                int(highspy.MatrixFormat.kRowwise),
                int(highspy.ObjSense.kMinimize),
                0.0,
                np.zeros(len(program.lower)),
                program.lower / columns,
                program.upper / columns,
                program.row_lower * rows,
                program.row_upper * rows,
                matrix.indptr.astype(np.int32),
                matrix.indices.astype(np.int32),
                matrix.data,
                np.zeros(len(program.lower), np.int32),
            )
        )

    def solve(self, cost: Floats, *, near: bool = False) -> Answer:
        """The least of cost · x.

        `near`: from the last vertex, by primal simplex; by interior point after all where that takes too many pivots.

        Raises: Infeasible where no x exists, SolverFailed where the solver stopped otherwise or its answer breaks a row.
        """
        count = len(cost)
        self._cost, self._size = cost, _size(cost)
        scaled = cost * self._scale.columns / self._size
        _check(self._highs.changeColsCost(count, np.arange(count, dtype=np.int32), scaled))
        if near and self._solved:
            with suppress(SolverFailed):
                return self._from_last()
        return self._run(self._algorithm)

    def _from_last(self) -> Answer:
        """The last vertex meets every row kept since, so primal simplex goes on from it.

        Raises: SolverFailed after too many pivots, and where the answer breaks a row.
        """
        self._highs.setOptionValue("simplex_strategy", PRIMAL)
        self._highs.setOptionValue("simplex_iteration_limit", PIVOTS)
        try:
            return self._run("simplex")
        finally:
            self._highs.setOptionValue("simplex_strategy", CHOSEN)
            self._highs.setOptionValue("simplex_iteration_limit", int(highspy.kHighsIInf))

    def again(self) -> Answer:
        """The least of the last cost after bounds were changed: from the last basis, from nothing where that leads nowhere.

        Raises: as `solve`.
        """
        with suppress(SolverFailed):
            return self._run(LATER)
        _check(self._highs.clearSolver())
        return self._run(self._algorithm)

    def keep(self, cost: Floats, at_most: float) -> None:
        """From now on cost · x stays at most this: a rank that was served."""
        used = np.flatnonzero(cost)
        size = _size(cost)
        row = (cost * self._scale.columns / size)[used]
        _check(self._highs.addRow(-highspy.kHighsInf, at_most / size, len(used), used.astype(np.int32), row))
        self._extra.append((cost, at_most))

    def bound_column(self, column: int, lower: float, upper: float) -> None:
        """Change the bounds of one column."""
        self.bound_columns(np.array([column]), np.array([lower]), np.array([upper]))

    def bound_columns(self, columns: NDArray[np.int64], lower: Floats, upper: Floats) -> None:
        """Change the bounds of columns."""
        size = self._scale.columns[columns]
        _check(
            self._highs.changeColsBounds(
                len(columns), columns.astype(np.int32), np.asarray(lower) / size, np.asarray(upper) / size
            )
        )
        self._lower[columns], self._upper[columns] = lower, upper

    def bound_row(self, row: int, lower: float, upper: float) -> None:
        """Change the bounds of one row: its right-hand side."""
        size = float(self._scale.rows[row])
        _check(self._highs.changeRowBounds(row, lower * size, upper * size))
        self._row_lower[row], self._row_upper[row] = lower, upper

    def branch(self, cost: Floats, gap: float) -> Whole:
        """The least of cost · x with whole columns whole, in a process of its own: a crash there stops nothing here.

        Raises: Infeasible where no x exists, SolverFailed where the search ended without an answer.
        """
        return branch(self._program, cost, self._extra, self._lower, self._upper, gap)

    def _run(self, algorithm: str) -> Answer:
        self._highs.setOptionValue("solver", algorithm)
        self._solved = False
        _check(self._highs.run())
        status = self._highs.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            raise Infeasible([], [])
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverFailed(self._highs.modelStatusToString(status))
        found = self._highs.getSolution()
        values = np.clip(np.array(found.col_value) * self._scale.columns, self._lower, self._upper)
        refuse_breaches(self._program, values, self._extra, (self._row_lower, self._row_upper))
        self._solved = True
        info = self._highs.getInfo()
        rows = self._program.matrix.shape[0]
        prices = np.array(found.row_dual) * self._size
        sizes = np.array([_size(row) for row, _ in self._extra])
        return Answer(
            values,
            float(self._cost @ values),
            prices[:rows] * self._scale.rows,
            algorithm,
            int(max(info.ipm_iteration_count, info.simplex_iteration_count)),
            prices[rows:] / sizes,
        )


def search(program: Program, cost: Floats, options: Mapping[str, float]) -> Whole:
    """Branch and bound in this process; rows of ranks served before are among the program's.

    `options`: `gap`, the part of the objective at which the search may stop, and `nodes`, after which it does.

    Raises: as `Solver.branch`.
    """
    scale, size = Scaling.of(program), _size(cost)
    highs: Any = _new_solver()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("mip_lp_solver", "ipm")
    highs.setOptionValue("mip_rel_gap", float(options["gap"]))
    highs.setOptionValue("mip_max_nodes", int(options["nodes"]))
    matrix = scale.matrix(program)
    _check(
        highs.passModel(
            len(program.lower),
            matrix.shape[0],
            matrix.nnz,
            int(highspy.MatrixFormat.kRowwise),
            int(highspy.ObjSense.kMinimize),
            0.0,
            cost * scale.columns / size,
            program.lower / scale.columns,
            program.upper / scale.columns,
            program.row_lower * scale.rows,
            program.row_upper * scale.rows,
            matrix.indptr.astype(np.int32),
            matrix.indices.astype(np.int32),
            matrix.data,
            program.whole.astype(np.int32),
        )
    )
    _check(highs.run())
    status = highs.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        raise Infeasible([], [])
    info = highs.getInfo()
    if not np.isfinite(info.objective_function_value) or info.primal_solution_status != 2:
        raise SolverFailed(highs.modelStatusToString(status))
    values = np.array(highs.getSolution().col_value) * scale.columns
    values = np.where(program.whole, np.round(values), values)
    return Whole(
        np.clip(values, program.lower, program.upper),
        float(info.objective_function_value) * size,
        float(info.mip_dual_bound) * size,
        int(info.mip_node_count),
        status == highspy.HighsModelStatus.kOptimal,
    )


def _size(cost: Floats) -> float:
    """The largest coefficient; costs are handed over divided by it."""
    return float(np.abs(cost).max(initial=0.0)) or 1.0


def _check(status: highspy.HighsStatus) -> None:
    if status == highspy.HighsStatus.kError:
        raise SolverFailed("the solver refused what it was given")


def _new_solver() -> Any:
    """A solver object that says nothing: on being made it prints a banner before any option can forbid it."""
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        return highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def solver_version() -> str:
    """The solver and its version, for manifests."""
    return f"HiGHS {version('highspy')}"
