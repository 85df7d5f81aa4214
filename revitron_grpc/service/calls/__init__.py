"""The servicers and what every call passes through."""
