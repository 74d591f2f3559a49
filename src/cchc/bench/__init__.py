"""Benchmarks: each compares what we do with the least that would do, in one run, and prints the ratio."""
