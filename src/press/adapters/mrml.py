"""MJML made into HTML by mrml, and style sheets written into elements by css_inline.

Traps, all measured with mjml-python 1.4.2: without a mapping of its own the engine
links a font of Google's into every mail; css_inline fetches remote style sheets and
throws media queries away unless it is told otherwise. Includes are not served: the
templates have their own, which are confined to the layout's folder.
"""

from __future__ import annotations

import re

import css_inline
from mjml import mjml2html

from press.model.errors import EngineError

#: "… at position 24:34": first and last byte of what the engine refuses.
_POSITION = re.compile(r"position (\d+)(?::\d+)?")


class MrmlRenderer:
    """Turns MJML into the HTML that mail programs understand."""

    def render(self, mjml: str, styles: str) -> str:
        """Return HTML; `styles` are inlined into it.

        Raises:
            EngineError: The engine refuses the MJML; with the offset where it says so.
        """
        return _inlined(_compiled(mjml), styles)


def _compiled(mjml: str) -> str:
    try:
        return str(
            mjml2html(mjml, disable_comments=True, fonts={}, include_loader=None)
        )
    except ValueError as fault:
        message = f"the mail engine refuses the digest: {fault}"
        raise EngineError(message, offset=_offset(fault, mjml)) from fault
    except BaseException as fault:
        if not _is_panic(fault):
            raise
        message = f"the mail engine broke: {fault}"
        raise EngineError(message) from fault


def _is_panic(fault: BaseException) -> bool:
    """Whether Rust code panicked; the class cannot be imported to be caught by name."""
    return type(fault).__module__ == "pyo3_runtime"


def _inlined(html: str, styles: str) -> str:
    inliner = css_inline.CSSInliner(
        inline_style_tags=False,
        keep_style_tags=True,
        keep_link_tags=True,
        load_remote_stylesheets=False,
        extra_css=styles,
    )
    try:
        return str(inliner.inline(html))
    except ValueError as fault:  # InlineError is one
        message = f"the digest's inline styles cannot be read: {fault}"
        hint = 'look at <mj-style inline="inline"> in the template'
        raise EngineError(message, hint=hint) from fault


def _offset(fault: ValueError, mjml: str) -> int | None:
    """Return the offset in characters that the engine gives in octets."""
    if isinstance(fault, UnicodeEncodeError):  # it never reached the engine
        return fault.start
    found = _POSITION.search(str(fault))
    if found is None:
        return None
    return len(mjml.encode()[: int(found[1])].decode(errors="ignore"))
