"""One layout's templates, ready to be filled."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import jinja2

from press.adapters.jinja.environment import sandbox
from press.adapters.jinja.explain import explained
from press.adapters.jinja.origins import Marking, read_marks, sources_of
from press.model.template import Filled

#: What a template can raise while it is filled, besides Jinja's own exceptions.
_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


class JinjaTemplates:
    """Fills the templates of one layout; implements the port `Templates`.

    Besides Jinja's own, these filters are known:

    * `urlsafe`: an http, https or mailto address as it stands; anything else
      becomes an empty address.
    * `mm`, `pt`: a `Length` with its unit, such as `12.5mm`.
    * `colour`: `#rgb`, `#rrggbb` or a name in small letters; anything else stops.

    A value with a method `__html__` vouches for its own markup and is not escaped.
    """

    def __init__(self, folder: Path) -> None:
        """Serve the templates of `folder`, such as layouts/tabloid."""
        self._folder = folder.resolve()
        self._plain = sandbox(self._folder)
        self._marking = sandbox(self._folder)
        self._marking.add_extension(Marking)
        self._sources = sources_of(self._marking)

    def fill(self, name: str, values: Mapping[str, object]) -> str:
        """Fill the template of that name.

        Raises:
            ManifestError: The template cannot be read or filled; with file and line.
        """
        return self._render(self._plain, name, values)

    def trace(self, name: str, values: Mapping[str, object]) -> Filled:
        """Fill a template likewise, and say which line made which part of the text.

        Raises:
            ManifestError: The template cannot be read or filled; with file and line.
        """
        marked = self._render(self._marking, name, values)
        return read_marks(marked, self._folder, self._sources)

    def _render(
        self,
        environment: jinja2.Environment,
        name: str,
        values: Mapping[str, object],
    ) -> str:
        try:
            return environment.get_template(name).render(values)
        except (jinja2.TemplateError, *_FAULTS) as fault:
            raise explained(fault, self._folder, name) from fault
