"""A survey counts every household of every piece, the same in one process as in two, in memory that does not grow."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from planner.plan.loading import load_plan
from planner.plan.model import Plan
from planner.register.streaming import Stream
from planner.rules.book import evaluate_households, household_columns
from planner.survey import ALL, survey, tally
from planner.terms import Outcome


@pytest.fixture(scope="module")
def plan(root: Path) -> Plan:
    return load_plan(root / "scenarios" / "guiping-2016" / "plan.yaml")


def test_the_counts_are_those_of_the_rules(plan):
    stream = Stream(plan, 2000, 4)
    found = survey(stream)
    piece = stream.piece(0)
    columns = household_columns(piece)
    verdicts = evaluate_households(plan, columns, plan.horizon.first)
    mine = columns["registered"] == 1
    for name in verdicts.criteria:
        for outcome in Outcome:
            counted = [
                (c.units, c.persons)
                for c in found.counts
                if (c.group, c.level, c.rule, c.outcome) == ("registered", "household", name, outcome)
            ]
            rows = mine & (verdicts[name] == outcome)
            expected = [(int(rows.sum()), int(columns["persons"][rows].sum()))] if rows.any() else []
            assert counted == expected, (name, outcome)
    everything = [c for c in found.counts if (c.group, c.rule) == ("registered", ALL)]
    assert sum(c.units for c in everything) == 2000
    assert next(c.units for c in everything if c.outcome == Outcome.MET) == int((verdicts.combine()[mine] == 1).sum())


def test_every_rule_counts_every_household_and_village(plan):
    found = survey(Stream(plan, 3000, 1))
    sums: dict[tuple[str, str, str], int] = {}
    for c in found.counts:
        sums[c.group, c.level, c.rule] = sums.get((c.group, c.level, c.rule), 0) + c.units
    for (group, level, _), units in sums.items():
        wanted = {
            "registered": found.wanted["households"],
            "near_poor": found.wanted["margin"],
            "listed": found.wanted["poor_villages"],
            "unlisted": found.wanted["villages"] - found.wanted["poor_villages"],
        }[group]
        assert units == wanted, (group, level)
    rules = {rule for _, _, rule in sums}
    assert rules == {ALL, *plan.household_criteria, *plan.village_criteria, *plan.pathways}


@pytest.mark.slow
def test_two_processes_give_the_same_answer_as_one(plan):
    stream = Stream(plan, 180_000, 9)
    told: list[tuple[int, int]] = []
    one, two = survey(stream), survey(stream, 2, lambda done, total: told.append((done, total)))
    assert one == two
    assert one.held == one.wanted
    assert told[-1] == (one.pieces, one.pieces)


def test_tallies_of_parts_add_up_to_the_whole(plan):
    stream = Stream(plan, 70_000, 2)
    whole, parts = tally(stream, range(2)), [tally(stream, range(k, k + 1)) for k in range(2)]
    assert np.array_equal(whole.households, parts[0].households + parts[1].households)
    assert np.array_equal(whole.villages, parts[0].villages + parts[1].villages)


def measured(root: Path, households: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "benchmarks/stream.py", str(households), "--workers", "1"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


@pytest.mark.long
def test_memory_does_not_grow_with_the_households(root):
    """Two million households take at most 1.3 times the memory of half a million, and every total is exact."""
    small, large = measured(root, 500_000), measured(root, 2_000_000)
    assert large["peak_mib"] <= 1.3 * small["peak_mib"]
    assert small["exact"]
    assert large["exact"]
    assert large["households"] == 2_000_000


@pytest.mark.bench
def test_the_poor_of_a_whole_country_are_judged_in_four_minutes_and_two_gibibytes(root):
    done = subprocess.run(
        [sys.executable, "benchmarks/stream.py", "18000000", "--workers", "2"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["exact"]
    assert found["seconds"] < 240
    assert found["peak_mib"] < 2048
