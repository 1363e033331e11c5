"""What the audit finds (口径校验的结论): four kinds, each with its own fields, in words and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, ClassVar, Literal

from planner.plan.figures import ASSUMED
from planner.plan.relations import CitedNumber, Sense
from planner.wording import Language, Term, label, number, parts

Severity = Literal["info", "warn", "serious"]
Choice = Literal["by_detail", "by_total", "as_ruled"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something in the plan's own figures that does not add up, or is not said."""

    kind: ClassVar[str] = ""

    key: str
    """Stable name: the relation's identifier, or the path of what is looked at."""
    code: str
    """The message in `planner.messages.table`."""
    title: str
    english: str
    severity: Severity
    clauses: tuple[str, ...]
    figures: tuple[CitedNumber, ...]
    unit: str
    note: str | None = None
    english_note: str | None = None
    ruling: str | None = None
    """The reading that settles it, where the plan has one."""
    ruled: str | None = None
    """What that ruling says at present."""
    english_ruled: str | None = None
    choices: tuple[str, ...] = ()
    """What may be decided."""
    choice: str | None = None
    """What was decided, where that is recorded."""

    def figure_values(self) -> Mapping[str, object]:
        """The blanks of the message."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Arithmetic(Finding):
    """Two figures that should agree and do not (算术)."""

    kind: ClassVar[str] = "arithmetic"

    left: Fraction
    right: Fraction
    difference: Fraction
    """Left less right."""
    left_sense: Sense
    right_sense: Sense
    carried_by: tuple[str, ...] = ()
    """Paths of figures printed as about, or more, or less, that could take up the difference."""

    def figure_values(self) -> Mapping[str, object]:
        """The blanks of the message."""
        return {
            "left": float(self.left),
            "right": float(self.right),
            "by": float(abs(self.difference)),
            "sense": Term(f"sense.{self.right_sense}"),
            "direction": Term("direction.above" if self.difference > 0 else "direction.below"),
        }


@dataclass(frozen=True, kw_only=True)
class Coverage(Finding):
    """A target without money, money without a task, a criterion without a measure (覆盖)."""

    kind: ClassVar[str] = "coverage"

    needed: Fraction | None = None
    """None where the plan gives no figure at all."""
    covered: Fraction | None = None

    @property
    def lacking(self) -> Fraction | None:
        """What is needed and not covered."""
        return None if self.needed is None or self.covered is None else self.needed - self.covered

    def figure_values(self) -> Mapping[str, object]:
        """The blanks of the message."""
        known = {"needed": self.needed, "covered": self.covered, "lacking": self.lacking}
        return {name: float(value) for name, value in known.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class Overlap(Finding):
    """A quantity that may be counted twice (重叠)."""

    kind: ClassVar[str] = "overlap"

    shared: Fraction
    """What may stand inside."""
    within: Fraction
    """The quantity it may stand inside."""

    def figure_values(self) -> Mapping[str, object]:
        """The blanks of the message."""
        return {"shared": float(self.shared), "within": float(self.within), "apart": float(self.shared + self.within)}


@dataclass(frozen=True, kw_only=True)
class HorizonGap(Finding):
    """Something that reaches further in time than what carries it (期限)."""

    kind: ClassVar[str] = "horizon"

    reaches: Fraction
    limit: Fraction

    @property
    def beyond(self) -> Fraction:
        """How much lies beyond."""
        return self.reaches - self.limit

    def figure_values(self) -> Mapping[str, object]:
        """The blanks of the message."""
        return {"reaches": float(self.reaches), "limit": float(self.limit), "beyond": float(self.beyond)}


def words(finding: Finding, lang: Language = "zh") -> str:
    """A finding in a sentence or two: what stands where, by how much it is off, and the note."""
    title = finding.title if lang == "zh" else finding.english
    note = finding.note if lang == "zh" else finding.english_note or finding.note
    values = {"title": title, "unit": finding.unit, **finding.figure_values()}
    said = parts(finding.code, values, lang)
    return ("" if lang == "zh" else " ").join([*said, *([note] if note else [])])


def to_json(finding: Finding, lang: Language = "zh") -> dict[str, Any]:
    """A finding as plain data, with its words."""
    plain: dict[str, Any] = {"kind": finding.kind, "words": words(finding, lang)}
    for about in fields(finding):
        plain[about.name] = _plain(getattr(finding, about.name))
    for derived in ("lacking", "beyond"):
        if hasattr(finding, derived):
            plain[derived] = _plain(getattr(finding, derived))
    return plain


def minutes(findings: Iterable[Finding], lang: Language = "zh") -> str:
    """All findings as numbered lines, by severity, each with clauses, words and figures."""
    order = {"serious": 0, "warn": 1, "info": 2}
    lines: list[str] = []
    for position, finding in enumerate(sorted(findings, key=lambda f: order[f.severity]), 1):
        mark = f"{label(f'severity.{finding.severity}', lang)} · {label(f'finding.{finding.kind}', lang)}"
        lines.append(f"{position}. [{mark}] {words(finding, lang)}")
        lines.append(f"   {label('finding.clauses', lang)} {'; '.join(finding.clauses)}")
        shown = " | ".join(f"{f.path} = {number(f.value)} {f.unit} ({_origin(f, lang)})" for f in finding.figures)
        if shown:
            lines.append(f"   {label('finding.figures', lang)} {shown}")
        if finding.ruling:
            ruled = finding.ruled if lang == "zh" else finding.english_ruled or finding.ruled
            lines.append(f"   {label('finding.ruling', lang)} {finding.ruling} = {ruled}")
    return "\n".join(lines)


def _origin(figure: CitedNumber, lang: Language) -> str:
    """The clause or source of a figure; of an assumption its reason, which the data give in Chinese alone."""
    reason = figure.origin.removeprefix(ASSUMED)
    if reason == figure.origin:
        return figure.origin
    return f"{label('origin.assumed', lang)}：{reason}" if lang == "zh" else label("origin.assumed", lang)


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    if isinstance(value, CitedNumber):
        return {about.name: getattr(value, about.name) for about in fields(value)}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value
