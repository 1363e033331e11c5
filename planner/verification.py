"""Saved proposals: their values and prices written with a study, and checked again later without the solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from planner.allocation.allocate import prepare
from planner.allocation.certificate import Certificate, Free, Served, certify
from planner.allocation.formulation import Draft
from planner.allocation.holding import Sides, sides_by_rank
from planner.allocation.ledger import Entry
from planner.allocation.ledger_check import check_against, check_ledger
from planner.allocation.objectives import aims_of, conceded, rank
from planner.allocation.program import Program
from planner.allocation.proposal import Proposal
from planner.errors import Fault
from planner.plan.model import Plan
from planner.register import opening
from planner.register.opening import RegisterSource
from planner.storage import Folder, read_arrays, read_manifest, read_table

ONE, MANY = ("objective", "claimed", "nodes", "finished"), ("prices", "kept_prices")
"""Numbers and arrays that are stored of the aim that decides whole exits."""


def save_proposals(folder: Folder, plans: Mapping[str, Plan], made: Sequence[Proposal]) -> None:
    """Values and prices of each proposal, so that it can be verified without solving it again."""
    for (name, plan), proposal in zip(plans.items(), made, strict=True):
        arrays: dict[str, np.ndarray[Any, Any]] = {"values": proposal.values}
        for i, served in enumerate(proposal.served):
            arrays[f"objective_{i}"] = np.array([served.objective])
            arrays[f"prices_{i}"] = served.prices
            arrays[f"kept_{i}"] = served.kept_prices
            if served.free is not None:
                arrays |= {f"free_{part}_{i}": np.atleast_1d(getattr(served.free, part)) for part in (*ONE, *MANY)}
        folder.arrays(name, arrays)
        folder.text(f"plans/{name}.json", plan.model_dump_json(indent=1))


def verify(directory: Path, register: Path | None = None) -> dict[str, tuple[Certificate | None, tuple[Fault, ...]]]:
    """Check a saved result without the solver: files, rows, bounds, proofs, ledger; by scenario.

    Raises: ResultError where files are missing or changed.
    """
    manifest = read_manifest(directory)
    source = opening.source_in_manifest(manifest["register"], register)
    table = read_table(directory, "money")
    found: dict[str, tuple[Certificate | None, tuple[Fault, ...]]] = {}
    for name in manifest["scenarios"]:
        plan = Plan.model_validate_json((directory / "plans" / f"{name}.json").read_text(encoding="utf-8"))
        mine = table[table["scenario"] == name].drop(columns="scenario")
        entries = [Entry(*row) for row in mine.itertuples(index=False, name=None)]
        arrays = read_arrays(directory, name)
        if not len(arrays["values"]):
            found[name] = (None, check_ledger(plan, entries))
            continue
        made, program = prepare(plan, opening.planning_register(plan, source))
        served = _served(made, program, arrays)
        certificate = certify(program, arrays["values"], served)
        found[name] = (certificate, (*check_ledger(plan, entries), *check_against(made, arrays["values"], entries)))
    return found


def _served(made: Draft, program: Program, arrays: Mapping[str, np.ndarray[Any, Any]]) -> list[Served]:
    """What each aim left behind: objectives and prices as stored; aims, concessions and bounds as the plan gives them."""
    aims = aims_of(made.problem.plan)
    sides = sides_by_rank(made, program, aims, arrays["values"])
    served = []
    for i, name in enumerate(aims):
        objective, lower, upper = float(arrays[f"objective_{i}"][0]), sides[i].lower, sides[i].upper
        cost, most = rank(name).cost(made, program), conceded(objective)
        prices, kept, free = arrays[f"prices_{i}"], arrays[f"kept_{i}"], _free(arrays, i, sides[0])
        served.append(Served(name, cost, objective, prices, most, kept, lower, upper, free))
    return served


def _free(arrays: Mapping[str, np.ndarray[Any, Any]], i: int, sides: Sides) -> Free | None:
    if f"free_objective_{i}" not in arrays:
        return None
    objective, claimed, nodes, finished = (float(arrays[f"free_{name}_{i}"][0]) for name in ONE)
    prices, kept = (arrays[f"free_{name}_{i}"] for name in MANY)
    return Free(objective, prices, kept, sides.lower, sides.upper, claimed, int(nodes), bool(finished))


def first_rank(plan: Plan, source: RegisterSource) -> tuple[Program, np.ndarray[Any, Any]]:
    """The program of a plan and the cost of its first aim, for export."""
    made, program = prepare(plan, opening.planning_register(plan, source))
    return program, rank(aims_of(plan)[0]).cost(made, program)
