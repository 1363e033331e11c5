"""What money buys: measures with their cost, effect and printed tasks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from planner.plan.figures import Figure, Frozen, Identifier, Series, Words


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
    closes: list[Identifier] = Field(default_factory=list)
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
    tasks: list[Task] = Field(default_factory=list)
    works: Works | None = None
