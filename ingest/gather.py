"""Reading files into wanted documents; what cannot be read becomes a problem and stops nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import ReadDocument, Wanted
from ingest.encoding import decode
from ingest.errors import KnowledgeFolderMissing, UnsupportedDocument
from ingest.readers import read_document
from ingest.readers.entry import read_entry
from knowledge.content import entry_files
from knowledge.instruments import load_instruments
from knowledge.parameters import load_parameters
from knowledge.problems import KnowledgeError, Problem
from knowledge.types import DocumentOrigin, Instrument, Parameter

SUFFIXES = (".md", ".txt")
"""Files taken when a folder is named; a file that is named itself is read whatever its suffix."""
_ABOUT_THE_FOLDER = ("index.md", "readme.md")


@dataclass(slots=True)
class Gathered:
    """wanted: by id. unreadable: ids of files that are there but cannot be read."""

    wanted: dict[str, Wanted] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    def add(self, document: ReadDocument, origin: DocumentOrigin, data: bytes, path: str) -> None:
        """Take a document in, or note that its id is used twice."""
        other = self.wanted.get(document.id)
        if other is not None:
            what = f"编号 {document.id} 在 {other.path} 里已经有了"
            self.problems.append(Problem(path, 1, what, "改文件名或编号，每份文件一个编号"))
            return
        self.wanted[document.id] = Wanted(document, origin, data, path)


@dataclass(frozen=True, slots=True)
class Figures:
    parameters: Mapping[str, Parameter]
    instruments: Mapping[str, Instrument]


def require_folder(folder: Path) -> None:
    """Raises KnowledgeFolderMissing. A folder that is there may be empty."""
    if not folder.is_dir():
        raise KnowledgeFolderMissing(str(folder))


def gather_figures(folder: Path) -> Figures:
    """Figures and laws of the knowledge folder. Raises KnowledgeError."""
    instruments = load_instruments(folder / "instruments")
    return Figures(load_parameters(folder / "parameters", instruments), instruments)


def gather_bundled(folder: Path, instruments: Mapping[str, Instrument]) -> Gathered:
    """Every entry below the knowledge folder."""
    found = Gathered()
    for path in entry_files(folder):
        name = path.relative_to(folder).as_posix()
        try:
            data = path.read_bytes()
            document = read_entry(decode(data, name), name, instruments)
        except (KnowledgeError, UnsupportedDocument, OSError) as error:
            found.problems += _problems(error, name)
            found.unreadable.add(path.stem)
        else:
            found.add(document, DocumentOrigin.BUNDLED, data, name)
    return found


def gather_files(
    paths: Iterable[Path], instruments: Mapping[str, Instrument], regions: Mapping[str, str]
) -> Gathered:
    """Files named by an operator, and the texts in folders named. regions: level name -> code."""
    found = Gathered()
    for path in paths:
        for file in _files_in(path):
            name = str(file)
            try:
                data = file.read_bytes()
                document = read_document(data, name, instruments, regions)
            except (KnowledgeError, UnsupportedDocument, OSError) as error:
                found.problems += _problems(error, name)
            else:
                found.add(document, DocumentOrigin.CLI, data, name)
    return found


def _files_in(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in SUFFIXES and file.name.lower() not in _ABOUT_THE_FOLDER and file.is_file()
    )


def _problems(error: KnowledgeError | UnsupportedDocument | OSError, name: str) -> list[Problem]:
    if isinstance(error, KnowledgeError):
        return list(error.problems)
    if isinstance(error, UnsupportedDocument):
        return [error.problem]
    return [Problem(name, 1, "这个文件打不开", "检查路径和权限")]
