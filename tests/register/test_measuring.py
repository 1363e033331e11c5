"""What a register amounts to, worked by hand: the unknown is left out and counted."""

from __future__ import annotations

import numpy as np
import pytest

from planner.register import measuring as m

ALL = np.ones(4, bool)


def test_a_total_leaves_out_the_unknown_and_counts_it():
    assert m.total(np.array([3, -1, 4, 2]), ALL) == m.Measured(9, pytest.approx(float("nan"), nan_ok=True), 3, 1)


def test_a_share_is_of_those_known():
    """Two of three known; the error of 2/3 on three is √(2/9/3)."""
    flags = np.array([0, 1, 0, -1])
    found = m.share(flags == 0, m.known(flags), ALL)
    assert (found.value, found.base, found.unknown) == (pytest.approx(2 / 3), 3, 1)
    assert found.error == pytest.approx(np.sqrt(2 / 27))


def test_mean_and_median_are_of_those_known():
    values = np.array([1.0, 2.0, 6.0, np.nan])
    assert m.mean(values, ALL).value == pytest.approx(3)
    assert m.median(values, ALL).value == 2
    assert m.mean(values, ALL).unknown == 1


def test_a_sum_over_a_sum_weighs_by_what_is_below():
    found = m.per(np.array([1, 3, -1, 0]), np.array([2, 2, 9, 4]), ALL)
    assert (found.value, found.base, found.unknown) == (0.5, 3, 1)


def test_the_spread_of_logs_is_that_of_the_logs():
    """Logs 0 and 2: mean 1, spread 1; nought and NaN are left out."""
    found = m.spread_of_logs(np.array([1.0, np.e**2, 0.0, np.nan]), ALL)
    assert (found.value, found.base) == (pytest.approx(1), 2)


def test_a_ratio_adds_the_relative_errors_in_squares():
    found = m.ratio(m.Measured(6, 0.3, 10), m.Measured(3, 0.15, 20))
    assert (found.value, found.error) == (2, pytest.approx(2 * np.hypot(0.05, 0.05)))


def test_a_correlation_of_two_that_rise_together_is_one():
    assert m.correlation(np.array([1, 2, 3, -1]), np.array([2, 4, 6, 8]), ALL).value == pytest.approx(1)


NOTHING = np.zeros(4, bool)


@pytest.mark.parametrize(
    "found",
    [
        m.share(ALL, ALL, NOTHING),
        m.mean(np.ones(4), NOTHING),
        m.median(np.ones(4), NOTHING),
        m.per(np.ones(4), np.zeros(4), ALL),
        m.spread_of_logs(np.zeros(4), ALL),
        m.correlation(np.ones(4), np.arange(4), ALL),
        m.ratio(m.Measured(1, 0, 0), m.Measured(1, 0, 1)),
    ],
)
def test_where_there_is_nothing_to_measure_nothing_is_claimed(found):
    assert np.isnan(found.value)
    assert found.base == 0
