"""Check the finished file."""
