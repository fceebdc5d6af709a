"""The style sheet that follows from layout.yaml: faces, styles, colours, the grid."""

from __future__ import annotations

from press.model.layout import Layout
from press.model.type import CODE_SIZE, TypeStyle, script_size

#: What keeps set lines where the composer put them. Layouts must not undo it.
CORE = """
@page { size: %(width)s %(height)s; margin: 0; bleed: %(bleed)s; }
html, body { margin: 0; padding: 0; }
body { position: relative; width: %(width)s; height: %(height)s; bookmark-level: none; }
h1, h2, h3, h4, p, ul, ol, li, blockquote, figure, table, aside, header, footer {
  margin: 0; padding: 0; font: inherit; bookmark-level: none; }
ul, ol { list-style: none; }
.set { white-space: pre; text-indent: 0; text-align: left; hyphens: manual;
  orphans: 1; widows: 1; position: relative; }
[dir=rtl] .set, .set[dir=rtl] { text-align: right; }
.set em, .set strong, .set code, .set sup, .set sub, .set s, .set span { line-height: 0; }
[dir=rtl] .t-listing { direction: ltr; text-align: left; }
.set sup { vertical-align: 0.4em; }
.set sub { vertical-align: -0.2em; }
.set code { font-family: "%(code)s"; font-size: %(code_size)sem; }
.solid { overflow: hidden; position: relative; }
.links .code { position: absolute; left: 0; top: 0; }
.links .code svg { display: block; width: 100%%; height: 100%%; }
html { font-variant-ligatures: no-common-ligatures; hyphenate-character: "-";
  font-family: %(families)s; }
:root { %(colours)s --line: %(leading)spt; }
"""


def style_sheet(layout: Layout) -> str:
    """Return the style sheet of a layout's type and colours."""
    colours = " ".join(f"--{one.name}: {one.ink.css};" for one in layout.palette)
    core = CORE % {
        "width": f"{layout.width.pt:.4f}pt",
        "height": f"{layout.height.pt:.4f}pt",
        "bleed": f"{layout.printer.bleed.most.pt:.4f}pt",
        "code_size": f"{CODE_SIZE:g}",
        "code": layout.code_family,
        "families": families(layout, layout.styles[0].family),
        "colours": colours,
        "leading": f"{layout.leading.pt:g}",
    }
    return core + "".join(_rule(style, layout) for style in layout.styles)


def families(layout: Layout, first: str) -> str:
    """Return a family and, after it, those of other scripts, for `font-family`."""
    others = dict.fromkeys(face.family for face in layout.faces if face.script)
    return ", ".join(f'"{name}"' for name in (first, *others))


def _rule(style: TypeStyle, layout: Layout) -> str:
    slope = "italic" if style.italic else "normal"
    other = "normal" if style.italic else "italic"
    caps = " text-transform: uppercase;" if style.caps else ""
    script = script_size(style.size).pt
    return (
        f".t-{style.name} {{ font: {slope} {style.weight} {style.size.pt:g}pt/"
        f"{style.leading.pt:g}pt {families(layout, style.family)};"
        f" letter-spacing: {style.tracking:g}em;{caps} color: {layout.colour(style.colour).ink.css}; }}\n"
        f".t-{style.name} strong {{ font-weight: {style.strong}; }}"
        f" .t-{style.name} em {{ font-style: {other}; }}\n"
        f".t-{style.name} sup, .t-{style.name} sub {{ font-size: {script:g}pt; }}\n"
    )
