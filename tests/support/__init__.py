"""What makes the tests hostile to mistakes, and the few things they share."""
