"""Catalogues out of workbooks, CSV or YAML: read, compared with what stands there, shown, carried out by actions.

`reading` makes rows of tables, `composing` makes entries of rows, `planning` compares entries with the catalogue.
"""
