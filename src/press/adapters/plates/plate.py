"""The content of one rendering as it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pikepdf import Dictionary, Name, Operator

Operation = Any
CLIPS = {"W", "W*"}
#: Graphics states: what is painted may only darken; and the end of that.
MIXING, PLAIN = Name.PressMixing, Name.PressPlain


@dataclass(slots=True)
class Plate:
    """The content of one rendering as it grows.

    Attributes:
        out: Its operators.
        names: Pictures, forms, gradients and patterns it uses, by kind and name.
        held: Text that is left out, as long as it may decide where the next stands.
        path: Where in `out` the path in hand begins; None between paths.
    """

    out: list[Operation] = field(default_factory=list)
    names: dict[str, Dictionary] = field(default_factory=dict)
    held: list[Operation] = field(default_factory=list)
    path: int | None = None

    def add(self, operation: Operation) -> None:
        """Take an operator over."""
        self.out.append(operation)

    def end_path(self, start: int | None) -> None:
        """Paint nothing; a path that does not clip either is taken out again."""
        if start is not None and str(self.out[-1].operator) not in CLIPS:
            del self.out[start:]
        else:
            self.out.append(([], Operator("n")))

    def name(self, kind: str, thing: Any) -> Name:
        """Return a name for a resource of this rendering."""
        group = self.names.setdefault(kind, Dictionary())
        name = Name(f"/Press{kind[1:]}{len(group.keys())}")
        group[name] = thing
        return name

    def resources(self, own: Any) -> Dictionary:
        """Return the resources of the content: its own, and those that were replaced."""
        made = Dictionary(dict(own.items()) if own is not None else {})
        extra = Dictionary(dict(made.get("/ExtGState", {}).items()))
        extra[MIXING] = Dictionary(Type=Name.ExtGState, BM=Name.Darken)
        extra[PLAIN] = Dictionary(Type=Name.ExtGState, BM=Name.Normal)
        made.ExtGState = extra
        made.XObject = Dictionary()
        for kind, group in self.names.items():
            made[kind] = group
        return made
