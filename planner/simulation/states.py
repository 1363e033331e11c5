"""Household states and the legal moves between them (户状态与合法变动)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.errors import IllegalMove
from planner.terms import State

MOVES: dict[State, frozenset[State]] = {
    State.MARGIN: frozenset({State.ENTERED}),
    State.REGISTERED: frozenset({State.ASSISTED, State.CONSOLIDATION}),
    State.ASSISTED: frozenset({State.CONSOLIDATION}),
    State.CONSOLIDATION: frozenset({State.STABLE, State.RETURNED}),
    State.STABLE: frozenset({State.RETURNED}),
    State.RETURNED: frozenset({State.CONSOLIDATION}),
    State.ENTERED: frozenset({State.CONSOLIDATION}),
}
"""From each state, those that may follow it."""

POOR = (State.REGISTERED, State.ASSISTED, State.RETURNED, State.ENTERED)
"""States of households on the register of the poor."""
OUT = (State.CONSOLIDATION, State.STABLE)
"""States of households that left."""


def move(state: NDArray[np.int8], rows: NDArray[np.int64], to: State) -> dict[State, NDArray[np.int64]]:
    """Move rows to a state in place; gives the rows by the state they came from.

    Raises: IllegalMove where a row's state does not allow it.
    """
    came: dict[State, NDArray[np.int64]] = {}
    for before in State:
        mine = rows[state[rows] == before]
        if not len(mine):
            continue
        if to not in MOVES[before]:
            raise IllegalMove(f"{before.name} -> {to.name}, households {mine[:5].tolist()} and {len(mine)} in all")
        came[before] = mine
    state[rows] = to
    return came
