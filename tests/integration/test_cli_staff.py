"""`pufa staff`: the first account from the command line, and what it refuses."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.builders import entry_text
from tests.command_line import PUFA, Done, Installation, installation

pytestmark = [pytest.mark.slow, pytest.mark.ci]  # each command is a process of its own
GOOD = "一句记得住的话 2026"


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    return installation(tmp_path, entry_text())


def staff(place: Installation, *words: str, password: str = GOOD) -> Done:
    done = subprocess.run(
        [PUFA, "staff", *words], cwd=place.root, env=place.environment, input=f"{password}\n",
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


def test_accounts_from_the_first_to_the_last(place: Installation) -> None:
    assert "还没有账号" in staff(place, "list").out
    made = staff(place, "add", "zhang", "--name", "张三", "--password-stdin")
    assert made.code == 0 and "账号 zhang（管理员）建好了" in made.out
    assert GOOD not in made.out + made.err
    assert "已经有了" in staff(place, "add", "zhang", "--password-stdin").err
    assert "密码至少要" in staff(place, "passwd", "zhang", "--password-stdin", password="kurz").err
    assert staff(place, "passwd", "zhang", "--password-stdin").code == 0
    last = staff(place, "disable", "zhang")
    assert last.code == 1 and "至少一个能登录的管理员" in last.err
    assert staff(place, "list").out == "zhang\t张三\t管理员\t能用\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "张三"), "小写字母"),
        (("add", "li", "--role", "boss"), "editor、reviewer、admin"),
        (("passwd", "nobody"), "没有登录名 nobody"),
    ],
)
def test_what_it_refuses(place: Installation, words: tuple[str, ...], said: str) -> None:
    done = staff(place, *words, "--password-stdin")
    assert done.code == 1 and said in done.err
