"""How heavy each block of a mail is."""

from __future__ import annotations

import pytest

from press.adapters.mrml import MrmlRenderer
from press.digest.checks.size import weights, worst_size
from press.digest.token import TOKENS

MARKED = """
<mjml><mj-head><mj-title>T</mj-title></mj-head><mj-body>
<mj-section css-class="block-masthead sheet"><mj-column>
  <mj-text><h1>The Quoin</h1></mj-text></mj-column></mj-section>
<mj-section>
  <mj-column css-class="block-story"><mj-text><h2><a href="x">Salt &amp; tax</a></h2>
    </mj-text></mj-column>
  <mj-column css-class="story block-story"><mj-text><h2>Penny post</h2>LONG</mj-text>
  </mj-column></mj-section>
<mj-section css-class="block-footer"><mj-column><mj-text>WEB</mj-text></mj-column>
</mj-section></mj-body></mjml>
"""


def rendered(long: str = "") -> str:
    mjml = MARKED.replace("LONG", long).replace("WEB", TOKENS.web)
    return MrmlRenderer().render(mjml, "")


def test_blocks_are_named_by_their_marks_and_their_headings() -> None:
    assert [name for name, _ in weights(rendered())] == [
        "head",
        "frame",
        "masthead “The Quoin”",
        "story “Salt & tax”",
        "story “Penny post”",
        "footer",
    ]


@pytest.mark.parametrize("long", ["", "x" * 500, "é" * 300])
def test_the_blocks_add_up_to_the_whole(long: str) -> None:
    html = rendered(long)

    assert sum(octets for _, octets in weights(html)) == worst_size(html)


def test_more_copy_makes_its_own_block_heavier_and_no_other() -> None:
    before, after = dict(weights(rendered())), dict(weights(rendered("é" * 300)))

    changed = {name for name in before if before[name] != after[name]}

    assert changed == {"story “Penny post”"}
    assert after["story “Penny post”"] - before["story “Penny post”"] == 600


def test_a_block_has_its_outlook_frame_with_it() -> None:
    html = rendered()
    octets = dict(weights(html))

    start = len(html.encode()) + 180 - len(TOKENS.web) - octets["footer"]

    assert html[start:].startswith("<!--[if mso")
    assert "block-footer-outlook" in html[start : start + 200]


def test_a_mail_without_marks_is_one_frame() -> None:
    assert weights("<p>é</p>") == (("frame", 9),)
