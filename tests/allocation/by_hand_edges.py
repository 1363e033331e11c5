"""Small programs at the edges: degenerate, free, empty, endless, contradictory, badly scaled; each reckoned by hand."""

from __future__ import annotations

from math import inf

from tests.allocation.by_hand import Small

FREE = (-inf, inf)

EDGES = (
    Small(
        "three lines through one corner",
        "x and y at most 1 and so is their mean: the third row says nothing new. Its price and theirs share the 2.",
        "most x + y", ("x <= 1", "y <= 1", "x + y <= 2"), 2, {"x": 1, "y": 1}, ((0, 1), (0, 1), (0, 1)),
    ),
    Small(
        "Beale's program on which a careless simplex runs in a ring",
        "x4 = x6 = 1 gives −3/4 − 1/2. Dual 0, 3/2, 5/4: x4 −3/4 + 3/4, x6 −1/2 − 3/4 + 5/4, x5 20 − 18, x7 6 + 9/2.",
        "least 20 x5 - 0.75 x4 - 0.5 x6 + 6 x7",
        ("0.25 x4 - 8 x5 - x6 + 9 x7 <= 0", "0.5 x4 - 12 x5 - 0.5 x6 + 3 x7 <= 0", "x6 <= 1"), -1.25,
        {"x4": 1, "x6": 1, "x7": 0},
    ),
    Small(
        "the stretched cube of Klee and Minty",
        "z alone fills the last row: worth 1 each, 10 000; x and y would take 200 and 20 of it for 100 and 10.",
        "most 100 x + 10 y + z", ("x <= 1", "20 x + y <= 100", "200 x + 20 y + z <= 10000"), 10_000,
        {"x": 0, "y": 0, "z": 10_000}, (0, 0, 1),
    ),
    Small(
        "many best answers",
        "Whatever 3 is split into is worth 3.",
        "most x + y", ("x + y <= 3",), 3, {}, (1,),
    ),
    Small(
        "a best answer at the origin",
        "Nothing is worth doing: both cost.",
        "least x + 2 y", ("x + y <= 3", "x - y <= 1"), 0, {"x": 0, "y": 0}, (0, 0),
    ),
    Small(
        "two equations and two unknowns",
        "x = 2, y = 1 whatever is aimed at: 12. Dual: p + q = 1, p − q = 10.",
        "least x + 10 y", ("x + y = 3", "x - y = 1"), 12, {"x": 2, "y": 1}, (5.5, -4.5),
    ),
    Small(
        "equations only, with room",
        "x = z, x + y + z = 6: y can be nought.",
        "least y", ("x + y + z = 6", "x - z = 0"), 0, {"x": 3, "z": 3}, (0, 0),
    ),
    Small(
        "one equation said twice",
        "The second is twice the first; x can be nought. What they cost is shared, here nothing.",
        "least x + 2 y", ("x + y = 2", "2 x + 2 y = 4"), 2, {"x": 2, "y": 0},
    ),
    Small(
        "two equations that contradict each other", "2 and 2.5 are not the same.",
        "least x", ("x + y = 2", "2 x + 2 y = 5"), None,
    ),
    Small(
        "a row that says nothing",
        "Without the silent row: 4. Its price is nought.",
        "least x + y", ("x + y", "x + 2 y >= 8"), 4, {"x": 0, "y": 4}, (0, 0.5),
    ),
    Small(
        "a row between two bounds, held from above",
        "x − y is at most 2 and y at most 1.",
        "most x", ("1 <= x - y <= 2", "y <= 1"), 3, {"x": 3, "y": 1}, (1, 1),
    ),
    Small(
        "a row between two bounds, held from below",
        "x at least y + 1, y at least 2: one more of the lower bound costs one.",
        "least x", ("1 <= x - y <= 2", "y >= 2"), 3, {"x": 3, "y": 2}, (1, 1),
    ),
    Small(
        "a row between two equal bounds",
        "Both bounds are 2: an equation.",
        "least x + 3 y", ("2 <= x + y <= 2", "y >= 0.5"), 3, {"x": 1.5, "y": 0.5}, (1, 2),
    ),
    Small(
        "a column without bounds",
        "x is at least −3 − y, y at most 1.",
        "least x", ("x + y >= -3", "y <= 1"), -4, {"x": -4, "y": 1}, (1, -1), {"x": FREE},
    ),
    Small(
        "columns below nought",
        "x between −5 and −2, y −1: −5 − 1 is allowed by the row, −7 at the least.",
        "least x", ("x + y >= -7", "y = -1"), -5, {"x": -5}, (0, 0), {"x": (-5, -2), "y": (-inf, 0)},
    ),
    Small(
        "a column bounded from above only",
        "y grows to 4, x may fall without end but the row holds it at −1.",
        "most y - x", ("x + 2 y >= 7",), 5, {"x": -1, "y": 4}, (-1,), {"x": (-inf, 3), "y": (-inf, 4)},
    ),
    Small(
        "a column that is held",
        "z is 2, so x is at least 3.",
        "least x", ("x + z >= 5",), 3, {"x": 3, "z": 2}, (1,), {"z": (2, 2)},
    ),
    Small(
        "columns that stand in no row",
        "a goes to its lower bound 1, b to its upper bound 6, whatever the row says of x: 1 − 6 + 2.",
        "least a - b + x", ("x >= 2",), -3, {"a": 1, "b": 6}, (1,), {"a": (1, 9), "b": (0, 6)},
    ),
    Small(
        "an aim of nothing",
        "Every allowed answer is worth nought.",
        "least 0 x + 0 y", ("x + y >= 1",), 0, {}, (0,),
    ),
    Small(
        "an endless column that it does not pay to grow",
        "y could grow for ever, and x with it: the difference stays 1.",
        "least x - y", ("x - y >= 1",), 1, {}, (1,),
    ),
    Small("an aim without end", "Both may grow for ever.", "most x + y", ("x - y <= 1",), None),
    Small("a floor above its cap", "5 is more than 3.", "least x", ("x >= 5", "x <= 3"), None),
    Small(
        "more wanted than there is",
        "Two of at most 3 never make 9.",
        "least x + y", ("x + y >= 9",), None, bounds={"x": (0, 3), "y": (0, 3)},
    ),
    Small(
        "whole numbers that cannot be what parts can",
        "2x + 2y is even, never 3; as parts x + y is 1.5.",
        "least x + y", ("2 x + 2 y = 3",), 1.5, {}, (0.5,), dict.fromkeys("xy", (0, 1)), tuple("xy"), None,
    ),
    Small(
        "numbers ten thousand times apart",
        "x brings 0.0001 for 0.001, y brings 1 for 10 000: 20 000 of x, whose 1 costs 10.",
        "least 10000 y + 0.001 x", ("0.0001 x + y >= 2", "x <= 30000"), 20, {"x": 20_000, "y": 0}, (10, 0),
    ),
    Small(
        "the same in one row",
        "80 000 of x at 0.001 each; the dear column stays at nought.",
        "least x + 1000000 y", ("0.001 x + y >= 80",), 80_000, {"x": 80_000, "y": 0}, (1000,),
    ),
    Small(
        "thirds",
        "x + y + z = 1 and all alike.",
        "most x", ("x + y + z = 1", "x - y <= 0", "x - z <= 0"), 1 / 3, dict.fromkeys("xyz", 1 / 3),
        (1 / 3, 1 / 3, 1 / 3),
    ),
)  # fmt: skip
