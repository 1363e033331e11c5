"""A plan's caps and unit standards for every household, village or case of a year, in one vectorised pass."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.errors import Fault, PlanError
from planner.plan.figures import Figure, Series
from planner.plan.model import Plan
from planner.plan.standards import Standard
from planner.quantities import YUAN_IN, split_unit
from planner.rules import standards_aid, standards_credit, standards_housing
from planner.rules.book import eligibility
from planner.rules.measured import SHARE_UNITS, measured
from planner.rules.rule import Columns
from planner.rules.standard import READABLE, STANDARDS, Amounts, Parameter, StandardKind, Subject
from planner.rules.verdict import NOT_IN_FORCE, of_flag

KINDS_IN = (standards_housing, standards_aid, standards_credit)
"""The files whose kinds are in the catalogue once this one is imported."""


def standards_for(plan: Plan, columns: Columns, year: int, subject: Subject = "household") -> dict[str, Amounts]:
    """Every standard of a plan for every household (or village, or case), with the figures in force in a year.

    `columns` holds the register's columns, and of those in `standard.ASKED` what is known. A standard for the households
    of a pathway, or for those with a flag, holds for those alone; one that is not in force holds for nobody.

    Unit: `unit_of` each standard.
    Shape: household, village or case.
    Raises: PlanError as `faults_of_standards`; KeyError where a column that a standard reads was not handed over.
    """
    faults = faults_of_standards(plan)
    if faults:
        raise PlanError(faults)
    mine = {name: s for name, s in plan.standards.items() if subject_of(s) == subject}
    eligible = eligibility(plan, columns) if any(s.pathway for s in mine.values()) else {}
    found = {}
    for name, standard in mine.items():
        amounts = STANDARDS[standard.kind].judge(
            columns, parameters_in(standard, year), reading_of(plan, standard), standard.column
        )
        if standard.who is not None:
            amounts = amounts.only(of_flag(columns[standard.who]))
        if standard.pathway is not None:
            amounts = amounts.only(eligible[standard.pathway])
        found[name] = amounts if standard.in_force(year) else _not_in_force(amounts)
    return found


def parameters_in(standard: Standard, year: int) -> dict[str, float]:
    """A standard's parameters as numbers in force in a year. Unit: as `measured.measured`."""
    return {name: measured(given, year) for name, given in standard.parameters.items()}


def reading_of(plan: Plan, standard: Standard) -> str:
    """How the standard's clause is read; empty where no ruling is named."""
    return "" if standard.ruling is None else plan.rulings[standard.ruling].choice


def subject_of(standard: Standard) -> Subject:
    """What a row is for a standard: follows from the column that it chooses where its kind leaves that open."""
    kind = STANDARDS[standard.kind]
    if kind.subject is not None:
        return kind.subject
    return "village" if standard.column not in READABLE["household"] else "household"


def unit_of(standard: Standard) -> str:
    """The unit of a standard's amounts: money in 元, shares of one."""
    kind = STANDARDS[standard.kind]
    if kind.unit is not None:
        return kind.unit
    head, *per = plain_unit(standard.parameters[kind.leading].unit).split("/")
    return "/".join([head, *("户" if part == "人" and "户" not in per else part for part in per)])


def plain_unit(unit: str) -> str:
    """A unit with money as 元 and shares as 比例.

    >>> plain_unit("万元/人/年"), plain_unit("%/年")
    ('元/人/年', '比例/年')
    """
    head, per = split_unit(unit)
    plain = "元" if head in YUAN_IN else "比例" if head in SHARE_UNITS else head
    return "/".join([plain, *per])


def faults_of_standards(plan: Plan, file: str = "plan") -> list[Fault]:
    """Everything in a plan's standards that keeps them from being judged: kinds, columns, parameters, readings."""
    return [
        Fault(file, 0, f"standards.{name}.{fault.path}", fault.code, fault.values)
        for name, standard in plan.standards.items()
        for fault in _faults(plan, standard)
    ]


def _faults(plan: Plan, standard: Standard) -> Iterator[Fault]:
    kind = STANDARDS.get(standard.kind)
    if kind is None:
        yield _fault("kind", "rules.kind_unknown", found=standard.kind, known=sorted(STANDARDS))
        return
    chosen = list(_column_faults(kind, standard))
    yield from chosen
    yield from _parameter_faults(kind, standard)
    if standard.ruling is not None and not kind.readings:
        yield _fault("ruling", "rules.reading_unused", kind=kind.name)
    elif standard.ruling is not None and plan.rulings[standard.ruling].choice not in kind.readings:
        choice = plan.rulings[standard.ruling].choice
        yield _fault("ruling", "rules.reading_unknown", found=choice, kind=kind.name, known=list(kind.readings))
    if chosen:
        return
    subject = subject_of(standard)
    flag = READABLE[subject].get(standard.who or "")
    if standard.who is not None and (flag is None or flag.kind != "flag"):
        yield _fault("who", "rules.who_no_flag", found=standard.who)
    if standard.pathway is not None and (subject != "household" or standard.pathway not in plan.pathways):
        yield _fault("pathway", "rules.pathway_unsuited", found=standard.pathway)


def _column_faults(kind: StandardKind, standard: Standard) -> Iterator[Fault]:
    if not kind.chooses:
        if standard.column is not None:
            yield _fault("column", "rules.column_unused", kind=kind.name)
    elif standard.column is None:
        yield _fault("column", "rules.column_missing", kind=kind.name)
    else:
        column = READABLE["household"].get(standard.column) or READABLE["village"].get(standard.column)
        if column is None:
            yield _fault("column", "rules.column_unknown", found=standard.column)
        elif column.kind not in ("flag", "count"):
            yield _fault("column", "rules.column_sort", found=standard.column, kind=kind.name, expected="flag, count")


def _parameter_faults(kind: StandardKind, standard: Standard) -> Iterator[Fault]:
    known = {p.name: p for p in kind.parameters}
    for name in standard.parameters:
        if name not in known:
            yield _fault(f"parameters.{name}", "rules.parameter_unknown", kind=kind.name, known=sorted(known))
    for name, parameter in known.items():
        given = standard.parameters.get(name)
        if given is None:
            if not parameter.optional:
                yield _fault("parameters", "rules.parameter_missing", kind=kind.name, name=name)
        elif plain_unit(given.unit) not in parameter.units:
            values = {"found": given.unit, "expected": list(parameter.units)}
            yield _fault(f"parameters.{name}.unit", "rules.parameter_unit", **values)


def sense_of(standard: Standard) -> str:
    """Whether the amount is exact, at most or at least, as its leading parameter is printed."""
    leading: Figure | Series = standard.parameters[STANDARDS[standard.kind].leading]
    return leading.sense if isinstance(leading, Figure) else "exact"


def parameters_of(standard: Standard) -> tuple[tuple[Parameter, Figure | Series | None], ...]:
    """The parameters of a standard's kind with the plan's figures, None for one that the plan leaves out."""
    return tuple((p, standard.parameters.get(p.name)) for p in STANDARDS[standard.kind].parameters)


def _not_in_force(amounts: Amounts) -> Amounts:
    nothing = np.zeros(amounts.low.shape)
    return Amounts(np.full(amounts.outcome.shape, NOT_IN_FORCE), nothing, nothing)


def _fault(path: str, code: str, **values: object) -> Fault:
    return Fault("plan", 0, path, code, values)
