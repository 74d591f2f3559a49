"""Who may do what, as tables to read: `tables/<room>.txt` for permissions, `tables/routes.txt` for addresses.

The tables are written by hand from the roles of the design, never from the code. `stage` builds the people and places
around one official; `subjects` the things of each permission in each state.
"""
