"""Stand-ins are drawn byte for byte, so that a finished page tells which picture is meant."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest

from press.adapters.pictures.standin import stand_in
from tests.adapters.sheets import a_sheet, bind

pytestmark = pytest.mark.rendered
SIZES = {(600, 400): "a", (3000, 2000): "b", (601, 399): "c", (600, 402): "d"}


def drawn_pictures(pdf: bytes) -> dict[str, tuple[int, int]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        images = [
            one
            for one in opened.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        return {
            hashlib.sha256(one.read_raw_bytes()).hexdigest()[:32] + ".jpg": (
                int(one.Width),
                int(one.Height),
            )
            for one in images
        }


def test_every_stand_in_of_a_bound_file_is_found_by_its_name(pressroom, tmp_path):
    names = {}
    for size, name in SIZES.items():
        data = stand_in(size, press=f"{name}.jpg", screen=f"{name}.png")
        names[hashlib.sha256(data).hexdigest()[:32] + ".jpg"] = size
        (tmp_path / list(names)[-1]).write_bytes(data)
    shown = "".join(
        f'<img class="at" src="pictures/{name}" alt="A mill" style="width:90pt;left:{at}pt">'
        for at, name in enumerate(names)
    )

    drawn = pressroom.draw(a_sheet(shown), a_sheet(shown, 2), pictures=tmp_path)

    assert [one.findings for one in drawn] == [(), ()]
    assert drawn_pictures(bind([one.value for one in drawn])) == names
