"""Before the press: imposition, marks, the bar code; reckoned before anything is drawn."""
