"""Makers of model objects: one file per model, named after it; traits in the words of the glossary."""
