"""Many dossiers at once: the sheet, its rows, what is wrong with them."""
