"""The tests of cchc, one folder per room."""
