"""All checks of a press file, in the order of their numbers."""
