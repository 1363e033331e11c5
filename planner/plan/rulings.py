"""Readings of a plan that a person has to choose (裁定): the question, the options, and what an option puts in place."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, JsonValue, model_validator

from planner.plan.figures import Frozen, Identifier, Words
from planner.wording import Language


class Setting(Frozen):
    """One value that an option of a ruling puts in place of the one written for the reading the plan was written in."""

    path: Annotated[str, Field(min_length=1, max_length=200)]
    value: JsonValue = None
    """What stands there instead, as in an override of a scenario; null takes an entry away."""
    add: float | None = None
    """Instead of a value: what is added to the figure there, in its own unit. Several options may add to one figure."""
    why: Words
    english: Words | None = None
    """The reason in English."""

    @model_validator(mode="after")
    def _value_or_add(self) -> Setting:
        if self.add is not None and self.value is not None:
            raise ValueError("set_and_add")
        return self


class Ruling(Frozen):
    """A reading of the plan that a person has to choose; the choice is data and travels with the results."""

    question: Words
    english: Words | None = None
    """The question in English."""
    choice: Identifier
    options: dict[Identifier, Words]
    english_options: dict[Identifier, Words] = Field(default_factory=dict)
    sets: dict[Identifier, list[Setting]] = Field(default_factory=dict)
    """What an option puts in place when it is chosen; an option without an entry leaves everything as written."""
    clause: str

    @model_validator(mode="after")
    def _known_options(self) -> Ruling:
        if self.choice not in self.options:
            raise ValueError("ruling_choice")
        if {*self.english_options, *self.sets} - set(self.options):
            raise ValueError("ruling_options")
        return self

    def asked(self, lang: Language = "zh") -> str:
        """The question, in English where that is given."""
        return (self.english if lang == "en" else None) or self.question

    def said(self, option: str, lang: Language = "zh") -> str:
        """An option in words, in English where that is given."""
        return (self.english_options.get(option) if lang == "en" else None) or self.options[option]
