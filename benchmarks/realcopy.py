"""A newspaper of real copy: articles of the corpus, with their own pictures.

Nothing of the corpus lies in the repository; this module puts a newspaper together from
wherever the corpus is. `python -m benchmarks.realcopy DIR` (or `just real-copy DIR`)
writes one that `press build-edition` builds.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("PRESS_CORPUS", ROOT.parent / "shared" / "corpus"))
EDITION = "2024-10"

#: Sections with their articles: slug and priority.
SECTIONS: dict[str, dict[str, int]] = {
    "News": {
        "ethiopia-internet-shutdown-amidst-recent-protests": 1,
        "turkey-internet-access-disruption": 2,
        "gabon-internet-disruption": 3,
        "belarus-fries-onion": 3,
        "remembering-larry-matthias-early-partner-excellent-civil-ser": 3,
    },
    "Investigations": {
        "2020-tanzania-blocks-social-media-tor-election-day": 1,
        "2020-togo-blocks-instant-messaging-apps": 3,
        "sierra-leone-network-disruptions-2018-elections": 3,
    },
    "World": {
        "how-pakistan-blocked-social-media": 1,
        "2020-burundi-blocks-social-media-amid-election": 2,
        "not-quite-network-censorship": 3,
    },
    "Government": {
        "the-user-centered-redesign-of-identitytheft-gov": 1,
        "the-new-fec": 2,
        "18f-website-refresh": 3,
        "what-is-technical-debt": 3,
        "dg-digitalgov-citizen-services-summit-reflections-from-our-": 3,
    },
    "Features": {
        "how-a-two-day-spring-moved-an-agency-twenty-years-forward": 1,
        "day-in-the-life-of-an-18f-content-designer": 2,
        "how-playing-with-legos-taught-executives-agile": 3,
        "govtechhack-hacking-for-civic-improvement": 3,
        "icymi-a11yhack-accessibility-awareness-hackathon": 3,
    },
    "Ideas": {
        "finding-users-en": 1,
        "five-questions-for-the-nasa-chief-historian": 2,
        "2020-those-unspoken-thoughts-otf-fellow-report": 3,
    },
}

HOUSE = """\
press: 1
title: The Real Copy
strapline: Articles of other people, set to see whether they fit
lang: en-GB
timezone: Europe/London
website: https://copy.example
media: https://copy.example/media/
imprint:
  publisher: Real Copy
  address: [1 Test Street, London]
  printer: Nobody
  printer_address: [2 Test Street, London]
sender: {name: Real Copy, email: copy@copy.example}
links: {paper: endnotes}
house_ads:
  - id: subscribe
    headline: Read it on paper
    text: Twelve numbers a year, by post, with nobody's advertisements between them.
    button: Subscribe
    url: https://copy.example/subscribe
    channels: [print, digest]
"""


def make_real_copy(
    folder: Path,
    *,
    corpus: Path = CORPUS,
    layout: str = "tabloid",
    pages: str = "24",
    sections: dict[str, dict[str, int]] | None = None,
    source: Callable[[str], str] = str,
) -> Path:
    """Write a newspaper of real copy into an empty folder and return the folder.

    Args:
        folder: Where it is written.
        corpus: Where the real articles are.
        layout: Name of a layout.
        pages: Page count, or "auto".
        sections: Sections with their articles: slug and priority.
        source: The name in the corpus of an article, by its slug.
    """
    chosen = sections or SECTIONS
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "press.yaml").write_text(HOUSE, encoding="utf-8")
    shutil.copytree(ROOT / "layouts", folder / "layouts")
    edition = folder / "editions" / EDITION
    for slugs in chosen.values():
        for slug in slugs:
            real, own = corpus / "articles" / source(slug), edition / "articles" / slug
            shutil.copytree(real, own)
            copy = (own / "index.md").read_text(encoding="utf-8")
            copy = copy.replace(f"slug: {real.name}\n", f"slug: {slug}\n", 1)
            (own / "index.md").write_text(copy, encoding="utf-8")
    text = _manifest(chosen, layout, pages)
    (edition / "edition.yaml").write_text(text, encoding="utf-8")
    return folder


def _manifest(sections: dict[str, dict[str, int]], layout: str, pages: str) -> str:
    lines = [
        "press: 1",
        "edition:",
        f"  id: {EDITION}",
        "  number: 1",
        "  title: October 2024",
        "  on_sale: 2024-09-27",
        "  price: £0",
        "  lang: en-GB",
        "print:",
        f"  layout: {layout}",
        f"  pages: {pages}",
        "  house_ads: [subscribe]",
        "  sections:",
    ]
    for name, articles in sections.items():
        lines += [f"    - section: {name}", "      articles:"]
        lines += [
            f"        - {{article: {slug}, priority: {priority}}}"
            for slug, priority in articles.items()
        ]
    first = [next(iter(articles)) for articles in sections.values()]
    lines += [
        "digest:",
        "  subject: Real copy",
        "  preheader: Articles of other people, set to see whether they fit.",
        f"  lead: {first[0]}",
        f"  articles: [{', '.join(first[1:])}]",
        "  house_ad: subscribe",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    made = make_real_copy(Path(sys.argv[1]))
    sys.stdout.write(f"now: cd {made} && press build-edition {EDITION}\n")
