"""What all rules share: errors, text, numbers, dates, search, sources, YAML as text, expressions. Pure."""
