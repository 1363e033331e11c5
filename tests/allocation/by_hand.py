"""How a small program is written down, and the first of them: problems of the textbook, each with its answer and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import inf
from typing import Any

import numpy as np

from planner.allocation.program import Builder, Program

Prices = tuple[float | tuple[float, float] | None, ...]
TERM = re.compile(r"([+-]?)\s*(?:(\d+(?:\.\d+)?)\s*)?([a-z]\w*)")
ROW = re.compile(r"(?:(-?[\d.]+) <= )?(.+?)(?: (<=|>=|=) (-?[\d.]+))?$")


@dataclass(frozen=True)
class Small:
    """A program in words of its own, with what is known of its answer."""

    name: str
    why: str
    """How its answer is found without a solver."""
    aim: str
    """`least` or `most`, and a sum of columns."""
    rows: tuple[str, ...]
    """Such as `x + 2 y >= 4`, `1 <= x - y <= 3`, `x = 2`, or a sum alone: a row that says nothing."""
    best: float | None
    """The value of the aim; None where no answer exists."""
    at: dict[str, float] = field(default_factory=dict)
    """Columns whose value every best answer shares."""
    prices: Prices = ()
    """By how much the best value changes for one more on the right of each row; a pair is what it may lie between."""
    bounds: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Where a column has other bounds than nought and none."""
    whole: tuple[str, ...] = ()
    """Columns that are whole numbers in the mixed-integer form."""
    best_whole: float | None = None
    """The value of the aim in that form."""

    @property
    def sign(self) -> float:
        """What the aim is multiplied by to be minimised."""
        return -1.0 if self.aim.startswith("most") else 1.0

    def columns(self) -> list[str]:
        """Its columns in the order in which they are named."""
        sums = [self.aim.partition(" ")[2], *(_parts(row)[0] for row in self.rows)]
        return list(dict.fromkeys([name for text in sums for name in terms(text)] + list(self.bounds)))

    def built(self) -> tuple[Program, np.ndarray[Any, Any]]:
        """The program and the cost to be minimised."""
        names, builder = self.columns(), Builder()
        number: dict[str, int] = {}
        for whole in (False, True):
            part = [name for name in names if (name in self.whole) == whole]
            sides = np.array([self.bounds.get(name, (0.0, inf)) for name in part]).reshape(-1, 2)
            made = builder.columns(f"x{whole:d}", [(name,) for name in part], sides[:, 0], sides[:, 1], whole=whole)
            number |= dict(zip(part, made.tolist(), strict=True))
        read = [_parts(row) for row in self.rows]
        parts = []
        for i, (text, _, _) in enumerate(read):
            held = terms(text)
            parts.append((np.full(len(held), i), np.array([number[n] for n in held]), np.array(list(held.values()))))
        low, up = (np.array([row[side] for row in read]) for side in (1, 2))
        builder.rows("r", [(row,) for row in self.rows], parts, low, up)
        cost = np.zeros(len(names))
        for name, weight in terms(self.aim.partition(" ")[2]).items():
            cost[number[name]] = self.sign * weight
        return builder.finish(), cost


def terms(text: str) -> dict[str, float]:
    """The coefficients of a sum such as `3 x - y`."""
    found: dict[str, float] = {}
    for sign, number, name in TERM.findall(text):
        found[name] = found.get(name, 0.0) + float(number or 1) * (-1 if sign == "-" else 1)
    return found


def _parts(row: str) -> tuple[str, float, float]:
    """The sum of a row and its two bounds."""
    found = ROW.match(row)
    assert found is not None, row
    least, text, sense, side = found.groups()
    low, up = (float(least) if least else -inf), inf
    if sense:
        low = float(side) if sense in (">=", "=") else low
        up = float(side) if sense in ("<=", "=") else up
    return text, low, up


TEXTBOOK = (
    Small(
        "bread and beans",
        "Both needs are met exactly: 4b + 2p = 8, b + 3p = 6, so b = 1.2, p = 1.6. Dual: 4u + v = 2, 2u + 3v = 3.",
        "least 2 b + 3 p", ("4 b + 2 p >= 8", "b + 3 p >= 6"), 7.2, {"b": 1.2, "p": 1.6}, (0.3, 0.8),
    ),
    Small(
        "a food dearer than its worth",
        "At the prices of bread and beans the third food is worth 4 × 0.3 + 3 × 0.8 = 3.6 and costs 5: not bought.",
        "least 2 b + 3 p + 5 f", ("4 b + 2 p + 4 f >= 8", "b + 3 p + 3 f >= 6"), 7.2, {"f": 0}, (0.3, 0.8),
    ),
    Small(
        "a food cheaper than its worth",
        "Two of it meet both needs, 8 and 6, for 6; and 8u + 6v is twice 4u + 3v, which is at most 3.",
        "least 2 b + 3 p + 3 f", ("4 b + 2 p + 4 f >= 8", "b + 3 p + 3 f >= 6"), 6, {"f": 2},
    ),
    Small(
        "two depots and two shops",
        "Potentials 0, 1 and 2, 0 price the three used roads exactly; the fourth costs 4 where they give 0: 20 + 6 + 13.",
        "least 2 x11 + 4 x12 + 3 x21 + x22",
        ("x11 + x12 = 10", "x21 + x22 = 15", "x11 + x21 = 12", "x12 + x22 = 13"), 39,
        {"x11": 10, "x12": 0, "x21": 2, "x22": 13},
    ),
    Small(
        "more in the depots than in the shops",
        "The cheap depot sends all 8 to a, the other 2 to a and 4 to b: 8 + 6 + 8. It has 3 left, so its goods are worth "
        "nothing more; one more at a costs 3, at b 2, one more in the cheap depot saves 3 − 1.",
        "least ca + 4 cb + 3 da + 2 db", ("ca + cb <= 8", "da + db <= 9", "ca + da >= 10", "cb + db >= 4"), 22,
        {"ca": 8, "cb": 0, "da": 2, "db": 4}, (-2, 0, 3, 2),
    ),
    Small(
        "by way of a town",
        "Direct 6 a unit; by the town 2 + 3 = 5 but only 4 pass it: 4 × 5 + 6 × 6. One more through saves 1.",
        "least 6 d + 2 i + 3 o", ("d + o = 10", "i - o = 0", "i <= 4"), 56, {"d": 6, "i": 4, "o": 4}, (6, 3, -1),
    ),
    Small(
        "three people and three tasks",
        "All six orders: 4+0+2, 4+5+2, 1+2+2, 1+5+3, 3+2+2, 3+0+3. The least is 1 + 2 + 2.",
        "least 4 x11 + x12 + 3 x13 + 2 x21 + 0 x22 + 5 x23 + 3 x31 + 2 x32 + 2 x33",
        (
            "x11 + x12 + x13 = 1", "x21 + x22 + x23 = 1", "x31 + x32 + x33 = 1",
            "x11 + x21 + x31 = 1", "x12 + x22 + x32 = 1", "x13 + x23 + x33 = 1",
        ), 5, {"x12": 1, "x21": 1, "x33": 1},
    ),
    Small(
        "a knapsack that may be cut",
        "By worth per weight 6, 5, 4: all of a and b, and 20 of the 30 of c. One more of weight is 4.",
        "most 60 a + 100 b + 120 c", ("10 a + 20 b + 30 c <= 50",), 240, {"a": 1, "b": 1, "c": 2 / 3}, (4,),
        dict.fromkeys("abc", (0, 1)), tuple("abc"), 220,
    ),
    Small(
        "a knapsack with an even weight",
        "Worth 8, 5, 4 at weights 4, 3, 2 and room for 5: 2 a weight of a and of c, all 4 and 1 over: 8 + 2 = 10. "
        "Whole: a alone 8, b and c 9.",
        "most 8 a + 5 b + 4 c", ("4 a + 3 b + 2 c <= 5",), 10, {"b": 0}, (2,),
        dict.fromkeys("abc", (0, 1)), tuple("abc"), 9,
    ),
    Small(
        "three wards around three posts",
        "Each post serves two of three wards: half of each, 1.5 by the dual of halves. Whole: two.",
        "least a + b + c", ("a + b >= 1", "b + c >= 1", "a + c >= 1"), 1.5, dict.fromkeys("abc", 0.5), (0.5, 0.5, 0.5),
        dict.fromkeys("abc", (0, 1)), tuple("abc"), 2,
    ),
    Small(
        "guards on the corners of a pentagon",
        "Halves on an odd ring of five: 2.5, and halves on its edges as dual. Whole: three.",
        "least a + b + c + d + e",
        ("a + b >= 1", "b + c >= 1", "c + d >= 1", "d + e >= 1", "e + a >= 1"), 2.5, dict.fromkeys("abcde", 0.5),
        (0.5,) * 5, dict.fromkeys("abcde", (0, 1)), tuple("abcde"), 3,
    ),
    Small(
        "two ores for a hundred tons",
        "0.2x + 0.5y = 30 and x + y = 100: y = 100/3. Dual: u + 0.2v = 10, u + 0.5v = 16, so 6 and 20.",
        "least 10 x + 16 y", ("x + y = 100", "0.2 x + 0.5 y >= 30"), 1200, {"y": 100 / 3}, (6, 20),
    ),
    Small(
        "a third ore between the two",
        "At 6 and 20 the third is worth 6 + 8 = 14 and costs 12: half of it with half of the first. Then u = 8, v = 10.",
        "least 10 x + 16 y + 12 z", ("x + y + z = 100", "0.2 x + 0.5 y + 0.4 z >= 30"), 1100,
        {"x": 50, "y": 0, "z": 50}, (8, 10),
    ),
    Small(
        "the most through four pipes and a cross pipe",
        "The cut around source and a carries 2 + 1 + 2 = 5; the other cuts carry 6, 7 and 9. Its three pipes price 1.",
        "most at + bt", ("sa - ab - at = 0", "sb + ab - bt = 0", "sa <= 4", "sb <= 2", "ab <= 1", "at <= 2", "bt <= 5"),
        5, {"sb": 2, "ab": 1, "at": 2}, (None, None, 0, 1, 1, 1, 0),
    ),
    Small(
        "the cheapest way to send four",
        "Two by the road of 1 + 1 that holds two, two by the road of 2 + 2: 4 + 8 = 12; a fifth would cost 4.",
        "least sa + at + 2 sb + 2 bt", ("sa + sb = 4", "sa - at = 0", "sb - bt = 0", "at <= 2"), 12,
        {"sa": 2, "sb": 2}, (4, None, None, -2),
    ),
    Small(
        "the shortest way",
        "s-a-b-t is 2 + 1 + 3 = 6; s-b-t 4 + 3 = 7; s-a-t 2 + 5 = 7.",
        "least 2 sa + 4 sb + ab + 5 at + 3 bt", ("sa + sb = 1", "sa - ab - at = 0", "sb + ab - bt = 0"), 6,
        {"sa": 1, "ab": 1, "bt": 1}, (6, -4, -3),
    ),
    Small(
        "the same way as a string pulled taut",
        "The knots s, a, b, t lie as far apart as the string lets them: 6; taut are s-a, a-b and b-t.",
        "most t - s", ("a - s <= 2", "b - s <= 4", "b - a <= 1", "t - a <= 5", "t - b <= 3", "s = 0"), 6,
        {"t": 6}, (1, 0, 1, 0, 1, 0), dict.fromkeys("sabt", (-inf, inf)),
    ),
    Small(
        "a building plan: approve, build, accept",
        "Approve 1, then road 3 or pipe 2, then accept 1 after both: 1 + 3 + 1. The pipe has 1 month to spare.",
        "least t", ("r >= 1", "p >= 1", "a - r >= 3", "a - p >= 2", "t - a >= 1"), 5, {"r": 1, "a": 4},
        (1, 0, 1, 0, 1),
    ),
    Small(
        "a game of two against two",
        "Payments 3, −1 and −2, 1: p = 3/7 makes the other indifferent, 3p − 2q = q − p = 1/7.",
        "most v", ("3 p - 2 q - v >= 0", "q - p - v >= 0", "p + q = 1"), 1 / 7, {"p": 3 / 7},
        (-2 / 7, -5 / 7, 1 / 7), {"v": (-inf, inf)},
    ),
    Small(
        "stone, scissors, paper",
        "Whoever plays each a third of the time loses nothing, and so does the other: worth 0.",
        "most v", ("s - p - v >= 0", "p - r - v >= 0", "r - s - v >= 0", "r + s + p = 1"), 0,
        dict.fromkeys("rsp", 1 / 3), (-1 / 3, -1 / 3, -1 / 3, 0), {"v": (-inf, inf)},
    ),
)  # fmt: skip
