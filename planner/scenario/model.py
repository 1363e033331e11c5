"""A scenario (情景): a named departure from a plan, with the question it asks and a reason for every change."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue

from planner.plan.figures import Frozen, Words

Name = Annotated[str, Field(pattern=r"^[\w\u00b7()\uff08\uff09-][\w\u00b7()\uff08\uff09 -]*$", max_length=60)]


class Override(Frozen):
    """One change: a dotted path into the plan, what stands there instead, and why."""

    path: Annotated[str, Field(min_length=1, max_length=200)]
    value: JsonValue
    """A scalar (replaces a figure's value, a ruling's choice or a plain field), a mapping (replaces its keys), or null
    (takes an entry of a section away)."""
    why: Words
    english: Words | None = None
    """The reason in English."""


class Scenario(Frozen):
    """A named, ordered set of changes to a plan or to another scenario."""

    name: Name
    english_name: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    """The name in English."""
    question: Words
    """The question it asks, in one sentence."""
    english: Words | None = None
    """The question in English."""
    extends: str
    """The plan, or another scenario, in the same folder."""
    overrides: list[Override] = Field(default_factory=list)
