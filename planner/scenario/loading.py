"""YAML to Scenario: every fault with file, line and path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from planner.errors import Fault
from planner.plan.form import slips_of
from planner.plan.loading import UNREAD, Place, addressed, place_of, shown_name
from planner.reading import Reading, read_file
from planner.scenario.model import Override, Scenario


@dataclass(frozen=True)
class LoadedScenario:
    """What could be read of a scenario, with its places and its faults."""

    path: Path
    file: str
    name: str
    english_name: str | None
    question: str
    english: str | None
    extends: str | None
    """None where it could not be read."""
    overrides: tuple[tuple[int, Override], ...]
    """The sound overrides, each with its position in the file."""
    lines: Mapping[str, Place]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]

    def place(self, path: str) -> Place:
        """The place of a path inside the scenario's own file."""
        return place_of(self.lines, path, self.file)


def is_scenario(reading: Reading) -> bool:
    """Whether a file is a scenario and not a plan: it extends something."""
    return "extends" in reading.tree or "overrides" in reading.tree


def load_scenario(path: Path, reading: Reading | None = None) -> LoadedScenario:
    """The scenario in a file; its faults are kept in the answer, so that those of other files can join them."""
    read = reading or read_file(path, shown_name(path))
    lines = {p: Place(read.file, line) for p, line in read.lines.items()}
    faults = list(read.faults)
    unread = [f.path for f in faults if f.code in UNREAD]
    scenario: Scenario | None = None
    if read.tree:
        scenario, slips = slips_of(Scenario, read.tree, unread, read.whole)
        faults += [addressed(slip, lines, read.file) for slip in slips]
    about = read.tree if scenario is None else scenario.model_dump()
    return LoadedScenario(
        path=path,
        file=read.file,
        name=str(about.get("name", path.stem)),
        english_name=scenario.english_name if scenario else None,
        question=str(about.get("question", "")),
        english=scenario.english if scenario else None,
        extends=about["extends"] if isinstance(about.get("extends"), str) else None,
        overrides=tuple(_sound_overrides(read, unread)),
        lines=lines,
        faults=tuple(faults),
        notes=read.notes,
    )


def _sound_overrides(read: Reading, unread: list[str]) -> Iterator[tuple[int, Override]]:
    """Overrides that can be applied, whatever else is wrong with the file."""
    held = read.tree.get("overrides")
    for position, tree in enumerate(held if isinstance(held, list) else ()):
        if any(path.startswith(f"overrides.{position}.") for path in unread) or not isinstance(tree, dict):
            continue
        override, _ = slips_of(Override, tree, (), read.whole)
        if override is not None:
            yield position, override
