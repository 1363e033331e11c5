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

import pandas as pd

from planner.allocation.allocate import EngineName, allocate
from planner.allocation.proposal import Proposal
from planner.allocation.questions import QUESTIONS, TIMES, Reply, ask, reply_of
from planner.allocation.solving import solver_version
from planner.comparison import indicators, needs, origins, pairing, proposals, schedule, tasks
from planner.comparison.indicators import frame
from planner.errors import Fault, PlanError, UsageError
from planner.plan.audit import audit
from planner.plan.findings import words
from planner.plan.model import Plan
from planner.register import opening
from planner.register.model import Register
from planner.register.opening import RegisterSource
from planner.report.line_account import line_account
from planner.report.sheet import Sheet
from planner.report.tasks_view import COUNTY, county_sheet, township_sheet
from planner.rules.book import faults_of
from planner.scenario.resolving import Resolved, resolve_many
from planner.simulation.replications import Run, Study, replicate
from planner.simulation.world import Setting
from planner.storage import digest, read_manifest, read_table
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

    Raises: UsageError where two have one name, they are not of one plan, or their years are not the same.
    """
    cases = tuple(open_case(spec) for spec in specs)
    names = [case.name for case in cases]
    for name in names:
        if names.count(name) > 1:
            raise UsageError("usage.same_scenario", name=name)
    places = {(c.plan.head.place, tuple(c.plan.townships)) for c in cases}
    if len(places) > 1:
        raise UsageError("usage.several_plans", count=len(places))
    _refuse_other_years(cases)
    return cases


def _refuse_other_years(cases: Sequence[Case]) -> None:
    """Scenarios of other years are not set side by side: the money, the register and every promise would differ too.

    What to do is told as the command itself: each of the longer ones together with the shortest, `a.yaml+b.yaml`.
    """
    spans = {case.name: (case.plan.horizon.first, case.plan.horizon.last) for case in cases}
    if len(set(spans.values())) <= 1:
        return
    short = min(cases, key=lambda case: len(case.plan.horizon.years))
    told = [f"{name} {first}–{last}" for name, (first, last) in spans.items()]
    joined = [
        case.spec if spans[case.name] == spans[short.name] else f"{case.spec}+{Path(short.spec).name}" for case in cases
    ]
    raise UsageError("usage.other_years", spans=told, joined=" ".join(joined))


def register_of(case: Case, source: RegisterSource) -> Register:
    """The register of a case as it stands: made up by a seed, or handed in as a folder."""
    return opening.open_register(case.plan, source)


def _job(job: tuple[str, Plan, RegisterSource, str, str]) -> Proposal | Reply:
    kind, plan, source, question, extra = job
    register = opening.planning_register(plan, source)
    if kind == "allocate":
        return allocate(plan, register, extra)  # type: ignore[arg-type]
    return ask(plan, register, question, extra)


def propose(
    cases: Sequence[Case],
    source: RegisterSource,
    workers: int,
    engine: EngineName = "highs",
    *,
    questions: bool,
    progress: Progress,
) -> tuple[tuple[Proposal, ...], tuple[Reply, ...]]:
    """A proposal for each case and, where asked for, the three questions on the last case's plan, in parallel."""
    asked = _questions(cases) if questions else []
    base = cases[-1].plan
    jobs: list[tuple[str, Plan, RegisterSource, str, str]] = [("allocate", c.plan, source, "", engine) for c in cases]
    jobs += [("ask", base, source, question, money) for question, money in asked]
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
    register = opening.planning_register(base, source)
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


def _weight(job: tuple[str, Plan, RegisterSource, str, str]) -> int:
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
    lacking = needs.needs_by_year([(case.name, case.plan) for case in cases], register)
    found = {
        "money": proposals.money(named),
        "lines": proposals.lines(named),
        "measures": proposals.measures(named),
        "planned": proposals.planned(named),
        "planned_villages": proposals.planned_villages(named, township),
        "gaps": proposals.gaps(named),
        "rounding": tasks.rounding(named),
        "names": tasks.names(named, register),
        "task_sheet": tasks.task_sheet(named, register),
        "needs": needs.needs_table(lacking),
        "village_needs": needs.village_table(lacking),
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
    command: str, cases: Sequence[Case], source: RegisterSource, luck: tuple[int, int] | None
) -> dict[str, Any]:
    """What a result was made from: scenarios and their hashes, seeds, versions, command. No time, so bytes repeat."""
    return {
        "command": command,
        "scenarios": {
            case.name: {
                "file": case.spec,
                "title": case.resolved.name,
                "english_title": case.resolved.titled("en"),
                "question": case.resolved.question,
                "english_question": case.resolved.english,
                "hash": digest(case.plan.model_dump_json()),
            }
            for case in cases
        },
        "register": opening.source_for_manifest(source),
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


def titles(cases: Sequence[Case], lang: Language = "zh") -> dict[str, str]:
    """Title of each scenario by name."""
    return {case.name: case.resolved.titled(lang) for case in cases}


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
    key = "title" if lang == "zh" else "english_title"
    told = {name: about.get(key, about["title"]) for name, about in scenarios.items()}
    return line_account(tables, plans, told, line, lang)


def tasks_of(directory: Path, scenario: str | None, township: str | None, year: int | None, lang: Language) -> Sheet:
    """The task sheet of a township, or of all, from a folder of results.

    Raises: ResultError for a folder that is not whole, UsageError for a scenario, township or year that it does not have.
    """
    manifest = read_manifest(directory)
    scenarios = manifest["scenarios"]
    name = scenario if scenario is not None or len(scenarios) > 1 else next(iter(scenarios))
    if name not in scenarios:
        raise UsageError("usage.which_scenario", known=", ".join(scenarios))
    plan = Plan.model_validate_json((directory / "plans" / f"{name}.json").read_text(encoding="utf-8"))
    if year is not None and year not in plan.horizon.years:
        raise UsageError("usage.year", year=year, first=plan.horizon.first, last=plan.horizon.last)
    if township not in (None, COUNTY, *plan.townships):
        raise UsageError("usage.no_township", name=township, known=", ".join(plan.townships))
    table = read_table(directory, "task_sheet")
    mine = table[table["scenario"] == name]
    about = scenarios[name]
    title = about["title"] if lang == "zh" else about.get("english_title", about["title"])
    when, made_up = year or plan.horizon.first, bool(manifest["register"]["synthetic"])
    if township is None:
        return county_sheet(mine, plan, title, when, lang, synthetic=made_up)
    return township_sheet(mine, plan, title, township, when, lang, synthetic=made_up)
