"""The titles, findings and notes of each card in both languages: (Chinese, English) by key."""

from __future__ import annotations

CARD_WORDS: dict[str, tuple[str, str]] = {
    # nothing to show, in words
    "empty.bands": (
        "没有仿真结果，无法与进度对照。",
        "No simulation results, so nothing to hold against the schedule.",
    ),
    "empty.milestones": ("没有里程碑的概率：未做仿真。", "No probabilities of milestones: nothing was simulated."),
    "empty.money": ("没有资金安排：分配表为空。", "No money was allocated: the table is empty."),
    "empty.lines": ("首年没有按资金项的安排。", "Nothing was proposed by fund line for the first year."),
    "empty.measures": ("首年没有措施数量。", "No units of measures for the first year."),
    "empty.places": ("没有按乡镇的仿真结果。", "No simulation results by township."),
    "empty.flows": ("没有状态流动：未做仿真。", "No flows between states: nothing was simulated."),
    "empty.gaps": ("没有资金缺口表。", "No table of resource gaps."),
    "empty.led": ("没有带动与自行脱贫的划分。", "Led out and leaving anyway are not told apart."),
    "empty.pathways": ("没有按途径的脱贫人数。", "No persons out by pathway."),
    "empty.paired": (
        "没有配对差异：需要两个以上方案与一个对照方案。",
        "No paired differences: they need two scenarios or more and a baseline.",
    ),
    "empty.bottlenecks": (
        "没有等待记录：各项工程都未排队，或未做仿真。",
        "No waiting was recorded: no works queued, or nothing was simulated.",
    ),
    "empty.findings": ("口径校验没有发现不一致。", "The audit found nothing that disagrees."),
    "empty.assumptions": ("没有假设：全部数字出自原文。", "No assumptions: every figure is in the document."),
    "empty.rulings": ("没有需要裁定的读法。", "No readings to be ruled on."),
    "empty.changes": ("各方案均未改动原文数据。", "No scenario changes the plan."),
    "empty.answers": ("尚未计算这一问。", "This question has not been computed."),
    # the schedule
    "schedule.persons": ("脱贫人数与进度", "Persons out against the schedule"),
    "schedule.villages": ("摘帽村数与进度", "Villages off the list against the schedule"),
    "schedule.overall": (
        "到{year}年底中位数 {parts} {unit}，目标 {target} {unit}",
        "by the end of {year} the medians are {parts} {unit}; the target is {target}",
    ),
    "schedule.finding": (
        "{scenario}：到{year}年底中位数 {median} {unit}（90% 区间 {band}），目标 {target} {unit}",
        "{scenario}: median {median} {unit} by the end of {year} (90 % band {band}), target {target}",
    ),
    "schedule.median": ("中位数（仿真）", "median (simulated)"),
    "schedule.band50": ("50% 区间", "50 % band"),
    "schedule.band90": ("90% 区间", "90 % band"),
    "schedule.target": ("进度目标（累计）", "target (cumulative)"),
    "schedule.planned": ("分配方案自身的预期（确定性）", "what the allocation itself expects (deterministic)"),
    "schedule.hover": (
        "{year}年 中位数 {median} {unit}<br>50% 区间 {half}<br>90% 区间 {most}",
        "{year}: median {median} {unit}<br>50 % band {half}<br>90 % band {most}",
    ),
    "schedule.reading": (
        "各图同一纵轴；带为多次仿真的分位数，只含运气，不含参数不确定性。",
        "All panels share one axis. The bands are quantiles over runs: luck only, not uncertain parameters.",
    ),
    "schedule.assumed_persons": (
        "户的起点、收入趋势、核查与返贫为合成或假设；首年之后的目标按年拆分亦为假设。",
        "Starting states, income trends, verification and returns are synthetic or assumed, "
        "and so is the split of the targets over the years after the first.",
    ),
    "schedule.assumed_villages": (
        "村的起点、施工能力与工期为合成或假设；首年之后各年的摘帽村数为假设。",
        "Starting states of villages, crews and building times are synthetic or assumed, "
        "and so are the numbers due after the first year.",
    ),
    "schedule.assumed_persons.handed_in": (
        "户的起点来自导入的登记表；收入趋势、核查与返贫为假设；首年之后的目标按年拆分亦为假设。",
        "Starting states are those of the register that was handed in; income trends, verification and returns are assumed, "
        "and so is the split of the targets over the years after the first.",
    ),
    "schedule.assumed_villages.handed_in": (
        "村的起点来自导入的登记表；施工能力与工期为假设；首年之后各年的摘帽村数为假设。",
        "Starting states of villages are those of the register that was handed in; crews and building times are assumed, "
        "and so are the numbers due after the first year.",
    ),
    # milestones
    "milestones.heading": ("达标概率", "Probability of meeting each milestone"),
    "milestones.none": ("未设从严或脱帽里程碑", "no strict or cap-off milestone is set"),
    "milestones.panel": (
        "各里程碑的达标概率与 95% 区间（每方案 {runs} 次仿真）",
        "Probability of each milestone with its 95 % interval ({runs} runs per scenario)",
    ),
    "milestones.axis": ("达标概率", "probability"),
    "milestones.of": ("{scenario}：概率（95% 区间）", "{scenario}: probability (95 % interval)"),
    "milestones.short_of": ("{scenario}：差额中位数", "{scenario}: median shortfall"),
    "milestones.caption": ("两种口径并列：从严与脱帽", "Two readings side by side: strict and cap-off"),
    "milestones.reading": (
        "“从严”要求首批名单全部脱贫、贫困村全部出列；“脱帽”要求贫困发生率不高于国家门槛。",
        "“Strict” asks for everybody of the first register out and every village off; "
        "“cap-off” for an incidence at or below the state's threshold.",
    ),
    "milestones.assumed": (
        "概率以模型与假设成立为前提；区间只反映仿真次数有限。",
        "The probabilities hold given the model and its assumptions; the intervals only show that runs are few.",
    ),
    # money
    "money.heading": ("资金流向：来源 → 资金项 → 措施", "Where the money goes: source → fund line → measure"),
    "money.none": ("{scenario}：{year}没有资金安排。", "{scenario}: no money in {year}."),
    "money.finding": (
        "{scenario}，{year}：共 {total} 万元，最多的一项是{line}，{most} 万元，占 {share}",
        "{scenario}, {year}: {total} 万元 in all; the largest line is {line} with {most} 万元, {share}",
    ),
    "money.table": (
        "{scenario}：各年资金，按来源、资金项、措施",
        "{scenario}: money by year, source, line and measure",
    ),
    "money.reading": (
        "每一元只计一次；图中数字为万元。方案外账目（原文未给金额的资金项）一并列出。",
        "Every yuan is counted once; figures are in 万元. Lines whose money the plan does not give are shown as well.",
    ),
    "money.assumed": (
        "首年之后的资金为假设；“来源未明确”的部分见“缺口与瓶颈”。",
        "Money after the first year is assumed; what has no named source is under gaps.",
    ),
    # lines and measures
    "lines.heading": ("{year}年各资金项：原文与各方案", "Fund lines of {year}: printed and proposed"),
    "lines.shift": (
        "变动最大的是 {scenario} 的{line}，由 {printed} 万元到 {proposed} 万元（{change}）",
        "{scenario} departs most in {line}, from {printed} to {proposed} 万元 ({change})",
    ),
    "lines.as_printed": ("各方案均照原文金额", "every scenario keeps the printed amounts"),
    "lines.finding": (
        "{scenario}：方案内 {total} 万元（原文 {printed}），方案外另列 {side} 万元",
        "{scenario}: {total} 万元 within the plan (printed {printed}), {side} 万元 beside it",
    ),
    "lines.total": ("合计（方案内）", "Total within the plan"),
    "lines.heads": ("{year}年，按方案所列各大项", "{year}, by the main lines of the plan"),
    "lines.proposed": ("方案金额", "Proposed"),
    "lines.printed": ("原文金额", "Printed"),
    "lines.reading": (
        "各图同一横轴；原文没有金额的资金项不画标记。",
        "All panels share one axis; a line without a printed amount has no mark.",
    ),
    "lines.assumed": (
        "{year}年以后各年资金见数据表，为假设。",
        "Amounts after {year} are in the table and are assumed.",
    ),
    "measures.heading": (
        "{year}年买到什么：数量与单价，与原文并列",
        "What {year}'s money buys, beside what is printed",
    ),
    "measures.unit": ("金额为万元，单价为元", "money in 万元, unit cost in yuan"),
    "measures.finding": (
        "{scenario}：{of} 项措施中 {count} 项有安排",
        "{scenario}: {count} of {of} measures are funded",
    ),
    "measures.idle": ("；未安排：{names}", "; not funded: {names}"),
    "measures.reading": (
        "数量为零的措施须有条款依据，见“依据条款”一列。“—”表示原文未给。",
        "A measure at nought needs its clause, see the last column. “—”: the document does not say.",
    ),
    # townships
    "measure.untied": ("未列任务的资金", "Money without a task"),
    "township.county": ("另有不分乡镇的资金（万元）", "Money not split by township (万元)"),
    "township.money": ("各乡镇资金（全部年份）", "Money by township (all years)"),
    "township.persons": ("到{year}年底各乡镇脱贫人数（均值）", "Persons out by township at the end of {year} (mean)"),
    "township.capped": ("到{year}年底各乡镇摘帽概率", "Probability of cap-off by township at the end of {year}"),
    "township.reading_capped": (
        "各图同一横轴、同一乡镇次序。概率为乡镇贫困发生率不高于门槛的仿真次数占比。",
        "All panels share axis and order. The share of runs in which the township is at or below the threshold.",
    ),
    "township.panel": (
        "{scenario}：{most}最多（{high} {unit}），{least}最少（{low} {unit}）",
        "{scenario}: most in {most} ({high} {unit}), least in {least} ({low} {unit})",
    ),
    "township.none": ("{scenario}：没有可按乡镇列出的内容。", "{scenario}: nothing to list by township."),
    "township.finding": (
        "乡镇间差距最大的是 {scenario}，最多 {high}、最少 {low} {unit}",
        "townships differ most in {scenario}, from {low} to {high} {unit}",
    ),
    "township.reading_money": (
        "各图同一横轴、同一乡镇次序。乡镇一级的需求为合成，原文没有分解表。",
        "All panels share axis and order. Needs by township are synthetic; the document has no breakdown.",
    ),
    "township.reading_persons": (
        "各图同一横轴、同一乡镇次序。乡镇一级的人口为合成，原文没有分解表。",
        "All panels share axis and order. The poor of a township are synthetic; the document has no breakdown.",
    ),
    "township.reading_money.handed_in": (
        "各图同一横轴、同一乡镇次序。乡镇一级的需求来自导入的登记表。",
        "All panels share axis and order. Needs by township are those of the register that was handed in.",
    ),
    "township.reading_persons.handed_in": (
        "各图同一横轴、同一乡镇次序。乡镇一级的人口来自导入的登记表。",
        "All panels share axis and order. The poor of a township are those of the register that was handed in.",
    ),
    # states and exits
    "flows.heading": ("人在各状态之间的流动", "How persons move between states"),
    "flows.none": ("{scenario}：{year}年没有记录。", "{scenario}: nothing recorded in {year}."),
    "flows.finding": (
        "{scenario}，{year}年：{into} 人脱贫，{back} 人返贫，{entered} 人新识别",
        "{scenario}, {year}: {into} persons leave poverty, {back} return, {entered} enter",
    ),
    "flows.caption": (
        "一年之内由左列状态到右列状态的人数（仿真均值）",
        "Persons from state to state within the year (mean of runs)",
    ),
    "flows.reading": (
        "左为年初，右为年末，人数守恒；数字为仿真均值。",
        "Left the start, right the end of the year; persons are conserved. Means over runs.",
    ),
    "flows.assumed": ("返贫、新识别与核查的比率为假设。", "Rates of return, entry and verification are assumed."),
    "led.heading": ("带动脱贫与不帮也会脱贫", "Led out, and would have left anyway"),
    "led.led": ("带动脱贫", "led out by the programme"),
    "led.anyway": ("不帮也会脱贫", "would have left anyway"),
    "led.share": ("带动占比", "share led out"),
    "led.panel": (
        "{scenario}：到{year}年底带动 {led} 人，不帮也会脱贫 {anyway} 人（带动占 {share}）",
        "{scenario}: by the end of {year} {led} led out, {anyway} would have left anyway ({share} led out)",
    ),
    "led.finding": (
        "带动最多的是 {scenario}，到{year}年底 {led} 人；另有 {anyway} 人不帮也会脱贫",
        "{scenario} leads out most, {led} by the end of {year}; another {anyway} would have left anyway",
    ),
    "led.reading": (
        "同一运气下与“无帮扶”逐户比较得出；两部分相加为累计脱贫人数。",
        "Told apart household by household against no programme under the same luck; both add up to persons out.",
    ),
    "led.assumed": (
        "“不帮也会脱贫”取决于假设的收入趋势，是最需要复核的一项。",
        "Who would leave anyway hangs on the assumed income trend, which most deserves checking.",
    ),
    "pathways.heading": ("{year}年各途径脱贫人数与目标", "Persons out by pathway in {year} against the targets"),
    "pathways.persons": ("脱贫人数（均值）", "persons out (mean)"),
    "pathways.target": ("原文目标", "printed target"),
    "pathways.panel": (
        "{scenario}：共 {persons} 人，{of} 个目标中达到 {reached} 个",
        "{scenario}: {persons} persons in all; {reached} of {of} targets are reached",
    ),
    "pathways.finding": ("达到目标的途径数：{met}", "targets reached: {met}"),
    "pathways.reading": (
        "每户只按一条主要途径计一次；没有目标的途径不画标记。",
        "A household counts once, by its primary pathway; a pathway without a target has no mark.",
    ),
    # differences
    "paired.heading": ("与对照方案的配对差异", "Paired differences to the baseline"),
    "paired.panel": ("{indicator}({unit})", "{indicator} ({unit})"),
    "paired.pair": ("{scenario} 减 {baseline}", "{scenario} less {baseline}"),
    "paired.at": ("到{year}年底累计脱贫人数，", "persons out by the end of {year}: "),
    "paired.finding": (
        "{scenario} 比 {baseline} {mean} 人（95% 区间 {band}）",
        "{scenario} against {baseline} {mean} (95 % interval {band})",
    ),
    "paired.finding_nought": (
        "{scenario} 与 {baseline} 相差 {mean} 人（95% 区间 {band}，与零分不开）",
        "{scenario} against {baseline} {mean} (95 % interval {band}, not told from nought)",
    ),
    "paired.none": ("见数据表", "see the table"),
    "paired.caption": ("同一运气种子下逐次相减", "Subtracted run by run under the same luck"),
    "paired.reading": (
        "两方案用同一运气种子逐次相减（{runs} 次），差异只来自政策；竖线为 95% 区间。",
        "Subtracted run by run under the same luck ({runs} runs), so the difference is the policy's; "
        "whiskers are 95 % intervals.",
    ),
    # gaps and bottlenecks
    "gaps.heading": ("资金缺口", "Resource gaps"),
    "gaps.arranged": ("已安排", "Arranged"),
    "gaps.named": ("来源明确", "Source named"),
    "gaps.unnamed": ("来源未明确（缺口）", "No named source (gap)"),
    "gaps.none": ("{year}年各项资金来源均已明确", "in {year} every line has named sources"),
    "gaps.finding": (
        "{scenario} {year}年安排 {arranged} 万元，其中 {unnamed} 万元（{share}）来源未明确",
        "{scenario} arranges {arranged} 万元 in {year}, of which {unnamed} ({share}) have no named source",
    ),
    "gaps.panel": (
        "{scenario}，{year}年：来源明确 {named} 万元，未明确 {unnamed} 万元",
        "{scenario}, {year}: {named} 万元 from named sources, {unnamed} without",
    ),
    "gaps.reading": (
        "各图同一横轴；图为首年，各年见数据表。",
        "All panels share one axis; drawn for the first year, all years in the table.",
    ),
    "gaps.assumed": ("来源未明确部分能否到位为假设。", "Whether money without a named source arrives is assumed."),
    "bottlenecks.heading": ("瓶颈：工程在等什么", "Bottlenecks: what works wait for"),
    "bottlenecks.finding": (
        "最久的是 {scenario} {year}年的{resource}，{works} 项工程平均等 {months} 个月",
        "the longest wait is for {resource} in {scenario}, {year}: {works} works, {months} months on average",
    ),
    "bottlenecks.panel": (
        "{scenario}：最久的是{year}年的{resource}，平均 {months} 个月",
        "{scenario}: longest for {resource} in {year}, {months} months on average",
    ),
    "bottlenecks.reading": (
        "格中为平均等待月数，颜色越深等得越久；空格表示当年没有等待。",
        "Cells are mean months of waiting, darker is longer; an empty cell means no waiting.",
    ),
    "bottlenecks.assumed": ("施工能力、审批与验收时间为假设。", "Crews, approval and acceptance times are assumed."),
    # audit, assumptions
    "findings.heading": ("口径校验", "Audit of the plan"),
    "findings.finding": ("共 {count} 项（{each}）", "{count} findings ({each})"),
    "findings.reading": (
        "由数据中声明的关系（分项与合计、数量×单价、同一数两处等）逐条核出，不是预先列好的清单。",
        "Found from the relations declared in the data (sums, products, one figure in two places), "
        "not from a list of known faults.",
    ),
    "assumptions.heading": (
        "原文没有、由本工具假设或引自外部的数字",
        "Figures that are assumed or from outside the document",
    ),
    "assumptions.finding": ("共 {count} 个（{each}）", "{count} in all ({each})"),
    "assumptions.reading": (
        "改动任何一个都可能改变结果；有范围者即不确定。",
        "Changing any of them may change the results; those with a range are uncertain.",
    ),
    "rulings.heading": ("读法裁定", "Rulings on readings"),
    "rulings.finding": (
        "共 {count} 处原文可有不同读法，以下为采用者",
        "{count} places can be read in more than one way",
    ),
    "rulings.reading": ("裁定是数据，可在方案文件中改动。", "Rulings are data and can be changed in a scenario file."),
    "changes.heading": ("各方案改了什么", "What each scenario changes"),
    "changes.panel": ("{scenario}：改动 {count} 处", "{scenario}: {count} changes"),
    "changes.none": ("{scenario}：未改动原文数据。", "{scenario}: changes nothing in the plan."),
    "changes.finding": ("改动处数：{each}", "number of changes: {each}"),
    # the three questions
    "answers.villages_capped": (
        "{year}年底发生率达标的贫困村/全部",
        "poor villages with an incidence low enough, {year}",
    ),
    "answers.not_binding": (
        "{verdict}；资金已不是约束，余下的钱买不到更多按期脱贫",
        "{verdict}; money no longer binds, what is left buys no more exits in time",
    ),
    "answers.note": (
        "三问均为确定性计算（线性规划），不含运气；达标概率见“进度对照”。",
        "All three are computed without luck (linear program); probabilities are under the schedule.",
    ),
    "answers.as_written": ("照原文执行会怎样？", "What does the plan as written lead to?"),
    "answers.best_use": ("同样的钱怎样用最好？", "What is the best use of the same money?"),
    "answers.least_money": ("要脱帽至少要多少钱？", "What is the least money that meets cap-off?"),
    "answers.lead_as_written": (
        "资金项照原文金额，按原文次序安排",
        "Lines as printed, spread as the plan itself ranks",
    ),
    "answers.lead_best_use": ("总额不变，重新安排", "The same total, arranged anew"),
    "answers.lead_least_money": (
        "达到脱帽里程碑的最少资金，或指出哪一条款钱也解决不了",
        "Least money for the cap-off milestone, or the clause that no money mends",
    ),
    "answers.reaches": (
        "到{year}年底可脱贫 {persons} 人，达到进度目标",
        "{persons} persons out by the end of {year}: on schedule",
    ),
    "answers.short": (
        "到{year}年底可脱贫 {persons} 人，比进度少 {missing} 人",
        "{persons} persons out by the end of {year}, {missing} short of the schedule",
    ),
    "answers.least": ("至少 {yuan} 万元", "At least {yuan} 万元"),
    "answers.stuck": ("{status}，卡在条款：{clause}", "{status}; the clause that binds: {clause}"),
    "answers.yuan": ("资金（全部年份）", "Money, all years"),
    "answers.yuan_first": ("其中{year}年", "of which in {year}"),
    "answers.wan": ("{yuan} 万元", "{yuan} 万元"),
    "answers.persons": ("{year}年底脱贫/目标（人）", "Persons out by {year} / target"),
    "answers.villages": ("{year}年底摘帽/目标（村）", "Villages off by {year} / target"),
    "answers.incidence": ("{year}年底贫困发生率", "Incidence at the end of {year}"),
    "answers.against": ("{value} / {target}", "{value} / {target}"),
}
