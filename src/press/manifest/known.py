"""What the manifest must know of the layouts to check an edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from press.model.printer import PageCount


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLayout:
    """A layout, as far as an edition can name it.

    Attributes:
        name: Its folder in layouts/.
        templates: Names of its page templates.
        count: How many pages its printer binds.
        spaces: Names of the spaces that advertisers may buy.
    """

    name: str
    templates: tuple[str, ...] = ()
    count: PageCount = field(default_factory=PageCount)
    spaces: tuple[str, ...] = ()


class Known(Protocol):
    """The layouts there are."""

    @property
    def names(self) -> Sequence[str]:
        """Their names."""
        ...

    def layout(self, name: str) -> KnownLayout | None:
        """Return the layout of that name."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLayouts:
    """Layouts that were read beforehand."""

    layouts: tuple[KnownLayout, ...] = ()

    @property
    def names(self) -> Sequence[str]:
        """Their names."""
        return [each.name for each in self.layouts]

    def layout(self, name: str) -> KnownLayout | None:
        """Return the layout of that name."""
        return next((each for each in self.layouts if each.name == name), None)
