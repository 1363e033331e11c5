"""What the structure of a plan says by itself: totals and parts, money and tasks, targets and measures, years.

Each look is a small function from a plan to findings, registered in LOOKS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from planner.plan.figures import Figure
from planner.plan.findings import Arithmetic, Coverage, Finding, HorizonGap
from planner.plan.funds import FundLine, FundSource
from planner.plan.known import split_clauses
from planner.plan.measures import Measure
from planner.plan.model import Criterion, Plan
from planner.plan.relations import CitedNumber, exact, scale_of
from planner.wording import label

Entries = Mapping[str, FundLine] | Mapping[str, FundSource]

MONEY = "万元"


def structural_findings(plan: Plan) -> tuple[Finding, ...]:
    """All findings that need no declared relation."""
    return tuple(finding for look in LOOKS for finding in look(plan))


def _cite(path: str, figure: Figure) -> CitedNumber:
    return CitedNumber(path, figure.value, figure.unit, figure.origin, figure.clause, figure.sense, figure.ruling)


def _money(figure: Figure) -> Fraction:
    """Exact 万元 of a figure of money."""
    return exact(figure.value) * scale_of(figure.unit).value / scale_of(MONEY).value


def _clauses(*texts: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause for text in texts if text for clause in split_clauses(text)))


def _named(kind: str, name: str, english: str) -> dict[str, Any]:
    """Titles of a finding about one entry."""
    return {"title": f"{label(kind, 'zh')}“{name}”", "english": f'{label(kind, "en")} "{english}"'}


def _parts_and_totals(plan: Plan) -> Iterator[Finding]:
    for section, kind, entries in (("lines", "word.line", plan.lines), ("sources", "word.source", plan.sources)):
        table: Mapping[str, Any] = entries
        for key, whole in table.items():
            below = {k: v for k, v in table.items() if v.parent == key}
            if not below or whole.amount is None or any(v.amount is None for v in below.values()):
                continue
            total, named = sum((_money(v.amount) for v in below.values()), Fraction(0)), _money(whole.amount)
            if total == named or (total > named and whole.amount.sense == "at_least"):
                continue
            about = whole.amount.sense == "about" or any(v.amount.sense == "about" for v in below.values())
            small = abs(total - named) * 100 < max(total, named)
            yield Arithmetic(
                key=f"{section}.{key}",
                code="finding.sum",
                **_named(kind, whole.name, whole.english),
                severity="info" if about and small else "warn",
                clauses=_clauses(whole.clause if isinstance(whole, FundLine) else None, whole.amount.clause),
                figures=tuple(_cite(f"{section}.{k}.amount", v.amount) for k, v in (*below.items(), (key, whole))),
                unit=MONEY,
                left=total,
                right=named,
                difference=total - named,
                left_sense="exact",
                right_sense=whole.amount.sense,
                choices=("by_detail", "by_total", "as_ruled"),
            )


def _lines_without_amount(plan: Plan) -> Iterator[Finding]:
    for key in plan.leaves():
        line = plan.lines[key]
        if line.amount is None or line.amount.clause is None:
            # an amount that is assumed or from elsewhere is still not given by the plan
            assumed = line.amount is not None
            yield Coverage(
                key=f"lines.{key}",
                code="finding.line_amount_assumed" if assumed else "finding.line_without_amount",
                **_named("word.line", line.name, line.english),
                severity="warn" if assumed else "serious",
                clauses=_clauses(line.clause),
                figures=(_cite(f"lines.{key}.amount", line.amount),) if line.amount else (),
                unit=MONEY,
                choices=("as_ruled",),
            )


def _lines_without_measure(plan: Plan) -> Iterator[Finding]:
    used = {measure.line for measure in plan.measures.values()}
    for key in plan.leaves():
        line = plan.lines[key]
        if key not in used:
            yield Coverage(
                key=f"lines.{key}.measures",
                code="finding.line_without_measure",
                **_named("word.line", line.name, line.english),
                severity="info" if line.held else "warn",
                clauses=_clauses(line.clause),
                figures=(_cite(f"lines.{key}.amount", line.amount),) if line.amount else (),
                unit=MONEY,
                note=line.held,
                english_note=line.english_held,
            )


def _targets_without_means(plan: Plan) -> Iterator[Finding]:
    for key, pathway in plan.pathways.items():
        if pathway.target is None or not pathway.counts:
            continue
        means = {k: m for k, m in plan.measures.items() if m.pathway == key and m.gain is not None}
        lines = [plan.lines[m.line] for m in means.values()]
        paid = any(line.amount is not None and line.amount.clause is not None for line in lines)
        if means and paid:
            continue
        yield Coverage(
            key=f"pathways.{key}.target",
            code="finding.target_without_money" if means else "finding.target_without_measure",
            **_named("word.pathway", pathway.name, pathway.english),
            severity="serious",
            clauses=_clauses(pathway.clause, pathway.target.clause),
            figures=(_cite(f"pathways.{key}.target", pathway.target),),
            unit=pathway.target.unit,
            needed=exact(pathway.target.value),
            covered=Fraction(0),
            choices=("as_ruled",),
        )


def _criteria_without_measure(plan: Plan) -> Iterator[Finding]:
    closed = {name for measure in plan.measures.values() for name in measure.closes}
    raised = any(measure.gain is not None for measure in plan.measures.values())
    sections: Sequence[Mapping[str, Criterion]] = (plan.household_criteria, plan.village_criteria)
    for section, criteria in zip(("household_criteria", "village_criteria"), sections, strict=True):
        for key, criterion in criteria.items():
            # these follow from what households reach, or from any gain of income
            derived = criterion.kind in ("incidence", "all_households") or ("income" in criterion.kind and raised)
            if key not in closed and not derived:
                yield Coverage(
                    key=f"{section}.{key}",
                    code="finding.criterion_without_measure",
                    **_named("word.criterion", criterion.name, criterion.english),
                    severity="warn",
                    clauses=_clauses(criterion.clause),
                    figures=(),
                    unit="",
                )


def _tasks_beyond_money(plan: Plan) -> Iterator[Finding]:
    """Where the tasks of a line, at their unit costs, come to more than the line."""
    for key in plan.leaves():
        line = plan.lines[key]
        priced = [
            (k, m)
            for k, m in plan.measures.items()
            if m.line == key and m.cost_cap is None and any(t.amount.unit == m.unit for t in m.tasks)
        ]
        if line.amount is None or not priced:
            continue
        total, figures = Fraction(0), [_cite(f"lines.{key}.amount", line.amount)]
        for name, measure in priced:
            own = _money(measure.own_share) if measure.own_share else Fraction(0)
            total += (_money(measure.cost) - own) * _tasks_in_first_year(plan, measure)
            figures += [_cite(f"measures.{name}.cost", measure.cost)]
            figures += [
                _cite(f"measures.{name}.tasks.{i}.amount", t.amount)
                for i, t in enumerate(measure.tasks)
                if t.amount.unit == measure.unit
            ]
        amount = _money(line.amount)
        # unit costs are printed to a few figures, so that a total within half a per cent is the same total
        if total > amount * Fraction(201, 200):
            yield Coverage(
                key=f"lines.{key}.tasks",
                code="finding.tasks_beyond_money",
                **_named("word.line", line.name, line.english),
                severity="serious" if total * 4 > amount * 5 else "warn",
                clauses=_clauses(line.clause, *(f.clause for f in figures)),
                figures=tuple(figures),
                unit=MONEY,
                needed=total,
                covered=amount,
                choices=("as_ruled",),
            )


def _tasks_in_first_year(plan: Plan, measure: Measure) -> Fraction:
    first = plan.horizon.first
    return sum(
        (
            exact(t.amount.value)
            for t in measure.tasks
            if t.amount.year in (None, first) and t.amount.unit == measure.unit
        ),
        Fraction(0),
    )


def _tasks_beyond_capacity(plan: Plan) -> Iterator[Finding]:
    for key, measure in plan.measures.items():
        for position, task in enumerate(measure.tasks):
            if task.amount.unit != measure.unit:
                continue
            year = task.amount.year or plan.horizon.first
            most = measure.capacity.at(year)
            if task.amount.value > most:
                path = f"measures.{key}.capacity.{year}"
                capacity = measure.capacity
                figures = (
                    _cite(f"measures.{key}.tasks.{position}.amount", task.amount),
                    CitedNumber(
                        path, most, capacity.unit, capacity.origin, capacity.clause, "at_most", capacity.ruling
                    ),
                )
                yield Coverage(
                    key=f"measures.{key}.tasks.{position}",
                    code="finding.task_beyond_capacity",
                    **_named("word.measure", measure.name, measure.english),
                    severity="warn",
                    clauses=_clauses(measure.clause, task.amount.clause),
                    figures=figures,
                    unit=measure.unit,
                    needed=exact(task.amount.value),
                    covered=exact(most),
                )


def _tasks_without_amount(plan: Plan) -> Iterator[Finding]:
    for key, measure in plan.measures.items():
        line = plan.lines.get(measure.line)
        unpriced = measure.cost.value == 0 or line is None or line.amount is None
        if unpriced and measure.kind != "duty" and measure.tasks:
            yield Coverage(
                key=f"measures.{key}",
                code="finding.task_without_amount",
                **_named("word.measure", measure.name, measure.english),
                severity="warn",
                clauses=_clauses(measure.clause),
                figures=tuple(_cite(f"measures.{key}.tasks.{i}.amount", t.amount) for i, t in enumerate(measure.tasks)),
                unit=measure.unit,
            )


def _named_money(plan: Plan) -> dict[str, FundSource]:
    """Leaf sources of the plan's own account with a named amount."""
    parents = {source.parent for source in plan.sources.values()}
    return {
        k: v for k, v in plan.sources.items() if k not in parents and v.account == "plan" and v.named and v.amount.value
    }


def totals(plan: Plan) -> dict[str, Fraction]:
    """Exact 万元 of the plan's own account: all lines, all sources with a named amount, and the gap between them."""
    paid = sum((_money(a) for k in plan.leaves("plan") if (a := plan.lines[k].amount) is not None), Fraction(0))
    named = sum((_money(source.amount) for source in _named_money(plan).values()), Fraction(0))
    return {"lines_total": paid, "named_total": named, "gap": paid - named}


def _funding_gap(plan: Plan) -> Iterator[Finding]:
    """Lines against named sources, in all; and the group of lines that fares worst for want of money it may use."""
    paid = {k: amount for k in plan.leaves("plan") if (amount := plan.lines[k].amount) is not None}
    sources = _named_money(plan)
    if not paid:
        return
    whole = _gap(plan, "sources", "finding.funding_gap", list(paid), sources)
    if whole.lacking is None or whole.needed is None or whole.lacking <= 0:
        yield from ()
    else:
        yield whole
    share = max(whole.lacking or Fraction(0), Fraction(0)) / whole.needed if whole.needed else Fraction(0)
    tightest: Coverage | None = None
    for pays in dict.fromkeys(frozenset(s.pays) for s in sources.values()):
        group = [k for k in paid if k not in pays]
        reach = {k: s for k, s in sources.items() if set(s.pays) & set(group)}
        if not group or len(group) == len(paid):
            continue
        found = _gap(plan, "sources.restricted", "finding.restricted_gap", group, reach)
        if found.lacking is not None and found.needed and found.lacking / found.needed > share:
            share, tightest = found.lacking / found.needed, found
    if tightest is not None:
        yield tightest


def _gap(plan: Plan, key: str, code: str, lines: Sequence[str], sources: Mapping[str, FundSource]) -> Coverage:
    amounts = {k: amount for k in lines if (amount := plan.lines[k].amount) is not None}
    figures = [_cite(f"lines.{k}.amount", v) for k, v in amounts.items()]
    figures += [_cite(f"sources.{k}.amount", v.amount) for k, v in sources.items()]
    names = [(plan.lines[k].name, plan.lines[k].english) for k in lines]
    return Coverage(
        key=key,
        code=code,
        title="、".join(zh for zh, _ in names),
        english=", ".join(en for _, en in names),
        severity="serious",
        clauses=_clauses(*(f.clause for f in figures)),
        figures=tuple(figures),
        unit=MONEY,
        needed=sum((_money(v) for v in amounts.values()), Fraction(0)),
        covered=sum((_money(s.amount) for s in sources.values()), Fraction(0)),
        choices=("as_ruled",),
    )


def _milestones_in_time(plan: Plan) -> Iterator[Finding]:
    for key, milestone in plan.milestones.items():
        if milestone.year > plan.horizon.last:
            threshold = milestone.at_least or milestone.at_most
            yield HorizonGap(
                key=f"milestones.{key}",
                code="finding.milestone_too_late",
                **_named("word.milestone", milestone.name, milestone.english),
                severity="serious",
                clauses=_clauses(plan.horizon.clause, threshold.clause if threshold else None),
                figures=(_cite(f"milestones.{key}", threshold),) if threshold else (),
                unit="年",
                reaches=Fraction(milestone.year),
                limit=Fraction(plan.horizon.last),
            )


def _money_in_time(plan: Plan) -> Iterator[Finding]:
    """Where the plan's own money is printed for fewer years than the horizon holds."""
    dated = {k: s.amount for k, s in _named_money(plan).items() if s.amount.clause and s.amount.year is not None}
    years = [figure.year for figure in dated.values() if figure.year is not None]
    if years and max(years) < plan.horizon.last:
        yield HorizonGap(
            key="sources.years",
            code="finding.money_ends_early",
            title=label("word.money", "zh"),
            english=label("word.money", "en"),
            severity="warn",
            clauses=_clauses(plan.horizon.clause, *(f.clause for f in dated.values())),
            figures=tuple(_cite(f"sources.{k}.amount", v) for k, v in dated.items()),
            unit="年",
            reaches=Fraction(plan.horizon.last),
            limit=Fraction(max(years)),
            choices=("as_ruled",),
        )


LOOKS: tuple[Callable[[Plan], Iterator[Finding]], ...] = (
    _parts_and_totals,
    _funding_gap,
    _lines_without_amount,
    _lines_without_measure,
    _targets_without_means,
    _criteria_without_measure,
    _tasks_beyond_money,
    _tasks_beyond_capacity,
    _tasks_without_amount,
    _milestones_in_time,
    _money_in_time,
)
