"""The words that a recipe may use to ask for its icon: what it is about and what it does.

In `recipe.yaml`::

    icon: {subject: door, action: select}

`revitron_grpc.bundles.icons` draws a glyph for each `Subject` and a corner mark for each
`Action`; every pair gives another picture. The subject is the thing that the user thinks of
first, the action what the tool does with it: "Doors weaker than their wall" is
`door`/`select`, not `wall`/`check`.
"""

from enum import StrEnum


class Subject(StrEnum):
    """What a tool is about; the big glyph of its icon."""

    # Building
    DOOR = "door"
    WINDOW = "window"
    WALL = "wall"
    FLOOR = "floor"
    ROOF = "roof"
    CEILING = "ceiling"
    STAIR = "stair"
    RAILING = "railing"
    OPENING = "opening"
    CURTAIN_PANEL = "curtain_panel"
    FURNITURE = "furniture"
    # Structure
    COLUMN = "column"
    BEAM = "beam"
    FOUNDATION = "foundation"
    REBAR = "rebar"
    # Building services
    PIPE = "pipe"
    DUCT = "duct"
    CABLE_TRAY = "cable_tray"
    ELECTRICAL_DEVICE = "electrical_device"
    CIRCUIT = "circuit"
    LIGHT = "light"
    SANITARY = "sanitary"
    EQUIPMENT = "equipment"
    CONNECTOR = "connector"
    # Space and place
    ROOM = "room"
    AREA = "area"
    LEVEL = "level"
    GRID = "grid"
    POINT = "point"
    SITE = "site"
    SCOPE_BOX = "scope_box"
    # Documentation
    SHEET = "sheet"
    VIEW = "view"
    VIEW_TEMPLATE = "view_template"
    SECTION = "section"
    SCHEDULE = "schedule"
    TAG = "tag"
    DIMENSION = "dimension"
    TEXT = "text"
    LINE = "line"
    DETAIL = "detail"
    HATCH = "hatch"
    IMAGE = "image"
    REVISION = "revision"
    LEGEND = "legend"
    # Model data
    MODEL = "model"
    ELEMENT = "element"
    FAMILY = "family"
    TYPE = "type"
    PARAMETER = "parameter"
    MATERIAL = "material"
    GROUP = "group"
    FILTER = "filter"
    SELECTION = "selection"
    PHASE = "phase"
    DESIGN_OPTION = "design_option"
    WORKSET = "workset"
    LINK = "link"
    IMPORT = "import"
    WARNING = "warning"
    USER = "user"
    # What is calculated
    CARBON = "carbon"
    COST = "cost"
    FIRE = "fire"
    ENERGY = "energy"


class Action(StrEnum):
    """What a tool does; the mark in the corner of its icon."""

    SELECT = "select"
    FIND = "find"
    CHECK = "check"
    LIST = "list"
    NUMBER = "number"
    RENAME = "rename"
    WRITE = "write"
    CREATE = "create"
    DELETE = "delete"
    ALIGN = "align"
    MOVE = "move"
    ROTATE = "rotate"
    COPY = "copy"
    REPLACE = "replace"
    JOIN = "join"
    SPLIT = "split"
    COLOUR = "colour"
    HIDE = "hide"
    SHOW = "show"
    PIN = "pin"
    TAG = "tag"
    COMPARE = "compare"
    CALCULATE = "calculate"
    MEASURE = "measure"
    SORT = "sort"
    EXPORT = "export"
    IMPORT = "import"
    REPAIR = "repair"
