"""Turn a county's poverty-alleviation plan into an allocation proposal to defend and a forecast to believe.

The public names; each is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "load_plan": "planner.plan.loading",
    "Plan": "planner.plan.model",
    "audit": "planner.plan.audit",
    "resolve": "planner.scenario.resolving",
    "difference": "planner.scenario.difference",
    "synthesise": "planner.register.synthesis",
    "Register": "planner.register.model",
    "explain_household": "planner.rules.explanation",
    "explain_village": "planner.rules.explanation",
    "allocate": "planner.allocation.allocate",
    "ask": "planner.allocation.questions",
    "certify": "planner.allocation.certificate",
    "simulate": "planner.simulation.engine",
    "PlannerError": "planner.errors",
}

__all__ = [
    "Plan",
    "PlannerError",
    "Register",
    "__version__",
    "allocate",
    "ask",
    "audit",
    "certify",
    "difference",
    "explain_household",
    "explain_village",
    "load_plan",
    "resolve",
    "simulate",
    "synthesise",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'planner' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)
