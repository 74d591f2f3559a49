"""What every page shares: templates, components, the look, middleware, errors turned into answers."""
