"""Which clauses cannot all hold (冲突条款), when no allocation keeps them all.

Physics stays hard: households are counted once, costs are costs. Every row of a clause gets slack at a price relative to
its own size; the least slack that lets the rest hold tells which rows give way, and the prices tell which press on them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, hstack
from scipy.sparse.csgraph import connected_components

from planner.allocation.families import FAMILIES
from planner.allocation.program import Block, Program
from planner.allocation.solving import Solver
from planner.errors import Infeasible

CLAUSES = ("task", "held", "source", "line", "capacity", "list")
"""Families that say what somebody decided, not what follows from arithmetic."""
SHOWS = 1e-6
"""Slack from which a row gives way, relative to the size of its bound."""
PRESSES = 1e-3
"""Price from which a row presses on those that give way, as a part of what its own slack would cost."""


def conflict(program: Program) -> Infeasible:
    """The clauses of a program that clash: those that give way first, then those that press on them.

    `rows` names the same rows: block and label.

    Raises: Infeasible without clauses where not even slack helps, since physics contradicts itself.
    """
    soft = np.array(
        [i for block in program.rows if block.family in CLAUSES for i in range(block.start, block.stop)], np.int64
    )
    bound = np.where(np.isfinite(program.row_upper), program.row_upper, program.row_lower)[soft]
    price = 1.0 / (1.0 + np.abs(np.where(np.isfinite(bound), bound, 0.0)))
    wider, cost = _with_slack(program, soft, price)
    # A vertex has prices on few rows.
    answer = Solver(wider, algorithm="simplex").solve(cost)
    width = len(program.lower)
    slack = answer.values[width:].reshape(2, -1).sum(axis=0)
    gives = soft[slack * price > SHOWS]
    tied = _tied_to(program, np.abs(answer.prices) > PRESSES * price.min(initial=1.0), gives)
    priced = (np.abs(answer.prices[soft]) > PRESSES * price) & tied[soft]
    presses = soft[priced & (slack * price <= SHOWS)]
    named = [_named(program, int(i)) for i in (*gives, *presses)]
    return Infeasible(
        list(dict.fromkeys(FAMILIES[family].clause for family, _ in named)),
        list(dict.fromkeys(row for _, row in named)),
    )


def _with_slack(
    program: Program, soft: NDArray[np.int64], price: NDArray[np.float64]
) -> tuple[Program, NDArray[np.float64]]:
    """The program with a column that lifts and one that lowers each soft row, and the cost of using them."""
    count = len(soft)
    at = np.concatenate([soft, soft])
    weight = np.concatenate([np.ones(count), -np.ones(count)])
    extra = coo_array((weight, (at, np.arange(2 * count))), shape=(len(program.row_lower), 2 * count))
    start = len(program.lower)
    labels = tuple((int(i),) for i in at)
    wider = Program(
        (*program.columns, Block("slack", start, labels)),
        program.rows,
        csr_array(hstack([program.matrix, extra])),
        np.concatenate([program.lower, np.zeros(2 * count)]),
        np.concatenate([program.upper, np.full(2 * count, np.inf)]),
        program.row_lower,
        program.row_upper,
    )
    return wider, np.concatenate([np.zeros(start), price, price])


def _tied_to(program: Program, priced: NDArray[np.bool_], gives: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Rows that hang together with those that give way, through columns of rows with a price; others only carry noise."""
    rows = np.flatnonzero(priced)
    held = program.matrix[rows]
    _, part = connected_components(held @ held.T, directed=False)
    tied = np.zeros(len(program.row_lower), bool)
    tied[rows] = np.isin(part, part[np.isin(rows, gives)])
    return tied


def _named(program: Program, row: int) -> tuple[str, str]:
    """Family and name of a row."""
    block = next(b for b in program.rows if b.start <= row < b.stop)
    label = ", ".join(str(part) for part in block.labels[row - block.start])
    return block.family, f"{block.name} ({label})"
