"""The ledger in whole yuan, names for units, and laws that hold for every plan and amount."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.allocation.allocate import allocate, allocate_under
from planner.allocation.assignment import NEVER
from planner.allocation.formulation import pools
from planner.allocation.ledger_check import check_ledger
from planner.allocation.objectives import rank
from planner.allocation.proposal import Proposal
from planner.plan.model import Plan
from tests.allocation.tiny import (
    FIRST,
    SECOND,
    award_plan,
    line,
    poor_households,
    source,
    tiny_plan,
    tiny_register,
)

SMALL = settings(max_examples=15, deadline=None)


def test_sources_that_pay_for_the_same_stand_in_one_pool():
    """A tie to places or measures, or another line, parts them."""
    both = ["people", "roads"]
    plan = tiny_plan(
        sources={
            "a": source(1, both), "b": source(2, both[::-1]), "c": source(3, both, places="poor_villages"),
            "d": source(3, ["people"]), "e": {"name": "合计", "english": "total", "amount": {"value": 9, "unit": "万元", "clause": "一"}},
        }
    )  # fmt: skip
    found = pools(plan)
    assert found["a"] == ("a", "b")
    assert {"own", "tied", "land", "a", "c", "d"} == set(found)


def test_each_member_of_a_pool_gives_in_proportion():
    """2 + 6 万元 for 8 awards of 0.5: 4 万元, 1 and 3 of them."""
    plan = award_plan(2, sources={"more": source(6, ["people"])})
    proposal = best(plan, 8)
    assert {e.source: e.yuan for e in proposal.entries if e.year == FIRST} == {"own": 10_000, "more": 30_000}


def best(plan: Plan, count: int, *names: str) -> Proposal:
    return allocate_under(plan, tiny_register(poor_households(count)), tuple(rank(n) for n in names or ("most",)))


# Laws

AMOUNTS = st.integers(1, 400).map(lambda n: n / 100)


@SMALL
@given(AMOUNTS, AMOUNTS)
def test_more_money_never_leads_fewer_people_out(less, more):
    first, second = sorted((less, more))
    assert best(award_plan(second), 12).ranks[0].value <= best(award_plan(first), 12).ranks[0].value + 1e-9


@SMALL
@given(st.integers(0, 12), st.integers(0, 12), AMOUNTS)
def test_a_looser_capacity_never_leads_fewer_people_out(one, other, money):
    low, high = sorted((one, other))
    assert (
        best(award_plan(money, capacity={FIRST: high}), 12).ranks[0].value
        <= best(award_plan(money, capacity={FIRST: low}), 12).ranks[0].value + 1e-9
    )


@SMALL
@given(AMOUNTS)
def test_a_wider_source_never_leads_fewer_people_out(money):
    homes = poor_households(8, village=[0, 0, 1, 1, 2, 2, 3, 3])
    ranks = (rank("most"),)
    bound = award_plan(money, sources={"own": source(money, ["people"], places="poor_villages")})
    wide = allocate_under(award_plan(money), tiny_register(homes), ranks).ranks[0].value
    assert wide <= allocate_under(bound, tiny_register(homes), ranks).ranks[0].value + 1e-9


@SMALL
@given(AMOUNTS)
def test_yuan_and_ten_thousands_give_one_answer(money):
    in_yuan = {"own": {"amount": {"value": round(money * 10_000), "unit": "元", "clause": "一"}}}
    one, other = best(award_plan(money), 6), best(award_plan(money, sources=in_yuan), 6)
    assert one.ranks[0].value == other.ranks[0].value
    assert one.entries == other.entries


@SMALL
@given(own=st.integers(6800, 9000), tied=st.integers(0, 6000), land=st.integers(1, 3000))
def test_whatever_the_amounts_the_ledger_keeps_to_the_plan(own, tied, land):
    amounts = {"own": own, "tied": tied, "land": land}
    plan = tiny_plan(
        sources={k: {"amount": {"value": v / 100 + 0.0033, "unit": "万元", "clause": "一"}} for k, v in amounts.items()}
    )
    assume(own + tied >= 6800)
    proposal = allocate(plan, tiny_register())
    assert check_ledger(plan, proposal.entries) == ()
    assert proposal.yuan() == sum(e.yuan for e in proposal.entries)
    by_year = sum(proposal.yuan(year) for year in proposal.years)
    assert by_year == proposal.yuan()


@SMALL
@given(money=st.integers(50, 2000))
def test_as_written_comes_to_the_printed_line_to_the_yuan(money):
    """Whatever the amount, even of odd yuan."""
    amount = money / 100 + 0.0007
    plan = award_plan(amount, lines={"people": line(amount)}, regime={"kind": "as_written"})
    proposal = allocate(plan, tiny_register(poor_households(7)))
    assert proposal.yuan(FIRST) == plan.lines["people"].amount.yuan  # type: ignore[union-attr]
    assert check_ledger(plan, proposal.entries) == ()


@pytest.mark.parametrize("kind", ["tasks_hard", "lines_within", "as_written"])
def test_names_count_up_to_the_units_bought(kind):
    plan = tiny_plan(regime={"kind": kind, "within": 0.9})
    proposal = allocate(plan, tiny_register())
    for measure in ("repair", "grow"):
        bought = sum(e.units for e in proposal.entries if e.measure == measure)
        assert int((proposal.assignment.delivered[measure] != NEVER).sum()) == bought


def test_whole_units_are_named_exactly():
    """2 万元 a year: 4 of 10 households in the first year, 4 in the second, 2 never; those of the register's order first."""
    delivered = best(award_plan(2), 10).assignment.delivered["grow"].tolist()
    assert delivered == [0] * 4 + [1] * 4 + [NEVER] * 2


def test_the_same_inputs_give_the_same_bytes():
    one, other = (allocate(tiny_plan(), tiny_register()) for _ in range(2))
    assert one.values.tobytes() == other.values.tobytes()
    assert one.entries == other.entries
    assert all((one.assignment.delivered[k] == other.assignment.delivered[k]).all() for k in one.assignment.delivered)


def test_the_order_of_lines_and_sources_does_not_matter():
    """Named the other way round, the county reaches the same."""
    plan = tiny_plan()
    turned = plan.model_copy(
        update={"sources": dict(reversed(plan.sources.items())), "lines": dict(reversed(plan.lines.items()))}
    )
    one, other = (allocate_under(p, tiny_register(), (rank("persons"), rank("villages"))) for p in (plan, turned))
    assert [r.value for r in one.ranks] == pytest.approx([r.value for r in other.ranks], rel=1e-6, abs=1e-7)


def test_a_horizon_of_one_year_works():
    """The schedule then ends with it: 24 of 48 persons due, one village."""
    plan = tiny_plan(
        horizon={"first": FIRST, "last": FIRST, "start_month": 1, "clause": "一"}, schedule={str(SECOND): None}
    )
    proposal = allocate(plan, tiny_register())
    assert proposal.years == (FIRST,)
    assert {r.name: r.value for r in proposal.ranks}["persons"] == pytest.approx(0, abs=1e-6)
    assert check_ledger(plan, proposal.entries) == ()
