"""segno: addresses as QR codes for paper."""

from __future__ import annotations

import io

import segno

from press.model.page import Html

#: Corrects 15 % of a code: newsprint is rough.
CORRECTION = "m"
QUIET_ZONE = 2


class SegnoCodes:
    """Draws QR codes as SVG, to be set in a page."""

    def draw(self, text: str) -> Html:
        """Return a text, such as an address, as a QR code."""
        out = io.BytesIO()
        code = segno.make_qr(text, error=CORRECTION)
        code.save(
            out,
            kind="svg",
            xmldecl=False,
            svgns=True,
            border=QUIET_ZONE,
            omitsize=True,
            nl=False,
            svgclass=None,
            lineclass=None,
            title=f"QR code: {text}",
        )
        return Html(out.getvalue().decode())
