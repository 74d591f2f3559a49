"""Pages of printed forms and of the register."""
