"""The certificate: exact, without a solver, and blind to nothing but what it says it cannot see."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.allocation.allocate import allocate, prepare
from planner.allocation.certificate import Certificate, Served, certify, fingerprint
from planner.allocation.duality import Kept, implied_upper, proved_bound
from planner.allocation.exact import Exact, dot, fraction
from planner.allocation.formulation import Draft
from planner.allocation.ledger import Entry
from planner.allocation.ledger_check import check_against, check_ledger
from planner.allocation.program import Program
from planner.allocation.proposal import Proposal
from planner.plan.model import Plan
from planner.wording import render
from tests.allocation.test_solvers import diet, program_of
from tests.allocation.tiny import ruling, tiny_plan, tiny_register

KINDS = ("tasks_hard", "lines_within", "as_written")
PLANS = {kind: tiny_plan(regime={"kind": kind, "within": 0.9}) for kind in KINDS}


class Case:
    """A plan, its program, and its proposal."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.made: Draft
        self.program: Program
        self.made, self.program = prepare(plan, tiny_register())
        self.proposal: Proposal = allocate(plan, tiny_register())

    def certificate(self, values: Any = None) -> Certificate:
        return certify(self.program, self.proposal.values if values is None else values, self.proposal.served)


@pytest.fixture(scope="module", params=KINDS)
def case(request) -> Case:
    return Case(PLANS[request.param])


# Exact numbers


@given(st.lists(st.tuples(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12)), max_size=12))
def test_exact_sums_are_those_of_fractions(pairs):
    a, b = (np.array([pair[i] for pair in pairs], float) for i in (0, 1))
    expected = sum((Fraction(x) * Fraction(y) for x, y in pairs), Fraction(0))
    assert dot(a, b) == expected
    assert (Exact.of(a) * Exact.of(b)).total() == expected
    assert (Exact.of(a) - Exact.of(b)).total() == sum((Fraction(x) - Fraction(y) for x, y in pairs), Fraction(0))
    assert Exact.of(a).floats().tolist() == a.tolist()


def test_a_tenth_ten_times_is_not_one():
    """The float nearest to a tenth is a little more: ten of them exceed one by 10 / 2^54 × 0.4 × … , exactly this."""
    assert dot(np.full(10, 0.1), np.ones(10)) - 1 == 10 * (Fraction(0.1) - Fraction(1, 10))


def test_sums_of_runs():
    runs = Exact.of(np.array([1.0, 2.0, 4.0])).sums(np.array([0, 2, 2, 3]))
    assert runs.floats().tolist() == [3, 0, 4]
    assert (fraction(3, 2), fraction(3, -2)) == (12, Fraction(3, 4))


def test_what_is_not_finite_is_not_exact():
    with pytest.raises(ValueError, match="only finite"):
        Exact.of(np.array([np.inf]))


# Proofs


def served(cost: np.ndarray, objective: float, prices: list[float]) -> Served:
    return Served("cost", cost, objective, np.array(prices, float), objective)


def test_right_prices_prove_the_optimum_and_wrong_ones_only_widen_the_gap():
    """Least 3x + 2y with x + y >= 4 and both at most 3 is 9. At price p: 4p + 3 min(0, 3 − p) + 3 min(0, 2 − p)."""
    program, cost = diet()
    for price, bound in ((3, 9), (2, 8), (2.5, 8.5), (4, 7), (0, 0), (-1, 0)):
        (proof,) = certify(program, np.array([1.0, 3.0]), [served(cost, 9.0, [price])]).proofs
        assert proof.bound == bound
        assert proof.gap == pytest.approx((9 - bound) / 9)
        assert proof.proved == (bound == 9)


def test_no_prices_prove_that_nothing_is_below_nought():
    program, cost = diet()
    (proof,) = certify(program, np.array([1.0, 3.0]), [served(cost, 9.0, [])]).proofs
    assert proof.bound == 0


def test_an_endless_column_gets_its_end_from_the_rows():
    """x + y <= 4 and z = x − y: x and y at most 4 (a little more for safety), so is z."""
    inf = np.inf
    program = program_of([[1, 1, 0], [-1, 1, 1]], [-inf, 0], [4, 0], [0] * 3, [inf] * 3)
    upper = implied_upper(program, program.lower, program.upper)
    assert upper == pytest.approx([4, 4, 4], rel=1e-6)
    assert (upper >= 4).all()


def test_an_endless_slack_gets_a_price_that_leaves_it_no_reason_to_grow():
    """Least s with x + s >= 4, x <= 3: 1. A price a little above 1 would let s grow for ever; 1 is as good."""
    program = program_of([[1, 1]], [4], [np.inf], [0, 0], [3, np.inf])
    for price in (1 + 1e-9, 1.0):
        bound = proved_bound(program, np.array([0.0, 1.0]), np.array([price]), [], program.lower, program.upper)
        assert bound == 1


def test_where_nothing_bounds_a_column_nothing_is_proved():
    program = program_of([[1, 2]], [4], [np.inf], [0, 0], [np.inf, np.inf])
    cost = np.array([1.0, 1.0])
    assert proved_bound(program, cost, np.array([9.0]), [], program.lower, program.upper) is None
    certificate = certify(program, np.array([0.0, 2.0]), [served(cost, 2.0, [9.0])])
    assert certificate.holds
    assert not certificate.proved


def test_a_rank_kept_before_counts_in_the_proof():
    """Most x + 2y (least of its negative) where x + y <= 4.5 was kept: 7.5, at price −1 for the kept row."""
    program, _ = diet()
    kept = [Kept(np.array([1.0, 1.0]), 4.5, -1.0)]
    bound = proved_bound(program, np.array([-1.0, -2.0]), np.zeros(1), kept, program.lower, program.upper)
    assert bound == Fraction(-15, 2)


def test_breaches_are_named_with_block_label_family_and_clause(case):
    values = case.proposal.values.copy()
    values[case.made.exit[0, 0]] += 0.5
    certificate = case.certificate(values)
    assert not certificate.holds
    named = {(b.family, b.clause) for b in certificate.breaches}
    assert ("persons_out", "二(一)") in named
    (row,) = [b for b in certificate.breaches if b.block == "persons_out" and b.label == (0, 0)]
    # Half a household of four.
    assert row.amount == pytest.approx(2)


def test_a_bound_that_is_broken_is_named(case):
    values = case.proposal.values.copy()
    values[case.made.worst] = 1.5
    broken = {b.block: b for b in case.certificate(values).breaches}
    assert broken["worst"].amount == 0.5


def test_lengths_that_do_not_match_are_refused(case):
    with pytest.raises(ValueError, match="values for"):
        case.certificate(case.proposal.values[:-1])


def test_every_proposal_is_certified_and_proved(case):
    certificate = case.certificate()
    assert certificate.holds
    assert certificate.proved, certificate.proofs
    assert check_ledger(case.plan, case.proposal.entries) == ()
    assert check_against(case.made, case.proposal.values, case.proposal.entries) == ()


# One number changed


def refused(case: Case, values: np.ndarray, entries: list[Entry], stored: str) -> bool:
    """Whether a check sees that something was changed."""
    certificate = certify(case.program, values, case.proposal.served)
    return bool(
        not certificate.holds
        or certificate.fingerprint != stored
        or check_ledger(case.plan, entries)
        or check_against(case.made, values, entries)
    )


def test_any_one_value_that_is_changed_is_refused(case):
    """100 values, one at a time, by little or much. Slack can hide a value from rows; the fingerprint hides nothing."""
    luck = np.random.default_rng(5)
    stored = fingerprint(case.proposal.values)
    assert not refused(case, case.proposal.values, case.proposal.entries, stored)
    for column in luck.integers(0, len(case.proposal.values), 100):
        values = case.proposal.values.copy()
        values[column] += luck.choice([1e-9, -0.01, 1.0, 1000.0])
        assert refused(case, values, case.proposal.entries, stored)


def test_any_one_number_of_the_ledger_that_is_changed_is_refused(case):
    luck = np.random.default_rng(6)
    stored, entries = fingerprint(case.proposal.values), case.proposal.entries
    for _ in range(100):
        row = int(luck.integers(len(entries)))
        name = str(luck.choice(["year", "units", "yuan"]))
        step: Any = {"year": 1, "units": 0.001, "yuan": int(luck.choice([1, -1, 10_000]))}[name]
        changed = [*entries]
        changed[row] = replace(entries[row], **{name: getattr(entries[row], name) + step})
        assert refused(case, case.proposal.values, changed, stored)


def test_a_row_that_is_left_out_or_added_is_refused(case):
    entries, values = case.proposal.entries, case.proposal.values
    assert [f.code for f in check_against(case.made, values, entries[:-1])] == ["ledger.differs"]
    assert [f.code for f in check_against(case.made, values, [*entries, entries[-1]])] == ["ledger.differs"]


def test_the_fingerprint_is_of_numbers_not_of_signs_of_nought():
    assert fingerprint(np.array([0.0, 1.0])) == fingerprint(np.array([-0.0, 1.0]))
    assert fingerprint(np.array([0.0, 1.0])) != fingerprint(np.array([0.0, np.nextafter(1.0, 2.0)]))


# What the plan forbids in a ledger

GOOD = Entry(2031, "own", "people", "grow", "甲镇", "due", 2.0, 10_000)
FORBIDDEN = {
    "ledger.unknown": replace(GOOD, source="x"),
    "ledger.year": replace(GOOD, year=2040),
    "ledger.amount": replace(GOOD, yuan=-1),
    "ledger.line_of": replace(GOOD, line="homes"),
    "ledger.not_payable": replace(GOOD, source="land", measure="cover", units=20.0),
    "ledger.places": Entry(2031, "tied", "roads", "gravel", "乙镇", "other", 1.0, 150_000),
    "ledger.cost": replace(GOOD, yuan=10_001),
    "ledger.parts": replace(GOOD, units=1.5, yuan=7_500),
    "ledger.source_over": replace(GOOD, source="land", units=24.0, yuan=120_000),
}
GREEN = [Entry(year, "own", "green", "untied", "county", "county", 0.0, 70_000) for year in (2031, 2032)]


@pytest.mark.parametrize(("code", "entry"), FORBIDDEN.items(), ids=list(FORBIDDEN))
def test_what_the_plan_forbids(code, entry):
    faults = check_ledger(PLANS["tasks_hard"], [entry, *GREEN])
    assert [f.code for f in faults][:1] == [code]
    for lang in ("zh", "en"):
        assert render(faults[0], lang)


def test_what_the_plan_allows():
    """The rows of GREEN fill the line that its clause holds; a third award is paid by two sources, and stands with one."""
    shared = [replace(GOOD, units=1.0, yuan=4_000), replace(GOOD, source="land", units=0.0, yuan=1_000)]
    assert check_ledger(PLANS["tasks_hard"], [GOOD, *shared, *GREEN]) == ()


def test_a_line_that_its_clause_holds_is_held_to_the_yuan():
    short = [replace(GREEN[0], yuan=69_999), GREEN[1]]
    assert [f.code for f in check_ledger(PLANS["tasks_hard"], short)] == ["ledger.line_printed"]


def test_a_line_that_may_depart_by_a_tenth_is_held_to_it():
    """Homes are printed at 10 万元: from 9 to 11. Nothing at all is out of it in the printed year, for all three lines.

    The year after repeats an assumption: it may fall short of it, but 12 万元 are too much.
    """
    plan = tiny_plan(regime={"kind": "lines_within", "within": 0.1})
    faults = check_ledger(plan, GREEN)
    assert [f.code for f in faults] == ["ledger.line_within"] * 3
    homes = next(f for f in faults if f.path == "lines.homes")
    assert (homes.values["low"], homes.values["high"]) == (90_000, 110_000)
    more = [*GREEN, replace(GREEN[0], year=2032, line="homes", measure="repair", units=6.0, yuan=120_000)]
    assert [f.values["year"] for f in check_ledger(plan, more) if f.path == "lines.homes"] == [2031, 2032]


def test_money_carried_on_widens_the_next_year_and_only_where_it_may_be():
    """Land money is 11 a year: none in the first, 22 in the second."""
    later = [*GREEN, replace(GOOD, year=2032, source="land", units=44.0, yuan=220_000)]
    assert check_ledger(PLANS["tasks_hard"], later) == ()
    none = tiny_plan(rulings={"carry_over": ruling("none", "allowed", "none")})
    assert [f.code for f in check_ledger(none, later)] == ["ledger.source_over"]
