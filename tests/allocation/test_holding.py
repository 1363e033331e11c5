"""What holds the columns while an aim is solved: villages that cannot be put forward whole are not put forward."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from planner.allocation.holding import Sides, hopeless
from planner.allocation.program import Block, Program

INF = np.inf


def program(rows: list[list[float]], row_lower: list[float], row_upper: list[float], upper: list[float]) -> Program:
    """Two whole columns a and b, then two that may be shares."""
    whole = Block("forward", 0, (("a",), ("b",)), whole=True)
    parts = Block("parts", 2, (("c",), ("d",)))
    named = Block("row", 0, tuple((i,) for i in range(len(rows))))
    matrix = csr_array(np.array(rows, float))
    return Program(
        (whole, parts), (named,), matrix, np.zeros(4), np.array(upper, float), np.array(row_lower), np.array(row_upper)
    )


@pytest.mark.parametrize(
    ("row", "low", "up", "upper", "found"),
    [
        ([10.0, 0.0, -1.0, 0.0], -INF, 0.0, [1, 1, 9.0, 5.0], [0]),  # ten have to be out, nine can be
        ([10.0, 0.0, -1.0, 0.0], -INF, 0.0, [1, 1, 10.0, 5.0], []),  # ten can be
        ([10.0, 0.0, -1.0, -1.0], -INF, 0.0, [1, 1, 9.0, 5.0], []),  # the other column makes up for it
        ([-10.0, 0.0, 1.0, 0.0], 0.0, INF, [1, 1, 9.0, 5.0], [0]),  # the same row the other way round
        ([10.0, 0.0, -1.0, 0.0], -INF, INF, [1, 1, 9.0, 5.0], []),  # a row without a limit
        ([10.0, 0.0, -1.0, 0.0], -INF, 0.0, [1, 1, INF, 5.0], []),  # a column without a limit
        ([10.0, 10.0, -1.0, 0.0], -INF, 0.0, [1, 1, 9.0, 5.0], [0, 1]),  # neither, even alone
        ([10.0, 10.0, -1.0, 0.0], -INF, 0.0, [1, 1, 10.0, 5.0], []),  # either of the two, so neither is hopeless
        ([10.0, 0.0, -1.0, 0.0], -INF, 0.0, [0, 1, 9.0, 5.0], []),  # given up already
    ],
)
def test_a_whole_column_is_hopeless_where_a_row_keeps_it_below_one(row, low, up, upper, found):
    made = program([row], [low], [up], upper)
    assert hopeless(made, Sides(made.lower, made.upper)).tolist() == found


def test_bounds_changed_since_count_and_the_given_ones_stay_as_they_are():
    made = program([[10.0, 0.0, -1.0, 0.0]], [-INF], [0.0], [1, 1, 20.0, 5.0])
    sides = Sides(made.lower, made.upper)
    held = sides.held(np.array([2]), np.array([3.0]))
    assert hopeless(made, sides).tolist() == []
    assert hopeless(made, held).tolist() == [0]
    assert (made.upper[2], held.lower[2], held.upper[2]) == (20.0, 3.0, 3.0)
