"""Make the month's email from the edition."""
