"""The rule book: a plan's criteria and pathways judged for every household and village of a year.

Callers hand over columns by name: the register's at the start, the simulation's own later. Nothing here reads a
register, so that both are judged by the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.errors import Fault, PlanError
from planner.plan.figures import Figure
from planner.plan.model import Criterion, Plan
from planner.quantities import YUAN_IN, split_unit
from planner.register.model import Register
from planner.rules import household_exit, pathways, village_exit
from planner.rules.measured import SHARE_UNITS, measured
from planner.rules.rule import CATALOGUE, MOST, SHARE, Columns, Kind, Level, column_named
from planner.rules.verdict import Outcomes, Vector, Verdicts

FILES = (household_exit, village_exit, pathways)
"""The files whose kinds are in the catalogue once this one is imported."""


def evaluate_households(plan: Plan, columns: Columns, year: int) -> Verdicts:
    """Every household criterion for every household (户脱贫标准判定), against the thresholds in force in a year.

    `columns` holds the register's columns and `income`, or the like of them at a later time.

    Shape: household.
    Raises: PlanError as `faults_of`; KeyError where a column that a criterion reads was not handed over.
    """
    return _evaluate(plan, "household", columns, year)


def evaluate_villages(plan: Plan, villages: Columns, aggregates: Columns, year: int) -> Verdicts:
    """Every village criterion for every village (贫困村脱贫标准判定).

    `aggregates` are those of `village_exit.village_aggregates`, for the flags of `flags_counted`. Villages that are
    not on the list are judged too.

    Shape: village.
    Raises: as `evaluate_households`.
    """
    return _evaluate(plan, "village", {**villages, **aggregates}, year)


def eligibility(plan: Plan, columns: Columns) -> dict[str, Outcomes]:
    """Who may follow each pathway of the plan; met means eligible.

    Shape: household.
    Raises: PlanError where a pathway is of a kind without a rule; KeyError where a column was not handed over.
    """
    faults = [
        _fault(f"pathways.{name}.kind", "rules.kind_unknown", found=pathway.kind, known=sorted(CATALOGUE["pathway"]))
        for name, pathway in plan.pathways.items()
        if pathway.kind not in CATALOGUE["pathway"]
    ]
    if faults:
        raise PlanError(faults)
    by_kind = {p.kind: CATALOGUE["pathway"][p.kind].judge(columns) for p in plan.pathways.values()}
    return {name: by_kind[pathway.kind] for name, pathway in plan.pathways.items()}


def household_columns(register: Register) -> dict[str, Vector]:
    """A register's household columns with those that are worked out from them.

    Shape: household.
    """
    return {**register.households, "income": register.income}


def flags_counted(plan: Plan) -> tuple[str, ...]:
    """Household flags whose share the plan's village criteria ask for; `village_aggregates` has to count them."""
    chosen = [c.column for c in plan.village_criteria.values() if c.column and c.column.startswith(SHARE)]
    return tuple(dict.fromkeys(name.removeprefix(SHARE).removesuffix(MOST) for name in chosen))


def criteria_of(plan: Plan, level: Level) -> Mapping[str, Criterion]:
    """The plan's criteria of a level, in its order."""
    return plan.household_criteria if level == "household" else plan.village_criteria


def threshold_in(criterion: Criterion, year: int) -> float:
    """The threshold in force in a year; NaN where the criterion has none.

    Unit: 元 for money, a share of one for % and 比例, else the threshold's own.
    """
    return float("nan") if criterion.threshold is None else measured(criterion.threshold, year)


def faults_of(plan: Plan, file: str = "plan") -> list[Fault]:
    """Everything in a plan's criteria that keeps them from being judged: kinds, columns, thresholds."""
    levels: tuple[Level, ...] = ("household", "village")
    return [
        Fault(file, 0, f"{level}_criteria.{name}.{fault.path}", fault.code, fault.values)
        for level in levels
        for name, criterion in criteria_of(plan, level).items()
        for fault in (*_kind_faults(level, criterion), *_threshold_faults(level, criterion))
    ]


def _evaluate(plan: Plan, level: Level, columns: Columns, year: int) -> Verdicts:
    faults = faults_of(plan)
    if faults:
        raise PlanError(faults)
    vectors = [
        (name, CATALOGUE[level][criterion.kind].judge(columns, threshold_in(criterion, year), criterion.column))
        for name, criterion in criteria_of(plan, level).items()
    ]
    rows = len(next(iter(columns.values()))) if columns else 0
    return Verdicts.of(vectors, rows)


def _kind_faults(level: Level, criterion: Criterion) -> list[Fault]:
    kind = CATALOGUE[level].get(criterion.kind)
    if kind is None:
        return [_fault("kind", "rules.kind_unknown", found=criterion.kind, known=sorted(CATALOGUE[level]))]
    if kind.sort is None:
        return [_fault("column", "rules.column_unused", kind=kind.name)] if criterion.column else []
    if criterion.column is None:
        return [_fault("column", "rules.column_missing", kind=kind.name)]
    column = column_named(level, criterion.column)
    if column is None:
        return [_fault("column", "rules.column_unknown", found=criterion.column)]
    if kind.sort != ("share" if _is_share(criterion.column) else column.kind):
        return [_fault("column", "rules.column_sort", found=criterion.column, kind=kind.name, expected=kind.sort)]
    return []


def _is_share(column: str) -> bool:
    return column.startswith(SHARE) and not column.endswith(MOST)


def _threshold_faults(level: Level, criterion: Criterion) -> list[Fault]:
    kind = CATALOGUE[level].get(criterion.kind)
    if kind is None:
        return []
    if kind.threshold is None:
        return [_fault("threshold", "rules.threshold_unused", kind=kind.name)] if criterion.threshold else []
    if criterion.threshold is None:
        return [_fault("threshold", "rules.threshold_missing", kind=kind.name)]
    given = criterion.threshold
    if not _measures(kind, given.unit):
        return [_fault("threshold.unit", "rules.threshold_unit", found=given.unit, kind=kind.name)]
    values = [given.value] if isinstance(given, Figure) else list(given.values.values())
    most = SHARE_UNITS.get(given.unit, float("inf"))
    wrong = [v for v in values if not 0 <= v <= most]
    return [_fault("threshold", "rules.threshold_range", found=wrong, unit=given.unit, most=most)] if wrong else []


def _measures(kind: Kind, unit: str) -> bool:
    if kind.threshold == "share":
        return unit in SHARE_UNITS
    head, per = split_unit(unit)
    return head in YUAN_IN and per == ("人", "年")


def _fault(path: str, code: str, **values: object) -> Fault:
    return Fault("plan", 0, path, code, values)
