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
    "save_entry": "写了条目的草稿",
    "approve_entry": "照原样审核了条目",
    "keep_ours": "对照升级的改动，照旧用镇里的",
    "take_theirs": "对照升级的改动，换成程序带来的",
    "confirm_office": "确认了窗口",
    "confirm_hotline": "确认了热线",
    "phone_silent": "打过没打通，标上了",
    "phone_answers": "打通了，不再标没打通",
    "propose_figure": "填了数字，送复审",
    "publish_figure": "发布了数字",
    "drop_figure": "没有用填的数字",
    "undo_figure": "恢复了数字",
    "bring_parcel": "传了要导入的压缩包",
    "take_parcel": "导入了压缩包",
    "drop_parcel": "没有导入压缩包",
    "save_answer": "写了答案的草稿",
    "hand_on_group": "把没答上的转给了别人",
    "close_group": "定了不归我们管",
    "reopen_group": "重新打开了没答上的",
    "add_wordings": "加了问法，送复审",
    "approve_wordings": "复审了问法，开始使用",
    "withdraw_wordings": "撤下了问法",
    "reply_handover": "答复了取件号",
    "see_feedback": "看过了反馈",
    "add_event": "加了活动",
    "change_event": "改了活动",
    "delete_event": "删了活动",
    "pair_kiosk": "配对了大屏",
    "unpair_kiosk": "取消了大屏的配对",
    "take_counts": "导入了大屏的人次",
}
"""slug -> words. A slug that is not here is shown as it is; a test names it."""

ABOUT_DOCUMENTS = frozenset(
    {"submit", "send_back", "publish", "replace", "take_over", "plan_succession", "drop_succession"}
    | {"withdraw", "restore", "add_wordings", "save_entry", "approve_entry", "keep_ours", "take_theirs"}
)
"""Actions whose subject is the id of a document."""

DETAILS = {
    "version": "版本",
    "old": "旧文件",
    "since": "从",
    "role": "权限",
    "name": "名称",
    "until": "到",
    "start": "从",
    "end": "到",
    "title": "名称",
    "phone": "电话",
    "address": "地址",
    "hours": "上班时间",
    "what": "管什么",
    "change": "改动",
    "confirmed": "照用的旧数",
    "ended": "停用的旧数",
    "rerun": "重新提问",
    "day": "日期",
    "place": "地点",
    "present": "到场人次",
    "event": "活动编号",
    "questions": "问题数",
    "sessions": "人次",
}
"""The words for what stands beside an action."""


def words_of(what: str) -> str:
    return WORDS.get(what, what)
