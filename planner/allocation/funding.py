"""Who pays what, in whole yuan: sources with their money of each year, payees with what they cost, none above its limit.

Money is a flow from sources to payees. What one source cannot pay another may, by way of a third payee whose own source
is then changed; whatever can be paid at all is therefore paid, whoever was asked first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

Account = tuple[str, str, int]
"""Payee (a measure, or `line:` and a line), area (empty where money may be of either), index of the year."""
ROOT = 0


class Funding:
    """Sources, what each has by year, and the accounts that it may pay."""

    def __init__(
        self, grants: Mapping[str, Sequence[int]], carried: bool, may: Mapping[Account, Iterable[str]]
    ) -> None:
        """Nothing is paid yet.

        `grants` are the whole yuan of each source by year; `carried` says whether what is left may be paid a year later;
        `may` names the sources that an account may be paid from.
        """
        self._heads: list[int] = []
        self._room: list[int] = []
        self._out: list[list[int]] = [[]]
        every = sum(sum(given) for given in grants.values())
        self._grant: dict[tuple[str, int], int] = {}
        self._carry: dict[tuple[str, int], int] = {}
        self._pay: dict[tuple[Account, str], int] = {}
        self._paid: dict[Account, int] = {}
        node: dict[tuple[str, int], int] = {}
        for source, given in grants.items():
            for y, amount in enumerate(given):
                node[source, y] = self._node()
                self._grant[source, y] = self._arc(ROOT, node[source, y], amount)
                if y and carried:
                    self._carry[source, y] = self._arc(node[source, y - 1], node[source, y], every)
        self._account: dict[Account, int] = {}
        for account, sources in may.items():
            self._account[account] = self._node()
            for source in sources:
                arc = self._arc(node[source, account[2]], self._account[account], every)
                self._pay[account, source] = arc

    def _node(self) -> int:
        self._out.append([])
        return len(self._out) - 1

    def _arc(self, start: int, end: int, room: int) -> int:
        arc = len(self._heads)
        self._heads += [end, start]
        self._room += [room, 0]
        self._out[start].append(arc)
        self._out[end].append(arc + 1)
        return arc

    def pay(self, account: Account, yuan: int) -> bool:
        """Pay all of this, or nothing where not all of it can be paid."""
        paid = self.pay_up_to(account, yuan)
        if paid < yuan:
            self.refund(account, paid)
        return paid == yuan

    def pay_up_to(self, account: Account, yuan: int) -> int:
        """Pay as much of this as can be paid; gives how much it was."""
        if account not in self._account:
            return 0
        paid = self._push(ROOT, self._account[account], yuan)
        self._paid[account] = self._paid.get(account, 0) + paid
        return paid

    def pay_from(self, source: str, account: Account, yuan: int) -> int:
        """Pay as much of this as one source can by itself, its latest money first; gives how much it was."""
        first = self._pay.get((account, source))
        if first is None:
            return 0
        paid, way = 0, [first]
        for y in range(account[2], -1, -1):
            grant = self._grant[source, y]
            step = min(yuan - paid, self._room[grant])
            for arc in (grant, *way):
                self._room[arc] -= step
                self._room[arc ^ 1] += step
            paid += step
            if paid == yuan or (source, y) not in self._carry:
                break
            way.append(self._carry[source, y])
        self._paid[account] = self._paid.get(account, 0) + paid
        return paid

    def refund(self, account: Account, yuan: int) -> None:
        """Take back what was paid.

        Raises: ValueError where less was paid.
        """
        if yuan > self._paid.get(account, 0):
            raise ValueError(f"{account}: {yuan} yuan were not paid")
        if yuan:
            self._push(self._account[account], ROOT, yuan)
            self._paid[account] -= yuan

    def paid(self, account: Account) -> int:
        """Whole yuan paid to an account."""
        return self._paid.get(account, 0)

    def by_source(self, account: Account) -> dict[str, int]:
        """Whole yuan paid to an account by each source that pays it, in the order in which they were named."""
        found = {s: self._room[arc ^ 1] for (a, s), arc in self._pay.items() if a == account}
        return {source: yuan for source, yuan in found.items() if yuan}

    def _push(self, start: int, end: int, amount: int) -> int:
        """Send as much as can flow, by the shortest ways first, those named first before others as short."""
        sent = 0
        while sent < amount:
            way = self._way(start, end)
            if not way:
                break
            step = min(amount - sent, *(self._room[arc] for arc in way))
            for arc in way:
                self._room[arc] -= step
                self._room[arc ^ 1] += step
            sent += step
        return sent

    def _way(self, start: int, end: int) -> list[int]:
        """The arcs of a shortest way with room; none where there is no way. Looked for from its end, which is nearer."""
        after = {end: -1}
        waiting = deque([end])
        while waiting:
            here = waiting.popleft()
            for back in self._out[here]:
                arc, node = back ^ 1, self._heads[back]
                if self._room[arc] > 0 and node not in after:
                    after[node] = arc
                    if node == start:
                        return self._unrolled(after, start)
                    waiting.append(node)
        return []

    def _unrolled(self, after: dict[int, int], start: int) -> list[int]:
        way = []
        arc = after[start]
        while arc >= 0:
            way.append(arc)
            arc = after[self._heads[arc]]
        return way
