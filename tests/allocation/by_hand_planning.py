"""Small programs about stocks, budgets, targets and fair shares: what a plan's program is made of, each reckoned by hand."""

from __future__ import annotations

from math import inf

from tests.allocation.by_hand import Small

FREE = (-inf, inf)

PLANNING = (
    Small(
        "two products and three halls",
        "Hall 2 holds y at 6, hall 3 then leaves 18 − 12 = 3 × 2. Dual: 3c = 3, 2b + 2c = 5, so b = 1.5, c = 1.",
        "most 3 x + 5 y", ("x <= 4", "2 y <= 12", "3 x + 2 y <= 18"), 36, {"x": 2, "y": 6}, (0, 1.5, 1),
    ),
    Small(
        "three months of stock",
        "10, 20 and 30 are wanted, 20, 20 and 25 can be made: 5 of the last come from the first month, in stock twice.",
        "least s1 + s2",
        ("m1 - s1 = 10", "m2 + s1 - s2 = 20", "m3 + s2 = 30", "m1 <= 20", "m2 <= 20", "m3 <= 25"), 10,
        {"m1": 15, "m2": 20, "m3": 25}, (0, 1, 2, 0, -1, -2),
    ),
    Small(
        "a cheap month and a dear one",
        "4 in either month; the first costs 1, the second 3, keeping 1 a unit: make all 8 in the first: 8 + 4.",
        "least a + 3 b + s", ("a - s = 4", "b + s = 4"), 12, {"a": 8, "b": 0, "s": 4}, (1, 2),
    ),
    Small(
        "what is left this year is there next year",
        "2 a year, 0.5 each, at most 2 delivered in the first, who count in both years: 1 is carried on, 3 make 6. Money of "
        "either year is worth 2; one more delivered in the first 2, less the 0.5 that it takes from the second.",
        "most 2 x + y", ("0.5 x + c <= 2", "0.5 y - c <= 2", "x <= 2"), 10, {"x": 2, "y": 6, "c": 1}, (2, 2, 1),
    ),
    Small(
        "what may not be carried on is lost",
        "The same without carrying: 2, then 4. One more of the first year's money buys nothing.",
        "most 2 x + y", ("0.5 x <= 2", "0.5 y <= 2", "x <= 2"), 8, {"x": 2, "y": 4}, (0, 2, 2),
    ),
    Small(
        "a tied source and a free one",
        "Roads bring 3 a unit, homes 2. Tied 4 go to roads alone; roads are full at 6, so of the free 5 two go there, "
        "three to homes: 18 + 6.",
        "most 3 t + 3 r + 2 h", ("t <= 4", "r + h <= 5", "t + r <= 6"), 24, {"t": 4, "r": 2, "h": 3}, (2, 2, 1),
    ),
    Small(
        "a floor that costs something",
        "At least 3 homes though roads bring more: 2 × 3 + 3 × 2 of 5. One more home costs 1.",
        "most 3 r + 2 h", ("r + h <= 5", "h >= 3"), 12, {"r": 2, "h": 3}, (3, -1),
    ),
    Small(
        "a target missed by what money cannot reach",
        "12 wanted, 2 awards of 4 persons: 4 are missing; one more 万元 would bring 8 persons.",
        "least m", ("4 a + m >= 12", "0.5 a <= 1"), 4, {"a": 2, "m": 4}, (1, -8),
    ),
    Small(
        "over and under",
        "x should be 5 and may be 3: under by 2.",
        "least u + o", ("x + u - o = 5", "x <= 3"), 2, {"x": 3, "u": 2, "o": 0}, (1, -1),
    ),
    Small(
        "twelve shared so that the least is most",
        "2a = 3b = 6c = z with a + b + c = 12: z (1/2 + 1/3 + 1/6) = 12.",
        "most z", ("2 a - z >= 0", "3 b - z >= 0", "6 c - z >= 0", "a + b + c = 12"), 12,
        {"a": 6, "b": 4, "c": 2}, (-1 / 2, -1 / 3, -1 / 6, 1),
    ),
    Small(
        "cheap ones first, then dear ones",
        "Of 15 the first 10 cost 1, the others 3: 25; one more costs 3, one more cheap one saves 2.",
        "least c + 3 d", ("c + d >= 15", "c <= 10"), 25, {"c": 10, "d": 5}, (3, -2),
    ),
    Small(
        "rolls cut into threes and fours",
        "3 + 3 + 4 for 9 threes is 4.5 rolls with 4.5 fours, 1.5 more fours are 0.75 rolls. Dual 1/4 and 1/2: 9/4 + 3.",
        "least p + q + r", ("3 p + 2 q >= 9", "q + 2 r >= 6"), 5.25, {"p": 0, "q": 4.5, "r": 0.75}, (0.25, 0.5),
    ),
    Small(
        "works before the exits behind them",
        "8 of 12 persons wait for the road, 0.8 of it is finished in the year: 2/3 of those out stand behind it, 6.4.",
        "most p", ("0.6666666666666666 p - 8 f <= 0", "f <= 0.8", "p <= 12"), 9.6, {"f": 0.8}, (1.5, 12, 0),
    ),
    Small(
        "the number nearest to three others",
        "Distances to 1, 2 and 10 sum to least at the middle one: 1 + 0 + 8.",
        "least u1 + o1 + u2 + o2 + u3 + o3",
        ("m + u1 - o1 = 1", "m + u2 - o2 = 2", "m + u3 - o3 = 10"), 9, {"m": 2}, (-1, 0, 1), {"m": FREE},
    ),
    Small(
        "the number whose farthest is nearest",
        "Half way between 1 and 10: 5.5, 4.5 from either; moving either end by 1 moves it by half.",
        "least d",
        ("m - d <= 1", "m - d <= 2", "m - d <= 10", "m + d >= 1", "m + d >= 2", "m + d >= 10"), 4.5, {"m": 5.5},
        (-0.5, 0, 0, 0, 0, 0.5), {"m": FREE},
    ),
    Small(
        "the largest circle in a triangle of 3, 4 and 5",
        "x and y at least r, 3x + 4y + 5r at most 12: 12r = 12.",
        "most r", ("x - r >= 0", "y - r >= 0", "3 x + 4 y + 5 r <= 12"), 1, {"x": 1, "y": 1}, (-0.25, -1 / 3, 1 / 12),
    ),
    Small(
        "a depot that costs to open",
        "A customer costs 2 + 3/3 by depot a, 1 + 5/3 by b, which is then open as a whole: 5 + 3. A fourth would cost 3, "
        "one less saves 8/3. Whole: a 3 + 6 = 9, b 8.",
        "least 3 a + 5 b + 2 p + q", ("p + q = 3", "p - 3 a <= 0", "q - 3 b <= 0"), 8, {"a": 0, "b": 1},
        ((8 / 3, 3), (-1, -2 / 3), (-2, -5 / 3)), {"a": (0, 1), "b": (0, 1)}, ("a", "b"), 8,
    ),
    Small(
        "a depot opened by halves",
        "Half of a depot of 10 is room for three of six: 5, and 3 × 1. Whole: 10 + 3.",
        "least 10 a + p", ("p = 3", "p - 6 a <= 0"), 8, {"a": 0.5}, (1 + 10 / 6, -10 / 6), {"a": (0, 1)}, ("a",), 13,
    ),
    Small(
        "villages that leave whole or not",
        "12, 9 and 8 persons needed, 20 can be led out: 8, 9 and 3 of the 12 make 2.25; whole ones are two.",
        "most a + b + c", ("12 a + 9 b + 8 c <= 20",), 2.25, {"a": 0.25, "b": 1, "c": 1}, (1 / 12,),
        dict.fromkeys("abc", (0, 1)), tuple("abc"), 2,
    ),
    Small(
        "a village that stays off the list once it is off",
        "5 needed in either year, money for 4 and 9: 0.8 and 1; whole none, then one.",
        "most f + s", ("5 f <= 4", "5 s <= 9", "s - f >= 0"), 1.8, {"f": 0.8, "s": 1}, (0.2, 0, 0),
        dict.fromkeys("fs", (0, 1)), tuple("fs"), 1,
    ),
    Small(
        "whole units and parts together",
        "Money 5 buys 2.5 tractors at 2, or two whole ones and 1 of seed: 2 × 5 + 1.",
        "most 5 t + s", ("2 t + s <= 5",), 12.5, {"t": 2.5, "s": 0}, (2.5,), {}, ("t",), 11,
    ),
)  # fmt: skip
