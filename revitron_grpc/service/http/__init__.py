"""The HTTP side port: pages, metrics, and runs as lines of JSON."""
