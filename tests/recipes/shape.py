"""The shape of a script: its tokens with names and literals made alike."""

import io
import keyword
import tokenize

_SKIPPED = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER}


def shape_of(script: str) -> list[str]:
    """Return the tokens of a script, every own name as `n`, every literal as `0` or `''`."""
    shape: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(script).readline):
        if token.type in _SKIPPED:
            continue
        if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
            shape.append("n")
        elif token.type == tokenize.NUMBER:
            shape.append("0")
        elif token.type == tokenize.STRING:
            shape.append("''")
        else:
            shape.append(token.string)
    return shape
