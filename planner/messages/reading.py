"""Messages about the form of a file: reading it, its keys and types, what it includes."""

READING: dict[str, tuple[str, str]] = {
    "reading.absent": (
        "没有这个文件。 | 应为可读的文本文件。 | 请核对路径和文件名。",
        "there is no such file. | A readable text file was expected. | Check the path and the name.",
    ),
    "reading.too_large": (
        "文件有{found}字节。 | 上限为{limit}字节：方案和情景是文字资料，不是数据库。 | 请拆成几个文件，用 "
        "include 引入。",
        "the file has {found} bytes. | The limit is {limit}: a plan is a document, not a database. | Split it "
        "and name the pieces under include.",
    ),
    "reading.not_utf8": (
        "这一行不是 UTF-8 编码。 | 文件须为 UTF-8，其他编码（如 GBK）会读成乱码。 | 请用编辑器另存为 UTF-8。",
        "this line is not UTF-8. | Files are read as UTF-8; other encodings such as GBK turn into other "
        "characters. | Save the file again as UTF-8.",
    ),
    "reading.not_a_mapping": (
        "文件最外层不是“键: 值”。 | 最外层应为一组键和值。 | 请补上键，例如 head: 或 name:。",
        "the file does not begin with keys. | The outermost level is a set of keys with values. | Begin with a "
        "key such as head: or name:.",
    ),
    "reading.tab": (
        "“{words}”前用了制表符（Tab）。 | 缩进只认空格，制表符的宽度各处不同。 | 请把制表符换成空格。",
        'a tab stands before "{words}". | Only spaces indent, because a tab is of no fixed width. | Replace the '
        "tab by spaces.",
    ),
    "reading.colon": (
        "“{words}”后面没有冒号和值。 | 每一行应为“键: 值”，冒号后空一格。 | 请补上冒号。",
        'no colon follows "{words}". | A line is "key: value", with a space after the colon. | Add the colon.',
    ),
    "reading.fullwidth_colon": (
        "“{words}”用了全角冒号。 | 键与值之间须用半角冒号加空格（: ）。 | 请把“：”改为“: ”。",
        '"{words}" uses a full-width colon. | Key and value are parted by a plain colon and a space. | Write ": '
        '" instead.',
    ),
    "reading.colon_inside": (
        "“{words}”处多了一层“键: 值”。 | 一行只能有一个“键: 值”；下级各行应比上级多缩进，且上级冒号后不写值。 | "
        "值里含冒号时请加引号，否则请核对缩进。",
        'a second "key: value" stands at "{words}". | A line holds one key; what belongs under a key is indented '
        "below it. | Quote a value that contains a colon, or mend the indentation.",
    ),
    "reading.indent": (
        "“{words}”的缩进与同级各行不齐。 | 同一级的各行须左对齐，否则分不清归属。 | 请按同级的行对齐。",
        'the indentation of "{words}" agrees with no line above. | Lines of one level begin in one column. | '
        "Align it with its neighbours.",
    ),
    "reading.bracket": (
        "从“{words}”开始的括号没有配对，或各项之间缺逗号。 | [ ] 与 {{ }} 须成对，各项用半角逗号分开。 | 请补上括"
        "号或逗号。",
        'a bracket opened at "{words}" is not closed, or a comma is missing. | Brackets come in pairs and their '
        "items are parted by plain commas. | Add what is missing.",
    ),
    "reading.quote": (
        "从“{words}”开始的引号没有结束。 | 引号须成对。 | 请补上后一个引号。",
        'a quotation mark opened at "{words}" is not closed. | They come in pairs. | Add the second one.',
    ),
    "reading.character": (
        "有不能出现在这里的字符。 | 文件只含可见文字；以 @ ` % 开头的值须加引号。 | 请删去该字符或加引号。",
        "a character stands here that may not. | Files hold visible text; a value that begins with @ ` or % is "
        "quoted. | Remove it or quote the value.",
    ),
    "reading.syntax": (
        "“{words}”处读不下去。 | 应为“键: 值”、“- 项”或成对的括号。 | 请核对这一行和上一行的写法。",
        'reading stops at "{words}". | A line is "key: value", "- item" or brackets in pairs. | Look at this '
        "line and the one above.",
    ),
    "reading.too_deep": (
        "层次超过{limit}层。 | 方案和情景用不到这么多层，过深多为括号写错。 | 请核对括号和缩进。",
        "more than {limit} levels deep. | No plan needs as many; a bracket has probably slipped. | Look at "
        "brackets and indentation.",
    ),
    "reading.documents": (
        "出现第二个“---”。 | 一个文件只写一份资料。 | 请拆成两个文件，或删去这一行。",
        'a second "---" begins another document. | One file holds one document. | Split the file or delete the line.',
    ),
    "reading.key_not_text": (
        "键是一个列表或一组值。 | 键须是一个词。 | 请改写键名。",
        "a list or mapping stands as a key. | A key is one word. | Write the key as a word.",
    ),
    "reading.duplicate_key": (
        "“{key}”重复出现。 | 第{first}行已有，同名只能有一个，后写的不会悄悄盖过先写的。 | 请删去其中一个。",
        '"{key}" stands here a second time. | It already stands on line {first}, and only one can hold. | Delete '
        "one of the two.",
    ),
    "reading.alias": (
        "用了引用“*{name}”。 | 引用会让一处的改动悄悄影响别处，不予接受。 | 请把内容照写一遍，或用情景改数。",
        'the reference "*{name}" is used. | References let one change alter other places unseen, and are '
        "refused. | Write the value out, or change it in a scenario.",
    ),
    "reading.anchor": (
        "用了锚点“&{name}”。 | 锚点与引用不予接受。 | 请删去“&{name}”。",
        'the anchor "&{name}" is used. | Anchors and references are refused. | Delete "&{name}".',
    ),
    "reading.tag": (
        "用了标记“{name}”。 | 文件只是资料，类型由字段决定，不接受标记。 | 请删去标记。",
        'the tag "{name}" is used. | A file is data; the field decides the type, and tags are refused. | Delete '
        "the tag.",
    ),
    "reading.not_finite": (
        "写的是“{found}”。 | 应为有限的数：无穷大和非数不能参与计算。 | 请写一个具体的数。",
        'it says "{found}". | A finite number was expected: nothing can be reckoned with infinity or no-number. |'
        " Write the number.",
    ),
    "reading.fullwidth": (
        "“{found}”按半角的{taken}读入。 | 数字宜用半角。 | 无需处理，核对即可。",
        '"{found}" was read as {taken}. | Figures are best written half-width. | Nothing needs doing; only check it.',
    ),
    "form.missing_key": (
        "缺“{key}”。 | 这一项必须写。 | 请补上“{key}:”及其值。",
        'the key "{key}" is missing. | It is required here. | Add "{key}:" with its value.',
    ),
    "form.missing_unit": (
        "数字没有单位。 | 每个数须写单位，元与万元相差一万倍。 | 请补上 unit，例如 unit: 万元。",
        "the number has no unit. | Every number states one, since 元 and 万元 differ ten thousand times. | Add "
        "unit, for example unit: 万元.",
    ),
    "form.unknown_key": (
        "有不认识的键“{key}”。 | 这里可用的键：{allowed}。 | 请改正或删去。",
        'the key "{key}" is not known. | Known here: {allowed}. | Correct or delete it.',
    ),
    "form.unknown_key_near": (
        "有不认识的键“{key}”。 | 写错的键会使该数不起作用，故不予接受。 | 您是否想写“{near}”？",
        'the key "{key}" is not known. | A misspelt key would leave its number without effect, so it is refused. '
        '| Did you mean "{near}"?',
    ),
    "form.stray_comma": (
        "“{key}”成了单独的键。 | 花括号里的半角逗号会把文字断开。 | 请把这段文字加上引号，或把逗号改为全角（，）。",
        '"{key}" has become a key of its own. | A plain comma inside braces cuts a text in two. | Quote the '
        "text, or use a full-width comma.",
    ),
    "form.wrong_type": (
        "写的是“{found}”。 | 应为{wanted}。 | 请改写。",
        'it says "{found}". | Expected: {wanted}. | Write it so.',
    ),
    "form.number_in_words": (
        "写的是文字“{found}”。 | 应为数字；单位写在 unit，不用千分位逗号和引号。 | 请只写数字。",
        'it says "{found}", which is text. | A number was expected; the unit stands under unit, without '
        "thousands marks or quotes. | Write the number alone.",
    ),
    "form.bare_number": (
        "只写了数字{found}。 | 这里应为一组内容；数字须带单位和出处，否则无从查证。 | 请写作 {{value: {found}, "
        "unit: …, clause: …}}。",
        "a bare number {found}. | A set of keys was expected; a number carries its unit and clause, or it cannot "
        "be traced. | Write {{value: {found}, unit: …, clause: …}}.",
    ),
    "form.too_low": (
        "写的是{found}。 | 应不小于{bound}。 | 请核对数字。",
        "it says {found}. | It must be {bound} or more. | Check the number.",
    ),
    "form.must_exceed": (
        "写的是{found}。 | 应大于{bound}。 | 请核对数字。",
        "it says {found}. | It must be more than {bound}. | Check the number.",
    ),
    "form.too_high": (
        "写的是{found}。 | 应不大于{bound}。 | 请核对数字。",
        "it says {found}. | It must be {bound} or less. | Check the number.",
    ),
    "form.must_stay_below": (
        "写的是{found}。 | 应小于{bound}。 | 请核对数字。",
        "it says {found}. | It must be less than {bound}. | Check the number.",
    ),
    "form.not_on_list": (
        "写的是“{found}”。 | 只能取：{allowed}。 | 请从中选一个。",
        'it says "{found}". | It is one of: {allowed}. | Choose one of them.',
    ),
    "form.not_on_list_near": (
        "写的是“{found}”。 | 只能取：{allowed}。 | 您是否想写“{near}”？",
        'it says "{found}". | It is one of: {allowed}. | Did you mean "{near}"?',
    ),
    "form.identifier": (
        "标识“{found}”不合规则。 | 标识用小写拉丁字母开头，只含小写字母、数字和下划线，便于引用。 | 请改写，中文"
        "名称写在 name。",
        'the identifier "{found}" is not allowed. | It begins with a small Latin letter and holds small letters, '
        "digits and underscores. | Rename it; the Chinese name stands under name.",
    ),
    "form.name": (
        "名称“{found}”含有不能用的字符。 | 名称只含汉字、字母、数字、空格、-、_、· 和括号，因为它会出现在文件名和"
        "网页里。 | 请改写名称。",
        'the name "{found}" holds characters that may not be used. | Letters, digits, spaces, -, _, · and '
        "brackets only, since it appears in file names and pages. | Rename it.",
    ),
    "form.too_long": (
        "有{found}个字符。 | 上限为{limit}个，太长则表格放不下。 | 请写得短些。",
        "it has {found} characters. | The limit is {limit}, so that tables can hold it. | Shorten it.",
    ),
    "form.empty": (
        "“{key}”是空的。 | 这里须有内容。 | 请补写。",
        '"{key}" is empty. | Something must stand here. | Fill it in.',
    ),
    "form.too_many": (
        "项数太多。 | 最多{limit}项。 | 请删减。",
        "there are too many items. | At most {limit}. | Remove some.",
    ),
    "form.pair": (
        "范围只写了一个数。 | 范围是低、高两个数。 | 请写作 range: [低, 高]。",
        "the range has one number. | A range is a low and a high number. | Write range: [low, high].",
    ),
    "form.refused": (
        "“{found}”不能用在这里。 | 与此处要求的格式不符。 | 请对照其他同类条目改写。",
        '"{found}" cannot stand here. | It is not of the form required. | Compare it with its neighbours.',
    ),
    "include.not_a_list": (
        "include 不是列表。 | 应为同一文件夹内的文件名列表。 | 请写作 include: [a.yaml, b.yaml]。",
        "include is not a list. | It lists names of files in the same folder. | Write include: [a.yaml, b.yaml].",
    ),
    "include.not_a_name": (
        "“{name}”不是文件名。 | 应为同一文件夹内的文件名。 | 请写文件名。",
        '"{name}" is not a file name. | The name of a file in the same folder was expected. | Write one.',
    ),
    "include.outside": (
        "“{name}”指向文件夹之外。 | 只能引用同一文件夹内的文件，以免误读或外泄其他资料。 | 请把文件放进本文件夹，"
        "只写文件名。",
        '"{name}" leads out of the folder. | Only files in the same folder may be named, lest other papers be '
        "read by mistake. | Put the file here and write its name alone.",
    ),
    "include.link": (
        "“{name}”是符号链接。 | 链接可能指向文件夹之外，不予接受。 | 请放入文件本身。",
        '"{name}" is a symbolic link. | A link may lead elsewhere and is refused. | Put the file itself here.',
    ),
    "include.not_yaml": (
        "“{name}”不是 .yaml 文件。 | 方案和情景的文件名以 .yaml 结尾。 | 请核对文件名。",
        '"{name}" is not a .yaml file. | Plans and scenarios end in .yaml. | Check the name.',
    ),
    "include.absent": (
        "同一文件夹里没有“{name}”。 | 引用的文件须与本文件在一起。 | 请核对文件名，或把文件放进来。",
        'there is no "{name}" in this folder. | A file that is named stands beside the one that names it. | '
        "Check the name or add the file.",
    ),
    "include.cycle": (
        "“{name}”又引回了自己。 | 互相引入没有先后，读不完。 | 请去掉其中一处 include。",
        '"{name}" comes back to itself. | Files that include each other have no beginning. | Drop one include.',
    ),
    "include.too_deep": (
        "引入“{name}”已超过{limit}层。 | 引入不宜层层相套。 | 请在 plan.yaml 里直接列出各文件。",
        'including "{name}" goes deeper than {limit} files. | Includes should not be nested so far. | List the '
        "files in plan.yaml.",
    ),
    "include.section_twice": (
        "“{key}”在两个文件里都写了。 | {first}已有，这一项只能写在一处。 | 请删去其中一处。",
        '"{key}" stands in two files. | It already stands at {first} and can stand in one place only. | Delete one.',
    ),
    "include.entry_twice": (
        "“{key}”在两处都写了。 | {first}已有，后写的不会悄悄盖过先写的。 | 请删去其中一处。",
        '"{key}" stands in two places. | It already stands at {first}, and neither may silently win. | Delete one.',
    ),
}
