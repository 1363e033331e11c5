"""Persons out and villages off the list, year by year, against the schedule: median, 50 % and 90 % bands, targets."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from planner.report.card import Card, Column, DataTable, Panel, side_by_side
from planner.report.factory import (
    TARGET,
    axis_of_numbers,
    axis_of_years,
    ceiling,
    drawing,
    faded,
)
from planner.report.numbers import interval, whole
from planner.report.rows import Record, records
from planner.report.view import View

PANEL_HEIGHT = 290


def persons_out(view: View) -> Card:
    """Persons of the first register who are out, per scenario and year, against the schedule."""
    return _against_schedule(view, "persons_out", "persons")


def villages_off(view: View) -> Card:
    """Listed villages off the list, per scenario and year, against the schedule."""
    return _against_schedule(view, "villages_off", "villages")


def _against_schedule(view: View, indicator: str, kind: str) -> Card:
    bands = view.rows("bands", indicator=indicator)
    due, unit = view.due(kind), view.say(f"unit.{kind}")
    heading = view.say(f"schedule.{kind}")
    if bands.empty:
        return Card(indicator, heading, unit=unit, empty=view.say("empty.bands"))
    top = ceiling([*due.values(), *bands["q95"].tolist()])
    panels = []
    for name in view.scenarios:
        rows = bands[bands["scenario"] == name].sort_values("year")
        label = _finding(view, name, rows, due, unit)
        if rows.empty:
            panels.append(Panel(label, None, empty=view.say("empty.bands")))
        else:
            panels.append(Panel(label, _fan(view, name, rows, due, _planned(view, name, kind), unit, top)))
    return Card(
        indicator,
        f"{heading}{view.say('colon')}{_overall(view, bands, due, unit)}",
        unit=unit,
        panels=tuple(panels),
        tables=(_table(view, bands, due, unit),),
        columns=side_by_side(len(panels)),
        wide=True,
        notes=(view.say("schedule.reading"), view.say(f"schedule.assumed_{kind}")),
        clauses=view.due_clauses(kind),
        legend=(
            ("line", view.say("schedule.median")),
            ("band50", view.say("schedule.band50")),
            ("band90", view.say("schedule.band90")),
            ("target", view.say("schedule.target")),
            ("dotted", view.say("schedule.planned")),
        ),
    )


def _median(bands: pd.DataFrame, scenario: str, year: int) -> float | None:
    found = bands[(bands["scenario"] == scenario) & (bands["year"] == year)]["q50"]
    return float(found.iloc[0]) if len(found) else None


def _overall(view: View, bands: pd.DataFrame, due: dict[int, float], unit: str) -> str:
    """The finding over all scenarios at the end of the schedule."""
    end = view.schedule_end
    found = [(view.scenario(n), m) for n in view.scenarios if (m := _median(bands, n, end)) is not None]
    if not found:
        return view.say("empty.bands")
    if len(found) > 3:
        ranked = sorted(found, key=lambda pair: pair[1])
        found = [ranked[-1], ranked[0]]
    parts = view.say("semicolon").join(f"{name} {whole(m)}" for name, m in found)
    return view.say("schedule.overall", year=end, parts=parts, target=whole(due[end]), unit=unit)


def _finding(view: View, scenario: str, rows: pd.DataFrame, due: dict[int, float], unit: str) -> str:
    end = view.schedule_end
    at_end = rows[rows["year"] == end]
    if at_end.empty:
        return view.scenario(scenario)
    row = at_end.iloc[0]
    return view.say(
        "schedule.finding",
        scenario=view.scenario(scenario),
        year=end,
        median=whole(row["q50"]),
        unit=unit,
        band=interval(whole(row["q05"]), whole(row["q95"])),
        target=whole(due[end]),
    )


def _planned(view: View, scenario: str, kind: str) -> dict[int, float]:
    """What the allocation itself expects, by year end (deterministic)."""
    name, column = ("planned", "persons") if kind == "persons" else ("planned_villages", "villages_off")
    rows = view.rows(name, scenario=scenario)
    return {int(str(y)): float(v) for y, v in rows.groupby("year")[column].sum().items()}


def _fan(
    view: View,
    scenario: str,
    rows: pd.DataFrame,
    due: dict[int, float],
    planned: dict[int, float],
    unit: str,
    top: float,
) -> go.Figure:
    colour = view.colour(scenario)
    traces = [
        *_band(rows, "q05", "q95", faded(colour, 0.18), view.say("schedule.band90")),
        *_band(rows, "q25", "q75", faded(colour, 0.38), view.say("schedule.band50")),
        go.Scatter(
            x=[str(y) for y in rows["year"]],
            y=rows["q50"].tolist(),
            mode="lines+markers",
            line={"color": colour, "width": 2.5},
            marker={"symbol": view.symbol(scenario), "size": 8},
            text=[_hover(view, r, unit) for r in records(rows)],
            hoverinfo="text",
            name=view.say("schedule.median"),
        ),
    ]
    if planned:
        dotted = {"color": colour, "width": 1.5, "dash": "dot"}
        traces.append(_dated(planned, view.say("schedule.planned"), view.say("colon"), mode="lines", line=dotted))
    dash = {"symbol": "line-ew", "size": 26, "line": {"width": 3, "color": TARGET}}
    traces.append(_dated(due, view.say("schedule.target"), view.say("colon"), mode="markers", marker=dash))
    return drawing(traces, PANEL_HEIGHT, xaxis=axis_of_years(view.years), yaxis=axis_of_numbers("", (0.0, top)))


def _band(rows: pd.DataFrame, low: str, high: str, fill: str, name: str) -> list[go.Scatter]:
    """An area between two quantiles: its lower edge, and its upper edge filled down to it."""
    x, edge = [str(y) for y in rows["year"]], {"width": 0, "color": fill[:7]}
    common = {"x": x, "mode": "lines", "line": edge, "hoverinfo": "skip"}
    return [
        go.Scatter(y=rows[low].tolist(), showlegend=False, **common),
        go.Scatter(y=rows[high].tolist(), fill="tonexty", fillcolor=fill, name=name, **common),
    ]


def _dated(values: dict[int, float], name: str, colon: str, **form: Any) -> go.Scatter:
    """A figure per year, said in words when pointed at."""
    return go.Scatter(
        x=[str(y) for y in values],
        y=list(values.values()),
        name=name,
        text=[f"{y} {name}{colon}{whole(v)}" for y, v in values.items()],
        hoverinfo="text",
        **form,
    )


def _hover(view: View, row: Record, unit: str) -> str:
    return view.say(
        "schedule.hover",
        year=row["year"],
        unit=unit,
        median=whole(row["q50"]),
        half=interval(whole(row["q25"]), whole(row["q75"])),
        most=interval(whole(row["q05"]), whole(row["q95"])),
    )


def _table(view: View, bands: pd.DataFrame, due: dict[int, float], unit: str) -> DataTable:
    heads = ("q05", "q25", "q50", "q75", "q95", "mean")
    columns = (
        Column(view.say("column.scenario")),
        Column(view.say("column.year")),
        Column(view.say("schedule.target"), True),
        *(Column(view.say(f"column.{h}"), True) for h in heads),
        Column(view.say("schedule.planned"), True),
    )
    kind = "persons" if unit == view.say("unit.persons") else "villages"
    rows = []
    for name in view.scenarios:
        planned = _planned(view, name, kind)
        for r in records(bands[bands["scenario"] == name].sort_values("year")):
            year = int(r["year"])
            rows.append(
                (
                    view.scenario(name),
                    str(year),
                    whole(due.get(year)),
                    *(whole(float(r[h])) for h in heads),
                    whole(planned.get(year)),
                )
            )
    return DataTable(columns, tuple(rows), view.say("unit.is", unit=unit))
