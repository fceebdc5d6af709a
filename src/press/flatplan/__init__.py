"""Find which article stands where: pure arithmetic on counted lines."""
