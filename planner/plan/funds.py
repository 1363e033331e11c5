"""Where money comes from and what it is for: fund lines (资金项), fund sources (资金来源), and the years after the first."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.plan.figures import Figure, Frozen, Identifier, Words


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
    english_held: Words | None = None


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
    pays: list[Identifier] = Field(default_factory=list)
    """Leaf lines it may pay for."""
    places: Literal["county", "poor_villages"] = "county"
    account: Literal["plan", "side"] = "plan"
    named: bool = True
    """False for money that the plan counts on without naming an amount of source (资金缺口)."""
    measures: list[Identifier] | None = None
    """Where it is tied to certain measures only; None means any measure of its lines."""
    tranches: list[Tranche] = Field(default_factory=list)
    """When its money is due; none for a source that is only the sum of others."""
    delay_months: Figure | None = None
    """Mean months that a tranche comes late."""
    arrives: Figure | None = None
    """Mean share of the year's money that arrives at all."""


class Money(Frozen):
    """How the years after the first are funded."""

    years: Literal["repeated", "once"]
    scale: Figure
    """All sources times this."""
    reason: Words
