"""The only door to HiGHS: a program in, a raw answer out; statuses translated, one kept object per program.

Interior point first; changed objectives are solved by interior point again. One thread, so that the same program gives
the same answer. An answer counts only after its own rows and bounds were checked here; the certificate checks it again
without any of this.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from planner.allocation.answers import Answer, refuse_breaches
from planner.allocation.program import Program
from planner.errors import Infeasible, SolverFailed

Floats = NDArray[np.float64]


class Solver:
    """One program handed over once and kept; objectives and row bounds change, the program does not."""

    def __init__(self, program: Program, *, algorithm: str = "ipm") -> None:
        self._program = program
        self._algorithm = algorithm
        self._highs: Any = _new_solver()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("solver", algorithm)
        self._extra: list[tuple[Floats, float]] = []
        self._lower, self._upper = program.lower.copy(), program.upper.copy()
        matrix = program.matrix
        self._check(
            self._highs.passModel(
                len(program.lower),
                matrix.shape[0],
                matrix.nnz,
                int(highspy.MatrixFormat.kRowwise),
                int(highspy.ObjSense.kMinimize),
                0.0,
                np.zeros(len(program.lower)),
                program.lower,
                program.upper,
                program.row_lower,
                program.row_upper,
                matrix.indptr.astype(np.int32),
                matrix.indices.astype(np.int32),
                matrix.data,
                np.zeros(len(program.lower), np.int32),
            )
        )

    def solve(self, cost: Floats) -> Answer:
        """The least of cost · x.

        Raises: Infeasible where no x exists, SolverFailed where the solver stopped otherwise or its answer breaks a row.
        """
        count = len(cost)
        size = float(np.abs(cost).max(initial=0.0)) or 1.0
        self._check(self._highs.changeColsCost(count, np.arange(count, dtype=np.int32), cost / size))
        self._check(self._highs.run())
        status = self._highs.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            raise Infeasible([], [])
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverFailed(self._highs.modelStatusToString(status))
        found = self._highs.getSolution()
        values = np.clip(np.array(found.col_value), self._lower, self._upper)
        refuse_breaches(self._program, values, self._extra)
        info = self._highs.getInfo()
        rows = self._program.matrix.shape[0]
        prices = np.array(found.row_dual) * size
        sizes = np.array([float(np.abs(row).max(initial=0.0)) or 1.0 for row, _ in self._extra])
        return Answer(
            values,
            float(cost @ values),
            prices[:rows],
            self._algorithm,
            int(max(info.ipm_iteration_count, info.simplex_iteration_count)),
            prices[rows:] / sizes,
        )

    def keep(self, cost: Floats, at_most: float) -> None:
        """From now on cost · x stays at most this: a rank that was served."""
        used = np.flatnonzero(cost)
        size = float(np.abs(cost).max(initial=0.0)) or 1.0
        row = (cost / size)[used]
        self._check(self._highs.addRow(-highspy.kHighsInf, at_most / size, len(used), used.astype(np.int32), row))
        self._extra.append((cost, at_most))

    def bound_column(self, column: int, lower: float, upper: float) -> None:
        """Change the bounds of one column."""
        self._check(self._highs.changeColBounds(column, lower, upper))
        self._lower[column], self._upper[column] = lower, upper

    @staticmethod
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
