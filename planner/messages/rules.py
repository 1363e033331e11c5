"""What the rules say of a plan that cannot be judged, by code: Chinese, English."""

RULES: dict[str, tuple[str, str]] = {
    "rules.kind_unknown": (
        "没有“{found}”这类规则。 | 规则目录中有{known}。 | 请改为其中之一。",
        'no rule is of the kind "{found}". | The catalogue has {known}. | Choose one of them.',
    ),
    "rules.column_missing": (
        "“{kind}”类规则没有写读哪一列。 | 这类规则须用 column 指明名册的列。 | 请补上 column。",
        'a rule of the kind "{kind}" names no column. | It judges the column named under column. | Add column.',
    ),
    "rules.column_unused": (
        "“{kind}”类规则写了 column，但用不到。 | 这类规则读固定的列。 | 请删去 column。",
        'a rule of the kind "{kind}" names a column. | It reads fixed columns. | Delete column.',
    ),
    "rules.column_unknown": (
        "名册没有“{found}”这一列。 | column 须为名册的列名，或 share_ 加户的是否列。 | 请核对列名。",
        'the register has no column "{found}". | A column, or share_ and a household flag, was expected. | Check the name.',
    ),
    "rules.column_sort": (
        "“{found}”列不能用于“{kind}”类规则。 | 这类规则须读 {expected} 类的列。 | 请换一列或换一类规则。",
        'the column "{found}" does not suit a rule of the kind "{kind}". | It judges a column of the sort {expected}. '
        "| Change the one or the other.",
    ),
    "rules.threshold_missing": (
        "“{kind}”类规则没有标准值。 | 这类规则须与 threshold 比较。 | 请补上 threshold 及其条款。",
        'a rule of the kind "{kind}" has no threshold. | It compares with one. | Add threshold with its clause.',
    ),
    "rules.threshold_unused": (
        "“{kind}”类规则写了 threshold，但用不到。 | 这类规则不与数值比较。 | 请删去 threshold。",
        'a rule of the kind "{kind}" has a threshold. | It compares with none. | Delete threshold.',
    ),
    "rules.threshold_unit": (
        "标准值的单位“{found}”不合“{kind}”类规则。 | 收入线须为每人每年的金额，比例须为 % 或“比例”。 | 请改单位。",
        'the unit "{found}" does not suit a rule of the kind "{kind}". | An income line is money per head and year, '
        "a share is % or 比例. | Change the unit.",
    ),
    "rules.threshold_range": (
        "标准值 {found} 超出范围（单位 {unit}）。 | 应在 0 与 {most} 之间。 | 请核对数值。",
        "the threshold {found} is out of range (unit {unit}). | It lies between 0 and {most}. | Check the value.",
    ),
    "rules.parameter_missing": (
        "“{kind}”类标准缺参数“{name}”。 | 没有它算不出数额。 | 请在 parameters 里补上，并写明条款、来源或假定。",
        'a standard of the kind "{kind}" lacks the parameter "{name}". | Without it there is no amount. | Add it under '
        "parameters with its clause, source or assumption.",
    ),
    "rules.parameter_unknown": (
        "“{kind}”类标准没有这个参数。 | 可有的参数：{known}。 | 请核对名称，或删去。",
        'a standard of the kind "{kind}" has no such parameter. | It takes: {known}. | Check the name, or delete it.',
    ),
    "rules.parameter_unit": (
        "参数的单位是“{found}”。 | 应为{expected}（金额可用元、万元、亿元，比例可用 %）。 | 请改单位。",
        'the unit of the parameter is "{found}". | {expected} was expected (money in 元, 万元 or 亿元; shares also in %). '
        "| Change the unit.",
    ),
    "rules.reading_unknown": (
        "裁定选的是“{found}”，“{kind}”类标准没有这种读法。 | 可有的读法：{known}。 | 请改裁定的选项，或换一类标准。",
        'the ruling chooses "{found}", which is no reading of the kind "{kind}". | It knows: {known}. | Change the options '
        "of the ruling, or the kind.",
    ),
    "rules.reading_unused": (
        "“{kind}”类标准写了 ruling，但只有一种读法。 | 选择不会改变数额。 | 请删去 ruling。",
        'a standard of the kind "{kind}" names a ruling, but has one reading. | The choice would change nothing. | Delete '
        "ruling.",
    ),
    "rules.who_no_flag": (
        "“{found}”不是名册的是否列。 | who 须指明一个是否列，只有登记为“是”的才适用。 | 请核对列名。",
        '"{found}" is no yes-or-no column of the register. | who names one; the standard holds where it says yes. | Check '
        "the name.",
    ),
    "rules.pathway_unsuited": (
        "不能按途径“{found}”限定对象。 | 只有按户的标准可以限定途径，且方案须有这一途径。 | 请核对标识，或删去 pathway。",
        'the pathway "{found}" cannot say whom this is for. | Only a standard of households may name one, and the plan '
        "must have it. | Check the identifier, or delete pathway.",
    ),
    "rules.no_such_household": (
        "名册没有第 {row} 行的户。 | 共有 {rows} 户，行号自 0 起。 | 请核对编号。",
        "the register has no household in row {row}. | It has {rows}, counted from 0. | Check the number.",
    ),
    "rules.no_such_village": (
        "名册没有第 {row} 行的村。 | 共有 {rows} 个村，行号自 0 起。 | 请核对编号。",
        "the register has no village in row {row}. | It has {rows}, counted from 0. | Check the number.",
    ),
}
