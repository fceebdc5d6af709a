"""A small newspaper with everything in it, built by the command line."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from tests.house import HOUSE

ROOT = Path(__file__).parents[1]
ID = "2024-09"
COMMAND = (sys.executable, "-m", "press", "build-edition", ID)
#: A build of the small newspaper ends long before this.
LONGEST = 120

PAPER = (
    HOUSE
    + """\
links: {paper: qr, short: "https://lamp.example/{edition}-{n}"}
house_ads:
  - {id: subscribe, headline: Read it on paper, text: By post., button: Subscribe, url: https://lamp.example/s}
"""
)

#: Words drawn by lot stand twice in a row now and then.
STYLE = """\
press: 1
checks: {doubled: no}
"""

EDITION = """\
press: 1
edition:
  id: 2024-09
  number: 67
  title: September 2024
  on_sale: 2024-08-30
print:
  layout: a4
  pages: 4
  sections:
    - section: News
      articles:
        - {article: salt-tax, priority: 1}
        - {article: penny-post, priority: 2}
        - {article: mills, priority: 3}
        - {article: tallow, priority: 4}
    - section: Comment
      articles:
        - {article: leader, priority: 2}
        - {article: candle-ends, priority: 3}
        - {article: wicks, priority: 4}
        - {article: snuffers, priority: 5}
digest:
  subject: "September: what the salt tax cost"
  preheader: And who paid it, from the first bushel to the last of them
  lead: salt-tax
  articles: [penny-post, leader]
  house_ad: subscribe
"""

#: Words of every article, by its name.
LENGTHS = {
    "salt-tax": 600,
    "penny-post": 420,
    "mills": 300,
    "tallow": 190,
    "leader": 520,
    "candle-ends": 300,
    "wicks": 200,
    "snuffers": 70,
}
PICTURES = {"salt-tax": (1500, 1000), "leader": (1200, 900)}
COPY = """salt tax bushel press paper lamp wick tallow candle penny post mill town harbour
court clerk letter county river morning winter reader printer ink page line word
against under between before after never always paid carried measured printed
lighted weighed counted answered the a of and to in that it was for on with by"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newspaper:
    """A newspaper's folder and its one edition."""

    root: Path

    @property
    def edition(self) -> Path:
        return self.root / "editions" / ID

    @property
    def built(self) -> Path:
        return self.root / "build" / ID

    @property
    def cache(self) -> Path:
        return self.root / ".press" / "cache"

    def write(self, file: str, content: str | bytes) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)

    def change(self, file: str, old: str, new: str) -> None:
        """Replace a stretch of a file that stands there once."""
        content = (self.root / file).read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times"
        self.write(file, content.replace(old, new))

    def article(self, slug: str, content: str) -> None:
        self.write(f"editions/{ID}/articles/{slug}/index.md", content)

    def plan(self, sections: str, pages: str = "4") -> None:
        """Give the edition other sections, and a digest that needs none of them."""
        head, _, rest = EDITION.partition("  pages: 4\n")
        slug = sections.partition("article: ")[2].partition(",")[0] or "mills"
        digest = (
            "digest:\n  subject: September\n  preheader: What is in it\n"
            f"  lead: {slug}\n  articles: []\n"
        )
        assert rest
        text = f"{head}  pages: {pages}\n  sections:\n{sections}{digest}"
        self.write(f"editions/{ID}/edition.yaml", text)

    def picture(self, slug: str, data: bytes) -> None:
        self.write(f"editions/{ID}/articles/{slug}/images/one.jpg", data)

    def build(
        self, *options: str, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Build the edition as a reader of the manual would."""
        return subprocess.run(
            [*COMMAND, *options],
            cwd=cwd or self.root,
            env=surroundings(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )

    def begin(self, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        """Begin to build, in a session of its own."""
        return subprocess.Popen(
            [*COMMAND, *options],
            cwd=self.root,
            env=surroundings(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def copy(self, to: Path) -> Newspaper:
        """Return another one like it, with cache and build, in another folder."""
        shutil.copytree(self.root, to)
        return Newspaper(root=to)

    def codes(self) -> list[str]:
        """Return the codes in findings.json."""
        return [one["code"] for one in self.read("findings.json")["findings"]]

    def read(self, file: str) -> Any:
        return json.loads((self.built / file).read_text(encoding="utf-8"))


def surroundings(changed: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with some of it changed."""
    source = os.pathsep.join(filter(None, [str(ROOT / "src"), _python_path()]))
    return {**os.environ, "PYTHONPATH": source, **changed}


def _python_path() -> str:
    return os.environ.get("PYTHONPATH", "")


def hashes(folder: Path) -> dict[str, str]:
    """Return every file of a folder with the hash of what it holds."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def an_article(slug: str, words: int, *, more: str = "", picture: bool = False) -> str:
    """Return an article of so many words, always the same ones."""
    title = slug.replace("-", " ").capitalize()
    lines = [f"title: The {title} question", f"standfirst: {sentence(slug)}"]
    lines += ["byline: [Ada Marsh]", "date: 2024-08-12", *more.splitlines()]
    if words > 250:
        lines += ["pull_quotes:", f'  - "{sentence(f"{slug} 4")}"']
    if picture:
        lines.append(
            f"images: [{{file: images/one.jpg, alt: A {slug} view,"
            " caption: As it was, credit: The Lamp}]"
        )
    return "\n".join(["---", *lines, "---", "", "\n\n".join(_copy(slug, words)), ""])


def sentence(seed: str) -> str:
    """Return a sentence, always the same one."""
    chosen = random.Random(seed).choices(COPY.split(), k=11)
    return " ".join(chosen).capitalize() + "."


def _copy(seed: str, words: int) -> Iterator[str]:
    left, number = words, 0
    while left > 0:
        paragraph: list[str] = []
        while left > 0 and len(" ".join(paragraph)) < 300:
            paragraph.append(sentence(f"{seed} {number}"))
            number += 1
            left -= 11
        yield " ".join(paragraph)


def a_picture(width: int, height: int) -> bytes:
    """Return a JPEG of colours that run into each other."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (across, down, Image.new("L", (width, height), 96)))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def a_newspaper(root: Path) -> Newspaper:
    """Write a newspaper of four pages, without a fault."""
    made = Newspaper(root=root)
    made.write("press.yaml", PAPER)
    made.write("style.yaml", STYLE)
    made.write(f"editions/{ID}/edition.yaml", EDITION)
    shutil.copytree(ROOT / "layouts" / "a4", root / "layouts" / "a4")
    for slug, words in LENGTHS.items():
        size = PICTURES.get(slug)
        made.article(slug, an_article(slug, words, picture=size is not None))
        if size:
            made.picture(slug, a_picture(*size))
    return made
