"""The command line: reads arguments, calls the desk, shows what was found."""

from __future__ import annotations


def main() -> None:
    """Run press."""
