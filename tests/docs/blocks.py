"""The shared template parts of the core pack and what each defines.

`python -m tests.docs.blocks` prints the table of docs/recipes.md.
"""

import re

from revitron_grpc.recipes.library import BLOCKS, packaged_library


def definitions_by_block() -> dict[str, str]:
    """The functions and classes of each block."""
    return {
        name.removeprefix(f"{BLOCKS}/"): ", ".join(
            f"`{found}`" for found in re.findall(r"^(?:def|class) (\w+)", text, re.MULTILINE)
        )
        for name, text in sorted(packaged_library().blocks.items())
    }


if __name__ == "__main__":
    for name, defined in definitions_by_block().items():
        print(f"| `{name}` | {defined} |")
