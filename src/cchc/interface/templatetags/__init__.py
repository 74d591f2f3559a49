"""Template tags of this room: `figures` writes numbers and dates, `components` the parts of a page."""
