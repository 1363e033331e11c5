"""Luck that is addressed, not consumed (同运气): a draw is found by seed, decision, month and household or village.

Two scenarios that ask the same question about the same household in the same month get the same answer, whatever else
happens; an added decision elsewhere changes nothing. The draw is a splitmix64 hash, so it needs no stored stream and
does not depend on order, processes, or on who else exists.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_MASK = (1 << 64) - 1
_TO_UNIT = 2.0**-53


def _mix_one(x: int) -> int:
    x = (x + int(_STEP)) & _MASK
    x = ((x ^ (x >> 30)) * int(_FIRST)) & _MASK
    x = ((x ^ (x >> 27)) * int(_SECOND)) & _MASK
    return x ^ (x >> 31)


def _name_number(name: str) -> int:
    number = 0xCBF29CE484222325
    for byte in name.encode():
        number = ((number ^ byte) * 0x100000001B3) & _MASK
    return number


class Luck:
    """All the luck of one replication."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._start = _mix_one(seed & _MASK)

    def uniform(self, decision: str, month: int, who: NDArray[np.int64]) -> Floats:
        """One number in [0, 1) for each of `who`.

        Shape: that of `who`.
        """
        key = np.uint64(_mix_one(self._start ^ _mix_one(_name_number(decision) ^ _mix_one(month))))
        with np.errstate(over="ignore"):
            x = (who.astype(np.uint64) + np.uint64(1)) * _STEP + key
            x = (x ^ (x >> np.uint64(30))) * _FIRST
            x = (x ^ (x >> np.uint64(27))) * _SECOND
            x = x ^ (x >> np.uint64(31))
        return (x >> np.uint64(11)).astype(np.float64) * _TO_UNIT

    def normal(self, decision: str, month: int, who: NDArray[np.int64]) -> Floats:
        """One standard normal number for each of `who`."""
        drawn: Floats = ndtri(np.maximum(self.uniform(decision, month, who), _TO_UNIT))
        return drawn

    def one(self, decision: str, month: int, who: int) -> float:
        """One number in [0, 1) for one household, village or township."""
        key = _mix_one(self._start ^ _mix_one(_name_number(decision) ^ _mix_one(month)))
        x = ((who + 1) * int(_STEP) + key) & _MASK
        x = ((x ^ (x >> 30)) * int(_FIRST)) & _MASK
        x = ((x ^ (x >> 27)) * int(_SECOND)) & _MASK
        return ((x ^ (x >> 31)) >> 11) * _TO_UNIT
