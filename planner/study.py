"""The one module that knows every stage: scenarios in, register, proposals, replications, tables, folder out."""

from __future__ import annotations

import multiprocessing
import platform
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planner.allocation.allocate import EngineName, allocate, prepare
from planner.allocation.certificate import Certificate, Served, certify, check_against, check_ledger
from planner.allocation.ledger import Entry
from planner.allocation.objectives import aims_of, rank
from planner.allocation.program import Program
from planner.allocation.proposal import Proposal
from planner.allocation.questions import QUESTIONS, TIMES, Reply, ask, reply_of
from planner.allocation.solving import solver_version
from planner.comparison import indicators, origins, pairing, proposals, schedule
from planner.comparison.indicators import frame
from planner.errors import Fault, PlanError, UsageError
from planner.plan.audit import audit
from planner.plan.findings import words
from planner.plan.model import Plan
from planner.register.model import Register
from planner.register.synthesis import synthesise
from planner.report.line_account import line_account
from planner.rules.book import faults_of
from planner.scenario.resolving import Resolved, resolve_many
from planner.simulation.replications import Run, Study, replicate
from planner.simulation.world import Setting
from planner.storage import Folder, digest, read_arrays, read_manifest, read_table
from planner.wording import Language

REGISTER_SEED = 1
"""Seed of the made-up register where none is given; another than the luck seed."""
Progress = Callable[[str, int, int], None]
"""Told a stage, how much of it is done, and of how much."""


@dataclass(frozen=True)
class Case:
    """One scenario to be studied."""

    name: str
    """File name without ending, or several joined by +."""
    spec: str
    resolved: Resolved

    @property
    def plan(self) -> Plan:
        """The plan in force."""
        return self.resolved.plan


@dataclass(frozen=True)
class Result:
    """Everything that a study found."""

    cases: tuple[Case, ...]
    proposals: tuple[Proposal, ...]
    replies: tuple[Reply, ...]
    runs: tuple[Run, ...]
    tables: dict[str, pd.DataFrame]


def open_case(spec: str) -> Case:
    """Resolve a scenario, or several joined by +.

    Raises: PlanError, ScenarioError with every fault.
    """
    resolved = resolve_many(spec)
    faults = [Fault(resolved.file, f.line, f.path, f.code, f.values) for f in faults_of(resolved.plan)]
    if faults:
        raise PlanError(faults)
    name = "+".join(Path(part.strip()).stem for part in spec.split("+") if part.strip())
    return Case(name, spec, resolved)


def open_cases(specs: Sequence[str]) -> tuple[Case, ...]:
    """Resolve scenarios that are to be compared.

    Raises: UsageError where two have one name, or they are not of one plan.
    """
    cases = tuple(open_case(spec) for spec in specs)
    names = [case.name for case in cases]
    for name in names:
        if names.count(name) > 1:
            raise UsageError("usage.same_scenario", name=name)
    places = {(c.plan.head.place, tuple(c.plan.townships), c.plan.horizon.years) for c in cases}
    if len(places) > 1:
        raise UsageError("usage.several_plans", count=len(places))
    return cases


def register_of(case: Case, seed: int) -> Register:
    """The made-up register of a plan."""
    return synthesise(case.plan, seed)


def _job(job: tuple[str, Plan, int, str, str]) -> Proposal | Reply:
    kind, plan, seed, question, extra = job
    register = synthesise(plan, seed)
    if kind == "allocate":
        return allocate(plan, register, extra)  # type: ignore[arg-type]
    return ask(plan, register, question, extra)


def propose(
    cases: Sequence[Case], seed: int, workers: int, engine: EngineName = "highs", *, questions: bool, progress: Progress
) -> tuple[tuple[Proposal, ...], tuple[Reply, ...]]:
    """A proposal for each case and, where asked for, the three questions on the last case's plan, in parallel."""
    asked = _questions(cases) if questions else []
    base = cases[-1].plan
    jobs: list[tuple[str, Plan, int, str, str]] = [("allocate", c.plan, seed, "", engine) for c in cases]
    jobs += [("ask", base, seed, question, money) for question, money in asked]
    found: list[Proposal | Reply | None] = [None] * len(jobs)
    order = sorted(range(len(jobs)), key=lambda i: -_weight(jobs[i]))
    if workers <= 1:
        for done, i in enumerate(order):
            found[i] = _job(jobs[i])
            progress("allocate", done + 1, len(jobs))
    else:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(workers, len(jobs)), mp_context=context) as pool:
            waiting = {i: pool.submit(_job, jobs[i]) for i in order}
            for done, i in enumerate(order):
                found[i] = waiting[i].result()
                progress("allocate", done + 1, len(jobs))
    made = tuple(p for p in found[: len(cases)] if isinstance(p, Proposal))
    replies = {key: r for key, r in zip(asked, found[len(cases) :], strict=True) if isinstance(r, Reply)}
    if not questions:
        return made, ()
    register = synthesise(base, seed)
    for case, proposal in zip(cases, made, strict=True):
        question = {"as_written": "as_written", "none": ""}.get(case.plan.regime.kind, "best_use")
        if question:
            replies.setdefault((question, case.plan.money.years), reply_of(case.plan, register, proposal, question))
    return made, tuple(replies[q, m] for q in QUESTIONS for m in TIMES if (q, m) in replies)


def _questions(cases: Sequence[Case]) -> list[tuple[str, str]]:
    """Questions that no case answers by itself."""
    answered = {
        ("as_written" if c.plan.regime.kind == "as_written" else "best_use", c.plan.money.years)
        for c in cases
        if c.plan.regime.kind != "none"
    }
    return [(q, m) for q in QUESTIONS for m in TIMES if (q, m) not in answered]


def _weight(job: tuple[str, Plan, int, str, str]) -> int:
    """The long ones first, so that no worker is left with one at the end."""
    kind, plan, _, question, _ = job
    if kind == "allocate":
        return {"none": 0, "as_written": 2}.get(plan.regime.kind, 9)
    return {"best_use": 8, "least_money": 4}.get(question, 1)


def forecast(
    cases: Sequence[Case],
    made: Sequence[Proposal],
    register: Register,
    first: int,
    runs: int,
    workers: int,
    progress: Progress,
) -> tuple[Run, ...]:
    """Replications of every case under the same luck, each set against the world without its programme."""
    settings: list[Setting] = []
    baselines: list[Setting] = []
    without: list[int] = []
    for case, proposal in zip(cases, made, strict=True):
        setting = Setting.of(case.plan, register, proposal)
        settings.append(setting)
        bare = case.plan.model_copy(update={"regime": case.plan.regime.model_copy(update={"kind": "none"})})
        same = next((i for i, b in enumerate(baselines) if _same_world(b.plan, bare)), None)
        if same is None:
            own = setting if case.plan.regime.kind == "none" else Setting.of(bare, register, allocate(bare, register))
            baselines.append(own)
            same = len(baselines) - 1
        elif case.plan.regime.kind == "none":
            settings[-1] = baselines[same]
        without.append(same)
    done = 0

    def told(step: int) -> None:
        nonlocal done
        done += step
        progress("simulate", done, runs)

    study = Study(tuple(settings), tuple(without), tuple(baselines))
    return tuple(replicate(study, first, runs, workers, told))


def _same_world(a: Plan, b: Plan) -> bool:
    """Whether two plans differ in nothing that households meet without a programme."""
    return (a.dynamics, a.household_criteria, a.village_criteria, a.schedule, a.measures) == (
        b.dynamics,
        b.household_criteria,
        b.village_criteria,
        b.schedule,
        b.measures,
    )


def tables_of(
    cases: Sequence[Case], made: Sequence[Proposal], replies: Sequence[Reply], register: Register, runs: Sequence[Run]
) -> dict[str, pd.DataFrame]:
    """Every declared table."""
    names = [case.name for case in cases]
    plan = cases[-1].plan
    years = plan.horizon.years
    named = [(case.name, case.plan, proposal) for case, proposal in zip(cases, made, strict=True)]
    township = register.villages["township"].astype(int).tolist()
    found = {
        "money": proposals.money(named),
        "lines": proposals.lines(named),
        "measures": proposals.measures(named),
        "planned": proposals.planned(named),
        "planned_villages": proposals.planned_villages(named, township),
        "gaps": proposals.gaps(named),
        "answers": frame("answers", [tuple(vars(r).values()) for r in replies]),
        "assumptions": origins.assumptions(plan),
        "changes": frame(
            "changes",
            [
                (case.name, c.path, str(c.before), str(c.after), c.why, c.clause)
                for case in cases
                for c in case.resolved.changes
            ],
        ),
        "findings": frame(
            "findings",
            [(f.key, f.kind, f.severity, "; ".join(f.clauses), f.title, words(f), words(f, "en")) for f in audit(plan)],
        ),
    }
    if runs:
        yearly = indicators.yearly(names, years, runs)
        listed = int((register.villages["poor_village"] == 1).sum())
        found |= {
            "yearly": yearly,
            "bands": indicators.bands(yearly),
            "milestones": schedule.milestones(names, [c.plan for c in cases], yearly, listed),
            "places": indicators.places(names, plan, years, runs),
            "pathways": indicators.pathways(names, plan, years, runs),
            "flows": indicators.flows(names, years, runs),
            "paired": pairing.paired(names, yearly),
            "bottlenecks": indicators.bottlenecks(names, years, runs),
        }
    return found


def manifest_of(
    command: str, cases: Sequence[Case], register_seed: int, luck: tuple[int, int] | None
) -> dict[str, Any]:
    """What a result was made from: scenarios and their hashes, seeds, versions, command. No time, so bytes repeat."""
    return {
        "command": command,
        "scenarios": {
            case.name: {
                "file": case.spec,
                "title": case.resolved.name,
                "question": case.resolved.question,
                "hash": digest(case.plan.model_dump_json()),
            }
            for case in cases
        },
        "register": {"seed": register_seed, "synthetic": True},
        "luck": {"first_seed": luck[0], "runs": luck[1]} if luck else None,
        "versions": {
            "planner": version("planner") if _installed() else "source",
            "python": platform.python_version(),
            "solver": solver_version(),
            **{name: version(name) for name in ("numpy", "scipy", "pandas", "simpy", "plotly", "pulp")},
        },
    }


def _installed() -> bool:
    from importlib.metadata import PackageNotFoundError

    try:
        version("planner")
    except PackageNotFoundError:
        return False
    return True


def save_proposals(folder: Folder, cases: Sequence[Case], made: Sequence[Proposal]) -> None:
    """Values and prices of each proposal, so that it can be verified without solving it again."""
    for case, proposal in zip(cases, made, strict=True):
        arrays: dict[str, np.ndarray[Any, Any]] = {"values": proposal.values}
        for i, served in enumerate(proposal.served):
            arrays[f"objective_{i}"] = np.array([served.objective, served.at_most])
            arrays[f"prices_{i}"] = served.prices
            arrays[f"kept_{i}"] = served.kept_prices
            if served.lower is not None and served.upper is not None:
                arrays[f"lower_{i}"], arrays[f"upper_{i}"] = served.lower, served.upper
        folder.arrays(case.name, arrays)
        folder.text(f"plans/{case.name}.json", case.plan.model_dump_json(indent=1))


def verify(directory: Path) -> dict[str, tuple[Certificate | None, tuple[Fault, ...]]]:
    """Check a saved result without the solver: files, rows, bounds, proofs, ledger; by scenario.

    Raises: ResultError where files are missing or changed.
    """
    manifest = read_manifest(directory)
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
        made, program = prepare(plan, synthesise(plan, int(manifest["register"]["seed"])))
        served = [
            Served(
                each,
                rank(each).cost(made, program),
                float(arrays[f"objective_{i}"][0]),
                arrays[f"prices_{i}"],
                float(arrays[f"objective_{i}"][1]),
                arrays[f"kept_{i}"],
                arrays.get(f"lower_{i}"),
                arrays.get(f"upper_{i}"),
            )
            for i, each in enumerate(aims_of(plan))
        ]
        certificate = certify(program, arrays["values"], served)
        found[name] = (certificate, (*check_ledger(plan, entries), *check_against(made, arrays["values"], entries)))
    return found


def titles(cases: Sequence[Case]) -> dict[str, str]:
    """Title of each scenario by name."""
    return {case.name: case.resolved.name for case in cases}


def first_rank(plan: Plan, register_seed: int) -> tuple[Program, np.ndarray[Any, Any]]:
    """The program of a plan and the cost of its first aim, for export."""
    made, program = prepare(plan, synthesise(plan, register_seed))
    return program, rank(aims_of(plan)[0]).cost(made, program)


def account_of(directory: Path, line: str, lang: Language) -> str:
    """Why a line gets its money, from a folder of results.

    Raises: ResultError for a folder that is not whole, UsageError for a line that the plan does not have.
    """
    scenarios = read_manifest(directory)["scenarios"]
    tables = {name: read_table(directory, name) for name in ("money", "lines")}
    plans = {
        name: Plan.model_validate_json((directory / "plans" / f"{name}.json").read_text(encoding="utf-8"))
        for name in scenarios
    }
    return line_account(tables, plans, {name: about["title"] for name, about in scenarios.items()}, line, lang)
