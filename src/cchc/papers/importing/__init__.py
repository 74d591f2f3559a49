"""Legal bases from a workbook: read, compared with a unit's library, shown as changes, carried out by actions.

`reading` makes rows of tables, `planning` compares them with the library, `template` writes the workbook to fill in.
"""
