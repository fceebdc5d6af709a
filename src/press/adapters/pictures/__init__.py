"""Pictures looked at and made ready, with Pillow."""

from press.adapters.pictures.lab import PillowPictureLab

__all__ = ["PillowPictureLab"]
