"""The checks of a press file, one function each."""
