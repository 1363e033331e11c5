"""Commands about an allocation: divide the money, and check a proposal without the solver."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.commands.options import (
    Engine,
    HandedInOption,
    Lang,
    LangOption,
    OutOption,
    RegisterOption,
    command_line,
    language,
    quiet,
    source_of,
    tell_before,
    tell_register,
    write_tables,
)
from planner.errors import Fault
from planner.quantities import print_wan
from planner.wording import label, say

if TYPE_CHECKING:
    from planner.plan.model import Plan
    from planner.register.opening import RegisterSource


def allocate(
    scenario: Annotated[str, typer.Argument(help="情景文件，可用 + 连接 | scenario, several joined by +")],
    out: OutOption,
    write_mps: Annotated[Path | None, typer.Option("--write-mps", help="另存 MPS | also write MPS")] = None,
    write_lp: Annotated[Path | None, typer.Option("--write-lp", help="另存 LP | also write LP")] = None,
    solver: Annotated[Engine, typer.Option("--solver", help="求解器 | solver")] = Engine.highs,
    register: HandedInOption = None,
    register_seed: RegisterOption = 1,
    lang: LangOption = Lang.zh,
) -> None:
    """分配资金，得出安排建议 | divide the money: a proposal."""
    from planner import study, verification
    from planner.register.opening import planning_register
    from planner.storage import Folder

    cases = study.open_cases([scenario])
    source = source_of(register_seed, register)
    tell_before(cases, language(lang))
    tell_register(cases[0], source, language(lang))
    folder = Folder(out)
    try:
        made, _ = study.propose(cases, source, 1, solver.value, questions=False, progress=quiet)
        tables = study.tables_of(cases, made, (), planning_register(cases[0].plan, source), ())
        write_tables(folder, tables)
        verification.save_proposals(folder, {c.name: c.plan for c in cases}, made)
        _export(cases[0].plan, source, write_lp, write_mps)
        folder.close(study.manifest_of(command_line(), cases, source, None))
    except BaseException:
        folder.drop()
        raise
    proposal = made[0]
    own = {name for name, s in cases[0].plan.sources.items() if s.account == "plan"}
    for year in proposal.years:
        values = {
            "year": year,
            "yuan": print_wan(proposal.yuan(year, own)),
            "persons": f"{proposal.persons_out(year):,.0f}",
            "forward": proposal.put_forward(year),
            "villages": f"{proposal.villages_off(year):.0f}",
        }
        typer.echo(say("cli.allocated_year", values, language(lang)))
    typer.echo(say("cli.written", {"path": str(out)}, language(lang)))


def verify(
    directory: Annotated[Path, typer.Argument(help="结果文件夹 | folder of results")],
    register: HandedInOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """不用求解器，逐条复核安排建议 | re-check a proposal without the solver."""
    from planner import verification
    from planner.errors import ResultError

    broken = []
    for name, (certificate, faults) in verification.verify(directory, register).items():
        if certificate is None:
            typer.echo(say("cli.verify_nothing", {"name": name}, language(lang)))
        else:
            worst = certificate.worst.relative if certificate.worst else 0.0
            values = {"name": name, "rows": certificate.rows, "columns": certificate.columns, "worst": f"{worst:.1e}"}
            typer.echo(say("cli.verified" if certificate.holds else "cli.refused", values, language(lang)))
            for proof in certificate.proofs:
                said = {
                    "rank": label(f"rank.{proof.name}", language(lang)),
                    "value": f"{proof.objective:.6g}",
                    "gap": f"{proof.gap:.1e}",
                }
                typer.echo("  " + say("cli.proof", said, language(lang)))
            if certificate.exits is not None:
                exits = certificate.exits
                said = {"value": f"{exits.objective:.6g}", "bound": f"{exits.bound:.6g}"}
                typer.echo("  " + say("cli.exits", {**said, "claimed": f"{certificate.claimed:.1e}"}, language(lang)))
        broken += list(faults)
        if certificate is not None and not certificate.holds:
            broken += [_breach(directory, name, b.block, b.label, b.clause) for b in certificate.breaches[:5]]
    if broken:
        raise ResultError(broken)


def _export(plan: Plan, source: RegisterSource, lp: Path | None, mps: Path | None) -> None:
    if lp is None and mps is None:
        return
    from planner import verification
    from planner.allocation.pulp_view import write_lp, write_mps

    program, cost = verification.first_rank(plan, source)
    if lp is not None:
        write_lp(program, cost, lp)
    if mps is not None:
        write_mps(program, cost, mps)


def _breach(directory: Path, name: str, block: str, about: tuple[object, ...], clause: str) -> Fault:
    return Fault(str(directory), 0, f"{name}.{block}", "result.breach", {"about": str(about), "clause": clause})
