"""What the audit says of each kind of finding."""

AUDIT: dict[str, tuple[str, str]] = {
    "finding.sum": (
        "{title}：分项合{left}{unit}，总数为{sense}{right}{unit}，{direction}{by}{unit}。",
        "{title}: the parts come to {left} {unit} against {sense} {right} {unit}: {by} {direction}.",
    ),
    "finding.equal": (
        "{title}：一处为{left}{unit}，另一处为{sense}{right}{unit}，{direction}{by}{unit}。",
        "{title}: {left} {unit} in one place, {sense} {right} {unit} in the other: {by} {direction}.",
    ),
    "finding.product": (
        "{title}：乘得{left}{unit}，方案写的是{sense}{right}{unit}，{direction}{by}{unit}。",
        "{title}: the product is {left} {unit}, the plan says {sense} {right} {unit}: {by} {direction}.",
    ),
    "finding.beyond_most": (
        "{title}：{left}{unit}，超过上限{right}{unit}，多{by}{unit}。",
        "{title}: {left} {unit} passes the limit of {right} {unit} by {by}.",
    ),
    "finding.short_of_least": (
        "{title}：{left}{unit}，不到下限{right}{unit}，少{by}{unit}。",
        "{title}: {left} {unit} falls short of the least, {right} {unit}, by {by}.",
    ),
    "finding.uncovered": (
        "{title}：需{needed}{unit}，有着落的{covered}{unit}，还差{lacking}{unit}。",
        "{title}: {needed} {unit} needed, {covered} accounted for, {lacking} not.",
    ),
    "finding.nothing_covers": (
        "{title}：需{needed}{unit}，方案没有对应安排。",
        "{title}: {needed} {unit} needed, and nothing in the plan answers to it.",
    ),
    "finding.overlap": (
        "{title}：{shared}{unit}可能已含在{within}{unit}之内；若不含，合计为{apart}{unit}。",
        "{title}: {shared} {unit} may stand inside the {within}; if not, both come to {apart}.",
    ),
    "finding.horizon": (
        "{title}：涉及{reaches}{unit}，已有安排的{limit}{unit}，其余{beyond}{unit}没有安排。",
        "{title}: it reaches {reaches} {unit}, {limit} are provided for, {beyond} are not.",
    ),
    "finding.line_without_amount": (
        "{title}没有金额。",
        "The {title} has no amount.",
    ),
    "finding.line_amount_assumed": (
        "{title}的金额不在方案内，为另行假定。",
        "The amount of the {title} is not the plan's; it is assumed.",
    ),
    "finding.line_without_measure": (
        "{title}没有对应的措施，钱花在什么上面没有写。",
        "The {title} has no measure: what its money buys is not said.",
    ),
    "finding.target_without_money": (
        "{title}有{needed}{unit}的任务，但措施所在的资金项没有方案内的金额。",
        "The {title} has a target of {needed} {unit}, but no line behind it has an amount in the plan.",
    ),
    "finding.target_without_measure": (
        "{title}有{needed}{unit}的任务，但没有增收措施。",
        "The {title} has a target of {needed} {unit} and no measure that raises income.",
    ),
    "finding.criterion_without_measure": (
        "{title}没有措施去补：现在不达标的就一直不达标。",
        "No measure closes the {title}: where it is open now it stays open.",
    ),
    "finding.tasks_beyond_money": (
        "{title}的任务按单价需{needed}{unit}，金额为{covered}{unit}，还差{lacking}{unit}。",
        "The tasks of the {title} cost {needed} {unit} at their unit costs, against {covered}: {lacking} short.",
    ),
    "finding.task_beyond_capacity": (
        "{title}的任务为{needed}{unit}，一年最多能办{covered}{unit}，超出{lacking}{unit}。",
        "The task of the {title} is {needed} {unit}; a year can deliver {covered}: {lacking} too many.",
    ),
    "finding.task_without_amount": (
        "{title}有任务而没有金额。",
        "The {title} has a task and no amount.",
    ),
    "finding.funding_gap": (
        "各项共需{needed}{unit}，列明金额的来源共{covered}{unit}，资金缺口{lacking}{unit}。",
        "All lines need {needed} {unit}, sources with a named amount give {covered}: a gap of {lacking}.",
    ),
    "finding.restricted_gap": (
        "{title}共需{needed}{unit}，可用于这几项的列明资金只有{covered}{unit}，差{lacking}{unit}。",
        "{title} need {needed} {unit}; named money that may pay for them is {covered}: {lacking} short.",
    ),
    "finding.milestone_too_late": (
        "{title}定在{reaches}年，而方案期到{limit}年为止。",
        "The {title} is set for {reaches}, and the plan ends in {limit}.",
    ),
    "finding.money_ends_early": (
        "{title}只列到{limit}年，而方案期到{reaches}年：以后{beyond}年的资金是假定。",
        "The {title} is printed up to {limit}, and the plan runs to {reaches}: the {beyond} years after are assumed.",
    ),
}
