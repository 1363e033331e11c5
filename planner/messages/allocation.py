"""Messages about a ledger that does not hold, and about a register whose totals cannot be met."""

ALLOCATION: dict[str, tuple[str, str]] = {
    "ledger.unknown": (
        "没有这一项：{found}。 | 台账只能用方案里的来源、资金项、措施、乡镇和村类。 | 请核对该行。",
        "no such thing: {found}. | A ledger names sources, lines, measures, townships and kinds of village of the plan. "
        "| Look at this row.",
    ),
    "ledger.year": (
        "年份是{found}。 | 方案期为{first}至{last}年。 | 请核对该行。",
        "the year is {found}. | The plan runs from {first} to {last}. | Look at this row.",
    ),
    "ledger.amount": (
        "金额是{yuan}元、数量是{units}。 | 金额须为不小于零的整元，数量须不小于零。 | 请核对该行。",
        "the money is {yuan} yuan and the units are {units}. | Money is whole yuan and not below nought, nor are units. "
        "| Look at this row.",
    ),
    "ledger.line_of": (
        "措施“{measure}”记在“{line}”。 | 它属于“{owner}”。 | 请核对该行。",
        'the measure "{measure}" stands under "{line}". | It belongs to "{owner}". | Look at this row.',
    ),
    "ledger.not_payable": (
        "“{source}”支付了“{line}”的“{measure}”。 | 按方案这项来源不能用于此处。 | 请换一项来源。",
        '"{source}" pays "{measure}" of "{line}". | By the plan this source may not pay for it. | Take another source.',
    ),
    "ledger.places": (
        "“{source}”用到了非贫困村。 | 这项来源只能用于贫困村。 | 请换一项来源或地点。",
        '"{source}" pays outside the poor villages. | This source is bound to poor villages. '
        "| Take another source or place.",
    ),
    "ledger.cost": (
        "{units}个单位列了{yuan}元。 | 按单价应为{expected}元。 | 请核对数量和金额。",
        "{units} units stand at {yuan} yuan. | At their unit cost they come to {expected} yuan. "
        "| Look at the units and at the money.",
    ),
    "ledger.parts": (
        "数量是{units}。 | 到户措施按整户整人计。 | 请核对该行。",
        "the units are {units}. | A measure for households is counted in whole households or persons. | Look at this row.",
    ),
    "ledger.source_over": (
        "“{source}”至{year}年共付{paid}元。 | 至该年可用{limit}元。 | 请减少该来源的支出。",
        '"{source}" has paid {paid} yuan by the end of {year}. | It has {limit} yuan by then. | Let it pay less.',
    ),
    "ledger.line_printed": (
        "“{line}”{year}年共{found}元。 | 此项应与方案一致，为{printed}元。 | 请核对该项各行。",
        '"{line}" comes to {found} yuan in {year}. | It has to be as printed, {printed} yuan. | Look at its rows.',
    ),
    "ledger.line_within": (
        "“{line}”{year}年共{found}元。 | 只能在{low}元至{high}元之间。 | 请核对该项各行。",
        '"{line}" comes to {found} yuan in {year}. | It has to lie between {low} and {high} yuan. | Look at its rows.',
    ),
    "ledger.differs": (
        "这一行与模型的数不符：{found}。 | 由模型的数应得：{expected}。 | 台账或模型的数被改过，请重新计算。",
        "this row is not what the values of the program give: {found}. | They give: {expected}. "
        "| The ledger or the values were changed; compute the proposal again.",
    ),
    "register.nobody": (
        "没有一户建档立卡。 | 安排资金须有建档立卡户。 | 请核对 registered 一列。",
        "no household is registered. | Money is arranged for registered households. | Look at the column registered.",
    ),
    "register.total_unreachable": (
        "凑不出{wanted}人，还差{missing}人。 | 合成的登记表须与方案的总数完全一致。 | 请核对该总数与户数、户规模是否相容。",
        "{wanted} persons cannot be made up; {missing} are missing. | A made-up register agrees with the plan's totals "
        "exactly. | Look whether this total fits the number and the size of the households.",
    ),
}
