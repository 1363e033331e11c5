"""What the rulings of a plan put in place (裁定的落实): the values that a chosen option sets, each a change like any other."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from planner.errors import Fault
from planner.plan.loading import Place, Written, place_of
from planner.plan.relations import exact
from planner.plan.rulings import Ruling, Setting
from planner.scenario.loading import LoadedScenario
from planner.scenario.overriding import Change, Done, Refusal, overlap, put
from planner.wording import Language, say


@dataclass(frozen=True)
class _Ruled:
    """One setting of one option, with its ruling."""

    name: str
    ruling: Ruling
    option: str
    position: int
    setting: Setting

    @property
    def path(self) -> str:
        """Where the setting itself is written."""
        return f"rulings.{self.name}.sets.{self.option}.{self.position}"

    def place(self, written: Written) -> Place:
        """The line that says which path is set."""
        return place_of(written.lines, f"{self.path}.path", written.file)

    def why(self, lang: Language) -> str:
        """The reason of the change: question, option, and what the setting says of itself."""
        reason = (self.setting.english if lang == "en" else None) or self.setting.why
        values = {"question": self.ruling.asked(lang), "option": self.ruling.said(self.option, lang), "why": reason}
        return say("ruling.why", values, lang)


def refused_options(written: Written, defaults: Mapping[str, Any]) -> list[Fault]:
    """What options that the plan does not choose set where nothing can be set, told before anybody chooses them."""
    faults = []
    tried: dict[tuple[str, str], dict[str, Any]] = {}
    for ruled in _settings(written.tree):
        if ruled.option == ruled.ruling.choice:
            continue
        key = (ruled.name, ruled.option)
        if key not in tried:
            tried[key] = copy.deepcopy(written.tree)
        done = _put(tried[key], defaults, ruled)
        if isinstance(done, Refusal):
            faults.append(_refused(ruled, done, ruled.place(written)))
    return faults


def put_rulings_in_place(
    written: Written, defaults: Mapping[str, Any], layers: Sequence[LoadedScenario]
) -> tuple[tuple[Change, ...], list[Fault]]:
    """Put what the chosen options set into the tree, in place; the changes, and what was refused."""
    faults: list[Fault] = []
    changes: dict[str, Change] = {}
    adding: set[str] = set()
    for ruled in list(_settings(written.tree)):
        if ruled.option != ruled.ruling.choice:
            continue
        path, place = ruled.setting.path, ruled.place(written)
        fault = _overridden(layers, ruled, place) or _set_before(changes, adding, ruled, place)
        if fault is not None:
            faults.append(fault)
            continue
        done = _put(written.tree, defaults, ruled)
        if isinstance(done, Refusal):
            faults.append(_refused(ruled, done, place))
            continue
        _move_lines(written.lines, ruled, place)
        changes[path] = _change(ruled, done, changes.get(path), layers, place)
        if ruled.setting.add is not None:
            adding.add(path)
    return tuple(changes.values()), faults


def _overridden(layers: Sequence[LoadedScenario], ruled: _Ruled, place: Place) -> Fault | None:
    """Refused where a scenario changes what the ruling sets; told at the scenario's line."""
    for layer in layers:
        for position, override in layer.overrides:
            if overlap(override.path, ruled.setting.path):
                at = f"overrides.{position}.path"
                where = layer.place(at)
                values = {"path": override.path, "ruling": ruled.name, "first": f"{place.file}:{place.line}"}
                return Fault(where.file, where.line, at, "scenario.ruled_and_changed", values)
    return None


def _set_before(changes: Mapping[str, Change], adding: set[str], ruled: _Ruled, place: Place) -> Fault | None:
    """Refused where another option in force sets the same; two may add to one figure."""
    path = ruled.setting.path
    first = next((change for other, change in changes.items() if overlap(other, path)), None)
    if first is None or (first.path == path and path in adding and ruled.setting.add is not None):
        return None
    values = {"path": path, "first": f"{first.file}:{first.line}"}
    return Fault(place.file, place.line, f"{ruled.path}.path", "plan.set_twice", values)


def _refused(ruled: _Ruled, refusal: Refusal, place: Place) -> Fault:
    return Fault(place.file, place.line, f"{ruled.path}.path", refusal.code, dict(refusal.values))


def _settings(tree: Mapping[str, Any]) -> Iterator[_Ruled]:
    """Every setting of every option of the sound rulings; a faulty one is told when the plan is settled."""
    held = tree.get("rulings")
    for name, entry in held.items() if isinstance(held, dict) else ():
        try:
            ruling = Ruling.model_validate_json(json.dumps(entry))
        except ValidationError:
            continue
        for option, settings in ruling.sets.items():
            for position, setting in enumerate(settings):
                yield _Ruled(str(name), ruling, option, position, setting)


def _put(tree: dict[str, Any], defaults: Mapping[str, Any], ruled: _Ruled) -> Done | Refusal:
    setting = ruled.setting
    value = setting.value
    if setting.add is not None:
        here = _at(tree, setting.path)
        if not isinstance(here, dict) or not isinstance(here.get("value"), (int, float)):
            return Refusal("plan.adds_to_no_figure", {"path": setting.path})
        value = float(exact(float(here["value"])) + exact(setting.add))
    return put(tree, defaults, setting.path, value, ruled.why("zh"))


def _at(tree: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(tree, list):
            tree = tree[int(step)] if step.isdecimal() and int(step) < len(tree) else None
        else:
            tree = tree.get(step) if isinstance(tree, dict) else None
    return tree


def _move_lines(lines: dict[str, Place], ruled: _Ruled, place: Place) -> None:
    """Let the paths set point at the line of the setting."""
    path, root = ruled.setting.path, f"{ruled.path}.value"
    for inner, at in [(p, at) for p, at in lines.items() if p == root or p.startswith(f"{root}.")]:
        lines[path + inner.removeprefix(root)] = at
    lines[path] = place
    if f"{path}.value" in lines and f"{root}.value" not in lines:
        lines[f"{path}.value"] = place


def _change(ruled: _Ruled, done: Done, before: Change | None, layers: Sequence[LoadedScenario], place: Place) -> Change:
    chosen = (s for s in reversed(layers) if any(overlap(o.path, f"rulings.{ruled.name}") for _, o in s.overrides))
    layer = next(chosen, None)
    english = ruled.why("en")
    return Change(
        path=ruled.setting.path,
        before=before.before if before else done.before,
        after=done.after,
        unit=done.unit,
        why=f"{before.why}；{ruled.why('zh')}" if before else ruled.why("zh"),
        english=f"{before.english}; {english}" if before else english,
        clause=done.clause or ruled.ruling.clause,
        scenario=layer.name if layer else "",
        file=place.file,
        line=place.line,
    )
