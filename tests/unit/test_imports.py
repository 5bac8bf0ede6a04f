"""Imports point one way, foreign libraries stay behind adapters, and importing a module does nothing."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project_files import PACKAGES, ROOT, Import, imports, imports_of, modules

MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "bot": {"bot", "knowledge"},
    "ingest": {"ingest", "knowledge"},
    "web": {"web", "bot", "ingest", "knowledge"},
}
BEHIND_ADAPTERS = {
    "chromadb", "sentence_transformers", "transformers", "torch", "langchain", "langchain_core",
    "langchain_openai", "langsmith", "openai", "bm25s", "sqlalchemy", "alembic",
}  # fmt: skip
ADAPTER_FOLDERS = {"adapters", "database"}
STARTED_BY_HAND = {"knowledge.fit", "knowledge.fit_needs"}  # `python -m knowledge.fit`, behind make embedder, and its like
# About the stored bytes themselves (what is broken, a copy of all of it): behind the port of truth, which
# hides where and how things are stored, they would have nothing to look at.
LOOK_BEHIND_THE_PORT = {"knowledge.doctor", "knowledge.backup"}
LAYERS = ("types", "ports", "logic", "adapters", "wiring")
HEAVY = (
    "torch", "chromadb", "sentence_transformers", "transformers", "langchain", "langchain_core",
    "fastapi", "sqlalchemy", "numpy", "scipy", "sklearn",
)  # fmt: skip
# Alembic runs these itself, with a context that only exists during a migration.
RUN_BY_ALEMBIC = "env"


def layer(module: str) -> str:
    """The layer of a dotted module (or of a name inside one)."""
    parts = module.split(".")
    if ADAPTER_FOLDERS & set(parts[1:]):
        return "adapters"
    last = parts[-1] if module in modules() else parts[-2] if len(parts) > 1 else parts[-1]
    return last if last in LAYERS else "logic"


def is_wiring(module: str) -> bool:
    """May this module name a concrete adapter? Wiring, what a person starts from the command line, upkeep."""
    parts = module.split(".")
    started = parts[-1] == "cli" or parts[:2] == ["web", "commands"] or module in STARTED_BY_HAND
    return parts[-1] == "wiring" or started or module in LOOK_BEHIND_THE_PORT


def module_of(name: str) -> str:
    """The module a dotted name lies in: the name itself, or what stands before its last part."""
    return name if name in modules() else name.rpartition(".")[0]


def is_plain(module: str) -> bool:
    """Does this module of ours import nothing foreign, neither itself nor through a module beside it?"""
    folder = module.rpartition(".")[0]
    mine = [found for found in imports() if found.importer == module]
    return not any(found.top in BEHIND_ADAPTERS or found.name.startswith(f"{folder}.") for found in mine)


def own(found: Import) -> bool:
    return found.top in PACKAGES


def arrow_faults(found: Import) -> bool:
    return own(found) and found.top not in MAY_IMPORT[found.importer.partition(".")[0]]


def layer_faults(found: Import) -> bool:
    """Within one package: an earlier layer asks for a later one."""
    if not own(found) or found.top != found.importer.partition(".")[0] or is_wiring(found.importer):
        return False
    return LAYERS.index(layer(found.importer)) < LAYERS.index(layer(found.name))


def contract_faults(found: Import) -> bool:
    """types.py and ports.py know the standard library, numpy, and the types and ports they build on."""
    if layer(found.importer) not in ("types", "ports"):
        return False
    if own(found):
        return layer(found.name) not in ("types", "ports")
    return found.top not in sys.stdlib_module_names | {"numpy"}


def foreign_faults(found: Import) -> bool:
    return found.top in BEHIND_ADAPTERS and layer(found.importer) != "adapters"


def adapter_faults(found: Import) -> bool:
    if not own(found) or layer(found.name) != "adapters":
        return False
    if ".database." in found.name and is_plain(module_of(found.name)):
        return False  # plain values that live beside the tables they describe
    return not (is_wiring(found.importer) or layer(found.importer) == "adapters")


RULES = {
    "web -> bot -> knowledge, web -> ingest -> knowledge": arrow_faults,
    "types, ports, logic, adapters, wiring": layer_faults,
    "types.py and ports.py stay plain": contract_faults,
    "foreign libraries only below adapters/ and database/": foreign_faults,
    "only wiring and the command line name an adapter": adapter_faults,
}


def test_the_packages_have_modules() -> None:
    assert {name.partition(".")[0] for name in modules()} == set(PACKAGES)
    assert len(imports()) > 100


@pytest.mark.parametrize("rule", RULES)
def test_imports_keep_the_rule(rule: str) -> None:
    assert [str(found) for found in imports() if RULES[rule](found)] == []


@pytest.mark.parametrize(
    ("rule", "importer", "name"),
    [
        ("web -> bot -> knowledge, web -> ingest -> knowledge", "bot.pipeline", "web.cli.main"),
        ("web -> bot -> knowledge, web -> ingest -> knowledge", "bot.pipeline", "ingest.chunk"),
        ("types, ports, logic, adapters, wiring", "knowledge.search", "knowledge.adapters.store.Store"),
        ("types, ports, logic, adapters, wiring", "bot.pipeline", "bot.wiring.build"),
        ("types, ports, logic, adapters, wiring", "knowledge.types", "knowledge.ports.Embedder"),
        ("types.py and ports.py stay plain", "knowledge.types", "yaml"),
        ("types.py and ports.py stay plain", "bot.ports", "knowledge.settings.Settings"),
        ("foreign libraries only below adapters/ and database/", "knowledge.search", "chromadb.api"),
        ("foreign libraries only below adapters/ and database/", "web.app", "sqlalchemy"),
        ("only wiring and the command line name an adapter", "web.app", "bot.adapters.store.SqlStore"),
        ("only wiring and the command line name an adapter", "ingest.chunk", "knowledge.database.truth.Sql"),
    ],
)
def test_the_rules_catch_a_wrong_import(rule: str, importer: str, name: str) -> None:
    assert RULES[rule](Import(importer, name, 1))


def test_each_exception_is_still_needed() -> None:
    behind = {found.importer for found in imports() if layer(found.name) == "adapters"}
    assert STARTED_BY_HAND | LOOK_BEHIND_THE_PORT <= behind


def test_every_form_of_import_is_read(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text(
        "import a.b\nfrom c import d\nfrom . import e\nfrom ..f import g\n"
        "def later():\n    from h import i\n    importlib.import_module('j.k')\n",
        encoding="utf-8",
    )
    found = [each.name for each in imports_of("bot.stages.module", source)]
    assert sorted(found) == ["a.b", "bot.f.g", "bot.stages.e", "c.d", "h.i", "j.k"]


# --- importing does nothing -------------------------------------------------------------------------------

AT_IMPORT = {"today", "now", "utcnow", "time", "monotonic", "getenv", "load_settings"}
NOT_A_CLOCK = {"datetime.time", "dt.time"}  # the value class, not the question


def evaluated_at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """Everything that runs when the module is imported: not the bodies of functions, but their defaults."""
    for child in ast.iter_child_nodes(tree):
        match child:
            case ast.FunctionDef(args=arguments) | ast.AsyncFunctionDef(args=arguments):
                for default in [*arguments.defaults, *filter(None, arguments.kw_defaults)]:
                    yield from ast.walk(default)
            case ast.Lambda():
                continue
            case _:
                yield child
                yield from evaluated_at_import(child)


def clock_or_environment(tree: ast.AST) -> list[int]:
    """Lines on which importing asks for the time or reads the environment."""
    lines = []
    for node in evaluated_at_import(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=called) as function):
                if called in AT_IMPORT and ast.unparse(function) not in NOT_A_CLOCK:
                    lines.append(node.lineno)
            case ast.Call(func=ast.Name(id="load_settings" | "getenv")):
                lines.append(node.lineno)
            case ast.Attribute(attr="environ"):
                lines.append(node.lineno)
    return lines


def test_no_module_asks_clock_or_environment_when_imported() -> None:
    faults = [
        f"{path}:{line}"
        for path in modules().values()
        for line in clock_or_environment(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    ]
    assert faults == []


def test_a_clock_at_import_is_found() -> None:
    source = "from datetime import date\nclass A:\n    start = date.today()\ndef f(on=date.today()): pass\n"
    assert clock_or_environment(ast.parse(source)) == [3, 4]


# Runs in a child: imports each module with an audit hook that notes what Python itself sees being done.
WATCHER = r"""
import importlib, json, os, sys
root, names = sys.argv[1], json.loads(sys.argv[2])
done, noted = [""], []
WATCHED = {"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.chdir", "os.system",
           "shutil.rmtree", "subprocess.Popen", "sqlite3.connect",
           "socket.connect", "socket.bind", "socket.getaddrinfo"}
def is_ours(path):
    elsewhere = tuple(os.path.join(root, name) for name in (".venv", "pufa.egg-info"))
    return path.startswith(root + os.sep) and not path.startswith(elsewhere)
def by_a_foreign_import():  # torch and others make folders while they are imported: not our doing
    frame = sys._getframe(2)
    while frame and not is_ours(frame.f_code.co_filename):
        if frame.f_code.co_name == "<module>" and "site-packages" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False
def hook(event, args):
    if event in WATCHED and not by_a_foreign_import():
        note(event, args)
def note(event, args):
    if event == "open" and isinstance(args[0], str):
        path, mode, flags = os.path.abspath(args[0]), args[1], args[2] or 0
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and path != os.devnull
        if writes or (is_ours(path) and not path.endswith((".py", ".pyc"))):
            noted.append([done[0], f"{event} {path} {mode}"])
    elif event != "open":
        noted.append([done[0], f"{event} {args!r}"[:200]])
sys.addaudithook(hook)
for done[0] in names:
    importlib.import_module(done[0])
print(json.dumps(noted))
"""


def watch(names: list[str], root: Path) -> list[tuple[str, str]]:
    """(module, what it did) for each module imported in turn in a fresh process."""
    child = subprocess.run(
        [sys.executable, "-B", "-c", WATCHER, str(root), json.dumps(names)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert child.returncode == 0, child.stderr
    return [(module, note) for module, note in json.loads(child.stdout)]


@pytest.mark.slow
def test_importing_does_nothing() -> None:
    names = [name for name in modules() if name.rpartition(".")[2] != RUN_BY_ALEMBIC]
    assert watch(names, ROOT) == []


def test_the_watcher_sees_a_module_that_acts(tmp_path: Path) -> None:
    (tmp_path / "reads.py").write_text("open('notes.txt').close()\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "writes.py").write_text("open('out.txt', 'w').close()\n", encoding="utf-8")
    (tmp_path / "calls.py").write_text("import socket\nsocket.socket().connect_ex(('127.0.0.1', 1))\n")
    seen = {module for module, _ in watch(["reads", "writes", "calls"], tmp_path)}
    assert seen == {"reads", "writes", "calls"}


# --- the command line stays light -------------------------------------------------------------------------

LIGHT = r"""
import json, sys
from web.cli import main
option, heavy = sys.argv[1:]
sys.argv = ["pufa", option]
try:
    main()
    code = 0
except SystemExit as end:
    code = end.code or 0
print()
print(json.dumps([code, sorted(set(json.loads(heavy)) & set(sys.modules))]))
"""


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_command_line_starts_light(option: str) -> None:
    command = [sys.executable, "-c", LIGHT, option, json.dumps(HEAVY)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert child.returncode == 0, child.stderr
    code, loaded = json.loads(child.stdout.strip().splitlines()[-1])
    assert (code, loaded) == (0, [])
    assert len(child.stdout.strip().splitlines()) > 1, "said nothing"
