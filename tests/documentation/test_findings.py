"""Every finding that press can give is documented, and no other is."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import press

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "findings.md"
CODE = re.compile(r"[a-z]+\.[a-z]+(?:-[a-z]+)*")
FILE = re.compile(r".*\.(?:conf|css|csv|db|eml|html|json|md|pdf|txt|wasm|xml|yaml)")
ROW = re.compile(r"^\| `([^`]+)` \| ([a-z, ]+) \| .+ \| .+ \|$", re.MULTILINE)
SEVERITIES = ("error", "warning", "note")


@cache
def given() -> tuple[tuple[str, str], ...]:
    """Return every code in the source, with its severity where the call says it."""
    found: list[tuple[str, str]] = []
    for file in sorted(Path(press.__file__).parent.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        said: set[ast.AST] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                name = ast.unparse(node.func).rpartition(".")[2]
                code = _code(node.args[0])
                if code and name in SEVERITIES:
                    said.add(node.args[0])
                    found.append((code, name))
        found.extend(
            (code, "")
            for node in ast.walk(tree)
            if (code := _code(node)) and node not in said
        )
    stages = {code.partition(".")[0] for code, severity in found if severity}
    return tuple(one for one in found if one[0].partition(".")[0] in stages)


def _code(node: ast.AST) -> str:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return ""
    found = CODE.fullmatch(node.value) and not FILE.fullmatch(node.value)
    return node.value if found else ""


def documented() -> list[tuple[str, list[str]]]:
    text = PAGE.read_text(encoding="utf-8")
    return [(code, severities.split(", ")) for code, severities in ROW.findall(text)]


def test_every_code_is_documented_and_no_other() -> None:
    codes = [code for code, _ in documented()]

    assert sorted(codes) == sorted({code for code, _ in given()})


def test_codes_stand_in_order_within_their_chapter() -> None:
    for chapter in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]:
        codes = [code for code, _ in ROW.findall(chapter)]

        families = list(dict.fromkeys(code.partition(".")[0] for code in codes))

        assert codes
        assert codes == sorted(
            codes, key=lambda c: (families.index(c.split(".")[0]), c)
        )


def test_every_row_has_a_code_and_known_severities() -> None:
    text = PAGE.read_text(encoding="utf-8")

    rows = [line for line in text.splitlines() if line.startswith("| `")]

    assert len(rows) == len(documented())
    for _, severities in documented():
        assert severities == [one for one in SEVERITIES if one in severities]


def test_a_severity_that_the_source_gives_is_the_documented_one() -> None:
    said: dict[str, set[str]] = {}
    for code, severity in given():
        said.setdefault(code, set()).add(severity)

    for code, severities in documented():
        assert said[code] - {""} <= set(severities), code
        if "" not in said[code]:
            assert said[code] == set(severities), code
