"""pikepdf: bound pages made ready for the press.

    finisher   the file from its first page to its label
    tree       a page, and the forms, patterns, pictures and gradients it reaches
    rewrite    one content stream: inks, overprint, nothing see-through
    content    its instructions

The rest are the parts they need: `state`, `matrix`, `path`, `colour`, `graphics`,
`shading`, `picture`, `font`, `sheet` (boxes and marks), `label` (PDF/X), `report`.
"""

from press.adapters.finishing.finisher import PikepdfFinisher

__all__ = ["PikepdfFinisher"]
