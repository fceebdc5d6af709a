"""Reads HTML, as websites and word processors write it, into the pieces of a story."""

from press.intake.markup.embed import site_of
from press.intake.markup.harvest import Harvest, read_markup
from press.intake.markup.line import plain_line
from press.intake.markup.picture import original

__all__ = [
    "Harvest",
    "original",
    "plain_line",
    "read_markup",
    "site_of",
]
