"""Every message, by code: Chinese, English. Parts are kept apart by ` | `: found | expected and why | what to do.

Blanks are filled by str.format. A code is never reused for another meaning.
"""

from planner.messages.allocation import ALLOCATION
from planner.messages.audit import AUDIT
from planner.messages.cli import CLI
from planner.messages.needs import NEEDS
from planner.messages.plan import PLAN
from planner.messages.reading import READING
from planner.messages.register import REGISTER
from planner.messages.register_notes import REGISTER_NOTES
from planner.messages.register_rows import REGISTER_ROWS
from planner.messages.rules import RULES

MESSAGES: dict[str, tuple[str, str]] = {
    **READING,
    **PLAN,
    **AUDIT,
    **ALLOCATION,
    **CLI,
    **RULES,
    **NEEDS,
    **REGISTER,
    **REGISTER_NOTES,
    **REGISTER_ROWS,
}
