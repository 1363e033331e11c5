"""What was accepted when a register was imported but is worth saying, by code: Chinese, English."""

REGISTER_NOTES: dict[str, tuple[str, str]] = {
    "register.note_sheet_ignored": (
        "这张表不是登记表的内容，没有导入。 | 只导入户、村、人员、乡镇几种表。 | 无需处理，核对即可。",
        "this sheet is no part of a register and was not imported. | Households, villages, persons and townships are. "
        "| Nothing needs doing; only check it.",
    ),
    "register.note_file_ignored": (
        "这个文件没有读取。 | 文件夹里只读 .xlsx、.csv、.parquet。 | 无需处理，核对即可。",
        "this file was not read. | Of a folder .xlsx, .csv and .parquet are. | Nothing needs doing; only check it.",
    ),
    "register.note_bom": (
        "文件开头有 BOM 标记，已去掉。 | Excel 存的 CSV 常有。 | 无需处理。",
        "a byte-order mark at the beginning was taken off. | Excel writes one. | Nothing needs doing.",
    ),
    "register.note_gbk": (
        "按 GBK（GB18030）编码读入。 | 文件不是 UTF-8。 | 请看一眼地名有没有乱码。",
        "read as GBK (GB 18030). | The file is not in UTF-8. | Glance at the names of places.",
    ),
    "register.note_dropped": (
        "这一列是个人信息，已丢弃，没有读入，也没有写到任何地方。 | 测算用不到个人信息。 | 无需处理。",
        "this column is personal data and was dropped: neither read nor written anywhere. | Nothing here needs it. "
        "| Nothing needs doing.",
    ),
    "register.note_unused": (
        "没有用到的列：{headings}。 | 登记表没有这些内容。 | 其中有要用的，请写对照表（--mapping）。",
        "columns not used: {headings}. | A register has no place for them. | If one is wanted, write a mapping file.",
    ),
    "register.note_no_heading": (
        "这一列没有表头，没有导入。 | 没有表头就不知道是什么。 | 要用的，请补上表头。",
        "this column has no heading and was not imported. | Without one nobody knows what it is. | Give it a heading.",
    ),
    "register.note_alike_heading": (
        "表头里有形近字，按“{meant}”读入。 | 字形相近但不是同一个字。 | 请核对。",
        'the heading holds a character that only looks right; it was read as "{meant}". | The character differs. '
        "| Check it.",
    ),
    "register.note_unit_assumed": (
        "表头没有写单位，按“{unit}”读入。 | 单位写在表头最稳妥。 | 请核对。",
        'the heading states no unit; it was read in "{unit}". | A unit in the heading is safest. | Check it.',
    ),
    "register.note_basis_head": (
        "没有写每户还是人均；按人均读入，与“人均纯收入”对得上。 | 写明“（元/人）”最稳妥。 | 请核对。",
        "per household or per head is not said; read per head, which agrees with 人均纯收入. | （元/人） in the heading is "
        "safest. | Check it.",
    ),
    "register.note_basis_household": (
        "没有写每户还是人均；按每户读入，除以人口后与“人均纯收入”对得上。 | 写明“（元/户）”最稳妥。 | 请核对。",
        "per household or per head is not said; read per household, which agrees with 人均纯收入 once divided. | （元/户） in "
        "the heading is safest. | Check it.",
    ),
    "register.note_fullwidth": (
        "{count}格是全角数字，按半角读入。 | 数字宜用半角。 | 无需处理，核对即可。",
        "{count} cells hold full-width figures; they were read as half-width. | Figures are best half-width. "
        "| Nothing needs doing; only check it.",
    ),
    "register.note_thousands": (
        "{count}格有千分位逗号，已去掉。 | 数据里宜只写数字。 | 无需处理，核对即可。",
        "{count} cells have thousands marks, which were taken off. | Data are best plain numbers. "
        "| Nothing needs doing; only check it.",
    ),
    "register.note_unit_in_cell": (
        "{count}格在数字后写了单位，与本列单位相同，已去掉。 | 单位写在表头即可。 | 无需处理，核对即可。",
        "{count} cells have the column's own unit after the figure; it was taken off. | A unit belongs in the heading. "
        "| Nothing needs doing; only check it.",
    ),
    "register.note_spaces": (
        "{count}格首尾有空格，已去掉。 | 空格会使同一个名称看似不同。 | 无需处理。",
        "{count} cells had spaces around them, which were taken off. | Spaces make one name look like two. "
        "| Nothing needs doing.",
    ),
    "register.note_blank": (
        "{count}格空白或写“不详”，按不明读入。 | 不明的标准不会算作达标。 | 知道的请补上。",
        "{count} cells are empty or say that nothing is known; they are unknown. | What is unknown never counts as met. "
        "| Fill in what is known.",
    ),
    "register.note_first_of": (
        "{count}格写了几个原因，只取第一个。 | 登记表只记一个次要原因。 | 无需处理，核对即可。",
        "{count} cells name several causes; the first was taken. | A register keeps one second cause. "
        "| Nothing needs doing; only check it.",
    ),
    "register.note_columns_unknown": (
        "表里没有这些内容，按不明处理：{names}。 | 不明的标准不会算作达标。 | 能补的请补上（空白表见 planner register template）。",
        "not in the table, and so unknown: {names}. | What is unknown never counts as met. "
        "| Add what can be had (the blank form: planner register template).",
    ),
    "register.note_all_registered": (
        "没有“建档立卡”一列，每户都当作建档立卡户。 | 边缘户须另外标明。 | 请核对。",
        "there is no column 建档立卡; every household is taken as registered. | Near-poor households would be marked. "
        "| Check it.",
    ),
    "register.note_numbered": (
        "没有“户编号”一列，按表中顺序从 0 编号。 | 编号只在登记表内有用。 | 要与原表对应，请加上户编号。",
        "there is no column 户编号; households are numbered from 0 in their order. | The number has a meaning in the register "
        "alone. | Add 户编号 to find them again.",
    ),
    "register.note_renumbered": (
        "户编号不全是十亿以内的整数，登记表内从 0 另编；原编号存在 ids.parquet。 | 登记表的编号是十亿以内的整数。 | 无需处理；"
        "查一户时仍可用原编号。",
        "household numbers are not all whole numbers below a thousand million; the register counts from 0 and keeps the "
        "originals in ids.parquet. | A register numbers by such. | Nothing needs doing; the originals still find a household.",
    ),
    "register.note_no_groups": (
        "没有“自然屯”一列，每村当作一个屯。 | 屯级路按屯计算。 | 能补的请补上。",
        "there is no column 自然屯; every village is taken as one group. | Roads of groups are counted by group. "
        "| Add it if it can be had.",
    ),
    "register.note_all_pupils": (
        "“在校生”按义务教育阶段学生读入。 | 高中以上学生没有单列。 | 请核对；能分列的请分列。",
        "在校生 was read as pupils of compulsory schooling. | Students above it are not told apart. "
        "| Check it; two columns are better.",
    ),
    "register.note_villages_derived": (
        "没有村表，村名和乡镇取自户表；村的人口、道路等都不明。 | 测算和排序要用村表。 "
        "| 请补上村表（空白表见 planner register template）。",
        "there is no table of villages; names and townships are those of the households, everything else is unknown. "
        "| Allocation needs the villages. | Add a table of villages (planner register template).",
    ),
    "register.note_single_villages": (
        "{villages}个村只有一户，如：{names}。 | 村名取自户表，写错一个字就会多出一个村。 | 请核对；有村表的，请一并导入。",
        "{villages} villages have one household only, such as {names}. | Names are those of the households; a slip makes "
        "another village. | Check them; import a table of villages if there is one.",
    ),
    "register.note_without_persons": (
        "{households}户在人员表里没有人。 | 人员表应有每户的每个人。 | 请核对。",
        "{households} households have nobody in the table of persons. | It should hold everybody. | Check it.",
    ),
    "register.note_remaining": (
        "没有“{missing}”一列，用人均纯收入减去其余各项得出。 | 各项之和应等于合计。 | 请核对。",
        "there is no column {missing}; it is what remains of the income per head. | The parts add up to the total. "
        "| Check it.",
    ),
    "register.note_total_alone": (
        "只有人均纯收入，没有分项，收入按不明处理。 | 登记表按分项记收入。 | 请补上分项，或加 --plan，按方案假定的比例分开。",
        "there is an income per head without its parts; income is unknown. | A register keeps it by parts. "
        "| Add the parts, or give --plan to divide it by the plan's assumed shares.",
    ),
    "register.note_total_shared": (
        "只有人均纯收入，分项按方案假定的比例分开：{shares}。 | 合计不变，分项是假定。 | 能补分项的请补上。",
        "there is an income per head without its parts; it was divided by the plan's assumed shares: {shares}. | The total "
        "stands, the parts are assumed. | Add the parts if they can be had.",
    ),
    "register.note_plan_persons": (
        "登记表有建档立卡{found}人，方案写的是{planned}人。 | 两者宜一致；测算以登记表为准。 | 请核对是否漏了乡镇，或口径不同。",
        "the register holds {found} registered persons, the plan says {planned}. | They should agree; the register counts. "
        "| Check whether a township is missing or counted otherwise.",
    ),
    "register.note_plan_villages": (
        "登记表有{found}个行政村，方案写的是{planned}个。 | 两者宜一致；测算以登记表为准。 | 请核对是否有村没有贫困户，或漏了村。",
        "the register holds {found} villages, the plan says {planned}. | They should agree; the register counts. "
        "| Check whether villages without poor households are missing.",
    ),
    "register.note_plan_listed": (
        "登记表有{found}个贫困村，方案写的是{planned}个。 | 两者宜一致；测算以登记表为准。 | 请核对“贫困村”一列。",
        "the register holds {found} poor villages, the plan says {planned}. | They should agree; the register counts. "
        "| Check the column 贫困村.",
    ),
    "register.note_no_margin": (
        "登记表里没有边缘户（“建档立卡”为否的户）。 | 新增贫困来自边缘户；没有它，仿真里就没有新增贫困，结果偏乐观。 | 能补的请补上。",
        "the register holds no near-poor households (建档立卡: 否). | New entrants come out of them; without any, the forecast "
        "has none and is too bright. | Add them if they can be had.",
    ),
    "register.note_village_persons": (
        "{count}个村的贫困人口与户表对不上，如“{village}”写{said}人，户表合计{counted}人。 | 两处宜一致；测算以户表为准。 | 请核对。",
        'the poor of {count} villages do not agree with the households: "{village}" says {said}, its households {counted}. '
        "| They should agree; the households count. | Check it.",
    ),
    # the folder of a register, and what the commands say
    "register.not_stored": (
        "这里没有登记表。 | 登记表文件夹由 planner register import 写成，含 register.json。 | 请核对路径，或先导入。",
        "there is no register here. | The folder of a register is written by planner register import and has register.json. "
        "| Check the path, or import first.",
    ),
    "register.stored_missing": (
        "登记表的文件不见了。 | 文件夹须完整。 | 请重新导入。",
        "a file of the register is missing. | The folder has to be whole. | Import again.",
    ),
    "register.stored_changed": (
        "文件与校验值不符。 | 导入之后不应改动。 | 请在原表上改，再重新导入。",
        "the file differs from its hash. | What was imported is not edited. | Change the original and import again.",
    ),
    "register.stored_bounds": (
        "有{count}个值超出范围，如{found}。 | 应在{low}至{high}之间。 | 请重新导入。",
        "{count} values are out of range, such as {found}. | They lie between {low} and {high}. | Import again.",
    ),
    "register.another": (
        "这不是当时用的登记表。 | 复核要用同一份登记表。 | 请用 --register 指到原来的文件夹。",
        "this is not the register that was used. | A result is checked with its own. | Point --register to that folder.",
    ),
    "usage.no_household": (
        "登记表里没有“{number}”这一户。 | 共有 {rows} 户；应为户编号。 | 请核对编号。",
        'the register has no household "{number}". | It has {rows}; a household number was expected. | Check it.',
    ),
    "register.stored_link": (
        "有{count}行指向不存在的村或乡镇。 | 每户须有村，每村须有乡镇。 | 请重新导入。",
        "{count} rows point to no village or township. | Every household has a village, every village a township. "
        "| Import again.",
    ),
    "register.not_ours": (
        "这个文件夹里有别的东西。 | 登记表只写入空文件夹，或覆盖以前的登记表。 | 请换一个文件夹。",
        "the folder holds something else. | A register is written to an empty folder or over an earlier one. "
        "| Choose another folder.",
    ),
    # what planning needs
    "register.fit_rural": (
        "{count}个村的农村人口不明。 | 没有农村人口就算不出贫困发生率。 | 请在村表补上“{heading}”，重新导入。",
        "the rural persons of {count} villages are unknown. | Without them there is no rate of poverty. "
        "| Add {heading} to the table of villages and import again.",
    ),
    "register.fit_listed": (
        "{count}个村是不是贫困村不明。 | 贫困村先安排、先脱帽，不明就排不出来。 | 请在村表补上“{heading}”，重新导入。",
        "whether {count} villages are poor villages is unknown. | Poor villages come first. "
        "| Add {heading} to the table of villages and import again.",
    ),
    "register.fit_works": (
        "{count}个村还要建多少不明。 | 不明不能当作不需要，也不能当作需要。 | 请在村表补上“{heading}”（不需要的写 0），重新导入。",
        "how much {count} villages still need is unknown. | Unknown is neither nothing nor something. "
        "| Add {heading} to the table of villages (0 where nothing is needed) and import again.",
    ),
    "register.fit_income": (
        "{count}户建档立卡户的收入不明。 | 收入不明的户超过一成，就测算不出谁在线下。 | 请补上收入分项，"
        "或导入时加 --plan 按方案比例分开人均纯收入。",
        "the income of {count} registered households is unknown. | With more than a tenth of them nobody can tell who is "
        "below the line. | Add the parts of income, or import with --plan to divide the income per head.",
    ),
    "register.note_income_unknown": (
        "{count}户的收入不明，测算时按没有收入（未达标）处理。 | 不明的不会算作达标。 | 能补的请补上。",
        "the income of {count} households is unknown; planning counts it as none, so as not met. | What is unknown never "
        "counts as met. | Fill it in where it can be had.",
    ),
    "register.more_of_these": (
        "（同一列同样的问题还有{count}处，行号：{rows}）",
        "(the same in {count} more cells of this column, in rows {rows})",
    ),
    "register.same_note": ("（{places}也是这样）", "(the same for {places})"),
    "register.more_kinds": ("（另有{count}处问题没有显示）", "({count} more are not shown)"),
    "register.faults_in_all": (
        "共{count}处问题，没有导入任何内容。 | 全部清单可用 --faults 文件.csv 写出。",
        "{count} faults in all; nothing was imported. | --faults FILE.csv writes the whole list.",
    ),
    "register.imported": (
        "已导入：{households}户（建档立卡{registered}户{persons}人）、{villages}个村、{townships}个乡镇，写入 {path}",
        "imported: {households} households ({registered} registered, {persons} persons), {villages} villages, {townships} "
        "townships, written to {path}",
    ),
    "register.set_aside": (
        "搁置{count}行，原文和原因写入 {path}，改正后可再导入",
        "{count} rows were set aside; they stand with their reasons in {path}, to be mended and imported again",
    ),
    "register.note": ("注意：{note}", "note: {note}"),
    "register.kept_synthetic": (
        "这份登记表是合成数据，不是真实的户；结果页会注明。",
        "this register is made up, not of real households; pages will say so.",
    ),
    "register.handed_in": (
        "导入的登记表，{households}户、{villages}个村（校验值 {hash}），不是合成数据；其余没有出处的数仍为假设。",
        "a register that was handed in, {households} households, {villages} villages (hash {hash}), not synthetic; other "
        "figures without a source are still assumed.",
    ),
    "register.exported": ("已写入 {path}", "written to {path}"),
    "usage.export_kind": (
        "不能导出为“{found}”。 | 可导出为 .xlsx 文件、CSV 文件夹（不带后缀）或 .parquet 文件夹。 | 请改 --to。",
        'cannot export to "{found}". | An .xlsx file, a folder of CSV (no ending) or a .parquet folder. | Change --to.',
    ),
    "usage.file_exists": (
        "“{path}”已经存在。 | 不覆盖已有的文件。 | 请换一个文件名，或先移走。",
        '"{path}" is there already. | Existing files are not overwritten. | Choose another name, or move it away.',
    ),
    "usage.output_among_inputs": (
        "“{path}”在导入的文件之中。 | 清单不能写到要导入的文件或文件夹里。 | 请换一个位置。",
        '"{path}" is among what is imported. | Lists are not written to files or folders that are read. '
        "| Choose another place.",
    ),
}
