"""What rounding costs (取整的损失): persons whom the same deliveries can lead out, in parts of units and in whole ones.

The program is asked twice for the most persons out, once with its own deliveries held and once with the whole ones; what
money, capacity and tasks say does not matter any more. The difference is the loss, apart from anything that the program
gave up for another aim.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.allocation.answers import Engine
from planner.allocation.formulation import Draft
from planner.allocation.objectives import rank
from planner.allocation.program import Program
from planner.allocation.rounding import Rounded

Floats = NDArray[np.float64]
SETTLED = ("cost", "source", "untied", "line", "held", "capacity", "task", "stays_delivered")
"""Families that have nothing more to say once the deliveries stand."""
MOST = "most"


@dataclass(frozen=True)
class Reach:
    """Persons out at most by year end, by what is delivered. Shape: year."""

    fractional: Floats
    whole: Floats


def settled(program: Program) -> Program:
    """A program without the rows about money and deliveries."""
    lower, upper = program.row_lower.copy(), program.row_upper.copy()
    for block in program.rows:
        if block.family in SETTLED:
            lower[block.start : block.stop], upper[block.start : block.stop] = -np.inf, np.inf
    return replace(program, row_lower=lower, row_upper=upper)


def reach(d: Draft, program: Program, values: Floats, rounded: Rounded, engine: Callable[[Program], Engine]) -> Reach:
    """The persons out at most by a program's own deliveries and by the whole ones.

    Raises: SolverFailed where the solver stopped without an answer.
    """
    stock = {k: values[columns] for k, columns in d.stock.items()}
    done = {k: values[columns] for k, columns in d.done.items()}
    bare = settled(program)
    return Reach(_out(d, bare, stock, done, engine), _out(d, bare, rounded.stock, rounded.done, engine))


def _out(
    d: Draft,
    program: Program,
    stock: Mapping[str, NDArray[Any]],
    done: Mapping[str, NDArray[Any]],
    engine: Callable[[Program], Engine],
) -> Floats:
    lower, upper = program.lower.copy(), program.upper.copy()
    for blocks, amounts in ((d.stock, stock), (d.done, done)):
        for k, columns in blocks.items():
            has = columns >= 0
            lower[columns[has]] = upper[columns[has]] = np.maximum(amounts[k][has], 0.0)
    held = replace(program, lower=lower, upper=upper)
    found: Floats = engine(held).solve(rank(MOST).cost(d, held)).values[d.out].sum(axis=0)
    return found
