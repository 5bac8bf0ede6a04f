"""Files that cannot become documents, by name. reason and remedy are Chinese, for clerks."""

from __future__ import annotations

from knowledge.problems import KnowledgeError, Problem


class UnsupportedDocument(Exception):
    """This file cannot be read. path: as shown to people; reason: what is wrong; remedy: what to do."""

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.remedy = remedy

    @property
    def problem(self) -> Problem:
        return Problem(self.path, 1, self.reason, self.remedy)


class UnreadableEncoding(UnsupportedDocument):
    """Bytes that are neither UTF-8 nor GB18030 text."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "这个文件的文字读不出来", "用记事本打开，“另存为”时编码选 UTF-8，再传一次")


class KnowledgeFolderMissing(KnowledgeError):
    """The folder that settings name is not there; nothing is withdrawn because of it."""

    def __init__(self, folder: str) -> None:
        super().__init__([Problem(folder, 1, "没有这个知识文件夹", "检查 PUFA_KNOWLEDGE_DIR")])
        self.folder = folder
