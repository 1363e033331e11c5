"""The shipped plan and columns for its standards, shared by the tests of standards."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from planner.plan.figures import Figure
from planner.plan.loading import load_plan
from planner.plan.model import Plan
from planner.register.columns import HOUSEHOLD
from planner.rules.standard import ASKED

FILE = Path(__file__).resolve().parents[2] / "scenarios" / "guiping-2016" / "plan.yaml"
USUAL = {"registered": 1, "persons": 4, "labour": 2, "site_at_risk": 1, "consent_to_move": 1}
"""What a household is where a case says nothing else; everything else is nought."""


@cache
def shipped() -> Plan:
    """The shipped plan."""
    return load_plan(FILE)


def ruled(plan: Plan, choices: Mapping[str, str]) -> Plan:
    """The plan with other choices of its rulings."""
    rulings = {name: plan.rulings[name].model_copy(update={"choice": choice}) for name, choice in choices.items()}
    return plan.model_copy(update={"rulings": {**plan.rulings, **rulings}})


def with_parameter(plan: Plan, standard: str, name: str, value: float, unit: str) -> Plan:
    """The plan with one parameter of a standard set."""
    changed = plan.standards[standard]
    figure = Figure(value=value, unit=unit, clause=changed.clause)
    changed = changed.model_copy(update={"parameters": {**changed.parameters, name: figure}})
    return plan.model_copy(update={"standards": {**plan.standards, standard: changed}})


def household(given: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """One household's columns, the usual ones for what is not given."""
    columns = {c.name: USUAL.get(c.name, 0) for c in HOUSEHOLD.values() if c.kind in ("flag", "count")}
    return {name: np.array([value], np.float64) for name, value in {**columns, **given}.items()}


def random_households(rows: int, seed: int, unknown: float) -> dict[str, np.ndarray]:
    """Random households with all columns that rules read, those that registers seldom hold among them."""
    rng = np.random.default_rng(seed)
    columns: dict[str, np.ndarray] = {}
    for column in (*HOUSEHOLD.values(), *ASKED.values()):
        if column.kind == "flag":
            columns[column.name] = (rng.random(rows) < 0.6).astype(np.float64)
        elif column.kind == "count":
            columns[column.name] = rng.integers(0, 3, rows).astype(np.float64)
    columns["persons"] = rng.integers(1, 8, rows).astype(np.float64)
    columns["income"] = rng.choice([2951.0, 2952.0, 2953.0, 1000.0, 5000.0], rows)
    columns["base_reimbursed"] = rng.choice([0.0, 0.55, 0.95], rows)
    columns["loan"] = rng.choice([0.0, 20_000.0, 80_000.0], rows)
    columns["loan_years"] = rng.choice([1.0, 3.0, 5.0], rows)
    columns["loan_rate"] = rng.choice([0.02, 0.0475, 0.09], rows)
    for taken, pool in (("primary_boarders", "pupils"), ("university_entrants", "students")):
        columns[taken] = np.minimum(columns[taken], columns[pool])
    columns["junior_boarders"] = np.minimum(columns["junior_boarders"], columns["pupils"] - columns["primary_boarders"])
    left = columns["students"] - columns["university_entrants"]
    columns["vocational_entrants"] = np.minimum(columns["vocational_entrants"], left)
    columns["severely_disabled"] = np.minimum(columns["severely_disabled"], columns["disabled"])
    return {name: hidden(name, vector, rng.random(rows) < unknown) for name, vector in columns.items()}


def hidden(name: str, vector: np.ndarray, where: np.ndarray) -> np.ndarray:
    """A column with some rows unknown: NaN for an amount, -1 for a flag or count."""
    amount = name == "income" or (name in ASKED and ASKED[name].kind == "amount")
    return np.where(where, np.nan if amount else -1, vector)
