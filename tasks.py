"""Every task of the project in one place: standard library only, so it runs before anything is installed.

`python3.11 tasks.py setup | serve | test | prove | lint | bench | lock | embedder | ci`; the Makefile only
gives these shorter names. What people read is Chinese; PUFA_* variables pass through to what is started.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / ".ok"
LOCK = ROOT / "requirements.lock"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
TESTED = (3, 11)
SUPPORTED = ((3, 11), (3, 12), (3, 13))

TORCH = "2.13.0"
# The CPU wheel for CPython 3.11 on Linux x86-64, the only one tested here.
TORCH_CPU_SHA256 = "6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b"
MANY_GIGABYTES = (
    "没有找到 CPU 版的 torch（约 190 MB），改装带显卡支持的版本：要下载约 3 GB，占盘约 7 GB，功能一样。"
    "不想等就按 Ctrl-C 停下，把 TORCH_CPU_INDEX 设成能访问的 CPU 版下载源，再来一次。"
)

# Which tests belong to which effort. The reasons are printed, so that nothing is left out in silence.
EVERYDAY = "not (prove or browser or ci or bench or postgres)"
ON_CI = "(ci or browser) and not prove"
LEFT_OUT = (
    "本次没有运行：browser、ci、postgres（要 Chromium、PostgreSQL 或 shared 文件夹，由 .ci/run 运行）；"
    "prove（完整次数，make prove）；bench（计时，make bench）。"
)
TEST_COMMAND = re.compile(r"<!-- test-command -->\s*```[a-z]*\n(?P<command>.*?)```", re.DOTALL)


class Failed(Exception):
    """A task that cannot go on; the message is one Chinese sentence that says what to do."""


def say(words: str) -> None:
    """Tell the person at the terminal; stdout stays free for what the started programs print."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def shown(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < 60 else f"{seconds // 60:.0f} 分 {seconds % 60:.0f} 秒"


def run(command: Sequence[str | Path], *, quiet: bool = False) -> int:
    """Run one program in the project folder; give its exit code. quiet: a word every 20 s while it works."""
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT)
    begun = time.monotonic()
    while True:
        try:
            return process.wait(timeout=20 if quiet else None)
        except subprocess.TimeoutExpired:
            say(f"      还在进行，已用 {shown(time.monotonic() - begun)}……")
        except KeyboardInterrupt:  # the program got it too and closes in its own way
            process.wait()
            raise


def step(title: str, work: Callable[[], None]) -> None:
    say(f"==> {title}")
    begun = time.monotonic()
    work()
    say(f"    完成，用时 {shown(time.monotonic() - begun)}")


def must(command: Sequence[str | Path], otherwise: str, *, quiet: bool = False) -> None:
    if run(command, quiet=quiet) != 0:
        raise Failed(otherwise)


# --- set-up -----------------------------------------------------------------------------------------------


def wanted_stamp() -> str:
    """Digest of all that decides what the environment holds; another folder needs another path entry."""
    digest = hashlib.sha256(f"{TORCH} {sys.version_info[:2]} {ROOT}".encode())
    for path in (LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_ready() -> bool:
    if not (STAMP.is_file() and (BIN / "python").exists()):
        return False
    return STAMP.read_text(encoding="ascii").strip() == wanted_stamp()


def pip(*arguments: str | Path) -> list[str | Path]:
    return [BIN / "python", "-m", "pip", "--disable-pip-version-check", *arguments]


def pip_install(*arguments: str | Path) -> list[str | Path]:
    return pip("install", "-qq", *arguments)


def make_venv() -> None:
    """A working environment of this very Python version; a broken or other one is replaced."""
    probe = "import sys; raise SystemExit(sys.version_info[:2] != tuple(map(int, sys.argv[1:])))"
    version = [str(part) for part in sys.version_info[:2]]
    with suppress(OSError):
        if VENV.exists() and run([BIN / "python", "-c", probe, *version]) == 0:
            return
    must(
        [sys.executable, "-m", "venv", "--clear", VENV],
        "建不了虚拟环境：请先装好 venv（Debian、Ubuntu 上是 apt-get install python3.11-venv），再来一次。",
    )


def install_locked() -> None:
    must(
        pip_install("--no-deps", "--require-hashes", "-r", LOCK),
        "依赖没有装上：请看上面的原因（多半是网络），再执行一次同样的命令，装好的部分不会重来。",
        quiet=True,
    )


def torch_requirement() -> str:
    """What to ask pip for where a CPU wheel exists beside the CUDA one, with its hash where we know it."""
    known = platform.machine() == "x86_64" and sys.version_info[:2] == TESTED
    return f"torch=={TORCH}+cpu" + (f" --hash=sha256:{TORCH_CPU_SHA256}" if known else "")


def try_cpu_torch(*source: str) -> bool:
    """Install the CPU wheel from where pip looks anyway, or from one more index. False: not there."""
    wanted = VENV / "torch.txt"
    wanted.write_text(torch_requirement() + "\n", encoding="ascii")
    command = pip_install("--no-deps", "-r", wanted, *source)
    tried = subprocess.run([str(part) for part in command], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    if tried.returncode and "No matching distribution" not in tried.stderr:
        say(tried.stderr)
        raise Failed("torch 没有装上：请看上面的原因。若写着 HASHES，说明下载的文件不对，请换一个下载源。")
    return tried.returncode == 0


def install_torch() -> None:
    """One exact version. Linux: the CPU wheel, else the big one after a warning; elsewhere PyPI's is CPU."""
    if sys.platform == "linux":
        index = os.environ.get("TORCH_CPU_INDEX", "")
        if try_cpu_torch() or (index and try_cpu_torch("--extra-index-url", index)):
            return
        say("    " + MANY_GIGABYTES)
    must(pip_install(f"torch=={TORCH}"), "torch 没有装上：请看上面的原因，再来一次。", quiet=True)


def install_project() -> None:
    # setuptools comes from the lock, so nothing is fetched for the build either.
    command = pip_install("--no-deps", "--no-build-isolation", "-e", ROOT)
    must(command, "pufa 没有装上：请看上面的原因，再来一次。")


def check_packages() -> None:
    must(pip("check"), "装好的包对不上：请删掉 .venv 文件夹，再来一次。")


def setup(_: Sequence[str] = ()) -> int:
    """Make .venv hold exactly what the lock says; nothing to do when the stamp says so already."""
    if sys.version_info[:2] not in SUPPORTED:
        raise Failed("需要 Python 3.11 到 3.13：请先安装 Python 3.11，再执行 make PY=python3.11 加任务名。")
    if is_ready():
        return 0
    if sys.version_info[:2] != TESTED:
        say("注意：只在 Python 3.11 上测试过。")
    first = "正在安装（第一次约需 2 到 10 分钟，下载约 600 MB，占盘约 2.3 GB）。"
    say("依赖有变化，正在补装。" if STAMP.is_file() else first)
    steps = (
        ("虚拟环境", make_venv),
        ("依赖包（按 requirements.lock，逐个核对校验值）", install_locked),
        (f"torch {TORCH}", install_torch),
        ("pufa 本身", install_project),
        ("检查", check_packages),
    )
    for number, (title, work) in enumerate(steps, start=1):
        step(f"[{number}/{len(steps)}] {title}", work)
    STAMP.write_text(wanted_stamp() + "\n", encoding="ascii")
    return 0


# --- tasks ------------------------------------------------------------------------------------------------


def serve(extra: Sequence[str]) -> int:
    """Hand over to the service: on POSIX in this very process, so that signals reach it."""
    setup()
    command = [str(BIN / "pufa"), "serve", *extra]
    if os.name == "posix":
        os.chdir(ROOT)
        os.execv(command[0], command)
    return run(command)


def pytest(*arguments: str) -> int:
    return run([BIN / "python", "-m", "pytest", *arguments])


def test(extra: Sequence[str]) -> int:
    setup()
    code = pytest("-m", EVERYDAY, *extra)
    say(LEFT_OUT)
    return code


def git(*arguments: str) -> str:
    with suppress(OSError):  # a downloaded archive has no history, and its user perhaps no git
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return ""


def prove(extra: Sequence[str]) -> int:
    """The full counts. One result file a commit; what passed on this very commit is not run again."""
    setup()
    shared = (ROOT / os.environ.get("PUFA_SHARED_DIR", "../shared")).resolve()
    if not shared.is_dir():
        raise Failed("make prove 需要 shared 文件夹：请把 PUFA_SHARED_DIR 设成它的位置。")
    commit = git("rev-parse", "--short=12", "HEAD") or "uncommitted"
    dirty = "-dirty" if git("status", "--porcelain") else ""
    results = ROOT / "tests" / "results" / f"prove-{commit}{dirty}.json"
    code = pytest("-m", "prove", f"--results={results}", *([] if dirty else ["--resume"]), *extra)
    say(f"结果记在 {results.relative_to(ROOT)}" + ("（有没提交的改动，下次从头跑）。" if dirty else "。"))
    return code


def bench(extra: Sequence[str]) -> int:
    setup()
    return pytest("-m", "bench", "-s", *extra)


def lint(_: Sequence[str]) -> int:
    setup()
    codes = [run([BIN / "ruff", "check", "."]), run([BIN / "mypy"])]
    return max(codes)


def lock(_: Sequence[str]) -> int:
    """Resolve anew and export requirements.lock: hashes, no torch, no address of any index."""
    uv = shutil.which("uv")
    if uv is None:
        raise Failed("make lock 要用 uv：请先 pip install uv。")
    must([uv, "lock", "--upgrade", "--python", sys.executable], "没有算出版本：请看上面的原因。")
    options = ["--frozen", "--all-groups", "--no-emit-project", "--no-emit-package", "torch", "--no-header"]
    must([uv, "export", "--quiet", *options, "--output-file", LOCK], "没有导出 requirements.lock。")
    header = "# Made by `make lock`, installed with --require-hashes; torch comes by itself (tasks.py).\n"
    LOCK.write_text(header + LOCK.read_text(encoding="utf-8"), encoding="utf-8")
    return 0


def embedder(extra: Sequence[str]) -> int:
    setup()
    return run([BIN / "python", "-m", "knowledge.fit", *extra])


def readme_test_command() -> list[str]:
    """The command the README tells a person to run, so that .ci/run runs exactly that."""
    readme = ROOT / "README.md"
    if not readme.is_file():
        raise Failed("没有 README.md：.ci/run 要从里面取测试命令。")
    found = TEST_COMMAND.search(readme.read_text(encoding="utf-8"))
    if found is None or len(found["command"].strip().splitlines()) != 1:
        raise Failed("README.md 里要有一行 <!-- test-command -->，紧跟一个只有一行命令的代码块。")
    return shlex.split(found["command"])


def ci(_: Sequence[str]) -> int:
    """What .ci/run does once the machine is ready; stops at the first part that fails."""
    setup()
    command = readme_test_command()
    seed = str(int(git("rev-parse", "--short=8", "HEAD") or "0", 16))
    parts: dict[str, Callable[[], int]] = {
        "ruff 和 mypy": partial(lint, ()),
        f"README 里的测试命令：{shlex.join(command)}": partial(run, command),
        f"浏览器和其余测试（种子 {seed}）": partial(pytest, "-m", ON_CI, f"--seed={seed}"),
    }
    for title, work in parts.items():
        step(title, partial(stop_unless_zero, work, title))
    say("ci：全部通过。")
    return 0


def stop_unless_zero(work: Callable[[], int], title: str) -> None:
    if (code := work()) != 0:
        raise Failed(f"{title} 没有通过（退出码 {code}）。")


TASKS: dict[str, tuple[Callable[[Sequence[str]], int], str]] = {
    "setup": (setup, "安装（只在需要时）"),
    "serve": (serve, "启动服务，后面的参数交给 pufa serve"),
    "test": (test, "日常测试"),
    "prove": (prove, "完整验收，结果写进 tests/results"),
    "lint": (lint, "ruff 和 mypy"),
    "bench": (bench, "计时"),
    "lock": (lock, "重新生成 requirements.lock"),
    "embedder": (embedder, "重新生成词向量表"),
    "ci": (ci, ".ci/run 在装好之后做的事"),
}


def main(arguments: Sequence[str]) -> int:
    name, *extra = arguments or [""]
    if name not in TASKS:
        listing = (f"  {task:<9} {words}" for task, (_, words) in TASKS.items())
        say("用法：python3.11 tasks.py 任务 [参数…]\n" + "\n".join(listing))
        return 0 if name in ("-h", "--help", "help") else 2
    try:
        return TASKS[name][0](extra)
    except Failed as failed:
        say(f"错误：{failed}")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
