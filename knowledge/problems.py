"""A fault in the knowledge files, said so that a clerk can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Where (file, 1-based line), what is wrong, and what to do; the sentences are Chinese."""

    path: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.what}  → {self.remedy}"


class KnowledgeError(Exception):
    """Files that cannot be read as knowledge. problems: at least one."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
