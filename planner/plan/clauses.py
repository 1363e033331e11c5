"""Every clause of a plan (条款), where it is used, and why it is not where it is not; every ruling, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from planner.plan.figures import Figure, Series
from planner.plan.known import citations
from planner.plan.model import Plan
from planner.plan.rulings import Setting
from planner.plan.unread import AUDIT, RULES, RUN, Reads, depends_on, idle, reads_of, unread
from planner.wording import Language, label, number, say

READ_WHOLE = {
    "household_criteria": frozenset(("allocation", "simulation")),
    "village_criteria": frozenset(("allocation", "simulation")),
    "horizon": frozenset(RUN),
    "relations": frozenset((AUDIT,)),
}
"""Sections whose entries are read for what they are, even where they hold no number."""


@dataclass(frozen=True)
class Use:
    """One place where a clause is cited."""

    path: str
    value: str
    """The figure with its unit as printed, or empty for an entry."""
    stages: frozenset[str]
    """The stages that read it; for an entry, those that read any value in it."""


@dataclass(frozen=True)
class ClauseUse:
    """A clause and where it is used."""

    clause: str
    title: str
    words: str
    uses: tuple[Use, ...]
    reason: str
    """Why it does not enter the model, or what of it does not; empty where nothing was recorded."""
    english_reason: str
    """The same in English, or in Chinese where that is not given."""

    @property
    def in_the_run(self) -> bool:
        """Whether a run reads anything that stands under it."""
        return any(use.stages & frozenset(RUN) for use in self.uses)


def clause_uses(plan: Plan) -> tuple[ClauseUse, ...]:
    """Every clause in the plan's order."""
    reads = reads_of(plan)
    return tuple(
        ClauseUse(
            clause,
            plan.clauses[clause].title if clause in plan.clauses else "",
            (plan.clauses[clause].words if clause in plan.clauses else None) or "",
            tuple(_use(plan, path, reads) for path in paths),
            *_reasons(plan, clause),
        )
        for clause, paths in citations(plan, {}).items()
    )


def _reasons(plan: Plan, clause: str) -> tuple[str, str]:
    """Why a clause does not enter the model, in both languages."""
    about = plan.clauses.get(clause)
    reason = (about.unmodelled if about else None) or ""
    return reason, (about.english_unmodelled if about else None) or reason


def _use(plan: Plan, path: str, reads: Reads) -> Use:
    held = _held(plan, path)
    if isinstance(held, Figure):
        return Use(path, f"{number(held.value)} {held.unit}", reads[path])
    if isinstance(held, Series):
        dated = ", ".join(f"{year}: {number(value)}" for year, value in held.values.items())
        return Use(path, f"{dated} {held.unit}", reads[path])
    inside = [stages for other, stages in reads.items() if other == path or other.startswith(f"{path}.")]
    return Use(path, "", READ_WHOLE.get(path.split(".", maxsplit=1)[0], frozenset()).union(*inside))


def _held(node: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(node, dict):
            node = next((held for key, held in node.items() if str(key) == step), None)
        elif isinstance(node, list):
            node = node[int(step)]
        else:
            node = getattr(node, step)
    return node


def listing(plan: Plan, lang: Language = "zh", *, unused: bool = False) -> str:
    """All clauses and rulings as text; `unused` leaves only clauses that a run does not read, and values never read."""
    lines: list[str] = []
    for use in clause_uses(plan):
        if not (unused and use.in_the_run):
            lines += _told(use, lang)
    if not unused:
        lines += ["", label("clauses.rulings", lang), *_rulings(plan, lang)]
    never = unread(plan)
    if never:
        lines += ["", label("clauses.never", lang), *(f"  {path}" for path in never)]
    return "\n".join(lines)


def _told(use: ClauseUse, lang: Language) -> Iterator[str]:
    yield f"{use.clause}  {use.title}"
    if use.words:
        yield f"    “{use.words}”"
    for each in use.uses:
        value = f" = {each.value}" if each.value else ""
        yield f"    {each.path}{value}  [{_stages(each.stages, lang)}]"
    if use.reason:
        reason = use.reason if lang == "zh" else use.english_reason
        yield f"    {label(_outside(use), lang)}{reason}"
    elif not use.in_the_run:
        yield f"    {label(_outside(use), lang)}"


def _outside(use: ClauseUse) -> str:
    """The label of what is said of a clause that no run reads, or not all of it."""
    stages = frozenset[str]().union(*(u.stages for u in use.uses))
    if use.reason:
        return "clauses.partly" if use.in_the_run else "clauses.judged" if RULES in stages else "clauses.reason"
    return "clauses.judged_only" if RULES in stages else "clauses.audit_only" if stages else "clauses.no_reason"


def _stages(stages: frozenset[str], lang: Language) -> str:
    order = [label(f"reads.{stage}", lang) for stage in (*RUN, RULES, AUDIT) if stage in stages]
    return ("、" if lang == "zh" else ", ").join(order) or label("reads.nothing", lang)


def _rulings(plan: Plan, lang: Language) -> Iterator[str]:
    reads = reads_of(plan)
    for name, paths in depends_on(plan).items():
        ruling = plan.rulings[name]
        yield f"  {name}  {ruling.asked(lang)} ({ruling.clause})"
        for option in ruling.options:
            yield f"    {'●' if option == ruling.choice else '○'} {option}  {ruling.said(option, lang)}"
            for each in ruling.sets.get(option, ()):
                yield f"        {label('clauses.sets', lang)}{each.path} {_put_in_place(each, lang)}"
        in_code = reads[f"rulings.{name}"] & frozenset(RUN)
        if in_code:
            yield f"    {label('clauses.in_code', lang)}{_stages(in_code, lang)}"
        for path in paths:
            held = _held(plan, path)
            value = f" = {number(held.value)} {held.unit}" if isinstance(held, Figure) else ""
            yield f"    {label('clauses.depends', lang)}{path}{value}"


def _put_in_place(setting: Setting, lang: Language) -> str:
    if setting.add is not None:
        return f"{label('clauses.added', lang)} {number(setting.add)}"
    if setting.value is None:
        return f"= {label('clauses.gone', lang)}"
    return f"= {_brief(setting.value)}"


def _brief(value: Any) -> str:
    """A value as it is put in place: of a mapping its numbers, since its words are told by the difference of two plans."""
    if isinstance(value, dict):
        if "value" in value:
            return _brief(value["value"])
        return ", ".join(f"{key}: {_brief(held)}" for key, held in value.items() if not isinstance(held, str))
    return number(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


def notes_before_run(plan: Plan, changed: Sequence[str] = (), lang: Language = "zh") -> tuple[str, ...]:
    """What is told before a run: values that nothing reads, and changes of a scenario that change nothing.

    `changed` holds the paths that the scenario changed.
    """
    found = []
    never = unread(plan)
    if never:
        found.append(say("plan.never_read", {"count": len(never), "paths": list(never)}, lang))
    dependents = depends_on(plan)
    for path in idle(plan, changed):
        name = path.removeprefix("rulings.").removesuffix(".choice")
        hanging = [p for p in dependents.get(name, ()) if not p.startswith("relations.")]
        code = "plan.idle_ruling" if path.startswith("rulings.") and hanging else "plan.idle_change"
        found.append(say(code, {"path": path, "paths": hanging}, lang))
    return tuple(found)
