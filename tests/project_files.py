"""The project as text: which files it has, what its modules import. Read by the tests about the project."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "knowledge", "ingest", "web")


@cache
def committed_files() -> tuple[Path, ...]:
    """What git holds or would take (ignored files left out), relative to ROOT, in name order."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    names = listed.stdout.decode("utf-8").split("\0")
    return tuple(sorted({Path(name) for name in names if name and (ROOT / name).is_file()}))


def text_of(path: Path) -> str | None:
    """The text of a file given relative to ROOT; None where it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


@dataclass(frozen=True, slots=True)
class Import:
    """`importer` (dotted) asks for `name` (dotted, `package.module` or `package.module.attribute`)."""

    importer: str
    name: str
    line: int

    @property
    def top(self) -> str:
        return self.name.partition(".")[0]

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.name}"


def module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Dotted name -> path, for every module of the four packages."""
    inside = (path for path in committed_files() if path.parts[0] in PACKAGES and path.suffix == ".py")
    return {module_name(path): path for path in inside}


@cache
def imports() -> tuple[Import, ...]:
    """Every import statement of the four packages, those inside functions and TYPE_CHECKING included."""
    return tuple(found for name, path in modules().items() for found in imports_of(name, path))


def imports_of(importer: str, path: Path) -> Iterator[Import]:
    package = importer if path.name == "__init__.py" else importer.rpartition(".")[0]
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        for name in imported_names(node, package):
            yield Import(importer, name, getattr(node, "lineno", 0))


def imported_names(node: ast.AST, package: str) -> Iterator[str]:
    match node:
        case ast.Import(names=aliases):
            yield from (alias.name for alias in aliases)
        case ast.ImportFrom(module=module, names=aliases, level=level):
            above = package.split(".")[: len(package.split(".")) - (level - 1)] if level else []
            start = ".".join([*above, *([module] if module else [])])
            yield from (f"{start}.{alias.name}" for alias in aliases)
        case ast.Call(
            func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
            args=[ast.Constant(value=str(name)), *_],
        ):
            yield name
