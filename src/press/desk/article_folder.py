"""The folder of an imported article: index.md, its pictures, and import.json."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from press.manifest.folder import ARTICLE, articles_of, edition_folder
from press.model.errors import CannotWriteError, NotReadyError
from press.model.finding import Checked, Finding, Place, error
from press.model.manuscript import ImportRecord
from press.model.record import decode, encode

RECORD: Final = "import.json"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFolder:
    """Where an imported article lies.

    Attributes:
        root: The newspaper's folder.
        edition: The edition's name.
        slug: The article's name.
    """

    root: Path
    edition: str
    slug: str

    @property
    def path(self) -> Path:
        """The folder."""
        return self.root / self.name

    @property
    def name(self) -> str:
        """The folder as a path from the newspaper's."""
        return f"{edition_folder(self.edition)}/articles/{self.slug}"

    def text(self) -> str:
        """Return what index.md holds; nothing where there is none.

        Raises:
            NotReadyError: It is no UTF-8: what a sub-editor wrote cannot be told.
        """
        try:
            return (self.path / ARTICLE).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as problem:
            raise NotReadyError(
                f"{self.name}/{ARTICLE} is not UTF-8, so what was changed in it"
                " cannot be told; it stays as it is",
                hint="save it as UTF-8, and import again",
            ) from problem

    def record(self) -> Checked[ImportRecord]:
        """Return how the article came about; nothing where nobody imported it."""
        file = self.path / RECORD
        if not file.is_file():
            return Checked(value=None)
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
            return Checked(value=decode(ImportRecord, told["article"]))
        except (OSError, ValueError, KeyError, TypeError):
            problem = error(
                "intake.record",
                "import.json is not as press wrote it",
                Place(file=f"{self.name}/{RECORD}", article=self.slug),
                "bring it back from a backup, or take it away: the article is then"
                " one that nobody imported",
            )
            return Checked(value=None, findings=(problem,))

    def write(
        self, article: str, record: ImportRecord, pictures: Mapping[str, bytes]
    ) -> None:
        """Write the folder: all of it, or nothing where it is new.

        Args:
            article: What index.md is to hold.
            record: How it came about.
            pictures: New pictures by their path from the folder.

        Raises:
            CannotWriteError: The folder cannot be written.
        """
        told = {"press": _FORMAT, "article": encode(record)}
        files = {
            **pictures,
            ARTICLE: article.encode(),
            RECORD: (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(),
        }
        try:
            if self.path.exists():
                _write_each(self.path, files)
            else:
                self._write_new(files)
        except OSError as problem:
            reason = problem.strerror or str(problem)
            raise CannotWriteError(
                f"cannot write {self.name}: {reason}",
                hint="choose a folder that you may write; the same command goes on",
            ) from problem

    def _write_new(self, files: Mapping[str, bytes]) -> None:
        new = self.path.with_name(f".{self.slug}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        for name, data in files.items():
            (new / name).parent.mkdir(exist_ok=True)
            (new / name).write_bytes(data)
        new.rename(self.path)


def imported(root: Path, edition: str) -> Checked[dict[ArticleFolder, ImportRecord]]:
    """Return the imported articles of an edition, and what is wrong with their records."""
    found: dict[ArticleFolder, ImportRecord] = {}
    findings: list[Finding] = []
    for slug in articles_of(root, edition):
        folder = ArticleFolder(root=root, edition=edition, slug=slug)
        record = folder.record()
        findings += record.findings
        if record.value is not None:
            found[folder] = record.value
    return Checked(value=found, findings=tuple(findings))


def _write_each(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files one after another, each whole or not at all; the record last."""
    for name, data in files.items():
        file = folder / name
        if file.is_file() and file.read_bytes() == data:
            continue
        file.parent.mkdir(exist_ok=True)
        new = file.with_name(f".{file.name}.new")
        new.write_bytes(data)
        new.replace(file)
