"""Plan and scenario become one plan in force, with the list of what was changed, from what to what, and why.

A resolved plan is a Plan: nothing after this knows that scenarios exist. A scenario may change a value once; one that
extends another may change what that one changed, because that is what extending is for. Two scenarios named together
(`a.yaml+b.yaml`) may not both change the same value.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import Fault, PlanError, ScenarioError
from planner.plan.loading import LoadedPlan, Place, Written, gather, refusal_of_neighbour, settle, shown_name
from planner.plan.model import Plan
from planner.reading import read_file
from planner.scenario.loading import LoadedScenario, is_scenario, load_scenario
from planner.scenario.overriding import Change, Refusal, overlap, put
from planner.scenario.ruled import put_rulings_in_place, refused_options
from planner.wording import Language

UNKNOWN = ("scenario.unknown_path", "scenario.unknown_path_near")
MAX_DEPTH = 8
"""How many scenarios may extend one another in a row."""


@dataclass(frozen=True)
class Resolved:
    """A plan in force, and how it came to differ from the plan as written."""

    plan: Plan
    name: str
    question: str
    english: str
    """The question in English, or in Chinese where it was not given."""
    changes: tuple[Change, ...]
    notes: tuple[Fault, ...]
    lines: Mapping[str, Place]
    file: str
    """The plan file it rests on, as shown in messages."""
    english_name: str = ""
    """The name in English; empty where it was not given."""

    def titled(self, lang: Language = "zh") -> str:
        """The name of the scenario, in English where that is given."""
        return (self.english_name if lang == "en" else "") or self.name


@dataclass(frozen=True)
class _Chain:
    """Scenarios from the one nearest the plan to the one asked for, and the plan file below them."""

    layers: tuple[LoadedScenario, ...]
    plan: Path | None
    faults: tuple[Fault, ...]


def resolve(path: Path) -> Resolved:
    """The plan in force under one scenario file, or of a plan file itself (no change then).

    Raises PlanError for faults of the plan, ScenarioError where a scenario has any; all faults together.
    """
    return _resolve([Path(path)])


def resolve_many(spec: str) -> Resolved:
    """The plan in force under scenarios named together, `a.yaml+b.yaml`, applied in that order.

    A name without a folder stands beside the first. Raises as `resolve` does, and ScenarioError where two of them
    change the same value or rest on different plans.
    """
    first, *others = [Path(name.strip()) for name in spec.split("+") if name.strip()] or [Path(spec)]
    beside = [o if o.parent != Path() or o.exists() else first.parent / o for o in others]
    return _resolve([first, *beside])


def _resolve(paths: Sequence[Path]) -> Resolved:
    chains = [_chain(path) for path in paths]
    faults = list(dict.fromkeys(f for chain in chains for f in chain.faults))
    plans = list(dict.fromkeys(chain.plan.absolute() for chain in chains if chain.plan is not None))
    layers = list({layer.path.absolute(): layer for chain in chains for layer in chain.layers}.values())
    if len(plans) > 1:
        names = " / ".join(shown_name(p) for p in plans)
        faults.append(Fault(shown_name(paths[-1]), 0, "extends", "scenario.other_plan", {"plans": names}))
    faults += _double_changes(layers, chains)
    if not plans:
        raise ScenarioError(faults)
    written = gather(plans[0])
    try:
        base = settle(written)
    except PlanError as refused:
        if written.whole:
            # a path into what the plan's own fault took away is no fault of the scenario
            faults += [f for f in _apply(written, {}, layers)[2] if f.code in UNKNOWN]
        if faults:
            raise ScenarioError([*refused.faults, *faults]) from refused
        raise
    defaults = base.plan.model_dump(mode="json")
    changed, changes, refused_overrides = _apply(written, defaults, layers)
    ruled, refused_settings = put_rulings_in_place(changed, defaults, layers)
    changes += ruled
    faults = list(dict.fromkeys((*faults, *refused_options(written, defaults), *refused_overrides, *refused_settings)))
    try:
        loaded = settle(changed, ScenarioError) if changes else base
    except ScenarioError as refused:
        raise ScenarioError([*faults, *refused.faults]) from refused
    if faults:
        raise ScenarioError(faults)
    return _resolved(paths, loaded, layers, chains, changes)


def _resolved(
    paths: Sequence[Path],
    loaded: LoadedPlan,
    layers: Sequence[LoadedScenario],
    chains: Sequence[_Chain],
    changes: tuple[Change, ...],
) -> Resolved:
    named = [chain.layers[-1] for chain in chains if chain.layers]
    return Resolved(
        plan=loaded.plan,
        name="+".join(s.name for s in named) or paths[0].stem,
        english_name="+".join(s.english_name or s.name for s in named) or paths[0].stem,
        question="；".join(s.question for s in named) or loaded.plan.head.title,
        english="; ".join(s.english or s.question for s in named) or loaded.plan.head.titled("en"),
        changes=changes,
        notes=(*loaded.notes, *(note for layer in layers for note in layer.notes)),
        lines=loaded.lines,
        file=loaded.file,
    )


def _chain(path: Path) -> _Chain:
    """Follow `extends` down to the plan."""
    layers: list[LoadedScenario] = []
    here = path
    while True:
        reading = read_file(here, shown_name(here))
        if not is_scenario(reading) and (layers or reading.whole):
            return _chain_of(layers, here, ())
        layer = load_scenario(here, reading)
        layers.append(layer)
        if layer.extends is None:
            return _chain_of(layers, None, ())
        code, values = _refusal(here, layer, layers)
        if code is not None:
            where = layer.place("extends")
            return _chain_of(layers, None, (Fault(where.file, where.line, "extends", code, values),))
        here = here.parent / layer.extends


def _refusal(
    here: Path, layer: LoadedScenario, layers: Sequence[LoadedScenario]
) -> tuple[str | None, dict[str, object]]:
    """Why a scenario may not extend what it names; None where it may."""
    name = layer.extends
    code = refusal_of_neighbour(here, name)
    if code is not None:
        return code, {"name": name}
    passed = [done.path.absolute() for done in layers]
    following = (here.parent / str(name)).absolute()
    if following in passed:
        ring = [done.path.name for done in layers[passed.index(following) :]] + [following.name]
        return "scenario.cycle", {"ring": " → ".join(ring)}
    if len(layers) >= MAX_DEPTH:
        return "scenario.too_deep", {"limit": MAX_DEPTH}
    return None, {}


def _chain_of(layers: Sequence[LoadedScenario], plan: Path | None, faults: tuple[Fault, ...]) -> _Chain:
    return _Chain(tuple(reversed(layers)), plan, (*(f for layer in layers for f in layer.faults), *faults))


def _overrides(layer: LoadedScenario) -> Iterator[tuple[int, str, Place]]:
    for position, override in layer.overrides:
        yield position, override.path, layer.place(f"overrides.{position}.path")


def _double_changes(layers: Sequence[LoadedScenario], chains: Sequence[_Chain]) -> list[Fault]:
    """Values changed twice: within one scenario, or by two that are named together."""
    faults: list[Fault] = []
    for layer in layers:
        seen: list[tuple[str, Place]] = []
        for position, path, place in _overrides(layer):
            before = next((p for other, p in seen if overlap(other, path)), None)
            if before is not None:
                values = {"path": path, "first": before.line, "second": place.line}
                faults.append(
                    Fault(place.file, place.line, f"overrides.{position}.path", "scenario.changed_twice", values)
                )
            seen.append((path, place))
    held: list[tuple[Path, str, Place]] = []
    for chain in chains:
        own = {layer.path.absolute() for layer in chain.layers}
        fresh: list[tuple[Path, str, Place]] = []
        for layer in chain.layers:
            if any(layer.path.absolute() == other for other, _, _ in held):
                continue
            for position, path, place in _overrides(layer):
                clash = next((p for other, q, p in held if other not in own and overlap(q, path)), None)
                if clash is not None:
                    values = {"path": path, "first": f"{clash.file}:{clash.line}"}
                    address = f"overrides.{position}.path"
                    faults.append(Fault(place.file, place.line, address, "scenario.changed_in_both", values))
                fresh.append((layer.path.absolute(), path, place))
        held += fresh
    return faults


def _apply(
    written: Written, defaults: Mapping[str, Any], layers: Sequence[LoadedScenario]
) -> tuple[Written, tuple[Change, ...], list[Fault]]:
    """The tree with every override put in, the changes, and the overrides that were refused.

    `defaults` is the whole plan with every optional key written out; empty where the plan itself is faulty.
    """
    tree = copy.deepcopy(written.tree)
    lines = dict(written.lines)
    changes: dict[str, Change] = {}
    faults: list[Fault] = []
    for layer in layers:
        for position, override in layer.overrides:
            place = layer.place(f"overrides.{position}.path")
            done = put(tree, defaults, override.path, override.value, f"{layer.name}: {override.why}")
            if isinstance(done, Refusal):
                faults.append(Fault(place.file, place.line, f"overrides.{position}.path", done.code, dict(done.values)))
                continue
            _move_lines(lines, layer, position, override.path)
            first = changes.pop(override.path, None)
            changes[override.path] = Change(
                path=override.path,
                before=first.before if first else done.before,
                after=done.after,
                unit=done.unit,
                why=override.why,
                english=override.english,
                clause=done.clause,
                scenario=layer.name,
                file=place.file,
                line=place.line,
            )
    changed = Written(written.file, tree, lines, [], list(written.notes), written.whole)
    return changed, tuple(changes.values()), faults


def _move_lines(lines: dict[str, Place], layer: LoadedScenario, position: int, path: str) -> None:
    """Let the overridden paths point at the scenario's lines."""
    root = f"overrides.{position}.value"
    written = {p: place for p, place in layer.lines.items() if p == root or p.startswith(f"{root}.")}
    for inner, place in written.items():
        lines[path + inner.removeprefix(root)] = place
    if len(written) == 1:
        for key in ("value", "choice"):
            if f"{path}.{key}" in lines:
                lines[f"{path}.{key}"] = written[root]
