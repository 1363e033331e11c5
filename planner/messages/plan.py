"""Messages about the sense of a plan and of scenarios."""

PLAN: dict[str, tuple[str, str]] = {
    "plan.no_origin": (
        "没有写出处。 | 每个数须在 clause（条款）、source（外部来源）、assumed（假定）中恰有一个，才可查证。 "
        "| 请补上其中一个。",
        "it has no origin. | Every number has exactly one of clause, source and assumed, so that it can be traced. "
        "| Add one of them.",
    ),
    "plan.two_origins": (
        "写了不止一个出处：{found}。 | 每个数只有一个出处，否则不知以谁为准。 | 请只留一个，其余写进 note。",
        "it has more than one origin: {found}. | A number has one, or nobody knows which holds. "
        "| Keep one; the rest goes under note.",
    ),
    "plan.assumed_range": (
        "假定的数没有范围。 | 假定值须写不确定范围，才能检验结论是否取决于它。 | 请补上 range: [低, 高]。",
        "the assumed number has no range. | An assumption states how uncertain it is, so that results can be "
        "tried against it. | Add range: [low, high].",
    ),
    "plan.range_order": (
        "范围写成了{found}，低值大于高值。 | 范围应先低后高。 | 请调换两数。",
        "the range runs from high to low: {found}. | The low number comes first. | Exchange the two.",
    ),
    "plan.ruling_choice": (
        "选的是“{found}”。 | 只能在 options 中选：{allowed}。 | 请改选，或补上该选项。",
        'the choice is "{found}". | It is one of options: {allowed}. | Choose another, or add the option.',
    ),
    "plan.ruling_options": (
        "english_options 或 sets 里有 options 之外的选项。 | 两者只说 options 里已有的选项。 | 请核对选项的标识。",
        "english_options or sets name an option that is not among options. | Both speak of options that are there. "
        "| Check the identifiers.",
    ),
    "plan.set_and_add": (
        "同时写了 value 和 add。 | 一个选项对一个数要么改写，要么增减。 | 请只留一个。",
        "it has both value and add. | An option either replaces a figure or adds to it. | Keep one of the two.",
    ),
    "plan.aims_twice": (
        "目标次序里同一目标写了两次。 | 每个目标只排一次。 | 请删去重复的。",
        "an aim stands twice in the order of aims. | Each aim is served once. | Delete the second.",
    ),
    "plan.aims_tasks": (
        "任务是否可让路与目标次序不一致。 | kind 为 tasks_soft 时 aims 须含 tasks，否则不得含。 | 请改其中一处。",
        "whether tasks may give way does not agree with the order of aims. | With kind tasks_soft the aims hold tasks, "
        "otherwise they do not. | Change one of the two.",
    ),
    "plan.aims_pathways": (
        "优先的途径与目标次序不一致。 | 写了 pathways_first，aims 须含 first_pathways，反之亦然。 | 请改其中一处。",
        "the pathways put first do not agree with the order of aims. | With pathways_first the aims hold "
        "first_pathways, and the other way round. | Change one of the two.",
    ),
    "plan.never_read": (
        "方案里有{count}个值从未被读取：{paths}。 | 读不到的值改了也不起作用，多半是写错了名字。 | 请核对名称，或删去。",
        "{count} values of the plan are never read: {paths}. | Changing them changes nothing; most are misspelt. "
        "| Check their names, or delete them.",
    ),
    "plan.idle_change": (
        "情景改了“{path}”，但运行中没有哪一步读取它。 | 这一改动不影响结果。 | 请核对路径，或改动真正起作用的值。",
        'the scenario changes "{path}", which no stage of a run reads. | The result is the same without it. '
        "| Check the path, or change the value that matters.",
    ),
    "plan.idle_ruling": (
        "情景改了裁定“{path}”，但只改选择不影响结果。 | 这一裁定靠下列数值体现：{paths}。 | 请一并改动这些数值。",
        'the scenario changes the ruling "{path}", and its choice alone changes nothing. | It is carried out by these '
        "values: {paths}. | Change them as well.",
    ),
    "plan.source_incomplete": (
        "资金来源“{name}”缺：{absent}。 | 拨款的来源须写分批日期、延迟和到位比例，才能推算到账。 | 请补上。",
        'the source "{name}" lacks: {absent}. | A source that pays states its tranches, its delay and the share that '
        "arrives. | Add them.",
    ),
    "plan.total_pays": (
        "合计项“{name}”也写了 pays。 | 合计项由下级拨款：{parts}；两处都写会重复计算。 | 请删去合计项的 pays。",
        'the total "{name}" has pays as well. | Its parts pay: {parts}; both would count the money twice. '
        "| Delete pays from the total.",
    ),
    "plan.unknown_clause": (
        "引用了条款“{name}”。 | 条款须在 clauses 里有，否则无从查证。 | 请核对条款号，或在 clauses 里补上。",
        'the clause "{name}" is cited. | A clause that is cited stands under clauses, or it cannot be looked up. '
        "| Check its number, or add it there.",
    ),
    "plan.unknown_clause_near": (
        "引用了条款“{name}”。 | clauses 里没有这一条。 | 您是否想写“{near}”？",
        'the clause "{name}" is cited. | There is no such clause under clauses. | Did you mean "{near}"?',
    ),
    "plan.unknown_reference": (
        "引用了“{name}”。 | {section} 里没有这一项。 | 请核对标识，或在 {section} 里补上。",
        '"{name}" is referred to. | There is no such entry under {section}. | Check the identifier, or add the entry.',
    ),
    "plan.unknown_reference_near": (
        "引用了“{name}”。 | {section} 里没有这一项。 | 您是否想写“{near}”？",
        '"{name}" is referred to. | There is no such entry under {section}. | Did you mean "{near}"?',
    ),
    "plan.unknown_criterion": (
        "“{name}”不是脱贫标准。 | 措施所补的标准须在 household_criteria 或 village_criteria 里。 | 请核对标识。",
        '"{name}" is no exit criterion. | What a measure closes stands under household_criteria or '
        "village_criteria. | Check the identifier.",
    ),
    "plan.unknown_criterion_near": (
        "“{name}”不是脱贫标准。 | 措施所补的标准须在 household_criteria 或 village_criteria 里。 | 您是否想写“"
        "{near}”？",
        '"{name}" is no exit criterion. | What a measure closes stands under household_criteria or '
        'village_criteria. | Did you mean "{near}"?',
    ),
    "plan.unknown_ruling": (
        "所依的裁定“{name}”不存在。 | 裁定须在 rulings 里，才能由情景改选。 | 请核对标识，或在 rulings 里补上。",
        'the ruling "{name}" does not exist. | A ruling stands under rulings, so that a scenario can change it. |'
        " Check the identifier, or add it there.",
    ),
    "plan.unknown_ruling_near": (
        "所依的裁定“{name}”不存在。 | 裁定须在 rulings 里，才能由情景改选。 | 您是否想写“{near}”？",
        'the ruling "{name}" does not exist. | A ruling stands under rulings, so that a scenario can change it. |'
        ' Did you mean "{near}"?',
    ),
    "plan.ring": (
        "上下级成了环：{ring}。 | 每一项最终须归到没有上级的一项。 | 请改正其中一个 parent。",
        "the parents run in a ring: {ring}. | Every entry ends at one without a parent. | Correct one parent.",
    ),
    "plan.pays_parent": (
        "资金投向合计项“{line}”。 | 资金只投向末级：{parts}。 | 请列出末级各项。",
        'money goes to "{line}", which is a total. | Money is paid by the lines below it: {parts}. | Name those.',
    ),
    "plan.draws_on_parent": (
        "措施列在合计项“{line}”下。 | 措施须列在末级：{parts}。 | 请改为其中一项。",
        'the measure draws on "{line}", which is a total. | Measures draw on the lines below it: {parts}. | Name '
        "one of those.",
    ),
    "plan.other_account": (
        "投向另账的“{line}”。 | 方案内资金与另账分开记，不能混用。 | 请改 pays，或改 account。",
        'it pays "{line}", which is on the other account. | The plan\'s money and the side account are kept '
        "apart. | Change pays or account.",
    ),
    "plan.unknown_unit": (
        "单位“{found}”不认识。 | 单位如 元、万元、亿元、人、户、村、公里，可带“/”，例如 万元/户。 | 请改写单位。",
        'the unit "{found}" is not known. | Units are such as 元, 万元, 亿元, 人, 户, 村, 公里, with "/" as in 万'
        "元/户. | Correct the unit.",
    ),
    "plan.unit_renamed": (
        "单位是“{found}”。 | 同一类数量只用一个单位，才能相加比较。 | 请写“{near}”，数值不变。",
        'the unit is "{found}". | One kind of quantity has one unit here, so that amounts can be added and compared. '
        '| Write "{near}"; the number stays.',
    ),
    "plan.unit_divided": (
        "单位是“{found}”。 | 同一类数量只用一个单位，才能相加比较。 | 请写“{near}”，数值除以{by}。",
        'the unit is "{found}". | One kind of quantity has one unit here, so that amounts can be added and compared. '
        '| Write "{near}" and divide the number by {by}.',
    ),
    "plan.unit_multiplied": (
        "单位是“{found}”。 | 同一类数量只用一个单位，才能相加比较。 | 请写“{near}”，数值乘以{by}。",
        'the unit is "{found}". | One kind of quantity has one unit here, so that amounts can be added and compared. '
        '| Write "{near}" and multiply the number by {by}.',
    ),
    "plan.other_unit": (
        "单位是“{found}”。 | 这个数按“{wanted}”直接参与计算，用别的单位会算错。 | 请折成“{wanted}”再写。",
        'the unit is "{found}". | This number is reckoned with in {wanted} as it stands; another unit would be misread. '
        "| Turn it into {wanted}.",
    ),
    "plan.not_money": (
        "单位是“{found}”。 | 这里是金额，单位须为元、万元或亿元（可带“/户”等）。 | 请改写单位。",
        'the unit is "{found}". | This is money, in 元, 万元 or 亿元 (per something or not). | Correct the unit.',
    ),
    "plan.not_persons": (
        "单位是“{found}”。 | 脱贫任务按人计，单位须为“人”。 | 请改写；户数请先折成人数。",
        'the unit is "{found}". | Targets of exit are counted in persons, 人. | Correct it; turn households into '
        "persons.",
    ),
    "plan.not_villages": (
        "单位是“{found}”。 | 脱帽任务按村计，单位须为“村”。 | 请改写单位。",
        'the unit is "{found}". | Villages due are counted in 村. | Correct the unit.',
    ),
    "plan.cost_not_per_unit": (
        "单价是“{found}”，而措施按“{unit}”计。 | 单价须是每{unit}多少钱，否则乘不出金额。 | 请改单价或措施的单位。",
        'the cost is in "{found}", while the measure is counted in "{unit}". | A cost is money per that unit, or '
        "it cannot be multiplied. | Change the unit of either.",
    ),
    "plan.task_in_other_unit": (
        "任务量的单位是“{found}”，而措施按“{unit}”计。 | 任务量须与措施同单位。 | 请统一单位。",
        'the task is in "{found}", while the measure is counted in "{unit}". | A task is in the unit of its '
        "measure. | Use one unit.",
    ),
    "plan.tied_elsewhere": (
        "限定用于措施“{measure}”，而该措施列在“{line}”下，pays 里没有这一项。 | 限定的措施须在所投向的资金项之内，否则这笔钱"
        "没有去处。 | 请改 measures，或在 pays 里补上“{line}”。",
        'it is tied to the measure "{measure}", which draws on "{line}", a line not among pays. | What a source is tied to '
        'belongs to the lines it pays, or its money has nowhere to go. | Change measures, or add "{line}" to pays.',
    ),
    "plan.tranches": (
        "各批到账比例之和为{found}。 | 各批之和须为1，否则有钱没有到账日期。 | 请调整各批比例。",
        "the shares of the tranches sum to {found}. | They sum to 1, or some money has no date. | Correct the shares.",
    ),
    "plan.outside_range": (
        "取值{found}不在自己的范围{low}至{high}之内。 | 范围是这个数可能的低值和高值，应包含取值。 | 请改取值或范围。",
        "the value {found} lies outside its own range {low} to {high}. | The range says how low and high it may "
        "be. | Correct the value or the range.",
    ),
    "plan.not_a_share": (
        "写的是{found}{unit}。 | 这是份额，应在0与{most}之间。 | 请核对：比例写小数，百分数用单位“%”。",
        "it says {found} {unit}. | This is a share, between 0 and {most}. | Write a fraction, or use the unit %.",
    ),
    "plan.negative": (
        "写的是{found}。 | 人数、金额、任务量不能小于0。 | 请核对数字。",
        "it says {found}. | Persons, money and tasks are never below nought. | Check the number.",
    ),
    "plan.negative_range": (
        "范围从{found}起。 | 人数、金额、任务量不能小于0，取范围里的值时也不能。 | 请核对低值。",
        "the range begins at {found}. | Persons, money and tasks are never below nought, nor may a value drawn from the "
        "range be. | Check the low number.",
    ),
    "plan.free": (
        "“{name}”的单价是0。 | 只有不列资金的组织措施（duty）可以不花钱，否则给多少都不费钱，安排没有意义。 "
        "| 请写单价，或把 kind 改为 duty。",
        'the cost of "{name}" is nought. | Only a duty costs nothing; anything else that is free could be given without end. '
        "| Write its cost, or make its kind duty.",
    ),
    "plan.nought": (
        "写的是0。 | 这个数要作基数或上限，须大于0。 | 请核对数字。",
        "it says 0. | Other numbers are divided by this one, or bounded by it, so it is above nought. | Check the number.",
    ),
    "plan.own_share": (
        "群众自筹{found}{unit}，超过单价{cost}{cost_unit}。 | 自筹是单价的一部分。 | 请核对这两个数和单位。",
        "the residents pay {found} {unit}, more than the cost of {cost} {cost_unit}. | Their share is part of the cost. "
        "| Check both numbers and their units.",
    ),
    "plan.cap_below_cost": (
        "每户最多{found}{unit}，低于一个单位的单价{cost}{cost_unit}。 | 一户至少用一个单位，两个数必有一个写错。 "
        "| 请核对这两个数和单位。",
        "a household may cost at most {found} {unit}, less than one unit at {cost} {cost_unit}. | A household takes at least "
        "one unit, so that one of the two is wrong. | Check both numbers and their units.",
    ),
    "plan.off_by_wan": (
        "写的是{found}{unit}。 | 与“{relation}”里的{others}相差一万倍上下。 | 是否把元写成了万元，或“万”多写、漏写？"
        "请核对这几个数和单位。",
        'it says {found} {unit}. | By "{relation}" it is off from {others} by about ten thousand times. '
        "| Was 元 meant instead of 万元, or a 万 written twice or left out? Check these numbers and their units.",
    ),
    "plan.too_much_in_all": (
        "写的是{found}{unit}。 | 超过100亿元，不是一个县一项资金的量级。 | 是否把元写成了万元？请核对单位。",
        "it says {found} {unit}. | That is above 100 亿元, beyond a county's line or source. | Was 元 meant "
        "instead of 万元? Check the unit.",
    ),
    "plan.too_much_each": (
        "写的是{found}{unit}。 | 每户或每人超过100万元。 | 是否把元写成了万元？请核对单位。",
        "it says {found} {unit}. | That is above 100 万元 for one household or person. | Was 元 meant instead of "
        "万元? Check the unit.",
    ),
    "plan.year_outside": (
        "年份是{found}。 | 方案期为{first}至{last}年。 | 请核对年份，或改 horizon。",
        "the year is {found}. | The plan runs from {first} to {last}. | Check the year, or change horizon.",
    ),
    "plan.horizon_order": (
        "末年{last}早于首年{first}。 | 方案期应先首年后末年。 | 请核对 horizon。",
        "the last year {last} comes before the first, {first}. | A horizon runs forward. | Check horizon.",
    ),
    "plan.no_gain": (
        "增收措施“{name}”没有写增收多少。 | 增收类措施须写 gain，否则花钱而无效果。 | 请补 gain，或改措施类型。",
        'the income measure "{name}" states no gain. | A measure of this kind has one, or its money would have '
        "no effect. | Add gain, or change the kind.",
    ),
    "plan.works_incomplete": (
        "村级工程“{name}”缺：{absent}。 | 村级工程须写需求所在的列（need）和工期（works）。 | 请补上。",
        'the village works "{name}" lack: {absent}. | They name the column of need and the months they take. | '
        "Add them.",
    ),
    "plan.threshold": (
        "目标“{name}”的 at_least 与 at_most 不是恰有一个。 | 一个时间节点只有一个方向的标准。 | 请只留一个。",
        'the milestone "{name}" has not exactly one of at_least and at_most. | A milestone looks one way. | Keep one.',
    ),
    "plan.no_column": (
        "标准“{name}”没有写读哪一列。 | 是否类（flag）的标准须写 column。 | 请补上 column。",
        'the criterion "{name}" names no column. | A criterion of kind flag reads one. | Add column.',
    ),
    "plan.no_income_line": (
        "没有收入标准。 | 能否脱贫先看收入是否过线，household_criteria 须有一项 kind 为 income_line。 | 请补上。",
        "there is no income line. | Whether a household leaves depends on its income first, so that one of "
        "household_criteria is of kind income_line. | Add it.",
    ),
    "plan.empty_section": (
        "“{section}”里一项也没有。 | 分配资金至少要有一个年度的任务、一个乡镇，途径、资金项、来源、措施、标准各一项。 "
        "| 请补写。",
        '"{section}" holds nothing. | To divide money there is at least one year of the schedule, one township, one pathway, '
        "line, source, measure and criterion. | Add what is missing.",
    ),
    "relation.unknown_path": (
        "路径“{path}”走不到头：没有“{step}”。 | 关系式里的每一项须指向方案里的一个数。 | 请核对路径。",
        'the path "{path}" leads nowhere: there is no "{step}". | Every term of a relation leads to a figure of '
        "the plan. | Check the path.",
    ),
    "relation.unknown_path_near": (
        "路径“{path}”不存在。 | 关系式里的每一项须指向方案里的一个数。 | 您是否想写“{near}”？",
        'there is no "{path}". | Every term of a relation leads to a figure of the plan. | Did you mean "{near}"?',
    ),
    "relation.no_figure": (
        "“{path}”不是一个数，或没有写数。 | 关系式里的每一项须指向带单位的数。 | 请写到具体的数，例如 lines.x.amount。",
        '"{path}" is not a figure, or has none. | Every term of a relation leads to a number with its unit. | '
        "Lead it to one, such as lines.x.amount.",
    ),
    "relation.units": (
        "“{term}”得出的单位是“{found}”。 | 应能折成“{wanted}”，不同单位不能相加比较。 | 请补乘或除以换算的数，或"
        "改 unit。",
        '"{term}" comes out in "{found}". | It must turn into "{wanted}", since different units cannot be '
        "compared. | Multiply or divide by what converts it, or change unit.",
    ),
    "relation.divides_by_nought": (
        "除以“{path}”，其值为0。 | 不能除以0。 | 请核对这个数。",
        'it divides by "{path}", which is 0. | Nothing can be divided by nought. | Check that number.',
    ),
    "scenario.changed_twice": (
        "“{path}”在第{first}行和第{second}行改了两次。 | 一个情景对一个数只改一次，结果才不取决于先后。 | 请只留一处。",
        '"{path}" is changed twice, on lines {first} and {second}. | A scenario changes a value once, so that '
        "the order of entries never matters. | Keep one of the two.",
    ),
    "scenario.changed_in_both": (
        "“{path}”在并用的另一情景里也改了（{first}）。 | 并用的情景不能改同一个数，否则以谁为准说不清。 | 请只留"
        "一处，或让一个情景 extends 另一个。",
        '"{path}" is also changed by the other scenario, at {first}. | Scenarios named together may not change '
        "one value, or neither would hold. | Keep one, or let one extend the other.",
    ),
    "scenario.ruled_and_changed": (
        "“{path}”由裁定“{ruling}”所选的选项改了（{first}），情景又改了一次。 | 一个数只改一次，否则以谁为准说不清。 "
        "| 请只留一处：删去这一改动，或改选裁定。",
        '"{path}" is set by the option chosen for the ruling "{ruling}", at {first}, and the scenario changes it again. '
        "| A value is changed once, or neither would hold. | Keep one: leave this change out, or choose another option.",
    ),
    "plan.set_twice": (
        "“{path}”已由另一裁定的选项改了（{first}）。 | 两个选项不能改同一个数，除非都写 add（增减）。 | 请只选其一，或都改为 add。",
        '"{path}" is already set by an option of another ruling, at {first}. | Two options may not set one value, unless '
        "both add to it. | Choose one of the two, or let both add.",
    ),
    "plan.adds_to_no_figure": (
        "add 所指的“{path}”不是一个数。 | 只有带单位的数才能增减。 | 请核对路径，或改写 value。",
        'add leads to "{path}", which is no figure. | Only a number with its unit can be added to. '
        "| Check the path, or write value.",
    ),
    "scenario.unknown_path": (
        "方案里没有“{path}”：找不到“{step}”。 | 这一级有：{known}。 | 请核对路径。",
        'the plan has no "{path}": there is no "{step}". | At this level: {known}. | Check the path.',
    ),
    "scenario.unknown_path_near": (
        "方案里没有“{path}”：找不到“{step}”。 | 写错的路径会使改动不起作用，故不予接受。 | 您是否想写“{near}”？",
        'the plan has no "{path}": there is no "{step}". | A misspelt path would change nothing, so it is '
        'refused. | Did you mean "{near}"?',
    ),
    "scenario.beyond_value": (
        "“{path}”走到了“{value}”之下，那里已是一个值或空。 | 路径止于要改的值。 | 请去掉后面的部分。",
        'the path "{path}" goes on below "{value}", which is a value or nothing. | A path ends at what is to be '
        "changed. | Leave out the rest.",
    ),
    "scenario.cycle": (
        "extends 成了环：{ring}。 | 情景最终须落到方案上。 | 请改正其中一个 extends。",
        "extends runs in a ring: {ring}. | Scenarios end at a plan. | Correct one extends.",
    ),
    "scenario.too_deep": (
        "extends 已超过{limit}层。 | 层次过多，谁改了什么难以看清。 | 请直接从方案写起。",
        "extends goes deeper than {limit} scenarios. | So many layers hide who changed what. | Start from the plan.",
    ),
    "scenario.other_plan": (
        "并用的情景分属不同方案：{plans}。 | 并用的情景须出自同一方案。 | 请分开运行。",
        "scenarios named together rest on different plans: {plans}. | They rest on one. | Run them apart.",
    ),
    "scenario.dated": (
        "“{path}”是按年份的一组数（{years}年）。 | 一个数不能代替各年。 | 请写到年份，例如 {path}.values.年份，或"
        "写 values。",
        '"{path}" is dated ({years}). | One number cannot stand for several years. | Name the year, as in '
        "{path}.values.YEAR, or write values.",
    ),
    "scenario.scalar_on_mapping": (
        "“{path}”是一组内容，不是一个数。 | 其下有：{keys}。 | 请把路径写到要改的那一项。",
        '"{path}" is a set of keys, not one value. | Below it: {keys}. | Lead the path to the one to be changed.',
    ),
    "scenario.mapping_on_scalar": (
        "“{path}”原为“{found}”，改成了一组内容。 | 这里只放一个值。 | 请只写值。",
        '"{path}" is "{found}", and a set of keys is put there. | One value stands here. | Write the value alone.',
    ),
    "plan.entry_missing": (
        "缺“{name}”。 | 合成名册、安排资金和仿真都要用到它。 | 请在方案中补上这一项，注明条款、来源或 assumed。",
        '"{name}" is missing. | The register, the allocation and the simulation need it. '
        "| Add it to the plan, with its clause, source or assumed.",
    ),
}
