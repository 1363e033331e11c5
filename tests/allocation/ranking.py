"""The ranks of a plan solved one after the other, and nothing else: no rounding, no names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.allocation.allocate import Bounds, prepare, solve_ranks
from planner.allocation.answers import Whole
from planner.allocation.branching import with_kept
from planner.allocation.certificate import Served
from planner.allocation.holding import opening_sides
from planner.allocation.objectives import aims_of, rank
from planner.allocation.program import Program
from planner.allocation.solving import Solver, search
from planner.plan.model import Plan
from planner.register.model import Register

Floats = np.ndarray[Any, np.dtype[np.float64]]


class AtOnce(Solver):
    """Searches for whole exits in this process: quicker for programs so small."""

    def branch(self, cost: Floats, gap: float) -> Whole:
        return search(
            with_kept(self._program, self._extra, self._lower, self._upper), cost, {"gap": gap, "nodes": 10_000}
        )


@dataclass(frozen=True)
class Ranked:
    """A program, what each aim of its plan reached, and the villages put forward."""

    program: Program
    served: tuple[Served, ...]
    exits: Floats

    @property
    def reached(self) -> dict[str, float]:
        """The value of each aim."""
        return {served.name: served.objective for served in self.served}


def ranked(plan: Plan, register: Register, exits: Floats | None = None, make: Any = AtOnce) -> Ranked:
    """The ranks of a plan; `exits` holds the villages put forward beforehand.

    Raises: Infeasible where the clauses cannot all hold.
    """
    made, program = prepare(plan, register)
    bounds = Bounds(make(program), program)
    bounds.open(opening_sides(made, program)[0])
    whole = made.forward[program.whole[made.forward]]
    if exits is not None:
        bounds.fix(whole, exits)
    values, served = solve_ranks(made, program, bounds, tuple(rank(name) for name in aims_of(plan)))
    return Ranked(program, served, np.round(values[whole]))
