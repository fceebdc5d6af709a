"""What an edition needs besides press: type, profiles, tools of proof, folders."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from press.adapters.folder import why_not_writable
from press.adapters.icc import IccShelf
from press.desk.folder import find_paper
from press.desk.prove import find_provers
from press.desk.reading import CACHE
from press.manifest.font import WantedFace
from press.manifest.layout import LAYOUTS, LayoutFolder
from press.manifest.starter import shipped_layouts
from press.model.errors import ManifestError
from press.model.finding import Finding
from press.model.need import Need, State
from press.model.printer import Printer
from press.ports import Prover

TYPE, PROFILES, PROOF, FOLDERS = "type", "profiles", "press prove", "folders"
CHECK = "press check EDITION says what is wrong, and where"
OTHERS = "docs/other-scripts.md names those of other systems"


def examine(
    start: Path,
    provers: Sequence[Prover] = (),
    colour: Sequence[Path] | None = None,
) -> tuple[Need, ...]:
    """Return what the newspaper around a folder needs of this machine.

    Args:
        start: The folder; where no newspaper is around it, the layouts that come with
            press are looked at.
        provers: The tools of `press prove`; all of them where none is given.
        colour: The system's folders of ICC profiles, where they are not the usual ones.

    Raises:
        MissingToolError: Neither is there: the installation is not complete.
    """
    paper = _paper(start)
    root = paper or shipped_layouts().parent
    layouts = LayoutFolder(root)
    return (
        *_type(layouts),
        *_profiles(layouts, IccShelf(root, colour)),
        *_tools(provers or find_provers()),
        *_folders(paper),
    )


def _paper(start: Path) -> Path | None:
    try:
        return find_paper(start)
    except ManifestError:
        return None


# ---------------------------------------------------------------- type


def _type(layouts: LayoutFolder) -> Iterator[Need]:
    """Yield the faces of all layouts, family by family."""
    wanted: dict[WantedFace, list[str]] = defaultdict(list)
    for name in layouts.names:
        faces = layouts.wanted_faces(name)
        if faces.value is None:
            yield _cannot_read(TYPE, name, faces.findings)
        for face in faces.value or ():
            wanted[face].append(name)
    if not layouts.names:
        yield Need(
            chapter=TYPE,
            name=LAYOUTS,
            state=State.MISSING,
            says=f"there is no layout in {LAYOUTS}/",
            how_to_get="copy one from a newspaper made with press new-paper DIR",
            must=True,
        )
    own = [face for face in wanted if not face.script]
    for family in dict.fromkeys(face.family for face in own):
        cuts = [face for face in own if face.family == family]
        yield from _cuts(family, cuts, wanted)
    yield from (_script(face, wanted[face]) for face in wanted if face.script)


def _cuts(
    family: str, cuts: Sequence[WantedFace], wanted: dict[WantedFace, list[str]]
) -> Iterator[Need]:
    """Yield a family in one line, and each of its cuts that is not there in another."""
    there = [face for face in cuts if face.found]
    if there:
        users = (name for face in there for name in wanted[face])
        number = f"{len(there)} cut{'s' if len(there) > 1 else ''}"
        yield Need(
            chapter=TYPE,
            name=family,
            state=State.FOUND,
            says=f"{number}, for {_list(users)}",
            must=True,
        )
    for face in cuts:
        if not face.found:
            package = face.package.replace("_", "-")
            yield Need(
                chapter=TYPE,
                name=family,
                state=State.MISSING,
                says=f"{face.file}, for {_list(wanted[face])}",
                how_to_get=(
                    f"run ./press once in its checkout, or: pip install {package}"
                    if package
                    else f"put the file into {LAYOUTS}/{wanted[face][0]}/fonts/"
                ),
                must=True,
            )


def _script(face: WantedFace, users: Iterable[str]) -> Need:
    """Return a face of another script, which a layout can do without."""
    return Need(
        chapter=TYPE,
        name=face.script,
        state=State.FOUND if face.found else State.MISSING,
        says=f"{face.found or face.file}, for {_list(users)}",
        how_to_get=(
            ""
            if face.found
            else f"install Debian's package {face.package}; {OTHERS};"
            " only copy in that script needs it"
        ),
    )


def _list(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _cannot_read(chapter: str, layout: str, findings: Sequence[Finding]) -> Need:
    first = findings[0].message if findings else "it has mistakes"
    return Need(
        chapter=chapter,
        name=layout,
        state=State.BROKEN,
        says=first,
        how_to_get=CHECK,
        must=True,
    )


# ---------------------------------------------------------------- profiles


def _profiles(layouts: LayoutFolder, shelf: IccShelf) -> Iterator[Need]:
    """Yield the profile of every layout's printer."""
    for name in layouts.names:
        printer = layouts.printer(name)
        if printer.value is None:
            yield _cannot_read(PROFILES, name, printer.findings)
        else:
            yield _profile(name, printer.value, shelf)


def _profile(layout: str, printer: Printer, shelf: IccShelf) -> Need:
    found = shelf.find(printer.profile, printer)
    profile = found.value
    hint = next((one.hint for one in found.findings if one.hint), None) or ""
    if profile is None:
        state, says = State.BROKEN, found.findings[0].message
    elif profile.stand_in:
        state, says = State.STAND_IN, found.findings[0].message
    else:
        file = shelf.locate(printer.profile.name)
        state = State.FOUND
        says = f"{profile.description}, version {profile.version:g}, {file}"
    return Need(
        chapter=PROFILES,
        name=layout,
        state=state,
        says=says,
        how_to_get=hint,
        must=True,
    )


# ---------------------------------------------------------------- proof, folders


def _tools(provers: Sequence[Prover]) -> Iterator[Need]:
    """Yield the tools that press asks for a second opinion, and does without."""
    for prover in provers:
        version = prover.available()
        yield Need(
            chapter=PROOF,
            name=prover.name,
            state=State.MISSING if version is None else State.FOUND,
            says=version or "",
            how_to_get=prover.how_to_get if version is None else "",
        )


def _folders(paper: Path | None) -> Iterator[Need]:
    """Yield the folders that a build writes."""
    folders = {"temporary files": Path(tempfile.gettempdir())}
    if paper is not None:
        folders = {"build": paper / "build", "cache": paper / CACHE, **folders}
    for name, folder in folders.items():
        why = why_not_writable(folder)
        yield Need(
            chapter=FOLDERS,
            name=name,
            state=State.BROKEN if why else State.FOUND,
            says=why or str(folder),
            how_to_get="free some space, or look at who may write there" if why else "",
            must=True,
        )
