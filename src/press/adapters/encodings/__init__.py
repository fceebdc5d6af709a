"""Encodings of texts, told where the text does not say its own."""

from press.adapters.encodings.guesser import Encodings

__all__ = ["Encodings"]
