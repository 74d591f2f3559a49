"""Commands of Django that this room does better."""
