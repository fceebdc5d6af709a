"""Pages drawn, if no earlier build has drawn them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from press.desk.fingerprint import fingerprint, of_press
from press.desk.tools import Tools
from press.model.finding import Checked
from press.model.page import DrawnPage, FontUse, Sheet, Stationery
from press.model.record import decode, encode
from press.ports import Progress


class DrawingDesk:
    """Has sheets drawn, and remembers what was drawn without a fault."""

    def __init__(self, tools: Tools, progress: Progress) -> None:
        self._tools, self._progress = tools, progress

    def draw(
        self, sheets: Sequence[Sheet], stationery: Stationery, layout: str
    ) -> Sequence[Checked[DrawnPage]]:
        """Return every sheet drawn; `layout` is the fingerprint of what it is set in."""
        own = fingerprint(of_press(), layout, *stationery.css)
        keys = {sheet.number: fingerprint(own, sheet.html) for sheet in sheets}
        out: dict[int, Checked[DrawnPage]] = {}
        for sheet in sheets:
            kept = self._kept(keys[sheet.number], sheet)
            if kept is not None:
                out[sheet.number] = Checked(value=kept)
        todo = [sheet for sheet in sheets if sheet.number not in out]
        made = self._tools.typesetter.draw(todo, stationery, self._progress)
        for sheet, drawn in zip(todo, made, strict=True):
            out[sheet.number] = drawn
            if drawn.value is not None and not drawn.findings:
                self._keep(keys[sheet.number], drawn.value)
        return [out[sheet.number] for sheet in sheets]

    def _kept(self, key: str, sheet: Sheet) -> DrawnPage | None:
        pdf = self._tools.cache.get("pages", key)
        fonts = self._tools.cache.get("fonts", key)
        if pdf is None or fonts is None:
            return None
        uses = tuple(decode(FontUse, use) for use in json.loads(fonts))
        return DrawnPage(pdf=pdf, fonts=uses, articles=sheet.articles)

    def _keep(self, key: str, page: DrawnPage) -> None:
        fonts = json.dumps([encode(use) for use in page.fonts]).encode()
        self._tools.cache.put("pages", key, page.pdf)
        self._tools.cache.put("fonts", key, fonts)
