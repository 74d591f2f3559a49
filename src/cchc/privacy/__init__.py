"""Who saw whose personal data, and how long what is kept stays: the log of disclosures, and retention."""
