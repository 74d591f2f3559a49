"""Official papers on their way: templates and the bases they name, drafts, numbers, the act of issuing, signed files."""
