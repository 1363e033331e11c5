"""Controlled rounding (控制取整): a table of cumulative amounts made whole so that every sum stays its floor or ceiling.

Amounts run through a network: from the whole to each row, along the row's years to its cells, from the cells of a year
to their groups, and from there to the year and the whole again. What flows in flows out, so the parts of units form
rings. A ring is pushed the way that needs less, until one of its parts is whole; that goes on until all are. The way
through is exact and the same every time.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Wholes = NDArray[np.int64]
PARTS = 1_000_000
"""Parts of a unit that amounts are counted in."""
NOISE = 1e-4
"""Part of a unit by which a program of floats may be off a whole one."""


def in_parts(amounts: NDArray[np.float64]) -> Wholes:
    """Amounts in millionths of a unit, what is whole but for noise made whole."""
    near = np.round(amounts)
    exact = np.where(np.abs(amounts - near) < NOISE, near, amounts)
    parts: Wholes = np.round(exact * PARTS).astype(np.int64)
    return parts


def controlled(amounts: NDArray[np.float64], groups: Sequence[Wholes] = ()) -> Wholes:
    """Whole amounts, each the floor or ceiling of its own.

    So are the increase of each year, the sums of all rows by year and of their increases, and, for each of `groups` (a
    label per row, from fine to coarse, each one holding whole groups of the one before), the increases of a group by
    year. What never falls does not fall afterwards.

    Shape: row × year, cumulative.
    """
    parts = in_parts(amounts)
    rows, years = parts.shape
    if rows == 0 or years == 0:
        return parts // PARTS
    rings = _Rings(_arcs(parts, groups))
    rings.close()
    return rings.flow[: rows * years].reshape(rows, years) // PARTS


def _arcs(parts: Wholes, groups: Sequence[Wholes]) -> tuple[list[int], list[int], list[int]]:
    """From, to and amount of each arc; those of the cumulative amounts come first, row by row."""
    rows, years = parts.shape
    start: list[int] = []
    end: list[int] = []
    flow: list[int] = []
    whole = rows * years
    for r in range(rows):
        for y in range(years):
            start.append(r * years + y + 1 if y < years - 1 else whole)
            end.append(r * years + y)
            flow.append(int(parts[r, y]))
    steps = np.diff(parts, axis=1, prepend=0)
    at = np.arange(rows * years).reshape(rows, years)
    nodes, labels, free = at, np.arange(rows), whole + 1
    everything = np.zeros(rows, np.int64)
    for level in (*groups, everything, everything):
        names, member = np.unique(level, return_inverse=True)
        upper = free + np.arange(len(names) * years).reshape(len(names), years)
        _, first = np.unique(labels, return_index=True)
        for r in first:
            for y in range(years):
                mine = labels == labels[r]
                start.append(int(nodes[r, y]))
                end.append(int(upper[member[r], y]))
                flow.append(int(steps[mine, y].sum()))
        nodes, labels, free = upper[member], level, free + upper.size
    for y in range(years):
        start.append(int(nodes[0, y]))
        end.append(int(nodes[0, y + 1]) if y < years - 1 else whole)
        flow.append(int(parts[:, y].sum()))
    return start, end, flow


class _Rings:
    """The arcs whose amount is not whole, and the rings that they form."""

    def __init__(self, arcs: tuple[list[int], list[int], list[int]]) -> None:
        self.start, self.end = arcs[0], arcs[1]
        self.flow = np.array(arcs[2], np.int64)
        self.broken: dict[int, list[int]] = {}
        """Node to its arcs that are not whole."""
        for i in np.flatnonzero(self.flow % PARTS).tolist():
            for node in (self.start[i], self.end[i]):
                self.broken.setdefault(node, []).append(i)

    def close(self) -> None:
        """Push ring after ring until every amount is whole."""
        path: list[int] = []
        nodes: list[int] = []
        while True:
            if not path:
                begin = next((node for node, arcs in self.broken.items() if arcs), None)
                if begin is None:
                    return
                nodes = [begin]
            here = nodes[-1]
            arc = next(i for i in self.broken[here] if not path or i != path[-1])
            there = self.end[arc] if self.start[arc] == here else self.start[arc]
            path.append(arc)
            if there in nodes:
                at = nodes.index(there)
                keep = self._push(path[at:], nodes[at:])
                path, nodes = path[: at + keep], nodes[: at + keep + 1]
            else:
                nodes.append(there)

    def _push(self, ring: list[int], nodes: list[int]) -> int:
        """Push a ring the nearer way; gives how many arcs at its beginning are still not whole."""
        along = [self.start[i] == node for i, node in zip(ring, nodes, strict=True)]
        part = [int(self.flow[i]) % PARTS for i in ring]
        more = min(PARTS - p if ahead else p for p, ahead in zip(part, along, strict=True))
        less = min(p if ahead else PARTS - p for p, ahead in zip(part, along, strict=True))
        step = more if more <= less else -less
        first = len(ring)
        for position, (i, ahead) in enumerate(zip(ring, along, strict=True)):
            self.flow[i] += step if ahead else -step
            if self.flow[i] % PARTS == 0:
                first = min(first, position)
                for node in (self.start[i], self.end[i]):
                    self.broken[node].remove(i)
        return first
