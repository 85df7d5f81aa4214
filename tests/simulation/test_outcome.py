"""What is kept of the output window."""

from revitron_grpc.simulation.outcome import (
    Outcome,
    OutputKind,
    PrintedTable,
    PrintedText,
    cooked,
)

LINK = cooked('<a class="elementlink" href="revit://outputhelpers?&element[]=12">Door_1</a>')


def test_print_keeps_whole_lines() -> None:
    outcome = Outcome()
    outcome.write("one ")
    outcome.write("two\nthree\nfo")
    outcome.write("ur")
    outcome.flush()
    assert outcome.texts == ("one two", "three", "four")


def test_markdown_is_kept_as_it_is_shown_and_links_as_ids() -> None:
    outcome = Outcome()
    outcome.show(OutputKind.MARKDOWN, f"**3** doors &lt; 1&#95;m: {LINK}, {LINK}<br>done")
    assert outcome.output == [
        PrintedText(OutputKind.MARKDOWN, "**3** doors < 1_m: Door_1, Door_1done", (12, 12))
    ]
    assert outcome.links == (12,)


def test_a_table_keeps_shown_texts_and_the_links_of_each_row() -> None:
    outcome = Outcome()
    outcome.show_table("Doors", ["Mark", "Width"], [[LINK, 1.5], ["a|b", "c\nd"]])
    assert outcome.tables == (
        PrintedTable(
            "Doors",
            ("Mark", "Width"),
            (("Door_1", "1.5"), ("a|b", "c\nd")),
            ((12,), ()),
            ("a|b", "c\nd"),
        ),
    )
    assert outcome.links == (12,)


def test_the_texts_of_messages_come_first() -> None:
    outcome = Outcome()
    outcome.show(OutputKind.MARKDOWN, "in the window")
    assert outcome.texts == ("in the window",)
    assert outcome.tables == ()
