"""Copies of all that a service cannot make again, and the way back."""
