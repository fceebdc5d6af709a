"""The sandbox in which templates run, and the one folder they come from.

Everything is escaped (all but `*.txt.j2`), nothing can be declared safe inside a
template, and an unknown name is an error, never a blank.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment

from press.adapters.jinja.filters import colour, mm, pt, urlsafe
from press.adapters.jinja.include import Includes

TEXT_SUFFIX = ".txt.j2"

#: Filters and globals of Jinja that a layout does without: those that vouch for
#: markup made from data, and those whose result is not the same every time.
_REFUSED_FILTERS = ("safe", "tojson", "xmlattr", "urlize", "random", "pprint")
_REFUSED_GLOBALS = ("lipsum",)


def sandbox(root: Path) -> ImmutableSandboxedEnvironment:
    """Return the sandbox for the templates under `root`, which is resolved."""
    environment = ImmutableSandboxedEnvironment(
        loader=_LayoutLoader(root),
        autoescape=_escapes,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        extensions=[Includes],
    )
    for name in _REFUSED_FILTERS:
        del environment.filters[name]
    for name in _REFUSED_GLOBALS:
        del environment.globals[name]
    environment.filters.update(urlsafe=urlsafe, mm=mm, pt=pt, colour=colour)
    return environment


def _escapes(name: str | None) -> bool:
    return not (name or "").endswith(TEXT_SUFFIX)


class _LayoutLoader(jinja2.BaseLoader):
    """Reads templates from one folder, and never through a link that leaves it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, its path and a test whether it is still valid."""
        try:
            path = self._root.joinpath(*split_template_path(template)).resolve()
            if not path.is_relative_to(self._root) or not path.is_file():
                raise jinja2.TemplateNotFound(template)
            source = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as fault:
            message = f"the file is not UTF-8 (byte {fault.start:,})"
            raise jinja2.TemplateSyntaxError(message, 1, template) from fault
        except (OSError, ValueError) as fault:  # ValueError: NUL in the name
            raise jinja2.TemplateNotFound(template) from fault
        return source, str(path), lambda: True

    def list_templates(self) -> list[str]:
        """Return the names of all templates, sorted."""
        return sorted(
            path.relative_to(self._root).as_posix() for path in self._root.rglob("*.j2")
        )
