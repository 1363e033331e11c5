"""YAML to Plan: every fault of every file in one report, each with file, line and path.

A plan may be one file or a small tree: `include` names files beside it, whose entries are merged section by section.
Faults of reading, of form (types, keys, ranges) and of sense (`planner.plan.checks`) are gathered together: an entry
that is faulty is set aside and the rest is checked all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_origin

from pydantic import TypeAdapter, ValidationError

from planner.errors import Fault, PlanError
from planner.plan.checks import CHECKS
from planner.plan.form import Slip, slips_of
from planner.plan.known import Known
from planner.plan.model import Plan
from planner.reading import Tree, read_file

MAX_INCLUDES = 8
"""How deep one file may include another."""

UNREAD = frozenset({"reading.alias", "reading.not_finite"})
"""Faults of reading that leave nothing in their place; nothing more is said of such a place."""


@dataclass(frozen=True, order=True)
class Place:
    """Where something is written."""

    file: str
    line: int


@dataclass(frozen=True)
class LoadedPlan:
    """A plan with the place of every path in it."""

    plan: Plan
    lines: Mapping[str, Place]
    """Place of each dotted path, such as `lines.roads.amount`."""
    notes: tuple[Fault, ...]
    """What was accepted but is worth saying."""
    tree: Tree
    """The merged tree as read, before defaults."""
    file: str

    def place(self, path: str) -> Place:
        """The place of a path, or of the nearest thing around it."""
        return place_of(self.lines, path, self.file)


@dataclass
class Written:
    """What the files of a plan say together, before it is checked."""

    file: str
    tree: Tree
    lines: dict[str, Place]
    faults: list[Fault]
    notes: list[Fault]
    whole: bool = True


def load_plan(path: Path) -> Plan:
    """The plan in a file. Raises PlanError with all faults of it and of the files it includes."""
    return load(path).plan


def load(path: Path) -> LoadedPlan:
    """The plan in a file, with its lines and notes. Raises PlanError with all faults."""
    return settle(gather(path))


def shown_name(path: Path) -> str:
    """The name of a file in messages: the folder it stands in and its own name, with forward slashes."""
    full = Path(path).absolute()
    return f"{full.parent.name}/{full.name}"


def place_of(lines: Mapping[str, Place], path: str, file: str) -> Place:
    """The place of a path, or of the nearest thing around it."""
    while path and path not in lines:
        path = path.rpartition(".")[0]
    return lines.get(path, Place(file, 1 if not path else 0))


def gather(path: Path) -> Written:
    """Read a plan and what it includes into one tree; faults are kept, not raised."""
    written = Written(shown_name(path), {}, {}, [], [])
    _take_file(written, Path(path), ())
    return written


def settle(written: Written, error: Callable[[list[Fault]], Exception] = PlanError) -> LoadedPlan:
    """Turn what was written into a Plan. Raises `error` with all faults, those of reading included."""
    faults = list(written.faults)
    unread = [f.path for f in faults if f.code in UNREAD]
    plan, slips = slips_of(Plan, written.tree, unread, written.whole)
    faulty = [*unread, *(slip.path for slip in slips)]
    if plan is None:
        plan, lost = _sound_part(written.tree, faulty)
    else:
        lost = frozenset()
    known = Known(plan, written.tree)
    for check in CHECKS if written.whole else ():
        if lost.isdisjoint(check.needs):
            slips += check.run(known)
    faults += [addressed(slip, written.lines, written.file) for slip in slips]
    if faults:
        raise error(faults)
    return LoadedPlan(plan, written.lines, tuple(written.notes), written.tree, written.file)


def addressed(slip: Slip, lines: Mapping[str, Place], file: str) -> Fault:
    """A slip with its file and line."""
    place = place_of(lines, slip.path, file)
    return Fault(place.file, place.line, slip.path, slip.code, slip.values)


def _sound_part(tree: Tree, faulty: list[str]) -> tuple[Plan, frozenset[str]]:
    """What of a faulty plan can still be checked, and the sections that cannot.

    Sections of entries lose their faulty entries; any other faulty section is left out as a whole.
    """
    sound: dict[str, Any] = {}
    lost: set[str] = set()
    for name, about in Plan.model_fields.items():
        adapter: TypeAdapter[Any] = TypeAdapter(about.annotation or Any)
        held = tree.get(name)
        entries = get_origin(about.annotation) is dict
        if entries:
            held = held if isinstance(held, dict) else {}
            held = {k: v for k, v in held.items() if not any(_within(f, f"{name}.{k}") for f in faulty)}
        try:
            sound[name] = adapter.validate_json(json.dumps(held))
        except ValidationError:
            lost.add(name)
            sound[name] = {} if entries else None
    return Plan.model_construct(**sound), frozenset(lost)


def _within(path: str, around: str) -> bool:
    return path == around or path.startswith(f"{around}.")


def _take_file(written: Written, path: Path, above: tuple[Path, ...]) -> None:
    """Read one file and what it includes; `above` are the files that lead to it."""
    reading = read_file(path, shown_name(path))
    places = {p: Place(reading.file, line) for p, line in reading.lines.items()}
    written.faults += reading.faults
    written.notes += reading.notes
    written.whole = written.whole and reading.whole
    included = reading.tree.pop("include", [])
    if reading.whole:
        for section, held in reading.tree.items():
            _merge(written, section, held, places)
    if not isinstance(included, list):
        written.faults.append(_at(places, "include", reading.file, "include.not_a_list", {}))
        return
    for position, name in enumerate(included):
        where = places.get(f"include.{position}", Place(reading.file, 0))
        code = refusal_of_neighbour(path, name)
        beside = path.parent / str(name)
        if code is None and beside.absolute() in (*(p.absolute() for p in above), path.absolute()):
            code = "include.cycle"
        if code is None and len(above) >= MAX_INCLUDES:
            code = "include.too_deep"
        if code is not None:
            values = {"name": str(name), "limit": MAX_INCLUDES}
            written.faults.append(Fault(where.file, where.line, f"include.{position}", code, values))
            written.whole = False
            continue
        _take_file(written, beside, (*above, path))


def refusal_of_neighbour(path: Path, name: object) -> str | None:
    """Why a file may not name another as its neighbour; None where it may."""
    if not isinstance(name, str) or not name:
        return "include.not_a_name"
    if "/" in name or "\\" in name or name in (".", "..") or Path(name).is_absolute() or ":" in name:
        return "include.outside"
    beside = path.parent / name
    if beside.is_symlink():
        return "include.link"
    if beside.suffix not in (".yaml", ".yml"):
        return "include.not_yaml"
    return None if beside.is_file() else "include.absent"


def _merge(written: Written, section: str, held: Any, places: Mapping[str, Place]) -> None:
    """Put one section of one file beside what other files said of it."""
    here = {p: place for p, place in places.items() if _within(p, section)}
    if section not in written.tree:
        written.tree[section] = held
        written.lines.update(here)
        return
    before = written.tree[section]
    if not (isinstance(before, dict) and isinstance(held, dict)):
        first = written.lines[section]
        values = {"key": section, "first": f"{first.file}:{first.line}"}
        written.faults.append(_at(here, section, first.file, "include.section_twice", values))
        return
    for key, value in held.items():
        path = f"{section}.{key}"
        if key in before:
            first = written.lines[path]
            values = {"key": key, "first": f"{first.file}:{first.line}"}
            written.faults.append(_at(here, path, first.file, "include.entry_twice", values))
            continue
        before[key] = value
        written.lines.update({p: place for p, place in here.items() if _within(p, path)})


def _at(places: Mapping[str, Place], path: str, file: str, code: str, values: Mapping[str, object]) -> Fault:
    return addressed(Slip(path, code, values), places, file)
