"""By their names, which Django looks for."""
