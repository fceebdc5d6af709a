"""Every code that the reading of a body can emit is documented, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import press.manifest.body

ROOT = Path(__file__).parents[2]


def test_every_code_of_copy_is_documented() -> None:
    sources = Path(press.manifest.body.__file__).parent.glob("*.py")
    page = (ROOT / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
    section = page.split("\n## Copy\n", 1)[1].split("\n## ", 1)[0]

    emitted = {
        code
        for source in sources
        for code in re.findall(
            r'"((?:article|picture)\.[a-z-]+)"', source.read_text(encoding="utf-8")
        )
    }

    assert emitted == set(re.findall(r"^\| `([^`]+)`", section, flags=re.MULTILINE))
