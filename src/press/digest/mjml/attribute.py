"""What is wrong with the attributes of a tag, whatever stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from press.digest.mjml.components import COMPONENTS, Component, kinds_of, names_of
from press.digest.mjml.fault import Fault, nearest
from press.digest.mjml.kinds import described, fits
from press.digest.mjml.token import Attribute, read_tag
from press.model.finding import Severity


@lru_cache(maxsize=8192)
def faults_of(text: str) -> tuple[Fault, ...]:
    """Find what is wrong with a whole tag by itself; offsets are those in the tag."""
    tag = read_tag(text)
    component = COMPONENTS.get(tag.name)
    if component is None:
        return tag.faults
    return (
        *tag.faults,
        *(
            fault
            for attribute in tag.attributes
            for fault in _attribute(attribute, component)
        ),
    )


def _attribute(attribute: Attribute, component: Component) -> Iterator[Fault]:
    name, value, offset = attribute
    tag = component.name
    kinds = kinds_of(tag, name)
    if not kinds:
        yield Fault(
            offset=offset,
            width=len(name),
            code="digest.unknown-attribute",
            message=f"<{tag}> has no attribute {name}",
            hint=nearest(name, names_of(tag)) or _its_attributes(tag),
        )
    elif not any(fits(kind, value) for kind in kinds):
        yield Fault(
            offset=offset,
            width=len(name),
            code="digest.attribute-value",
            message=f'{name}="{value}" of <{tag}> is not what it must be',
            hint=f"write {described(kinds[0])}",
        )
    elif name in component.dropped:
        yield Fault(
            offset=offset,
            width=len(name),
            code="digest.attribute-dropped",
            message=f"the mail engine drops {name} of <{tag}>",
            hint="take it out, or say it in a style sheet",
            severity=Severity.WARNING,
        )


def _its_attributes(tag: str) -> str:
    names = names_of(tag)
    few = 12
    more = ", …" if len(names) > few else ""
    return f"it has {', '.join(names[:few])}{more}"
