"""What the command line says, by code: Chinese, English."""

CLI: dict[str, tuple[str, str]] = {
    "cli.audit_head": ("《{title}》口径校验：{count}条", "Audit of {title}: {count} findings"),
    "cli.allocated_year": (
        "{year}年：安排{yuan}万元，预期累计脱贫{persons}人；累计提请摘帽{forward}个村，预期脱帽{villages}个",
        "{year}: {yuan} 万元 arranged; expected so far {persons} persons out; {forward} villages put forward, {villages} "
        "expected off the list",
    ),
    "cli.written": ("已写入 {path}", "written to {path}"),
    "tasks.title": (
        "{township}{year}年任务清单（{scenario}）",
        "{township}: tasks of {year} ({scenario})",
    ),
    "tasks.title_county": (
        "{place}{year}年任务分解表（{scenario}）",
        "{place}: tasks of {year} by township ({scenario})",
    ),
    "tasks.note_persons": (
        "预期脱贫人数是各户把握之和，按乡镇取整配平；名单上的户数、人数为点名到户的实数。",
        "Persons expected out are sums of chances, rounded so that the townships add up; households and persons on the list "
        "are counted by name.",
    ),
    "tasks.note_works": (
        "工程按整村安排，户按整户安排；同一村、同一户可列多项。",
        "Works are of whole villages and goods of whole households; one village or household may stand under several items.",
    ),
    "tasks.synthetic": (
        "登记表为合成数据，不对应真实农户和村：{what}",
        "The register is synthetic, not of real households and villages: {what}",
    ),
    "cli.page": ("对比页：{path}", "the page: {path}"),
    "cli.verify_nothing": ("{name}：没有安排资金，只核对台账", "{name}: nothing is bought; only the ledger is checked"),
    "cli.verified": (
        "{name}：{rows}条约束、{columns}个变量逐一复核，全部成立（最大相对误差{worst}）",
        "{name}: {rows} rows and {columns} columns re-checked, all hold (largest relative breach {worst})",
    ),
    "cli.refused": (
        "{name}：{rows}条约束、{columns}个变量中有不成立的（最大相对误差{worst}）",
        "{name}: of {rows} rows and {columns} columns some do not hold (largest relative breach {worst})",
    ),
    "cli.proof": ("{rank}：{value}，距可证明的最优相差{gap}", "{rank}: {value}, within {gap} of the proved best"),
    "cli.exits": (
        "整村选取：{value}；村可按份额脱帽时的可证明下界{bound}；求解器自报相差{claimed}（未另行证明）",
        "whole villages: {value}; proved bound were shares of villages allowed: {bound}; gap stated by the solver: {claimed}"
        " (not proved here)",
    ),
    "cli.answer_as_written": (
        "{question}（{money}）：用{yuan}万元，预期{first}年脱贫{out}人，到{year}年底脱贫{persons}人、脱帽{villages}个村，"
        "贫困发生率{incidence}%",
        "{question} ({money}): {yuan} 万元; expected {out} persons out in {first}, {persons} and {villages} villages by the "
        "end of {year}, incidence {incidence} %",
    ),
    "cli.answer_best_use": (
        "{question}（{money}）：用{yuan}万元，预期{first}年脱贫{out}人，到{year}年底脱贫{persons}人、脱帽{villages}个村，"
        "贫困发生率{incidence}%",
        "{question} ({money}): {yuan} 万元; expected {out} persons out in {first}, {persons} and {villages} villages by the "
        "end of {year}, incidence {incidence} %",
    ),
    "cli.not_binding": (
        "{question}（{money}）：只用得上{yuan}万元，预期{first}年脱贫{out}人，到{year}年底脱贫{persons}人、脱帽{villages}个村，"
        "贫困发生率{incidence}%；资金已不是约束，余下的钱买不到更多按期脱贫",
        "{question} ({money}): only {yuan} 万元 find a use; expected {out} persons out in {first}, {persons} and {villages} "
        "villages by the end of {year}, incidence {incidence} %; money no longer binds, what is left buys no more exits",
    ),
    "cli.places": (
        "{year}年底各乡镇：现册人口脱贫比例、乡镇达到摘帽口径的概率",
        "By township at the end of {year}: share of the registered out, chance of the cap-off",
    ),
    "cli.answer_least_money": (
        "{question}（{money}）：至少{yuan}万元，到{year}年底发生率{incidence}%、{villages}个贫困村达到摘帽口径",
        "{question} ({money}): at least {yuan} 万元 for an incidence of {incidence} % and {villages} poor villages capped off "
        "by the end of {year}",
    ),
    "cli.no_money": (
        "{question}（{money}）：再多的钱也不能使每个贫困村都达到摘帽口径；做得到的是{villages}个村、全市发生率{incidence}%，"
        "至少{yuan}万元。钱不能改变的是：{clause}",
        "{question} ({money}): no money brings every poor village to the cap-off; what can be reached is {villages} villages "
        "and a county incidence of {incidence} %, for at least {yuan} 万元. What money does not mend: {clause}",
    ),
    "ruling.why": ("裁定“{question}”取“{option}”：{why}", 'the ruling "{question}" is "{option}": {why}'),
    "cli.infeasible": (
        "各条款不能同时成立：{clauses}。请放宽其中一条，或换一种安排方式（regime）。",
        "The clauses cannot all hold: {clauses}. Relax one of them, or choose another regime.",
    ),
    "cli.own_failure": (
        "程序自身未能完成：{what}。输入没有问题，结果没有写入。",
        "The program itself failed: {what}. Nothing was wrong with the input; nothing was written.",
    ),
    "cli.os_failure": (
        "无法读写“{path}”：{what}。请核对路径、权限和磁盘空间；结果没有写入。",
        'Cannot read or write "{path}": {what}. Check the path, the permission and the disk; nothing was written.',
    ),
    "usage.same_scenario": (
        "情景“{name}”给了两次。 | 每个情景只能给一次。 | 请去掉一个，或给其中一个改名。",
        'the scenario "{name}" is given twice. | Each scenario is given once. | Drop one, or rename one.',
    ),
    "usage.several_plans": (
        "这些情景属于{count}个不同的方案。 | 只能比较同一方案的情景。 | 请分开运行。",
        "these scenarios belong to {count} different plans. | Only scenarios of one plan can be compared. | Run them apart.",
    ),
    "usage.other_years": (
        "这些情景的方案期不同：{spans}。 | 年份、资金和时间节点都不同的情景不能并列。 "
        "| 请让较长的也只看较短的年份（用 + 连接），即：{joined}；或分开运行。",
        "these scenarios cover different years: {spans}. | Scenarios of other years, money and promises cannot stand side by "
        "side. | Let the longer ones look at the shorter span too (joined by +): {joined}; or run them apart.",
    ),
    "usage.no_village": (
        "登记表里没有“{name}”村。 | 应为村名或行号。 | 请核对村名。",
        'the register has no village "{name}". | A village name or a row number was expected. | Check the name.',
    ),
    "usage.no_township": (
        "方案里没有乡镇“{name}”。 | 已知的有：{known}。 | 请核对 --township。",
        'the plan has no township "{name}". | Known: {known}. | Check --township.',
    ),
    "usage.which_scenario": (
        "没有写明看哪一个情景。 | 结果里有：{known}。 | 请用 --scenario 指定其中一个。",
        "no scenario was named. | The results hold: {known}. | Name one with --scenario.",
    ),
    "usage.no_line": (
        "方案里没有资金项“{name}”。 | 已知的有：{known}。 | 请核对编号。",
        'the plan has no fund line "{name}". | Known: {known}. | Check the id.',
    ),
    "result.not_ours": (
        "这个文件夹里有别的东西。 | 结果只写入空文件夹或以前的结果文件夹。 | 请换一个 --out。",
        "the folder holds something else. | Results are written to an empty folder or over earlier results. "
        "| Choose another --out.",
    ),
    "result.no_manifest": (
        "没有可读的结果清单。 | 结果文件夹须有 manifest.json。 | 请核对路径，或重新运行。",
        "no readable manifest. | A folder of results has manifest.json. | Check the path, or run again.",
    ),
    "result.file_missing": (
        "清单里的文件不见了。 | 结果须完整。 | 请重新运行。",
        "a file of the manifest is missing. | Results are whole. | Run again.",
    ),
    "result.file_changed": (
        "文件与清单的校验值不符。 | 写出之后不应改动。 | 请重新运行，或找回原文件。",
        "the file differs from its hash. | Results are not edited. | Run again, or bring the file back.",
    ),
    "result.breach": (
        "约束不成立：{about}。 | 依据条款{clause}。 | 请勿使用这份安排，重新运行。",
        "a row does not hold: {about}. | Clause {clause}. | Do not use this proposal; run again.",
    ),
    "line.head": ("{line}（{scenario}，条款{clause}）", "{line} ({scenario}, clause {clause})"),
    "line.year": (
        "{year}年：安排{proposed}万元，原方案{printed}万元",
        "{year}: {proposed} 万元 arranged, {printed} printed",
    ),
    "line.bought": (
        "{measure}：{units}{unit}，{yuan}万元（条款{clause}）",
        "{measure}: {units} {unit}, {yuan} 万元 (clause {clause})",
    ),
    "line.untied": ("未列任务：{yuan}万元", "without a task: {yuan} 万元"),
    "line.sources": ("来源（万元）：{sources}", "sources (万元): {sources}"),
    "line.held": ("按条款保留：{why}", "held by its clause: {why}"),
    "usage.year": (
        "{year}年不在方案期内。 | 方案期为{first}至{last}年。 | 请核对 --year。",
        "{year} is outside the plan. | The plan runs from {first} to {last}. | Check --year.",
    ),
}
