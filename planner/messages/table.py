"""Every message, by code: Chinese, English. Parts are kept apart by ` | `: found | expected and why | what to do.

Blanks are filled by str.format. A code is never reused for another meaning.
"""

from planner.messages.allocation import ALLOCATION
from planner.messages.audit import AUDIT
from planner.messages.cli import CLI
from planner.messages.plan import PLAN
from planner.messages.reading import READING
from planner.messages.rules import RULES

MESSAGES: dict[str, tuple[str, str]] = {
    **READING,
    **PLAN,
    **AUDIT,
    **ALLOCATION,
    **CLI,
    **RULES,
    # register
    "register.column_missing": (
        "缺这一列。 | 登记表须有全部规定的列。 | 请补上这一列。",
        "this column is missing. | A register has every declared column. | Add the column.",
    ),
    "register.lengths": (
        "各列的行数不一：{found}。 | 同一张表各列行数须相同。 | 请核对是否有漏行。",
        "columns of different lengths: {found}. | All columns of a table have one length. | Look for missing rows.",
    ),
}
