"""One override put into the tree of a plan: what it replaces, or why it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_origin

from planner.plan.form import allowed_keys
from planner.plan.model import Plan
from planner.wording import nearest

ORIGINS = ("clause", "source", "assumed")
"""The three ways in which a number may be vouched for; a new one succeeds the old."""


@dataclass(frozen=True)
class Refusal:
    """Why an override cannot be put in."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """What an override replaced, in the unit of the figure where it is one."""

    before: object
    after: object
    unit: str
    clause: str


@dataclass(frozen=True)
class Change:
    """One value of the plan that a scenario replaced, or that the chosen option of a ruling put in place."""

    path: str
    before: object
    after: object
    unit: str
    """Unit of both, where the value is a figure; else empty."""
    why: str
    english: str | None
    clause: str
    """The clause that the value stood under in the plan; empty where none."""
    scenario: str
    """Name of the scenario that made the change; empty for a ruling of the plan's own."""
    file: str
    line: int


def overlap(one: str, other: str) -> bool:
    """Whether two dotted paths are the same, or one stands inside the other."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def put(tree: dict[str, Any], defaults: Mapping[str, Any], path: str, value: Any, note: str) -> Done | Refusal:
    """Put a value at a path of the tree, in place.

    `defaults` is the whole plan with every optional key written out, so that a key left to its default can be changed.
    `note` is written on a figure whose number is replaced, so that it no longer passes for the clause's own.
    """
    steps = path.split(".")
    holder: Any = tree
    shadow: Any = defaults
    clause = ""
    for depth, step in enumerate(steps):
        if not _holds(holder, step) and not _may_hold(holder, steps, depth):
            return _unknown(holder, shadow, steps, depth)
        if isinstance(holder, dict):
            clause = str(holder.get("clause") or clause)
        if depth == len(steps) - 1:
            break
        holder, shadow = _child(holder, step), _child(shadow, step)
        if not isinstance(holder, (dict, list)):
            return Refusal("scenario.beyond_value", {"path": path, "value": ".".join(steps[: depth + 1])})
    last = steps[-1]
    before = _child(holder, last) if _holds(holder, last) else _child(shadow, last)
    if value is None and isinstance(before, dict) and _is_entry(steps):
        del holder[last]
        return Done(_entry_told(before), None, "", clause)
    after = _succeed(before, value, note)
    if isinstance(after, Refusal):
        return Refusal(after.code, {"path": path, **after.values})
    holder[int(last) if isinstance(holder, list) else last] = after
    for vouched in (after, before):
        if isinstance(vouched, dict) and vouched.get("clause"):
            clause = str(vouched["clause"])
    return _told(before, after, value, clause)


def _is_entry(steps: list[str]) -> bool:
    """Whether a path names an entry of a section, which a scenario may take away whole by writing null."""
    return len(steps) == 2 and get_origin(Plan.model_fields[steps[0]].annotation) is dict


def _entry_told(entry: Mapping[str, Any]) -> str:
    """An entry in a few words: its name, or the numbers that it holds."""
    name = entry.get("name") or entry.get("title")
    held = [f"{v['value']} {v.get('unit', '')}" for v in entry.values() if isinstance(v, dict) and "value" in v]
    return str(name) if name else ", ".join(held)


def _succeed(before: Any, value: Any, note: str) -> Any:
    """What stands in the place afterwards, or a refusal."""
    if isinstance(before, dict) and isinstance(value, dict):
        kept = dict(before)
        if any(value.get(key) for key in ORIGINS):
            kept = {k: v for k, v in kept.items() if k not in ORIGINS}
        kept.update(value)
        if "value" in value and "note" not in value:
            kept["note"] = note[:400]
        return {k: v for k, v in kept.items() if v is not None}
    if isinstance(before, dict):
        if value is None:
            return None
        if "value" in before:
            return {**before, "value": value, "note": note[:400]}
        if "choice" in before and "options" in before:
            return {**before, "choice": value}
        if "values" in before:
            return Refusal("scenario.dated", {"years": ", ".join(str(y) for y in before["values"])})
        return Refusal("scenario.scalar_on_mapping", {"keys": ", ".join(str(k) for k in before)})
    if isinstance(value, dict) and before is not None:
        return Refusal("scenario.mapping_on_scalar", {"found": str(before)[:40]})
    return value


def _told(before: Any, after: Any, value: Any, clause: str) -> Done:
    """The change as people read it: numbers of a figure, the choice of a ruling, or the keys replaced."""
    if isinstance(after, dict) and isinstance(before, dict):
        if "value" in after and "value" in before:
            if after.get("unit") == before.get("unit"):
                return Done(before["value"], after["value"], str(after.get("unit", "")), clause)
            told = [f"{side['value']} {side.get('unit', '')}" for side in (before, after)]
            return Done(told[0], told[1], "", clause)
        if "choice" in after and "options" in after:
            return Done(before.get("choice"), after["choice"], "", clause)
        if isinstance(value, dict):
            return Done({k: before.get(k) for k in value}, dict(value), "", clause)
    unit = str(after.get("unit", "")) if isinstance(after, dict) and "value" in after else ""
    return Done(before, after["value"] if unit else after, unit, clause)


def _holds(holder: Any, step: str) -> bool:
    if isinstance(holder, dict):
        return step in holder
    return isinstance(holder, list) and step.isdecimal() and int(step) < len(holder)


def _may_hold(holder: Any, steps: list[str], depth: int) -> bool:
    """Whether the plan's model knows the last step there, left to its default so far."""
    return isinstance(holder, dict) and steps[depth] in allowed_keys(Plan, ".".join(steps[:depth]))


def _child(holder: Any, step: str) -> Any:
    if isinstance(holder, dict):
        return holder.get(step)
    return holder[int(step)] if isinstance(holder, list) and step.isdecimal() and int(step) < len(holder) else None


def _unknown(holder: Any, shadow: Any, steps: list[str], depth: int) -> Refusal:
    known: set[str] = allowed_keys(Plan, ".".join(steps[:depth]))
    for level in (holder, shadow):
        if isinstance(level, dict):
            known |= {str(k) for k in level}
        elif isinstance(level, list):
            known |= {str(i) for i in range(len(level))}
    found, path = steps[depth], ".".join(steps)
    near = nearest(found, sorted(known))
    if near:
        meant = ".".join([*steps[:depth], near, *steps[depth + 1 :]])
        return Refusal("scenario.unknown_path_near", {"path": path, "step": found, "near": meant})
    return Refusal(
        "scenario.unknown_path", {"path": path, "step": found, "known": ", ".join(sorted(known)[:12]) or "—"}
    )
