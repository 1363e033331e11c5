"""A draw is found by seed, decision, month and who, and by nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, norm

from planner.simulation.randomness import Luck

DECISIONS = ("income", "illness", "held_back", "take:award", "yield:award", "price")
MANY = np.arange(20_000)


@given(st.integers(0, 2**63), st.sampled_from(DECISIONS), st.integers(0, 200), st.integers(0, 10**9))
def test_one_alone_and_among_many_draw_the_same(seed, decision, month, who):
    luck = Luck(seed)
    alone = luck.one(decision, month, who)
    assert alone == luck.uniform(decision, month, np.array([who]))[0]
    assert alone == luck.uniform(decision, month, np.array([3, who, 5]))[1]
    assert 0 <= alone < 1


def test_order_and_earlier_draws_change_nothing():
    fresh, used = Luck(7), Luck(7)
    for decision in DECISIONS:
        used.uniform(decision, 3, MANY)
        used.normal("something_new", 3, MANY)
    wanted = fresh.uniform("illness", 3, MANY)
    assert (used.uniform("illness", 3, MANY) == wanted).all()
    assert (used.uniform("illness", 3, MANY[::-1])[::-1] == wanted).all()


@pytest.mark.parametrize("other", [(8, "illness", 3), (7, "income", 3), (7, "illness", 4)])
def test_another_seed_decision_or_month_is_another_draw(other):
    """Of 20,000 draws of 53 bits two sets agree nowhere; correlation is within four standard errors of nought."""
    seed, decision, month = other
    one, two = Luck(7).uniform("illness", 3, MANY), Luck(seed).uniform(decision, month, MANY)
    assert not (one == two).any()
    assert abs(np.corrcoef(one, two)[0, 1]) < 4 / np.sqrt(len(MANY))


@pytest.mark.parametrize("seed", [0, 1, 2, 2**40])
@pytest.mark.parametrize("decision", DECISIONS[:3])
def test_draws_are_spread_evenly(seed, decision):
    """Chi-square of 100 equal classes: 200 draws expected in each, 99 degrees of freedom, at the 1 in 100,000 level."""
    found = np.bincount((Luck(seed).uniform(decision, 5, MANY) * 100).astype(int), minlength=100)
    assert ((found - 200) ** 2 / 200).sum() < chi2.ppf(1 - 1e-5, 99)


def test_two_decisions_are_independent():
    """Joint classes of two decisions, 10 by 10: 200 expected in each cell."""
    luck = Luck(0)
    one, two = (luck.uniform(d, 11, MANY) for d in ("held_back", "false_accept"))
    cell = (one * 10).astype(int) * 10 + (two * 10).astype(int)
    found = np.bincount(cell, minlength=100)
    assert ((found - 200) ** 2 / 200).sum() < chi2.ppf(1 - 1e-5, 99)


def test_neighbours_and_following_months_are_independent():
    luck = Luck(0)
    by_month = np.array([luck.uniform("illness", m, MANY[:200]) for m in range(200)])
    for one, two in ((by_month[:, :-1], by_month[:, 1:]), (by_month[:-1], by_month[1:])):
        assert abs(np.corrcoef(one.ravel(), two.ravel())[0, 1]) < 4 / np.sqrt(one.size)


def test_normal_numbers_are_the_quantiles_of_the_even_ones():
    luck = Luck(3)
    assert luck.normal("income", 0, MANY) == pytest.approx(norm.ppf(luck.uniform("income", 0, MANY)), abs=1e-9)
    assert np.isfinite(luck.normal("income", 0, np.arange(200_000))).all()


def test_seed_nought_is_a_seed_like_any_other():
    nought, one = Luck(0).uniform("income", 0, MANY), Luck(1).uniform("income", 0, MANY)
    assert 0.49 < nought.mean() < 0.51
    assert not (nought == one).any()
