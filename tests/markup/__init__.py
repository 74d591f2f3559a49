"""Hostile text in every text field of every form and table, and every page and file that shows it."""
