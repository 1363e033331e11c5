"""The declared families of constraints and the ranks of aims: one entry per idea, with title, clause, unit and sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.allocation.formulation import Draft


@dataclass(frozen=True)
class Family:
    """A family of rows: what it says, in which unit, over which sets, and whether it may be relaxed."""

    name: str
    title: str
    english: str
    clause: str
    unit: str
    sets: tuple[str, ...]
    hard: bool
    serves: tuple[str, ...]
    """Aims that its rows only measure; none where they hold whatever is aimed at."""
    build: Callable[[Draft], None]


FAMILIES: dict[str, Family] = {}
"""Every declared family by name; `assembling` puts their rows in order."""


def family(
    name: str,
    title: str,
    english: str,
    *,
    clause: str,
    unit: str,
    sets: tuple[str, ...],
    hard: bool = True,
    serves: tuple[str, ...] = (),
) -> Callable[[Callable[[Draft], None]], Callable[[Draft], None]]:
    """Declare a family; the function below it adds its rows to a draft."""

    def declare(build: Callable[[Draft], None]) -> Callable[[Draft], None]:
        if name in FAMILIES:
            raise ValueError(f"family {name} is declared twice")
        FAMILIES[name] = Family(name, title, english, clause, unit, sets, hard, serves, build)
        return build

    return declare
