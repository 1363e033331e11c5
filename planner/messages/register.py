"""Messages about a register's files, sheets and headings, by code: Chinese, English."""

REGISTER: dict[str, tuple[str, str]] = {
    "register.column_missing": (
        "缺这一列。 | 登记表须有全部规定的列。 | 请补上这一列。",
        "this column is missing. | A register has every declared column. | Add the column.",
    ),
    "register.lengths": (
        "各列的行数不一：{found}。 | 同一张表各列行数须相同。 | 请核对是否有漏行。",
        "columns of different lengths: {found}. | All columns of a table have one length. | Look for missing rows.",
    ),
    # files
    "register.file_absent": (
        "没有这个文件或文件夹。 | 应为 .xlsx、.csv、.parquet 文件，或装有这些文件的文件夹。 | 请核对路径和名称。",
        "there is no such file or folder. | A .xlsx, .csv or .parquet file, or a folder of such, was expected. "
        "| Check the path and the name.",
    ),
    "register.file_link": (
        "这是符号链接。 | 链接可以指到别处，不予读取。 | 请给出文件本身。",
        "this is a symbolic link. | A link may lead elsewhere, and is not followed. | Give the file itself.",
    ),
    "register.file_special": (
        "这不是普通文件。 | 只读取普通文件，不读取管道和设备。 | 请给出文件本身。",
        "this is no regular file. | Pipes and devices are not read. | Give a file.",
    ),
    "register.file_empty": (
        "文件是空的（0 字节）。 | 应有表头和数据。 | 请重新导出。",
        "the file is empty (0 bytes). | Headings and data were expected. | Export it again.",
    ),
    "register.file_twice": (
        "同一个文件给了两次。 | 重复导入会把每户算两遍。 | 请去掉一个。",
        "the same file is given twice. | Every household would count twice. | Drop one.",
    ),
    "register.file_kind": (
        "不认识“{found}”这种文件。 | 可导入 .xlsx、.csv、.parquet。 | 请用 Excel 或 WPS 另存为 .xlsx。",
        'files of the kind "{found}" are not known. | .xlsx, .csv and .parquet can be imported. '
        "| Save it as .xlsx from Excel or WPS.",
    ),
    "register.file_too_large": (
        "文件有{found}。 | 上限为{limit}，足够五十万户。 | 请核对是不是登记表；确有更多户的，请分县导入。",
        "the file has {found}. | The limit is {limit}, enough for half a million households. "
        "| Check that it is a register; import counties one by one.",
    ),
    "register.folder_empty": (
        "文件夹里没有可导入的文件。 | 应有 .xlsx、.csv 或 .parquet；下级文件夹不读。 | 请核对路径。",
        "the folder holds no file that can be imported. | .xlsx, .csv or .parquet was expected; folders within are "
        "not read. | Check the path.",
    ),
    "register.too_many_files": (
        "文件夹里的文件超过{limit}个。 | 登记表一般是一个文件，或每乡镇一个。 | 请核对路径。",
        "the folder holds more than {limit} files. | A register is one file, or one for each township. "
        "| Check the path.",
    ),
    # Excel
    "register.excel_old": (
        "这是老格式的表格（.xls 等）。 | 只读 .xlsx：老格式可以藏宏，也无法安全核查。 | 请用 Excel 或 WPS 打开，"
        "另存为“Excel 工作簿（.xlsx）”。",
        "this is a workbook of an old form (.xls). | Only .xlsx is read: the old form may hide macros. "
        "| Open it in Excel or WPS and save it as an Excel workbook (.xlsx).",
    ),
    "register.excel_encrypted": (
        "工作簿加了密码。 | 加密的文件读不了。 | 请打开后去掉密码（文件→信息→保护工作簿），另存为 .xlsx。",
        "the workbook is encrypted. | An encrypted file cannot be read. | Open it, take the password off, and save it as "
        ".xlsx.",
    ),
    "register.excel_not_zip": (
        "这个文件的内容不是 Excel 工作簿。 | .xlsx 文件有固定的格式；改个后缀名不会变成工作簿。 | 请用 Excel 或 WPS 打开原文件，"
        "另存为 .xlsx。",
        "the content is no Excel workbook. | An .xlsx file has a form of its own; another ending does not make one. "
        "| Open the original in Excel or WPS and save it as .xlsx.",
    ),
    "register.excel_no_workbook": (
        "压缩包里没有工作簿。 | .xlsx 里应有 xl/workbook.xml。 | 请核对文件；压缩包请先解开。",
        "the archive holds no workbook. | An .xlsx holds xl/workbook.xml. | Check the file; unpack an archive first.",
    ),
    "register.excel_no_sheets": (
        "工作簿里读不到工作表。 | 应为普通的 .xlsx（不是“Strict Open XML”）。 | 请另存为“Excel 工作簿（.xlsx）”。",
        'no sheet can be read in the workbook. | An ordinary .xlsx was expected (not "Strict Open XML"). '
        '| Save it as "Excel Workbook (.xlsx)".',
    ),
    "register.excel_damaged": (
        "工作簿已损坏，读不完整。 | 每个部分都须完整。 | 请用 Excel 或 WPS 打开检查，另存为新的 .xlsx。",
        "the workbook is damaged and cannot be read whole. | Every part has to be whole. "
        "| Open it in Excel or WPS and save it as a new .xlsx.",
    ),
    "register.excel_macros": (
        "工作簿带有宏。 | 宏是程序，登记表只要数据。 | 请另存为不带宏的“Excel 工作簿（.xlsx）”。",
        "the workbook holds macros. | A macro is a program; a register is data. "
        "| Save it as a workbook without macros (.xlsx).",
    ),
    "register.excel_external": (
        "工作簿链接到别的工作簿或数据库。 | 链接的数会变，也可能指到别处。 | 请断开链接（数据→编辑链接→断开），另存。",
        "the workbook is linked to another one or to a database. | Linked figures change, and may lead elsewhere. "
        "| Break the links (Data, Edit Links) and save.",
    ),
    "register.excel_embedded": (
        "工作簿里嵌有别的文件或控件。 | 登记表只要数据。 | 请删去嵌入的对象，另存。",
        "another file or a control is embedded in the workbook. | A register is data. "
        "| Delete the embedded objects and save.",
    ),
    "register.excel_formula": (
        "有公式：{cells}。 | 只收数值：公式的结果会随别的单元格变。 | 请全选、复制、选择性粘贴为“数值”，再保存。",
        "there are formulas: {cells}. | Only values are taken: the result of a formula changes with other cells. "
        '| Select all, copy, paste as "values", and save.',
    ),
    "register.excel_hidden_sheet": (
        "这张工作表是隐藏的。 | 看不见的内容不导入，也不悄悄丢掉。 | 请取消隐藏，或删去这张表。",
        "this sheet is hidden. | What nobody sees is neither imported nor quietly left out. | Unhide it or delete it.",
    ),
    "register.excel_very_hidden": (
        "这张工作表被深度隐藏（菜单里看不到）。 | 看不见的内容不导入，也不悄悄丢掉。 | 请把可见的工作表复制到新工作簿，另存为 .xlsx。",
        "this sheet is hidden so that no menu shows it. | What nobody sees is neither imported nor quietly left out. "
        "| Copy the visible sheets to a new workbook and save that.",
    ),
    "register.excel_hidden_rows": (
        "有隐藏的行：{rows}。 | 看不见的户也会算进去，或被漏掉。 | 请清除筛选、取消隐藏；不要的行请删去。",
        "there are hidden rows: {rows}. | Households that nobody sees would count, or be missed. "
        "| Clear the filter, unhide the rows, or delete them.",
    ),
    "register.excel_hidden_columns": (
        "有隐藏的列：{columns}。 | 看不见的列里可能有个人信息。 | 请取消隐藏；不要的列请删去。",
        "there are hidden columns: {columns}. | A column that nobody sees may hold personal data. "
        "| Unhide the columns or delete them.",
    ),
    "register.excel_merged": (
        "表头或数据里有合并的单元格：{cells}。 | 合并后只有左上角一格有值，其余各户就空了。 | 请取消合并，把值填满每一行；"
        "两行的表头请并成一行。",
        "cells are merged in the headings or the data: {cells}. | Only the upper left one keeps the value; the others are "
        "empty. | Unmerge them and fill every row; make two rows of headings one.",
    ),
    "register.excel_huge_cell": (
        "有一个单元格的内容大得不正常。 | 登记表的单元格不会有几十万字。 | 请核对文件来源。",
        "one cell is unreasonably large. | No cell of a register holds hundreds of thousands of characters. "
        "| Check where the file comes from.",
    ),
    "register.zip_ratio": (
        "文件解开后有{found}，超过原来的{limit}倍。 | 正常的表格解开不到{limit}倍，这样的文件会撑满内存。 | "
        "请核对文件来源；若确为登记表，请另存为 CSV 再导入。",
        "the file unpacks to {found}, more than {limit} times its size. | A table unpacks to less; this one would fill the "
        "memory. | Check where it comes from; if it is a register, save it as CSV.",
    ),
    "register.zip_total": (
        "解开后有{found}。 | 上限为{limit}。 | 请另存为 CSV 再导入，或分成几个文件。",
        "it unpacks to {found}. | The limit is {limit}. | Save it as CSV, or split it into several files.",
    ),
    "register.zip_texts": (
        "工作簿里的文字有{found}。 | 上限为{limit}。 | 请删去备注一类的长文字，或另存为 CSV。",
        "the texts of the workbook have {found}. | The limit is {limit}. | Delete long remarks, or save it as CSV.",
    ),
    "register.zip_parts": (
        "文件由太多部分组成。 | 工作簿不超过{limit}个部分。 | 请核对文件来源。",
        "the file has too many parts. | A workbook has at most {limit}. | Check where it comes from.",
    ),
    "register.zip_path": (
        "有一个部分的位置指到文件以外。 | 工作簿的各部分都在文件之内。 | 请勿使用这个文件，核对来源。",
        "the place of a part leads out of the file. | All parts of a workbook lie inside. "
        "| Do not use this file; check where it comes from.",
    ),
    "register.zip_twice": (
        "同一个部分出现两次。 | 每个部分只有一个，否则不知读哪个。 | 请勿使用这个文件，核对来源。",
        "one part stands there twice. | There is one of each, or nobody knows which is read. "
        "| Do not use this file; check where it comes from.",
    ),
    "register.zip_locked": (
        "有一个部分加了密码。 | 加密的部分读不了。 | 请去掉密码再保存。",
        "a part is encrypted. | It cannot be read. | Take the password off and save.",
    ),
    "register.xml_declaration": (
        "含有实体声明（DOCTYPE）。 | 正常的工作簿没有声明，声明可以用来攻击读取程序。 | 请勿使用这个文件，核对来源。",
        "it declares entities (DOCTYPE). | No ordinary workbook does; such declarations can attack the reader. "
        "| Do not use this file; check where it comes from.",
    ),
    "register.xml_encoding": (
        "这个部分不是 UTF-8 编码。 | 工作簿的各部分都用 UTF-8。 | 请用 Excel 或 WPS 打开，另存为新的 .xlsx。",
        "this part is not in UTF-8. | The parts of a workbook are. | Open it in Excel or WPS and save it as a new .xlsx.",
    ),
    # CSV and Parquet
    "register.csv_nul": (
        "这一行有空字节（NUL）。 | 文字文件里没有空字节，多半不是 CSV。 | 请用 Excel 或 WPS 重新导出为 CSV。",
        "this line holds a NUL byte. | No text does; this is probably no CSV. | Export it again as CSV.",
    ),
    "register.csv_utf16": (
        "文件是 UTF-16 编码（“Unicode 文本”）。 | 应为 UTF-8 或 GBK（GB18030）。 | 请另存为“CSV UTF-8（逗号分隔）”。",
        'the file is in UTF-16 ("Unicode text"). | UTF-8 or GBK (GB 18030) was expected. | Save it as "CSV UTF-8".',
    ),
    "register.csv_encoding": (
        "这一行既不是 UTF-8，也不是 GBK（GB18030）。 | 文字须能按其中一种读出。 | 请另存为“CSV UTF-8（逗号分隔）”。",
        'this line is neither UTF-8 nor GBK (GB 18030). | It has to be one of them. | Save it as "CSV UTF-8".',
    ),
    "register.csv_two_encodings": (
        "一个文件里有两种编码：第{line}行不是 UTF-8，第{first}行等{others}行是 UTF-8。 | 一个文件只用一种编码，"
        "否则有的字会读成乱码。 | 请核对是不是把两个文件拼在了一起；另存为“CSV UTF-8”。",
        "two encodings in one file: line {line} is not UTF-8, line {first} is (and {others} such in all). | A file has one "
        'encoding. | Check whether two files were joined; save it as "CSV UTF-8".',
    ),
    "register.csv_line": (
        "这一行超过{limit}个字节。 | 登记表的一行不会这么长。 | 请核对文件；每户须占一行。",
        "this line has more than {limit} bytes. | No row of a register is as long. "
        "| Check the file; each household stands on a line of its own.",
    ),
    "register.csv_cell": (
        "有一格超过{limit}个字。 | 多半是引号没有配对，把许多行并成了一格。 | 请在这一行附近找多出的引号。",
        "one cell has more than {limit} characters. | A quotation mark is probably not closed and swallows lines. "
        "| Look for a stray quotation mark near this line.",
    ),
    "register.csv_quote": (
        "从这一行起引号没有配对。 | 含逗号或引号的格须用一对半角引号括起来。 | 请补上或删去多出的引号。",
        "from this line on a quotation mark is not closed. | Quotation marks come in pairs. "
        "| Add the second one or delete the first.",
    ),
    "register.too_wide": (
        "有{found}列。 | 登记表不超过{limit}列。 | 请删去无关的列，核对分隔符。",
        "there are {found} columns. | A register has at most {limit}. | Delete what does not belong; check the separator.",
    ),
    "register.parquet_broken": (
        "这不是完整的 Parquet 文件。 | 应能读出每一列。 | 请重新导出。",
        "this is no whole Parquet file. | Every column has to be readable. | Export it again.",
    ),
    "register.parquet_type": (
        "这一列的类型是 {found}。 | 应为文字、数字、真假或日期。 | 请改成普通的列。",
        "this column is of the type {found}. | Text, numbers, truths or dates were expected. | Make it a plain column.",
    ),
    "register.parquet_rows": (
        "有{found}行。 | 上限为{limit}行。 | 请分成几个文件。",
        "there are {found} rows. | The limit is {limit}. | Split it into several files.",
    ),
    # sheets and headings
    "register.sheet_empty": (
        "表里没有数据。 | 表头下面应有每户（每村）一行。 | 请核对是不是导出了空表；不要的工作表请删去。",
        "the table holds no data. | Under the headings stands a row for each household or village. "
        "| Check whether an empty table was exported; delete sheets that are not wanted.",
    ),
    "register.no_headings": (
        "前{within}行里找不到认识的表头。 | 应有“户编号、行政村、家庭人口”一类的表头，占一行。 | 请核对表头；叫法不同的，"
        "请写对照表（--mapping）。",
        "no known headings in the first {within} rows. | One row of headings such as 户编号, 行政村, 家庭人口 was expected. "
        "| Check them; where they are called otherwise, write a mapping file (--mapping).",
    ),
    "register.no_households": (
        "没有户表。找到的表：{sheets}。 | 至少要有一张表含“户编号、行政村、家庭人口”。 | 请补上户表；表头叫法不同的，"
        "请写对照表（--mapping）。",
        "there is no table of households. Found: {sheets}. | One table has 户编号, 行政村, 家庭人口. "
        "| Add it; where headings are called otherwise, write a mapping file (--mapping).",
    ),
    "register.two_heads": (
        "表头占了两行：第{row}行也是表头。 | 表头须在一行之内。 | 请把两行并成一行，再导入。",
        "the headings take two rows: row {row} holds headings too. | Headings stand in one row. | Make one row of the two.",
    ),
    "register.heading_missing": (
        "缺“{meant}”这一列。 | 没有它就不知道是哪个村、有几口人。 | 请补上；表里叫别的名字的，请写对照表（--mapping）。",
        'the column "{meant}" is missing. | Without it village or persons are not known. '
        "| Add it; where it is called otherwise, write a mapping file (--mapping).",
    ),
    "register.heading_missing_near": (
        "缺“{meant}”这一列。 | 没有它就不知道是哪个村、有几口人。 | “{near}”是不是这一列？请改名，或写对照表（--mapping）。",
        'the column "{meant}" is missing. | Without it village or persons are not known. '
        '| Is it "{near}"? Rename it, or write a mapping file (--mapping).',
    ),
    "register.heading_twice": (
        "“{first}”也是“{meant}”。 | 一个意思只能有一列，否则不知用哪个。 | 请删去一列，或在对照表的 ignore 中写上不用的一列。",
        '"{first}" stands for "{meant}" too. | One meaning, one column. | Delete one of them, or name the unused one under '
        "ignore in a mapping file.",
    ),
    "register.heading_unit": (
        "表头里的单位“{found}”不认识。 | 金额写元、万元（可加“/人”“/户”），面积写亩、平方米，长度写公里。 | 请改表头，"
        "或在对照表里写 unit。",
        'the unit "{found}" in the heading is not known. | Money is in 元 or 万元 (with /人 or /户), areas in 亩 or 平方米, '
        "lengths in 公里. | Change the heading, or give the unit in a mapping file.",
    ),
    "register.income_basis": (
        "说不清“{heading}”是每户的数还是人均的数。 | 两者相差几倍，不能猜；也没有“人均纯收入”可以核对。 "
        "| 请在表头写明“（元/户）”或“（元/人）”，或在对照表里写 per: household 或 per: head。",
        'whether "{heading}" is per household or per head is not said. | The two differ several times, and no 人均纯收入 is '
        "there to tell. | Write （元/户） or （元/人） in the heading, or per: household or per: head in a mapping file.",
    ),
    "register.persons_as_households": (
        "许多户编号重复，这张表像是一人一行。 | 户表一户一行。 | 请把工作表命名为“人员”，或加上“与户主关系”一列，程序会按户汇总。",
        "many household numbers stand there more than once: the table seems to have a row for each person. | A table of "
        "households has a row for each household. | Name the sheet 人员, or add the column 与户主关系, and persons are "
        "brought together by household.",
    ),
    "register.names_of_persons": (
        "“行政村”这一列几乎每户都不同，像是人名。 | 村名会有许多户相同；姓名不得导入。 | 请核对各列是否错位。",
        "nearly every household has another village here, and they look like names of persons. | Many households share a "
        "village; names are not imported. | Check whether columns have shifted.",
    ),
    # mapping file
    "register.mapping_header_row": (
        "表头行写的是{found}。 | 应在 1 至 {limit} 之间。 | 请核对 header_row。",
        "the row of headings is {found}. | It lies between 1 and {limit}. | Check header_row.",
    ),
    "register.mapping_target": (
        "登记表没有“{found}”这一列。 | 应为登记表的列名，如 家庭人口 或 persons。 | 请对照空白表（planner register template）改正。",
        'a register has no column "{found}". | The name of a column was expected, such as 家庭人口 or persons. '
        "| See the blank form (planner register template).",
    ),
    "register.mapping_target_near": (
        "登记表没有“{found}”这一列。 | 应为登记表的列名。 | 您是否想写“{near}”？",
        'a register has no column "{found}". | The name of a column was expected. | Did you mean "{near}"?',
    ),
    "register.mapping_where": (
        "没有写清在文件的哪一列。 | heading（表头）和 column（列号，如 F）须写一个，且只写一个。 | 请改正。",
        "it is not said which column of the file. | Give either heading or column (letters such as F). | Correct it.",
    ),
    "register.mapping_letters": (
        "列号“{found}”不对。 | 应为字母，如 F 或 AB。 | 请改正。",
        'the column "{found}" is none. | Letters such as F or AB were expected. | Correct it.',
    ),
    "register.mapping_unit": (
        "单位“{found}”不适用于这一列。 | 金额写元、万元（可加“/人”“/户”），面积写亩、平方米，长度写公里。 | 请改正。",
        'the unit "{found}" does not suit this column. | Money is in 元 or 万元 (with /人 or /户), areas in 亩 or 平方米, '
        "lengths in 公里. | Correct it.",
    ),
    "register.mapping_code": (
        "“{word}”对应的“{found}”不认识。 | 可写：{allowed}。 | 请改正。",
        '"{word}" stands for "{found}", which is not known. | Known: {allowed}. | Correct it.',
    ),
    "register.mapping_absent": (
        "“{where}”里没有“{found}”这一列。 | 对照表写的列须在文件里。 | 请核对表头。",
        '"{where}" has no column "{found}". | What a mapping names has to be in the file. | Check the headings.',
    ),
    "register.mapping_absent_near": (
        "“{where}”里没有“{found}”这一列。 | 对照表写的列须在文件里。 | 您是否想写“{near}”？",
        '"{where}" has no column "{found}". | What a mapping names has to be in the file. | Did you mean "{near}"?',
    ),
    # the secret of the keys
    "register.salt_absent": (
        "没有这个密钥文件，或者它是链接。 | --key-file 应为一个普通文件，内有一串随机字符。 | 请核对路径。",
        "there is no such key file, or it is a link. | --key-file names a file with random characters. | Check the path.",
    ),
    "register.salt_inside": (
        "密钥文件在结果文件夹里。 | 密钥须与结果分开存放，否则拿到结果的人就能反推。 | 请移到别处。",
        "the key file lies inside the folder of results. | Whoever has the results could undo the keys. | Move it elsewhere.",
    ),
    "register.salt_length": (
        "密钥长度不对。 | 应为 {least} 至 {most} 个字节；太短容易被试出来。 | 请换一串更长的随机字符。",
        "the key is too short or too long. | {least} to {most} bytes were expected; a short one can be guessed. "
        "| Use more random characters.",
    ),
}
