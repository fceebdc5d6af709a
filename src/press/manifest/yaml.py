"""Strict YAML: every value a text with its place, and every fault in one go.

YAML 1.2 without anchors, aliases, merge keys and tags: what an editor writes is what
press reads, `no` and `08` included. Faults of syntax are mended in memory as they were
most likely meant, so that one run tells all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from press.manifest.character import (
    HIDDEN,
    INVISIBLE_SPACES,
    UNPRINTABLE,
    is_blank,
    name_of,
    unshielded,
    without_hidden,
)
from press.manifest.draft import Draft, Fault
from press.manifest.line_fault import find_line_faults
from press.manifest.source import MANIFEST_LIMIT, MEGABYTE, Source
from press.manifest.syntax import find_bad_escape, find_fault
from press.manifest.tree import Entry, Mapping, Node, Scalar, Sequence, Spot, Tree
from press.model.finding import Checked, Finding, Place, error, warning

DEEPEST = 50
MOST_FAULTS = 40
MOST_READ = 500_000
SWALLOWED = re.compile(r"\s+#(?=[^\s#])")
ITEM = re.compile(r"\s*-\s")
NO_BREAK = re.compile(r":[\u00a0\u2007\u202f\u3000]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterCodes:
    """The codes of findings about characters that do not belong in a text."""

    control: str
    hidden: str


IN_SETTINGS = CharacterCodes(
    control="manifest.control-character", hidden="manifest.invisible-character"
)
IN_ARTICLES = CharacterCodes(
    control="article.control-character", hidden="article.invisible-character"
)


def read_tree(
    source: Source,
    *,
    first: int = 0,
    last: int | None = None,
    codes: CharacterCodes = IN_SETTINGS,
) -> Checked[Tree]:
    """Read a file, or some lines of it, as YAML.

    Args:
        source: The file.
        first: The first line to read, counted from 0.
        last: The line to stop before; None reads to the end.
        codes: What findings about odd characters are filed under.

    Returns:
        The settings; None where syntax leaves them in doubt. Findings of syntax do
        not always: most are mended, so that the settings can be checked as well.
    """
    lines = ["" for _ in range(first)] + list(source.lines[first:last])
    length = sum(map(len, lines))
    if length > MANIFEST_LIMIT:
        limit = MANIFEST_LIMIT // MEGABYTE
        message = f"these settings are longer than the limit of {limit} MB"
        return Checked(
            value=None,
            findings=(error("manifest.file", message, source.place(first)),),
        )
    draft = Draft(source=source, lines=lines)
    findings: dict[int, Finding] = {}
    # Each fault that is mended has the file read once more.
    for _ in range(min(MOST_FAULTS, 1 + MOST_READ // (length + 1))):
        composer = _Composer(draft=draft, codes=codes)
        try:
            root = composer.compose()
        except MarkedYAMLError as problem:
            faults = find_line_faults(draft, frozenset(findings))
            faults = faults or [find_fault(problem, draft)]
        except (ValueError, OverflowError):
            # ruamel lets these through for an escape beyond the last character.
            faults = find_bad_escape(draft)
        else:
            return _finished(root, composer, findings)
        if not _mend(draft, faults, findings):
            break
    return Checked(value=None, findings=tuple(_in_order(findings)))


def _mend(draft: Draft, faults: list[Fault], findings: dict[int, Finding]) -> bool:
    """Note faults and mend their lines; False where that does not help."""
    goes_on = True
    for fault in faults:
        if fault.line in findings:
            return False
        findings[fault.line] = fault.finding
        if fault.mending is None:
            goes_on = False
        else:
            draft.mend(fault.mending)
        for mending in fault.followers:
            draft.mend(mending)
    return goes_on and bool(faults)


def _finished(
    root: Node | None, composer: _Composer, findings: dict[int, Finding]
) -> Checked[Tree]:
    every = (*_in_order(findings), *composer.findings)
    if root is None or not composer.draft.sure:
        return Checked(value=None, findings=every)
    return Checked(value=Tree(root=root, source=composer.draft.source), findings=every)


def _in_order(findings: dict[int, Finding]) -> Iterator[Finding]:
    return (findings[line] for line in sorted(findings))


@dataclass(slots=True, kw_only=True)
class _List:
    """A list that is still being read."""

    start: Event
    items: list[Node] = field(default_factory=list)

    def closed(self, spot: Spot) -> Node:
        return Sequence(items=tuple(self.items), spot=spot)


@dataclass(slots=True, kw_only=True)
class _Settings:
    """Settings that are still being read; `key` waits for its value."""

    start: MappingStartEvent
    entries: dict[str, Entry] = field(default_factory=dict)
    key: Scalar | None = None

    def closed(self, spot: Spot) -> Node:
        flow = bool(self.start.flow_style)
        return Mapping(entries=tuple(self.entries.values()), spot=spot, flow=flow)


_Open: TypeAlias = _List | _Settings


@dataclass(slots=True, kw_only=True)
class _Composer:
    """Makes a tree of the parser's events, without recursion."""

    draft: Draft
    codes: CharacterCodes
    findings: list[Finding] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _root: Node | None = None
    _documents: int = 0

    def compose(self) -> Node | None:
        """Return the tree on top; None for an empty file or one nested too deep."""
        for event in YAML(typ="safe", pure=True).parse(self.draft.text()):
            if not self._take(event):
                break
        return self._root

    def _take(self, event: Event) -> bool:
        """Take the parser's next word; False where there is no sense in going on."""
        match event:
            case DocumentStartEvent():
                return self._begin_document(event)
            case MappingStartEvent() | SequenceStartEvent():
                return self._descend(event)
            case MappingEndEvent() | SequenceEndEvent():
                done = self._open.pop()
                self._add(done.closed(self._spot(done.start, event)), event)
            case ScalarEvent():
                self._refuse_specials(event)
                self._add(self._scalar(event), event)
            case AliasEvent():
                self._refuse(event, "manifest.anchor", f"“*{event.anchor}” is an alias")
                self._add(Scalar(text="", spot=self._spot(event, event)), event)
            case _:
                pass
        return True

    def _begin_document(self, event: DocumentStartEvent) -> bool:
        self._documents += 1
        if event.version or event.tags:
            first = next(
                n for n, text in enumerate(self.draft.lines) if text[:1] == "%"
            )
            finding = error(
                "manifest.syntax",
                "lines that begin with “%” are not used here",
                self.draft.source.whole(first),
                "delete the line",
            )
            self.findings.append(finding)
        if self._documents > 1:
            self._say(
                event,
                "manifest.syntax",
                "a second document begins here, which would not be read",
                "delete the line “---” or “...”",
            )
        return self._documents == 1

    def _descend(self, event: MappingStartEvent | SequenceStartEvent) -> bool:
        self._refuse_specials(event)
        if isinstance(event, SequenceStartEvent):
            self._open.append(_List(start=event))
        else:
            self._open.append(_Settings(start=event))
        if len(self._open) <= DEEPEST:
            return True
        self._say(
            event,
            "manifest.too-deep",
            f"lists and settings are nested more than {DEEPEST} deep here",
            "is a bracket left open?",
        )
        return False

    def _add(self, node: Node, event: Event) -> None:
        if not self._open:
            self._root = node
            return
        top = self._open[-1]
        if isinstance(top, _List):
            top.items.append(node)
        elif top.key is None:
            top.key = self._key(node, event)
        else:
            self._enter(top, top.key, node)
            top.key = None

    def _key(self, node: Node, event: Event) -> Scalar:
        if isinstance(node, Scalar):
            if not node.quoted and node.text[:1] in INVISIBLE_SPACES and node.text:
                self._say(
                    event,
                    "manifest.syntax",
                    "an invisible no-break space is used to indent this line",
                    "it usually comes by pasting from a word processor;"
                    " retype the spaces",
                )
                self.draft.sure = False
            return node
        self._say(
            event,
            "manifest.syntax",
            "a list or settings cannot be the name of a setting",
            "put text that begins with a bracket in quotes",
        )
        self.draft.sure = False
        return Scalar(text="", spot=node.spot)

    def _enter(self, top: _Settings, key: Scalar, value: Node) -> None:
        first = top.entries.get(key.text)
        if key.text == "<<" and not key.quoted:
            message, hint = (
                "merge keys (<<) are not used here",
                "write the settings out",
            )
            self._say_at(key.spot, "manifest.anchor", message, hint)
        elif first is None:
            top.entries[key.text] = Entry(key=key, value=value)
        else:
            line = first.key.spot.line + 1
            message = f"“{key.text}” is given twice (first on line {line})"
            hint = "delete one of them"
            self._say_at(key.spot, "manifest.duplicate-key", message, hint)

    def _scalar(self, event: ScalarEvent) -> Scalar:
        spot = self._spot(event, event)
        plain = event.style is None
        if plain and event.value:
            self._doubt(event, spot.line)
        text = self._printable(unshielded(event.value), spot)
        return Scalar(text=text, spot=spot, quoted=not plain)

    def _printable(self, text: str, spot: Spot) -> str:
        """Take out what cannot be printed, with a finding for the first of it."""
        if found := UNPRINTABLE.search(text):
            message = f"{self._named()} holds {name_of(found[0])}"
            finding = error(
                self.codes.control,
                f"{message}, which cannot be printed",
                self._place_of(found[0], spot),
                "delete it",
            )
            self.findings.append(finding)
            text = UNPRINTABLE.sub("", text)
        if not is_blank(text) and (found := HIDDEN.search(text)):
            message = f"{self._named()} holds {name_of(found[0])}"
            finding = warning(
                self.codes.hidden,
                f"{message}, which does not show; it is taken out",
                self._place_of(found[0], spot),
                "it usually comes by pasting; write the words anew",
            )
            self.findings.append(finding)
            text = without_hidden(text)
        return text

    def _named(self) -> str:
        top = self._open[-1] if self._open else None
        key = top.key.text if isinstance(top, _Settings) and top.key else ""
        what = {"": "this", "title": "the headline", "headline": "the headline"}
        return what.get(key, f"“{key}”")

    def _place_of(self, character: str, spot: Spot) -> Place:
        """Return the place of a character; of the whole text if it is an escape."""
        source = self.draft.source
        column = source.lines[spot.line].find(character, spot.column)
        if column >= 0:
            return source.place(spot.line, column)
        return source.place(spot.line, spot.column, spot.width)

    def _doubt(self, event: ScalarEvent, start: int) -> None:
        """Look for what YAML takes in silence and nobody means."""
        line, column = self.draft.position(event.end_mark.index)
        if NO_BREAK.search(event.value):
            self._say(
                event,
                "manifest.syntax",
                "an invisible no-break space stands after the colon",
                "it usually comes by pasting from a word processor; retype the space",
            )
        is_item = ITEM.match(self.draft.lines[start])
        for below in range(start + 1, line + 1) if is_item else ():
            if ITEM.match(self.draft.lines[below]):
                finding = error(
                    "manifest.syntax",
                    "this list item is indented deeper than the text above it,"
                    " and so becomes a part of that text",
                    self.draft.source.whole(below),
                    "line the dashes up",
                )
                self.findings.append(finding)
        if column and (found := SWALLOWED.match(self.draft.lines[line], column)):
            at = self.draft.original(line, found.end())
            self.findings.append(
                warning(
                    "manifest.comment",
                    "from “#” on this is a comment, and not part of the value",
                    self.draft.source.place(line, max(0, at - 1), 2),
                    "put the whole value in quotes; or write a space after “#”",
                )
            )

    def _refuse_specials(self, event: NodeEvent) -> None:
        if event.anchor:
            self._refuse(event, "manifest.anchor", f"“&{event.anchor}” is an anchor")
        if getattr(event, "tag", None):
            self._refuse(event, "manifest.tag", "“!” begins a YAML tag")

    def _refuse(self, event: Event, code: str, what: str) -> None:
        hint = "a text that begins with this character stands in quotes"
        self._say(event, code, f"{what}, which is not used here", hint)

    def _say(self, event: Event, code: str, message: str, hint: str) -> None:
        self._say_at(self._spot(event, event), code, message, hint)

    def _say_at(self, spot: Spot, code: str, message: str, hint: str) -> None:
        place = self.draft.source.place(spot.line, spot.column, spot.width)
        self.findings.append(error(code, message, place, hint))

    def _spot(self, start: Event, end: Event) -> Spot:
        line, column = self.draft.position(start.start_mark.index)
        last, stop = self.draft.position(end.end_mark.index)
        if last != line:
            stop = len(self.draft.lines[line].rstrip())
        at = self.draft.original(line, column)
        return Spot(line=line, column=at, width=max(1, stop - column))
