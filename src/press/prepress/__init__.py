"""What lies between bound pages and the press: imposition, the bar code."""
