"""What can be wrong with a database, by name; `sentence` is Chinese, for stderr and the doctor."""

from __future__ import annotations


class DatabaseFault(Exception):
    """The database cannot be used. sentence: what is wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class SchemaTooNew(DatabaseFault):
    """Written by a newer version of this program. found: its migration; known: our newest."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(
            f"数据库是更新的版本写的（{found}，本程序只到 {known}）。请升级程序，或者恢复升级前的备份。"
        )
        self.found = found
        self.known = known


class SchemaTooOld(DatabaseFault):
    """Not brought up to date yet, and opened without permission to do so."""

    def __init__(self, found: str | None, known: str) -> None:
        super().__init__(
            f"数据库还没有升级（{found or '空'}，需要 {known}）。请先运行 pufa serve 或 pufa ingest。"
        )
        self.found = found
        self.known = known


class DatabaseDamaged(DatabaseFault):
    """Not a database, or its check found faults. said: the database's own words, for the log."""

    def __init__(self, place: str, said: str) -> None:
        super().__init__(f"数据库文件坏了：{place}。请用 pufa restore 恢复最近的备份。")
        self.place = place
        self.said = said


class DatabaseUnreachable(DatabaseFault):
    """The file or server cannot be opened."""

    def __init__(self, place: str, said: str) -> None:
        super().__init__(f"数据库打不开：{place}。请检查文件夹权限、磁盘空间或数据库地址。")
        self.place = place
        self.said = said
