"""Shortcuts through WeasyPrint 70: the same pages in less time.

A page of a newspaper has some five hundred lines, each set by Pango. WeasyPrint makes a
new Pango context and font description for each, sets a line of preserved text twice to
find where it ends, and once more to draw it. Here contexts are kept by style, and a line
that ends at a line feed is set once. Every function does what the one it replaces does
for our pages, and hands anything else back to it.

Private names in use: `Layout.setup`, `Layout.deactivate`, `Layout.reactivate`,
`layout.inline.split_first_line`, `layout.inline.strut`, `HTML._ua_stylesheets`, `html.UA`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import weasyprint
from weasyprint.html import UA, UA_COUNTER_STYLE
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import font_features, get_font_description

#: Rules for the footnotes, notes and markers that every element might have: a page has
#: none, and without them there is one style for an element instead of six.
_PSEUDO = re.compile(r"(?m)^::[^\n]*$")
_USUAL = weasyprint.CSS(string=_PSEUDO.sub("", UA), counter_style=UA_COUNTER_STYLE)
#: Where a text breaks besides at a line feed.
_OTHER_BREAKS = re.compile("[\t\f\r\x85\u2028\u2029]")

_setup = line_break.Layout.setup
_set_again = line_break.Layout.reactivate
_split = line_break.split_first_line


class Page(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint carries no types
    """A page's HTML, styled as usual without pseudo-elements for notes."""

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: FBT001, FBT002
        del forms
        return [_USUAL]


def take_shortcuts() -> None:
    """Use the shortcuts of this module in this process."""
    line_break.Layout.setup = setup
    line_break.Layout.deactivate = keep
    line_break.Layout.reactivate = use_again
    inline.split_first_line = split_first_line
    inline.strut = strut


@dataclass(frozen=True, slots=True)
class _Kept:
    """What layouts of one style share; `attributes` only if none of them changes it."""

    context: Any
    description: Any
    language: Any
    features: bytes
    attributes: Any


def setup(layout: Any, style: Any) -> None:
    """Prepare a Pango layout with the context that its style has used before."""
    if style["text_decoration_line"] != "none":
        _setup(layout, style)
        return
    kept = vars(style).get("press_kept")
    if kept is None:
        kept = vars(style)["press_kept"] = _keep_for(layout, style)
    layout.style, layout.language = style, kept.language
    layout.first_line_direction = 0
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.layout = ffi.gc(pango.pango_layout_new(kept.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)  # noqa: FBT003
    pango.pango_layout_set_font_description(layout.layout, kept.description)
    attributes = kept.attributes
    if kept.features and attributes is None:
        attributes = _attributes(style, kept.features)
    if attributes is not None:
        pango.pango_layout_set_attributes(layout.layout, attributes)


def _keep_for(layout: Any, style: Any) -> _Kept:
    kept = vars(style.font_config).setdefault("press_kept", {})
    spaced = style["letter_spacing"] != "normal" or bool(style["word_spacing"])
    key = (
        line_break._font_style_cache_key(style),  # noqa: SLF001
        style["font_size"],
        style["font_kerning"],
        style["direction"],
        spaced,
    )
    if key not in kept:
        _setup(layout, style)  # finds language and features
        context = ffi.gc(
            pango.pango_font_map_create_context(style.font_config.font_map),
            gobject.g_object_unref,
        )
        pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003
        direction = line_break.PANGO_DIRECTION[style["direction"]]
        pango.pango_context_set_base_dir(context, direction)
        if style["lang"] or style["font_language_override"] != "normal":
            pango.pango_context_set_language(context, layout.language)
        features = _features(style)
        kept[key] = _Kept(
            context=context,
            description=get_font_description(style),
            language=layout.language,
            features=features,
            attributes=_attributes(style, features)
            if features and not spaced
            else None,
        )
    found: _Kept = kept[key]
    return found


def _features(style: Any) -> bytes:
    names = ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")
    features = font_features(
        style["font_kerning"],
        *(style[f"font_variant_{name}"] for name in names),
        style["font_feature_settings"],
    )
    return ",".join(f"{name} {value}" for name, value in features.items()).encode()


def _attributes(style: Any, features: bytes) -> Any:
    attribute = style.font_config.font_features.setdefault(
        features, pango.pango_attr_font_features_new(features)
    )
    attributes = pango.pango_attr_list_new()
    pango.pango_attr_list_insert(attributes, attribute)
    return attributes


def keep(layout: Any) -> None:
    """Keep a layout that WeasyPrint would free: it is drawn as it was laid out."""
    del layout


def use_again(layout: Any, style: Any) -> None:
    """Draw a layout as it was laid out; only WeasyPrint's own justifying sets it anew.

    Args:
        layout: The layout.
        style: The style of its text.
    """
    if layout.justification_spacing or style is not layout.style:
        _set_again(layout, style)


def strut(style: Any) -> tuple[float, float]:
    """Return a style's line height and baseline, found once for every style."""
    found: tuple[float, float] | None = vars(style).get("press_strut")
    if found is None:
        found = vars(style)["press_strut"] = line_break.strut(style)
    return found


def split_first_line(  # noqa: PLR0913, PLR0917  (WeasyPrint's own)
    text: str,
    style: Any,
    context: Any,
    max_width: Any,
    justification_spacing: float,
    is_line_start: bool = True,  # noqa: FBT001, FBT002
    minimum: bool = False,  # noqa: FBT001, FBT002
) -> tuple[Any, int, int | None, float, float, float]:
    """Return the first line of a text, what is left, and its metrics.

    A line of preserved text ends at its line feed, without trying.
    """
    line, feed, _ = text.partition("\n")
    if style["white_space"] != "pre" or not line or _OTHER_BREAKS.search(line):
        found: tuple[Any, int, int | None, float, float, float] = _split(
            text,
            style,
            context,
            max_width,
            justification_spacing,
            is_line_start=is_line_start,
            minimum=minimum,
        )
        return found
    layout = line_break.Layout(style, justification_spacing, max_width)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # noqa: FBT003
    layout.set_text(line)
    first, _ = layout.get_first_line()
    width, height = line_break.line_size(first, style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    stop = len(line.encode()) + 1 if feed else None
    return layout, first.length, stop, width, height, baseline
