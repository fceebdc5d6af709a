"""Every finding of the digest and of templates is documented, and nothing else is."""

from __future__ import annotations

import re

from tests.digest.builders import ROOT

CODE = re.compile(r'"((?:digest|template)\.[a-z-]+)"')
ROW = re.compile(r"^\| `((?:digest|template)\.[a-z-]+)` \|", re.MULTILINE)


def test_findings_and_their_documentation_agree() -> None:
    folders = [ROOT / "src/press/digest", ROOT / "src/press/adapters/jinja"]
    sources = [path.read_text("utf-8") for f in folders for path in f.rglob("*.py")]

    raised = {code for source in sources for code in CODE.findall(source)}

    text = (ROOT / "docs/reference/findings.md").read_text("utf-8")
    assert ROW.findall(text) == sorted(raised)
