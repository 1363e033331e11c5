"""A number of a plan: value, unit, and one origin; dated numbers; the frozen form of everything in a plan."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from planner.quantities import wan, yuan

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Words = Annotated[str, Field(min_length=1, max_length=400)]


ASSUMED = "assumed: "
"""What stands before the reason of an assumption where an origin is told in one line."""


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
        return self.clause or self.source or f"{ASSUMED}{self.assumed}"


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


def origin_of(figure: Figure) -> dict[str, Any]:
    """What a figure says of its origin, to be carried over to another."""
    return {k: getattr(figure, k) for k in ("clause", "source", "assumed", "range", "ruling", "note")}
