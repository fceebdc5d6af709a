"""What a layout's templates may not do, found in their source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2

from press.adapters.jinja.environment import TEXT_SUFFIX, sandbox
from press.adapters.jinja.explain import said, shown
from press.adapters.jinja.include import named
from press.model.finding import Finding, Place, error

_STRING = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
_JINJA = re.compile(
    rf"""
    (?P<raw>\{{%[-+]?\s*raw\s*[-+]?%\}}.*?\{{%[-+]?\s*endraw\s*[-+]?%\}})
    | (?P<comment>\{{\#.*?\#\}})
    | (?P<statement>\{{%(?:{_STRING}|[^"'])*?%\}})
    | (?P<expression>\{{\{{(?:{_STRING}|[^"'])*?\}}\}})
    """,
    re.DOTALL | re.VERBOSE,
)
_SAFE = re.compile(r"\|\s*(safe)\b")
_AUTOESCAPE = re.compile(r"\{%[-+]?\s*(autoescape)\b")
_TYPED = re.compile(r"\|\s*(?:colour|mm|pt|int|float|round)\s*(?:\([^()]*\)\s*)?\}\}\Z")
#: Style sheets that MJML includes; those of web pages end in .css.j2 and use macros.
_CSS = re.compile(r"\.css\Z")
_OPENING = re.compile(r"<(!--|[A-Za-z][\w:-]*)")


def check_templates(folder: Path) -> tuple[Finding, ...]:
    """Find what a layout's templates may not do, all of it, in all files."""
    root = folder.resolve()
    environment = sandbox(root)
    return tuple(
        finding
        for path in _templates(root)
        for finding in _check_file(path, environment, root)
    )


def _templates(root: Path) -> list[Path]:
    """Return all templates: *.j2, and whatever MJML includes."""
    found = sorted(root.rglob("*.j2"))
    for path in found:  # which grows as it is read
        name = path.relative_to(root).as_posix()
        for include in named(_source(path), name):
            file = root / include
            if file.is_file() and file not in found:
                found.append(file)
    return found


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""  # which is told when the file itself is checked


def _check_file(
    path: Path, environment: jinja2.Environment, root: Path
) -> Iterator[Finding]:
    name = path.relative_to(root).as_posix()
    file = shown(root, name)
    if not path.resolve().is_relative_to(root):
        yield error(
            "template.outside",
            "this template is a link that leaves the layout's folder",
            Place(file=file),
            "put the file itself into the folder",
        )
        return
    try:
        source = path.read_text(encoding="utf-8")
        environment.compile(source, name, raw=True)
    except UnicodeDecodeError as fault:
        message = f"not UTF-8 at byte {fault.start:,}"
        hint = "save the file as UTF-8"
        yield error("template.encoding", message, Place(file=file), hint)
        return
    except RecursionError:
        message = "the template is nested too deeply to be read"
        hint = "look for many brackets in one expression"
        yield error("template.syntax", message, Place(file=file), hint)
        return
    except jinja2.TemplateSyntaxError as fault:
        # "No filter named 'safe'" is said below, with its column.
        if "'safe'" not in str(fault):
            message, hint = said(fault)
            place = Place(file=file, line=fault.lineno)
            yield error("template.syntax", message, place, hint)
    yield from _check_source(source, file)


def _check_source(source: str, file: str) -> Iterator[Finding]:
    markup = (
        None if file.endswith(TEXT_SUFFIX) else _Markup(css=bool(_CSS.search(file)))
    )
    end = 0
    for found in _JINJA.finditer(source):
        if markup:
            markup.read(source[end : found.start()])
        end = found.end()
        text = found.group()
        if found.lastgroup in {"raw", "comment"}:
            continue
        for code, offset, width, message, hint in _slips(text, markup):
            place = _place(source, found.start() + offset, width, file)
            yield error(code, message, place, hint)


def _slips(
    text: str, markup: _Markup | None
) -> Iterator[tuple[str, int, int, str, str]]:
    bare = re.sub(_STRING, lambda string: "x" * len(string.group()), text)
    if slip := _SAFE.search(bare):
        yield (
            "template.safe",
            slip.start(1),
            len("safe"),
            '"|safe" would let what an article says become markup',
            "leave it out; press marks the few values that are markup itself",
        )
    if slip := _AUTOESCAPE.match(bare):
        yield (
            "template.autoescape",
            slip.start(1),
            len("autoescape"),
            "a template may not change how values are escaped",
            f'take the block out; only files ending in "{TEXT_SUFFIX}" are plain text',
        )
    if not (markup and text.startswith("{{")):
        return
    if markup.in_tag and not markup.quote:
        yield (
            "template.unquoted",
            0,
            len(text),
            "a value inside a tag must stand in quotation marks",
            f'write name="{text}"',
        )
    if markup.in_style and not _TYPED.search(bare):
        yield (
            "template.style-value",
            0,
            len(text),
            "a value inside a style sheet must pass a filter that knows its kind",
            "end it with |colour, |mm, |pt or |int",
        )


class _Markup:
    """Where in the markup a template stands: in text, in a tag, in quotes, in style."""

    def __init__(self, *, css: bool) -> None:
        self.in_tag = False
        self.quote = ""
        self.in_style = css
        self._tag = "mj-style" if css else ""
        self._comment = False

    def read(self, text: str) -> None:
        """Read on over plain text of the template."""
        position = 0
        while position < len(text):
            if self._comment:
                position = self._skip_comment(text, position)
            elif self.in_tag:
                position = self._read_in_tag(text, position)
            else:
                position = self._read_text(text, position)

    def _skip_comment(self, text: str, position: int) -> int:
        end = text.find("-->", position)
        self._comment = end < 0
        return len(text) if end < 0 else end + 3

    def _read_in_tag(self, text: str, position: int) -> int:
        character = text[position]
        if self.quote:
            if character == self.quote:
                self.quote = ""
        elif character in "\"'":
            self.quote = character
        elif character == ">":
            self.in_tag = False
            closed_itself = text[:position].endswith("/")
            self.in_style = self._tag in _SHEETS and not closed_itself
        return position + 1

    def _read_text(self, text: str, position: int) -> int:
        if self.in_style:
            end = re.compile(rf"</{self._tag}\s*>", re.IGNORECASE).search(
                text, position
            )
            self.in_style = end is None
            return end.end() if end else len(text)
        opening = _OPENING.search(text, position)
        if opening is None:
            return len(text)
        if opening[1] == "!--":
            # A conditional comment is markup for Outlook, not a remark.
            self._comment = not text.startswith("[if", opening.end())
        else:
            self.in_tag, self._tag = True, opening[1].lower()
        return opening.end()


_SHEETS = frozenset({"style", "script", "mj-style"})


def _place(source: str, offset: int, width: int, file: str) -> Place:
    start = source.rfind("\n", 0, offset) + 1
    end = source.find("\n", offset)
    line = source[start : None if end < 0 else end]
    return Place(
        file=file,
        line=source.count("\n", 0, offset) + 1,
        column=offset - start + 1,
        width=max(1, min(width, len(line) - (offset - start))),
        source=line.rstrip("\r"),
    )
