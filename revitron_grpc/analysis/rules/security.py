"""RVT4xx: code, programs, network, files."""

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.rules.rule import Rule

RULES = (
    Rule(
        "RVT400",
        "Code from text",
        Severity.WARNING,
        "eval or exec of something that is not a literal.",
        "Whoever writes the text runs code in Revit.",
        "eval(answer)",
        "ast.literal_eval(answer)",
    ),
    Rule(
        "RVT401",
        "Starts a process",
        Severity.WARNING,
        "os.system, os.startfile, subprocess or System.Diagnostics.Process.",
        "The tool runs other programs with the user's rights.",
        "subprocess.call(command)",
        "Say in the tooltip what is started, and never build the command from model text.",
    ),
    Rule(
        "RVT402",
        "Uses the network",
        Severity.WARNING,
        "A module that opens connections, such as urllib2, requests, socket or System.Net.",
        "Data of the project may leave the office; the tool hangs when the network does.",
        "import requests",
        "Say so in the tooltip, and set a timeout.",
    ),
    Rule(
        "RVT403",
        "Deletes files",
        Severity.WARNING,
        "os.remove, os.unlink, os.rmdir, shutil.rmtree, File.Delete, Directory.Delete.",
        "There is no undo for files.",
        "os.remove(path)",
        "Write to a new file, or ask before deleting.",
    ),
)
