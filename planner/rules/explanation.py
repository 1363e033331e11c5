"""Why a household or a village meets the standard or does not: criterion, value, threshold, clause, and what closes it.

The outcomes are those of the rule book's own functions, called on one row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.errors import UsageError
from planner.plan.figures import Figure
from planner.plan.model import Criterion, Plan
from planner.register.model import Register
from planner.rules.book import (
    criteria_of,
    eligibility,
    evaluate_households,
    evaluate_villages,
    flags_counted,
    household_columns,
)
from planner.rules.entitlement import Entitlement, entitlement_of
from planner.rules.printing import OUTCOMES, YES_NO, number_in_words, value_in_words
from planner.rules.remedy import Remedy, household_remedies, village_remedies
from planner.rules.rule import CATALOGUE, MOST, Columns, Level, column_named
from planner.rules.verdict import Verdicts
from planner.rules.village_exit import village_aggregates
from planner.terms import Outcome
from planner.wording import Language

WORDS: Mapping[str, dict[Language, str]] = {
    "quotient": {"zh": "占比", "en": "share"},
    "household": {"zh": "{number}号户（{village}）", "en": "household {number} ({village})"},
    "verdict": {
        "zh": "{subject}：{outcome}（{year}年标准）",
        "en": "{subject}: {outcome} (standard of {year})",
    },
    "synthetic": {
        "zh": "名册为合成数据，不是真实建档立卡数据",
        "en": "the register is synthetic, not of real households",
    },
    "value": {"zh": "{name}：{value}", "en": "{name}: {value}"},
    "threshold": {"zh": "；标准：{text}", "en": "; standard: {text}"},
    "clause": {"zh": "；条款：{text}", "en": "; clause {text}"},
    "remedy": {"zh": "可由“{name}”解决：{units}，{yuan}", "en": 'may be closed by "{name}": {units}, {yuan}'},
    "raises": {
        "zh": "可由“{name}”增收（人均每年约{gain}）：{units}，{yuan}",
        "en": '"{name}" would raise income (by about {gain} per head and year): {units}, {yuan}',
    },
    "shared": {"zh": "（全村共用）", "en": " (shared by the village)"},
    "verify": {"zh": "名册未载明，先行核实", "en": "the register does not say: verify first"},
    "none": {"zh": "方案中没有对应措施", "en": "no measure of the plan closes it"},
    "by_households": {"zh": "随贫困户脱贫而解决", "en": "closed as its households leave poverty"},
    "assumed": {"zh": "（方案未写明，为假定）", "en": " (assumed, not in the plan)"},
    "money": {"zh": "{yuan}元", "en": "{yuan} 元"},
    "yearly": {"zh": "每年{yuan}", "en": "{yuan} a year"},
}


@dataclass(frozen=True)
class Reason:
    """One criterion of one household or village, with what it was judged on."""

    criterion: str
    """Its name in the plan's data."""
    name: str
    """Its name in words."""
    value: str
    """What the register says, column by column."""
    threshold: str
    """The threshold in force with its unit; empty where the criterion has none."""
    clause: str
    outcome: Outcome
    remedies: tuple[Remedy, ...]
    """Measures of the plan that would close it; none where it is not open."""
    note: str
    """What to do where no measure can be named; empty otherwise."""


@dataclass(frozen=True)
class Explanation:
    """The verdict on one household or village and the reasons for it."""

    level: Level
    row: int
    """Its row in the register."""
    subject: str
    """The household's number and village, or the village's name."""
    year: int
    outcome: Outcome
    reasons: tuple[Reason, ...]
    synthetic: bool
    language: Language
    entitlement: Entitlement | None = None
    """What a household or village may receive; None where nothing was asked for it."""

    def rows(self) -> list[dict[str, str | int]]:
        """One row per criterion and measure that would close it, ready for a table.

        Unit: `yuan` is whole 元; -1 where the register does not say how many units are needed.
        """
        found: list[dict[str, str | int]] = []
        for reason in self.reasons:
            head: dict[str, str | int] = {
                "criterion": reason.criterion,
                "name": reason.name,
                "value": reason.value,
                "threshold": reason.threshold,
                "clause": reason.clause,
                "outcome": OUTCOMES[reason.outcome][self.language],
            }
            if not reason.remedies:
                found.append({**head, "measure": "", "measure_name": reason.note, "yuan": 0})
            for remedy in reason.remedies:
                cost = -1 if remedy.yuan is None else remedy.yuan
                name = remedy.name if self.language == "zh" else remedy.english
                found.append({**head, "measure": remedy.measure, "measure_name": name, "yuan": cost})
        return found

    def text(self) -> str:
        """The same in sentences, one line per criterion and per measure."""
        outcome = OUTCOMES[self.outcome][self.language]
        lines = [_say("verdict", self.language, subject=self.subject, year=self.year, outcome=outcome)]
        if self.synthetic:
            lines.append(_say("synthetic", self.language))
        for reason in self.reasons:
            line = f"- {OUTCOMES[reason.outcome][self.language]} " + _say(
                "value", self.language, name=reason.name, value=reason.value
            )
            if reason.threshold:
                line += _say("threshold", self.language, text=reason.threshold)
            lines.append(line + _say("clause", self.language, text=reason.clause))
            lines += ["    " + _remedy_words(remedy, self.language) for remedy in reason.remedies]
            if reason.note:
                lines.append("    " + reason.note)
        if self.entitlement is not None and (self.entitlement.pathways or self.entitlement.standards):
            lines += ["", self.entitlement.text()]
        return "\n".join(lines)


def explain_household(plan: Plan, register: Register, row: int, year: int, language: Language = "zh") -> Explanation:
    """Why one household meets the standard of a year or does not, and what would close what is open.

    Raises: UsageError where the register has no such row; PlanError as `book.faults_of`.
    """
    _require(row, register.households.rows, "rules.no_such_household")
    columns = {name: vector[row : row + 1] for name, vector in household_columns(register).items()}
    verdicts = evaluate_households(plan, columns, year)
    eligible = {name: Outcome(int(vector[0])) for name, vector in eligibility(plan, columns).items()}
    household = {name: vector[0] for name, vector in columns.items()}
    at = int(household["village"])
    village = {name: vector[at] for name, vector in register.villages.items()}
    remedies = {
        name: household_remedies(plan, name, criterion, household, village, eligible)
        for name, criterion in plan.household_criteria.items()
    }
    reasons = _reasons(plan, "household", columns, verdicts, remedies, year, language)
    whole = Outcome(int(verdicts.combine()[0]))
    subject = _say("household", language, number=int(household["household"]), village=village["name"])
    received = entitlement_of(plan, columns, year, language)
    return Explanation("household", row, subject, year, whole, reasons, register.synthetic, language, received)


def explain_village(plan: Plan, register: Register, row: int, year: int, language: Language = "zh") -> Explanation:
    """Why one village meets the standard of a year or does not, as the register stands.

    Raises: as `explain_household`.
    """
    _require(row, register.villages.rows, "rules.no_such_village")
    of_village = np.flatnonzero(register.households["village"] == row)
    households = {name: vector[of_village] for name, vector in register.households.items()}
    aggregates = village_aggregates(
        households,
        np.zeros(len(of_village), np.int64),
        households["registered"] == 1,
        1,
        flags=flags_counted(plan),
    )
    columns = {name: vector[row : row + 1] for name, vector in register.villages.items()}
    verdicts = evaluate_villages(plan, columns, aggregates, year)
    village = {name: vector[0] for name, vector in columns.items()}
    remedies = {
        name: village_remedies(plan, name, criterion, village, households)
        for name, criterion in plan.village_criteria.items()
    }
    reasons = _reasons(plan, "village", {**columns, **aggregates}, verdicts, remedies, year, language)
    whole = Outcome(int(verdicts.combine()[0]))
    name = str(village["name"])
    received = entitlement_of(plan, columns, year, language, "village")
    return Explanation("village", row, name, year, whole, reasons, register.synthetic, language, received)


def _reasons(
    plan: Plan,
    level: Level,
    columns: Columns,
    verdicts: Verdicts,
    remedies: Mapping[str, tuple[Remedy, ...]],
    year: int,
    language: Language,
) -> tuple[Reason, ...]:
    found = []
    for name, criterion in criteria_of(plan, level).items():
        outcome = Outcome(int(verdicts[name][0]))
        closing = remedies[name] if outcome == Outcome.NOT_MET else ()
        found.append(
            Reason(
                criterion=name,
                name=criterion.name if language == "zh" else criterion.english,
                value=_value(level, criterion, columns, language),
                threshold=_threshold(criterion, year, language),
                clause=criterion.clause,
                outcome=outcome,
                remedies=closing,
                note=_note(level, criterion, outcome, closing, language),
            )
        )
    return tuple(found)


def _note(level: Level, criterion: Criterion, outcome: Outcome, closing: tuple[Remedy, ...], language: Language) -> str:
    if outcome == Outcome.UNKNOWN:
        return _say("verify", language)
    if outcome == Outcome.NOT_MET and not closing:
        by_households = CATALOGUE[level][criterion.kind].quotient is not None
        return _say("by_households" if by_households else "none", language)
    return ""


def _value(level: Level, criterion: Criterion, columns: Columns, language: Language) -> str:
    """Every column that the criterion was judged on, in words."""
    kind = CATALOGUE[level][criterion.kind]
    parts = []
    for outside in dict.fromkeys(kind.columns_read(criterion.column).values()):
        column = column_named(level, outside)
        # The upper end of a share tells something only where a household is unknown.
        settled = outside.endswith(MOST) and columns[outside][0] == columns[outside.removesuffix(MOST)][0]
        if column is None or settled:
            continue
        label = column.chinese if language == "zh" else column.english
        parts.append(f"{label} {value_in_words(column, columns[outside], language)}")
    if kind.quotient is not None:
        over, under = (float(columns[name][0]) for name in kind.quotient)
        share = f"{over / under:.2%}" if over >= 0 and under > 0 else YES_NO["unknown"][language]
        parts.append(f"{_say('quotient', language)} {share}")
    return ("、" if language == "zh" else ", ").join(parts)


def _threshold(criterion: Criterion, year: int, language: Language) -> str:
    given = criterion.threshold
    if given is None:
        return ""
    value = given.value if isinstance(given, Figure) else given.at(year)
    printed = f"{value:.0%}" if given.unit == "比例" else number_in_words(value, given.unit, language)
    return printed + (_say("assumed", language) if given.assumed else "")


def _remedy_words(remedy: Remedy, language: Language) -> str:
    name = remedy.name if language == "zh" else remedy.english
    if remedy.units is None or remedy.yuan is None:
        units = yuan = YES_NO["unknown"][language]
    else:
        units = number_in_words(remedy.units, remedy.unit, language)
        yuan = _say("money", language, yuan=remedy.yuan)
        yuan = _say("yearly", language, yuan=yuan) if remedy.recurring else yuan
    if remedy.gain is None:
        words = _say("remedy", language, name=name, units=units, yuan=yuan)
    else:
        gain = _say("money", language, yuan=remedy.gain)
        words = _say("raises", language, name=name, units=units, yuan=yuan, gain=gain)
    return words + (_say("shared", language) if remedy.shared else "")


def _say(key: str, language: Language, **values: object) -> str:
    return WORDS[key][language].format(**values)


def _require(row: int, rows: int, code: str) -> None:
    if not 0 <= row < rows:
        raise UsageError(code, row=row, rows=rows)
