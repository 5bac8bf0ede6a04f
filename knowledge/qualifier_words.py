"""The words that say for whom and for what a figure is: 农村/城市, 一档/二档, 医院等级, 男/女 …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.types import Level

_NOT_DISABLED = (
    r"(?![、和或至到]?[一二三四1-4、]*级?(?:以上|及以上)?的?(?:残|重残|智|精神|肢|视力|听力|重度|言语|伤残))"
)
_WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "area": (("农村", "农村|乡下"), ("城市", "城市|城镇(?!企业)|城里(?!人)")),
    "tier": (
        ("一档", "一档|1档"),
        ("二档", "二档|2档|两档"),
        ("三档", "三档|3档"),
        ("最低档", "最低(?:缴费)?档|最低一档"),
    ),
    "hospital": (
        ("三级", rf"(?:三|3)级{_NOT_DISABLED}|三甲"),
        ("二级", rf"(?:二|2)级{_NOT_DISABLED}"),
        ("一级", rf"(?:一|1)级{_NOT_DISABLED}|卫生院|卫生室|社区卫生"),
    ),
    "scheme": (
        ("个人养老金", "个人养老金"),
        ("居民", "(?:城乡)?居民(?!人均|消费|委员|小组|身份|户|楼|会|可支配|月人均)"),
        ("职工", "职工(?!代表|大会)"),
    ),
    "worker": (("灵活就业", "灵活就业|个人身份"),),
    "care": (
        ("特病", "门诊特病|慢特病|特病|慢性病"),
        ("重大疾病", "重大疾病(?!患者)"),
        ("大病", "大病(?:保险)?(?!患者)"),
        ("门诊", "普通门诊|门诊"),
        ("住院", "住院"),
        ("医疗救助", "医疗救助"),
    ),
    "sex": (("男", "(?<![子孙儿])男(?![女孩朋友])"), ("女", "(?<![子儿孙男妇])女(?![儿婿孩朋友])|妇女")),
    "benefit": (
        ("边缘", "低保边缘|边缘家庭|边缘户"),
        ("刚性支出", "刚性支出困难"),
        ("特困", "特困"),
        ("孤儿", "孤儿|事实无人抚养"),
        ("低保", "低保"),
        ("临时救助", "临时救助"),
    ),
    "person": (
        ("残疾", "残疾人?|重残"),
        ("老人", "老年人|老人"),
        ("未成年", "未成年人|儿童|小孩|学龄前"),
        ("学生", "学生"),
        ("新生儿", "新生儿|宝宝"),
        ("重病", "重病|大病患者|重大疾病患者"),
    ),
    "nursing": (
        ("全护理", "全护理|全自理"),
        ("半护理", "半护理"),
        ("全丧失", "完全丧失"),
        ("部分丧失", "部分丧失"),
    ),
    "living": (("集中", "集中供养|集中"), ("分散", "社会散居|散居|分散供养|分散")),
    "level": (("国家", "国家|全国|中央"),),
    "head": (("每人", "每人|人均|/人|一个人"), ("全家", "全家|每户|一户|一家人|家庭总")),
    "payer": (
        ("单位", "单位(?:缴|交|出|负担)"),
        ("个人", "个人(?:缴|交|出|负担|部分)|自己(?:缴|交|出)"),
        ("财政", "财政|政府(?:补|出)|补贴"),
    ),
    "item": (
        ("起付线", "起付线?|门槛费?"),
        ("封顶线", "封顶线?|年?限额|最多能?报|最高支付"),
        ("滞纳金", "滞纳金"),
        ("罚款", "罚款?"),
        ("拘留", "拘留"),
    ),
    "step": (
        ("公示", "公示"),
        ("复查", "复查"),
        ("复核", "复核"),
        ("复议", "复议"),
        ("仲裁", "仲裁"),
        ("起诉", "起诉"),
        ("上诉", "上诉"),
    ),
}
SELECTORS = (
    "area",
    "tier",
    "hospital",
    "scheme",
    "worker",
    "care",
    "sex",
    "benefit",
    "person",
    "nursing",
    "living",
    "level",
)
"""Categories that choose between several figures of one kind: a question may name them for the answer."""


@dataclass(frozen=True, slots=True)
class Token:
    category: str
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of the categories; levels: the names of the rungs above the town, as in town.toml."""

    levels: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, levels: Iterable[Level]) -> Vocabulary:
        """The vocabulary of a town: its levels as town.toml names them."""
        return cls(tuple((level.name, (level.name, *level.words)) for level in levels))

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Every qualifier word of the text, in order; of two that overlap the longer, earlier one."""
        return _tokens(text, self.levels)


@lru_cache(maxsize=1024)
def _tokens(text: str, levels: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Token, ...]:
    found = []
    for category, pattern, names in _patterns(levels):
        for match in pattern.finditer(text):
            number = next(i for i, group in enumerate(match.groups()) if group is not None)
            found.append(Token(category, names[number], match.start(), match.end()))
    return tuple(sorted(found, key=lambda token: (token.start, -token.end)))


@lru_cache(maxsize=8)
def _patterns(
    levels: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[tuple[str, re.Pattern[str], list[str]], ...]:
    compiled = []
    for category, words in _WORDS.items():
        rows = list(words)
        if category == "level":
            rows += [(name, "|".join(map(re.escape, said))) for name, said in levels if name != "国家"]
        pattern = re.compile("|".join(f"({alternatives})" for _, alternatives in rows))
        compiled.append((category, pattern, [name for name, _ in rows]))
    return tuple(compiled)


def named(text: str, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Category -> all words that a whole text names."""
    result: dict[str, set[str]] = {}
    for token in vocabulary.tokens(text):
        result.setdefault(token.category, set()).add(token.word)
    return {category: frozenset(words) for category, words in result.items()}
