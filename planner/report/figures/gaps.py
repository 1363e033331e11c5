"""Money that is arranged, money whose source is named, and money whose source is not (资金缺口)."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.report.card import Card, Column, DataTable, Panel, side_by_side
from planner.report.factory import axis_of_names, axis_of_numbers, ceiling, drawing, height_of, wrapped
from planner.report.numbers import wan_text
from planner.report.rows import by_key, records
from planner.report.view import View, clauses_of

NAMED, UNNAMED = "#1f4e79", "#e0a030"


def resource_gaps(view: View) -> Card:
    """Per line in the first year: with a named source, and without one; the table holds every year."""
    everything = view.leaf_lines(view.table("gaps"))
    heading = view.say("gaps.heading")
    unit = view.say("unit.wan")
    if everything.empty:
        return Card("gaps", heading, unit=unit, empty=view.say("empty.gaps"))
    year = int(everything["year"].min())
    found = everything[everything["year"] == year]
    order = [str(x) for x in found["line"].drop_duplicates()]
    top = ceiling((found["arranged_yuan"] / 10_000).tolist())
    panels = tuple(
        _panel(view, name, year, mine, order, top)
        for name in view.scenarios
        if len(mine := found[found["scenario"] == name])
    )
    by_name = found.groupby("scenario", sort=False)["unnamed_yuan"].sum()
    if int(by_name.max()) == 0:
        finding = view.say("gaps.none", year=year)
    else:
        name = str(by_name.idxmax())
        arranged = int(found[found["scenario"] == name]["arranged_yuan"].sum())
        finding = view.say(
            "gaps.finding",
            scenario=view.scenario(name),
            year=year,
            unnamed=wan_text(int(by_name.max())),
            arranged=wan_text(arranged),
            share=f"{100 * int(by_name.max()) / max(1, arranged):.0f} %",
        )
    return Card(
        "gaps",
        f"{heading}{view.say('colon')}{finding}",
        unit=unit,
        panels=panels,
        columns=side_by_side(len(panels)),
        wide=True,
        tables=(_table(view, everything),),
        notes=(view.say("gaps.reading"), view.say("gaps.assumed")),
        clauses=clauses_of(view.plan.lines[k].clause for k in order if k in view.plan.lines),
        legend=(("named", view.say("gaps.named")), ("unnamed", view.say("gaps.unnamed"))),
    )


def _panel(view: View, scenario: str, year: int, mine: pd.DataFrame, order: list[str], top: float) -> Panel:
    if int(mine["arranged_yuan"].sum()) == 0:
        words = view.say("money.none", scenario=view.scenario(scenario), year=view.say("year", year=year))
        return Panel(words, None, empty=words)
    return Panel(_finding(view, scenario, year, mine), _bars(view, mine, order, top))


def _finding(view: View, scenario: str, year: int, mine: pd.DataFrame) -> str:
    return view.say(
        "gaps.panel",
        scenario=view.scenario(scenario),
        year=year,
        named=wan_text(int(mine["named_yuan"].sum())),
        unnamed=wan_text(int(mine["unnamed_yuan"].sum())),
    )


def _bars(view: View, mine: pd.DataFrame, order: list[str], top: float) -> go.Figure:
    labels = {key: wrapped(view.line(key), view.label_width) for key in order}
    rows = by_key(mine, "line")
    shown = [k for k in order if k in rows]
    traces = [
        go.Bar(
            x=[int(rows[k][column]) / 10_000 for k in shown],
            y=[labels[k] for k in shown],
            orientation="h",
            name=view.say(f"gaps.{part}"),
            marker={"color": colour},
            hoverinfo="text",
            textposition="none",
            text=[
                f"{wrapped(view.line(k), 40)}<br>{view.say(f'gaps.{part}')}{view.say('colon')}"
                f"{wan_text(int(rows[k][column]))}"
                for k in shown
            ],
        )
        for column, part, colour in (("named_yuan", "named", NAMED), ("unnamed_yuan", "unnamed", UNNAMED))
    ]
    return drawing(
        traces,
        height_of([labels[k] for k in order]),
        barmode="stack",
        bargap=0.3,
        xaxis=axis_of_numbers("", (0.0, top)) | {"nticks": 5},
        yaxis=axis_of_names([labels[k] for k in order], reverse=True),
    )


def _table(view: View, found: pd.DataFrame) -> DataTable:
    columns = (
        Column(view.say("column.scenario")),
        Column(view.say("column.year")),
        Column(view.say("column.line")),
        Column(view.say("gaps.arranged"), True),
        Column(view.say("gaps.named"), True),
        Column(view.say("gaps.unnamed"), True),
    )
    parts = ("arranged_yuan", "named_yuan", "unnamed_yuan")
    rows: list[tuple[str, ...]] = []
    for (name, year), mine in found.groupby(["scenario", "year"], sort=False):
        rows.extend(
            (view.scenario(str(name)), str(year), view.line(r["line"]), *(wan_text(int(r[p])) for p in parts))
            for r in records(mine)
        )
        rows.append(
            (view.scenario(str(name)), str(year), view.say("total"), *(wan_text(int(mine[p].sum())) for p in parts))
        )
    return DataTable(columns, tuple(rows), view.say("unit.is", unit=view.say("unit.wan")))
