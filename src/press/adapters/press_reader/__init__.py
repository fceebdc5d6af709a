"""Reads press files back with pikepdf: what the file is and what its pages paint."""

from press.adapters.press_reader.kept import KeptPages
from press.adapters.press_reader.reader import PikepdfPressReader

__all__ = ["KeptPages", "PikepdfPressReader"]
