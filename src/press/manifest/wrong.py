"""How a converter says that a value is wrong."""

from __future__ import annotations

from pydantic_core import PydanticCustomError

LONGEST = 60


def wrong(
    message: str, hint: str | None = None, *, code: str = "manifest.type"
) -> PydanticCustomError:
    """Make the error a converter raises; `check` turns it into a finding.

    Args:
        message: What is wrong, in the house's words.
        hint: What to write instead.
        code: The finding's code.
    """
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def text_of(value: object, *, wanted: str = "a text", example: str = "") -> str:
    """Return a value that is a text, or say that a list or settings are out of place.

    Args:
        value: Anything that a file can hold.
        wanted: What is needed here, with its article.
        example: How to write it.
    """
    if isinstance(value, str):
        return value.strip()
    hint = f"write it as {example}" if example else "write a single value"
    if value is None:
        raise wrong("nothing is given here", hint)
    kind = "a list" if isinstance(value, tuple) else "settings"
    raise wrong(f"{wanted} is needed here, not {kind}", hint)


def cited(text: str) -> str:
    """Return a value as a message shows it: in quotes and not too long."""
    return f"“{text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}”"
