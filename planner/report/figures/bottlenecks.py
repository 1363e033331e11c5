"""Which resource was the bottleneck, in which year: how much of it was used and how long works waited for it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.report.card import Card, Column, DataTable, Panel, side_by_side
from planner.report.factory import INK, axis_of_names, axis_of_years, drawing, height_of, wrapped
from planner.report.numbers import decimal, percent, whole
from planner.report.rows import Record, records
from planner.report.view import View

WAIT_SCALE = [[0.0, "#f3f6f9"], [0.5, "#f4cf87"], [1.0, "#e8864f"]]


def waiting(view: View) -> Card:
    """Mean months that works waited for each resource, by year; one panel per scenario, the same scale."""
    found = view.table("bottlenecks")
    heading, unit = view.say("bottlenecks.heading"), view.say("unit.months")
    if found.empty:
        return Card("bottlenecks", heading, unit=unit, empty=view.say("empty.bottlenecks"))
    longest = max(0.1, float(found["waited_months"].max()))
    weight = found["waited_months"] * found["works"]
    order = [str(x) for x in weight.groupby(found["resource"]).sum().sort_values(ascending=False, kind="stable").index]
    panels = tuple(
        Panel(_panel_finding(view, name, mine), _heat(view, mine, order, longest))
        for name in view.scenarios
        if len(mine := found[found["scenario"] == name])
    )
    row = max(records(found), key=_wait)
    finding = view.say(
        "bottlenecks.finding",
        scenario=view.scenario(str(row["scenario"])),
        year=int(row["year"]),
        resource=_name(view, str(row["resource"])),
        months=decimal(float(row["waited_months"]), 1),
        works=whole(float(row["works"])),
    )
    return Card(
        "bottlenecks",
        f"{heading}{view.say('colon')}{finding}",
        unit=unit,
        panels=panels,
        columns=side_by_side(len(panels)),
        wide=True,
        tables=(_table(view, found),),
        notes=(view.say("bottlenecks.reading"), view.say("bottlenecks.assumed")),
    )


def _name(view: View, resource: str) -> str:
    """A resource may be a measure, a source, a line, a township, or a word of its own."""
    for entries in (view.plan.measures, view.plan.sources, view.plan.lines):
        if resource in entries:
            return view.named(entries, resource)
    kind, _, of = resource.partition(":")
    if of:
        return view.say("colon").join((view.word("resource", kind), view.measure(of)))
    return view.word("resource", resource)


def _wait(row: Record) -> float:
    return float(row["waited_months"])


def _panel_finding(view: View, scenario: str, mine: pd.DataFrame) -> str:
    row = max(records(mine), key=_wait)
    return view.say(
        "bottlenecks.panel",
        scenario=view.scenario(scenario),
        resource=_name(view, str(row["resource"])),
        year=int(row["year"]),
        months=decimal(float(row["waited_months"]), 1),
    )


def _heat(view: View, mine: pd.DataFrame, order: list[str], longest: float) -> go.Figure:
    cells = {(r["resource"], int(r["year"])): round(_wait(r), 3) for r in records(mine)}
    shown = [k for k in order if any((k, y) in cells for y in view.years)]
    values = [[cells.get((k, y)) for y in view.years] for k in shown]
    labels = [wrapped(_name(view, k), view.label_width) for k in shown]
    trace = go.Heatmap(
        x=[str(y) for y in view.years],
        y=labels,
        z=values,
        zmin=0,
        zmax=longest,
        colorscale=WAIT_SCALE,
        showscale=False,
        xgap=2,
        ygap=2,
        hoverinfo="skip",
        texttemplate="%{text}",
        text=[["" if v is None else decimal(v, 1) for v in row] for row in values],
        textfont={"size": 12, "color": INK},
    )
    return drawing(
        [trace],
        height_of(labels, 34),
        xaxis=axis_of_years(view.years) | {"showgrid": False},
        yaxis=axis_of_names(labels, reverse=True),
    )


def _table(view: View, found: pd.DataFrame) -> DataTable:
    columns = (
        Column(view.say("column.scenario")),
        Column(view.say("column.year")),
        Column(view.say("column.resource")),
        Column(view.say("column.used"), True),
        Column(view.say("column.waited"), True),
        Column(view.say("column.works"), True),
    )
    rows = tuple(
        (
            view.scenario(r["scenario"]),
            str(r["year"]),
            _name(view, r["resource"]),
            percent(float(r["used"])),
            decimal(float(r["waited_months"]), 1),
            whole(float(r["works"])),
        )
        for r in records(found)
    )
    return DataTable(columns, rows, heading(view))


def heading(view: View) -> str:
    """The caption of the table of bottlenecks."""
    return view.say("bottlenecks.heading")
