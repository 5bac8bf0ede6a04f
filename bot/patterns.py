"""Rules of act patterns: what a text says somebody does or asks for, read from a YAML file of regular expressions.

The file has four lists. `words` names alternations, used in patterns as `<name>`. `fold` rows are
`[pattern, replacement]` and bring dialect, typos and many wordings to one. `look_alikes` are hidden before any
rule looks. `rules` are tried from the top: a rule fires when an `always` pattern is found, or when a `when`
pattern is found and no `unless` pattern; never when a `never` pattern is found. Words alone are not meant to fire;
that is up to the file and its tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.normalise import normalise
from knowledge.problems import KnowledgeError, Problem
from knowledge.yaml_files import read_yaml

READ_AT_MOST = 1000
"""Characters that are looked at; three times what a question may have, so that a call stays short."""
HIDDEN = "_"
_CLAUSE = re.compile(r"[,.。!?;:、~…·—\n|/]+")
_GONE = re.compile(r"""[\s"'“”‘’「」『』《》()\[\]{}<>*_^`=+#@-]+""")
_WORD = re.compile(r"(?<!\?P)<(\w+)>")


@dataclass(frozen=True, slots=True)
class Rule:
    """always: fires by itself. when: fires unless `unless` is found too. never: stops both. given: the other keys."""

    name: str
    always: re.Pattern[str] | None
    when: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    never: re.Pattern[str] | None
    given: Mapping[str, Any]

    def fires(self, text: str) -> bool:
        if not (_found(self.always, text) or (_found(self.when, text) and not _found(self.unless, text))):
            return False
        return not _found(self.never, text)


def _found(pattern: re.Pattern[str] | None, text: str) -> bool:
    return pattern is not None and pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class Patterns:
    """One file of rules, compiled. Build one with `load_patterns`."""

    folds: tuple[tuple[re.Pattern[str], str], ...]
    look_alikes: re.Pattern[str] | None
    rules: tuple[Rule, ...]

    def first(self, text: str) -> Rule | None:
        """The first rule that fires on the text as typed; None where none does."""
        return self.first_in(self.read(text))

    def first_in(self, read: str) -> Rule | None:
        """The first rule that fires on a text already read."""
        return next((rule for rule in self.rules if rule.fires(read)), None)

    def read(self, text: str) -> str:
        """The text as the rules see it: clauses parted by `,`, no blanks or quotes, folded, look-alikes hidden."""
        read = _GONE.sub("", _CLAUSE.sub(",", normalise(text[:READ_AT_MOST])))
        for pattern, replacement in self.folds:
            read = pattern.sub(replacement, read)
        return self.look_alikes.sub(HIDDEN, read) if self.look_alikes else read


def load_patterns(path: Path) -> Patterns:
    """Read and compile a file. Raises KnowledgeError naming the pattern that cannot be compiled."""
    data = read_yaml(path.read_text(encoding="utf-8"), str(path)) or {}
    words = _words(data.get("words") or {}, path)
    return Patterns(
        tuple((_compiled([said], words, path), meant) for said, meant in data.get("fold") or ()),
        _joined(data.get("look_alikes"), words, path),
        tuple(_rule(row, words, path) for row in data.get("rules") or ()),
    )


def _rule(row: Mapping[str, Any], words: Mapping[str, str], path: Path) -> Rule:
    lists = {key: _joined(row.get(key), words, path) for key in ("always", "when", "unless", "never")}
    return Rule(row["name"], **lists, given={key: value for key, value in row.items() if key not in lists})


def _joined(patterns: Iterable[str] | None, words: Mapping[str, str], path: Path) -> re.Pattern[str] | None:
    return _compiled(patterns, words, path) if patterns else None


def _compiled(patterns: Iterable[str], words: Mapping[str, str], path: Path) -> re.Pattern[str]:
    return _compile("|".join(f"(?:{_filled(pattern, words, path)})" for pattern in patterns), path)


def _words(rows: Mapping[str, str], path: Path) -> dict[str, str]:
    """Each named list with the names in it filled in; a list may use those above it."""
    words: dict[str, str] = {}
    for name, alternation in rows.items():
        words[name] = _filled(alternation, words, path)
    return words


def _filled(pattern: str, words: Mapping[str, str], path: Path) -> str:
    try:
        return _WORD.sub(lambda found: f"(?:{words[found[1]]})", pattern)
    except KeyError as error:
        raise _fault(path, f"没有叫“{error.args[0]}”的词表：{pattern}") from error


def _compile(pattern: str, path: Path) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise _fault(path, f"正则写法不对（{error}）：{pattern}") from error


def _fault(path: Path, what: str) -> KnowledgeError:
    return KnowledgeError([Problem(str(path), 1, what, "改这一条规则，再跑一次测试")])
