"""How long a large export of WordPress takes to read, and how much memory.

Run it with `python -m benchmarks.intake`: an export of 200 posts with 400 pictures is
written, then read several times, each time in a process of its own; medians are printed.
A third of the posts is classic, the others have blocks; all have calls, captions, notes
and links. `--posts 2000` shows how it grows.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.meter import measured

POSTS, PICTURES, PARAGRAPHS, ROUNDS = 200, 2, 30, 5
ROOT = Path(__file__).resolve().parents[1]
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>The Lamp</title><link>https://lamp.example</link>
<wp:base_site_url>https://lamp.example</wp:base_site_url>
<wp:author><wp:author_login>jo</wp:author_login>
<wp:author_display_name>Jo Writer</wp:author_display_name></wp:author>
"""
TAIL = "</channel></rss>\n"
CALL = (
    "We rely on our readers to fund our journalism. If you like what we do, subscribe."
)
UPLOADS = "https://lamp.example/wp-content/uploads/2024/08"


def a_paragraph(chance: random.Random, words: list[str]) -> str:
    """Return 20 to 70 words, some of them bold or a link."""
    said = chance.choices(words, k=chance.randint(20, 70))
    said[3] = f"<strong>{said[3]}</strong>"
    said[7] = f'<a href="https://{said[8]}.example/{said[9]}">{said[7]}</a>'
    return " ".join(said).capitalize() + "."


def a_picture(number: int, *, classic: bool) -> str:
    """Return the markup of a picture in a post."""
    source = f"{UPLOADS}/{number}-1024x683.jpg"
    if classic:
        shown = f'<img class="wp-image-{number}" src="{source}" alt="A mill" />'
        return f'[caption id="attachment_{number}"]{shown} Mill {number}[/caption]'
    return (
        f'<!-- wp:image {{"id":{number},"sizeSlug":"large"}} -->\n'
        f'<figure class="wp-block-image"><img class="wp-image-{number}" src="{source}"'
        f' alt="A mill"/><figcaption>Mill {number}</figcaption></figure>\n'
        "<!-- /wp:image -->"
    )


def a_text(chance: random.Random, words: list[str], post: int) -> str:
    """Return the markup of a post: paragraphs, heads, a call, pictures."""
    classic = post % 3 == 0
    texts = [a_paragraph(chance, words) for _ in range(PARAGRAPHS)]
    texts[PARAGRAPHS // 2] = CALL
    blocks = [
        text
        if classic
        else f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->"
        for text in texts
    ]
    heading = "<h2>What came of it</h2>"
    blocks.insert(
        9,
        heading if classic else f"<!-- wp:heading -->\n{heading}\n<!-- /wp:heading -->",
    )
    for nth in range(PICTURES):
        number = 100_000 + post * PICTURES + nth
        blocks.insert(4 + 9 * nth, a_picture(number, classic=classic))
    return "\n\n".join(blocks)


def an_item(kind: str, number: int, content: str, more: str) -> str:
    """Return an item of the export."""
    return (
        f"<item><title>Number {number}</title><link>https://lamp.example/{number}</link>"
        f"<dc:creator>jo</dc:creator><content:encoded><![CDATA[{content}]]>"
        f"</content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date>2024-08-30 10:30:00</wp:post_date>"
        f"<wp:post_modified_gmt>2024-08-31 07:00:00</wp:post_modified_gmt>"
        f"<wp:post_name>number-{number}</wp:post_name>"
        f"<wp:post_type>{kind}</wp:post_type>{more}</item>\n"
    )


def write_export(file: Path, posts: int) -> None:
    """Write an export of so many posts with their pictures, the same every time."""
    chance = random.Random(1)  # noqa: S311 - no secret
    letters = "etaoinshrdlucmfwypvbgk"
    words = [
        "".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(4000)
    ]
    with file.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for post in range(posts):
            content = a_text(chance, words, post)
            first = 100_000 + post * PICTURES
            lead = (
                "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key>"
                f"<wp:meta_value>{first}</wp:meta_value></wp:postmeta>"
            )
            more = f"<wp:status>publish</wp:status>{lead}"
            out.write(an_item("post", post + 1, content, more))
            for number in range(first, first + PICTURES):
                told = (
                    "<wp:status>inherit</wp:status><wp:attachment_url>"
                    f"{escape(f'{UPLOADS}/{number}.jpg')}</wp:attachment_url>"
                    "<excerpt:encoded>A mill. Photo: Ann Other</excerpt:encoded>"
                )
                out.write(an_item("attachment", number, "", told))
        out.write(TAIL)


def read(file: Path) -> None:
    """Read an export, judge its furniture, and print seconds of clock and processor."""
    from press.intake.furniture import judge
    from press.intake.wxr import read_wxr
    from press.model.house_rules import HouseRules
    from press.model.wanted import Wanted

    clock, processor = perf_counter(), process_time()
    with file.open("rb") as source:
        made = read_wxr(source, name=file.name, wanted=Wanted())
    stories = made.value or ()
    parsed = perf_counter() - clock, process_time() - processor
    judge(stories, HouseRules(names=("The Lamp",), domains=("lamp.example",)), ())
    judged = perf_counter() - clock, process_time() - processor
    sought = {
        picture.addresses
        for story in stories
        for piece in story.pieces
        for picture in piece.pictures
    }
    print(len(stories), len(sought), *parsed, *judged)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=POSTS, help=f"posts ({POSTS})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds ({ROUNDS})")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        read(given.read)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "export.xml")
        write_export(file, given.posts)
        command = [sys.executable, "-m", "benchmarks.intake", "--read", str(file)]
        runs, memory = [], []
        for _ in range(given.rounds):
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, check=True
            )
            runs.append([float(word) for word in done.stdout.split()])
            memory.append(measured(command, ROOT).memory)
        size = file.stat().st_size / 1e6
    posts, pictures, *taken = (median(each) for each in zip(*runs, strict=True))
    assert (posts, pictures) == (given.posts, given.posts * PICTURES), (posts, pictures)
    print(f"{posts:.0f} posts, {pictures:.0f} pictures, {size:.1f} MB")
    print(f"parsing: {taken[0]:.2f} s, {taken[1]:.2f} s of a processor")
    print(f"with furniture: {taken[2]:.2f} s, {taken[3]:.2f} s of a processor")
    print(f"memory: {median(memory):.0f} MB")


if __name__ == "__main__":
    main()
