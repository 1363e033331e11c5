"""What one household or village may receive (可享受的政策): pathways open to it, standards with amount and clause.

The outcomes and amounts are those of the vectorised rules, called on one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from planner.plan.figures import Figure
from planner.plan.model import Plan
from planner.plan.standards import Standard
from planner.register.columns import Column
from planner.rules.book import eligibility
from planner.rules.printing import ENTITLED, YES_NO, number_in_words, value_in_words
from planner.rules.rule import CATALOGUE, Columns
from planner.rules.standard import READABLE, STANDARDS, Amounts, Subject
from planner.rules.standards import parameters_of, reading_of, sense_of, standards_for, subject_of, unit_of
from planner.terms import Outcome
from planner.wording import Language

CONDITIONS: Mapping[str, dict[Language, str]] = {
    "industry": {"zh": "家中有劳动力", "en": "somebody is able to work"},
    "employment": {"zh": "家中有劳动力", "en": "somebody is able to work"},
    "education": {
        "zh": "家中有高中及以上学生，或有当年毕业生",
        "en": "somebody studies beyond compulsory schooling, or graduates in the first year",
    },
    "medical": {"zh": "家中有大病或长期慢性病人", "en": "somebody has a serious or lasting illness"},
    "relocation": {"zh": "居住地需搬迁，且本户同意", "en": "the place has to be left, and the household agrees"},
    "transfer": {"zh": "享受低保或五保", "en": "on the rolls of 低保 or 五保"},
}
"""What each kind of pathway asks for."""
WORDS: Mapping[str, dict[Language, str]] = {
    "pathways": {"zh": "可走的途径", "en": "Pathways"},
    "standards": {"zh": "可享受的标准与限额", "en": "Standards and limits"},
    "pathway": {
        "zh": "- {outcome} {name}：须{condition}（{value}）；条款：{clause}",
        "en": "- {outcome} {name}: {condition} ({value}); clause {clause}",
    },
    "at_most": {"zh": "至多{amount}", "en": "at most {amount}"},
    "at_least": {"zh": "{amount}以上", "en": "{amount} or more"},
    "between": {"zh": "{low}至{high}", "en": "between {low} and {high}"},
    "from": {"zh": "至少{low}", "en": "at least {low}"},
    "safe": {
        "zh": "{low}以内均可，看全点平均可到{high}",
        "en": "{low} in any case, up to {high} as the mean of the site allows",
    },
    "unlimited": {
        "zh": "{low}以内均可，再多看全点平均（本户不另设上限）",
        "en": "{low} in any case, more as the mean of the site allows (no limit of its own)",
    },
    "basis": {"zh": "；按：{text}", "en": "; by {text}"},
    "clause": {"zh": "；条款：{text}", "en": "; clause {text}"},
    "reading": {"zh": "；读法：{text}", "en": "; read as: {text}"},
    "assumed": {"zh": "（假定）", "en": " (assumed)"},
    "verify": {"zh": "名册未载明：{columns}", "en": "the register does not say: {columns}"},
    "absent": {"zh": "名册没有此栏：{columns}", "en": "the register has no column for: {columns}"},
    "pathway_unknown": {
        "zh": "是否符合途径“{name}”不明",
        "en": 'whether the pathway "{name}" is open is not known',
    },
    "pathway_closed": {"zh": "不符合途径“{name}”", "en": 'the pathway "{name}" is not open'},
    "years": {"zh": "只在{first}至{last}年有效", "en": "in force from {first} to {last}"},
}


@dataclass(frozen=True)
class PathwayAnswer:
    """One pathway and whether the household may follow it."""

    pathway: str
    name: str
    outcome: Outcome
    condition: str
    """What the pathway asks for, in words."""
    value: str
    """What the register says of it."""
    clause: str


@dataclass(frozen=True)
class StandardAnswer:
    """One standard and what it comes to for the household."""

    standard: str
    name: str
    outcome: Outcome
    low: float
    """The least it can be. Unit: `unit`; NaN where nothing can be told."""
    high: float
    """The most it can be; infinite where there is no limit."""
    unit: str
    amount: str
    """The same in words; empty where it does not hold."""
    basis: str
    """The plan's figures that it is reckoned by."""
    clause: str
    reading: str
    """How the clause is read, where a ruling says so."""
    value: str
    """What the register says."""
    why: str
    """Why it is unknown, not settled, or does not hold; empty otherwise."""
    note: str


@dataclass(frozen=True)
class Entitlement:
    """What a household may receive; a village has standards only."""

    pathways: tuple[PathwayAnswer, ...]
    standards: tuple[StandardAnswer, ...]
    language: Language

    def rows(self) -> list[dict[str, str | float]]:
        """One row per pathway and standard, ready for a table.

        Unit: `low` and `high` are in `unit`; NaN for a pathway.
        """
        nothing: dict[str, str | float] = {"low": float("nan"), "high": float("nan"), "unit": "", "reading": ""}
        found: list[dict[str, str | float]] = [
            {
                "sort": "pathway", "entry": p.pathway, "name": p.name, "outcome": ENTITLED[p.outcome][self.language],
                "amount": "", **nothing, "clause": p.clause, "value": p.value, "why": p.condition,
            }
            for p in self.pathways
        ]  # fmt: skip
        found += [
            {
                "sort": "standard", "entry": s.standard, "name": s.name, "outcome": ENTITLED[s.outcome][self.language],
                "amount": s.amount, "low": s.low, "high": s.high, "unit": s.unit, "reading": s.reading,
                "clause": s.clause, "value": s.value, "why": s.why,
            }
            for s in self.standards
        ]  # fmt: skip
        return found

    def text(self) -> str:
        """The same in sentences."""
        lines = [_say("pathways", self.language)] if self.pathways else []
        for p in self.pathways:
            outcome = ENTITLED[p.outcome][self.language]
            lines.append(
                _say(
                    "pathway", self.language, outcome=outcome, name=p.name, condition=p.condition, value=p.value,
                    clause=p.clause,
                )
            )  # fmt: skip
        if self.standards:
            lines.append(_say("standards", self.language))
        for s in self.standards:
            lines += self._told(s)
        return "\n".join(lines)

    def _told(self, s: StandardAnswer) -> Iterator[str]:
        gap = "：" if self.language == "zh" else ": "
        line = f"- {ENTITLED[s.outcome][self.language]} {s.name}"
        if s.amount:
            line += f"{gap}{s.amount}{_say('basis', self.language, text=s.basis)}"
        line += _say("clause", self.language, text=s.clause)
        yield line + (_say("reading", self.language, text=s.reading) if s.reading and s.amount else "")
        yield from (f"    {text}" for text in (s.why, s.note if s.amount else "") if text)


def entitlement_of(
    plan: Plan, columns: Columns, year: int, language: Language = "zh", subject: Subject = "household"
) -> Entitlement:
    """What one household (or village) may receive in a year; `columns` holds one row of its columns.

    Raises: PlanError as `standards.faults_of_standards` and `book.eligibility`.
    """
    if subject != "household":
        found = standards_for(plan, columns, year, subject)
        return Entitlement(
            (), tuple(_answer(plan, n, a, columns, {}, year, language) for n, a in found.items()), language
        )
    eligible = {name: Outcome(int(vector[0])) for name, vector in eligibility(plan, columns).items()}
    pathways = tuple(
        PathwayAnswer(
            pathway=name,
            name=entry.name if language == "zh" else entry.english,
            outcome=eligible[name],
            condition=CONDITIONS[entry.kind][language],
            value=_values(CATALOGUE["pathway"][entry.kind].reads, columns, language),
            clause=entry.clause,
        )
        for name, entry in plan.pathways.items()
    )
    standards = tuple(
        _answer(plan, name, amounts, columns, eligible, year, language)
        for name, amounts in standards_for(plan, columns, year).items()
    )
    return Entitlement(pathways, standards, language)


def _answer(
    plan: Plan,
    name: str,
    amounts: Amounts,
    columns: Columns,
    eligible: Mapping[str, Outcome],
    year: int,
    language: Language,
) -> StandardAnswer:
    standard = plan.standards[name]
    outcome = Outcome(int(amounts.outcome[0]))
    low, high = float(amounts.low[0]), float(amounts.high[0])
    reading = reading_of(plan, standard)
    return StandardAnswer(
        standard=name,
        name=standard.name if language == "zh" else standard.english,
        outcome=outcome,
        low=low,
        high=high,
        unit=unit_of(standard),
        amount=_amount(standard, outcome, low, high, language),
        basis=_basis(standard, year, language),
        clause=standard.clause,
        reading=plan.rulings[standard.ruling].said(reading, language) if standard.ruling else "",
        value=_values(_columns_of(standard), columns, language, subject_of(standard)),
        why=_why(plan, standard, outcome, low == high, columns, eligible, language),
        note=(standard.note if language == "zh" else standard.english_note or standard.note) or "",
    )


def _amount(standard: Standard, outcome: Outcome, low: float, high: float, language: Language) -> str:
    if outcome in (Outcome.NOT_MET, Outcome.NOT_IN_FORCE):
        return ""
    if np.isnan(high):
        return _say("from", language, low=_number(low, standard, language)) if low > 0 else YES_NO["unknown"][language]
    least, most = _number(low, standard, language), _number(high, standard, language)
    if low == high:
        sense = sense_of(standard)
        return _say(sense, language, amount=least) if sense in ("at_most", "at_least") else least
    if np.isinf(high):
        return _say("unlimited", language, low=least)
    return _say(STANDARDS[standard.kind].span, language, low=least, high=most)


def _number(value: float, standard: Standard, language: Language) -> str:
    unit = unit_of(standard)
    return f"{value:.2%}" if unit == "比例" else number_in_words(value, unit, language)


def _basis(standard: Standard, year: int, language: Language) -> str:
    parts = []
    for parameter, given in parameters_of(standard):
        if given is None:
            continue
        named = parameter.chinese if language == "zh" else parameter.english
        value = given.value if isinstance(given, Figure) else given.at(year)
        printed = number_in_words(value, given.unit, language)
        parts.append(f"{named} {printed}" + (_say("assumed", language) if given.assumed else ""))
    return _joined(parts, language)


def _columns_of(standard: Standard) -> tuple[str, ...]:
    """Columns that say whether and how much: the flag of whom it is for, and those that its kind reads."""
    kind = STANDARDS[standard.kind]
    outside = kind.columns_read(standard.column)
    read = [outside[name] for name in kind.reads]
    return tuple(dict.fromkeys([*([standard.who] if standard.who else []), *read]))


def _why(
    plan: Plan,
    standard: Standard,
    outcome: Outcome,
    settled: bool,
    columns: Columns,
    eligible: Mapping[str, Outcome],
    language: Language,
) -> str:
    """Why a standard is unknown, not settled, or does not hold."""
    if outcome == Outcome.NOT_IN_FORCE:
        return _say("years", language, first=standard.first or "…", last=standard.last or "…")
    of_pathway = eligible[standard.pathway] if standard.pathway else Outcome.MET
    if outcome == Outcome.NOT_MET:
        if of_pathway == Outcome.NOT_MET:
            return _say("pathway_closed", language, name=_pathway(plan, standard, language))
        return _values(_columns_of(standard), columns, language, subject_of(standard))
    if outcome == Outcome.MET and settled:
        return ""
    kind = STANDARDS[standard.kind]
    absent = [name for name in kind.asks if name not in columns]
    unsaid = [name for name in (*_columns_of(standard), *kind.asks) if name in columns and _unknown(name, columns)]
    parts = []
    if of_pathway == Outcome.UNKNOWN:
        parts.append(_say("pathway_unknown", language, name=_pathway(plan, standard, language)))
    for key, names in (("verify", unsaid), ("absent", absent)):
        if names:
            said = [_named(READABLE[subject_of(standard)][name], language) for name in names]
            parts.append(_say(key, language, columns=_joined(said, language)))
    return ("；" if language == "zh" else "; ").join(parts)


def _pathway(plan: Plan, standard: Standard, language: Language) -> str:
    entry = plan.pathways[standard.pathway or ""]
    return entry.name if language == "zh" else entry.english


def _unknown(name: str, columns: Columns) -> bool:
    value = float(columns[name][0])
    return bool(np.isnan(value)) or value < 0


def _values(names: tuple[str, ...], columns: Columns, language: Language, subject: Subject = "household") -> str:
    parts = []
    for name in names:
        column = READABLE[subject][name]
        parts.append(f"{_named(column, language)} {value_in_words(column, columns[name], language)}")
    return _joined(parts, language)


def _named(column: Column, language: Language) -> str:
    return column.chinese if language == "zh" else column.english


def _joined(parts: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(parts)


def _say(key: str, language: Language, **values: object) -> str:
    return WORDS[key][language].format(**values)
