"""Caps and unit standards of a plan (标准、限额): how much, how large, at most how many, for whom and under which clause."""

from __future__ import annotations

from pydantic import Field

from planner.plan.figures import Figure, Frozen, Identifier, Series, Words


class Standard(Frozen):
    """A cap or unit standard, of a kind from the rules' catalogue, with the kind's parameters as figures."""

    name: Words
    english: Words
    kind: Identifier
    clause: str
    column: Identifier | None = None
    """The column that the kind counts by, where it leaves that to the plan."""
    who: Identifier | None = None
    """A flag of the register that must be yes: whom the clause names; None where it is for all."""
    pathway: Identifier | None = None
    """The pathway whose households it is for; None where it goes with none."""
    ruling: Identifier | None = None
    """The ruling that says how the clause is read; its options are readings of the kind."""
    first: int | None = None
    """First year in which it is in force; None for from the beginning."""
    last: int | None = None
    parameters: dict[Identifier, Figure | Series] = Field(default_factory=dict)
    note: Words | None = None
    english_note: Words | None = None

    def in_force(self, year: int) -> bool:
        """Whether it is in force in a year."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)
