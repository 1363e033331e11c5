"""Households move between states as drawn, and no other way."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from planner.errors import IllegalMove
from planner.simulation.states import MOVES, OUT, POOR, move
from planner.terms import State

LEGAL = {
    (State.MARGIN, State.ENTERED),
    (State.REGISTERED, State.ASSISTED),
    (State.REGISTERED, State.CONSOLIDATION),
    (State.ASSISTED, State.CONSOLIDATION),
    (State.CONSOLIDATION, State.STABLE),
    (State.CONSOLIDATION, State.RETURNED),
    (State.STABLE, State.RETURNED),
    (State.RETURNED, State.CONSOLIDATION),
    (State.ENTERED, State.CONSOLIDATION),
}
"""As the design says: registered, assisted, verified exit under consolidation, stable; or returned; or entered."""


@pytest.mark.parametrize(("before", "after"), list(product(State, State)), ids=lambda s: s.name)
def test_a_move_is_made_where_it_is_legal_and_refused_elsewhere(before, after):
    state = np.array([before, State.REGISTERED], np.int8)
    row = np.array([0])
    if (before, after) in LEGAL:
        came = move(state, row, after)
        assert list(came) == [before]
        assert state.tolist() == [after, State.REGISTERED]
    else:
        with pytest.raises(IllegalMove, match=f"{before.name} -> {after.name}"):
            move(state, row, after)
        assert state.tolist() == [before, State.REGISTERED]


def test_one_illegal_row_among_legal_ones_moves_nobody():
    state = np.array([State.REGISTERED, State.MARGIN], np.int8)
    with pytest.raises(IllegalMove, match=r"households \[1\] and 1 in all"):
        move(state, np.array([0, 1]), State.ASSISTED)
    assert state.tolist() == [State.REGISTERED, State.MARGIN]


def test_rows_are_told_apart_by_the_state_they_came_from():
    state = np.array([State.REGISTERED, State.ASSISTED, State.RETURNED, State.ASSISTED], np.int8)
    came = move(state, np.arange(4), State.CONSOLIDATION)
    assert {s.name: rows.tolist() for s, rows in came.items()} == {
        "REGISTERED": [0],
        "ASSISTED": [1, 3],
        "RETURNED": [2],
    }


def test_every_state_is_poor_or_out_or_the_margin_and_only_one_of_them():
    assert sorted([*POOR, *OUT, State.MARGIN]) == sorted(State)
    assert set(MOVES) == set(State)
