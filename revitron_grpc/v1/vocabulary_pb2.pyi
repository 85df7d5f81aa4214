from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from typing import ClassVar as _ClassVar

DESCRIPTOR: _descriptor.FileDescriptor

class Category(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CATEGORY_UNSPECIFIED: _ClassVar[Category]
    CATEGORY_SELECTION_AND_FILTERING: _ClassVar[Category]
    CATEGORY_MODEL_MANAGEMENT: _ClassVar[Category]
    CATEGORY_DOCUMENTATION_AND_REPORTING: _ClassVar[Category]
    CATEGORY_AUTOMATION_AND_WORKFLOW: _ClassVar[Category]
    CATEGORY_ANALYSIS_AND_SIMULATION: _ClassVar[Category]

class Discipline(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DISCIPLINE_UNSPECIFIED: _ClassVar[Discipline]
    DISCIPLINE_ARCHITECTURE: _ClassVar[Discipline]
    DISCIPLINE_STRUCTURE: _ClassVar[Discipline]
    DISCIPLINE_MEP: _ClassVar[Discipline]
    DISCIPLINE_ELECTRICAL: _ClassVar[Discipline]
    DISCIPLINE_COORDINATION: _ClassVar[Discipline]
    DISCIPLINE_DOCUMENTATION: _ClassVar[Discipline]
    DISCIPLINE_DATA_QUALITY: _ClassVar[Discipline]
    DISCIPLINE_QUANTITIES: _ClassVar[Discipline]
    DISCIPLINE_SUSTAINABILITY: _ClassVar[Discipline]
    DISCIPLINE_FIRE_SAFETY: _ClassVar[Discipline]
    DISCIPLINE_BIM_MANAGEMENT: _ClassVar[Discipline]
    DISCIPLINE_HEALTHCARE: _ClassVar[Discipline]
    DISCIPLINE_HOUSING: _ClassVar[Discipline]
    DISCIPLINE_FACADE: _ClassVar[Discipline]

class Engine(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENGINE_UNSPECIFIED: _ClassVar[Engine]
    ENGINE_IRONPYTHON_27: _ClassVar[Engine]
    ENGINE_IRONPYTHON_34: _ClassVar[Engine]
    ENGINE_CPYTHON_3: _ClassVar[Engine]

class Library(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LIBRARY_UNSPECIFIED: _ClassVar[Library]
    LIBRARY_AUTO: _ClassVar[Library]
    LIBRARY_REVITRON: _ClassVar[Library]
    LIBRARY_PYREVIT: _ClassVar[Library]

class Criterion(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CRITERION_UNSPECIFIED: _ClassVar[Criterion]
    CRITERION_TECHNICAL_FEASIBILITY: _ClassVar[Criterion]
    CRITERION_DUPLICATE_CHECK: _ClassVar[Criterion]
    CRITERION_AEC_VALUE: _ClassVar[Criterion]
    CRITERION_IMPLEMENTATION_COMPLEXITY: _ClassVar[Criterion]
    CRITERION_API_COMPATIBILITY: _ClassVar[Criterion]
    CRITERION_INNOVATION_SCORE: _ClassVar[Criterion]
    CRITERION_RESOURCE_REQUIREMENTS: _ClassVar[Criterion]

class Severity(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SEVERITY_UNSPECIFIED: _ClassVar[Severity]
    SEVERITY_ERROR: _ClassVar[Severity]
    SEVERITY_WARNING: _ClassVar[Severity]
    SEVERITY_INFO: _ClassVar[Severity]
CATEGORY_UNSPECIFIED: Category
CATEGORY_SELECTION_AND_FILTERING: Category
CATEGORY_MODEL_MANAGEMENT: Category
CATEGORY_DOCUMENTATION_AND_REPORTING: Category
CATEGORY_AUTOMATION_AND_WORKFLOW: Category
CATEGORY_ANALYSIS_AND_SIMULATION: Category
DISCIPLINE_UNSPECIFIED: Discipline
DISCIPLINE_ARCHITECTURE: Discipline
DISCIPLINE_STRUCTURE: Discipline
DISCIPLINE_MEP: Discipline
DISCIPLINE_ELECTRICAL: Discipline
DISCIPLINE_COORDINATION: Discipline
DISCIPLINE_DOCUMENTATION: Discipline
DISCIPLINE_DATA_QUALITY: Discipline
DISCIPLINE_QUANTITIES: Discipline
DISCIPLINE_SUSTAINABILITY: Discipline
DISCIPLINE_FIRE_SAFETY: Discipline
DISCIPLINE_BIM_MANAGEMENT: Discipline
DISCIPLINE_HEALTHCARE: Discipline
DISCIPLINE_HOUSING: Discipline
DISCIPLINE_FACADE: Discipline
ENGINE_UNSPECIFIED: Engine
ENGINE_IRONPYTHON_27: Engine
ENGINE_IRONPYTHON_34: Engine
ENGINE_CPYTHON_3: Engine
LIBRARY_UNSPECIFIED: Library
LIBRARY_AUTO: Library
LIBRARY_REVITRON: Library
LIBRARY_PYREVIT: Library
CRITERION_UNSPECIFIED: Criterion
CRITERION_TECHNICAL_FEASIBILITY: Criterion
CRITERION_DUPLICATE_CHECK: Criterion
CRITERION_AEC_VALUE: Criterion
CRITERION_IMPLEMENTATION_COMPLEXITY: Criterion
CRITERION_API_COMPATIBILITY: Criterion
CRITERION_INNOVATION_SCORE: Criterion
CRITERION_RESOURCE_REQUIREMENTS: Criterion
SEVERITY_UNSPECIFIED: Severity
SEVERITY_ERROR: Severity
SEVERITY_WARNING: Severity
SEVERITY_INFO: Severity
