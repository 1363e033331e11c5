"""A register as sheets to be read: what it should agree with, its townships, and what is assumed; and a survey's counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from planner.plan.figures import Figure, Series
from planner.plan.model import Plan
from planner.register.report import Row, TownshipRow
from planner.register.report_words import FORM, GROUPS, NOTES, Pair
from planner.report.numbers import decimal, missing, whole
from planner.report.sheet import Block, Head, Sheet
from planner.survey import Survey
from planner.terms import Outcome
from planner.wording import Language

SHARE = "比例"
"""The unit whose figures are shown in per cent."""
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
NARROW = 0.005


def target_sheet(rows: Sequence[Row], title: str, lang: Language) -> Sheet:
    """Each target with what the register comes to, group by group."""
    blocks = []
    for group, words in GROUPS.items():
        mine = [row for row in rows if row.group == group]
        if mine:
            head = (_in(words, lang), *[""] * 8)
            blocks.append(Block((head, *(_target_line(row, lang) for row in mine))))
    names = ("what", "unit", "target", "found", "misfit", "percent", "errors", "kind", "origin")
    return Sheet(
        title, _heads(names, lang), _aligned(blocks, range(2, 7)), "", tuple(_in(n, lang) for n in NOTES), lang
    )


def township_sheet(rows: Sequence[TownshipRow], plan: Plan, lang: Language) -> Sheet:
    """Every township at a glance."""
    names = ("township", "households", "persons", "villages", "poor_villages", "incidence", "income")
    heads = list(_heads(names, lang))
    criteria = {k: c for k, c in plan.household_criteria.items() if rows and k in rows[0].without}
    heads += [Head(mark, "text") for mark, _ in zip(CIRCLED, criteria, strict=False)]
    lines = [
        (
            row.township,
            whole(row.households),
            whole(row.persons),
            whole(row.villages),
            whole(row.poor_villages),
            decimal(row.incidence, 1),
            whole(row.income),
            *(decimal(row.without[k], 1) for k in criteria),
        )
        for row in rows
    ]
    legend = "  ".join(
        f"{mark} {c.name if lang == 'zh' else c.english}" for mark, c in zip(CIRCLED, criteria.values(), strict=False)
    )
    blocks = _aligned([Block(tuple(lines))], range(1, len(heads)))
    return Sheet(_in(FORM["townships"], lang), tuple(heads), blocks, "", (_in(FORM["open"], lang) + legend,), lang)


def assumed_sheet(entries: Mapping[str, Figure | Series], lang: Language) -> Sheet:
    """What is assumed without a target that could be measured."""
    lines = []
    for name, figure in entries.items():
        value = figure.value if isinstance(figure, Figure) else figure.at(0)
        lines.append((f"synthesis.{name}", decimal(value, 4), _unit(figure.unit, lang), _range(figure), figure.origin))
    heads = _heads(("entry", "value", "unit", "range", "origin"), lang)
    return Sheet(_in(FORM["assumed_only"], lang), heads, (Block(tuple(lines)),), "", (), lang)


def survey_sheet(found: Survey, plan: Plan, lang: Language) -> Sheet:
    """The counts of a survey: each criterion and pathway by group and outcome."""
    named: dict[tuple[str, str], Pair] = {("household", "all"): FORM["all"], ("village", "all"): FORM["all"]}
    named |= {("household", k): (c.name, c.english) for k, c in plan.household_criteria.items()}
    named |= {("village", k): (c.name, c.english) for k, c in plan.village_criteria.items()}
    named |= {("pathway", k): (p.name, p.english) for k, p in plan.pathways.items()}
    lines: dict[tuple[str, str, str], dict[Outcome, tuple[int, int]]] = {}
    for count in found.counts:
        lines.setdefault((count.group, count.level, count.rule), {})[count.outcome] = (count.units, count.persons)
    blocks = []
    for group, level in dict.fromkeys((g, lv) for g, lv, _ in lines):
        head = (f"{_in(FORM[group], lang)} · {_in(FORM[level], lang)}", *[""] * 5)
        body = [
            (
                _in(named[level, rule], lang),
                *(whole(by.get(o, (0, 0))[0]) for o in (Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN)),
                whole(by.get(Outcome.NOT_IN_FORCE, (0, 0))[0]),
                whole(by.get(Outcome.NOT_MET, (0, 0))[1]),
            )
            for (g, lv, rule), by in lines.items()
            if (g, lv) == (group, level)
        ]
        blocks.append(Block((head, *body)))
    heads = _heads(("rule", "met", "not_met", "unknown", "not_in_force", "persons_not_met"), lang)
    return Sheet(_in(FORM["survey"], lang), heads, _aligned(blocks, range(1, 6)), "", (), lang)


def as_json(
    rows: Sequence[Row], towns: Sequence[TownshipRow], entries: Mapping[str, Figure | Series]
) -> dict[str, Any]:
    """All of it as plain data, in both languages."""
    return {
        "targets": [
            {
                "group": row.group,
                "path": row.path,
                "name": row.name[0],
                "english": row.name[1],
                "kind": row.kind,
                "unit": row.unit,
                "target": row.target,
                "achieved": _plain(row.found.value),
                "misfit": _plain(row.misfit),
                "misfit_percent": _plain(row.percent),
                "standard_errors": _plain(row.errors),
                "base": row.found.base,
                "unknown": row.found.unknown,
                "origin": row.origin.origin,
                "range": row.origin.range,
            }
            for row in rows
        ],
        "townships": [{**vars(town), "income": _plain(town.income)} for town in towns],
        "assumed": [
            {"path": f"synthesis.{name}", "value": getattr(figure, "value", None), "unit": figure.unit}
            | {"origin": figure.origin, "range": figure.range}
            for name, figure in entries.items()
        ],
        "notes": [{"zh": zh, "en": en} for zh, en in NOTES],
    }


def _target_line(row: Row, lang: Language) -> tuple[str, ...]:
    share = row.unit == SHARE and not row.path.startswith("synthesis.tie_")
    scale, places = (100.0, 2) if share else (1.0, 0 if row.kind == "exact" and row.target >= 100 else 3)
    errors = "" if missing(row.errors) or row.kind == "exact" else _near(row.errors, 1)
    return (
        "  " + _in(row.name, lang),
        "%" if share else _unit(row.unit, lang),
        decimal(row.target * scale, places),
        decimal(row.found.value * scale, places),
        _near(row.misfit * scale, places),
        "" if missing(row.percent) else _near(row.percent, 1),
        errors,
        _in(FORM[row.kind], lang),
        _short_origin(row, scale, lang),
    )


def _near(value: float, places: int) -> str:
    """A difference; one that is rounded away has no sign."""
    text = decimal(value, places)
    return "0" if text == "-0" else text


def _short_origin(row: Row, scale: float, lang: Language) -> str:
    origin = row.origin
    if origin.clause is not None:
        words = f"{_in(FORM['clause'], lang)} {origin.clause}"
    else:
        words = f"{_in(FORM['source' if origin.source is not None else 'assumption'], lang)} {_range(origin, scale)}".rstrip()
    if origin.range is not None and not missing(row.found.value):
        low, high = origin.range
        slack = NARROW * max(abs(low), abs(high))
        if row.kind != "exact" and not low - slack <= row.found.value <= high + slack and row.group != "size":
            words += f" ({_in(FORM['outside'], lang)})"
    return words


def _range(origin: Any, scale: float = 1.0) -> str:
    return "" if origin.range is None else "[" + ", ".join(decimal(end * scale, 3) for end in origin.range) + "]"


def _heads(names: Iterable[str], lang: Language) -> tuple[Head, ...]:
    return tuple(Head(_in(FORM[name], lang), "text") for name in names)


def _aligned(blocks: Sequence[Block], columns: Iterable[int]) -> tuple[Block, ...]:
    """Numbers that are words already, flush to the right within their column."""
    widths = {i: max((len(str(row[i])) for b in blocks for row in b.rows), default=0) for i in columns}
    return tuple(
        Block(tuple(tuple(str(v).rjust(widths[i]) if i in widths else v for i, v in enumerate(r)) for r in b.rows))
        for b in blocks
    )


def _unit(unit: str, lang: Language) -> str:
    if lang == "zh":
        return "" if unit == SHARE else unit
    return "/".join(UNITS.get(part, part) for part in unit.split("/")) if unit != SHARE else ""


UNITS = {
    "人": "persons",
    "户": "households",
    "村": "villages",
    "公里": "km",
    "台区": "areas",
    "平方米": "m²",
    "亩": "mu",
    "倍": "times",
    "年": "year",
    "个": "",
    "处": "places",
}


def _plain(value: float) -> float | None:
    return None if missing(value) else value


def _in(pair: Pair, lang: Language) -> str:
    return pair[0 if lang == "zh" else 1]
