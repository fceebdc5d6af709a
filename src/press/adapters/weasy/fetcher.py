"""The only place from which WeasyPrint gets bytes: fonts and prepared pictures."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE = "https://press.invalid/"
TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml"}


class Shelf(URLFetcher):  # type: ignore[misc]  # WeasyPrint carries no types
    """Serves `fonts/N` and `pictures/NAME` under a base that exists nowhere else.

    A virtual base keeps paths of the machine out of the file, so that the same pages
    have the same bytes in every folder.
    """

    def __init__(self, fonts: list[str], pictures: str) -> None:
        super().__init__(
            allowed_protocols=("https",), allow_redirects=False, fail_on_errors=False
        )
        self._fonts, self._pictures = fonts, Path(pictures)

    def fetch(
        self, url: str, headers: dict[str, str] | None = None
    ) -> URLFetcherResponse:
        """Return a font or a picture.

        Raises:
            ValueError: Anything else is asked for; WeasyPrint logs it.
        """
        del headers
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}/" != BASE:
            raise ValueError(f"pages may not fetch {url[:80]}")
        kind, _, name = unquote(parts.path).lstrip("/").partition("/")
        if kind == "fonts" and name.isdecimal() and int(name) < len(self._fonts):
            data = Path(self._fonts[int(name)]).read_bytes()
            return URLFetcherResponse(url, data, {"Content-Type": "font/ttf"})
        if kind == "pictures" and name and Path(name).name == name:
            file = self._pictures / name
            if file.is_file() and not file.is_symlink():
                media = TYPES.get(file.suffix, "application/octet-stream")
                data = file.read_bytes()
                return URLFetcherResponse(url, data, {"Content-Type": media})
        raise ValueError(f"there is no {parts.path[:80]} among the prepared files")
