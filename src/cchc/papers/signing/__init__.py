"""Judging the digital signatures of a signed PDF, in a process of its own: whose, whole or changed, trusted or not.

`reports` says what is found, `judging` finds it, `child` and `asking` are the two ends of the process, `trust` reads
the root certificates that the installation trusts.
"""
