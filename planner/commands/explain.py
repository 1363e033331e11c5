"""Commands that say why: a household, a village, a line of money."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.commands.options import HandedInOption, Lang, LangOption, RegisterOption, language, source_of
from planner.errors import UsageError

if TYPE_CHECKING:
    from planner.plan.model import Plan

explain_app = typer.Typer(add_completion=False, no_args_is_help=True, help="为什么 | why")


@explain_app.command("household")
def explain_household(
    number: Annotated[str, typer.Argument(help="户编号 | household number")],
    scenario: Annotated[str, typer.Option("--scenario", help="方案或情景 | plan or scenario")],
    year: Annotated[int | None, typer.Option("--year", help="年份 | year")] = None,
    handed_in: HandedInOption = None,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """一户为何达标或不达标 | why a household meets the standard or not."""
    from planner import study
    from planner.register.opening import row_of_household
    from planner.rules.explanation import explain_household as explain

    case = study.open_case(scenario)
    source = source_of(register_seed, handed_in)
    register = study.register_of(case, source)
    row = row_of_household(register, number, source)
    if row is None:
        raise UsageError("usage.no_household", number=number[:40], rows=register.households.rows)
    typer.echo(explain(case.plan, register, row, _year(case.plan, year), language(lang)).text())


@explain_app.command("village")
def explain_village(
    name: Annotated[str, typer.Argument(help="村名或行号 | village name or row")],
    scenario: Annotated[str, typer.Option("--scenario", help="方案或情景 | plan or scenario")],
    year: Annotated[int | None, typer.Option("--year", help="年份 | year")] = None,
    handed_in: HandedInOption = None,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """一村为何达标或不达标 | why a village meets the standard or not."""
    from planner import study
    from planner.rules.explanation import explain_village as explain

    case = study.open_case(scenario)
    register = study.register_of(case, source_of(register_seed, handed_in))
    names = register.villages["name"].tolist()
    row = int(name) if name.isdecimal() else (names.index(name) if name in names else -1)
    if row < 0:
        raise UsageError("usage.no_village", name=name)
    typer.echo(explain(case.plan, register, row, _year(case.plan, year), language(lang)).text())


@explain_app.command("line")
def explain_line(
    line: Annotated[str, typer.Argument(help="资金项编号 | line id")],
    results: Annotated[Path, typer.Option("--results", help="结果文件夹 | folder of results")],
    lang: LangOption = Lang.zh,
) -> None:
    """一项资金为何是这个数 | why a line gets this money."""
    from planner import study

    typer.echo(study.account_of(results, line, language(lang)))


def _year(plan: Plan, asked: int | None) -> int:
    if asked is not None and asked not in plan.horizon.years:
        raise UsageError("usage.year", year=asked, first=plan.horizon.first, last=plan.horizon.last)
    return plan.horizon.first if asked is None else asked
