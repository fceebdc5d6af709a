"""Pictures of a document: which of its members each is, and what stands under it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from press.intake.package import member_path
from press.model.address import split_address
from press.model.finding import Finding, Place, warning
from press.model.incoming import Enclosed
from press.model.story import Piece, PieceKind, Sought

CAPTION = ".press-caption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Pieces whose pictures are found, and what was found wrong with them."""

    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...] = ()


def with_members(
    pieces: Iterable[Piece],
    names: Collection[str],
    *,
    within: str = "",
    place: Place,
) -> Shown:
    """Return pieces whose pictures name members of their document, or files beside it.

    Addresses on the web stay; a path that names nothing, or leads out, is taken away, and
    a finding says so.
    """
    known = {name.lower(): name for name in names}
    found: list[Finding] = []
    made = []
    for piece in pieces:
        pictures = tuple(_found(one, known, within) for one in piece.pictures)
        found += [
            missing(one, place)
            for one, now in zip(piece.pictures, pictures, strict=True)
            if not now.addresses
        ]
        made.append(replace(piece, pictures=pictures))
    return Shown(pieces=tuple(made), findings=tuple(found))


def find_member(picture: Sought, names: Collection[str]) -> Sought:
    """Return a picture that names one of these files, where one is meant."""
    return _found(picture, {name.lower(): name for name in names}, "")


def with_data(
    pieces: Iterable[Piece], enclosed: Sequence[Enclosed]
) -> tuple[Piece, ...]:
    """Return pieces whose pictures carry what the document held of them."""
    held = {one.name: one.data for one in enclosed}
    return tuple(
        replace(
            piece,
            pictures=tuple(
                replace(one, data=_held(one, held)) for one in piece.pictures
            ),
        )
        for piece in pieces
    )


def with_captions(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return pieces in which a paragraph of the style for captions is a picture's."""
    made: list[Piece] = []
    for piece in pieces:
        before = made[-1] if made else None
        if (
            CAPTION in piece.marks
            and piece.kind is PieceKind.PARAGRAPH
            and before is not None
            and before.kind is PieceKind.PICTURE
            and not before.pictures[0].caption
        ):
            picture = replace(before.pictures[0], caption=piece.text)
            text = f"{before.text} {piece.text}".strip()
            made[-1] = replace(before, pictures=(picture,), text=text)
        else:
            made.append(piece)
    return tuple(made)


def missing(picture: Sought, place: Place) -> Finding:
    """Say that a picture cannot be had."""
    called = picture.name or next(iter(picture.addresses), "")
    return warning(
        "intake.missing-picture",
        f"the picture “{called[:80]}” is shown, but is not here",
        place,
        "ask the writer for it; or put it beside the file and import that again",
    )


def _found(picture: Sought, known: dict[str, str], within: str) -> Sought:
    if picture.data:
        return picture
    addresses = []
    for address in picture.addresses:
        if split_address(address).scheme in {"http", "https"}:
            addresses.append(address)
            continue
        path = member_path(address, within) or member_path(address.lstrip("/"), within)
        if name := known.get(path.lower()) or _alone(path.lower(), known):
            addresses.append(name)
    name = unquote(picture.name)
    return replace(picture, addresses=tuple(dict.fromkeys(addresses)), name=name)


def _alone(path: str, known: dict[str, str]) -> str:
    """Return the only file of that name, wherever it lies: websites move pictures."""
    last = path.rpartition("/")[2]
    named = [one for one in known if last and one.rpartition("/")[2] == last]
    return known[named[0]] if len(named) == 1 else ""


def _held(picture: Sought, held: dict[str, bytes]) -> bytes:
    return next((held[one] for one in picture.addresses if one in held), b"")
