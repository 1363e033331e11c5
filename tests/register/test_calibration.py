"""Drawing that agrees with what is wanted: means, sums and sizes of samples are exact, chances are in proportion."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import RegisterError
from planner.register.calibration import (
    chance_for_total,
    counts_of_sum,
    pick,
    pick_within,
    take_exact,
    tilted,
)


def luck(seed: int = 1) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def test_a_shape_is_tilted_until_its_mean_is_as_wanted():
    """Of 1, 2, 3 in equal parts, the tilt to a mean of 2.5 has the shares 1 : r : r², and the middle one is √(ends)."""
    shares = tilted(np.ones(3) / 3, np.array([1.0, 2.0, 3.0]), 2.5)
    assert shares.sum() == pytest.approx(1)
    assert shares @ np.array([1.0, 2.0, 3.0]) == pytest.approx(2.5)
    assert shares[1] == pytest.approx(np.sqrt(shares[0] * shares[2]))


def test_a_shape_that_has_its_mean_already_stays():
    shares = np.array([0.25, 0.5, 0.25])
    assert tilted(shares, np.array([1.0, 2.0, 3.0]), 2.0) == pytest.approx(shares)


@given(st.integers(1, 500), st.floats(1.0, 6.0), st.integers(2, 8))
def test_whole_counts_come_to_the_sum_exactly(total, mean, largest):
    wanted = min(max(round(total * mean), total), total * largest)
    counts = counts_of_sum(total, wanted, np.ones(largest) / largest)
    assert counts.sum() == total
    assert counts @ np.arange(1, largest + 1) == wanted
    assert (counts >= 0).all()


def test_a_sum_out_of_reach_is_refused():
    """Three households of at most two persons are never seven."""
    with pytest.raises(RegisterError, match=r"per_household register\.total_unreachable"):
        counts_of_sum(3, 7, np.array([0.5, 0.5]))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(0, 50), st.integers(0, 99))
def test_a_sample_has_the_size_asked_for_and_none_without_weight(weights, wanted, seed):
    taken = pick(np.array(weights, dtype=float), wanted, luck(seed))
    assert taken.sum() == min(wanted, sum(w > 0 for w in weights))
    assert not taken[np.array(weights) == 0].any()


def test_chances_are_in_proportion_to_the_weights():
    """1000 rows of weight 1 and 1000 of weight 3, 800 taken: 200 and 600 expected; 40 draws, within four errors of 2."""
    weights = np.repeat([1.0, 3.0], 1000)
    heavy = np.mean([pick(weights, 800, luck(seed))[1000:].sum() for seed in range(40)])
    assert heavy == pytest.approx(600, abs=8)


def test_a_row_whose_chance_would_be_above_one_is_always_taken():
    weights = np.array([1000.0, *[1.0] * 99])
    assert all(pick(weights, 10, luck(seed))[0] for seed in range(30))


def test_each_stratum_gives_its_own_share_of_its_base():
    strata = np.repeat([0, 1], 100)
    base = np.tile([True, False], 100)
    taken = pick_within(np.ones(200), np.array([0.1, 0.5]), strata, base, luck())
    assert [int(taken[strata == s].sum()) for s in (0, 1)] == [5, 25]
    assert not taken[~base].any()


def test_chances_of_trials_add_up_to_what_is_wanted_with_a_cap():
    """Ten trials of weight 1, ten of weight 100, 12 wanted: the heavy at 0.95, the light at (12 - 9.5) / 10."""
    chance = chance_for_total(np.array([10, 10]), np.array([1.0, 100.0]), 12)
    assert chance == pytest.approx([0.25, 0.95])


def test_nothing_is_expected_of_no_trials():
    assert chance_for_total(np.array([0, 0]), np.ones(2), 5).tolist() == [0, 0]


def test_the_last_taken_gives_way_where_that_closes_the_gap():
    """4 and 3 leave a gap of 1 to 8, and no household of one is left: the 3 gives way to a 4."""
    assert take_exact(np.arange(4), np.array([4, 3, 4, 5]), 8, "x").tolist() == [0, 2]
