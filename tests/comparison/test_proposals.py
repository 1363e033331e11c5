"""Tables of money: every one of them sums the ledger to the yuan."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.allocation.allocate import allocate
from planner.allocation.ledger import COUNTY, UNTIED
from planner.comparison import proposals
from planner.comparison.proposals import Named
from tests.allocation.tiny import FIRST, SECOND, fig, tiny_plan, tiny_register
from tests.simulation.small import small_plan, small_proposal

KINDS = ("none", "as_written", "tasks_hard")


def tiny() -> Named:
    plan = tiny_plan(population={"per_household": fig(4, "人/户")})
    return [("tiny", plan, allocate(plan, tiny_register()))]


def small() -> Named:
    return [(kind, small_plan(kind), small_proposal(kind)) for kind in KINDS]


@pytest.fixture(scope="module", params=[tiny, small], ids=["tiny", "reduced"])
def named(request: Any) -> Named:
    made: Named = request.param()
    return made


def test_money_is_the_ledger_row_by_row(named):
    table = proposals.money(named)
    assert len(table) == sum(len(p.entries) for _, _, p in named)
    for name, _, proposal in named:
        mine = table[table["scenario"] == name]
        assert int(mine["yuan"].sum()) == sum(e.yuan for e in proposal.entries)
        assert (mine["yuan"] > 0).all()


def test_lines_add_up_to_the_ledger_by_line_and_year(named):
    money, lines = proposals.money(named), proposals.lines(named)
    spent = money.groupby(["scenario", "line", "year"])["yuan"].sum()
    told = lines.set_index(["scenario", "line", "year"])["proposed_yuan"]
    assert set(spent.index) <= set(told.index)
    assert (told == spent.reindex(told.index, fill_value=0)).all()
    assert told.index.is_unique


def test_measures_and_untied_money_add_up_to_the_ledger_by_measure_and_year(named):
    money, told = proposals.money(named), proposals.measures(named)
    spent = money[money["measure"] != UNTIED].groupby(["scenario", "measure", "year"])["yuan"].sum()
    mine = told.set_index(["scenario", "measure", "year"])["yuan"]
    assert (mine == spent.reindex(mine.index, fill_value=0)).all()
    untied = int(money.loc[money["measure"] == UNTIED, "yuan"].sum())
    assert int(told["yuan"].sum()) + untied == int(money["yuan"].sum())


def test_a_unit_cost_times_its_units_is_its_money(named):
    told = proposals.measures(named)
    bought = told[told["units"] > 0]
    assert (bought["unit_cost_yuan"] * bought["units"]).to_numpy() == pytest.approx(bought["yuan"].to_numpy(float))
    assert told.loc[told["units"] == 0, "unit_cost_yuan"].isna().all()


def test_gaps_add_up_to_the_plan_s_own_lines_named_and_not(named):
    gaps, lines = proposals.gaps(named), proposals.lines(named)
    assert (gaps["arranged_yuan"] == gaps["named_yuan"] + gaps["unnamed_yuan"]).all()
    own = lines[lines["account"] == "plan"].set_index(["scenario", "line", "year"])["proposed_yuan"]
    told = gaps.set_index(["scenario", "line", "year"])["arranged_yuan"]
    assert (told == own.reindex(told.index)).all()
    assert told.sum() == own.sum()


def test_unnamed_money_is_that_of_the_sources_without_a_name():
    named = small()
    gaps, money = proposals.gaps(named), proposals.money(named)
    for name, plan, _ in named:
        nameless = [s for s, source in plan.sources.items() if not source.named]
        paid = money[(money["scenario"] == name) & money["source"].isin(nameless)]["yuan"].sum()
        assert gaps.loc[gaps["scenario"] == name, "unnamed_yuan"].sum() == paid
        assert (paid > 0) == (name != "none")


def test_townships_and_the_county_as_a_whole_are_all_the_places(named):
    money = proposals.money(named)
    for name, plan, _ in named:
        assert set(money.loc[money["scenario"] == name, "township"]) <= {*plan.townships, COUNTY}


def test_a_source_s_years_never_add_up_to_more_than_it_has(named):
    """Carried over or not: what is paid by the end of a year is at most what was given by then."""
    money = proposals.money(named)
    for name, plan, proposal in named:
        for source, given in plan.sources.items():
            mine = money[(money["scenario"] == name) & (money["source"] == source)]
            for n, year in enumerate(proposal.years, 1):
                assert mine.loc[mine["year"] <= year, "yuan"].sum() <= n * given.amount.yuan + n


def test_the_plan_as_written_reproduces_its_printed_lines_to_the_yuan():
    """The plan prints the first year; later years never get more than is printed."""
    lines = proposals.lines(small())
    written = lines[(lines["scenario"] == "as_written") & (lines["account"] == "plan")]
    first = written[written["year"] == written["year"].min()]
    assert (first["printed_yuan"] == first["proposed_yuan"]).all()
    assert (written["printed_yuan"] >= written["proposed_yuan"]).all()


def test_what_is_printed_stands_beside_what_is_bought():
    """Gravel: 4 km printed for the first year at 16 万元; nothing printed for the second."""
    told = proposals.measures(tiny())
    gravel = told[told["measure"] == "gravel"].set_index("year")
    assert gravel.loc[FIRST, "printed_units"] == 4
    assert np.isnan(gravel.loc[SECOND, "printed_units"])
    assert (gravel["printed_unit_cost_yuan"] == 160_000).all()


def test_the_program_s_exits_are_cumulative_and_add_up_to_its_persons(named):
    planned = proposals.planned(named)
    for name, _, proposal in named:
        mine = planned[planned["scenario"] == name]
        by_year = [mine.loc[mine["year"] == y, "persons"].sum() for y in proposal.years]
        assert by_year == sorted(by_year)
        meant = proposal.expected.persons.sum(axis=0)
        assert (np.abs(np.array(by_year) - meant) < 1).all()
        assert mine["persons"].dtype == np.int64


def test_the_program_s_villages_by_township_are_all_its_villages():
    named = tiny()
    township = tiny_register().villages["township"].tolist()
    told = proposals.planned_villages(named, township)
    for y, year in enumerate(named[0][2].years):
        wanted = named[0][2].expected.villages[:, y]
        mine = told[told["year"] == year]["villages_off"].tolist()
        assert mine == pytest.approx([wanted[:2].sum(), wanted[2:].sum()])
