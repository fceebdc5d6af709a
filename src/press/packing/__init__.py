"""Name, describe and pack what a build made."""
