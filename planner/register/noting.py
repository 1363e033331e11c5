"""Notes on what was imported as a whole: columns that nobody gave, numbers given anew, and the plan's own figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from planner.errors import Fault
from planner.plan.model import Plan
from planner.register.columns import HOUSEHOLD, VILLAGE
from planner.register.faultbook import FaultBook
from planner.register.headings import own_heading
from planner.register.model import Register
from planner.register.parts import Part
from planner.register.personal import shown

NEEDED_BY_ALL = (
    "household",
    "village",
    "name",
    "township",
    "persons",
    "group",
    "registered",
    "cause_second",
    "due_year",
)
"""Columns that are there in every register, or whose absence is told in words of its own."""


def note_columns(households: Sequence[Part], villages: Sequence[Part], *, own: bool, book: FaultBook) -> None:
    """Which columns no table gave, so that they are unknown; and whether households were numbered anew."""
    for part in households:
        lacking = [
            own_heading("households", name)
            for name in HOUSEHOLD
            if name not in NEEDED_BY_ALL and name not in part.values
        ]
        if lacking:
            book.note(part.sheet, None, "register.note_columns_unknown", names=lacking)
        if "registered" not in part.values:
            book.note(part.sheet, None, "register.note_all_registered")
        if "id" not in part.matched:
            book.note(part.sheet, None, "register.note_numbered")
        elif not own:
            book.note(part.sheet, None, "register.note_renumbered")
        if "group" not in part.matched:
            book.note(part.sheet, None, "register.note_no_groups")
        if "pupils_all" in part.matched and "students" not in part.matched:
            book.note(part.sheet, part.position("pupils_all"), "register.note_all_pupils")
    for part in villages:
        lacking = [
            own_heading("villages", name) for name in VILLAGE if name not in NEEDED_BY_ALL and name not in part.values
        ]
        if lacking:
            book.note(part.sheet, None, "register.note_columns_unknown", names=lacking)
    if not villages and households:
        book.note(households[0].sheet, None, "register.note_villages_derived")
        _note_single(households, book)


def _note_single(households: Sequence[Part], book: FaultBook) -> None:
    """Villages that one household alone names: most of them are slips."""
    counts = Counter(str(name) for part in households for name in part.words("village") if name is not None)
    single = [shown(name) for name, count in counts.items() if count == 1]
    if single and len(single) < len(counts):
        book.note(households[0].sheet, None, "register.note_single_villages", villages=len(single), names=single)


def note_plan(register: Register, plan: Plan | None, book: FaultBook, villages: Sequence[Part]) -> None:
    """Where the register and the plan's own figures of the population do not agree; village by village where said."""
    for note in population_notes(register, plan) if plan is not None else ():
        book.note_file(note.file, note.code, "", **dict(note.values))
    poor = np.bincount(
        register.households["village"],
        weights=register.households["persons"] * (register.households["registered"] == 1),
        minlength=register.villages.rows,
    )
    told = {(part.sheet.file, part.sheet.name): part for part in villages if "poor_persons" in part.matched}
    names = {str(name): i for i, name in enumerate(register.villages["name"].tolist())}
    for part in told.values():
        for row, (name, said) in enumerate(zip(part.words("village"), part.numbers("poor_persons"), strict=True)):
            if name in names and not np.isnan(said) and said != poor[names[name]]:
                values = {"village": name, "said": int(said), "counted": int(poor[names[name]])}
                book.note(part.sheet, part.position("poor_persons"), "register.note_village_persons", row, **values)


def population_notes(register: Register, plan: Plan) -> tuple[Fault, ...]:
    """One note for each figure of the plan's population that the register does not meet."""
    h, v = register.households, register.villages
    registered = h["registered"] == 1
    counted = {
        "poor": ("register.note_plan_persons", int(h["persons"][registered].sum())),
        "villages": ("register.note_plan_villages", v.rows),
        "poor_villages": ("register.note_plan_listed", int((v["poor_village"] == 1).sum())),
    }
    notes = []
    for entry, (code, found) in counted.items():
        figure = plan.population.get(entry)
        if figure is not None and figure.value != found:
            notes.append(Fault("", 0, "", code, {"found": found, "planned": int(figure.value)}))
    if not (h["registered"] == 0).any():
        notes.append(Fault("", 0, "", "register.note_no_margin", {}))
    return tuple(notes)
