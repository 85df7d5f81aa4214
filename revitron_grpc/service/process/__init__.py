"""The process of a replica: its interpreter, memory, workers, and who started it."""
