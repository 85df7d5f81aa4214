"""The rules that extensions are checked by; one small function each."""
