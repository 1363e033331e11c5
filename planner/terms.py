"""The domain's words as enumerations, each with its Chinese term."""

from __future__ import annotations

from enum import IntEnum


class Outcome(IntEnum):
    """The four outcomes of a rule (判定结果). Unknown never becomes met."""

    MET = 1
    NOT_MET = 0
    UNKNOWN = -1
    NOT_IN_FORCE = -2


class State(IntEnum):
    """Where a household stands (户状态)."""

    MARGIN = 0
    """边缘户: near-poor, not registered."""
    REGISTERED = 1
    """建档立卡: registered, nothing delivered yet."""
    ASSISTED = 2
    """帮扶中: something was delivered."""
    CONSOLIDATION = 3
    """巩固提升: verified exit, watched for two years."""
    STABLE = 4
    """稳定脱贫."""
    RETURNED = 5
    """返贫: back on the register."""
    ENTERED = 6
    """新识别: entered from the margin."""


class Places(IntEnum):
    """The three kinds of village that money is earmarked for (村类)."""

    DUE = 0
    """Poor villages due in the first year."""
    POOR = 1
    """Other poor villages."""
    OTHER = 2
    """Villages that are not on the list."""
