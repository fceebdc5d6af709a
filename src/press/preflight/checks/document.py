"""The file as a whole: structure, version, labels, output intent."""

from __future__ import annotations

from collections.abc import Iterator

from press.model.finding import Finding, error, warning
from press.model.press_facts import FileFacts, IntentFacts, PressFacts
from press.model.printer import Standard
from press.preflight.checks.check import on
from press.preflight.rules import FileKind, Rules

_INFO = ("Title", "CreationDate", "ModDate")
_KEYS = {
    Standard.X1A: frozenset({"PDF/X-1a:2003", "PDF/X-1a:2001", "PDF/X-1:2001"}),
    Standard.X4: frozenset({"PDF/X-4"}),
}
_PDFX = "GTS_PDFX"
_NEWEST_ICC_IN_1_4 = 4.0


def structure(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """The file can be read, needs no repair and is not encrypted."""
    file = facts.file
    if file.unreadable:
        yield error(
            "preflight.file",
            f"the file cannot be read: {file.unreadable}",
            hint="have it made again",
        )
    elif file.encrypted:
        yield error(
            "preflight.file",
            "the file is encrypted, which no printer takes",
            hint="export it without a password and without restrictions",
        )
    elif not facts.pages:
        yield error(
            "preflight.file", "the file has no pages", hint="have it made again"
        )
    for repair in file.repairs:
        yield error(
            "preflight.file",
            f"the file is damaged and had to be repaired: {repair}",
            hint="have it made again",
        )


def version(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """The version of PDF is one that the standard has."""
    standard = rules.printer.standard
    wanted = standard.pdf_version
    found = facts.file.version
    if facts.pages and _parts(found) > _parts(wanted):
        yield error(
            "preflight.version",
            f"the file is PDF {found}, but {standard.label} is at most PDF {wanted}",
            hint="export it again for the standard that the printer takes",
        )


def labels(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """The file says what it is: standard, title, dates, trapping, identifiers."""
    file = facts.file
    if file.unreadable:
        return
    for what in _missing_labels(file, rules):
        yield error(
            "preflight.labels", f"{rules.printer.standard.label} asks that {what}"
        )


def _missing_labels(file: FileFacts, rules: Rules) -> Iterator[str]:
    if file.standard not in _KEYS[rules.printer.standard]:
        said = f"“{file.standard}”" if file.standard else "nothing"
        yield f"the file names the standard; it says {said}"
    info = dict(file.info)
    for name in _INFO:
        if not info.get(name):
            yield f"the document information has {name}"
    if not file.trapped:
        yield "the file says whether it is trapped (Trapped: True or False)"
    if not file.ids:
        yield "the file has two identifiers (ID)"
    if rules.printer.standard is Standard.X4 and not file.xmp:
        yield "the file has metadata (XMP)"


def intent(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """One output intent for PDF/X, with the profile of a press."""
    if facts.file.unreadable:
        return
    fault = warning if rules.kind is FileKind.AD else error
    found = [one for one in facts.file.intents if one.kind == _PDFX]
    if len(found) != 1:
        yield fault(
            "preflight.output-intent",
            f"the file has {len(found) or 'no'} output intent{'s' * (len(found) > 1)}"
            " for PDF/X; it must have exactly one",
            hint="it says for which press and paper the file was made",
        )
        return
    for what in _intent_faults(found[0], rules):
        yield fault("preflight.output-intent", what)


def _intent_faults(found: IntentFacts, rules: Rules) -> Iterator[str]:
    if not found.profile_class:
        yield "the output intent carries no ICC profile"
    elif (found.profile_class, found.profile_space) != ("prtr", "CMYK"):
        yield (
            "the output intent's ICC profile is not that of a press with four inks, but"
            f" {found.profile_class} {found.profile_space}"
        )
    elif (
        rules.printer.standard is Standard.X1A
        and found.profile_version >= _NEWEST_ICC_IN_1_4
    ):
        yield (
            f"the output intent's ICC profile is of version {found.profile_version:g};"
            " PDF 1.4 knows profiles up to version 2 only"
        )


def condition(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """The output intent names the printing condition that the printer asks for."""
    wanted = rules.condition or rules.printer.profile.condition
    for found in facts.file.intents:
        if wanted and found.kind == _PDFX and found.condition != wanted:
            yield warning(
                "preflight.condition",
                f"the file was made for “{found.condition}”; the printer prints to"
                f" “{wanted}”",
                hint="ask whether colours may differ, or convert the file",
            )


def extras(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """Nothing that only screens know: annotations, actions, forms, layers, files."""
    for words in facts.file.extras:
        yield error("preflight.extras", f"the file holds {words}, which do not print")
    for page in facts.pages:
        if page.annotations:
            kinds = ", ".join(dict.fromkeys(page.annotations))
            yield error(
                "preflight.extras",
                f"the page has {len(page.annotations)} annotations ({kinds})",
                on(page),
            )
        if page.actions:
            yield error("preflight.extras", "the page holds an action", on(page))


def sameness(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """The same edition gives the same bytes, whenever it is made."""
    file = facts.file
    if rules.sha256 and file.sha256 != rules.sha256:
        yield warning(
            "preflight.same-bytes",
            "made again, the file is not the same, byte for byte:"
            f" {file.sha256[:12]} and {rules.sha256[:12]}",
        )
    info = dict(file.info)
    for name in ("CreationDate", "ModDate"):
        if rules.made and name in info and info[name] != rules.made:
            yield warning(
                "preflight.same-bytes",
                f"{name} is {info[name]}, not {rules.made}: the file would differ each"
                " time it is made",
            )


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
