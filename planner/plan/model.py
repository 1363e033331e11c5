"""A plan as frozen data: clauses, targets, fund lines, sources, measures, criteria, milestones, assumptions.

Nothing here names a place, a year or an amount. Entries pick a *kind* from the catalogues below and set its
parameters. Every number is a `Figure` (or a `Series` of dated figures): value, unit, and one of clause, source or
assumed. What stands in two roles (a sum and its parts) is told apart by `Relation`, which the audit reads.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.errors import Fault, PlanError
from planner.plan.figures import Figure, Frozen, Identifier, Origin, Series, Words, origin_of
from planner.plan.funds import FundLine, FundSource, Money
from planner.plan.measures import Measure
from planner.plan.regime import Regime
from planner.plan.rulings import Ruling
from planner.plan.standards import Standard
from planner.wording import Language


class Clause(Frozen):
    """A clause of the document, cited elsewhere by its heading numbers."""

    title: Words
    words: str | None = None
    """The sentence that matters, as printed."""
    unmodelled: Words | None = None
    """Why it does not enter the model, where it does not."""
    english_unmodelled: Words | None = None


class Pathway(Frozen):
    """One of the pathways out of poverty (一批)."""

    name: Words
    english: Words
    kind: Literal["industry", "relocation", "education", "employment", "medical", "transfer"]
    clause: str
    lead: Words
    """Lead department (牵头单位)."""
    target: Figure | None = None
    """Persons to be led out in the first year."""
    counts: bool = True
    """Whether an exit by it alone counts towards the yearly target of persons."""


class Criterion(Frozen):
    """An exit criterion, of a kind from the rules' catalogue, with its threshold."""

    name: Words
    english: Words
    kind: Identifier
    clause: str
    column: Identifier | None = None
    threshold: Figure | Series | None = None


class Milestone(Frozen):
    """A promise of the schedule: a measure reaches a threshold by the end of a year."""

    name: Words
    english: Words
    reading: Literal["yearly", "strict", "cap_off", "kept"]
    measure: Literal["persons_out", "villages_off", "cohort_left", "incidence", "cap_off"]
    at_least: Figure | None = None
    at_most: Figure | None = None
    year: int


class Relation(Frozen):
    """Two quantities of the plan that should agree, or cover one another. Read by the audit.

    `left` and `right` are sums of terms; a term is a path to a figure, or several joined by ` * ` or ` / `. An empty
    side is nought. Kinds: `sum`, `equal`, `product` (left equals right), `at_most`, `at_least` (left against right),
    `coverage` (left is needed, right is provided), `overlap` (left may also be counted in right), `horizon` (left
    reaches further in time than right).
    """

    kind: Literal["sum", "equal", "product", "at_most", "at_least", "coverage", "overlap", "horizon"]
    title: Words
    english: Words
    left: list[str]
    right: list[str]
    unit: str
    """Unit in which the difference is told."""
    tolerance: Annotated[float, Field(ge=0)] = 0.0
    """Difference, in `unit`, up to which nothing is said."""
    clause: str
    ruling: Identifier | None = None
    """The reading that settles it, if there is one."""
    choice: Literal["by_detail", "by_total", "as_ruled"] | None = None
    """What the bureau decided where the two sides differ; recorded here, or by a scenario."""
    note: Words | None = None
    english_note: Words | None = None


class Horizon(Frozen):
    """First and last year, and the month in which work may begin."""

    first: int
    last: int
    start_month: Annotated[int, Field(ge=1, le=12)]
    clause: str

    @property
    def years(self) -> tuple[int, ...]:
        """Every year of the horizon."""
        return tuple(range(self.first, self.last + 1))


class Head(Frozen):
    """What document this is and whose."""

    place: Words
    title: Words
    english_title: Words | None = None
    document: Words
    synthetic: Words
    """What is not in the document and is made up here; shown wherever it is used."""

    def titled(self, lang: Language = "zh") -> str:
        """The title, in English where that is given."""
        return (self.english_title if lang == "en" else None) or self.title


class Due(Frozen):
    """Persons and villages due to leave in one year."""

    persons: Figure
    villages: Figure


class Plan(Frozen):
    """A county's plan, resolved: nothing after this knows that scenarios exist."""

    head: Head
    horizon: Horizon
    clauses: dict[str, Clause]
    rulings: dict[Identifier, Ruling]
    regime: Regime
    money: Money
    population: dict[Identifier, Figure]
    townships: list[Words]
    townships_origin: Origin
    schedule: dict[int, Due]
    """What is due in each year (not cumulative)."""
    pathways: dict[Identifier, Pathway]
    lines: dict[Identifier, FundLine]
    sources: dict[Identifier, FundSource]
    measures: dict[Identifier, Measure]
    household_criteria: dict[Identifier, Criterion]
    village_criteria: dict[Identifier, Criterion]
    standards: dict[Identifier, Standard] = Field(default_factory=dict)
    """Caps and unit standards, judged household by household; money is divided by the lines and measures above."""
    milestones: dict[Identifier, Milestone]
    relations: dict[Identifier, Relation]
    facts: dict[Identifier, Figure]
    """Printed figures that only the audit or the reader needs."""
    synthesis: dict[Identifier, Figure | Series]
    """What the made-up register assumes."""
    dynamics: dict[Identifier, Figure | Series]
    """What the simulation assumes about income, shocks, verification and returns."""

    @property
    def due_persons(self) -> dict[int, float]:
        """Persons due to be out by the end of each year of the schedule, cumulative."""
        return _running({y: d.persons.value for y, d in self.schedule.items()})

    @property
    def due_villages(self) -> dict[int, float]:
        """Villages due to be off the list by the end of each year of the schedule, cumulative."""
        return _running({y: d.villages.value for y, d in self.schedule.items()})

    def leaves(self, account: str | None = None) -> list[str]:
        """Lines that pay, in the plan's order."""
        parents = {line.parent for line in self.lines.values()}
        return [k for k, v in self.lines.items() if k not in parents and account in (None, v.account)]

    def _assumption(self, name: str) -> Figure | Series:
        found = self.dynamics.get(name) or self.synthesis.get(name)
        if found is None:
            raise PlanError([Fault("plan", 0, f"dynamics.{name}", "plan.entry_missing", {"name": name})])
        return found

    def number(self, name: str) -> float:
        """A dynamic or synthesis assumption by name, where it is a single figure.

        Raises: PlanError where the plan has none of that name.
        """
        found = self._assumption(name)
        if isinstance(found, Series):
            raise TypeError(f"{name} is a series")
        return found.value

    def series(self, name: str) -> Series:
        """A dynamic or synthesis assumption by name, where it is dated."""
        found = self._assumption(name)
        if isinstance(found, Figure):
            return Series(values={self.horizon.first: found.value}, unit=found.unit, **origin_of(found))
        return found


def _running(by_year: dict[int, float]) -> dict[int, float]:
    total, out = 0.0, {}
    for year in sorted(by_year):
        total += by_year[year]
        out[year] = total
    return out
