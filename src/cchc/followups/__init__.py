"""Tasks that somebody must do by a day: given, reported, proven, verified by others. Directives use them first."""
