"""Sample models, built in code."""
