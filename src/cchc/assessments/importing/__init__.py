"""Answers from a workbook or CSV: read, compared with the sheets, shown as changes, carried out by actions.

`workbooks` writes the file to fill in, `reading` makes rows of it, `planning` compares them with what stands there.
"""
