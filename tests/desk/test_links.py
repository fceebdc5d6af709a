"""What the printed short addresses lead to is said beside the paper."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.newspaper import ID, Newspaper

pytestmark = pytest.mark.rendered

LINKED = """
The [salt office](https://salt.example/office) closed, as [two](https://salt.example/two)
and again [the office](https://salt.example/office) said.[^1]

[^1]: See [the roll](https://salt.example/roll).
"""
NOTED = "\nIt burnt.[^1]\n\n[^1]: See [the list](https://wax.example/list).\n"


def add(newspaper: Newspaper, slug: str, text: str) -> None:
    path = newspaper.edition / "articles" / slug / "index.md"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def words_of(newspaper: Newspaper) -> str:
    with pypdfium2.PdfDocument(newspaper.built / "print.pdf") as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_every_printed_short_address_is_told_with_what_it_leads_to(
    newspaper: Newspaper,
) -> None:
    assert newspaper.read("links.json") == {"links": []}
    add(newspaper, "salt-tax", LINKED)
    add(newspaper, "candle-ends", NOTED)
    newspaper.change(
        f"editions/{ID}/articles/salt-tax/index.md",
        "byline:",
        "url: https://lamp.example/salt\nbyline:",
    )

    done = newspaper.build()

    assert done.returncode == 0, done.stderr
    told = newspaper.read("links.json")["links"]
    assert told == [
        {
            "address": "https://lamp.example/2024-09-1",
            "articles": [
                {
                    "article": "salt-tax",
                    "url": "https://lamp.example/salt",
                    "links": [
                        "https://salt.example/office",
                        "https://salt.example/two",
                        "https://salt.example/roll",
                    ],
                }
            ],
        },
        {
            "address": "https://lamp.example/2024-09-6",
            "articles": [
                {
                    "article": "candle-ends",
                    "url": None,
                    "links": ["https://wax.example/list"],
                }
            ],
        },
    ]
    printed = words_of(newspaper)
    assert printed.count("lamp.example/2024-09-") == 2
    for one in told:
        assert one["address"].removeprefix("https://") in printed
    assert "links.json" in newspaper.read("ticket.json")["files"]


@pytest.mark.parametrize(
    "policy",
    [
        "paper: none, short:",
        pytest.param("paper: endnotes, short:", marks=pytest.mark.long),
    ],
)
def test_no_address_is_told_where_none_is_printed(
    newspaper: Newspaper, policy: str
) -> None:
    add(newspaper, "salt-tax", LINKED)
    newspaper.change("press.yaml", "paper: qr, short:", policy)

    done = newspaper.build()

    assert done.returncode == 0, done.stderr
    assert not (newspaper.built / "links.json").exists()
    assert "lamp.example/2024-09-" not in words_of(newspaper)
