"""Controlled rounding: whole numbers whose sums are the sums, to within one."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from planner.allocation.controlled import PARTS, controlled, in_parts


def whole(amounts: list[list[float]], *groups: list[int]) -> list[list[int]]:
    found: list[list[int]] = controlled(np.array(amounts, float), [np.array(g) for g in groups]).tolist()
    return found


def test_what_is_whole_stays_as_it_is():
    assert whole([[1, 2], [0, 3]]) == [[1, 2], [0, 3]]


def test_nothing_is_nothing():
    assert controlled(np.zeros((0, 3))).shape == (0, 3)


def test_a_single_amount_goes_the_nearer_way():
    assert whole([[2.4]]) == [[2]]
    assert whole([[2.6]]) == [[3]]


def test_two_halves_are_one_and_not_two_or_nothing():
    assert sorted(whole([[0.5], [0.5]])) == [[0], [1]]


def test_three_thirds_are_one():
    assert sum(row[0] for row in whole([[1 / 3]] * 3)) == 1


def test_what_one_year_rounds_up_a_later_year_does_not_take_back():
    """Five rows of a half, two of which grow to one: 2.5, then 3.5. Rounded up three times at first, and 3 or 4 then."""
    found = np.array(whole([[0.5, 0.5]] * 3 + [[0.5, 1.0]] * 2))
    assert found[:, 0].sum() in (2, 3)
    assert found[:, 1].sum() in (3, 4)
    assert (np.diff(found, axis=1) >= 0).all()


def test_groups_keep_their_own_sums():
    """Four halves in two groups: one in either, never two in one."""
    found = whole([[0.5]] * 4, [0, 0, 1, 1])
    assert found[0][0] + found[1][0] == 1
    assert found[2][0] + found[3][0] == 1


def test_a_hair_below_a_whole_number_is_that_number():
    assert in_parts(np.array([2.99999999, 0.4])).tolist() == [3 * PARTS, 400_000]
    assert whole([[2479.99999]]) == [[2480]]


def test_what_falls_may_fall():
    """A cost that lapses: 2.5 households, then none."""
    assert [row[1] for row in whole([[2.5, 0.0]])] == [0]


def near(found: NDArray[Any], meant: NDArray[Any]) -> bool:
    """Each the floor or ceiling of its own, but for what millionths leave over."""
    return bool(((found >= np.floor(meant - 0.01)) & (found <= np.ceil(meant + 0.01))).all())


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.integers(1, 5), st.integers(0, 10**6), st.booleans())
def test_every_sum_is_its_floor_or_ceiling(rows, years, seed, rising):
    luck = np.random.default_rng(seed)
    meant = luck.random((rows, years)) * luck.integers(1, 4)
    meant = np.cumsum(meant, axis=1) if rising else meant
    kind = luck.integers(0, 3, rows)
    found = controlled(meant, [kind, (kind == 2).astype(int)])
    steps, meant_steps = np.diff(found, axis=1, prepend=0), np.diff(meant, axis=1, prepend=0)
    assert near(found, meant)
    assert near(steps, meant_steps)
    assert near(found.sum(axis=0), meant.sum(axis=0))
    assert near(steps.sum(axis=0), meant_steps.sum(axis=0))
    for inside in (kind == 0, kind == 1, kind == 2, kind < 2):
        assert near(steps[inside].sum(axis=0), meant_steps[inside].sum(axis=0))
    assert (steps >= 0).all() or not rising
    assert controlled(meant, [kind, (kind == 2).astype(int)]).tolist() == found.tolist()
