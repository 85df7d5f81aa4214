"""Real programs that the tests start on loopback and end."""
