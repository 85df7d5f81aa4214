"""What a script gets when it imports one of Python's standard modules."""

import datetime
import math
import threading
from typing import Any

import pytest

from revitron_grpc.simulation.environment import Clock, Environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.standard_modules import StandardModules
from revitron_grpc.vocabulary import Engine


def modules(engine: Engine = Engine.IRONPYTHON_27, **settings: Any) -> StandardModules:
    return StandardModules(Environment(engine=engine, **settings))


def imported(name: str, engine: Engine = Engine.IRONPYTHON_27, **settings: Any) -> Any:
    return modules(engine, **settings).module(name)


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize(
    "name",
    "__future__ codecs collections copy csv datetime fnmatch functools io itertools json math "
    "operator os os.path random re string sys tempfile time traceback".split(),
)
def test_what_scripts_import_is_there_on_every_engine(name: str, engine: Engine) -> None:
    assert imported(name, engine).__name__ == name


def test_modules_that_are_not_there_are_not_there() -> None:
    assert imported("numpy") is None
    assert imported("typing") is None
    assert imported("typing", Engine.IRONPYTHON_34) is None
    assert imported("typing", Engine.CPYTHON_3) is not None
    assert imported("StringIO", Engine.CPYTHON_3) is None
    assert imported("StringIO").StringIO("x").read() == "x"
    assert imported("collections").Iterable is not None
    with pytest.raises(AttributeError):
        imported("collections", Engine.CPYTHON_3).Iterable  # noqa: B018 - refused


@pytest.mark.parametrize("name", ["subprocess", "socket", "urllib2", "xml.etree.ElementTree"])
def test_what_would_leave_the_run_is_not_simulated(name: str) -> None:
    with pytest.raises(NotSimulated):
        imported(name)


def test_members_that_would_leave_the_run_are_not_simulated() -> None:
    with pytest.raises(NotSimulated, match=r"os\.system"):
        imported("os").system("dir")
    with pytest.raises(AttributeError, match="has no attribute 'sytem'"):
        imported("os").sytem("dir")
    with pytest.raises(NotSimulated):
        imported("json").codecs  # noqa: B018 - a way to the disk


def test_a_script_changes_modules_for_itself_alone() -> None:
    mine = imported("math")
    mine.pi = 3
    assert imported("math").pi == math.pi
    same = modules()
    assert same.module("os") is same.module("os")
    assert vars(same.module("os"))["path"] is same.module("os.path")


def test_the_clock_is_the_runs() -> None:
    own = Environment(clock=Clock(datetime.datetime(2026, 2, 3, 4, 5, 6)))
    run = StandardModules(own)
    dates, times = run.module("datetime"), run.module("time")
    assert dates is not None
    assert times is not None
    assert dates.date.today().isoformat() == "2026-02-03"
    assert dates.datetime.now().strftime("%H:%M") == "04:05"
    assert dates.datetime.now() + dates.timedelta(days=1) == dates.datetime(2026, 2, 4, 4, 5, 6)
    assert isinstance(dates.datetime.now().date(), dates.date)
    assert dates.datetime.fromtimestamp(times.time()) == dates.datetime.now()
    assert times.strftime("%Y-%m-%d") == "2026-02-03"
    before = times.time()
    times.sleep(60)
    assert times.time() - before == 60
    assert dates.datetime.now().minute == 6


def test_chance_is_the_runs() -> None:
    first, second = imported("random"), imported("random")
    assert [first.randint(1, 99) for _ in range(5)] == [second.randint(1, 99) for _ in range(5)]
    assert imported("uuid").uuid4() == imported("uuid").uuid4()


def test_files_are_the_runs() -> None:
    run = modules()
    files, system, temporary = (run.module(name) for name in ("io", "os", "tempfile"))
    assert files is not None
    assert system is not None
    assert temporary is not None
    path = system.path.join(temporary.mkdtemp(), "x.txt")
    with files.open(path, "w", encoding="utf-8") as text:
        text.write("y")
    assert system.path.isfile(path)
    assert system.listdir(system.path.dirname(path)) == ["x.txt"]
    assert system.path.getsize(path) == 1
    assert system.path.splitext(path)[1] == ".txt"
    system.remove(path)
    assert not system.path.exists(path)
    assert system.path.expanduser("~\\x") == r"C:\Users\user\x"
    assert system.environ["USERNAME"] == "user"
    with pytest.raises(FileNotFoundError):
        system.startfile(path)


def test_the_engine_names_itself() -> None:
    assert imported("sys").version_info[:2] == (2, 7)
    assert imported("sys").platform == "cli"
    assert imported("sys", Engine.IRONPYTHON_34).version_info.major == 3
    assert imported("sys", Engine.CPYTHON_3).implementation.name == "cpython"
    with pytest.raises(AttributeError):
        imported("sys", Engine.CPYTHON_3).maxint  # noqa: B018 - refused
    with pytest.raises(SystemExit):
        imported("sys").exit()


def test_what_is_printed_and_traced_goes_to_the_runs_output() -> None:
    printed: list[str] = []
    run = modules(write=printed.append)
    system, traces = run.module("sys"), run.module("traceback")
    assert system is not None
    assert traces is not None
    system.stdout.write("a")
    try:
        raise ValueError("no good")
    except ValueError:
        traces.print_exc()
        assert traces.format_exc().endswith("ValueError: no good\n")
    assert printed[0] == "a"
    assert "ValueError: no good" in printed[1]


def test_runs_in_threads_do_not_meet() -> None:
    seen: dict[int, bool] = {}
    ready = threading.Barrier(4)

    def work(number: int) -> None:
        files = imported("io")
        with files.open("same.txt", "w") as text:
            text.write(str(number))
        ready.wait(30)
        with files.open("same.txt") as text:
            seen[number] = text.read() == str(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == dict.fromkeys(range(4), True)
