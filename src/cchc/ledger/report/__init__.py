"""The report for people: a page and a workbook made of the tables that a run has written."""
