"""Everything that can go wrong, drawn as one tree.

```
PlannerError
├─ DocumentError          faults a person can mend in a file; carries all of them, not the first
│  ├─ PlanError           in a plan
│  ├─ ScenarioError       in a scenario
│  ├─ RegisterError       in a register of households or villages
│  └─ ResultError         in a folder of results (missing, changed, from another plan)
├─ UsageError             a command was asked for something that does not exist
├─ AllocationError
│  ├─ Infeasible          the clauses cannot all hold; carries the rows that clash
│  └─ SolverFailed        what the solver said, translated
└─ SimulationError
   └─ IllegalMove         a household move that the states forbid
```

A fault has an address (file, line, path), what was found, what was expected, and what to do. Its words are
looked up by its code in `planner.wording`, so that every message exists in Chinese and in English.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Fault:
    """One thing a person can mend, with its address.

    `code` names the message in `planner.wording.MESSAGES`; `values` fills its blanks.
    """

    file: str
    line: int
    path: str
    code: str
    values: Mapping[str, object] = field(default_factory=dict, compare=False)


class PlannerError(Exception):
    """The root of every error of this package."""


class DocumentError(PlannerError):
    """Faults in what was given; all of them, sorted by file and line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(faults))
        super().__init__("; ".join(f"{f.file}:{f.line} {f.path} {f.code}" for f in self.faults))


class PlanError(DocumentError):
    """Faults in a plan."""


class ScenarioError(DocumentError):
    """Faults in a scenario, or in what it does to its plan."""


class RegisterError(DocumentError):
    """Faults in a register of households or villages."""


class ResultError(DocumentError):
    """Faults in a folder of results."""


class UsageError(PlannerError):
    """A command was asked for something that does not exist; `code` and `values` as in `Fault`."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(f"{code} {values}")


class AllocationError(PlannerError):
    """No allocation could be made."""


class Infeasible(AllocationError):
    """The clauses cannot all hold; `clauses` are those that clash, `rows` name the rows behind them."""

    def __init__(self, clauses: Sequence[str], rows: Sequence[str] = ()) -> None:
        self.clauses, self.rows = tuple(clauses), tuple(rows)
        super().__init__("clauses that cannot all hold: " + ", ".join(self.clauses))


class SolverFailed(AllocationError):
    """The solver stopped without an answer; the text is its own word, translated."""


class SimulationError(PlannerError):
    """The simulation was asked for something it cannot do."""


class IllegalMove(SimulationError):
    """A household was moved between two states that no rule joins."""
