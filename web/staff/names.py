"""What a login name looks like."""

from __future__ import annotations

import re

LOGIN_NAME = re.compile(r"[a-z][a-z0-9_.-]{1,29}")
NAME_RULE = "登录名用 2 到 30 个小写字母、数字，开头是字母，例如 zhangsan。"
