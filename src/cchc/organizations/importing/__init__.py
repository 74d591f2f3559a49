"""Units and officials from a workbook: read, compared with the register, shown as changes, carried out. No database.

`reading` makes rows of tables, `planning` compares them with a `register.Register` and answers a `plans.Plan`;
`template` writes the workbook that people fill in. `actions.imports` carries a plan out.
"""
