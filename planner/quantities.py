"""Units of money and the exact way from a printed amount to whole yuan and back.

Money is printed in 元, 万元 or 亿元, often per something (`万元/人`). Inside tables it is whole yuan (integers);
inside the linear program it is 万元 (64-bit floats). Nothing else converts money.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

YUAN_IN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
"""Yuan in one unit of money."""

COUNT_UNITS = frozenset(
    "人 户 村 个 处 公里 亩 平方米 台区 所 项 年 月 日 家 岗 座 套 头羽 乡镇 份 % 元 万元 亿元 比例 倍 次".split()
)
"""Units in which a figure may be counted, and by which money may be divided."""

CONVERTED: dict[str, tuple[str, Fraction]] = {
    "米": ("公里", Fraction(1, 1000)),
    "千米": ("公里", Fraction(1)),
    "里": ("公里", Fraction(1, 2)),
    "公顷": ("亩", Fraction(15)),
    "万亩": ("亩", Fraction(10_000)),
    "万人": ("人", Fraction(10_000)),
    "万户": ("户", Fraction(10_000)),
    "千元": ("元", Fraction(1000)),
    "百万元": ("万元", Fraction(100)),
    "千万元": ("万元", Fraction(1000)),
    "个月": ("月", Fraction(1)),
    "天": ("日", Fraction(1)),
}
"""Units that papers use and this package does not count in: the one to be written instead, and how many of it they are.

One unit for one kind of quantity, so that a length in a plan and the same length in a register are never compared in two.
"""


def split_unit(unit: str) -> tuple[str, tuple[str, ...]]:
    """`万元/人/年` is money `万元` per `人` per `年`."""
    head, *per = unit.split("/")
    return head, tuple(per)


def known_unit(unit: str) -> bool:
    """Whether every part of a unit is one this package can count in."""
    head, per = split_unit(unit)
    return head in COUNT_UNITS and all(p in COUNT_UNITS for p in per)


def rewritten(unit: str) -> tuple[str, Fraction] | None:
    """The unit to be written instead of one not counted in, and what its number is multiplied by; None where none is known.

    >>> rewritten("米"), rewritten("万元/米"), rewritten("斤")
    (('公里', Fraction(1, 1000)), ('万元/公里', Fraction(1000, 1)), None)
    """
    head, per = split_unit(unit)
    parts: list[str] = []
    by = Fraction(1)
    for position, part in enumerate((head, *per)):
        instead, each = CONVERTED.get(part, (part, Fraction(1)))
        parts.append(instead)
        by = by / each if position else by * each
    written = "/".join(parts)
    return (written, by) if written != unit and known_unit(written) else None


def is_money(unit: str) -> bool:
    """Whether the unit is money, per something or not."""
    return split_unit(unit)[0] in YUAN_IN


def yuan(value: float, unit: str) -> int:
    """Whole yuan of a printed amount, exact, halves rounded away from nought.

    >>> yuan(12.34, "万元"), yuan(3, "亿元")
    (123400, 300000000)
    """
    exact = Decimal(repr(value)) * YUAN_IN[split_unit(unit)[0]]
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def wan(value: float, unit: str) -> float:
    """The amount in 万元, for the linear program.

    >>> wan(15323, "元/户")
    1.5323
    """
    return float(Decimal(repr(value)) * YUAN_IN[split_unit(unit)[0]] / 10_000)


def print_wan(whole_yuan: int) -> str:
    """Whole yuan as 万元 with at most two decimals, halves up, no thousands mark (the form of official papers).

    >>> print_wan(123400), print_wan(70000000)
    ('12.34', '7000')
    """
    exact = (Decimal(whole_yuan) / 10_000).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return format(exact.normalize(), "f")


def share_out(total: int, weights: list[float]) -> list[int]:
    """Whole parts of a whole total in proportion to weights, by largest remainder; ties go to the first.

    >>> share_out(10, [1.0, 1.0, 1.0])
    [4, 3, 3]
    """
    whole = sum(weights)
    if not weights:
        return []
    if whole <= 0:
        weights, whole = [1.0] * len(weights), float(len(weights))
    ideal = [total * w / whole for w in weights]
    parts = [int(x // 1) for x in ideal]
    order = sorted(range(len(weights)), key=lambda i: (parts[i] - ideal[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts
