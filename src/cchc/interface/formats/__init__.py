"""Dates and numbers in Django's own forms and filters, the same as `cchc.records` writes them."""
