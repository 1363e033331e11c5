"""A task sheet to be read: what a township has to do in a year, or what falls to each township of the county."""

from __future__ import annotations

from typing import Any

import pandas as pd

from planner.plan.model import Plan
from planner.report.rows import Record, records
from planner.report.sheet import Block, Head, Kind, Row, Sheet
from planner.wording import Language, label, say

PERSONS, LISTED, FORWARD, UNTIED, OWN, COUNTY = "persons", "listed", "villages", "untied", "own", "county"
"""Items, and the place, of the table that are not names of the plan."""
FINE = 100
"""Unit: whole 元 to which a township's money is rounded: a hundredth of 万元, since single goods cost less than one."""


def township_sheet(
    table: pd.DataFrame, plan: Plan, scenario: str, township: str, year: int, lang: Language, *, synthetic: bool
) -> Sheet:
    """Every item of one township in one year, with its money, who leads it, and the clause."""
    mine = [row for row in records(table) if row["township"] == township and row["year"] == year]
    rows: tuple[Row, ...] = tuple(
        (
            _item(plan, str(row["item"]), lang),
            str(row["unit"]),
            _amount(row),
            int(row["households"]) or None,
            int(row["yuan"]) or None,
            str(row["villages"]).replace("; ", "、" if lang == "zh" else ", "),
            str(row["lead"]),
            str(row["clause"]),
        )
        for row in mine
    )
    heads = (
        _head("item", "text", lang),
        _head("unit", "text", lang),
        _head("amount", "units", lang),
        _head("households", "count", lang),
        Head(label("tasks.money", lang), "money", adds=True),
        *(_head(name, "text", lang) for name in ("villages", "lead", "clause")),
    )
    place = label("tasks.county", lang) if township == COUNTY else township
    title = say("tasks.title", {"township": place, "year": year, "scenario": scenario}, lang)
    said, warning = _notes(lang), _warning(plan, synthetic, lang)
    return Sheet(title, heads, (Block(rows),), label("tasks.total", lang), said, lang, warning, FINE)


def county_sheet(
    table: pd.DataFrame, plan: Plan, scenario: str, year: int, lang: Language, *, synthetic: bool
) -> Sheet:
    """One row per township: persons, list, villages put forward, money; the county's own money last."""
    mine = [row for row in records(table) if row["year"] == year]

    def of(township: str, item: str, column: str) -> int:
        return int(sum(r[column] for r in mine if r["township"] == township and item in ("", r["item"])))

    places = [*plan.townships, *([COUNTY] if any(row["township"] == COUNTY for row in mine) else [])]
    rows: tuple[Row, ...] = tuple(
        (
            label("tasks.county", lang) if place == COUNTY else place,
            of(place, PERSONS, "amount"),
            of(place, LISTED, "households"),
            of(place, LISTED, "amount"),
            of(place, FORWARD, "amount"),
            of(place, "", "yuan"),
        )
        for place in places
    )
    counts = ("out", "listed_households", "listed_persons", "forward")
    heads = (
        _head("township", "text", lang),
        *(Head(label(f"tasks.{name}", lang), "count", adds=True) for name in counts),
        Head(label("tasks.money", lang), "money", adds=True),
    )
    title = say("tasks.title_county", {"place": plan.head.place, "year": year, "scenario": scenario}, lang)
    return Sheet(
        title, heads, (Block(rows),), label("tasks.total", lang), _notes(lang), lang, _warning(plan, synthetic, lang)
    )


def _head(name: str, kind: Kind, lang: Language) -> Head:
    return Head(label(f"tasks.{name}", lang), kind)


def _amount(row: Record) -> float | None:
    amount: Any = row["amount"]
    return float(amount) or None


def _item(plan: Plan, item: str, lang: Language) -> str:
    """The words of an item: of ours, or of the plan."""
    head, _, rest = item.partition(":")
    if head == UNTIED:
        line = plan.lines[rest]
        return f"{label('tasks.untied', lang)}: {line.name if lang == 'zh' else line.english}"
    if head == PERSONS and rest:
        pathway = plan.pathways.get(rest)
        own = label("tasks.own", lang)
        name = own if pathway is None else pathway.name if lang == "zh" else pathway.english
        return f"　{name}" if lang == "zh" else f"  {name}"
    if head in (PERSONS, LISTED):
        return label(f"tasks.{head}", lang)
    if head == FORWARD:
        return label("tasks.put_forward", lang)
    measure = plan.measures[item]
    return measure.name if lang == "zh" else measure.english


def _notes(lang: Language) -> tuple[str, ...]:
    return say("tasks.note_persons", {}, lang), say("tasks.note_works", {}, lang)


def _warning(plan: Plan, synthetic: bool, lang: Language) -> str:
    return say("tasks.synthetic", {"what": plan.head.synthetic}, lang) if synthetic else ""
