"""The compiler and the runtime of mono: how tests come by real assemblies, and look into them."""

import subprocess
from pathlib import Path

_MONO = Path("/usr/lib/mono")
CLASS_LIBRARY = _MONO / "4.5" / "mscorlib.dll"
_BESIDE = ("System", "System.Configuration", "System.Core", "System.Xml")
REFERENCED = {
    "mscorlib": CLASS_LIBRARY,
    **{name: next((_MONO / "gac" / name).glob(f"*/{name}.dll"), _MONO / name) for name in _BESIDE},
}
"""Class libraries that mono's compiler needs, so that they are where it is."""
LIBRARIES = {name: REFERENCED[name] for name in ("mscorlib", "System", "System.Core")}
SOURCES = Path(__file__).parent / "assemblies"


def compiled(source: Path, target: Path, *options: str) -> Path:
    """Compile C# to the library or program `target`; its ending says which."""
    kind = "library" if target.suffix == ".dll" else "exe"
    target.parent.mkdir(parents=True, exist_ok=True)
    command = ["mcs", "-nologo", f"-target:{kind}", f"-out:{target}", *options, str(source)]
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=100)
    return target


def reflected(lister: Path, assembly: Path) -> list[list[str]]:
    """Run the compiled `Listing.cs` on an assembly: what reflection sees, as rows of fields."""
    done = subprocess.run(
        ["mono", str(lister), str(assembly)], check=True, capture_output=True, timeout=100
    )
    return [line.split("\t") for line in done.stdout.decode("utf-8").splitlines()]


def made_up_revit(folder: Path) -> list[Path]:
    """Compile the made-up RevitAPI.dll and RevitAPIUI.dll of Revit 2027 into a folder."""
    ours = compiled(
        SOURCES / "RevitAPI.cs",
        folder / "RevitAPI.dll",
        *("-unsafe", "-langversion:7.2", "-nowarn:67,169,414,612,618,649,660"),
    )
    return [ours, compiled(SOURCES / "RevitAPIUI.cs", folder / "RevitAPIUI.dll", f"-r:{ours}")]
