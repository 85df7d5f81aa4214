"""Python's own modules and built-in functions on a simulated computer."""
