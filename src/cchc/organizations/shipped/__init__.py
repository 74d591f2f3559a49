"""Units that come with the product: the provinces of the country, and one of them with its communes."""
