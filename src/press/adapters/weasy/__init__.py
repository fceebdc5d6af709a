"""WeasyPrint, in child processes of its own.

Only the modules `child`, `drawing`, `justify` and `fetcher` import WeasyPrint, and only
in the child. Private names of WeasyPrint 70 in use: `Page._page_box`,
`TextBox.justification_spacing`, `TextBox.pango_layout`, `pdf.fonts.Font.clean`.
"""

from press.adapters.weasy.typesetter import WeasyTypesetter

__all__ = ["WeasyTypesetter"]
