"""The drawings that icons are made of: a glyph a subject, a mark an action."""
