"""docs/behaviours.md is what the table of behaviours says."""

from tests.docs.behaviours_page import PAGE, behaviours_page


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == behaviours_page(), (
        "python -m tests.docs.behaviours_page writes it"
    )
