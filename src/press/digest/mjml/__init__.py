"""The guard in front of the mail engine: MJML is judged, and written so that it is safe.

`token.py` takes MJML apart, `components.py` and `kinds.py` know what MJML knows,
`attribute.py`, `judge.py` and `whole.py` find what is wrong, `write.py` writes what the
engine gets.
"""

from press.digest.mjml.guard import guard
from press.digest.mjml.write import Guarded, Written

__all__ = ["Guarded", "Written", "guard"]
