"""Calls to stores, and how well the stores are."""
