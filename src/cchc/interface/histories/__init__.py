"""The history of one object: who changed what, when, on whose behalf, why."""
