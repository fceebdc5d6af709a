"""ICC profiles: found and looked at, and colours by them, with littlecms."""

from press.adapters.icc.inks import IccInks
from press.adapters.icc.shelf import IccShelf, colour_folders

__all__ = ["IccInks", "IccShelf", "colour_folders"]
