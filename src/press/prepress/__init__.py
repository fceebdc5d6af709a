"""Getting pages ready for the press: what can be reckoned before anything is drawn."""
