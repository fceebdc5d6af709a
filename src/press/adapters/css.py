"""tinycss2: what a layout's style sheets may not do, because it would not print.

WeasyPrint 70 breaks on some of it (gradients, shadows and bevelled borders in ink), and
drops or spoils the rest without a word: colours of screens, transparency, its own marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tinycss2
import tinycss2.ast
import tinycss2.color3

from press.model.finding import Finding, Place, error

_INK = "device-cmyk"
_SCREEN = {"rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"}
_MIXED = {"color-mix", "light-dark"}
_BEVELLED = {"ridge", "groove", "inset", "outset"}
_PLAIN = {"none", "normal", "0", "initial", "unset", "inherit"}
#: Properties whose value may name a colour.
_COLOURED = (
    "color",
    "background",
    "border",
    "outline",
    "column-rule",
    "fill",
    "stroke",
)
_COLOURED_PARTS = ("text-decoration", "text-emphasis", "box-shadow", "text-shadow")
#: Properties of which nothing but a plain value prints.
_REFUSED = {
    "opacity": "makes what it stands on transparent",
    "fill-opacity": "makes a drawing transparent",
    "stroke-opacity": "makes a drawing transparent",
    "mix-blend-mode": "mixes with what lies below",
    "background-blend-mode": "mixes with what lies below",
    "filter": "cannot be printed",
    "backdrop-filter": "cannot be printed",
    "mask": "is transparent",
    "mask-image": "is transparent",
    "border-image": "is made of a picture of the screen",
    "border-image-source": "is made of a picture of the screen",
    "marks": "would stand inside the bleed, in colours of the screen",
    "bleed": "is set from printer.yaml",
}
_SHADOWS = {"box-shadow", "text-shadow"}
_SHADOW_BLUR = 2  #: Which of a shadow's lengths is its blur.
_INK_HINT = "use a colour of the palette: var(--accent)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A style sheet while it is checked."""

    file: str
    lines: Sequence[str]
    names: frozenset[str]

    def refuse(self, node: tinycss2.ast.Node, what: str, hint: str) -> Finding:
        """Return what may not be, at its place."""
        line, column = node.source_line, node.source_column
        source = self.lines[line - 1] if line <= len(self.lines) else ""
        return error(
            "layout.style",
            what,
            Place(file=self.file, line=line, column=column, source=source),
            hint,
        )


def check_style_sheets(folder: Path, colours: Iterable[str]) -> tuple[Finding, ...]:
    """Find what a layout's style sheets may not do, all of it, in all files.

    Args:
        folder: The layout's folder.
        colours: Names of its palette.
    """
    findings: list[Finding] = []
    for path in sorted(folder.resolve().glob("*.css")):
        text = path.read_text(encoding="utf-8", errors="replace")
        rules = list(_declarations(tinycss2.parse_stylesheet(text, skip_comments=True)))
        own = {rule.name[2:] for rule in rules if rule.name.startswith("--")}
        sheet = _Sheet(
            file=f"layouts/{folder.name}/{path.name}",
            lines=text.splitlines(),
            names=frozenset({*colours, *own, "line"}),
        )
        for rule in rules:
            findings += _check(rule, sheet)
        # A broken rule is dropped by WeasyPrint, and nobody sees why.
        findings += _broken(tinycss2.parse_stylesheet(text), sheet)
    return tuple(findings)


def _declarations(
    rules: Iterable[tinycss2.ast.Node],
) -> Iterator[tinycss2.ast.Declaration]:
    for rule in rules:
        if rule.type == "declaration":
            yield rule
        elif getattr(rule, "content", None) is not None:
            yield from _declarations(tinycss2.parse_blocks_contents(rule.content))


def _broken(rules: Iterable[tinycss2.ast.Node], sheet: _Sheet) -> Iterator[Finding]:
    for rule in rules:
        if rule.type == "error":
            yield sheet.refuse(rule, f"this is not CSS: {rule.message}", "correct it")
        elif getattr(rule, "content", None) is not None:
            yield from _broken(tinycss2.parse_blocks_contents(rule.content), sheet)


def _check(rule: tinycss2.ast.Declaration, sheet: _Sheet) -> Iterator[Finding]:
    name = rule.lower_name
    words = [node for node in rule.value if node.type not in {"whitespace", "comment"}]
    if name in _REFUSED and not _is_plain(words):
        reason = _REFUSED[name]
        yield sheet.refuse(
            rule, f"“{name}” {reason}: it does not print", "leave it out"
        )
    for node in _flat(words):
        yield from _check_value(node, sheet)
    if _names_colours(name):
        yield from _screen_words(words, sheet)
    if name.startswith(("border", "outline", "column-rule")):
        yield from _bevels(words, sheet)
    if name in _SHADOWS:
        yield from _blurs(words, sheet)


def _is_plain(words: Sequence[tinycss2.ast.Node]) -> bool:
    text = "".join(word.serialize() for word in words).lower()
    return text in _PLAIN or text in {"1", "100%"}


def _names_colours(name: str) -> bool:
    return name.startswith((*_COLOURED, *_COLOURED_PARTS, "--")) or name.endswith(
        "-color"
    )


def _flat(nodes: Iterable[tinycss2.ast.Node]) -> Iterator[tinycss2.ast.Node]:
    """Yield values and what stands in their brackets, but of ink."""
    for node in nodes:
        yield node
        if node.type == "function" and node.lower_name != _INK:
            yield from _flat(node.arguments)


def _check_value(node: tinycss2.ast.Node, sheet: _Sheet) -> Iterator[Finding]:
    if node.type == "function":
        yield from _check_function(node, sheet)
    elif node.type == "url":
        yield sheet.refuse(
            node, "a picture behind text is not prepared for print", "use <img>"
        )


def _check_function(
    node: tinycss2.ast.FunctionBlock, sheet: _Sheet
) -> Iterator[Finding]:
    name = node.lower_name
    if name.endswith("gradient"):
        message = "a gradient cannot be drawn in ink: WeasyPrint breaks on it"
        yield sheet.refuse(node, message, "use a plain colour, or a picture")
    elif name in _SCREEN | _MIXED:
        message = f"{name}() is a colour of screens, which does not print as it looks"
        yield sheet.refuse(node, message, _INK_HINT)
    elif name == _INK and any(
        one.type == "literal" and one.value == "/" for one in node.arguments
    ):
        message = "ink with transparency does not print"
        yield sheet.refuse(node, message, "mix a lighter ink: device-cmyk(0 0 0 .2)")
    elif name == "var":
        yield from _check_name(node, sheet)


def _check_name(node: tinycss2.ast.FunctionBlock, sheet: _Sheet) -> Iterator[Finding]:
    names = [one.value for one in node.arguments if one.type == "ident"]
    if names and names[0].removeprefix("--") not in sheet.names:
        yield sheet.refuse(
            node,
            f"there is no colour “{names[0].removeprefix('--')}”",
            f"the palette has {', '.join(sorted(sheet.names - {'line'}))}",
        )


def _screen_words(
    words: Sequence[tinycss2.ast.Node], sheet: _Sheet
) -> Iterator[Finding]:
    for node in words:
        if node.type == "hash" or (
            node.type == "ident"
            and isinstance(tinycss2.color3.parse_color(node), tinycss2.color3.RGBA)
        ):
            shown = node.serialize()
            if shown.lower() == "transparent":
                message, hint = "“transparent” does not print", "use none"
            else:
                message = f"“{shown}” is a colour of screens"
                hint = _INK_HINT
            yield sheet.refuse(node, message, hint)


def _bevels(words: Sequence[tinycss2.ast.Node], sheet: _Sheet) -> Iterator[Finding]:
    for node in words:
        if node.type == "ident" and node.lower_value in _BEVELLED:
            message = f"a border of the kind “{node.value}” cannot be drawn in ink"
            yield sheet.refuse(node, message, "use solid, dotted or double")


def _blurs(words: Sequence[tinycss2.ast.Node], sheet: _Sheet) -> Iterator[Finding]:
    lengths = [node for node in words if node.type in {"dimension", "number"}]
    if len(lengths) > _SHADOW_BLUR and lengths[_SHADOW_BLUR].value:
        message = "a blurred shadow cannot be drawn in ink: WeasyPrint breaks on it"
        yield sheet.refuse(lengths[_SHADOW_BLUR], message, "leave the blur out")
