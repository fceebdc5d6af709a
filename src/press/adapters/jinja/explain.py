"""What went wrong in a template, in plain words and with its line."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from traceback import walk_tb

import jinja2
from jinja2.exceptions import SecurityError

from press.model.errors import ManifestError


def explained(fault: Exception, root: Path, name: str) -> ManifestError:
    """Return the error that says what `fault` means, at the template's line."""
    file, line = _whereabouts(fault, root, name)
    message, hint = said(fault)
    place = f"{shown(root, file)}:{line}" if line else shown(root, file)
    return ManifestError(f"{place}: {message}", hint=hint)


def shown(root: Path, file: str) -> str:
    """Name a template from the newspaper's folder: layouts/tabloid/page.html.j2."""
    return (PurePosixPath(root.parent.name) / root.name / file).as_posix()


def _whereabouts(fault: Exception, root: Path, name: str) -> tuple[str, int | None]:
    if isinstance(fault, jinja2.TemplateSyntaxError):
        return fault.name or name, fault.lineno
    if isinstance(fault, jinja2.TemplateNotFound) and fault.name == name:
        return name, None
    found: tuple[str, int | None] = (name, None)
    # Jinja rewrites the traceback, so that frames carry the template's file and line.
    for frame, line in walk_tb(fault.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(root):
            found = path.relative_to(root).as_posix(), line
    return found


def said(fault: Exception) -> tuple[str, str]:
    """Return what an exception of Jinja means, and a hint."""
    text = str(fault)
    match fault:
        case jinja2.TemplateNotFound():
            return (
                f'there is no template "{text}" in this layout',
                "look for a slip in the name; only the layout's own folder is read",
            )
        case jinja2.TemplateSyntaxError():
            return (
                f"the template cannot be read: {text}",
                "look at that line, and for a tag above it that is never closed",
            )
        case jinja2.UndefinedError():
            return (
                f"the template asks for something that press does not give it: {text}",
                "look for a slip in the name; docs/reference lists what templates get",
            )
        case SecurityError():
            return (
                f"the template does what a layout may not do: {text}",
                "layouts show values; they cannot reach into the program",
            )
        case RecursionError():
            return (
                "the template includes or calls itself without end",
                "look for an include or a macro that leads back to itself",
            )
        case _:
            return (
                f"the template cannot be filled: {text or type(fault).__name__}",
                "look at the values and filters on that line",
            )
