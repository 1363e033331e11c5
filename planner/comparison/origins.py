"""Where the numbers come from: every figure of a plan that no clause gives, with its source or assumption and range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from planner.comparison.indicators import frame
from planner.plan.figures import Figure, Frozen, Series
from planner.plan.model import Plan


def figures(here: object, path: str = "") -> Iterator[tuple[str, Figure | Series]]:
    """Every figure and series of a plan with its path, in the plan's order."""
    if isinstance(here, Figure | Series):
        yield path, here
    elif isinstance(here, Frozen):
        for name in type(here).model_fields:
            yield from figures(getattr(here, name), f"{path}.{name}" if path else name)
    elif isinstance(here, Mapping):
        for key, held in here.items():
            yield from figures(held, f"{path}.{key}")
    elif isinstance(here, list | tuple):
        for position, held in enumerate(here):
            yield from figures(held, f"{path}.{position}")


def assumptions(plan: Plan) -> pd.DataFrame:
    """Figures with a source outside the plan, and those assumed."""
    rows = []
    for path, figure in figures(plan):
        if figure.clause is not None:
            continue
        kind = "source" if figure.source is not None else "assumed"
        low, high = figure.range if figure.range is not None else (float("nan"), float("nan"))
        if isinstance(figure, Series):
            value = "; ".join(f"{year}: {v:g}" for year, v in sorted(figure.values.items()))
        else:
            value = f"{figure.value:g}"
        rows.append((path, value, figure.unit, low, high, figure.source or figure.assumed or "", kind, ""))
    return frame("assumptions", rows)
