"""Scoring rounds: a council's way from its founding decision to the approved index. Views, actions and queries."""
