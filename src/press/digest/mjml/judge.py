"""What is wrong with MJML: its tags, where they stand and what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from press.digest.mjml.attribute import faults_of
from press.digest.mjml.comment import is_conditional, is_whole
from press.digest.mjml.components import (
    COMPONENTS,
    NOT_RAW,
    Component,
    Content,
    Holding,
    holding,
)
from press.digest.mjml.fault import Fault, nearest
from press.digest.mjml.kinds import listed
from press.digest.mjml.token import VOID, Kind, Tag, Token
from press.digest.mjml.whole import Whole
from press.model.finding import Severity
from press.model.template import Filled

#: How deep tags may be nested, those of HTML included. The engine ends the process at
#: about 9,000; in a thread with a small stack at a sixteenth of that.
DEEPEST: Final = 200

#: Of tags that are never closed, so many are told.
_MANY: Final = 20

_TAGS: Final = tuple(COMPONENTS)

#: What a tag may hold; what holds no text, what holds some, and in what a tag of MJML is misplaced.
_HTML: Final = Content.HTML
_TEXT: Final = Content.TEXT
_TEXTLESS: Final = (Content.TAGS, Content.NOTHING)
_WORDY: Final = (_HTML, _TEXT)
_UNJUDGED: Final = (_HTML, None)
#: Tags of MJML that the engine refuses wherever they stand.
_REFUSED: Final = frozenset({"mj-html-attributes"})


@dataclass(slots=True)
class _Open:
    """A tag that is open: `component` is None for HTML and for unknown tags."""

    name: str
    start: int
    component: Component | None
    content: Content | None
    #: The component in whose HTML it stands, or which it is.
    inside: str
    #: The line of a tag of HTML that was refused here already, by its start.
    told: bool = False


@dataclass(kw_only=True)
class Judge:
    """Reads MJML from tag to tag and finds all that is wrong with it."""

    filled: Filled
    faults: list[Fault] = field(default_factory=list)
    #: Tags that are open, the innermost last.
    open: list[_Open] = field(default_factory=list)
    whole: Whole = field(default_factory=Whole)

    def judge(self, tokens: Iterable[Token]) -> tuple[Fault, ...]:
        """Find what is wrong with all of the tokens."""
        readers: dict[Kind, Callable[[Token], None]] = {
            Kind.TEXT: self._text,
            Kind.RAW: self._raw,
            Kind.START: self._start,
            Kind.END: self._end,
            Kind.COMMENT: self._comment,
        }
        for token in tokens:
            if token.fault:
                self.faults.append(token.fault)
            if token.kind in readers:
                readers[token.kind](token)
            if len(self.open) > DEEPEST:
                return self._too_deep()
        for one in self.open[:_MANY]:
            message = f"<{one.name}> is never closed"
            self._fault("digest.markup", message, one.start, len(one.name) + 1, None)
        self.faults += self.whole.faults(self.filled)
        return tuple(sorted(self.faults, key=lambda fault: fault.offset))

    def _too_deep(self) -> tuple[Fault, ...]:
        """Stop: what is wrong further in or further on would bury the one mistake."""
        last = self.open[-1]
        message = f"tags are nested more than {DEEPEST} deep"
        self.faults.clear()
        self._fault(
            "digest.depth", message, last.start, len(last.name) + 1, "take some out"
        )
        return tuple(self.faults)

    # --- Text and comments

    def _text(self, token: Token) -> None:
        last = self.open[-1] if self.open else None
        if last and last.content not in _TEXTLESS:
            return
        text = token.text
        if text.isspace():
            return
        start = token.start + len(text) - len(text.lstrip())
        width = len(text.strip().partition("\n")[0])
        if last is None:
            message = "text stands outside <mjml>"
            self._fault("digest.markup", message, start, width, "take it out")
            return
        self._fault(
            "digest.dropped-text",
            f"text stands directly in <{last.name}>, where it is dropped",
            start,
            width,
            "put it into <mj-text>"
            if last.content is Content.TAGS
            else f"<{last.name}> holds nothing; take it out",
        )

    def _raw(self, token: Token) -> None:
        offset = self.filled.text.find("<", token.start, token.end)
        if offset >= 0 and self.open:
            name = self.open[-1].name
            self._fault(
                "digest.markup", f'<{name}> holds "<"', offset, 1, "take it out"
            )

    def _comment(self, token: Token) -> None:
        text = token.text[4:-3]
        if is_conditional(token.text):
            self._judge_condition(token)
        elif "--" in text:
            message, hint = 'this comment holds "--"', "take it out"
            self._fault(
                "digest.markup", message, token.start, 4, hint, Severity.WARNING
            )

    def _judge_condition(self, token: Token) -> None:
        last = self.open[-1] if self.open else None
        if last and last.inside and holding(last.inside) is Holding.NOT:
            self._unsupported(
                f"a comment for Outlook inside <{last.inside}>",
                token.start,
                "put it into <mj-text> or <mj-raw>",
            )
        if not is_whole(token.text):
            message = "this comment for Outlook cannot be read"
            hint = "write <!--[if mso]> ... <![endif]-->"
            self._fault("digest.markup", message, token.start, 4, hint)

    # --- Tags

    def _start(self, token: Token) -> None:
        tag = token.tag
        if tag is None:
            return
        start = token.start
        component = COMPONENTS.get(tag.name)
        last = self.open[-1] if self.open else None
        if not token.fault:
            for fault in faults_of(token.text):
                self.faults.append(fault.moved(start))
            if component:
                self.whole.read(tag, start, last.name if last else "")
                self._judge_tag(tag, start)
        told = self._judge_place(tag.name, component, start, last)
        if not tag.empty:
            self.open.append(_opened(tag.name, start, component, last, told=told))

    def _judge_tag(self, tag: Tag, start: int) -> None:
        """Find what the engine cannot do, though MJML can."""
        if tag.name in _REFUSED:
            hint = "write the attributes into the elements"
            self._unsupported(f"<{tag.name}>", start, hint)
        elif tag.name == "mj-raw" and tag.get("position"):
            self._unsupported('position="file-start"', start, "take it out")
        elif tag.name == "mj-hero" and tag.get("mode") == "fluid-height":
            message = 'the mail engine drops mode="fluid-height" of <mj-hero>'
            hint = 'write mode="fixed-height" and a height'
            width = len(tag.name) + 1
            self._fault(
                "digest.attribute-dropped",
                message,
                start,
                width,
                hint,
                Severity.WARNING,
            )

    def _judge_place(
        self, name: str, component: Component | None, start: int, last: _Open | None
    ) -> bool:
        """Find out whether a tag may stand where it does; whether HTML was refused."""
        width = len(name) + 1
        if component is None and name.startswith("mj"):
            self._unknown(name, start)
        elif last is None:
            if name != "mjml":
                message = f"<{name}> stands outside <mjml>"
                self._fault("digest.markup", message, start, width, None)
        elif component is None:
            return self._judge_html(name, start, last)
        elif last.content in _WORDY:
            message = f"<{name}> cannot stand in <{last.inside}>, which holds "
            message += "HTML" if last.content is _HTML else "text"
            hint = f"close <{last.inside}> before it"
            self._fault("digest.nesting", message, start, width, hint)
        elif last.component:
            self._judge_nesting(component, start, last)
        return False

    def _judge_nesting(self, component: Component, start: int, last: _Open) -> None:
        name = component.name
        if name == "mj-raw" and last.name in NOT_RAW:
            self._unsupported(f"<mj-raw> in <{last.name}>", start, "take it out")
        elif last.name == "mj-class":
            hint = "give the other tag an mj-class of its own"
            self._unsupported("a tag inside <mj-class>", start, hint)
        elif last.name not in (*component.parents, "mj-attributes"):
            self._fault(
                "digest.nesting",
                f"<{name}> cannot stand in <{last.name}>",
                start,
                len(name) + 1,
                f"it stands in {listed([f'<{parent}>' for parent in component.parents])}"
                if component.parents
                else "it stands once, around everything; a file that is included holds "
                "only what belongs where it is included",
            )

    def _judge_html(self, name: str, start: int, last: _Open) -> bool:
        """Refuse HTML where only tags of MJML may stand, once on a line."""
        if last.content is _HTML or (last.content is None and not last.told):
            return False
        if last.content is _TEXT:
            message = f"<{name}> stands in <{last.name}>, which holds text alone"
            self._fault("digest.nesting", message, start, len(name) + 1, "take it out")
            return False
        if not last.told or "\n" in self.filled.text[last.start : start]:
            message = f"<{name}> is HTML and cannot stand in <{last.inside}>"
            hint = "put it into <mj-text> or <mj-raw>"
            self._fault("digest.nesting", message, start, len(name) + 1, hint)
        return True

    def _unknown(self, name: str, start: int) -> None:
        width = len(name) + 1
        if name == "mj-include":
            message = "this <mj-include> was not read"
            hint = 'write <mj-include path="part.mjml" /> into the template itself'
            self._fault("digest.include", message, start, width, hint)
            return
        message = f'"{name}" is not an MJML tag'
        self._fault("digest.unknown-tag", message, start, width, nearest(name, _TAGS))

    def _end(self, token: Token) -> None:
        if token.tag is None:
            return
        name, width = token.tag.name, len(token.tag.name) + 2
        if self.open and self.open[-1].name == name:
            self.open.pop()
            return
        if not any(one.name == name for one in self.open):
            hint = f"<{name}> holds nothing" if name in VOID else "take it out"
            message = f"</{name}> closes nothing"
            self._fault("digest.markup", message, token.start, width, hint)
            return
        last = self.open[-1]
        place = self.filled.place_of(last.start)
        message = f"</{name}> stands where <{last.name}> ({place}) is open"
        hint = f"close <{last.name}> before it"
        self._fault("digest.markup", message, token.start, width, hint)
        while self.open.pop().name != name:
            pass

    # --- Findings

    def _unsupported(self, what: str, offset: int, hint: str) -> None:
        message = f"the mail engine cannot read {what}"
        self._fault("digest.unsupported", message, offset, 1, hint)

    def _fault(
        self,
        code: str,
        message: str,
        offset: int,
        width: int,
        hint: str | None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.faults.append(
            Fault(
                offset=offset,
                width=width,
                code=code,
                message=message,
                hint=hint,
                severity=severity,
            )
        )


def _opened(
    name: str,
    start: int,
    component: Component | None,
    last: _Open | None,
    *,
    told: bool,
) -> _Open:
    if component is None:
        html = last and last.content is _HTML and not name.startswith("mj")
        content = _HTML if html else None
        return _Open(name, start, None, content, last.inside if last else "", told)
    content = component.content
    if last and last.name == "mj-attributes":
        content = Content.NOTHING
    if last and last.content in _UNJUDGED:
        content = None  # it is misplaced, and what it holds is not judged
    return _Open(name, start, component, content, name, told)
