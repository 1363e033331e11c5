"""Why a fund line gets its money (为什么是这个数): printed and proposed, what it buys, from which sources, in words."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.errors import UsageError
from planner.plan.model import Plan
from planner.quantities import print_wan
from planner.report.numbers import decimal
from planner.wording import Language, say


def line_account(
    tables: Mapping[str, pd.DataFrame], plans: Mapping[str, Plan], titles: Mapping[str, str], line: str, lang: Language
) -> str:
    """The account of one line over all scenarios, from their plans in force and the tables of money and lines.

    Raises: UsageError for a line that the plan does not have.
    """
    money, lines = tables["money"], tables["lines"]
    told = []
    for name, plan in plans.items():
        if line not in plan.leaves():
            raise UsageError("usage.no_line", name=line, known=", ".join(plan.leaves()))
        given = plan.lines[line]
        title = given.name if lang == "zh" else given.english
        told.append(say("line.head", {"line": title, "scenario": titles[name], "clause": given.clause}, lang))
        mine = lines[(lines["scenario"] == name) & (lines["line"] == line)]
        for _, row in mine.iterrows():
            values = {
                "year": row["year"],
                "proposed": print_wan(int(row["proposed_yuan"])),
                "printed": print_wan(int(row["printed_yuan"])),
            }
            told.append("  " + say("line.year", values, lang))
            spent = money[(money["scenario"] == name) & (money["line"] == line) & (money["year"] == row["year"])]
            for measure, part in spent.groupby("measure", sort=True):
                told.append(
                    "    " + _bought(plan, str(measure), int(part["yuan"].sum()), float(part["units"].sum()), lang)
                )
            paid = ", ".join(
                f"{plan.sources[str(s)].name if lang == 'zh' else plan.sources[str(s)].english} {print_wan(int(part['yuan'].sum()))}"
                for s, part in spent.groupby("source", sort=True)
            )
            if paid:
                told.append("    " + say("line.sources", {"sources": paid}, lang))
        if given.held:
            why = given.held if lang == "zh" else given.english_held or given.held
            told.append("  " + say("line.held", {"why": why}, lang))
    return "\n".join(told)


def _bought(plan: Plan, key: str, yuan: int, units: float, lang: Language) -> str:
    measure = plan.measures.get(key)
    if measure is None:
        return say("line.untied", {"yuan": print_wan(yuan)}, lang)
    name = measure.name if lang == "zh" else measure.english
    values = {
        "measure": name,
        "units": decimal(units, 1),
        "unit": measure.unit,
        "yuan": print_wan(yuan),
        "clause": measure.clause,
    }
    return say("line.bought", values, lang)
