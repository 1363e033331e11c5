"""The command about needs: what is lacking, where, at what cost, and who waits for it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.commands.options import HandedInOption, Lang, LangOption, PlanArgument, RegisterOption, language, source_of
from planner.errors import UsageError
from planner.wording import Language, say

if TYPE_CHECKING:
    from planner.plan.model import Plan
    from planner.register.model import Register
    from planner.report.sheet import Sheet
    from planner.rules.needs import Needs


class By(StrEnum):
    """How needs are summed."""

    county = "county"
    measure = "measure"
    township = "township"
    village = "village"


def needs(
    plan: PlanArgument,
    by: Annotated[
        By,
        typer.Option(
            "--by",
            help="全市县对照任务、各类村、各乡镇、贫困村排序 | the county beside the tasks, kinds of village, townships, villages",
        ),
    ] = By.county,
    year: Annotated[int | None, typer.Option("--year", help="按哪一年的标准 | by the standard of which year")] = None,
    village: Annotated[
        str | None, typer.Option("--village", help="只看一个村（村名或行号） | one village, by name or row")
    ] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="另存 CSV，金额为元 | also as CSV, money in 元")] = None,
    handed_in: HandedInOption = None,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """缺什么、在哪里、要多少钱、谁在等 | needs: what is lacking, where, its cost, who waits."""
    from planner import study
    from planner.report.sheet import as_csv, as_text
    from planner.rules.needs import needs as needs_of

    case = study.open_case(plan)
    asked = _year(case.plan, year)
    register = study.register_of(case, source_of(register_seed, handed_in))
    row = None if village is None else _row(register, village)
    sheet = _sheet(needs_of(case.plan, register, asked), by, row, language(lang))
    typer.echo(as_text(sheet))
    if csv is not None:
        # The mark at the beginning lets a spreadsheet read Chinese as such.
        csv.write_text(as_csv(sheet), encoding="utf-8-sig", newline="\n")
        typer.echo(say("needs.written", {"path": str(csv)}, language(lang)))


def _sheet(found: Needs, by: By, row: int | None, lang: Language) -> Sheet:
    from planner.report import needs_view

    if row is not None:
        return needs_view.one_village_sheet(found, row, lang)
    views = {
        By.county: needs_view.county_sheet,
        By.measure: needs_view.measure_sheet,
        By.township: needs_view.township_sheet,
        By.village: needs_view.village_sheet,
    }
    return views[by](found, lang)


def _year(plan: Plan, asked: int | None) -> int:
    if asked is not None and asked not in plan.horizon.years:
        raise UsageError("usage.year", year=asked, first=plan.horizon.first, last=plan.horizon.last)
    return plan.horizon.first if asked is None else asked


def _row(register: Register, village: str) -> int:
    """The row of a village that was named, or whose row was given."""
    names = register.villages["name"].tolist()
    if village in names:
        return int(names.index(village))
    if village.isdecimal() and int(village) < len(names):
        return int(village)
    raise UsageError("usage.no_village", name=village)
