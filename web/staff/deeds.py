"""The words of the log for every kind of action."""

from __future__ import annotations

WORDS = {
    "sign_in": "登录",
    "sign_out": "退出",
    "change_password": "改了自己的密码",
    "add_account": "建了账号",
    "reset_password": "重设了密码",
    "disable_account": "停用了账号",
    "enable_account": "恢复了账号",
    "set_role": "改了权限",
    "set_deputy": "定了代办人",
    "end_deputy": "取消了代办人",
    "switch_off": "关了",
    "switch_on": "打开了",
    "add_notice": "发了通知",
    "end_notice": "撤下了通知",
    "submit": "送了复审",
    "send_back": "退回修改",
    "publish": "发布",
    "replace": "换上新版",
    "take_over": "由新文件接替",
    "plan_succession": "定了接替哪份文件",
    "drop_succession": "取消了接替",
    "withdraw": "撤回",
    "restore": "恢复",
    "delete_draft": "删了草稿",
    "add_file": "加了文件",
    "release_file": "看过个人信息，放行了文件",
    "delete_file": "删了没送的文件",
}
"""slug -> words. A slug that is not here is shown as it is; a test names it."""

ABOUT_DOCUMENTS = frozenset(
    {"submit", "send_back", "publish", "replace", "take_over", "plan_succession", "drop_succession"}
    | {"withdraw", "restore"}
)
"""Actions whose subject is the id of a document."""

DETAILS = {
    "version": "版本",
    "old": "旧文件",
    "since": "从",
    "role": "权限",
    "name": "姓名",
    "until": "到",
    "start": "从",
    "end": "到",
    "title": "名称",
}
"""The words for what stands beside an action."""


def words_of(what: str) -> str:
    return WORDS.get(what, what)
