"""Solvers that share nothing with ours but the arrays: scipy by its own door, SCIP where it is installed, and no solver."""

from __future__ import annotations

import importlib.util
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from planner.allocation.answers import Answer, Kept, Whole
from planner.allocation.branching import with_kept
from planner.allocation.program import Program
from planner.errors import Infeasible, SolverFailed

Floats = np.ndarray[Any, np.dtype[np.float64]]
SCIP = importlib.util.find_spec("pyscipopt") is not None
with_scip = pytest.mark.skipif(not SCIP, reason="pyscipopt is not installed")


class ScipySolver:
    """The linear form by scipy's `linprog`; prices as `Answer` defines them."""

    def __init__(self, program: Program) -> None:
        self._program, self._kept = program, list[tuple[Floats, float]]()
        self._lower, self._upper = program.lower.copy(), program.upper.copy()

    def keep(self, cost: Floats, at_most: float) -> None:
        self._kept.append((cost, at_most))

    def again(self) -> Answer:
        return self.solve(self._cost)

    def bound_column(self, column: int, lower: float, upper: float) -> None:
        self._lower[column], self._upper[column] = lower, upper

    def solve(self, cost: Floats, *, near: bool = False) -> Answer:
        self._cost = cost
        held = with_kept(self._program, self._kept, self._lower, self._upper)
        low, up = held.row_lower, held.row_upper
        same = low == up
        least, most = np.isfinite(low) & ~same, np.isfinite(up) & ~same
        size = float(np.abs(cost).max(initial=0.0)) or 1.0
        found = linprog(
            cost / size,
            A_ub=csr_array(vstack([held.matrix[most], -held.matrix[least]])),
            b_ub=np.concatenate([up[most], -low[least]]),
            A_eq=held.matrix[same] if same.any() else None,
            b_eq=low[same] if same.any() else None,
            bounds=np.stack([held.lower, held.upper], axis=1),
            method="highs-ds",
            options={"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9},
        )
        if found.status in (2, 4):
            raise Infeasible([], [])
        if found.status:
            raise SolverFailed(found.message)
        prices = np.zeros(len(low))
        marginals = found.ineqlin.marginals
        prices[most] = marginals[: most.sum()]
        prices[least] -= marginals[most.sum() :]
        prices[same] = found.eqlin.marginals if same.any() else 0.0
        rows = len(self._program.row_lower)
        return Answer(found.x, float(cost @ found.x), prices[:rows] * size, "scipy", 0, prices[rows:] * size)


class ScipSolver:
    """SCIP: the linear form as it is, the mixed-integer form to a gap. It tells no prices."""

    def __init__(self, program: Program, *, seconds: float = 3600.0) -> None:
        self._program, self._kept, self._seconds = program, list[tuple[Floats, float]](), seconds
        self._lower, self._upper = program.lower.copy(), program.upper.copy()

    def keep(self, cost: Floats, at_most: float) -> None:
        self._kept.append((cost, at_most))

    def again(self) -> Answer:
        return self.solve(self._cost)

    def bound_column(self, column: int, lower: float, upper: float) -> None:
        self._lower[column], self._upper[column] = lower, upper

    def solve(self, cost: Floats, *, near: bool = False) -> Answer:
        self._cost = cost
        size = float(np.abs(cost).max(initial=0.0)) or 1.0
        model, columns = self._model(cost / size, whole=False)
        _optimise(model)
        values = np.array([model.getVal(x) for x in columns])
        return Answer(values, model.getObjVal() * size, np.zeros(0), "SCIP", 0)

    def branch(self, cost: Floats, gap: float) -> Whole:
        size = float(np.abs(cost).max(initial=0.0)) or 1.0
        model, columns = self._model(cost / size, whole=True)
        model.setParam("limits/gap", gap)
        _optimise(model)
        values = np.array([model.getVal(x) for x in columns])
        reached, bound = model.getObjVal() * size, model.getDualbound() * size
        return Whole(values, reached, bound, int(model.getNTotalNodes()), finished=True)

    def _model(self, cost: Floats, *, whole: bool) -> tuple[Any, list[Any]]:
        from pyscipopt import ExprCons, quicksum

        held = with_kept(self._program, self._kept, self._lower, self._upper)
        model = _quiet(self._seconds)
        kinds = np.where(held.whole & whole, "I", "C")
        each = zip(held.lower, held.upper, cost.tolist(), kinds.tolist(), strict=True)
        columns = [model.addVar(lb=_side(low), ub=_side(up), obj=c, vtype=kind) for low, up, c, kind in each]
        start, index, data = held.matrix.indptr, held.matrix.indices.tolist(), held.matrix.data.tolist()
        for i, (low, up) in enumerate(zip(held.row_lower, held.row_upper, strict=True)):
            if np.isfinite(low) or np.isfinite(up):
                terms = quicksum(data[k] * columns[index[k]] for k in range(start[i], start[i + 1]))
                model.addCons(ExprCons(terms + 0.0 * columns[0], lhs=_side(low), rhs=_side(up)))
        return model, columns


def least_in_file(path: Path) -> float:
    """The least that SCIP finds for a program in a file, whole numbers whole where the file says so."""
    model = _quiet(3600.0)
    model.readProblem(str(path))
    _optimise(model)
    return float(model.getObjVal())


def _quiet(seconds: float) -> Any:
    from pyscipopt import Model

    model = Model()
    model.hideOutput()
    for name, value in {"numerics/feastol": 1e-9, "numerics/dualfeastol": 1e-9, "limits/time": seconds}.items():
        model.setParam(name, value)
    return model


def _optimise(model: Any) -> None:
    model.optimize()
    status = model.getStatus()
    if status in ("infeasible", "inforunbd"):
        raise Infeasible([], [])
    if status not in ("optimal", "gaplimit"):
        raise SolverFailed(status)


def _side(bound: float) -> float | None:
    return float(bound) if np.isfinite(bound) else None


def least_corner(program: Program, cost: Floats, kept: Kept = ()) -> float:
    """The least of cost · x over all corners, by trying every choice of as many tight rows and bounds as columns.

    Only for programs that have a corner and whose least is reached; infinite where no corner is allowed.
    """
    held = with_kept(program, kept, program.lower, program.upper)
    width = len(cost)
    rows = np.vstack([held.matrix.toarray(), np.eye(width)])
    low, up = np.concatenate([held.row_lower, held.lower]), np.concatenate([held.row_upper, held.upper])
    tight = [(i, side) for i in range(len(rows)) for side in {low[i], up[i]} if np.isfinite(side)]
    best = np.inf
    for chosen in combinations(tight, width):
        of = [i for i, _ in chosen]
        if len(set(of)) < width or np.linalg.matrix_rank(rows[of]) < width:
            continue
        corner = np.linalg.solve(rows[of], np.array([side for _, side in chosen]))
        at = rows @ corner
        if (at >= low - 1e-9).all() and (at <= up + 1e-9).all():
            best = min(best, float(cost @ corner))
    return best


def every_choice(count: int) -> list[tuple[float, ...]]:
    """All ways to say yes or no to so many questions."""
    return list(product((0.0, 1.0), repeat=count))
