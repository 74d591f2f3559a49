"""Signing in: names and passwords, a second factor, the province's own sign-in; delays that lock nobody out."""
