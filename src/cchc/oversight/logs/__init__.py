"""Logs of other systems: received, looked at, tried, loaded into the kept ledger; whom their names mean."""
