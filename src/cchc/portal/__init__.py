"""What the public sees: published results, criteria sets, and where each figure comes from."""
