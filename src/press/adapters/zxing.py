"""ZXing: reads bar codes and QR codes off the picture of a page."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image, UnidentifiedImageError

from press.model.barcode import FoundCode
from press.model.errors import EngineError

#: Digits of an EAN-13; what follows them is the add-on.
EAN = 13


class ZxingCodeReader:
    """Reads codes with an engine that had no part in drawing them."""

    def read(self, picture: bytes) -> tuple[FoundCode, ...]:
        """Return the codes on a picture, from the top downwards.

        Raises:
            EngineError: The picture cannot be read.
        """
        try:
            with Image.open(io.BytesIO(picture)) as opened:
                image = opened.convert("L")
        except (OSError, UnidentifiedImageError) as error:
            raise EngineError(f"the picture cannot be read: {error}") from error
        read = zxingcpp.read_barcodes(
            image, ean_add_on_symbol=zxingcpp.EanAddOnSymbol.Read
        )
        found = [_found(one) for one in read]
        whole = [one for one in found if not any(_is_part(one, of) for of in found)]
        return tuple(sorted(whole, key=lambda one: (one.top, one.left)))


def _found(code: zxingcpp.Barcode) -> FoundCode:
    at, text = code.position, code.text
    corners = (at.top_left, at.top_right, at.bottom_left, at.bottom_right)
    is_ean = code.format == zxingcpp.BarcodeFormat.EAN13
    digits = EAN if is_ean else len(text)
    return FoundCode(
        kind=str(code.format),
        text=text[:digits],
        add_on=text[digits:],
        left=min(corner.x for corner in corners),
        top=min(corner.y for corner in corners),
        right=max(corner.x for corner in corners),
        bottom=max(corner.y for corner in corners),
    )


def _is_part(one: FoundCode, of: FoundCode) -> bool:
    """Whether a code is the main symbol of one that was found with its add-on.

    The bars of an add-on begin lower: over them the main symbol is found alone.
    """
    alike = one.kind == of.kind and one.text == of.text
    high = of.bottom - of.top
    apart = one.bottom < of.top - high or one.top > of.bottom + high
    beside = one.right < of.left or one.left > of.right
    return alike and not one.add_on and bool(of.add_on) and not (apart or beside)
