"""Money by fund line (资金项) in the first year: what is printed, and what each scenario proposes."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from planner.report.card import Card, Column, DataTable, Panel, side_by_side
from planner.report.factory import TARGET, axis_of_names, axis_of_numbers, ceiling, drawing, height_of, wrapped
from planner.report.numbers import NOTHING, signed_wan, wan_text
from planner.report.rows import Record, by_key, records
from planner.report.view import View, clauses_of


def by_line(view: View) -> Card:
    """Money of each line in the first year, one panel per scenario, the same axis; every year in the table."""
    year = view.plan.horizon.first
    everything = view.leaf_lines(view.table("lines"))
    found = everything[everything["year"] == year]
    heading = view.say("lines.heading", year=year)
    if found.empty:
        return Card("lines", heading, unit=view.say("unit.wan"), empty=view.say("empty.lines"))
    order = [str(x) for x in found["line"].drop_duplicates()]
    top = ceiling([*(found["printed_yuan"] / 10_000), *(found["proposed_yuan"] / 10_000)])
    panels = tuple(
        Panel(_finding(view, name, mine), _bars(view, name, mine, order, top))
        for name in view.scenarios
        if (mine := records(found[found["scenario"] == name]))
    )
    return Card(
        "lines",
        f"{heading}{view.say('colon')}{_largest_shift(view, found)}",
        unit=view.say("unit.wan"),
        panels=panels,
        tables=(_heads_table(view, found), _years_table(view, everything)),
        columns=side_by_side(len(panels)),
        wide=True,
        notes=(view.say("lines.reading"), view.say("lines.assumed", year=year)),
        clauses=clauses_of(str(x) for x in found["clause"]),
        legend=(("bar", view.say("lines.proposed")), ("target", view.say("lines.printed"))),
    )


def _printed(view: View, row: Record) -> int | None:
    """The amount printed in the document, in yuan; None where the amount of the line is not printed but assumed."""
    line = view.plan.lines.get(str(row["line"]))
    if line is not None and (line.amount is None or line.amount.clause is None):
        return None
    return int(row["printed_yuan"])


def _largest_shift(view: View, found: pd.DataFrame) -> str:
    """Which line of which scenario departs most from its printed amount; one without any money is left out."""
    rows = [(r, printed) for r in records(found) if (printed := _printed(view, r)) is not None]
    funded = {r["scenario"] for r, _ in rows if r["proposed_yuan"] > 0}
    moved = [(r, printed) for r, printed in rows if r["scenario"] in funded and r["proposed_yuan"] != printed]
    if not moved:
        return view.say("lines.as_printed")
    row, printed = max(moved, key=lambda pair: abs(int(pair[0]["proposed_yuan"]) - pair[1]))
    return view.say(
        "lines.shift",
        scenario=view.scenario(str(row["scenario"])),
        line=view.line(str(row["line"])),
        change=signed_wan(int(row["proposed_yuan"]) - printed),
        printed=wan_text(printed),
        proposed=wan_text(int(row["proposed_yuan"])),
    )


def _finding(view: View, scenario: str, mine: list[Record]) -> str:
    within = [r for r in mine if r["account"] == "plan"]
    return view.say(
        "lines.finding",
        scenario=view.scenario(scenario),
        total=wan_text(sum(int(r["proposed_yuan"]) for r in within)),
        printed=wan_text(sum(_printed(view, r) or 0 for r in within)),
        side=wan_text(sum(int(r["proposed_yuan"]) for r in mine if r["account"] != "plan")),
    )


def _bars(view: View, scenario: str, mine: list[Record], order: list[str], top: float) -> go.Figure:
    labels = {key: wrapped(view.line(key), view.label_width) for key in order}
    amounts = {str(r["line"]): (int(r["proposed_yuan"]), _printed(view, r)) for r in mine}
    colon = view.say("colon")
    printed = {key: yuan for key, (_, yuan) in amounts.items() if yuan is not None}
    traces = [
        go.Bar(
            x=[proposed / 10_000 for proposed, _ in amounts.values()],
            y=[labels[key] for key in amounts],
            orientation="h",
            text=[
                f"{wrapped(view.line(key), 40)}<br>{view.say('lines.proposed')}{colon}{wan_text(proposed)}"
                f"<br>{view.say('lines.printed')}{colon}{wan_text(yuan)}"
                for key, (proposed, yuan) in amounts.items()
            ],
            hoverinfo="text",
            textposition="none",
            marker={"color": view.colour(scenario)},
            name=view.say("lines.proposed"),
        ),
        go.Scatter(
            x=[yuan / 10_000 for yuan in printed.values()],
            y=[labels[key] for key in printed],
            mode="markers",
            marker={"symbol": "line-ns", "size": 17, "line": {"width": 3, "color": TARGET}},
            hoverinfo="skip",
            name=view.say("lines.printed"),
        ),
    ]
    return drawing(
        traces,
        height_of([labels[k] for k in order]),
        bargap=0.32,
        xaxis=axis_of_numbers("", (0.0, top)) | {"nticks": 5},
        yaxis=axis_of_names([labels[k] for k in order], reverse=True),
    )


def _columns(view: View, *first: str) -> tuple[Column, ...]:
    return (
        *(Column(view.say(f"column.{key}")) for key in first),
        Column(view.say("lines.printed"), True),
        *(Column(c, True) for n in view.scenarios for c in (view.scenario(n), view.say("column.change"))),
    )


def _cells(view: View, printed: int | None, proposed: dict[str, int]) -> tuple[str, ...]:
    """Printed, then each scenario with its difference."""
    cells = [wan_text(printed)]
    for name in view.scenarios:
        yuan = proposed.get(name)
        cells.append(wan_text(yuan))
        cells.append(NOTHING if yuan is None or printed is None else signed_wan(yuan - printed))
    return tuple(cells)


def _heads_table(view: View, found: pd.DataFrame) -> DataTable:
    """The first year by the lines that the plan's whole is made of, their parts added up."""
    printed: dict[str, int | None] = {}
    proposed: dict[str, dict[str, int]] = {}
    for line, first in by_key(found, "line").items():
        head = view.head_line(line)
        part = _printed(view, first)
        printed[head] = part if printed.get(head) is None else (printed[head] or 0) + (part or 0)
    for r in records(found):
        mine = proposed.setdefault(view.head_line(str(r["line"])), {})
        mine[str(r["scenario"])] = mine.get(str(r["scenario"]), 0) + int(r["proposed_yuan"])
    rows = [(view.line(head), *_cells(view, printed[head], proposed[head])) for head in printed]
    rows.append(_total(view, found, (view.say("lines.total"),)))
    return DataTable(_columns(view, "line"), tuple(rows), view.say("lines.heads", year=view.plan.horizon.first))


def _total(view: View, found: pd.DataFrame, first: tuple[str, ...]) -> tuple[str, ...]:
    """The sum within the plan's account."""
    mine = found[found["account"] == "plan"]
    printed = sum(_printed(view, r) or 0 for r in by_key(mine, "line").values())
    proposed = {str(name): int(rows["proposed_yuan"].sum()) for name, rows in mine.groupby("scenario", sort=False)}
    return (*first, *_cells(view, printed, proposed))


def _years_table(view: View, found: pd.DataFrame) -> DataTable:
    """Every year, every line: printed, then each scenario and its difference."""
    columns = (*_columns(view, "year", "line", "account"), Column(view.say("column.clause")))
    rows: list[tuple[str, ...]] = []
    for year, in_year in found.groupby("year", sort=True):
        for line, mine in in_year.groupby("line", sort=False):
            each = records(mine)
            proposed = {str(r["scenario"]): int(r["proposed_yuan"]) for r in each}
            account = view.word("account", str(each[0]["account"]))
            cells = _cells(view, _printed(view, each[0]), proposed)
            rows.append((str(year), view.line(str(line)), account, *cells, str(each[0]["clause"])))
        rows.append((*_total(view, in_year, (str(year), view.say("lines.total"), view.word("account", "plan"))), ""))
    return DataTable(columns, tuple(rows), view.say("unit.is", unit=view.say("unit.wan")))
