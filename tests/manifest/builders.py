"""A small newspaper to break."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from press.manifest.read import (
    KnownLayout,
    KnownLayouts,
    read_article,
    read_edition,
    read_house,
)
from press.model.article import Article
from press.model.edition import Edition
from press.model.finding import Checked, Finding
from press.model.house import House
from press.model.printer import PageCount
from tests.house import HOUSE

PAPER = (
    HOUSE
    + """\
links: {paper: qr, short: "https://lamp.example/{edition}-{n}"}
hyphenation: [Za-por-izh-zhia]
house_ads:
  - {id: subscribe, headline: Read, text: Do., button: Go, url: https://lamp.example/s}
  - id: tip
    headline: Tell us
    text: In confidence.
    button: How
    url: https://lamp.example/tip
    channels: [digest]
"""
)

EDITION = """\
press: 1
edition:
  id: 2024-09
  number: 67
  title: September 2024
  on_sale: 2024-08-30
  price: £3.95
print:
  layout: tabloid
  pages: 16
  house_ads: [subscribe]
  sections:
    - section: News
      pages: 1-4
      articles:
        - {article: salt-tax, priority: 1, jump: 3}
        - {article: penny-post, priority: 2, columns: 3}
        - mills
    - section: Comment
      pages: 10-11
      template: comment
      articles: [leader]
digest:
  subject: "September: what the salt tax cost"
  preheader: And who paid it
  lead: salt-tax
  articles: [penny-post, leader]
  house_ad: subscribe
send:
  audience: {list: digest, exclude: [bounced]}
  steps:
    - {name: desk, to: [desk@lamp.example], at: 2024-08-29 16:00}
    - {name: canary, share: 2%, at: 2024-08-30 07:00, needs: [desk, approved]}
    - {name: all, share: rest, at: 2024-08-30 07:30, needs: [canary], rate: 2000/minute}
"""

ARTICLE = """\
---
title: The salt tax
headline: A tax on every table
standfirst: Everybody ate it. Everybody paid.
byline: [Ada Marsh]
date: 2024-08-12
lead_image: {file: images/pan.jpg, alt: A salt pan, focus: [0.5, 0.3], crop: "3:2"}
images:
  - {file: images/duty.svg, caption: Duty by year}
pull_quotes: [It was paid by the bushel]
---

It was paid by the bushel, and it was paid by everybody.

The tax was dropped in 1825.
"""

BRIEF = """\
---
title: {title}
---

Words.
"""

KNOWN = KnownLayouts(
    layouts=(
        KnownLayout(
            name="tabloid", templates=("front", "comment"), spaces=("full", "half")
        ),
        KnownLayout(
            name="a4", templates=("page",), count=PageCount(least=2, signature=2)
        ),
    )
)
FOLDER = "editions/2024-09"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A newspaper's folder, to be written into and read from."""

    root: Path

    def write(self, file: str, content: str | bytes) -> Path:
        """Write a file into the newspaper's folder."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode("utf-8") if isinstance(content, str) else content
        path.write_bytes(data)
        return path

    def change(self, file: str, old: str, new: str) -> None:
        """Replace a stretch of a file that stands there once."""
        content = (self.root / file).read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times"
        self.write(file, content.replace(old, new))

    def article(self, slug: str, content: str | bytes) -> Path:
        """Write an article."""
        return self.write(f"{FOLDER}/articles/{slug}/index.md", content)

    def read_house(self) -> Checked[House]:
        """Read press.yaml."""
        return read_house(self.root)

    def read_edition(self) -> Checked[Edition]:
        """Read the edition; press.yaml must be sound."""
        house = self.read_house()
        assert house.value is not None, house.findings
        return read_edition(self.root, "2024-09", house.value, KNOWN)

    def read_article(self, slug: str = "salt-tax") -> Checked[Article]:
        """Read an article."""
        return read_article(self.root, "2024-09", slug)

    def findings(self) -> tuple[Finding, ...]:
        """Return all that is wrong with the paper and its edition."""
        house = self.read_house()
        if house.value is None:
            return house.findings
        edition = read_edition(self.root, "2024-09", house.value, KNOWN)
        return (*house.findings, *edition.findings)


def a_paper(root: Path) -> Paper:
    """Write a newspaper without a fault."""
    made = Paper(root=root)
    made.write("press.yaml", PAPER)
    made.write(f"{FOLDER}/edition.yaml", EDITION)
    made.article("salt-tax", ARTICLE)
    made.write(f"{FOLDER}/articles/salt-tax/images/pan.jpg", b"picture")
    made.write(f"{FOLDER}/articles/salt-tax/images/duty.svg", b"<svg/>")
    for slug in ("penny-post", "mills", "leader"):
        made.article(slug, BRIEF.format(title=slug.title()))
    return made
