"""What a login name looks like, and whose name it stands for."""

from __future__ import annotations

import re

from web.staff.desk import Desk

LOGIN_NAME = re.compile(r"[a-z][a-z0-9_.-]{1,29}")
NAME_RULE = "登录名用 2 到 30 个小写字母、数字，开头是字母，例如 zhangsan。"


def names_of(desk: Desk) -> dict[str, str]:
    """Login name -> the name shown, for `谁写的`."""
    return {account.id: account.name for account in desk.parts.records.accounts()}
