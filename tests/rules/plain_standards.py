"""The shipped standards for one household in the plainest words, as a reference: None is what nobody knows."""

from __future__ import annotations

from typing import NamedTuple

INFINITE = float("inf")


class Said(NamedTuple):
    """An outcome and the two ends; None where nothing can be told."""

    outcome: int
    low: float | None
    high: float | None


def told(row: dict[str, float], name: str) -> float | None:
    """A value of the row; None where it is absent, below nought, or NaN."""
    value = row.get(name, -1)
    return value if value >= 0 else None


def yes(value: float | None) -> int:
    return -1 if value is None else int(value == 1)


def all_of(*outcomes: int) -> int:
    if 0 in outcomes:
        return 0
    return -1 if -1 in outcomes else 1


def exact(amount: float | None) -> Said:
    return Said(-1, None, None) if amount is None else Said(1, amount, amount)


def limited_to(said: Said, allowed: int) -> Said:
    outcome = all_of(said.outcome, allowed)
    if outcome == 0:
        return Said(0, 0, 0)
    return Said(outcome, 0 if allowed == -1 else said.low, said.high)


def ends(low: float, high: float | None) -> Said:
    return Said(1 if low > 0 else 0 if high == 0 else -1, low, high)


def people(row: dict[str, float]) -> float | None:
    persons = told(row, "persons")
    return persons if persons else None


def two_sorts(pool: float | None, first: float | None, a: float, second: float | None, b: float) -> Said:
    low = (first or 0) * a + (second or 0) * b
    if first is not None and second is not None:
        return ends(low, low)
    if pool is None:
        return ends(low, None)
    others = max(pool - (first or 0) - (second or 0), 0)
    if first is None and second is None:
        return ends(low, low + others * max(a, b))
    return ends(low, low + others * (a if first is None else b))


def dwelling(persons: float | None) -> Said:
    if persons is None:
        return Said(-1, None, None)
    own = 40 if persons == 1 else 120 if persons >= 5 else INFINITE
    return Said(1, min(25 * persons, 90, own), own)


def building(persons: float | None) -> Said:
    return Said(-1, None, None) if persons is None else Said(1, min(40_000 * persons, 140_000), INFINITE)


def ceiling(row: dict[str, float]) -> Said:
    fives, low_income = yes(told(row, "wubao")), yes(told(row, "dibao"))
    severe, disabled = told(row, "severely_disabled"), told(row, "disabled")
    severity = [severe > 0] if severe is not None else [False] if disabled == 0 else [False, True]
    amounts = [
        30_000 if is_five else (15_000 if is_severe else 12_000) if is_low else 0
        for is_five in ([fives == 1] if fives != -1 else [True, False])
        for is_low in ([low_income == 1] if low_income != -1 else [True, False])
        for is_severe in severity
    ]
    outcome = 1 if 1 in (fives, low_income) else -1 if -1 in (fives, low_income) else 0
    return Said(outcome, min(amounts), max(amounts))


def interest(row: dict[str, float]) -> Said:
    loan, years, rate = (told(row, name) for name in ("loan", "loan_years", "loan_rate"))
    high = min(50_000 if loan is None else loan, 50_000)
    high *= min(0.0475 if rate is None else rate, 0.0475) * min(3 if years is None else years, 3)
    return ends(high if None not in (loan, years, rate) else 0, high)


def plain_standards(row: dict[str, float]) -> dict[str, Said]:
    """Every standard of a household in 2016, under the shipped rulings."""
    registered = yes(told(row, "registered"))
    moves = all_of(yes(told(row, "site_at_risk")), yes(told(row, "consent_to_move")))
    persons = people(row)
    pupils, students, labour = told(row, "pupils"), told(row, "students"), told(row, "labour")
    other = told(row, "other_premium_aid")
    base = told(row, "base_reimbursed")
    found = {
        "relocation_need": limited_to(exact(persons and min(60_000 * persons, 200_000)), moves),
        "relocation_grant": limited_to(limited_to(exact(persons and 18_000 * persons), registered), moves),
        "dwelling_area": limited_to(dwelling(persons), moves),
        "dwelling_plot": limited_to(Said(1, 80, INFINITE) if persons else exact(None), moves),
        "dwelling_cost": limited_to(building(persons), moves),
        "boarders": two_sorts(pupils, told(row, "primary_boarders"), 1000, told(row, "junior_boarders"), 1250),
        "yulu": two_sorts(students, told(row, "university_entrants"), 5000, told(row, "vocational_entrants"), 6000),
        "student_loan": ends(0, None) if students is None else ends(8000 * students, 8000 * students),
        "premium": limited_to(exact(persons and 60 * persons), -1 if other is None else 1 - int(other)),
        "reimbursement": exact(None if base is None else min(base + 0.1, 1)),
        "inpatient_ceiling": ceiling(row),
        "temporary_relief": exact(persons and 768 * persons),
        "household_loan": limited_to(Said(1, 50_000, 50_000), registered),
        "loan_interest": interest(row),
        "startup_loan": ends(0, 100_000) if labour is None else ends(50_000 * min(labour, 1), 100_000 * min(labour, 1)),
    }
    for name in (
        "boarders", "yulu", "student_loan", "premium", "reimbursement", "inpatient_ceiling", "temporary_relief",
        "loan_interest", "startup_loan",
    ):  # fmt: skip
        found[name] = limited_to(found[name], registered)
    return found


def plain_pathways(row: dict[str, float]) -> dict[str, int]:
    """Which pathways are open to a household."""

    def some(*names: str) -> int:
        counts = [told(row, name) for name in names]
        if any(count for count in counts if count is not None):
            return 1
        return -1 if None in counts else 0

    flags = [yes(told(row, name)) for name in ("dibao", "wubao")]
    return {
        "industry": some("labour"),
        "relocation": all_of(yes(told(row, "site_at_risk")), yes(told(row, "consent_to_move"))),
        "education": some("students", "graduates"),
        "employment": some("labour"),
        "medical": some("ill"),
        "dibao": 1 if 1 in flags else -1 if -1 in flags else 0,
    }
