"""The `pufa` command. Each command imports what it needs when it runs, so that `--help` is instant."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer import rich_utils

OURS = frozenset({"bot", "knowledge", "ingest", "web"})

rich_utils.OPTIONS_PANEL_TITLE = "选项"
rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
rich_utils.COMMANDS_PANEL_TITLE = "命令"

app = typer.Typer(
    help="普法助手：村民提问，照着有依据的资料回答。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
staff = typer.Typer(help="工作人员账号", no_args_is_help=True)


def main() -> None:
    """Entry point: settles what libraries read from the environment before any of them is imported."""
    for name, value in {
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "ANONYMIZED_TELEMETRY": "false",
        "LANGSMITH_TRACING": "false",
        "OMP_NUM_THREADS": "1",
    }.items():
        os.environ.setdefault(name, value)
    try:
        app()
    except Exception as error:
        sys.exit(explain(error))


def explain(error: Exception) -> int:
    """The last boundary: one sentence on stderr, the traceback only where PUFA_LOG_LEVEL=DEBUG asks for it."""
    if os.environ.get("PUFA_LOG_LEVEL") == "DEBUG":
        traceback.print_exception(error)
    said = (
        getattr(error, "sentence", "") or str(error) if type(error).__module__.split(".")[0] in OURS else ""
    )
    print(said or f"没料到的错（{type(error).__name__}）。运行 pufa doctor 看看哪里不对。", file=sys.stderr)
    return 1


def fail(sentence: str) -> NoReturn:
    """Exit 1 with one sentence on stderr that says why and what to do."""
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        print(f"pufa {version('pufa')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    """普法助手：村民提问，照着有依据的资料回答。"""


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听的地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口")] = 8000,
) -> None:
    """打开服务：先把索引更新好，再开网页和接口。"""
    from web.commands.serve import run

    run(host, port, fail)


@app.command()
def ask(
    questions: Annotated[list[str], typer.Argument(help="问题；几个问题算一次对话")],
    json: Annotated[bool, typer.Option("--json", help="输出和 /api/chat 一样的 JSON")] = False,
    until: Annotated[str, typer.Option(help="只走到这一步，例如 retrieve")] = "",
    on: Annotated[str, typer.Option(help="当作这一天来问，例如 2026-11-22")] = "",
) -> None:
    """不开网页，直接问一句。"""
    from web.commands.ask import run

    run(questions, json, until, on, fail)


@app.command()
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="文件或文件夹；不写就更新自带的资料")] = None,
    plan: Annotated[bool, typer.Option("--plan", help="只看会改什么，不动手")] = False,
) -> None:
    """加资料或更新资料，马上发布。"""
    from web.commands.ingest import run

    run(paths or [], plan, fail)


@app.command()
def check(
    style: Annotated[bool, typer.Option("--style", help="再查长短和用词")] = False,
    on: Annotated[str, typer.Option(help="列出到这一天该复核的数字")] = "",
    to_confirm: Annotated[
        bool, typer.Option("--to-confirm", help="要镇里补的数字、窗口、电话，按单位列")
    ] = False,
    sample: Annotated[int, typer.Option(help="抽几条打印出来看")] = 0,
    cards: Annotated[bool, typer.Option("--cards", help="列出办事卡和每张还缺什么")] = False,
) -> None:
    """查资料写得对不对：格式、来源、日期、每个数字有没有依据。"""
    from web.commands.check import run

    run(style, on, to_confirm, sample, cards, fail)


@app.command()
def evaluate(
    sets: Annotated[list[Path] | None, typer.Argument(help="题目文件；不写就跑全部")] = None,
    out: Annotated[Path | None, typer.Option(help="结果放哪个文件夹")] = None,
) -> None:
    """跑题目，看答对多少。"""
    from web.commands.evaluate import run

    run(sets or [], out, fail)


@app.command()
def doctor() -> None:
    """看看这套装置哪里不对、怎么办。"""
    from web.commands.maintain import run_doctor

    run_doctor(fail)


@app.command()
def counts(file: Annotated[Path, typer.Argument(help="导出到哪个文件，例如 人次.json")]) -> None:
    """把这台大屏记的人次导出成一个文件，拿到镇里的工作台导入。"""
    from web.commands.counts import run

    run(file, fail)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="备份写到哪个文件")]) -> None:
    """备份原件和数据库；服务开着也行。"""
    from web.commands.maintain import run_backup

    run_backup(file, fail)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="从哪个备份恢复")]) -> None:
    """把备份恢复到一个空的数据文件夹。"""
    from web.commands.maintain import run_restore

    run_restore(file, fail)


@app.command()
def reindex(
    embedder: Annotated[str, typer.Option(help="句向量模型的文件夹或名字；空着用自带的")] = "",
    fit: Annotated[bool, typer.Option("--fit", help="先用现在的资料重新拟合自带的向量表")] = False,
) -> None:
    """在旁边建一个新索引，建好再整个换上。"""
    from web.commands.reindex import run

    run(embedder, fit, fail)


STDIN = "从标准输入读一行密码，不问"


@staff.command("add")
def staff_add(
    login: Annotated[str, typer.Argument(help="登录名，例如 zhangsan")],
    name: Annotated[str, typer.Option(help="姓名，发布时显示；不写就用登录名")] = "",
    role: Annotated[str, typer.Option(help="权限：editor、reviewer、admin")] = "admin",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help=STDIN)] = False,
) -> None:
    """建一个账号；第一个建管理员，别的在工作台里建。"""
    from web.commands.staff import run_add

    run_add(login, name, role, password_stdin, fail)


@staff.command("passwd")
def staff_passwd(
    login: Annotated[str, typer.Argument(help="登录名")],
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help=STDIN)] = False,
) -> None:
    """换密码：管理员自己忘了的时候用。"""
    from web.commands.staff import run_passwd

    run_passwd(login, password_stdin, fail)


@staff.command("list")
def staff_list() -> None:
    """有哪些账号。"""
    from web.commands.staff import run_list

    run_list()


@staff.command("disable")
def staff_disable(login: Annotated[str, typer.Argument(help="登录名")]) -> None:
    """停用一个账号，马上不能登录。"""
    from web.commands.staff import run_disable

    run_disable(login, fail)


app.add_typer(staff, name="staff")


if __name__ == "__main__":
    main()
