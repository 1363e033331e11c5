"""What two plans in force differ in (情景差异): values side by side with their reasons, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from planner.plan.audit import audit
from planner.plan.figures import Figure, Series
from planner.plan.findings import Finding, words
from planner.plan.model import Plan
from planner.plan.relations import exact
from planner.plan.rulings import Ruling
from planner.plan.structure import totals
from planner.scenario.overriding import Change, overlap
from planner.scenario.resolving import Resolved
from planner.wording import Language, known_label, label, number

YEARS = ("horizon.first", "horizon.last")
"""Numbers that are years: by how much one differs from another is not told."""
NAMES = {"pays": "lines", "measures": "measures", "pathways_first": "pathways", "line": "lines", "pathway": "pathways"}
"""Fields that hold identifiers of entries, and the section of those entries; a parent is of the section itself."""


@dataclass(frozen=True)
class Row:
    """One value in which two plans differ."""

    path: str
    label: str
    label_english: str
    before: object
    """The value in the first; None where it has none."""
    after: object
    before_english: object
    after_english: object
    before_unit: str
    after_unit: str
    why: str
    """The reason the scenarios give; empty where none does."""
    why_english: str
    clause: str


@dataclass(frozen=True)
class _Leaf:
    value: object
    unit: str
    clause: str


def difference(a: Resolved, b: Resolved) -> tuple[Row, ...]:
    """Every value in which `b` departs from `a`, in the order of the plan; notes are not values."""
    before, after = dict(_leaves(a.plan, "", "")), dict(_leaves(b.plan, "", ""))
    rows: list[Row] = []
    for path in dict.fromkeys([*before, *after]):
        one, other = before.get(path), after.get(path)
        if one == other or (one and other and (one.value, one.unit) == (other.value, other.unit)):
            continue
        if path.endswith(".range") and any(row.path == path.removesuffix(".range") for row in rows):
            # a new value brings its own range; saying so again would not inform
            continue
        section, key, *inside = path.split(".")
        whole = f"{section}.{key}"
        if inside and _has_entry(a.plan, section, key) != _has_entry(b.plan, section, key):
            # an entry that only one plan has is one difference, not one for each of its fields
            if not any(row.path == whole for row in rows):
                rows.append(_entry_row(a, b, whole, _has_entry(a.plan, section, key)))
            continue
        reason = _reason(path, b, a)
        rows.append(
            Row(
                path=path,
                label=describe(b.plan if other else a.plan, path, "zh"),
                label_english=describe(b.plan if other else a.plan, path, "en"),
                before=_readable(a.plan, path, one.value, "zh") if one else None,
                after=_readable(b.plan, path, other.value, "zh") if other else None,
                before_english=_readable(a.plan, path, one.value, "en") if one else None,
                after_english=_readable(b.plan, path, other.value, "en") if other else None,
                before_unit=one.unit if one else "",
                after_unit=other.unit if other else "",
                why=reason.why if reason else "",
                why_english=(reason.english or reason.why) if reason else "",
                clause=(reason.clause if reason else "") or (one or other or _Leaf(None, "", "")).clause,
            )
        )
    return tuple(rows)


def _readable(plan: Plan, path: str, value: object, lang: Language) -> object:
    """Identifiers as the names of their entries, the choice of a ruling as its option's words."""
    section, key, *inside = path.split(".")
    if section == "rulings" and inside == ["choice"]:
        return plan.rulings[key].said(plan.rulings[key].choice, lang)
    field = inside[-1] if inside else key
    entries = getattr(plan, section if field == "parent" else NAMES.get(field, ""), None)
    if not isinstance(entries, Mapping):
        return value
    names = {k: entry.english if lang == "en" else entry.name for k, entry in entries.items() if hasattr(entry, "name")}
    if isinstance(value, list):
        return [names.get(k, k) for k in value]
    return names.get(value, value) if isinstance(value, str) else value


def _has_entry(plan: Plan, section: str, key: str) -> bool:
    held = getattr(plan, section)
    return not isinstance(held, Mapping) or key in {str(k) for k in held}


def _entry_row(a: Resolved, b: Resolved, path: str, gone: bool) -> Row:
    """An entry that `b` has not, or `a` had not."""
    holder = a.plan if gone else b.plan
    reason = _reason(path, b, a)
    before, after = ("there", None) if gone else (None, "there")
    return Row(
        path=path,
        label=describe(holder, path, "zh"),
        label_english=describe(holder, path, "en"),
        before=before,
        after=after,
        before_english=before,
        after_english=after,
        before_unit="",
        after_unit="",
        why=reason.why if reason else "",
        why_english=(reason.english or reason.why) if reason else "",
        clause=reason.clause if reason else "",
    )


def _reason(path: str, *resolved: Resolved) -> Change | None:
    """The change that explains a path, the second plan's own first."""
    for side in resolved:
        for change in side.changes:
            # a year of a series stands at `x.values.2001` in a file and at `x.2001` among the values of a plan
            if overlap(change.path, path) or overlap(change.path.replace(".values.", "."), path):
                return change
    return None


def _leaves(node: object, path: str, clause: str) -> Iterator[tuple[str, _Leaf]]:
    """Every value of a plan by path; a figure is one value with its unit, a series one per year."""
    if isinstance(node, BaseModel):
        clause = str(getattr(node, "clause", None) or clause)
        if isinstance(node, Figure):
            yield path, _Leaf(node.value, node.unit, clause)
            yield from _leaves({"sense": node.sense, "range": node.range, "year": node.year}, path, clause)
        elif isinstance(node, Series):
            for year, value in node.values.items():
                yield f"{path}.{year}", _Leaf(value, node.unit, clause)
        else:
            held = {k: getattr(node, k) for k in type(node).model_fields if k not in ("note", "clause")}
            if isinstance(node, Ruling):
                held["choice"] = node.options[node.choice]
            yield from _leaves(held, path, clause)
    elif isinstance(node, Mapping):
        for key, held in node.items():
            yield from _leaves(held, f"{path}.{key}" if path else str(key), clause)
    elif isinstance(node, (list, tuple)) and any(isinstance(item, BaseModel) for item in node):
        for position, item in enumerate(node):
            yield from _leaves(item, f"{path}.{position}", clause)
    elif node is not None:
        yield path, _Leaf(node, "", clause)


def describe(plan: Plan, path: str, lang: Language = "zh") -> str:
    """A path in words: the section, the names of entries, the field.

    Identifiers that have no name in the data stand as they are.
    """
    said: list[str] = []
    here: Any = plan
    for step in path.split("."):
        owner, here = here, _step(here, step)
        if isinstance(here, Ruling):
            said.append(here.asked(lang))
        elif isinstance(here, BaseModel) and hasattr(here, "english"):
            said.append(str(getattr(here, "english" if lang == "en" else "name", None) or getattr(here, "title", step)))
        elif isinstance(owner, BaseModel) and step in type(owner).model_fields:
            said.append(label(f"field.{step}", lang))
        elif step.isdecimal() and isinstance(owner, list):
            said.append(str(int(step) + 1))
        else:
            said.append(known_label(f"{path.split('.', maxsplit=1)[0]}.{step}", lang) or step)
    return " · ".join(said)


def _step(here: Any, step: str) -> Any:
    if isinstance(here, BaseModel):
        return getattr(here, step, None)
    if isinstance(here, Mapping):
        return next((held for key, held in here.items() if str(key) == step), None)
    if isinstance(here, list) and step.isdecimal() and int(step) < len(here):
        return here[int(step)]
    return None


def minutes(a: Resolved, b: Resolved, lang: Language = "zh") -> str:
    """Both questions, what was changed and why, and what follows for totals and the audit, as a page of minutes."""
    rows = _in_one_language(difference(a, b), lang)
    heading = label("minutes.heading", lang)
    lines = [
        f"{heading}: {a.titled(lang)} → {b.titled(lang)}" if lang == "en" else f"{heading}：{a.name} → {b.name}",
        "",
    ]
    lines += [f"  {side.titled(lang)}  {side.english if lang == 'en' else side.question}" for side in (a, b)]
    lines += ["", f"{label('minutes.changed', lang)} ({len(rows)})"]
    lines += [text for position, row in enumerate(rows, 1) for text in _told(position, row, lang)]
    if not rows:
        lines.append(f"  {label('minutes.nothing', lang)}")
    lines += ["", label("minutes.follows", lang)]
    followed = [*_totals_told(a.plan, b.plan, lang), *_findings_told(a.plan, b.plan, lang)]
    lines += [f"  {text}" for text in followed] or [f"  {label('minutes.no_totals', lang)}"]
    return "\n".join(lines)


def _in_one_language(rows: Sequence[Row], lang: Language) -> list[Row]:
    """Without the names of the other language where both names of an entry changed."""
    own, other = (".english", ".name") if lang == "en" else (".name", ".english")
    paths = {row.path for row in rows}
    return [r for r in rows if not (r.path.endswith(other) and r.path.removesuffix(other) + own in paths)]


def _told(position: int, row: Row, lang: Language) -> Iterator[str]:
    name = row.label_english if lang == "en" else row.label
    gap = ": " if lang == "en" else "："
    before, after = (row.before, row.after) if lang == "zh" else (row.before_english, row.after_english)
    old, new = _value(before, row.before_unit, lang), _value(after, row.after_unit, lang)
    yield f"  {position}. {name}{gap}{old} → {new}{_step_told(row, lang)}"
    why = row.why_english if lang == "en" else row.why
    reason = f"{label('minutes.why', lang)}{why or label('minutes.no_reason', lang)}"
    clause = f"{label('minutes.clause', lang)}{row.clause}" if row.clause else ""
    yield "     " + (". " if lang == "en" else "。").join(text.rstrip("。.") for text in (reason, clause) if text)


def _step_told(row: Row, lang: Language) -> str:
    """By how much a number rose or fell, in its unit and per cent."""
    old, new = _exact(row.before), _exact(row.after)
    if row.before_unit != row.after_unit or old is None or new is None or row.path in YEARS:
        return ""
    by = new - old
    word = label("minutes.more" if by > 0 else "minutes.less", lang)
    amount = f"{number(float(abs(by)))} {row.after_unit}".strip()
    share = f", {number(round(float(abs(by / old)) * 100, 1))} %" if old else ""
    return f" ({amount} {word}{share})" if lang == "en" else f"（{word}{amount}{share.replace(', ', '，')}）"


def _exact(value: object) -> Fraction | None:
    """The exact number, or None for what is no number."""
    return None if isinstance(value, bool) or not isinstance(value, (int, float)) else exact(float(value))


def _value(value: object, unit: str, lang: Language) -> str:
    if value is None:
        return label("value.nothing", lang)
    if isinstance(value, bool):
        return label("value.true" if value else "value.false", lang)
    if isinstance(value, (int, float)):
        return f"{number(float(value))} {unit}".strip()
    if isinstance(value, (list, tuple)):
        if not value:
            return label("value.nothing", lang)
        return ("、" if lang == "zh" else ", ").join(_value(item, "", lang) for item in value)
    return known_label(f"value.{value}", lang) or str(value)


def _totals_told(a: Plan, b: Plan, lang: Language) -> Iterator[str]:
    gap = ": " if lang == "en" else "："
    for key, before in totals(a).items():
        after = totals(b)[key]
        if before != after:
            yield f"{label(f'minutes.{key}', lang)}{gap}{_wan(before)} → {_wan(after)} 万元"


def _wan(money: Fraction) -> str:
    return number(float(money))


def _findings_told(a: Plan, b: Plan, lang: Language) -> Iterator[str]:
    gap = ": " if lang == "en" else "："
    before: dict[str, Finding] = {f.key: f for f in audit(a)}
    after: dict[str, Finding] = {f.key: f for f in audit(b)}
    for key, finding in after.items():
        if key not in before or words(before[key], lang) != words(finding, lang):
            yield f"{label('minutes.found', lang)}{gap}{words(finding, lang)}"
    for key, finding in before.items():
        if key not in after:
            yield f"{label('minutes.gone', lang)}{gap}{words(finding, lang)}"
