"""pikepdf: the readers' file made of bound pages.

On screens colours are light, not ink; pictures are small; jump lines, contents and
addresses may be touched; and whoever listens instead of looking is read the articles in
their order (PDF/UA-1, ISO 14289-1). The same pages give the same bytes.
"""

from press.adapters.replica.maker import PikepdfReplica

__all__ = ["PikepdfReplica"]
