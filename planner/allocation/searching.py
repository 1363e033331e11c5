"""The child process of a search for whole exits: arrays in, arrays out. Started by `branching`, never imported by it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from planner.allocation.branching import INFEASIBLE
from planner.allocation.program import Block, Program
from planner.allocation.solving import search
from planner.errors import Infeasible


def _child(given: Path, found: Path) -> int:
    with np.load(given, allow_pickle=False) as a:
        whole = a["whole"]
        program = Program(
            tuple(Block(str(i), i, ((),), whole=True) for i in np.flatnonzero(whole).tolist()),
            (),
            csr_array((a["data"], a["indices"], a["indptr"]), shape=tuple(a["shape"].tolist())),
            a["lower"],
            a["upper"],
            a["row_lower"],
            a["row_upper"],
        )
        cost = a["cost"]
        gap, nodes = a["options"].tolist()
    try:
        answer = search(program, cost, {"gap": gap, "nodes": nodes})
    except Infeasible:
        return INFEASIBLE
    figures = np.array([answer.objective, answer.bound, answer.nodes, answer.finished], float)
    np.savez(found, values=answer.values, figures=figures)
    return 0


if __name__ == "__main__":
    sys.exit(_child(Path(sys.argv[1]), Path(sys.argv[2])))
