"""A survey of a register of any size (普查): every household of every piece judged by the plan's rules, and counted.

Pieces are drawn, judged and forgotten one by one, in one process or several; only the counts are kept, so that memory
does not grow with the households. The answer is the same whatever the number of processes.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.plan.model import Plan
from planner.register.model import Register
from planner.register.streaming import Stream
from planner.rules.book import (
    eligibility,
    evaluate_households,
    evaluate_villages,
    flags_counted,
    household_columns,
)
from planner.rules.verdict import Outcomes
from planner.rules.village_exit import village_aggregates
from planner.terms import Outcome

OUTCOMES = (Outcome.NOT_IN_FORCE, Outcome.UNKNOWN, Outcome.NOT_MET, Outcome.MET)
"""In the order in which they are counted."""
ALL = "all"
"""Name of the verdict over all criteria of a level."""
PER_JOB = 4
"""Pieces that a worker takes at a time."""
Counts = NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Told how many pieces are done, and of how many."""


@dataclass(frozen=True)
class Count:
    """How many have one outcome of one rule."""

    group: str
    """`registered` or `near_poor` households, `listed` or `unlisted` villages."""
    level: str
    """`household`, `village`, or `pathway`."""
    rule: str
    """A criterion or pathway of the plan, or `all`."""
    outcome: Outcome
    units: int
    """Households, or villages."""
    persons: int
    """Persons of the households, or rural persons of the villages."""


@dataclass(frozen=True)
class Survey:
    """What was counted, and whether it is all that was to be there."""

    pieces: int
    wanted: dict[str, int]
    """What the plan counts, scaled to the households."""
    held: dict[str, int]
    """The same, counted in the pieces."""
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class _Tally:
    """The counts of one piece. Shape of each: rule × group × outcome × (units, persons)."""

    households: Counts
    villages: Counts
    held: dict[str, int]


def survey(stream: Stream, workers: int = 1, progress: Progress | None = None) -> Survey:
    """Draw, judge and count every piece of a stream, by the criteria in force in the plan's first year.

    Raises: PlanError where the plan's criteria cannot be judged; RegisterError where totals cannot be met.
    """
    wanted = stream.totals
    jobs = [range(k, min(k + PER_JOB, len(stream))) for k in range(0, len(stream), PER_JOB)]
    whole: _Tally | None = None
    for done, part in enumerate(_parts(stream, jobs, workers), start=1):
        whole = part if whole is None else _sum(whole, part)
        if progress is not None:
            progress(jobs[done - 1].stop, len(stream))
    found = whole if whole is not None else tally(stream, range(0))
    return Survey(len(stream), wanted, found.held, tuple(_rows(stream.plan, found)))


def _parts(stream: Stream, jobs: list[range], workers: int) -> Iterator[_Tally]:
    if workers <= 1 or len(jobs) <= 1:
        yield from (tally(stream, job) for job in jobs)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        min(workers, len(jobs)), mp_context=context, initializer=_begin, initargs=(stream,)
    ) as pool:
        yield from pool.map(_job, jobs)


_STREAM: list[Stream] = []


def _begin(stream: Stream) -> None:
    _STREAM[:] = [stream]


def _job(pieces: range) -> _Tally:
    return tally(_STREAM[0], pieces)


def tally(stream: Stream, pieces: range) -> _Tally:
    """The counts of some pieces together."""
    plan = stream.plan
    households = np.zeros((len(_household_rules(plan)), 2, len(OUTCOMES), 2), np.int64)
    villages = np.zeros((len(_village_rules(plan)), 2, len(OUTCOMES), 2), np.int64)
    whole = _Tally(households, villages, dict.fromkeys(stream.totals, 0))
    for k in pieces:
        whole = _sum(whole, _piece(plan, stream.piece(k)))
    return whole


def _piece(plan: Plan, register: Register) -> _Tally:
    columns = household_columns(register)
    year = plan.horizon.first
    verdicts = evaluate_households(plan, columns, year)
    allowed = eligibility(plan, columns)
    registered, persons = columns["registered"] == 1, columns["persons"]
    judged = [*verdicts.outcomes, verdicts.combine(), *(allowed[name] for name in plan.pathways)]
    v = register.villages
    aggregates = village_aggregates(columns, columns["village"], registered, v.rows, flags=flags_counted(plan))
    exits = evaluate_villages(plan, dict(v), aggregates, year)
    listed = v["poor_village"] == 1
    return _Tally(
        np.stack([_counted(each, registered, persons) for each in judged]),
        np.stack([_counted(each, listed, v["rural_persons"]) for each in (*exits.outcomes, exits.combine())]),
        held_by(plan, register),
    )


def _counted(outcomes: Outcomes, first: NDArray[np.bool_], persons: NDArray[np.int64]) -> Counts:
    """Units and persons by group and outcome; the group marked `first` comes first."""
    cell = (outcomes.astype(np.int64) - Outcome.NOT_IN_FORCE) + len(OUTCOMES) * ~first
    size = 2 * len(OUTCOMES)
    units = np.bincount(cell, minlength=size)
    heads = np.bincount(cell, weights=persons, minlength=size)
    found: Counts = np.stack([units, np.rint(heads).astype(np.int64)], axis=1).reshape(2, len(OUTCOMES), 2)
    return found


def held_by(plan: Plan, register: Register) -> dict[str, int]:
    """What a register holds of all that a stream promises, by the same names."""
    h, v = register.households, register.villages
    registered, rolls = h["registered"] == 1, h["dibao"] == 1
    persons = h["persons"]
    due = {f"due_{year}": int((v["due_year"] == year).sum()) for year in sorted(plan.schedule)}
    return {
        "households": int(registered.sum()),
        "margin": int((~registered).sum()),
        "poor": int(persons[registered].sum()),
        "rural": int(v["rural_persons"].sum()),
        "dibao": int(persons[rolls].sum()),
        "dibao_with_labour": int(persons[rolls & (h["labour"] > 0)].sum()),
        "disabled": int(h["disabled"].sum()),
        "graduates": int(h["graduates"].sum()),
        "to_relocate": int(persons[h["site_at_risk"] == 1].sum()),
        "villages": v.rows,
        "poor_villages": int((v["poor_village"] == 1).sum()),
        **due,
    }


def _sum(one: _Tally, other: _Tally) -> _Tally:
    held = {name: value + other.held[name] for name, value in one.held.items()}
    return _Tally(one.households + other.households, one.villages + other.villages, held)


def _household_rules(plan: Plan) -> list[tuple[str, str]]:
    criteria = [("household", name) for name in (*plan.household_criteria, ALL)]
    return [*criteria, *(("pathway", name) for name in plan.pathways)]


def _village_rules(plan: Plan) -> list[tuple[str, str]]:
    return [("village", name) for name in (*plan.village_criteria, ALL)]


def _rows(plan: Plan, tallied: _Tally) -> Iterator[Count]:
    """Every rule, group and outcome that occurs."""
    for rules, groups, counts in (
        (_household_rules(plan), ("registered", "near_poor"), tallied.households),
        (_village_rules(plan), ("listed", "unlisted"), tallied.villages),
    ):
        for r, (level, rule) in enumerate(rules):
            for g, group in enumerate(groups):
                for o, outcome in enumerate(OUTCOMES):
                    units, persons = (int(n) for n in counts[r, g, o])
                    if units:
                        yield Count(group, level, rule, outcome, units, persons)
