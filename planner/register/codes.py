"""What the words in a cell stand for: yes and no, states of a house or a road, causes of poverty, kinds of household.

All of it is data. A word that answers the question of its heading (是, 无) is turned round with the heading; a word that
names the state itself (安全, 危房) is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from planner.register.columns import CAUSES, UNKNOWN

Code = int
UNKNOWN_WORDS = frozenset("— - -- —— / 不详 未知 不明 待定 不清楚 n/a na null none".split())
"""Ways of writing that nothing is known; an empty cell is another."""

ANSWERS: Mapping[str, Code] = MappingProxyType(
    {
        **dict.fromkeys("是 有 已 1 √ ✓ y yes true 对".split(), 1),
        **dict.fromkeys("否 无 未 没有 不是 0 × ✗ x n no false".split(), 0),
    }
)
"""Answers to the question of a heading."""


def _states(good: str, bad: str) -> Mapping[str, Code]:
    return MappingProxyType({**dict.fromkeys(good.split(), 1), **dict.fromkeys(bad.split(), 0)})


_THROUGH = _states("通 已通 全通", "不通 未通")
_REACHED = _states("达标 已达标 合格 已完成", "未达标 不达标 不合格 未完成")
STATES: Mapping[str, Mapping[str, Code]] = MappingProxyType(
    {
        "registered": _states("建档立卡", "非建档立卡"),
        "house_safe": _states(
            "安全 稳固 a级 b级 a b 非危房 有保障", "危房 不安全 不稳固 c级 d级 c d c级危房 d级危房 无房"
        ),
        "house_grade": _states("a b a级 b级 安全 非危房", "c d c级 d级 c级危房 d级危房 危房"),
        "water_ok": _states("安全 达标 已通 通 已解决 自来水", "不安全 不达标 未通 不通 未解决 困难"),
        "electricity": _THROUGH,
        "road_ok": _THROUGH,
        "schooling_ok": _states("有保障 无辍学", "无保障 有辍学 辍学"),
        "insured": _states("参加 已参加 已参保 参保", "未参加 未参保"),
        "television": _THROUGH,
        "dibao": _states("享受 低保 低保户", "未享受 非低保 非低保户"),
        "wubao": _states("享受 五保 五保户", "未享受 非五保 非五保户"),
        "site_at_risk": _states("需要 需搬迁 需要搬迁 搬迁", "不需要 不需搬迁 不搬迁"),
        "consent_to_move": _states("愿意 同意 自愿", "不愿意 不同意 不愿"),
        "poor_village": _states("贫困村 建档立卡贫困村", "非贫困村"),
        "road_hard": _THROUGH,
        "grid_ok": _REACHED,
        "broadcasting": _THROUGH,
        "broadband": _THROUGH,
        "water_works": _REACHED,
        "leadership": _states("好 较好", "差 软弱涣散 较差"),
        "person_insured": _states("参加 已参加 已参保 参保", "未参加 未参保"),
    }
)
"""Words for the state itself, by column; they mean the same under a heading that is turned round."""

ATTRIBUTES: Mapping[str, tuple[Code, Code]] = MappingProxyType(
    {
        **dict.fromkeys("一般贫困户 一般农户 扶贫户 贫困户 一般户".split(), (0, 0)),
        **dict.fromkeys("低保户 低保贫困户 扶贫低保户 低保".split(), (1, 0)),
        **dict.fromkeys("五保户 五保贫困户 特困供养户 特困供养贫困户 五保 特困户".split(), (0, 1)),
    }
)
"""Kinds of household (贫困户属性): whether on the rolls of 低保, and of 五保."""

CAUSE_WORDS: Mapping[str, Code] = MappingProxyType(
    {
        **{name: i for i, name in enumerate(CAUSES)},
        **{
            other: CAUSES.index(name)
            for name, others in {
                "因病": "疾病 患病",
                "因残": "残疾",
                "因学": "上学 子女上学",
                "因灾": "灾害 自然灾害",
                "缺土地": "缺地",
                "缺劳力": "缺劳动力 无劳力 无劳动力 缺少劳力 缺少劳动力",
                "缺技术": "缺少技术 无技术",
                "缺资金": "缺少资金",
                "交通条件落后": "交通落后",
                "自身发展动力不足": "自身发展力不足 发展动力不足 内生动力不足",
                "其他": "其它",
            }.items()
            for other in others.split()
        },
    }
)
"""Causes of poverty to their place in CAUSES."""

SKILLS: Mapping[str, bool] = MappingProxyType(
    {
        **dict.fromkeys("普通劳动力 技能劳动力 有劳动力 有劳动能力 劳动力 弱劳动力 半劳动力 弱劳动力或半劳动力".split(), True),
        **dict.fromkeys("丧失劳动力 丧失劳动能力 无劳动力 无劳动能力".split(), False),
    }
)  # fmt: skip
"""A person's ability to work: whether it counts as labour."""
SCHOOLS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            "小学 小学生 小学在读 初中 初中生 初中在读 一年级 二年级 三年级 四年级 五年级 六年级".split(), "pupils"
        ),
        **dict.fromkeys("七年级 八年级 九年级 初一 初二 初三 义务教育".split(), "pupils"),
        **dict.fromkeys(
            "高中 普通高中 高一 高二 高三 普通高中一年级 普通高中二年级 普通高中三年级 高中在读".split(), "students"
        ),
        **dict.fromkeys(
            "中职 中专 职高 技校 中职一年级 中职二年级 中职三年级 高职 大专 专科 高职高专".split(), "students"
        ),
        **dict.fromkeys("大学 本科 大学本科 硕士 博士 硕士研究生 研究生 大学生".split(), "students"),
        **dict.fromkeys("非在校生 非在校 学龄前 学龄前儿童 学前教育 幼儿园 不在校 否 无 辍学".split(), ""),
    }
)
"""A person's schooling: the column it counts in, empty for none."""
HEALTHS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys("健康 良好 一般".split(), ""),
        **dict.fromkeys("长期慢性病 慢性病 患有大病 大病 患病 体弱多病 重病 患大病".split(), "ill"),
        **dict.fromkeys(
            "残疾 残疾人 肢体残疾 视力残疾 听力残疾 智力残疾 精神残疾 言语残疾 多重残疾".split(), "disabled"
        ),
    }
)
"""A person's health: the column it counts in; several may be joined by commas."""
AWAY: Mapping[str, Code] = MappingProxyType(
    {
        **ANSWERS,
        **dict.fromkeys(
            "乡(镇)内务工 乡镇内务工 县内务工 乡(镇)外县内务工 县外省内务工 省外务工 外出务工 务工".split(), 1
        ),
        **dict.fromkeys("未务工 不务工 未外出 在家".split(), 0),
    }
)
"""A person's work away from home."""

KNOWN_WORDS: frozenset[str] = frozenset(
    [*UNKNOWN_WORDS, *ANSWERS, *ATTRIBUTES, *CAUSE_WORDS, *SKILLS, *SCHOOLS, *HEALTHS, *AWAY]
    + [word for words in STATES.values() for word in words]
    + ["不明", "合计", "总计", "小计", "共计"]
)
"""Words that are nobody's name and may be repeated in a message."""
YES_NO_UNKNOWN: Mapping[str, Code] = MappingProxyType(
    {"是": 1, "否": 0, "不明": UNKNOWN, "yes": 1, "no": 0, "unknown": UNKNOWN}
)
"""What a mapping file may turn a word into, for a column of flags."""
