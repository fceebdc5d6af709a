"""Pictures made of pixels, gradients, and whether all that is drawn is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from press.model.finding import Finding, error, warning
from press.model.press_facts import ImageMark, JpegFacts, PageMarks, PressFacts
from press.model.printer import Standard
from press.preflight.checks.check import mm, on, others, spot, trim_of
from press.preflight.rules import Rules

#: Pictures of so few pixels are no photographs (GWG 2022, R0031).
_TINY = 16
#: A page that is one picture is type too: fewer pixels an inch show (R0033).
_WANTED_OF_A_PAGE = 450.0
_MOST_PPI = 300.0
_WHOLE_PAGE = 0.9
_LEAST_QUALITY = 85
#: Shares of a picture's pixels that may lie beyond the ends of the scale of tones.
_MOST_FAINT = 0.25
_MOST_CHOKED = 0.25
_JPEG = "DCTDecode"
_INKS = 4
_STAND_IN = "for position only"


def resolution(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Photographs have enough pixels for their size, and not far too many."""
    asked = rules.printer.pictures
    most = max(_MOST_PPI, float(asked.most))
    for page in facts.pages:
        for image in _photographs(page):
            few = _too_few(image, "a picture", asked.least, asked.wanted)
            if few is not None:
                found, said = few
                yield found(
                    "preflight.resolution",
                    said,
                    on(page, image.area),
                    hint="take a larger file, or print it smaller",
                )
            elif image.ppi > most * 1.01:
                yield warning(
                    "preflight.resolution",
                    f"{_prints(image, 'a picture')}; more than {most:.0f} only make the"
                    f" file larger {_where(image)}",
                    on(page, image.area),
                    hint="take a smaller file, or leave it as it is",
                )


def _photographs(page: PageMarks) -> Iterator[ImageMark]:
    for image in page.images:
        if image.bits > 1 and min(image.pixels) > _TINY and image.ppi:
            yield image


def bits(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Pictures of black and white pixels have enough of them."""
    asked = rules.printer.pictures
    for page in facts.pages:
        for image in page.images:
            if image.bits != 1 or min(image.pixels) <= _TINY or not image.ppi:
                continue
            few = _too_few(image, "line art", asked.bits_least, asked.bits_wanted)
            if few is not None:
                found, said = few
                yield found(
                    "preflight.line-art",
                    said,
                    on(page, image.area),
                    hint="scan it again, or draw it as an SVG",
                )


def _too_few(
    image: ImageMark, what: str, least: float, wanted: float
) -> tuple[Callable[..., Finding], str] | None:
    """Return how bad it is that a picture has too few pixels, and what to say."""
    said, where = _prints(image, what), _where(image)
    if image.ppi < least:
        return error, f"{said}; the printer needs {least:.0f} {where}"
    if image.ppi < wanted:
        return warning, f"{said}; {wanted:.0f} are better {where}"
    return None


def _prints(image: ImageMark, what: str) -> str:
    return f"{what} of {_pixels(image)} prints at {image.ppi:.0f} ppi"


def _where(image: ImageMark) -> str:
    return f"{spot(image.area)}{others(image.count)}"


def page_as_image(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """A page that is one picture has the pixels that type needs."""
    least = rules.printer.pictures.least
    for page in facts.pages:
        if len(page.images) != 1 or page.texts or not _covers(page):
            continue
        image = page.images[0]
        if image.ppi < _WANTED_OF_A_PAGE:
            found = error if image.ppi < least else warning
            yield found(
                "preflight.page-as-image",
                f"the page is one picture at {image.ppi:.0f} ppi; its type needs"
                f" {_WANTED_OF_A_PAGE:.0f}",
                on(page, image.area),
                hint="export it with type as type",
            )


def _covers(page: PageMarks) -> bool:
    box = trim_of(page) or page.box("MediaBox")
    area = page.images[0].area
    if box is None:
        return False
    whole = mm(box[2] - box[0]) * mm(box[3] - box[1])
    return area.width * area.height >= _WHOLE_PAGE * whole


def missing(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Every picture of the edition is there, whole, and none stands in for another."""
    wanted = dict(rules.pictures)
    for page in facts.pages:
        found = sum(image.count for image in page.images if not image.inline)
        if page.number in wanted and found != wanted[page.number]:
            yield error(
                "preflight.missing-picture",
                f"the page should have {wanted[page.number]} pictures made of pixels,"
                f" and has {found}",
                on(page),
            )
        for image in page.images:
            if image.filters == (_JPEG,) and image.jpeg is None:
                yield error(
                    "preflight.missing-picture",
                    f"a picture is damaged or cut off {spot(image.area)}",
                    on(page, image.area),
                    hint="put the whole file there",
                )
            elif image.jpeg and image.jpeg.comment.startswith(_STAND_IN):
                yield error(
                    "preflight.missing-picture",
                    "a picture was never put in: its stand-in is still there"
                    f" {spot(image.area)}",
                    on(page, image.area),
                )


def packing(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Pictures are packed so that every press reads them alike."""
    for page in facts.pages:
        for image in page.images:
            for what in _packing_faults(image, rules.printer.standard):
                yield error(
                    "preflight.picture-format",
                    f"a picture {what} {spot(image.area)}{others(image.count)}",
                    on(page, image.area),
                    hint="save it anew",
                )


def _packing_faults(image: ImageMark, standard: Standard) -> Iterator[str]:
    if "LZWDecode" in image.filters:
        yield "is packed with LZW, which PDF/X forbids"
    if "JPXDecode" in image.filters and standard is Standard.X1A:
        yield "is a JPEG 2000, which PDF 1.4 does not know"
    if image.jpeg:
        yield from _jpeg_faults(image.jpeg)


def _jpeg_faults(jpeg: JpegFacts) -> Iterator[str]:
    if jpeg.components == _INKS and not jpeg.adobe:
        yield "is a JPEG of inks that does not say whether they are inverted (no APP14)"
    if jpeg.progressive:
        yield "is a progressive JPEG"
    if jpeg.profile:
        yield "carries an ICC profile of its own"


def quality(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """Pictures were saved well: little was thrown away, colours at full resolution."""
    for page in facts.pages:
        for image in page.images:
            if image.jpeg is None:
                continue
            if image.jpeg.quality < _LEAST_QUALITY:
                yield warning(
                    "preflight.picture-quality",
                    f"a picture was saved at a quality of about {image.jpeg.quality};"
                    f" from {_LEAST_QUALITY} on nothing shows"
                    f" {spot(image.area)}{others(image.count)}",
                    on(page, image.area),
                )
            if image.jpeg.subsampled:
                yield warning(
                    "preflight.picture-quality",
                    "a picture's colours have fewer pixels than its lightness (not"
                    f" 4:4:4) {spot(image.area)}{others(image.count)}",
                    on(page, image.area),
                )


def tones(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """Pictures do not lose their lights or their shadows."""
    for page in facts.pages:
        for image in page.images:
            if image.tones is None:
                continue
            where = f"{spot(image.area)}{others(image.count)}"
            if image.tones.faint > _MOST_FAINT:
                yield warning(
                    "preflight.tones",
                    f"{image.tones.faint:.0%} of a picture has less than 3 % of ink and"
                    f" may print as bare paper {where}",
                    on(page, image.area),
                    hint="make its lights a little darker",
                )
            if image.tones.choked > _MOST_CHOKED:
                yield warning(
                    "preflight.tones",
                    f"{image.tones.choked:.0%} of a picture has more than 95 % of black"
                    f" and will print solid {where}",
                    on(page, image.area),
                    hint="open its shadows",
                )


def resources(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """All that is drawn is in the file and sound; gradients have a colour for each ink."""
    for page in facts.pages:
        for fault in page.faults:
            yield error("preflight.content", fault, on(page))
        for shading in page.shadings:
            both = shading.components and shading.outputs
            if both and shading.components != shading.outputs:
                yield error(
                    "preflight.content",
                    f"a gradient in {shading.space} has {shading.components} parts, but"
                    f" its function gives {shading.outputs}: it will not be drawn",
                    on(page),
                )


def _pixels(image: ImageMark) -> str:
    return f"{image.pixels[0]} × {image.pixels[1]} pixels"
