"""Official papers: templates and the bases they name, drafts, numbers, the act of issuing, signed files."""
