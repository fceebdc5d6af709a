"""WeasyPrint, in child processes of its own.

Only the modules `child`, `drawing`, `justify`, `letters`, `shortcuts` and `fetcher`
import WeasyPrint, and only in the child. Private names of WeasyPrint 70 in use:
`Page._page_box`, `TextBox.pango_layout`, `pdf.fonts.Font.clean`,
`draw.text.draw_first_line`, and those that `shortcuts` lists.
"""

from press.adapters.weasy.typesetter import WeasyTypesetter

__all__ = ["WeasyTypesetter"]
