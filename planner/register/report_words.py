"""The words of the register's report, in Chinese and English."""

from __future__ import annotations

from planner.register.columns import CAUSES

Pair = tuple[str, str]

GROUPS: dict[str, Pair] = {
    "exact": ("方案定死的数", "What the plan fixes"),
    "members": ("人口与成员", "Persons and members"),
    "size": ("户规模", "Household size"),
    "income": ("收入", "Income"),
    "cause": ("致贫原因（主因或次因）", "Causes of poverty (main or second)"),
    "household": ("户缺口", "What households lack"),
    "village": ("村缺口", "What villages lack"),
    "works": ("村级工程", "Works of the villages"),
    "tie": ("相互关系", "What goes together"),
}
"""Groups of rows, in the order in which they are shown."""

PLACES: dict[str, Pair] = {
    "due": ("先脱帽村", "villages due first"),
    "poor": ("其余贫困村", "other poor villages"),
    "other": ("非贫困村", "other villages"),
}

CAUSES_IN_ENGLISH = (
    "illness", "disability", "schooling", "disaster", "marriage", "no land", "no water", "no skill", "no capital",
    "no labour", "bad roads", "no drive", "other",
)  # fmt: skip
CAUSE_WORDS: tuple[Pair, ...] = tuple(zip(CAUSES, CAUSES_IN_ENGLISH, strict=True))
"""Words of each cause, in the order of its code."""

ENTRIES: dict[str, Pair] = {
    "share_in_poor_villages": ("住在贫困村的户", "households in poor villages"),
    "due_density": ("先脱帽村对其余贫困村的贫困人口密度", "poor per rural person, due first over other poor villages"),
    "near_poor_share": ("边缘户对建档立卡户", "near-poor households per registered household"),
    "per_household": ("户均人口", "persons per household"),
    "labour_per_person": ("劳动力占人口", "able to work, per person"),
    "off_farm_share": ("劳动力中外出者", "working away, per person able to work"),
    "no_labour_share": ("无劳动力的户", "households without labour"),
    "no_labour_small": ("一二人户无劳动力的份额对更大的户", "without labour, one or two persons over more"),
    "ill_share": ("有病人的户", "households with an ill member"),
    "ill_per_person": ("病人占人口", "ill, per person"),
    "pupil_rate": ("义务教育学生占人口", "pupils, per person"),
    "student_rate": ("高中及以上学生占人口", "students, per person"),
    "elderly_rate": ("老人占人口", "elderly, per person"),
    "wubao_share": ("五保户", "five-guarantee households"),
    "income_median": ("人均纯收入中位数", "median income per head"),
    "income_sigma": ("人均纯收入的对数标准差", "spread of log income"),
    "income_farm_share": ("经营性收入的份额", "share of farm income"),
    "income_wage_share": ("工资性收入的份额", "share of wages"),
    "income_transfer_share": ("转移性收入的份额", "share of transfers"),
    "income_property_share": ("财产性收入的份额", "share of property income"),
    "near_poor_low": ("边缘户收入最低者对标准", "lowest income of the near-poor over the line"),
    "near_poor_high": ("边缘户收入最高者对标准", "highest income of the near-poor over the line"),
    "ill_income": ("有病户收入对无病户", "income with illness over without"),
    "no_labour_income": ("无劳动力户收入对其余户", "income without labour over with"),
    "due_income_better": ("先脱帽村收入对其余村", "income in villages due first over the rest"),
    "tie_road_income": ("不通路户收入对通路户", "income without a road over with"),
    "ill_no_labour": ("有病的份额，无劳动力户对其余", "share with illness, without labour over with"),
    "ill_labour": ("劳动力占人口，有病户对无病户", "labour per person, with illness over without"),
    "disabled_no_labour": ("有残疾人的份额，无劳动力户对其余", "share with disability, without labour over with"),
    "tie_road_water": ("缺路与缺水的相关", "no road with no water (correlation)"),
    "tie_size_pupils": ("户规模与学生数的相关", "size with pupils (correlation)"),
    "gap_by_income": ("缺住房的份额，低于中位数的户对其余", "share without a safe house, below the median over above"),
    "margin_open": ("缺住房的份额，边缘户对建档立卡户", "share without a safe house, near-poor over registered"),
    "consent_share": ("须搬迁户中同意者", "consent among those who have to move"),
    "water_behind": ("缺人饮工程的村中缺水的户", "without water, in villages without their works"),
    "house_area_person": ("人均住房面积（中位数）", "floor area per person (median)"),
    "land_person": ("人均耕地（中位数）", "cropland per person (median)"),
    "km_gravel_other": ("非贫困村缺路者平均待建砂石路", "gravel km of unlisted villages that lack them, mean"),
    "km_concrete_poor": ("其余贫困村平均待硬化里程", "concrete km of other poor villages, mean"),
    "km_concrete_other": ("未通硬化路的非贫困村平均待硬化里程", "concrete km of unlisted villages without, mean"),
    "grid_areas_poor": ("其余贫困村平均待改造台区", "transformer areas of other poor villages, mean"),
    "grid_areas_other": ("农网未达标的非贫困村平均待改造台区", "transformer areas of unlisted villages without, mean"),
}
"""What is measured for an entry of the plan's `population` or `synthesis`."""

EXACT: dict[str, Pair] = {
    "poor": ("建档立卡人口", "registered persons"),
    "dibao": ("低保人口", "persons on minimum allowance"),
    "dibao_with_labour": ("低保中有劳动力户的人口", "of them in households with labour"),
    "disabled": ("残疾人", "disabled persons"),
    "graduates": ("当年大中专毕业生", "graduates of the year"),
    "to_relocate": ("须搬迁人口", "persons who have to move"),
    "villages": ("行政村", "villages"),
    "poor_villages": ("贫困村", "poor villages"),
    "rural": ("农村人口", "rural persons"),
    "due": ("{year}年应脱帽村", "villages due in {year}"),
    "size": ("{size}人户", "households of {size}"),
    "lacks": ("未达：{what}（{where}）", "not met: {what}, {where}"),
    "task": ("{name}（{where}）", "{name}, {where}"),
}
"""Totals that are met to the unit, and patterns of names."""

NOTES: tuple[Pair, ...] = (
    (
        "登记表每户最多记两个致贫原因；多因调查（云南7县）平均每户约2.1个，且高估交通和缺技术。",
        "A register holds two causes of a household at most; where several were counted (7 counties of Yunnan) there were "
        "about 2.1, and roads and skill are over-stated there.",
    ),
    (
        "户规模的形状来自全体家庭户的普查，按户均人口倾斜；贫困户的规模分布未见来源。",
        "The shape of the sizes is that of all households in the census, tilted to the mean; none for poor households "
        "was found.",
    ),
    (
        "村的偏远程度只在合成时使用，不是登记表的列；距离未列入，因为没有规则用到它。",
        "How remote a village is serves the drawing only and is no column; distance is left out, since no rule reads it.",
    ),
    (
        "缺口的份额，就学以有学生的户为基数，收入来源以有劳动力的户为基数，用电以尚有台区待改造的村为基数。",
        "Of what is lacked, schooling is a share of households with pupils, a source of income of those with labour, "
        "electricity of those in villages whose grid is not yet rebuilt.",
    ),
    (
        "合成的登记表里，五保户也可能在低保名册上；方案没有说两者是否分开计数。",
        "In a made-up register a five-guarantee household may stand on the rolls of minimum allowance too; the plan does "
        "not say whether they are counted apart.",
    ),
    (
        "收入的中位数和离散程度只是设定；建档立卡户中期初收入已过线的份额由此而来（见各乡镇表的最后一项标准），没有来源可对。",
        "Median and spread of income are assumed; how many of the registered are above the line at the start follows from "
        "them (the last criterion of the townships), and no source says it.",
    ),
    (
        "各乡镇的贫困村数、各村的人口都是合成的：方案的附件不在来源内。",
        "How many poor villages a township has, and how many persons a village, is made up: the plan's annex is not in "
        "the source.",
    ),
)
"""What a reader has to know who would take the register for the county."""

FORM: dict[str, Pair] = {
    "title": ("登记表核对：{kind}", "The register against its targets: {kind}"),
    "made_up": ("合成的登记表，种子{seed}", "made up, seed {seed}"),
    "handed_in": ("导入的登记表", "as it was handed in"),
    "what": ("项目", "what"),
    "unit": ("单位", "unit"),
    "target": ("目标", "target"),
    "found": ("实得", "achieved"),
    "misfit": ("差", "misfit"),
    "percent": ("差%", "misfit %"),
    "errors": ("差/标准误", "std. errors"),
    "kind": ("类别", "kind"),
    "origin": ("依据", "origin"),
    "exact": ("定死", "exact"),
    "fitted": ("拟合", "fitted"),
    "assumed": ("设定", "assumed"),
    "clause": ("方案", "clause"),
    "source": ("来源", "source"),
    "assumption": ("设定", "assumed"),
    "outside": ("超出范围", "outside its range"),
    "entry": ("条目", "entry"),
    "value": ("数值", "value"),
    "range": ("范围", "range"),
    "assumed_only": ("只作设定、登记表上量不到的", "Assumed, and not to be measured on the register"),
    "townships": ("各乡镇", "Townships"),
    "township": ("乡镇", "township"),
    "households": ("户", "households"),
    "persons": ("人", "persons"),
    "villages": ("村", "villages"),
    "poor_villages": ("贫困村", "poor villages"),
    "incidence": ("发生率%", "incidence %"),
    "income": ("人均纯收入", "income"),
    "open": ("未达各项标准的户（%）：", "Households that do not meet, in %: "),
    "survey": ("逐户判定的合计", "Every household judged"),
    "survey_head": (
        "{households}户建档立卡，另有边缘户{margin}户；{pieces}片，{workers}个进程，{seconds}秒",
        "{households} registered households and {margin} near-poor; {pieces} pieces, {workers} processes, {seconds} s",
    ),
    "survey_exact": ("各项总数与按比例放大的方案数逐一相符。", "Every total agrees with the plan's, scaled."),
    "survey_off": ("总数不符：{names}", "Totals that do not agree: {names}"),
    "registered": ("建档立卡户", "registered households"),
    "near_poor": ("边缘户", "near-poor households"),
    "listed": ("贫困村", "listed villages"),
    "unlisted": ("非贫困村", "unlisted villages"),
    "household": ("户脱贫标准", "household criteria"),
    "village": ("村脱贫标准", "village criteria"),
    "pathway": ("可走的途径", "pathways open"),
    "all": ("全部标准", "all criteria"),
    "rule": ("标准或途径", "criterion or pathway"),
    "met": ("达标", "met"),
    "not_met": ("未达标", "not met"),
    "unknown": ("不明", "unknown"),
    "not_in_force": ("不适用", "not in force"),
    "persons_not_met": ("未达标人口", "persons not met"),
}
"""Headings and short words of the report and of a survey."""
