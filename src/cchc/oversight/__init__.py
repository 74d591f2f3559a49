"""Dossiers that are slow or overdue: whose minutes they are, month by month, of our own and of imported logs."""
