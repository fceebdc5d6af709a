"""ICC profiles: found and looked at, and colours by them, with littlecms.

Inks are in `press.adapters.icc.inks`, which loads Pillow and numpy.
"""

from press.adapters.icc.shelf import IccShelf, colour_folders

__all__ = ["IccShelf", "colour_folders"]
