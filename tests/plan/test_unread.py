"""What each stage reads of a plan is what is declared: every value is watched while a small county is studied."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from pydantic import BaseModel

from planner.allocation.allocate import allocate
from planner.comparison import indicators, proposals, schedule
from planner.plan.audit import audit
from planner.plan.clauses import notes_before_run
from planner.plan.figures import Figure, Frozen, Series
from planner.plan.loading import load_plan
from planner.plan.model import Plan, Ruling
from planner.plan.unread import RUN, idle, reads_of, unread
from planner.register.synthesis import synthesise
from planner.rules.book import household_columns
from planner.rules.standards import standards_for
from planner.scenario.resolving import resolve
from planner.simulation.replications import Study, replicate
from planner.simulation.world import Setting
from tests.museum.cases import TINY
from tests.simulation.small import small_plan

NUMBERS = {Figure: "value", Series: "values", Ruling: "choice"}


def values_of(node: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value of a plan with its path, found without reading any."""
    if type(node) in NUMBERS:
        yield path, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from values_of(node.__dict__[name], f"{path}.{name}" if path else name)
    elif isinstance(node, dict):
        for key, held in node.items():
            yield from values_of(held, f"{path}.{key}")
    elif isinstance(node, list):
        for position, held in enumerate(node):
            yield from values_of(held, f"{path}.{position}")


@contextmanager
def watched(plan: Plan) -> Iterator[set[str]]:
    """The paths whose number is read while the context is open."""
    where = {id(held): (path, NUMBERS[type(held)]) for path, held in values_of(plan)}
    seen: set[str] = set()

    def reading(self: object, name: str) -> object:
        path, number = where.get(id(self), ("", ""))
        if name == number:
            seen.add(path)
        return object.__getattribute__(self, name)

    Frozen.__getattribute__ = reading  # type: ignore[method-assign]
    try:
        yield seen
    finally:
        del Frozen.__getattribute__


@pytest.fixture(scope="module")
def plan() -> Plan:
    return small_plan("tasks_hard")


@pytest.fixture(scope="module")
def observed(plan: Plan) -> dict[str, set[str]]:
    """Stage to the values that it read."""
    found = {}
    with watched(plan) as found["register"]:
        register = synthesise(plan, 1)
    with watched(plan) as found["allocation"]:
        proposal = allocate(plan, register)
    with watched(plan) as found["simulation"]:
        setting = Setting.of(plan, register, proposal)
        runs = tuple(replicate(Study((setting,), (0,), (setting,)), 1, 1, 1, lambda _: None))
    with watched(plan) as found["comparison"]:
        named = [("x", plan, proposal)]
        for table in (proposals.lines, proposals.measures, proposals.planned, proposals.gaps):
            table(named)
        yearly = indicators.yearly(["x"], plan.horizon.years, runs)
        schedule.milestones(["x"], [plan], yearly, 6)
        indicators.places(["x"], plan, plan.horizon.years, runs)
        indicators.pathways(["x"], plan, plan.horizon.years, runs)
    with watched(plan) as found["rules"]:
        standards_for(plan, household_columns(register), plan.horizon.first)
        standards_for(plan, register.villages, plan.horizon.first, "village")
        standards_for(plan, {"sales": np.ones(1)}, plan.horizon.first, "case")
    with watched(plan) as found["audit"]:
        audit(plan)
    assert np.isfinite(yearly["value"]).all()
    return found


@pytest.mark.parametrize("stage", [*RUN, "rules", "audit"])
def test_a_stage_reads_the_values_that_are_declared_for_it_and_no_other(plan, observed, stage):
    declared = {path for path, stages in reads_of(plan).items() if stage in stages}
    assert observed[stage] - declared == set()
    assert declared - observed[stage] == set()


def test_the_shipped_plan_has_no_value_that_is_never_read(root):
    assert unread(load_plan(root / "scenarios" / "guiping-2016" / "plan.yaml")) == ()


MISSPELT = {
    "dynamics.trent": ("trend: {value", "trent: {value"),
    "facts.jobless": ("facts:\n", "facts:\n  jobless: {value: 1, unit: 人, clause: 乙1}\n"),
    "population.pour": ("population:\n", "population:\n  pour: {value: 1, unit: 人, clause: 乙1}\n"),
}


@pytest.mark.parametrize("path", MISSPELT)
def test_a_misspelt_value_is_told_before_the_run_with_its_path(tmp_path, path):
    import shutil

    place = shutil.copytree(TINY, tmp_path / "tiny")
    usual = set(unread(load_plan(place / "plan.yaml")))
    old, new = MISSPELT[path]
    for name in ("plan.yaml", "relations.yaml"):
        text = (place / name).read_text(encoding="utf-8")
        (place / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    plan = load_plan(place / "plan.yaml")
    assert set(unread(plan)) - usual == {path}
    assert path in " ".join(notes_before_run(plan))
    assert path in " ".join(notes_before_run(plan, lang="en"))


CHANGED = {
    "sources.integrated_tied.delay_months": True,  # pays only for tasks held by their clause, which keep no calendar
    "sources.integrated_free.delay_months": False,
    "measures.greening.capacity": True,  # held: exactly what is printed
    "measures.training.capacity": False,
    "facts.plan_money": True,  # the audit reads it, no run does
    "rulings.yulu_entrants.choice": True,
    "rulings.carry_over.choice": False,
    "regime.kind": False,
    "schedule.2017": False,
}


@pytest.mark.parametrize("path", CHANGED)
def test_a_change_that_no_stage_of_a_run_reads_is_told(root, path):
    plan = load_plan(root / "scenarios" / "guiping-2016" / "plan.yaml")
    assert (idle(plan, [path]) == (path,)) is CHANGED[path]
    assert bool(notes_before_run(plan, [path])) is CHANGED[path]


def test_no_shipped_scenario_changes_what_no_run_reads(root):
    for file in sorted((root / "scenarios" / "guiping-2016").glob("*.yaml")):
        if "\nextends:" in file.read_text(encoding="utf-8"):
            resolved = resolve(file)
            assert notes_before_run(resolved.plan, [c.path for c in resolved.changes]) == (), file.name
