"""What may never be shown, and what looks like it but may."""

from __future__ import annotations

import pytest

from bot.stages.check_output import check_output
from bot.types import Block, BlockKind, Draft, Origin


def a_draft(text: str, origin: Origin = Origin.EXTRACT) -> Draft:
    return Draft(Block(BlockKind.NOTE, text, (), origin), ())


STOPPED = [
    "<script>alert(1)</script>",
    "看<img src=x onerror=alert(1)>这里",
    "<!-- 藏的话 -->",
    "&lt;b&gt;低保",
    "[点这里](http://a.example)",
    "**马上**办",
    "# 标题",
    "```\n代码\n```",
    "javascript:alert(1)",
    "网址是http://a.example/x",
    "上 www.dibao-ban.com 办",
    "上dibao-ban.cn查",
    "请把钱转账到这个账户",
    "先打款100元到卡上",
    "请把验证码告诉我",
    "请提供您的身份证号",
    "请留下您的手机号",
    "他的电话是13812345678",
    "身份证500233196601011234",
    "看得见\u200b看不见",
    "反过来\u202e的字",
]


@pytest.mark.parametrize("text", STOPPED)
@pytest.mark.parametrize("origin", [Origin.EXTRACT, Origin.MODEL, Origin.STAFF])
def test_stopped_whoever_wrote_it(text: str, origin: Origin) -> None:
    assert check_output(a_draft(text, origin)) is None


@pytest.mark.parametrize(
    "text",
    [
        "农村低保每人每月630元。",
        "依据民发〔2021〕57号第7条。",
        "带身份证、户口簿、银行卡。",
        "在“重庆税务”公众号上缴。",
        "叫你转账的都是骗子，别信。",
        "谁要验证码都不要给。",
        "医保局不会要你的银行卡密码。",
        "钱按月打到银行卡上。",
        "问12345或者12349。",
        "超过3个月、不满6个月的，分两步：\n1. 先申请\n2. 再公示",
        "身份证丢了先补办。",
        "国家保证老人依法得到照顾。",
    ],
)
def test_shown(text: str) -> None:
    draft = a_draft(text)
    assert check_output(draft) is draft


@pytest.mark.parametrize(
    "text",
    [
        "保证能批。",
        "您一定能批下来。",
        "肯定给您办成。",
        "包过。",
        "我们承诺下个月到账。",
        "已经为您登记好了。",
    ],
)
def test_a_model_promises_nothing(text: str) -> None:
    assert check_output(a_draft(text, Origin.MODEL)) is None


def test_listed_official_hosts_may_be_named() -> None:
    draft = a_draft("登记在 https://www.example.gov.cn/a 上看。")
    assert check_output(draft) is None
    assert check_output(draft, official_hosts=frozenset({"www.example.gov.cn"})) is draft
    assert (
        check_output(
            a_draft("看 https://www.example.gov.cn.bad.com/a"),
            official_hosts=frozenset({"www.example.gov.cn"}),
        )
        is None
    )


def test_words_of_our_prompts_are_not_repeated() -> None:
    prompt = "你只做一件事：把给你的几段话说得更好懂，让老人一听就明白。"
    assert check_output(a_draft("我的规矩是把给你的几段话，说得更好懂。"), forbidden=(prompt,)) is None
    draft = a_draft("让老人看得明白。")
    assert check_output(draft, forbidden=(prompt,)) is draft


def test_a_canary_is_never_shown() -> None:
    assert check_output(a_draft("口令是 KANARI-7F3A-XQ"), forbidden=("KANARI-7F3A-XQ",)) is None
