"""Official papers: one model, written as DOCX, PDF and XLSX in the layout of Nghị định 30/2020.

`model` and `blocks` say what a paper holds, `skeletons` build the usual ones. `layout` is the dated, sourced
description of how it looks. `composition` joins both into lines, columns and grids; the three writers only
know those, so that every format holds the same text.
"""
