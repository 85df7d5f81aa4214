"""What a replica tells about itself: logs, metrics, traces, the audit."""
