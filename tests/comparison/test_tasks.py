"""What is handed down: what rounding cost, names, and task sheets that add up to the ledger."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.allocation.allocate import allocate
from planner.comparison import proposals, tasks
from planner.comparison.proposals import Named
from planner.register.columns import HOUSEHOLD
from planner.register.model import Register
from planner.tables import TABLES
from tests.allocation.tiny import FIRST, SECOND, TOWNSHIPS, fig, tiny_plan, tiny_register
from tests.simulation.small import small_plan, small_proposal, small_register

KINDS = ("none", "as_written", "tasks_hard")


def tiny() -> tuple[Named, Register]:
    plan = tiny_plan(population={"per_household": fig(4, "人/户")})
    register = tiny_register({"household": list(range(12))})
    return [("tiny", plan, allocate(plan, register))], register


def small() -> tuple[Named, Register]:
    return [(kind, small_plan(kind), small_proposal(kind)) for kind in KINDS], small_register()


@pytest.fixture(scope="module", params=[tiny, small], ids=["tiny", "reduced"])
def made(request: Any) -> tuple[Named, Register]:
    found: tuple[Named, Register] = request.param()
    return found


def test_the_money_of_the_task_sheets_is_the_ledger(made):
    named, register = made
    sheet, money = tasks.task_sheet(named, register), proposals.money(named)
    for by in (["scenario", "year", "township"], ["scenario", "year"]):
        found = sheet.groupby(by)["yuan"].sum()
        assert (found[found > 0] == money.groupby(by)["yuan"].sum()).all()
    assert sheet["yuan"].sum() == money["yuan"].sum()


def test_units_of_the_task_sheets_are_those_of_the_measures(made):
    named, register = made
    sheet, bought = tasks.task_sheet(named, register), proposals.measures(named)
    told = sheet.groupby(["scenario", "year", "item"])["amount"].sum()
    some = bought[bought["units"] > 0].set_index(["scenario", "year", "measure"])["units"]
    assert told.reindex(some.index).to_numpy() == pytest.approx(some.to_numpy())


def test_persons_of_the_task_sheets_are_whole_and_those_planned(made):
    named, register = made
    sheet, planned = tasks.task_sheet(named, register), proposals.planned(named)
    for name, plan, proposal in named:
        mine = sheet[(sheet["scenario"] == name) & (sheet["item"] == tasks.PERSONS)]
        assert (mine["amount"] == mine["amount"].round()).all()
        for y, year in enumerate(proposal.years):
            so_far = planned[(planned["scenario"] == name) & (planned["year"] == year)]["persons"].sum()
            assert mine[mine["year"] <= year]["amount"].sum() == so_far
            assert abs(so_far - float(proposal.expected.persons[:, y].sum())) < 1
        ways = sheet[(sheet["scenario"] == name) & sheet["item"].str.startswith(f"{tasks.PERSONS}:")]
        assert ways["amount"].sum() == mine["amount"].sum()
        assert set(mine["township"]) <= set(plan.townships)


def test_every_figure_of_a_task_sheet_carries_its_clause_or_assumption(made):
    named, register = made
    sheet = tasks.task_sheet(named, register)
    assert (sheet["clause"] != "").all()
    own = sheet[sheet["item"] == f"{tasks.PERSONS}:{tasks.OWN}"]
    assert set(own["clause"]) <= {tasks.TREND}
    assert (tasks.rounding(named)["clause"] != "").all()


def test_households_of_a_task_sheet_are_counted_by_name(made):
    named, register = made
    sheet = tasks.task_sheet(named, register)
    for name, plan, proposal in named:
        for k, when in proposal.assignment.delivered.items():
            mine = sheet[(sheet["scenario"] == name) & (sheet["item"] == k)]
            given = [proposal.assignment.holds[k][:, y] if plan.measures[k].recurring else when == y
                     for y in range(len(proposal.years))] if proposal.assignment.holds else []  # fmt: skip
            assert mine["households"].sum() == sum(int(each.sum()) for each in given), k


def test_the_tiny_county_s_first_year():
    """Village 0 is put forward in the first year: its three households get their awards, the first its repair (2 万元)."""
    named, register = tiny()
    sheet = tasks.task_sheet(named, register)
    first = sheet[(sheet["year"] == FIRST) & (sheet["township"] == TOWNSHIPS[0])].set_index("item")
    assert first.loc["villages", "amount"] == 1
    assert first.loc["villages", "villages"] == str(register.villages["name"][0])
    assert (first.loc["repair", "amount"], first.loc["repair", "yuan"]) == (1, 20_000)
    assert (first.loc["gravel", "amount"], first.loc["gravel", "yuan"]) == (4, 600_000)
    assert first.loc["gravel", "villages"] == str(register.villages["name"][1])
    county = sheet[(sheet["year"] == FIRST) & (sheet["township"] == "county")].set_index("item")
    assert (county.loc["greening", "amount"], county.loc["greening", "yuan"]) == (2, 70_000)


def test_names_say_who_when_by_what_and_why_and_nothing_about_the_person():
    named, register = tiny()
    table = tasks.names(named, register).set_index("household")
    assert set(table.columns) == set(TABLES["names"]) - {"household"}
    # Nothing that a register holds of a household but its number, its place and how many it is.
    assert set(TABLES["names"]) & set(HOUSEHOLD) == {"household", "village", "persons"}
    first = table.loc[0]
    assert (first["village"], first["township"], first["places"]) == (str(register.villages["name"][0]), "甲镇", "due")
    assert (first["listed_year"], first["pathway"], first["package"]) == (FIRST, "industry", "grow")
    assert first["measures"] == f"repair {FIRST}; grow {FIRST}"
    assert first["turn"] > 0
    assert first["reason"] != first["reason_en"]


def test_names_are_one_row_for_each_household_that_gets_something(made):
    named, register = made
    table = tasks.names(named, register)
    assert not table.duplicated(["scenario", "household"]).any()
    for name, _, proposal in named:
        mine = table[table["scenario"] == name]
        some = proposal.assignment.exit_year >= 0
        for when in proposal.assignment.delivered.values():
            some = some | (when >= 0)
        assert len(mine) == int(some.sum())
        assert int((mine["listed_year"] > 0).sum()) == int((proposal.assignment.exit_year >= 0).sum())
        for k, when in proposal.assignment.delivered.items():
            told = mine["measures"].str.split("; ").map(lambda parts, k=k: any(p.split()[0] == k for p in parts if p))
            assert int(told.sum()) == int((when >= 0).sum()), k


def test_rounding_tells_units_and_money_before_and_after(made):
    named, _ = made
    table, bought = tasks.rounding(named), proposals.measures(named)
    table = table[table["item"] != tasks.PERSONS].set_index(["scenario", "item", "year"])
    told = bought.set_index(["scenario", "measure", "year"])
    for key, row in table.iterrows():
        assert row["whole"] == pytest.approx(told.loc[key, "units"], abs=1e-5) or told.loc[key, "yuan"] == 0
        assert row["yuan_after"] == told.loc[key, "yuan"]
        assert row["difference"] == pytest.approx(row["whole"] - row["fractional"], abs=1e-5)
    assert (table["unmet"] == 0).all()


def test_rounding_tells_the_persons_that_it_costs():
    named, _ = small()
    table = tasks.rounding(named)
    persons = table[table["item"] == tasks.PERSONS]
    assert set(persons["scenario"]) == {"as_written", "tasks_hard"}
    for (name, year), row in persons.set_index(["scenario", "year"]).iterrows():
        proposal = next(p for n, _, p in named if n == name)
        assert proposal.reach is not None
        assert row["whole"] == proposal.reach.whole[proposal.years.index(year)]
    total = persons.groupby("scenario")[["fractional", "whole"]].sum()
    assert (total["whole"] <= total["fractional"] * 1.001).all()
    assert (np.abs(total["whole"] / total["fractional"] - 1) < 0.02).all()


def test_second_years_are_told_too():
    named, register = tiny()
    assert set(tasks.task_sheet(named, register)["year"]) == {FIRST, SECOND}
