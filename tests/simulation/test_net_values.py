"""Values of .NET come out as on the user's computer, in the user's language."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from revitron_grpc.simulation.environment import (
    ENGLISH,
    GERMAN,
    Clock,
    Environment,
    in_environment,
)
from revitron_grpc.simulation.errors import NetException, NotSimulated
from revitron_grpc.simulation.net.namespaces import net_module
from revitron_grpc.vocabulary import Engine

MOMENT = datetime.datetime(2026, 3, 5, 14, 7, 9)


@pytest.fixture
def german() -> Iterator[Environment]:
    with in_environment(Environment(culture=GERMAN, clock=Clock(MOMENT))) as environment:
        yield environment


@pytest.fixture
def english() -> Iterator[Environment]:
    with in_environment(Environment(culture=ENGLISH, clock=Clock(MOMENT))) as environment:
        yield environment


def namespace(environment: Environment, name: str = "System") -> Any:
    return net_module(name, environment)


def test_the_culture_is_the_users(german: Environment) -> None:
    culture = namespace(german, "System.Globalization").CultureInfo
    assert culture.CurrentCulture.NumberFormat.NumberDecimalSeparator == ","
    assert culture.CurrentCulture.TextInfo.ListSeparator == ";"
    assert culture.InvariantCulture.NumberFormat.NumberDecimalSeparator == "."
    assert culture.CurrentCulture.Name == "de-DE"
    assert culture("en-US").TextInfo.ListSeparator == ","
    with pytest.raises(NotSimulated):
        culture("fr-FR")


def test_dates_are_written_in_the_users_form(german: Environment) -> None:
    system, invariant = (
        namespace(german),
        namespace(german, "System.Globalization").CultureInfo.InvariantCulture,
    )
    now = system.DateTime.Now
    assert now.ToString("yyyy-MM-ddTHH:mm:ss", invariant) == "2026-03-05T14:07:09"
    assert str(now) == "05.03.2026 14:07:09"
    assert now.ToString("dddd, d. MMM yy") == "Donnerstag, 5. Mrz 26"
    assert now.ToShortDateString() == "05.03.2026"
    assert now.ToString("s") == "2026-03-05T14:07:09"
    assert now.ToString(invariant) == "03/05/2026 14:07:09"
    with pytest.raises(NotSimulated):
        now.ToString("K zz")


def test_dates_are_reckoned_with(english: Environment) -> None:
    system = namespace(english)
    now = system.DateTime.Now
    assert str(now) == "3/5/2026 2:07:09 PM"
    assert (now - now.Date).TotalHours == pytest.approx(14.119167)
    assert (now.AddDays(1) - now).Days == 1
    assert system.DateTime(2024, 1, 31).AddMonths(1) == system.DateTime(2024, 2, 29)
    assert system.DateTime.Today < now
    assert str(system.TimeSpan.FromMinutes(-61)) == "-01:01:00"
    with pytest.raises(ValueError, match="un-representable"):
        system.DateTime(2024, 2, 30)


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        ("{0}", 1234.5, "1234,5"),
        ("{0}", 2.0, "2"),
        ("{0:F2}", 1234.565, "1234,57"),
        ("{0:N1}", 1234567.25, "1.234.567,3"),
        ("{0:N0}", -1234.5, "-1.235"),
        ("{0:0.00}", 0.5, "0,50"),
        ("{0:#.##}", 0.5, ",5"),
        ("{0:#,##0.##}", 1234567.5, "1.234.567,5"),
        ("{0:000}", 7, "007"),
        ("{0:0.0 m²}", 2.25, "2,3 m²"),
        ("{0:D3}", -7, "-007"),
        ("{0:X}", 255, "FF"),
        ("{0,6:F1}|", 1.25, "   1,3|"),
        ("{0,-6}|", 12, "12    |"),
        ("{{{0}}}", 1, "{1}"),
    ],
)
def test_numbers_are_formatted(german: Environment, form: str, number: float, text: str) -> None:
    assert namespace(german).String.Format(form, number) == text


def test_formats_that_net_refuses(german: Environment) -> None:
    text = namespace(german).String
    for form in ("{0", "{1}", "{0:Q9}", "{x}"):
        with pytest.raises(SystemError):
            text.Format(form, 1)
    with pytest.raises(NotSimulated):
        text.Format("{0:C}", 1)


def test_numbers_are_read_in_the_users_form(german: Environment) -> None:
    system = namespace(german)
    assert system.Double.TryParse("1.234,5") == (True, 1234.5)
    assert system.Double.TryParse("1,2,3") == (False, 0.0)
    assert system.Int32.TryParse("12") == (True, 12)
    assert system.Int32.TryParse("1,5") == (False, 0)
    invariant = namespace(german, "System.Globalization").CultureInfo.InvariantCulture
    assert system.Double.Parse("1.5", invariant) == 1.5
    with pytest.raises(OverflowError):
        system.Int32.Parse("3000000000")
    with pytest.raises(SystemError, match="correct format"):
        system.Double.Parse("x")
    assert system.Convert.ToInt32(2.5) == 2
    assert system.Convert.ToInt32("7") == 7


def test_net_types_are_pythons_in_ironpython(english: Environment) -> None:
    system = namespace(english)
    assert isinstance("a", system.String)
    assert system.String == str  # noqa: E721 - in IronPython it is
    assert system.Int32("5") == 5
    assert system.Collections.Generic.List[system.String](["a"]).item_type is str
    assert system.String.Join(", ", ["a", "b"]) == "a, b"
    assert system.String.IsNullOrEmpty("")
    assert not system.String.IsNullOrWhiteSpace("a")
    with pytest.raises(TypeError):
        system.String.IsNullOrEmpty(5)


def test_guids_are_values(english: Environment) -> None:
    guid = namespace(english).Guid
    one = guid("3F0C7C52-8A1E-4F0B-9D5C-6F2F6A5B1C47")
    assert one == guid("{3f0c7c52-8a1e-4f0b-9d5c-6f2f6a5b1c47}")
    assert str(one) == "3f0c7c52-8a1e-4f0b-9d5c-6f2f6a5b1c47"
    assert one.ToString("N") == "3f0c7c528a1e4f0b9d5c6f2f6a5b1c47"
    assert len({one, guid(str(one))}) == 1
    assert guid.Empty != one
    assert guid.NewGuid() != guid.NewGuid()
    with pytest.raises(SystemError, match="32 digits"):
        guid("no")


def test_math_gives_nan_where_python_raises(english: Environment) -> None:
    math = namespace(english).Math
    assert math.Sqrt(-1) != math.Sqrt(-1)
    assert math.Log(0) == float("-inf")
    assert (math.Round(2.5), math.Round(3.5), math.Round(1.25, 1)) == (2, 4, 1.2)
    assert (math.Ceiling(1.2), math.Sign(-3), math.Max(1, 2)) == (2, -1, 2)
    with pytest.raises(TypeError):
        math.Sqrt("4")


def test_enums_are_read_by_system_enum(english: Environment) -> None:
    system = namespace(english)
    folder = system.Environment.SpecialFolder
    assert "Desktop" in list(system.Enum.GetNames(folder))
    assert system.Enum.Parse(folder, "Desktop") == folder.Desktop
    assert system.Enum.Parse(folder, "desktop", True) == folder.Desktop
    assert system.Enum.IsDefined(folder, "Nothing") is False
    assert folder.MyDocuments in list(system.Enum.GetValues(folder))
    assert system.Environment.GetFolderPath(folder.Desktop) == r"C:\Users\user\Desktop"
    with pytest.raises(ValueError, match="was not found"):
        system.Enum.Parse(folder, "desktop")
    with pytest.raises(ValueError, match="must be an Enum"):
        system.Enum.GetNames(str)


def test_system_io_sees_the_same_files_as_python(english: Environment) -> None:
    files = namespace(english, "System.IO")
    path = files.Path.Combine(english.home, "Documents", "a.csv")
    files.File.WriteAllText(path, "ä\r\n", namespace(english, "System.Text").Encoding.UTF8)
    assert english.files.read(path) == b"\xef\xbb\xbf\xc3\xa4\r\n"
    files.File.AppendAllText(path, "b", namespace(english, "System.Text").Encoding.UTF8)
    assert list(files.File.ReadAllLines(path)) == ["ä", "b"]
    assert list(files.Directory.GetFiles(english.home + r"\Documents", "*.CSV")) == [path]
    assert files.Path.GetFileNameWithoutExtension(path) == "a"
    assert files.Path.GetExtension(path) == ".csv"
    assert files.Path.GetDirectoryName(path) == english.home + r"\Documents"
    assert files.Path.ChangeExtension(path, "txt").endswith("a.txt")
    english.files.protect(path)
    with pytest.raises(SystemError, match="denied"):
        files.File.Delete(path)
    with pytest.raises(IOError, match="Could not find file"):
        files.File.ReadAllText(english.home + r"\Documents\none.txt")
    with pytest.raises(OSError, match="Could not find a part of the path"):
        files.File.WriteAllText(r"C:\none\a.txt", "x")
    assert not files.File.Exists(None)


def test_the_clock_of_the_run_moves_stopwatches(english: Environment) -> None:
    watch = namespace(english, "System.Diagnostics").Stopwatch.StartNew()
    english.clock.sleep(1.5)
    watch.Stop()
    english.clock.sleep(1)
    assert watch.ElapsedMilliseconds == 1500


def test_references_to_assemblies(english: Environment) -> None:
    clr = namespace(english, "clr")
    clr.AddReference("RevitAPI")
    clr.AddReference("System.Windows.Forms.dll")
    with pytest.raises(IOError, match="Could not add reference to assembly RevitApi2"):
        clr.AddReference("RevitApi2")
    with pytest.raises(IOError, match="Could not add reference"):
        clr.AddReferenceToFileAndPath(r"C:\none.dll")
    with pytest.raises(NotSimulated):
        clr.AddReference("RevitNodes")
    pythonnet = net_module("clr", Environment(engine=Engine.CPYTHON_3))
    assert not hasattr(pythonnet, "AddReferenceByName")


def test_out_parameters_and_types(english: Environment) -> None:
    clr, system = namespace(english, "clr"), namespace(english)
    box = clr.Reference[system.Int32]()
    box.Value = 5
    assert box.Value == 5
    with pytest.raises(TypeError, match="expected int, got str"):
        box.Value = "x"
    assert clr.GetClrType(system.DateTime).Name == "DateTime"
    assert clr.GetClrType(system.String) == clr.GetClrType(str)
    with pytest.raises(TypeError):
        clr.GetClrType(5)


def test_namespaces_hold_what_they_hold(english: Environment) -> None:
    system = namespace(english)
    assert system.Collections.Generic.List is namespace(english, "System.Collections.Generic").List
    assert net_module("Newton", english) is None
    with pytest.raises(NotSimulated, match=r"System\.Windows\.Forms\.MessageBox"):
        namespace(english, "System.Windows.Forms").MessageBox()
    with pytest.raises(AttributeError):
        system.string  # noqa: B018 - refused


def test_exceptions_are_caught_by_either_name(english: Environment) -> None:
    system = namespace(english)
    with pytest.raises(ValueError, match="no") as caught:
        raise system.ArgumentException("no")
    assert isinstance(caught.value, NetException)
    assert caught.value.Message == "no"
    assert system.Exception is NetException
    with pytest.raises(TypeError):
        raise system.ArgumentNullException("no")
    with pytest.raises(KeyError, match="gone"):
        raise system.Collections.Generic.KeyNotFoundException("gone")


def test_delegates_are_called(english: Environment) -> None:
    system = namespace(english)
    seen: list[str] = []
    system.Action[system.String](seen.append).Invoke("a")
    system.Action(lambda: seen.append("b"))()
    assert seen == ["a", "b"]
    with pytest.raises(TypeError):
        system.Action("no function")
