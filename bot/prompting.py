"""Prompts for the model: YAML with declared variables, filled with data in fenced slots.

What people and documents wrote never stands in a prompt as an order: each value goes between a pair of fences
that it cannot close, with our citation tokens taken out of it.
"""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.ports import Prompt
from knowledge.yaml_files import read_yaml

FOLDER = Path(__file__).with_name("prompts")
TOKEN = re.compile(r"〔\s*依据\s*([0-9]{1,3})\s*〕")
"""〔依据1〕: the only form in which a model may cite."""
_KEYS = {"purpose", "variables", "system", "user"}
_ANGLES = str.maketrans({"<": "‹", "＜": "‹", "﹤": "‹", ">": "›", "＞": "›", "﹥": "›"})


class PromptError(Exception):
    """A prompt file that cannot be used. path: the file; what: the slip."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path.name}: {what}")
        self.path = path
        self.what = what


@dataclass(frozen=True, slots=True)
class PromptTemplate:
    """system: fixed words. user: words with ``{variable}`` slots. digest: sha256 (hex) of both, unfilled."""

    purpose: str
    variables: frozenset[str]
    system: str
    user: str
    digest: str

    def fill(self, **values: str) -> Prompt:
        """Every value fenced. Raises ValueError unless exactly the declared variables are given."""
        if values.keys() != self.variables:
            raise ValueError(f"given {sorted(values)}, declared {sorted(self.variables)}")
        slots = {name: fenced(name, value) for name, value in values.items()}
        return Prompt(self.system, self.user.format_map(slots), self.digest)


def token(number: int) -> str:
    return f"〔依据{number}〕"


def without_tokens(text: str) -> str:
    """Foreign text in which nothing looks like a citation of ours."""
    return TOKEN.sub(lambda match: f"[依据{match[1]}]", text)


def fenced(name: str, value: str) -> str:
    """``<<<name … name>>>``; angle brackets of the value are changed so that it cannot end the slot."""
    return f"<<<{name}\n{value.translate(_ANGLES)}\n{name}>>>"


def load_prompt(name: str, folder: Path = FOLDER) -> PromptTemplate:
    """Read `NAME.yaml`. Raises PromptError when it is not whole, or declares other variables than it uses."""
    path = folder / f"{name}.yaml"
    data = read_yaml(path.read_text(encoding="utf-8"), str(path))
    if not isinstance(data, dict) or set(data) != _KEYS:
        raise PromptError(path, f"needs exactly {sorted(_KEYS)}")
    system, user = str(data["system"]).strip(), str(data["user"]).strip()
    if not system or not user or not str(data["purpose"]).strip():
        raise PromptError(path, "purpose, system or user is empty")
    declared = frozenset(str(name) for name in data["variables"] or ())
    used = frozenset(_variables(user, path))
    if declared != used:
        raise PromptError(path, f"declared {sorted(declared)}, used {sorted(used)}")
    if list(_variables(system, path)):
        raise PromptError(path, "system takes no variables: data belongs in the fenced slots of user")
    digest = hashlib.sha256(f"{system}\x1f{user}".encode()).hexdigest()
    return PromptTemplate(str(data["purpose"]), declared, system, user, digest)


def _variables(text: str, path: Path) -> Iterator[str]:
    try:
        parsed = list(string.Formatter().parse(text))
    except ValueError as error:
        raise PromptError(path, f"braces: {error}") from error
    for _, name, form, conversion in parsed:
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise PromptError(path, f"{{{name}}} is no plain variable")
        yield name
