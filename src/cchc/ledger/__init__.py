"""The delay ledger: step events → spells → late minutes charged to those who held the dossier. Pure."""
