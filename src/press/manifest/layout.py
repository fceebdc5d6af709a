"""Read a layout: layouts/<name>/layout.yaml and what it names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from press.manifest.font import WantedFace, find_faces, wanted_faces
from press.manifest.known import KnownLayout
from press.manifest.layout_file import (
    AdPart,
    GridPart,
    LayoutFile,
    PagePart,
    ScalePart,
    StylePart,
    TemplatePart,
)
from press.manifest.load import load
from press.manifest.nearest import did_you_mean
from press.manifest.printer import (
    find_much_ink,
    find_narrow_margins,
    find_other_trim,
    find_small_type,
    find_thin_rules,
    read_printer,
)
from press.manifest.schema import Strict, check
from press.model.barcode import BarcodeStyle
from press.model.finding import Checked, Finding, Place, error
from press.model.ink import Colour
from press.model.layout import (
    AdDesign,
    Furniture,
    Grid,
    HeadlineScale,
    Layout,
    Margins,
    SectionStyle,
    Space,
    Template,
    TextSettings,
)
from press.model.length import Length
from press.model.printer import Printer
from press.model.type import Face, TypeStyle

LAYOUTS = "layouts"
#: Colours that press itself asks for.
COLOURS = ("paper", "ink", "accent", "grey", "rule", "tint")
#: Styles that press itself asks for.
STYLES = (
    "body", "drop-cap", "crosshead", "crosshead-2", "quote-credit", "signature",
    "contributor", "note", "listing", "code", "table", "table-head", "brief-head",
    "kicker", "standfirst", "byline", "caption", "quote", "panel", "panel-title",
    "masthead", "strapline", "folio", "flag", "group-flag", "jump", "imprint", "entry",
    "blurb", "puff",
)  # fmt: skip


def layout_names(root: Path) -> tuple[str, ...]:
    """Return the layouts there are, by name."""
    folder = root / LAYOUTS
    if not folder.is_dir():
        return ()
    return tuple(sorted(p.parent.name for p in folder.glob("*/layout.yaml")))


class LayoutFolder:
    """The layouts of a newspaper, each read once, when it is first asked for."""

    def __init__(self, root: Path) -> None:
        self._root, self.names = root, layout_names(root)
        self._files: dict[str, _Files] = {}

    def layout(self, name: str) -> KnownLayout | None:
        """Return a layout as far as editions can name it."""
        if name not in self.names:
            return None
        files = self._read(name)
        found, printer = files.layout.value, files.printer.value
        if found is None or printer is None:
            return KnownLayout(name=name)  # what is wrong is said when it is read
        return KnownLayout(
            name=name,
            templates=tuple(template.name for template in found.templates),
            count=printer.count,
            spaces=tuple(space.name for space in found.spaces),
        )

    def read(self, name: str) -> Checked[Layout]:
        """Read a layout by name."""
        files = self._read(name)
        if files.layout.value is None:
            return Checked(value=None, findings=files.layout.findings)
        return _made(self._root, name, files.layout.value, files)

    def printer(self, name: str) -> Checked[Printer]:
        """Return what a layout's printer asks."""
        return self._read(name).printer

    def wanted_faces(self, name: str) -> Checked[tuple[WantedFace, ...]]:
        """Return the faces that a layout names, found or not."""
        read = self._read(name).layout
        if read.value is None:
            return Checked(value=None, findings=read.findings)
        folder = (self._root / LAYOUTS / name).resolve()
        return Checked(value=wanted_faces(read.value, folder), findings=read.findings)

    def _read(self, name: str) -> _Files:
        if name not in self._files:
            self._files[name] = _Files(
                layout=_load(self._root, name, self.names),
                printer=read_printer(self._root, f"{LAYOUTS}/{name}"),
            )
        return self._files[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """What stands in the two files of a layout."""

    layout: Checked[LayoutFile]
    printer: Checked[Printer]


def known_layouts(root: Path) -> LayoutFolder:
    """Return the layouts as far as editions can name them."""
    return LayoutFolder(root)


def read_layout(root: Path, name: str) -> Checked[Layout]:
    """Read a layout by name."""
    return LayoutFolder(root).read(name)


def _load(root: Path, name: str, names: Sequence[str]) -> Checked[LayoutFile]:
    read = load(
        root,
        f"{LAYOUTS}/{name}/layout.yaml",
        missing=f"there is no layout “{name}”",
        hint="" if name in names else did_you_mean(name, names) or "",
    )
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    checked = check(read.value, LayoutFile)
    return Checked(value=checked.value, findings=(*read.findings, *checked.findings))


def _made(root: Path, name: str, found: LayoutFile, files: _Files) -> Checked[Layout]:
    findings = list(files.layout.findings)
    findings += _find_unknown_names(found)
    folder = (root / LAYOUTS / name).resolve()
    faces, faults = find_faces(found, folder)
    findings += faults
    printer = files.printer
    findings += printer.findings
    if printer.value is not None:
        findings += _find_unprintable(root, name, found, printer.value)
    if printer.value is None or any(one.severity == "error" for one in findings):
        return Checked(value=None, findings=tuple(findings))
    layout = _layout(found, name, folder, faces, printer.value)
    return Checked(value=layout, findings=tuple(findings))


def _margins(page: PagePart) -> Margins:
    margins = page.margins
    return Margins(
        top=margins.top,
        right=margins.right,
        bottom=margins.bottom,
        left=margins.left,
    )


def _palette(file: LayoutFile) -> tuple[Colour, ...]:
    return tuple(
        Colour(name=name, ink=one.ink, screen=one.screen)
        for name, one in file.colours.items()
    )


def _find_unprintable(
    root: Path, name: str, file: LayoutFile, printer: Printer
) -> Iterator[Finding]:
    """Find what the printer cannot print."""
    page = file.page
    place = page.place_of("width")
    yield from find_other_trim(printer, page.width, page.height, place)
    margins = _margins(page)
    yield from find_narrow_margins(printer, margins, page.place_of("margins"))
    palette = _palette(file)
    yield from find_much_ink(printer, palette, file.place_of("colours"))
    styles = ((_style(style), style.place_of("size")) for style in file.type)
    yield from find_small_type(printer, styles, palette)
    yield from find_thin_rules(root, f"{LAYOUTS}/{name}", printer)


# ---------------------------------------------------------------- names


def _find_unknown_names(file: LayoutFile) -> Iterator[Finding]:
    styles = [style.name for style in file.type]
    grids = [grid.name for grid in file.grids]
    yield from _find_gaps(file, styles)
    families = [font.family for font in file.fonts]
    for style in file.type:
        yield from _known(style.family, families, "font family", style, "family")
        yield from _known(style.colour, file.colours, "colour", style, "colour")
    for grid in file.grids:
        yield from _known(grid.body, styles, "style", grid, "body")
    yield from _find_unknown_in_templates(file, styles, grids)
    templates = [template.name for template in file.templates]
    for section in file.sections:
        yield from _known(section.template, templates, "template", section, "template")
        if section.brief:
            yield from _known(section.brief, templates, "template", section, "brief")
    yield from _scales_fit(file)


def _find_gaps(file: LayoutFile, styles: list[str]) -> Iterator[Finding]:
    """Find what press asks of every layout and this one does not have."""
    for wanted in COLOURS:
        if wanted not in file.colours:
            yield _missing("colour", wanted, file.place_of("colours"))
    for wanted in STYLES:
        if wanted not in styles:
            yield _missing("style", wanted, file.place_of("type"))
    if "*" not in [section.name for section in file.sections]:
        yield _missing("section", "*", file.place_of("sections"))


def _find_unknown_in_templates(
    file: LayoutFile, styles: list[str], grids: list[str]
) -> Iterator[Finding]:
    scales = [scale.name for scale in file.headlines]
    for template in file.templates:
        yield from _known(template.grid, grids, "grid", template, "grid")
        yield from _known(template.headline, styles, "style", template, "headline")
        yield from _known(template.scale, scales, "scale", template, "scale")
    for ad in file.ads:
        yield from _known(ad.head, styles, "style", ad, "head")
        yield from _known(ad.text, styles, "style", ad, "text")


def _scales_fit(file: LayoutFile) -> Iterator[Finding]:
    """Find scales that do not say how a headline runs over every number of columns."""
    columns = {grid.name: grid.columns for grid in file.grids}
    for scale in file.headlines:
        used = [t.grid for t in file.templates if t.scale == scale.name]
        most = max((columns.get(name, 0) for name in used), default=0)
        if len(scale.lines) < most:
            yield error(
                "layout.scale",
                f"scale “{scale.name}” says how many lines a headline may run over "
                f"{len(scale.lines)} columns, but its grid has {most}",
                scale.place_of("lines"),
                "give a span such as 1-3 for every number of columns",
            )


def _missing(kind: str, name: str, place: Place) -> Finding:
    return error(
        "layout.missing",
        f"this layout has no {kind} “{name}”, which press asks for",
        place,
        "copy it from one of the layouts that come with press",
    )


def _known(
    name: str,
    names: Iterable[str],
    kind: str,
    part: Strict,
    setting: str,
) -> Iterator[Finding]:
    if name not in names:
        yield error(
            "layout.unknown",
            f"there is no {kind} “{name}” in this layout",
            part.place_of(setting),
            did_you_mean(name, names),
        )


# ---------------------------------------------------------------- the layout


def _layout(
    file: LayoutFile,
    name: str,
    folder: Path,
    faces: tuple[Face, ...],
    printer: Printer,
) -> Layout:
    page, furniture = file.page, file.furniture
    scales = {scale.name: _scale(scale) for scale in file.headlines}
    margins = page.margins
    room = page.width - margins.left - margins.right
    return Layout(
        name=name,
        folder=str(folder),
        width=page.width,
        height=page.height,
        margins=_margins(page),
        leading=page.leading,
        gap=page.gap,
        grids=tuple(_grid(grid, room, page.gutter) for grid in file.grids),
        faces=faces,
        styles=tuple(map(_style, file.type)),
        palette=_palette(file),
        text=_text(file),
        furniture=Furniture(
            folio=furniture.folio,
            masthead=furniture.masthead,
            puffs=furniture.puffs,
            contents=furniture.contents,
            imprint=furniture.imprint,
            last_ad=furniture.last_ad,
            barcode=BarcodeStyle(
                size=furniture.barcode.size,
                where=furniture.barcode.where,
                place=furniture.place_of("barcode"),
            ),
        ),
        ads=tuple(map(_ad, file.ads)),
        spaces=tuple(Space(name=one.name, lines=one.lines) for one in file.spaces),
        templates=tuple(_template(one, scales) for one in file.templates),
        sections=tuple(
            SectionStyle(
                name=one.name, template=one.template, brief=one.brief, flag=one.flag
            )
            for one in file.sections
        ),
        printer=printer,
        fingerprint=_fingerprint(folder, faces),
        place=file.place,
    )


def _ad(ad: AdPart) -> AdDesign:
    return AdDesign(
        name=ad.name,
        least=ad.lines[0],
        most=ad.lines[1],
        words=ad.words,
        head=ad.head,
        text=ad.text,
    )


def _grid(grid: GridPart, room: Length, gutter: Length) -> Grid:
    column = (room - gutter * (grid.columns - 1)) / grid.columns
    return Grid(
        name=grid.name,
        columns=grid.columns,
        column=column,
        gutter=gutter,
        body=grid.body,
    )


def _scale(scale: ScalePart) -> HeadlineScale:
    return HeadlineScale(
        sizes=scale.sizes,
        lines=scale.lines,
        leading=scale.leading,
        tight=scale.tight,
        tight_from=scale.tight_from,
    )


def _style(style: StylePart) -> TypeStyle:
    return TypeStyle(
        name=style.name,
        family=style.family,
        size=style.size,
        leading=style.leading,
        weight=style.weight,
        italic=style.italic,
        tracking=style.tracking,
        colour=style.colour,
        align=style.align,
        caps=style.caps,
        strong=style.strong,
    )


def _text(file: LayoutFile) -> TextSettings:
    text = file.text
    return TextSettings(
        indent=text.indent,
        list_indent=text.list_indent,
        quote_indent=text.quote_indent,
        hyphen_word=text.hyphens.word,
        hyphen_before=text.hyphens.before,
        hyphen_after=text.hyphens.after,
        tracking=text.tracking,
        drop_cap=text.drop_cap,
    )


def _template(one: TemplatePart, scales: dict[str, HeadlineScale]) -> Template:
    return Template(
        name=one.name,
        grid=one.grid,
        headline=one.headline,
        scale=scales[one.scale],
        heads=one.heads,
        pictures=one.pictures,
        quotes=one.quotes,
        standfirst_from=one.standfirst_from,
        drop_cap_to=one.drop_cap_to,
        group=one.group,
        flag=one.flag,
        tint=one.tint,
        least_columns=one.least_columns,
        most_columns=one.most_columns,
    )


def _fingerprint(folder: Path, faces: tuple[Face, ...]) -> str:
    """Return a hash of a layout's files and of the fonts it uses."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
        if file.is_symlink():
            digest.update(str(file.readlink()).encode())
    for face in faces:
        size = Path(face.file).stat().st_size
        digest.update(
            f"{face.family}{face.weight}{Path(face.file).name}{size}".encode()
        )
    return digest.hexdigest()
