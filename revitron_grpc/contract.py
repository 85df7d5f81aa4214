"""The words of the domain as enum values of the contract, and back."""

from typing import cast

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.button_spec import Compatibility, Effect
from revitron_grpc.generation.request import LibraryChoice
from revitron_grpc.v1 import button_spec_pb2, vocabulary_pb2
from revitron_grpc.validation.cost_class import CostClass
from revitron_grpc.vocabulary import Category, Criterion, Discipline, Engine, Library

# The stubs type `Value()` as int; what it returns is the enum's number, which fields take.
CATEGORIES = {
    c: cast("vocabulary_pb2.Category", vocabulary_pb2.Category.Value(f"CATEGORY_{c.value.upper()}"))
    for c in Category
}
DISCIPLINES = {
    d: cast(
        "vocabulary_pb2.Discipline",
        vocabulary_pb2.Discipline.Value(f"DISCIPLINE_{d.value.upper()}"),
    )
    for d in Discipline
}
CRITERIA = {
    c: cast(
        "vocabulary_pb2.Criterion", vocabulary_pb2.Criterion.Value(f"CRITERION_{c.value.upper()}")
    )
    for c in Criterion
}
ENGINES = {
    Engine.IRONPYTHON_27: vocabulary_pb2.ENGINE_IRONPYTHON_27,
    Engine.IRONPYTHON_34: vocabulary_pb2.ENGINE_IRONPYTHON_34,
    Engine.CPYTHON_3: vocabulary_pb2.ENGINE_CPYTHON_3,
}
LIBRARIES = {
    Library.PYREVIT: vocabulary_pb2.LIBRARY_PYREVIT,
    Library.REVITRON: vocabulary_pb2.LIBRARY_REVITRON,
}
LIBRARY_CHOICES = {
    vocabulary_pb2.LIBRARY_UNSPECIFIED: LibraryChoice.AUTO,
    vocabulary_pb2.LIBRARY_AUTO: LibraryChoice.AUTO,
    vocabulary_pb2.LIBRARY_REVITRON: LibraryChoice.REVITRON,
    vocabulary_pb2.LIBRARY_PYREVIT: LibraryChoice.PYREVIT,
}
SEVERITIES = {
    s: cast("vocabulary_pb2.Severity", vocabulary_pb2.Severity.Value(f"SEVERITY_{s.name}"))
    for s in Severity
}
EFFECTS = {
    e: cast("button_spec_pb2.Effect", button_spec_pb2.Effect.Value(f"EFFECT_{e.name}"))
    for e in Effect
}
COMPATIBILITIES = {
    c: cast(
        "button_spec_pb2.Compatibility",
        button_spec_pb2.Compatibility.Value(f"COMPATIBILITY_{c.name}"),
    )
    for c in Compatibility
}
COST_CLASSES = {
    c: cast("button_spec_pb2.CostClass", button_spec_pb2.CostClass.Value(f"COST_CLASS_{c.name}"))
    for c in CostClass
}

LIBRARY_NUMBERS = {
    LibraryChoice.AUTO: vocabulary_pb2.LIBRARY_AUTO,
    LibraryChoice.REVITRON: vocabulary_pb2.LIBRARY_REVITRON,
    LibraryChoice.PYREVIT: vocabulary_pb2.LIBRARY_PYREVIT,
}

CATEGORY_OF = {number: word for word, number in CATEGORIES.items()}
DISCIPLINE_OF = {number: word for word, number in DISCIPLINES.items()}
CRITERION_OF = {number: word for word, number in CRITERIA.items()}
ENGINE_OF = {number: word for word, number in ENGINES.items()}
