"""What the money buys: units and unit cost of every measure, beside those the plan prints."""

from __future__ import annotations

from planner.report.card import Card, Column, DataTable, Panel
from planner.report.numbers import decimal, wan_text
from planner.report.rows import records
from planner.report.view import View


def units_bought(view: View) -> Card:
    """Units and unit cost of every measure in the first year, beside those the plan prints."""
    year = view.plan.horizon.first
    found = view.rows("measures", year=year)
    heading = view.say("measures.heading", year=year)
    if found.empty:
        return Card("measures", heading, empty=view.say("empty.measures"))
    columns = tuple(
        Column(view.say(f"column.{key}"), number)
        for key, number in (
            ("line", False),
            ("measure", False),
            ("unit", False),
            ("units", True),
            ("printed_units", True),
            ("wan", True),
            ("unit_cost", True),
            ("printed_unit_cost", True),
            ("clause", False),
        )
    )
    panels = []
    for name in view.scenarios:
        mine = records(found[found["scenario"] == name])
        rows = tuple(
            (
                view.line(r["line"]),
                view.measure(r["measure"]),
                str(r["unit"]),
                decimal(r["units"], 1),
                decimal(r["printed_units"], 1),
                wan_text(int(r["yuan"])),
                decimal(r["unit_cost_yuan"], 0),
                decimal(r["printed_unit_cost_yuan"], 0),
                str(r["clause"]),
            )
            for r in mine
        )
        idle = [view.measure(r["measure"]) for r in mine if r["units"] == 0]
        label = view.say("measures.finding", scenario=view.scenario(name), count=len(mine) - len(idle), of=len(mine))
        if idle:
            label += view.say("measures.idle", names=view.say("comma").join(idle[:6]) + ("…" if len(idle) > 6 else ""))
        panels.append(Panel(label, None, choice=(name,), table=DataTable(columns, rows, label)))
    return Card(
        "measures",
        heading,
        unit=view.say("measures.unit"),
        panels=tuple(panels),
        open_table=True,
        wide=True,
        selectors=(view.selector(set(found[found["units"] > 0]["scenario"])),),
        notes=(view.say("measures.reading"),),
    )
