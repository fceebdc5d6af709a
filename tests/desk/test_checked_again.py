"""What was looked at and had no fault is looked at again only when it has changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from press.desk.edition import check_edition
from tests.newspaper import ID, Newspaper, a_newspaper, surroundings

#: Notes on pictures count at once here, not only two seconds after the picture changed.
PROGRAM = f"""
import sys
import press.cli
import press.adapters.pictures.store as store
store._GRAIN_NS = 0
sys.argv = ["press", "check", "{ID}"]
try:
    press.cli.main()
finally:
    print(*sys.modules)
"""
TEMPLATE = "layouts/a4/page.html.j2"


@pytest.fixture
def paper(tmp_path: Path) -> Newspaper:
    return a_newspaper(tmp_path / "The Lamp")


def engines_of_a_check(paper: Newspaper) -> set[str]:
    """Return which of the engines that may wait were loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=paper.root,
        env=surroundings({}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    waiting = {"PIL.Image", "jinja2", "rapidfuzz", "resvg_py", "weasyprint", "pikepdf"}
    return waiting & set(done.stdout.split())


def codes(paper: Newspaper) -> set[str]:
    return {found.code for found in check_edition(paper.root, ID)}


def test_a_check_loads_engines_for_what_has_changed_alone(paper: Newspaper) -> None:
    assert engines_of_a_check(paper) == {"PIL.Image", "jinja2"}
    assert not engines_of_a_check(paper)

    paper.write(TEMPLATE, (paper.root / TEMPLATE).read_text() + "\n")
    assert engines_of_a_check(paper) == {"jinja2"}

    picture = paper.edition / "articles" / "leader" / "images" / "one.jpg"
    picture.write_bytes(picture.read_bytes())
    assert engines_of_a_check(paper) == {"PIL.Image"}


def test_a_slip_in_a_template_is_found_after_a_check_that_found_none(
    paper: Newspaper,
) -> None:
    assert not any(code.startswith("template.") for code in codes(paper))

    whole = (paper.root / TEMPLATE).read_text()
    paper.write(TEMPLATE, whole + "{% if %}")
    assert "template.syntax" in codes(paper)
    assert "template.syntax" in codes(paper)  # what has faults is not kept

    paper.write(TEMPLATE, whole)
    assert "template.syntax" not in codes(paper)


def test_a_template_that_becomes_a_link_out_of_the_layout_is_found(
    paper: Newspaper, tmp_path: Path
) -> None:
    assert "template.outside" not in codes(paper)

    template = paper.root / TEMPLATE
    outside = tmp_path / "page.html.j2"
    template.rename(outside)
    template.symlink_to(outside)

    assert "template.outside" in codes(paper)
