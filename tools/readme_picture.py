"""Make docs/images/pages.png, the README's picture, from an edition's proofs.

    ./press build-edition 2024-09 --proof
    .venv/bin/python tools/readme_picture.py build/2024-09/proof
    .venv/bin/python tools/readme_picture.py build/2024-09/proof --pages 1 6 7

The front page stands on the left, two facing pages beside it. Colours are reduced to a
palette, without dithering, so that the file stays small.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "pages.png"
WIDTH, MARGIN, GAP, EDGE = 1600, 32, 32, 1
DESK, RIM = "#d9d7d2", "#a9a69f"
MOST_BYTES = 600_000


def framed(page: Image.Image, width: int) -> Image.Image:
    """Return a page at a width, with a fine rim."""
    height = round(page.height * (width - 2 * EDGE) / page.width)
    small = page.convert("RGB").resize(
        (width - 2 * EDGE, height), Image.Resampling.LANCZOS
    )
    out = Image.new("RGB", (width, height + 2 * EDGE), RIM)
    out.paste(small, (EDGE, EDGE))
    return out


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    """Return the front page, and beside it two pages that face each other."""
    each = (WIDTH - 2 * MARGIN - GAP) // len(pages)
    shown = [framed(page, each) for page in pages]
    height = max(page.height for page in shown) + 2 * MARGIN
    out = Image.new("RGB", (WIDTH, height), DESK)
    left = MARGIN
    for number, page in enumerate(shown):
        out.paste(page, (left, MARGIN))
        left += each + (GAP if number == 0 else 0)
    return out


def save_small(picture: Image.Image, file: Path) -> None:
    """Save as PNG with as many colours as keep it small."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for colours in (256, 128, 64, 32):
        few = picture.quantize(colours, dither=Image.Dither.NONE)
        few.save(file, optimize=True)
        if file.stat().st_size <= MOST_BYTES:
            return
    raise SystemExit(f"{file} is larger than {MOST_BYTES:,} bytes")


def main() -> None:
    """Make the picture."""
    reader = argparse.ArgumentParser(description=main.__doc__)
    reader.add_argument("proofs", type=Path, help="folder of proof/page-01.png …")
    reader.add_argument("--pages", type=int, nargs=3, default=(1, 12, 13))
    asked = reader.parse_args()
    files = [asked.proofs / f"page-{number:02}.png" for number in asked.pages]
    save_small(side_by_side([Image.open(file) for file in files]), PICTURE)


if __name__ == "__main__":
    main()
