"""One run from its opening to its record: stream, cache, owed records, resume."""
