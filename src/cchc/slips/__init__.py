"""Printed forms of the one-stop, as the sets in force on the day of the act have them, and the yearly register."""
