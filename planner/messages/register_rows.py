"""Messages about the rows and cells of a register, and how its tables hang together, by code: Chinese, English."""

REGISTER_ROWS: dict[str, tuple[str, str]] = {
    # cells
    "register.cell_blank": (
        "这一格是空的。 | 这一列每行都要有。 | 请补上。",
        "this cell is empty. | Every row needs it. | Fill it in.",
    ),
    "register.cell_not_number": (
        "写的是“{found}”。 | 这一列应为数字。 | 请改成数字；不知道的留空。",
        'it says "{found}". | A number was expected in this column. | Write a number; leave empty what is not known.',
    ),
    "register.cell_other_unit": (
        "写的是“{found}”，单位与这一列不同。 | 同一列只能用一种单位，写在表头。 | 请换算成表头的单位，只写数字。",
        'it says "{found}", in another unit than the column. | A column has one unit, in its heading. '
        "| Convert it and write the number alone.",
    ),
    "register.cell_percent": (
        "写的是“{found}”。 | 这一列应为数量或金额，不是百分比。 | 请改成数字。",
        'it says "{found}". | A count or an amount was expected, no percentage. | Write the number.',
    ),
    "register.cell_comma": (
        "写的是“{found}”，逗号的位置不对。 | 千分位逗号每三位一个（如 12,345）；小数点用“.”。 | 请只写数字，不用逗号。",
        'it says "{found}", with a comma out of place. | Thousands are parted by threes (12,345), decimals by a point. '
        "| Write the number without commas.",
    ),
    "register.cell_error": (
        "写的是“{found}”，是 Excel 的出错值。 | 公式出错后留下的不是数据。 | 请填上真实的值；不知道的留空。",
        'it says "{found}", an error of Excel. | What a failed formula leaves is no value. '
        "| Write the true value; leave empty what is not known.",
    ),
    "register.cell_date": (
        "这一格被 Excel 当成了日期（{found}）。 | 这一列不是日期。 | 请把单元格格式改为“常规”，重新填写。",
        "Excel has made a date of this cell ({found}). | This column holds no dates. "
        '| Set the format of the cell to "General" and write the value again.',
    ),
    "register.cell_truth": (
        "这一格是逻辑值 {found}。 | 这一列应为数字或文字。 | 请改写。",
        "this cell holds the truth value {found}. | A number or text was expected. | Write it so.",
    ),
    "register.cell_not_whole": (
        "写的是{found}。 | 应为整数：人数和处数没有小数。 | 请核对。",
        "it says {found}. | A whole number was expected: nobody counts by halves. | Check it.",
    ),
    "register.cell_not_finite": (
        "写的是“{found}”。 | 应为有限的数。 | 请核对。",
        'it says "{found}". | A finite number was expected. | Check it.',
    ),
    "register.cell_negative": (
        "写的是{found}，是负数。 | 这一列不小于{low}。 | 请核对；不知道的留空，不要写 -1。",
        "it says {found}, below nought. | It is at least {low} here. | Check it; leave empty what is not known.",
    ),
    "register.cell_low": (
        "写的是{found}。 | 应在{low}至{high}之间。 | 请核对。",
        "it says {found}. | It lies between {low} and {high}. | Check it.",
    ),
    "register.cell_high": (
        "写的是{found}。 | 应在{low}至{high}之间。 | 请核对数字和单位。",
        "it says {found}. | It lies between {low} and {high}. | Check the figure and its unit.",
    ),
    "register.cell_high_unit": (
        "写的是{found}，换算后超出范围。 | 应在{low}至{high}之间（登记表的单位）。 | 请核对单位：是不是把元写成了万元，"
        "或把每户写成了人均？",
        "it says {found}, which is out of range once converted. | It lies between {low} and {high} (the register's unit). "
        "| Check the unit: 元 for 万元, or per household for per head?",
    ),
    "register.cell_unlike_column": (
        "合人均{found}元，而全表的中位数是{median}元。 | 同一列应为同一种单位。 | 这一户是不是按万元填的？请核对。",
        "it comes to {found} 元 per head, where the median is {median}. | A column has one unit. "
        "| Was this household entered in 万元? Check it.",
    ),
    "register.cell_personal": (
        "这一格像是身份证号、手机号或银行卡号（内容不显示）。 | 个人信息不得导入。 | 请核对各列是否错位，删去这一格的内容。",
        "this cell looks like an identity, telephone or bank card number (not shown). | Personal data are not imported. "
        "| Check whether columns have shifted; delete it.",
    ),
    "register.cell_code": (
        "写的是“{found}”。 | 可写：{allowed}。 | 请改成其中之一；有别的写法的，请在对照表里写 codes。",
        'it says "{found}". | Known here: {allowed}. | Write one of them, or give codes in a mapping file.',
    ),
    "register.cell_code_near": (
        "写的是“{found}”。 | 可写：{allowed}。 | 您是否想写“{near}”？",
        'it says "{found}". | Known here: {allowed}. | Did you mean "{near}"?',
    ),
    "register.cell_year": (
        "写的是“{found}”。 | 应为四位数的年份，或留空。 | 请改正。",
        'it says "{found}". | A year of four digits was expected, or nothing. | Correct it.',
    ),
    "register.name_characters": (
        "名称里有不该有的字符：{found}。 | 地名只用汉字、字母、数字、空格和 - . ( )（）、·。 | 请改正。",
        "the name holds characters that do not belong there: {found}. | Names of places are made of letters, digits, spaces "
        "and - . ( ) 、 ·. | Correct it.",
    ),
    "register.name_long": (
        "名称有{found}个字。 | 地名不超过{limit}个字。 | 请核对各列是否错位。",
        "the name has {found} characters. | Names of places have at most {limit}. | Check whether columns have shifted.",
    ),
    # household numbers
    "register.id_personal": (
        "户编号像是身份证号、手机号或银行卡号（内容不显示）。 | 这些号码能认出人，不得当作户编号。 | 请换成不含个人信息的编号；"
        "要用身份证号关联的，请加 --key-file，并把这一列的表头改为“身份证号”。",
        "the household number looks like an identity, telephone or bank card number (not shown). | Such a number tells who "
        "it is. | Use a number without meaning; to link by identity numbers, give --key-file and head the column 身份证号.",
    ),
    "register.id_scientific": (
        "户编号变成了“{found}”。 | Excel 只保留 15 位数字，后面的已经丢了。 | 请把这一列设为“文本”，从原系统重新导出。",
        'the household number has become "{found}". | Excel keeps fifteen digits; the others are lost. '
        '| Set the column to "Text" and export it again from its source.',
    ),
    "register.id_characters": (
        "户编号写的是“{found}”。 | 编号只用数字、字母和 - _ . /，不超过 40 位。 | 请核对各列是否错位。",
        'the household number says "{found}". | Digits, letters and - _ . /, at most 40. '
        "| Check whether columns have shifted.",
    ),
    "register.id_twice": (
        "户编号“{found}”还出现在第{row}行，两行内容不同。 | 一户只有一行，不知哪行是对的。 | 请核对，留下一行。",
        'household "{found}" also stands in row {row}, with other content. | A household has one row; which is right is not '
        "known. | Check and keep one.",
    ),
    "register.id_twice_same": (
        "户编号“{found}”与第{row}行完全相同。 | 一户只有一行，重复的会算两遍。 | 请删去这一行。",
        'household "{found}" is the same as row {row}. | A household has one row; twice, it counts twice. '
        "| Delete this row.",
    ),
    "register.identity_wrong": (
        "身份证号不对（内容不显示）：位数、日期或校验位有误。 | 应为 18 位（末位可为 X）或 15 位。 | 请核对。",
        "the identity number is wrong (not shown): its length, its date or its last character. | 18 characters (the last may "
        "be X) or 15 were expected. | Check it.",
    ),
    # rows
    "register.row_total": (
        "这是合计行。 | 每行应为一户（一村、一人），合计会被当成一户。 | 请删去合计、小计行。",
        "this is a row of totals. | A row is a household, a village or a person; a total would count as one. "
        "| Delete totals and subtotals.",
    ),
    "register.row_heading_again": (
        "这里又出现了表头。 | 表头只在最上面一行。 | 请删去中间重复的表头。",
        "the headings stand here again. | They stand once, at the top. | Delete this row.",
    ),
    "register.row_odd": (
        "这一行只有一两格有内容，不像一条记录。 | 数据下面不应有说明、签名、制表日期等。 | 请删去这一行。",
        "one or two cells of this row hold something; it is no record. | No remarks, signatures or dates stand under the "
        "data. | Delete this row.",
    ),
    "register.row_example": (
        "这是空白表里的示例行。 | 示例不是真实的户或村。 | 请删去这一行。",
        "this is the example of the blank form. | It is no household or village. | Delete this row.",
    ),
    "register.more_than_persons": (
        "{name}是{found}，家庭人口是{persons}。 | 不能多于家庭人口。 | 请核对两个数。",
        "{name} is {found}, the household has {persons} persons. | It cannot be more. | Check both.",
    ),
    "register.pupils_and_students": (
        "各阶段学生共{found}人，家庭人口是{persons}。 | 不能多于家庭人口。 | 请核对。",
        "there are {found} pupils and students, the household has {persons} persons. | There cannot be more. | Check it.",
    ),
    "register.income_sum": (
        "人均纯收入{total}元，各项相加{added}元。 | 各项之和应等于合计（误差不超过 1 元或 1%）。 | 请核对各项和单位。",
        "the income per head is {total} 元, its parts add up to {added}. | They agree within 1 元 or 1 %. "
        "| Check the parts and their units.",
    ),
    "register.income_negative": (
        "生产经营性支出大于收入，净收入是负数。 | 登记表的经营收入不小于 0。 | 请核对；确实亏损的，按 0 填写并在台账中注明。",
        "the expense is above the farm income. | A register has no farm income below nought. "
        "| Check both; enter a true loss as 0 and keep a note of it.",
    ),
    "register.due_not_listed": (
        "不是贫困村，却写了计划脱帽年份{found}。 | 只有贫困村才脱帽。 | 请核对“贫困村”和年份。",
        "it is no poor village, but is due to leave the list in {found}. | Only poor villages leave it. | Check both.",
    ),
    "register.column_too_small": (
        "这一列的中位数是{median}{unit}，小得不像。 | 一般在{low}至{high}之间。 | 单位是不是写错了（万元当成元、公顷当成亩、"
        "公里当成米）？请在表头写明单位。",
        "the median of this column is {median} {unit}, which is too small. | Usually between {low} and {high}. "
        "| Is the unit another (万元 for 元, 公顷 for 亩)? Write the unit in the heading.",
    ),
    "register.column_too_large": (
        "这一列的中位数是{median}{unit}，大得不像。 | 一般在{low}至{high}之间。 | 单位是不是写错了（元当成万元、每户当成人均、"
        "平方米当成亩）？请在表头写明单位。",
        "the median of this column is {median} {unit}, which is too large. | Usually between {low} and {high}. "
        "| Is the unit another (元 for 万元, per household for per head, 平方米 for 亩)? Write the unit in the heading.",
    ),
    # places
    "register.township_unknown": (
        "没有“{found}”这个乡镇。 | 已知的有：{known}。 | 请改正。",
        'there is no township "{found}". | Known: {known}. | Correct it.',
    ),
    "register.township_unknown_near": (
        "没有“{found}”这个乡镇。 | 乡镇须与方案（或乡镇表）一致。 | 您是否想写“{near}”？",
        'there is no township "{found}". | Townships are those of the plan or of the table of townships. '
        '| Did you mean "{near}"?',
    ),
    "register.no_township": (
        "不知道这个村在哪个乡镇。 | 每村须有所属乡镇。 | 请补上“乡镇”一列，或提供村表。",
        "the township of this village is not known. | Every village lies in one. "
        "| Add the column 乡镇, or a table of villages.",
    ),
    "register.village_no_township": (
        "不知道“{found}”在哪个乡镇。 | 每村须有所属乡镇。 | 请在村表补上“乡镇”一列。",
        'the township of "{found}" is not known. | Every village lies in one. | Add the column 乡镇 to the table of villages.',
    ),
    "register.village_twice": (
        "“{found}”与第{row}行是同一个村。 | 一村只有一行。 | 请删去一行；两个村同名的，乡镇应不同。",
        '"{found}" is the village of row {row}. | A village has one row. '
        "| Delete one; two villages of one name lie in two townships.",
    ),
    "register.village_two_townships": (
        "“{found}”写在“{township}”，别的户写在“{usual}”。 | 一个村只属一个乡镇。 | 请改正；确是两个同名的村，请提供村表，两个都列上。",
        '"{found}" is put in "{township}" here, in "{usual}" elsewhere. | A village lies in one township. '
        "| Correct it; if there are two of one name, give a table of villages with both.",
    ),
    "register.village_other_township": (
        "“{township}”没有“{found}”，村表里它在“{there}”。 | 户表与村表须一致。 | 请核对乡镇。",
        '"{township}" has no "{found}"; the table of villages puts it in "{there}". | Both tables agree. '
        "| Check the township.",
    ),
    "register.village_ambiguous": (
        "“{found}”有好几个：{places}。 | 同名的村要靠乡镇区分。 | 请在户表补上“乡镇”一列。",
        'there are several "{found}": in {places}. | The township tells them apart. '
        "| Add the column 乡镇 to the table of households.",
    ),
    "register.village_alike": (
        "“{found}”与“{near}”只是字形相近，不是同一个字。 | 地名须写得一样。 | 请改成“{near}”。",
        '"{found}" only looks like "{near}"; a character differs. | Names are written alike. | Write "{near}".',
    ),
    "register.village_unknown": (
        "村表里没有“{found}”。 | 每户须属于村表里的一个村，如：{known}。 | 请改正村名，或在村表补上这个村。",
        'the table of villages has no "{found}". | Every household lives in one of its villages, such as {known}. '
        "| Correct the name, or add the village.",
    ),
    "register.village_unknown_near": (
        "村表里没有“{found}”。 | 每户须属于村表里的一个村。 | 您是否想写“{near}”？",
        'the table of villages has no "{found}". | Every household lives in one of its villages. | Did you mean "{near}"?',
    ),
    "register.village_set_aside": (
        "所在的村有问题，已搁置。 | 村不导入，户也不能导入。 | 请先改正村表。",
        "its village was set aside. | Without its village a household is not imported. | Mend the table of villages first.",
    ),
    # persons
    "register.person_set_aside": (
        "家庭成员中有人的那一行有问题，已搁置。 | 人数不全，户也不能导入。 | 请先改正人员表。",
        "the row of one of its persons was set aside. | Without all its persons a household is not imported. "
        "| Mend the table of persons first.",
    ),
    "register.persons_differ": (
        "家庭人口写的是{found}，人员表里有{rows}行。 | 两处须一致。 | 请核对。",
        "the household has {found} persons here, {rows} rows in the table of persons. | Both agree. | Check it.",
    ),
    "register.household_without_persons": (
        "人员表里没有这一户的人。 | 户表没有“家庭人口”时，人数从人员表来。 | 请补上人员，或在户表加上“家庭人口”。",
        "the table of persons has nobody of this household. | Without 家庭人口 persons are counted there. "
        "| Add its persons, or the column 家庭人口.",
    ),
    "register.member_without_household": (
        "户编号“{found}”不在户表里。 | 人员表里的每个人须属于户表里的一户。 | 请核对户编号，或在户表补上这一户。",
        'household "{found}" is not in the table of households. | Every person belongs to one. '
        "| Check the number, or add the household.",
    ),
    "register.member_differs": (
        "与同一户第{row}行写的不一样。 | 一户的村名、收入等只能有一个值。 | 请核对。",
        "row {row} of the same household says otherwise. | A household has one village, one income. | Check it.",
    ),
}
