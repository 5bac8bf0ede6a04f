"""What pyproject.toml declares, what the lock holds, what the modules import: all three agree."""

from __future__ import annotations

import re
import sys
import tomllib
from fnmatch import fnmatch
from functools import cache
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tasks
from tests.project_files import PACKAGES, ROOT, committed_files, imports

# Distribution -> name it is imported by, where the two differ.
IMPORT_NAMES = {
    "langchain-core": "langchain_core",
    "pillow": "PIL",
    "python-docx": "docx",
    "langchain-openai": "langchain_openai",
    "pydantic-settings": "pydantic_settings",
    "python-multipart": "python_multipart",
    "pyyaml": "yaml",
    "scikit-learn": "sklearn",
    "sentence-transformers": "sentence_transformers",
}
NEVER_IMPORTED = {
    "onnxruntime": "rapidocr runs its models on it and does not ask for it",
    "python-multipart": "FastAPI asks for it as soon as a route takes a form",
    "langchain-openai": "LangChain's init_chat_model loads it by the name of the provider, openai",
}
# Imported by us, promised by a declared package as part of its own interface: name -> that package.
PART_OF = {
    "starlette": "fastapi",
    "pydantic": "pydantic_settings",
    "markupsafe": "jinja2",
    "langsmith": "langchain_core",  # its tracing, which we switch off
    "openai": "langchain_openai",  # the errors it lets through
}
NO_INDEX = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host", re.IGNORECASE)
ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\]+?))? \\$", re.MULTILINE
)


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def lock_text() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def runtime() -> list[Requirement]:
    return [Requirement(line) for line in pyproject()["project"]["dependencies"]]


def groups() -> list[Requirement]:
    return [Requirement(line) for lines in pyproject()["dependency-groups"].values() for line in lines]


def imported_as(requirement: Requirement) -> str:
    name = canonicalize_name(requirement.name)
    return IMPORT_NAMES.get(name, name.replace("-", "_"))


def locked() -> dict[str, list[str]]:
    """Canonical name -> versions; more than one where the Python version decides."""
    versions: dict[str, list[str]] = {}
    for entry in ENTRY.finditer(lock_text()):
        versions.setdefault(canonicalize_name(entry["name"]), []).append(entry["version"])
    return versions


def foreign_tops() -> set[str]:
    return {found.top for found in imports()} - set(PACKAGES) - sys.stdlib_module_names


@pytest.mark.parametrize("requirement", runtime(), ids=lambda requirement: requirement.name)
def test_each_declared_dependency_is_used(requirement: Requirement) -> None:
    if canonicalize_name(requirement.name) not in NEVER_IMPORTED:
        assert imported_as(requirement) in foreign_tops(), "nothing imports it: take it out of pyproject.toml"


def test_each_import_is_declared() -> None:
    declared = {imported_as(requirement) for requirement in runtime()}
    undeclared = {top for top in foreign_tops() - declared if PART_OF.get(top) not in declared}
    assert undeclared == set()


def test_exceptions_are_still_needed() -> None:
    assert set(NEVER_IMPORTED) <= {canonicalize_name(requirement.name) for requirement in runtime()}
    assert not {IMPORT_NAMES.get(name, name) for name in NEVER_IMPORTED} & foreign_tops()


@pytest.mark.parametrize("requirement", [*runtime(), *groups()], ids=lambda requirement: requirement.name)
def test_the_lock_satisfies_pyproject(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    versions = [tasks.TORCH] if name == "torch" else locked().get(name, [])
    assert versions, "not in requirements.lock: run make lock"
    assert all(requirement.specifier.contains(version) for version in versions)


def test_the_lock_has_no_torch_and_no_cuda() -> None:
    unwanted = ("torch", "triton", "nvidia-*", "cuda-*")
    assert [name for name in locked() if any(fnmatch(name, pattern) for pattern in unwanted)] == []


def test_the_lock_names_no_index() -> None:
    assert NO_INDEX.search(lock_text()) is None


def test_every_locked_package_is_hashed() -> None:
    assert len(locked()) > 100
    requirements = [line for line in lock_text().splitlines() if line and not line.startswith((" ", "#"))]
    assert len(requirements) == len(ENTRY.findall(lock_text()))
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock_text())[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_torch_is_one_version_everywhere() -> None:
    assert pyproject()["tool"]["uv"]["constraint-dependencies"] == [f"torch=={tasks.TORCH}"]
    assert re.fullmatch(r"[0-9a-f]{64}", tasks.TORCH_CPU_SHA256)


def test_the_makefile_names_every_task() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = re.search(r"^TASKS := (.+)$", makefile, re.MULTILINE)
    assert listed is not None
    assert listed[1].split() == list(tasks.TASKS)


def test_everything_in_the_packages_is_shipped() -> None:
    patterns = ["*.py", *pyproject()["tool"]["setuptools"]["package-data"]["*"]]
    inside = [path for path in committed_files() if path.parts[0] in PACKAGES]
    left_out = [str(path) for path in inside if not any(fnmatch(path.name, pattern) for pattern in patterns)]
    assert left_out == []


def test_the_test_ring_names_only_known_markers() -> None:
    known = {line.partition(":")[0] for line in pyproject()["tool"]["pytest"]["ini_options"]["markers"]}
    assert set(re.findall(r"[a-z]+", tasks.EVERYDAY)) - {"not", "or"} <= known


def test_each_setting_is_in_the_docs() -> None:
    from knowledge.settings import Settings

    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    missing = [name for name in Settings.model_fields if f"`PUFA_{name.upper()}`" not in page]
    assert missing == []


def test_no_doc_names_a_setting_that_is_gone() -> None:
    from knowledge.settings import Settings

    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    held = {f"PUFA_{name.upper()}" for name in Settings.model_fields}
    named = {name for name in re.findall(r"`(PUFA_[A-Z_]+)`", page) if not name.startswith("PUFA_TEST_")}
    assert named - held == set()
