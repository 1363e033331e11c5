"""A plan as frozen data: clauses, targets, fund lines, sources, measures, criteria, milestones, assumptions.

Nothing here names a place, a year or an amount. Entries pick a *kind* from the catalogues below and set its
parameters. Every number is a `Figure` (or a `Series` of dated figures): value, unit, and one of clause, source or
assumed. What stands in two roles (a sum and its parts) is told apart by `Relation`, which the audit reads.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from planner.errors import Fault, PlanError
from planner.quantities import wan, yuan

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Words = Annotated[str, Field(min_length=1, max_length=400)]


class Frozen(BaseModel):
    """Strict, frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Origin(Frozen):
    """Where a number comes from: exactly one of a clause of the plan, an outside source, or an assumption."""

    clause: str | None = None
    """Heading numbers of the plan, several joined by `; `."""
    source: Words | None = None
    """Title, year and place of an outside source."""
    assumed: Words | None = None
    """Why this value, where nothing printed says so."""
    range: tuple[float, float] | None = None
    """Low and high of what is uncertain, in the figure's own unit."""
    ruling: Identifier | None = None
    """The reading that this number depends on, if any."""
    note: Words | None = None

    @model_validator(mode="after")
    def _one_origin(self) -> Origin:
        if sum(x is not None for x in (self.clause, self.source, self.assumed)) != 1:
            raise ValueError("one_origin")
        if self.assumed is not None and self.range is None:
            raise ValueError("assumed_range")
        if self.range is not None and self.range[0] > self.range[1]:
            raise ValueError("range_order")
        return self

    @property
    def origin(self) -> str:
        """The clause, source or assumption in one line."""
        return self.clause or self.source or f"assumed: {self.assumed}"


class Figure(Origin):
    """One number with its unit, origin and, where the plan says it, year and sense (约, 以上, 以内)."""

    value: float
    unit: str
    year: int | None = None
    sense: Literal["exact", "about", "at_least", "at_most"] = "exact"

    @property
    def yuan(self) -> int:
        """Whole yuan, for figures of money."""
        return yuan(self.value, self.unit)

    @property
    def wan(self) -> float:
        """万元, for figures of money."""
        return wan(self.value, self.unit)


class Series(Origin):
    """Dated values: each year holds until the next one named."""

    values: dict[int, float]
    unit: str

    def at(self, year: int) -> float:
        """The value in force in a year; the first value also holds for the years before it."""
        known = sorted(self.values)
        return self.values[max([y for y in known if y <= year], default=known[0])]


class Clause(Frozen):
    """A clause of the document, cited elsewhere by its heading numbers."""

    title: Words
    words: str | None = None
    """The sentence that matters, as printed."""
    unmodelled: Words | None = None
    """Why it does not enter the model, where it does not."""


class Ruling(Frozen):
    """A reading of the plan that a person has to choose; the choice is data and travels with the results."""

    question: Words
    choice: Identifier
    options: dict[Identifier, Words]
    clause: str

    @model_validator(mode="after")
    def _known_choice(self) -> Ruling:
        if self.choice not in self.options:
            raise ValueError("ruling_choice")
        return self


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


class FundLine(Frozen):
    """A fund line (资金项): what money is for. Lines form a tree; money is paid by its leaves."""

    name: Words
    english: Words
    parent: Identifier | None = None
    amount: Figure | None = None
    account: Literal["plan", "side"] = "plan"
    """`side` stands beside the plan's whole: lines whose money the plan does not give."""
    lead: Words
    clause: str
    held: Words | None = None
    """For a line that closes no criterion: why its money stands all the same (its clause)."""


class Tranche(Frozen):
    """A part of a source's yearly money and the month (1 to 12) in which it is due."""

    month: Annotated[int, Field(ge=1, le=12)]
    share: Annotated[float, Field(gt=0, le=1)]


class FundSource(Frozen):
    """A fund source (资金来源): where money comes from and what it may pay for."""

    name: Words
    english: Words
    parent: Identifier | None = None
    amount: Figure
    pays: list[Identifier] = []
    """Leaf lines it may pay for."""
    places: Literal["county", "poor_villages"] = "county"
    account: Literal["plan", "side"] = "plan"
    named: bool = True
    """False for money that the plan counts on without naming an amount of source (资金缺口)."""
    measures: list[Identifier] | None = None
    """Where it is tied to certain measures only; None means any measure of its lines."""
    tranches: list[Tranche] = []
    """When its money is due; none for a source that is only the sum of others."""
    delay_months: Figure | None = None
    """Mean months that a tranche comes late."""
    arrives: Figure | None = None
    """Mean share of the year's money that arrives at all."""


class Task(Frozen):
    """A printed physical task: so many units of a measure by the end of a year."""

    amount: Figure
    places: Literal["county", "poor_villages", "due_villages"] = "county"


class Works(Frozen):
    """How long a shared work takes; months."""

    approve: Figure
    build: Figure
    accept: Figure
    crew: bool = True
    """Whether a building crew is needed."""


class Measure(Frozen):
    """Something money buys. Its kind says whom it serves and what it does there.

    Kinds: `village_works` (whole works, counted per village in `unit`, serve all behind them), `household_good` (closes
    a criterion of one household), `household_income` (raises the income of one household), `duty` (works without
    money), `held` (money held by a clause, closes no criterion).
    """

    name: Words
    english: Words
    kind: Literal["village_works", "household_good", "household_income", "duty", "held"]
    line: Identifier
    clause: str
    unit: str
    cost: Figure
    """Money per unit; for goods counted in persons, per person."""
    cost_cap: Figure | None = None
    """The most that one household may cost."""
    own_share: Figure | None = None
    """What the residents themselves pay per unit, out of the cost."""
    moved_along: Figure | None = None
    """Persons moved along at the same cost, as a share of those counted."""
    pathway: Identifier | None = None
    closes: list[Identifier] = []
    """Criteria that it closes."""
    need: Identifier | None = None
    """The register column that counts the units needed (villages) or marks who needs it (households)."""
    capacity: Series
    """Units that can be delivered in a year."""
    counted: Literal["household", "person"] = "household"
    """Whether one household takes one unit, or one unit for each of its persons."""
    entitlement: bool = False
    """Whether everybody who needs it gets it from the first year on (应补尽补)."""
    recurring: bool = False
    """Whether the cost comes back every year after the first."""
    gain: Figure | None = None
    """Income per household and year once in full effect."""
    first_year: Figure | None = None
    """Share of the gain that arrives in the year of delivery."""
    failure: Figure | None = None
    """Chance that it fails to take in a household."""
    loss: Figure | None = None
    """Chance per year that a gain in place is lost (price, dropout, job loss)."""
    tasks: list[Task] = []
    works: Works | None = None


class Condition(Frozen):
    """A test of one register column against a threshold."""

    column: Identifier
    at_least: float | None = None
    at_most: float | None = None


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
    document: Words
    synthetic: Words
    """What is not in the document and is made up here; shown wherever it is used."""


class Due(Frozen):
    """Persons and villages due to leave in one year."""

    persons: Figure
    villages: Figure


Aim = Literal["first_pathways", "villages", "persons", "pathways", "tasks", "covered", "most", "worst", "closeness"]
"""The aims of an allocation by name; `planner.allocation.objectives` says what each counts."""
AIMS: tuple[Aim, ...] = ("villages", "persons", "pathways", "covered", "most", "worst", "closeness")
"""The order that holds where a plan states none."""


class Regime(Frozen):
    """What stays fixed when the money is spread anew (the regimes of an allocation), and what is served first."""

    kind: Literal["as_written", "tasks_hard", "tasks_soft", "lines_within", "none"]
    within: Annotated[float, Field(ge=0, le=10)] = 0.0
    """For `lines_within`: the part by which a line may depart from its printed amount."""
    aims: Annotated[list[Aim], Field(min_length=1)] = list(AIMS)
    """The aims, first things first. Where tasks are soft, `tasks` has to be among them."""
    pathways_first: list[Identifier] = []
    """Pathways whose targets the aim `first_pathways` serves before all others."""
    reason: Words

    @model_validator(mode="after")
    def _one_order(self) -> Regime:
        if len(set(self.aims)) < len(self.aims):
            raise ValueError("aims_twice")
        if (self.kind == "tasks_soft") != ("tasks" in self.aims):
            raise ValueError("aims_tasks")
        if bool(self.pathways_first) != ("first_pathways" in self.aims):
            raise ValueError("aims_pathways")
        return self


class Money(Frozen):
    """How the years after the first are funded."""

    years: Literal["repeated", "once"]
    scale: Figure
    """All sources times this."""
    reason: Words


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
            return Series(values={self.horizon.first: found.value}, unit=found.unit, **_origin_of(found))
        return found


def _running(by_year: dict[int, float]) -> dict[int, float]:
    total, out = 0.0, {}
    for year in sorted(by_year):
        total += by_year[year]
        out[year] = total
    return out


def _origin_of(figure: Figure) -> dict[str, Any]:
    return {k: getattr(figure, k) for k in ("clause", "source", "assumed", "range", "ruling", "note")}
