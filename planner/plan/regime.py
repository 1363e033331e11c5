"""What of a plan stays fixed when its money is spread anew, and what is served first."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from planner.plan.figures import Frozen, Identifier, Words

Aim = Literal[
    "first_pathways",
    "villages",
    "progress",
    "persons",
    "pathways",
    "tasks",
    "covered",
    "most",
    "worst",
    "closeness",
    "tied_first",
]
"""The aims of an allocation by name; `planner.allocation.objectives` says what each counts."""
AIMS: tuple[Aim, ...] = ("villages", "progress", "persons", "pathways", "covered", "most", "worst", "closeness")
"""The order that holds where a plan states none."""


class Regime(Frozen):
    """What stays fixed when the money is spread anew (the regimes of an allocation), and what is served first."""

    kind: Literal["as_written", "tasks_hard", "tasks_soft", "lines_within", "none"]
    within: Annotated[float, Field(ge=0, le=10)] = 0.0
    """For `lines_within`: the part by which a line may depart from its printed amount."""
    aims: Annotated[list[Aim], Field(min_length=1)] = Field(default_factory=lambda: list(AIMS))
    """The aims, first things first. Where tasks are soft, `tasks` has to be among them."""
    pathways_first: list[Identifier] = Field(default_factory=list)
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
