"""Who did what when: an append-only chain of events that a third party can check, and the wrapper of every write."""
