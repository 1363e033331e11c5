"""Who pays what: whole yuan from sources to payees, as much as can flow, and no source above what it has."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from planner.allocation.funding import Account, Funding

ROADS, HOMES = ("roads", "poor", 0), ("homes", "poor", 0)


def purse(own: int = 10, tied: int = 5) -> Funding:
    """Own money pays both, tied money roads alone."""
    return Funding({"own": [own], "tied": [tied]}, True, {ROADS: ["own", "tied"], HOMES: ["own"]})


def test_what_is_there_is_paid_to_the_yuan():
    money = purse()
    assert money.pay(ROADS, 15)
    assert money.by_source(ROADS) == {"own": 10, "tied": 5}
    assert money.paid(ROADS) == 15


def test_what_is_not_there_is_not_paid_at_all():
    money = purse()
    assert not money.pay(ROADS, 16)
    assert money.by_source(ROADS) == {}
    assert money.pay(HOMES, 10)


def test_as_much_as_there_is_can_be_asked_for():
    assert purse().pay_up_to(ROADS, 99) == 15


def test_a_source_gives_way_to_a_payee_that_no_other_may_pay():
    """Roads were paid 5 from own money; homes take all 10 of it, so roads go over to tied money."""
    money = purse()
    assert money.pay_from("own", ROADS, 5) == 5
    assert money.pay(HOMES, 10)
    assert money.by_source(ROADS) == {"tied": 5}


def test_what_is_taken_back_can_be_spent_again():
    money = purse()
    money.pay(HOMES, 10)
    money.refund(HOMES, 4)
    assert money.paid(HOMES) == 6
    assert money.pay(ROADS, 9)
    with pytest.raises(ValueError, match="not paid"):
        money.refund(HOMES, 7)


LATER: Account = ("roads", "poor", 1)


@pytest.mark.parametrize(("carried", "paid"), [(True, 14), (False, 7)])
def test_what_is_left_of_a_year_is_paid_a_year_later_where_it_may_be(carried, paid):
    money = Funding({"own": [7, 7]}, carried, {ROADS: ["own"], LATER: ["own"]})
    assert money.pay_up_to(LATER, 99) == paid
    assert money.pay_up_to(ROADS, 99) == 14 - max(paid, 7)


def test_money_of_a_later_year_does_not_pay_for_an_earlier_one():
    money = Funding({"own": [0, 7]}, True, {ROADS: ["own"], LATER: ["own"]})
    assert money.pay_up_to(ROADS, 5) == 0


def test_a_source_by_itself_gives_its_latest_money_first():
    money = Funding({"own": [7, 7]}, True, {ROADS: ["own"], LATER: ["own"]})
    assert money.pay_from("own", LATER, 7) == 7
    assert money.pay(ROADS, 7)
    assert money.pay_from("other", LATER, 1) == 0


def test_an_account_that_nobody_may_pay_gets_nothing():
    assert purse().pay_up_to(("schools", "poor", 0), 1) == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.integers(1, 5), st.integers(1, 3), st.booleans(), st.integers(0, 10**6))
def test_all_that_can_be_paid_is_paid_whoever_is_asked_first(sources, payees, years, carried, seed):
    """Against a linear program: the most that all accounts together can get, whatever the order of asking."""
    luck = np.random.default_rng(seed)
    grants = {f"s{i}": luck.integers(0, 50, years).tolist() for i in range(sources)}
    accounts = [(f"p{j}", "", y) for j in range(payees) for y in range(years)]
    may = {a: [s for s in grants if luck.random() < 0.6] for a in accounts}
    asked = {a: int(luck.integers(0, 60)) for a in accounts}
    money = Funding(grants, carried, may)
    order = [accounts[i] for i in luck.permutation(len(accounts))]
    paid = sum(money.pay_up_to(a, asked[a]) for a in order)
    cells = [(a, s, y) for a in accounts for s in may[a] for y in range(years) if y == a[2] or (carried and y < a[2])]
    assert paid == most(cells, asked, grants)
    for source, given_ in grants.items():
        by_year = [sum(money.by_source(a).get(source, 0) for a in accounts if a[2] == y) for y in range(years)]
        limits = np.cumsum(given_) if carried else np.array(given_)
        assert ((np.cumsum(by_year) if carried else np.array(by_year)) <= limits).all()


def most(cells, asked, grants) -> int:
    if not cells:
        return 0
    rows = [[float(c[0] == a) for c in cells] for a in asked]
    rows += [[float((c[1], c[2]) == (s, y)) for c in cells] for s in grants for y in range(len(grants[s]))]
    limits = [*asked.values(), *(g for given_ in grants.values() for g in given_)]
    return round(-linprog([-1.0] * len(cells), A_ub=rows, b_ub=limits, method="highs").fun)
