"""What outlives a call: the cache, the runs, the keys."""
