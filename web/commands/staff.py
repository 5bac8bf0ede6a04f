"""`pufa staff`: the first account, and help when nobody can sign in any more."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn

import typer

from knowledge.database.staff_records import StaffRecords
from knowledge.database.staff_values import Deed, Role, StaffAccount
from knowledge.settings import load_settings
from knowledge.wiring import build_truth
from web.clock import now
from web.staff.desk import ROLE_WORDS
from web.staff.names import LOGIN_NAME, NAME_RULE
from web.staff.passwords import Passwords, fault_of

WHO = "命令行"
Fail = Callable[[str], NoReturn]


def run_add(account_id: str, name: str, role: str, from_stdin: bool, fail: Fail) -> None:
    """Make an account; the password is asked for twice and shown nowhere."""
    if not LOGIN_NAME.fullmatch(account_id):
        fail(NAME_RULE)
    if role not in list(Role):
        fail(f"权限要写 {'、'.join(Role)} 里的一个。")
    records = _records()
    if records.account(account_id) is not None:
        fail(f"登录名 {account_id} 已经有了。要改密码，运行 pufa staff passwd {account_id}。")
    hashed = _hashed(account_id, from_stdin, fail)
    account = StaffAccount(account_id, name or account_id, Role(role))
    records.add_account(account, hashed, Deed(WHO, "add_account", account_id, now(), details={"role": role}))
    print(f"账号 {account_id}（{ROLE_WORDS[account.role]}）建好了，打开 /staff 登录。")


def run_passwd(account_id: str, from_stdin: bool, fail: Fail) -> None:
    records = _records()
    if records.account(account_id) is None:
        fail(_unknown(account_id))
    hashed = _hashed(account_id, from_stdin, fail)
    records.set_password(account_id, hashed, False, Deed(WHO, "reset_password", account_id, now()))
    print(f"{account_id} 的密码改好了，原来登录着的都退出了。")


def run_list() -> None:
    accounts = _records().accounts()
    for account in accounts:
        state = "停用" if account.disabled else "能用"
        print(f"{account.id}\t{account.name}\t{ROLE_WORDS[account.role]}\t{state}")
    if not accounts:
        print("还没有账号。运行 pufa staff add 登录名 建第一个。")


def run_disable(account_id: str, fail: Fail) -> None:
    records = _records()
    if records.account(account_id) is None:
        fail(_unknown(account_id))
    if not records.set_disabled(account_id, True, Deed(WHO, "disable_account", account_id, now())):
        fail("没有停用：要留至少一个能登录的管理员。")
    print(f"{account_id} 停用了，登录着的也退出了。")


def _records() -> StaffRecords:
    truth = build_truth(load_settings())
    return StaffRecords(truth.engine, truth.town)


def _hashed(account_id: str, from_stdin: bool, fail: Fail) -> str:
    password = (
        sys.stdin.readline().rstrip("\r\n")
        if from_stdin
        else typer.prompt("密码（打的字不显示）", hide_input=True, confirmation_prompt="再写一遍")
    )
    fault = fault_of(password, account_id)
    if fault:
        fail(fault)
    return Passwords().hash(password)


def _unknown(account_id: str) -> str:
    return f"没有登录名 {account_id}。运行 pufa staff list 看有哪些。"
