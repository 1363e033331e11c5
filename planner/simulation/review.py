"""The year's review (年度动态管理): the list drawn in spring, adjustment in autumn, verification at year end."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.allocation.packages import largest_pathway
from planner.rules.book import evaluate_households, evaluate_villages, flags_counted
from planner.rules.village_exit import village_aggregates
from planner.simulation.income import gain_of_year, income_of_year, quick_income
from planner.simulation.randomness import Luck
from planner.simulation.record import Record
from planner.simulation.states import OUT, POOR, move
from planner.simulation.world import FAR, MONTHS, World
from planner.terms import Outcome, State

Mask = NDArray[np.bool_]
LAST = 1e-6
"""Weight that puts a gain behind every other."""


def poor(world: World) -> Mask:
    """Households on the register of the poor now. Shape: household."""
    return np.isin(world.state, POOR)


def refresh(world: World, month: int) -> None:
    """Bring flags up to date with what is in place: goods of households, works of villages."""
    plan = world.setting.plan
    for k, measure in plan.measures.items():
        flags = [
            plan.household_criteria[c].column or _column(plan.household_criteria[c].kind)
            for c in measure.closes
            if c in plan.household_criteria
        ]
        if k in world.arrival:
            there = world.arrival[k] <= month
        elif k in world.works_done:
            there = (world.works_done[k] <= month)[world.home]
            for c in measure.closes:
                if c in plan.village_criteria and plan.village_criteria[c].column in world.village:
                    column = str(plan.village_criteria[c].column)
                    world.village[column][world.works_done[k] <= month] = 1
        else:
            continue
        for flag in flags:
            if flag in world.household:
                world.household[flag][there] = 1


def _column(kind: str) -> str:
    """The flag behind a criterion kind that reads more than one column."""
    return {"schooling": "schooling_ok", "income_source_or_transfer": "income_source"}.get(kind, "")


def draw_list(world: World, month: int) -> None:
    """The list of those to leave this year (预脱贫名单): the same rule for every scenario.

    First those expected to meet every criterion by what is planned for the year, then the villages due earliest, then the
    better income against the line. As many persons as are due so far and not yet out, and an overshoot; once the whole
    cohort is due, and after the schedule, everybody still poor.
    """
    s, plan = world.setting, world.setting.plan
    year = world.year_of(month)
    candidates = np.flatnonzero(poor(world))
    world.listed[:] = False
    due = plan.due_persons
    if s.years[year] not in due or due[s.years[year]] >= world.persons[world.cohort].sum():
        world.listed[candidates] = True
        return
    out = world.cohort & np.isin(world.state, OUT)
    room = due[s.years[year]] * (1 + plan.number("list_overshoot")) - world.persons[out].sum()
    expected = _expected_columns(world, year)
    verdicts = evaluate_households(plan, expected, s.years[year])
    ready = verdicts.combine() == Outcome.MET
    village_due = s.register.villages["due_year"].astype(np.int64)[world.home]
    village_due = np.where(village_due > 0, village_due, max(due) + 1)
    margin = expected["income"] / s.line[year]
    order = candidates[np.lexsort((candidates, -margin[candidates], village_due[candidates], ~ready[candidates]))]
    world.listed[order[np.cumsum(world.persons[order]) <= room]] = True


def _expected_columns(world: World, year: int) -> dict[str, NDArray[Any]]:
    """Columns as they will stand at year end if everything planned arrives; no luck is looked at."""
    s, plan = world.setting, world.setting.plan
    columns: dict[str, NDArray[Any]] = dict(world.household)
    for k, measure in plan.measures.items():
        if k in s.delivery:
            there = (s.delivery[k] >= 0) & (s.delivery[k] <= year)
        elif k in s.proposal.works:
            there = (s.proposal.works[k][:, year] > s.whole)[world.home]
        else:
            continue
        for c in measure.closes:
            if c in plan.household_criteria:
                flag = plan.household_criteria[c].column or _column(plan.household_criteria[c].kind)
                if flag in columns:
                    columns[flag] = np.where(there, 1, columns[flag])
    columns["income"] = quick_income(world, year)
    return columns


def adjust(world: World, luck: Luck, month: int, record: Record) -> None:
    """Autumn adjustment (动态调整): who fell back is found, or not; who fell from the margin is found, or not."""
    plan, year = world.setting.plan, world.year_of(month)
    income = income_of_year(world, luck, year)
    below = income <= world.setting.line[year]
    left = np.isin(world.state, OUT)
    found = luck.uniform("return_found", month, world.who) < plan.number("return_found")
    rows = np.flatnonzero(left & below & found)
    record.moved(move(world.state, rows, State.RETURNED), State.RETURNED, year, world.persons)
    record.count("returned", year, world.persons[rows].sum())
    world.exit_month[rows] = FAR
    entered = np.flatnonzero(
        (world.state == State.MARGIN)
        & below
        & (luck.uniform("entry_found", month, world.who) < plan.number("entry_found"))
    )
    record.moved(move(world.state, entered, State.ENTERED), State.ENTERED, year, world.persons)
    record.count("entered", year, world.persons[entered].sum())


def assist(world: World, month: int, record: Record) -> None:
    """Registered households for whom something has arrived are assisted (帮扶中)."""
    helped = np.zeros(len(world.state), bool)
    for arrival in world.arrival.values():
        helped |= arrival <= month
    rows = np.flatnonzero(helped & (world.state == State.REGISTERED))
    record.moved(move(world.state, rows, State.ASSISTED), State.ASSISTED, world.year_of(month), world.persons)


def verify(world: World, luck: Luck, month: int, record: Record) -> None:
    """Year-end verification (年末核验): those on the list who meet every criterion leave, but for those held back."""
    s, plan, year = world.setting, world.setting.plan, world.year_of(month)
    columns: dict[str, NDArray[Any]] = dict(world.household)
    columns["income"] = income_of_year(world, luck, year)
    verdicts = evaluate_households(plan, columns, s.years[year])
    meets = verdicts.combine() == Outcome.MET
    on_list = world.listed & poor(world)
    held = luck.uniform("held_back", month, world.who) < plan.number("held_back")
    mistaken = luck.uniform("false_accept", month, world.who) < plan.number("false_accept")
    record.count("held_back", year, world.persons[on_list & meets & held].sum())
    rows = np.flatnonzero(on_list & np.where(meets, ~held, mistaken))
    stable = np.flatnonzero((world.state == State.CONSOLIDATION) & (world.exit_month + 2 * MONTHS <= month))
    record.moved(move(world.state, stable, State.STABLE), State.STABLE, year, world.persons)
    record.moved(move(world.state, rows, State.CONSOLIDATION), State.CONSOLIDATION, year, world.persons)
    record.count("out_this_year", year, world.persons[rows].sum())
    world.exit_month[rows] = month
    world.exit_pathway[rows] = _pathway_of(world, luck, rows, year)
    _villages(world, luck, month)


def _pathway_of(world: World, luck: Luck, rows: NDArray[np.int64], year: int) -> NDArray[np.int8]:
    """The primary pathway of an exit, named as the program names it; -1 where no measure brought anything.

    Of a household's measures in place the one that brings most, those of the pathway with the largest target only where
    there is no other; a new home before all; a transfer where only that reaches.
    """
    plan = world.setting.plan
    names = list(plan.pathways)
    best, most = np.full(len(rows), -1, np.int8), np.zeros(len(rows))
    largest = largest_pathway(plan)
    for k in world.arrival:
        measure = plan.measures[k]
        if measure.pathway is None or measure.gain is None:
            continue
        gain = gain_of_year(world, luck, k, measure, year)[rows]
        if measure.counted == "person":
            # Who was moved to a new home left by that pathway, whatever else came along with it.
            gain = np.where(world.arrival[k][rows] // MONTHS <= year, np.inf, gain)
        if measure.pathway == largest:
            gain = gain * LAST
        better = gain > most
        best[better], most[better] = names.index(measure.pathway), gain[better]
    for w, pathway in plan.pathways.items():
        if pathway.kind == "transfer":
            lifted = (world.household["dibao"][rows] == 1) | (world.household["wubao"][rows] == 1)
            best[(best == -1) & lifted & (world.setting.floor[year] > 1)] = names.index(w)
    return best


def _villages(world: World, luck: Luck, month: int) -> None:
    s, plan, year = world.setting, world.setting.plan, world.year_of(month)
    aggregates = village_aggregates(
        world.household, world.home, world.cohort, len(world.off), poor=poor(world), flags=flags_counted(plan)
    )
    verdicts = evaluate_villages(plan, world.village, aggregates, s.years[year])
    meets = verdicts.combine() == Outcome.MET
    due = s.register.villages["due_year"].astype(np.int64)
    turn = due <= s.years[year] if plan.rulings["leave_before_due"].choice == "not_before" else due > 0
    who = np.arange(len(due))
    held = luck.uniform("village_held_back", month, who) < plan.number("village_held_back")
    leaves = (due > 0) & turn & meets & ~held & (world.off == FAR)
    world.off[leaves] = month
