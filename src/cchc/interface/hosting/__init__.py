"""Pages whose parts come from rooms that this one does not know: the desk, the search, panels, histories.

A room offers what it has in a module of an agreed name (`desk`, `search`, `panels`, `audited`, `navigation`);
`interface.rooms` finds it.
"""
