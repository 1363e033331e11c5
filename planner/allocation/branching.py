"""Branch and bound in a child process: the search for whole exits must not take the program down with it.

The child is handed arrays in a file and leaves arrays in another; nothing but numbers crosses.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from planner.allocation.answers import Kept, Whole, refuse_breaches
from planner.allocation.program import Block, Program
from planner.errors import Infeasible, SolverFailed

Floats = NDArray[np.float64]
NODES = 20_000
"""Nodes after which a search stops with what it has; a limit of time would not be reproducible."""
INFEASIBLE = 3
"""Exit status of a child that found no answer to exist."""


def branch(program: Program, cost: Floats, kept: Kept, lower: Floats, upper: Floats, gap: float) -> Whole:
    """The least of cost · x with whole columns whole, within `gap` of its bound.

    Raises: Infeasible where no x exists, SolverFailed where the child ended without an answer.
    """
    held = with_kept(program, kept, lower, upper)
    with tempfile.TemporaryDirectory(prefix="planner-") as folder:
        given, found = Path(folder) / "given.npz", Path(folder) / "found.npz"
        matrix = held.matrix
        np.savez(
            given,
            data=matrix.data, indices=matrix.indices, indptr=matrix.indptr, shape=np.array(matrix.shape),
            lower=held.lower, upper=held.upper, row_lower=held.row_lower, row_upper=held.row_upper,
            whole=held.whole, cost=cost, options=np.array([gap, NODES]),
        )  # fmt: skip
        command = [sys.executable, "-m", "planner.allocation.searching", str(given), str(found)]
        done = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603
        if done.returncode == INFEASIBLE:
            raise Infeasible([], [])
        if done.returncode or not found.is_file():
            raise SolverFailed(f"the search for whole exits ended with status {done.returncode}: {done.stderr[-200:]}")
        with np.load(found, allow_pickle=False) as arrays:
            values = arrays["values"]
            objective, bound, nodes, finished = arrays["figures"].tolist()
    refuse_breaches(held, values)
    return Whole(values, objective, bound, int(nodes), bool(finished))


def with_kept(program: Program, kept: Kept, lower: Floats, upper: Floats) -> Program:
    """The program with the rows of ranks already served, and these bounds."""
    if not kept:
        return Program(
            program.columns, program.rows, program.matrix, lower, upper, program.row_lower, program.row_upper
        )
    rows = csr_array(np.stack([row for row, _ in kept]))
    return Program(
        program.columns,
        (*program.rows, Block("kept", len(program.row_lower), tuple((i,) for i in range(len(kept))))),
        csr_array(vstack([program.matrix, rows])),
        lower,
        upper,
        np.concatenate([program.row_lower, np.full(len(kept), -np.inf)]),
        np.concatenate([program.row_upper, [at_most for _, at_most in kept]]),
    )
