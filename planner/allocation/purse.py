"""The money of a rounded proposal while it is being made: what lines may spend, what sources have, what is paid for.

A line that is fixed to the yuan begins full: all of it stands without a task. Whatever is bought on it takes the place of
such money, so that the line comes to the same sum however its works are rounded.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from planner.allocation.constraints_money import printed_line, source_limits
from planner.allocation.formulation import Draft, leaf_lines, pools
from planner.allocation.funding import Account, Funding
from planner.quantities import share_out

Floats = NDArray[np.float64]
YUAN = 10_000
"""Whole yuan in the program's unit of money."""
ANYWHERE = ""
"""The area of money that stands without a task: it may be of either."""
NOISE = 1e-3
"""Part of a yuan by which a program of floats may be off."""


def whole_yuan(wan: Floats) -> NDArray[np.int64]:
    """万元 as whole yuan, halves up."""
    found: NDArray[np.int64] = np.floor(wan * YUAN + 0.5).astype(np.int64)
    return found


def line_of(d: Draft, payee: str) -> str:
    """The fund line of a payee."""
    return payee.removeprefix("line:") if payee.startswith("line:") else d.problem.plan.measures[payee].line


class Purse:
    """Lines and sources under the whole amounts bought so far."""

    def __init__(self, d: Draft, values: Floats) -> None:
        self._d = d
        plan = d.problem.plan
        self._meant = _meant(d, values)
        """What the program pays each account by source. Unit: 万元."""
        limits = {s: source_limits(d, s) for members in pools(plan).values() for s in members}
        # Parts of a yuan are rounded up: a scaled amount need not be whole.
        self._grants = {s: np.ceil(np.round(limit * YUAN, 3)).astype(np.int64).tolist() for s, limit in limits.items()}
        self._carried = plan.rulings["carry_over"].choice == "allowed"
        self._funding = self._empty()
        self._spent: Counter[tuple[str, int]] = Counter()
        self._least: dict[tuple[str, int], int] = {}
        self._most: dict[tuple[str, int], int] = {}
        for line in leaf_lines(d.problem):
            self._bound(line)

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Every account, in the order of the plan's measures and lines, then by area and year."""
        return tuple(self._meant)

    def meant(self, account: Account) -> dict[str, float]:
        """What the program pays an account by source. Unit: 万元."""
        return self._meant[account]

    def _empty(self) -> Funding:
        return Funding(self._grants, self._carried, {account: list(by) for account, by in self._meant.items()})

    def _bound(self, line: str) -> None:
        """What a line may spend by year, and the money without a task that it begins with."""
        plan, regime = self._d.problem.plan, self._d.problem.plan.regime
        printed = printed_line(self._d, line)
        for y in range(self._d.years):
            amount = int(whole_yuan(printed[y : y + 1])[0])
            free = (f"line:{line}", ANYWHERE, y)
            start = self._meant_yuan(free)
            self._least[line, y] = start
            if plan.lines[line].account != "side" and regime.kind != "none":
                if plan.lines[line].held is not None or (regime.kind == "as_written" and y == 0):
                    self._least[line, y] = self._most[line, y] = start = amount
                elif regime.kind == "as_written":
                    self._most[line, y] = amount
                elif regime.kind == "lines_within":
                    room = regime.within * printed[y] * YUAN
                    self._most[line, y] = int(np.floor(amount + room + NOISE))
                    if y == 0:
                        low = int(np.ceil(amount - room - NOISE))
                        start = min(max(low, self._line_meant(line, y)), self._most[line, y])
                        self._least[line, y] = max(low, self._least[line, y])
            self._funding.pay_up_to(free, start)

    def _meant_yuan(self, account: Account) -> int:
        return int(np.floor(sum(self._meant.get(account, {}).values()) * YUAN + 0.5))

    def _line_meant(self, line: str, y: int) -> int:
        """What the program gives a line in a year."""
        mine = [by for (payee, _, when), by in self._meant.items() if when == y and line_of(self._d, payee) == line]
        return int(np.floor(sum(sum(by.values()) for by in mine) * YUAN + 0.5))

    def pay_up_to(self, payee: str, area: str, y: int, yuan: int) -> int:
        """Pay as much of this as line and sources allow; gives how much it was."""
        line = line_of(self._d, payee)
        free = (f"line:{line}", ANYWHERE, y)
        freed = min(self._funding.paid(free), yuan)
        self._funding.refund(free, freed)
        most = self._most.get((line, y))
        if most is not None:
            yuan = max(0, min(yuan, most - self._spent[line, y] - self._funding.paid(free)))
        paid = self._funding.pay_up_to((payee, area, y), yuan)
        self._spent[line, y] += paid
        self._funding.pay_up_to(free, max(0, freed - paid))
        return paid

    def pay(self, payee: str, area: str, y: int, yuan: int) -> bool:
        """Pay all of this, or nothing where not all of it can be paid."""
        paid = self.pay_up_to(payee, area, y, yuan)
        if paid < yuan:
            self.refund(payee, area, y, paid)
        return paid == yuan

    def refund(self, payee: str, area: str, y: int, yuan: int) -> None:
        """Take back what was paid; a line that needs it keeps it as money without a task."""
        line = line_of(self._d, payee)
        free = (f"line:{line}", ANYWHERE, y)
        self._funding.refund((payee, area, y), yuan)
        self._spent[line, y] -= yuan
        missing = self._least[line, y] - self._spent[line, y] - self._funding.paid(free)
        self._funding.pay_up_to(free, max(0, min(yuan, missing)))

    def settle(self) -> dict[Account, dict[str, int]]:
        """Who pays what in the end, as near to the program's own mixture as whole yuan and what is left allow.

        Money without a task goes back where neither the program nor the line asks for it.
        """
        for (line, y), least in self._least.items():
            free = (f"line:{line}", ANYWHERE, y)
            held = self._funding.paid(free)
            keep = max(self._meant_yuan(free), least - self._spent[line, y], 0)
            self._funding.refund(free, max(0, held - keep))
        final = self._empty()
        accounts = sorted(self._meant, key=lambda account: account[2])
        for account in accounts:
            by_source = self._meant[account]
            if sum(by_source.values()) > 0:
                parts = share_out(self._funding.paid(account), [max(wan, 0.0) for wan in by_source.values()])
                for source, part in zip(by_source, parts, strict=True):
                    final.pay_from(source, account, part)
        for account in accounts:
            final.pay_up_to(account, self._funding.paid(account) - final.paid(account))
        return {account: final.by_source(account) for account in accounts}


def _meant(d: Draft, values: Floats) -> dict[Account, dict[str, float]]:
    """Every account with the sources that may pay it and what they do in the program: pools parted by their members.

    In the order of the plan's measures and lines. Unit: 万元.
    """
    plan = d.problem.plan
    members = pools(plan)
    order = {payee: i for i, payee in enumerate([*plan.measures, *(f"line:{line}" for line in leaf_lines(d.problem))])}
    found: dict[Account, dict[str, float]] = {}
    for (pool, payee, area), columns in sorted(d.money.items(), key=lambda item: order[item[0][1]]):
        weight = {source: plan.sources[source].amount.wan for source in members[pool]}
        whole = sum(weight.values())
        for y in range(d.years):
            where = ANYWHERE if payee.startswith("line:") else area
            account = found.setdefault((payee, where, y), {})
            for source, share in weight.items():
                part = share / whole if whole else 1.0 / len(weight)
                account[source] = account.get(source, 0.0) + float(values[columns[y]]) * part
    return found
