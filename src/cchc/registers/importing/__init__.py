"""Entries from a workbook or CSV: read, compared with the register, shown as changes, carried out by actions.

`reading` makes rows of tables, `planning` compares them with the register; `sheets` writes the workbook to fill in.
"""
