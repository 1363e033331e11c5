"""What the tables of needs say around their figures, by code: Chinese, English."""

NEEDS: dict[str, tuple[str, str]] = {
    "needs.title_county": (
        "{place}：各项措施的需求（{year}年标准）",
        "{place}: needs by measure (standard of {year})",
    ),
    "needs.title_measure": (
        "{place}：各项措施在各类村的需求（{year}年标准）",
        "{place}: needs by measure and kind of village (standard of {year})",
    ),
    "needs.title_township": (
        "{place}：各乡镇的需求（{year}年标准）",
        "{place}: needs by township (standard of {year})",
    ),
    "needs.title_village": (
        "{place}：贫困村缺口排序（{year}年标准）",
        "{place}: villages ranked by what they lack (standard of {year})",
    ),
    "needs.title_one": (
        "{village}（{township}）：脱帽还要什么（{year}年标准）",
        "{village} ({township}): what it takes to cap it off (standard of {year})",
    ),
    "needs.ranked": (
        "计划{due}年脱帽，缺口排序第{rank}位（共{count}个贫困村）；建档立卡{persons}人。",
        "Due to leave the list in {due}; place {rank} of {count} poor villages; {persons} registered persons.",
    ),
    "needs.not_listed": (
        "不在贫困村名单内，不适用村标准；建档立卡{persons}人。",
        "Not on the list of poor villages, so that no village criterion is in force; {persons} registered persons.",
    ),
    "needs.lacking": ("村标准未达标{count}项：{names}。", "Village criteria not met: {count} ({names})."),
    "needs.all_met": ("村标准没有未达标的。", "No village criterion is open."),
    "needs.doubtful": ("村标准待核实{count}项：{names}。", "Village criteria to be verified: {count} ({names})."),
    "needs.leave": (
        "贫困发生率要不高于{threshold}，还须脱贫{persons}人。",
        "For an incidence of at most {threshold}, {persons} persons have to leave poverty.",
    ),
    "needs.leave_unknown": (
        "贫困人口或农村人口不明，贫困发生率待核实。",
        "Its poor or rural persons are unknown: verify its incidence.",
    ),
    "needs.lacking_households": (
        "户标准未达标（户数）：{names}。",
        "Household criteria not met (households): {names}.",
    ),
    "needs.standard": (
        "需求由登记表期初状况对照{year}年标准得出；期间的落实和增收见仿真。资金含群众自筹；“每年”为“是”的是一年的数，以后各年还要。",
        "Needs are those of the register at the start by the standard of {year}; what is delivered and earned in between "
        "is for the simulation. Money includes the residents' own share; where it comes back every year, it is one year's.",
    ),
    "needs.once_only": (
        "一户一项标准只计一种措施：须搬迁且同意的计搬迁，其余依次计到户措施、公共工程、增收措施；还可改用别的措施的户列在“可替代”，"
        "不计入需要和资金。一户可同时需要几种措施，户数和人数不能跨行相加。",
        "A household is counted under one measure for each criterion: relocation where it has to move and agrees, else "
        "goods, then shared works, then income measures. Those who could take another stand under 'alternative' and are in "
        "no sum. A household may need several measures: households and persons do not add up over rows.",
    ),
    "needs.distinct": (
        "建档立卡{all}户中，有标准未达标的共{households}户、{persons}人。",
        "Of {all} registered households, {households} with {persons} persons have an open criterion.",
    ),
    "needs.income": (
        "收入未超过标准（{line}元/人/年）的{households}户、{persons}人，一年合计差{gap}万元；措施增收不能补足的，"
        "{transfer}户靠低保五保兜底，{nothing}户不在低保五保内、没有办法。",
        "Income is not above the line ({line} 元 per head and year) in {households} households with {persons} persons, short "
        "of {gap} 万元 a year together. Where measures do not suffice, {transfer} households are left to their allowance, and "
        "{nothing} are on no rolls: the plan has nothing for them.",
    ),
    "needs.beyond": (
        "“另有待建”：登记表记为待建、但没有未达标的标准等着的工程量，不计入需要。",
        "'Beyond': works that the register counts as still to be built and no open criterion waits for; not in the needs.",
    ),
    "needs.cover": (
        "“覆盖”：方案当年任务能满足的需要，按任务所限的村计，最多算满；百分比任务按所限村的需要折算。",
        "'Covered': how much of the need the year's task meets in the villages it is meant for, at most all of it; a task in "
        "per cent is a share of the need there.",
    ),
    "needs.moved_along": (
        "“{name}”只计建档立卡人口，随迁的非建档立卡人口不计。",
        "'{name}' counts the registered only, not those moved along with them.",
    ),
    "needs.held": (
        "另有{count}项任务不对应脱贫标准，登记表里没有需要量：{names}。",
        "{count} more tasks answer to no criterion, and the register counts no need of them: {names}.",
    ),
    "needs.nothing": (
        "“{name}”未达标而方案没有措施的有{households}户。",
        "{households} households do not meet '{name}' and the plan has no measure for it.",
    ),
    "needs.verify": (
        "“待核实”：登记表没有载明要不要、要多少，共{count}项（到户的按户、工程按村），未计入需要，不等于不需要。",
        "'To verify': the register does not say whether or how much; {count} entries (households, or villages for works), "
        "not in the needs, which does not mean that there is none.",
    ),
    "needs.doubtful_households": (
        "户标准不明、须先核实（户数）：{names}。",
        "Household criteria unknown, to be verified first (households): {names}.",
    ),
    "needs.unsized": (
        "{households}户人口数不明，人数没有计入。",
        "The size of {households} households is unknown; their persons are not counted.",
    ),
    "needs.others": (
        "非贫困村{count}个不参加排序，其贫困户另需{yuan}万元（一次性）和每年{yearly}万元。",
        "{count} villages that are not on the list have no place in it; their poor households need another {yuan} 万元 once "
        "and {yearly} 万元 a year.",
    ),
    "needs.order": (
        "排序：先看脱帽年份，再看每名贫困人口要多少钱（少的在前），再看缺几项。“还须脱贫”是贫困发生率降到标准要脱贫的人数。",
        "Order: by the year due, then by cost per registered person (least first), then by what is lacking. 'To leave': "
        "persons who have to be out before the incidence is low enough.",
    ),
    "needs.synthetic": (
        "登记表为合成数据（种子{seed}），不是真实建档立卡数据：{what}",
        "The register is synthetic (seed {seed}), not of real households: {what}",
    ),
    "needs.written": ("已写入 {path}", "written to {path}"),
}
