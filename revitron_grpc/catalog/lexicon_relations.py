"""How the terms of the lexicon relate: what is close, what excludes what, what is one task.

General knowledge of the field, like the terms themselves.
"""

# Broader families within which two different actions are still close: to a user who looks for
# "which doors are wrong" it matters little whether they are listed or selected.
FAMILIES = (
    ("select", "find", 0.9),
    ("select", "list", 0.7),
    ("select", "check", 0.85),
    ("select", "report", 0.5),
    ("select", "filter", 0.7),
    ("select", "isolate", 0.5),
    ("select", "measure", 0.5),
    ("select", "open", 0.3),
    ("find", "list", 0.9),
    ("find", "check", 0.9),
    ("find", "report", 0.7),
    ("find", "isolate", 0.5),
    ("find", "measure", 0.6),
    ("list", "check", 0.85),
    ("list", "report", 0.95),
    ("list", "count", 0.7),
    ("list", "calculate", 0.6),
    ("list", "export", 0.5),
    ("list", "compare", 0.6),
    ("list", "measure", 0.6),
    ("list", "open", 0.3),
    ("check", "report", 0.8),
    ("check", "compare", 0.85),
    ("check", "measure", 0.8),
    ("check", "calculate", 0.7),
    ("check", "isolate", 0.5),
    ("check", "color", 0.5),
    ("find", "compare", 0.6),
    ("report", "export", 0.6),
    ("report", "count", 0.7),
    ("report", "calculate", 0.7),
    ("report", "compare", 0.7),
    ("count", "calculate", 0.8),
    ("measure", "calculate", 0.9),
    ("measure", "compare", 0.6),
    ("calculate", "compare", 0.5),
    ("isolate", "hide", 0.4),
    ("color", "override", 0.9),
    ("number", "fill", 0.6),
    ("number", "rename", 0.5),
    ("number", "sort", 0.5),
    ("rename", "replace", 0.85),
    ("rename", "change", 0.7),
    ("rename", "fill", 0.4),
    ("replace", "change", 0.8),
    ("replace", "convert", 0.7),
    ("convert", "create", 0.6),
    ("convert", "change", 0.6),
    ("change", "fill", 0.8),
    ("change", "move", 0.5),
    ("change", "manage", 0.5),
    ("copy", "match", 0.85),
    ("copy", "fill", 0.5),
    ("copy", "load", 0.4),
    ("match", "fill", 0.5),
    ("match", "align", 0.5),
    ("fill", "import", 0.5),
    ("delete", "merge", 0.4),
    ("delete", "repair", 0.4),
    ("merge", "join", 0.8),
    ("join", "connect", 0.6),
    ("unjoin", "disconnect", 0.7),
    ("create", "place", 0.8),
    ("create", "copy", 0.3),
    ("create", "tag", 0.4),
    ("place", "tag", 0.7),
    ("place", "move", 0.4),
    ("load", "import", 0.8),
    ("load", "reload", 0.7),
    ("load", "open", 0.3),
    ("reload", "open", 0.3),
    ("export", "save", 0.8),
    ("export", "print", 0.8),
    ("save", "copy", 0.3),
    ("align", "move", 0.7),
    ("align", "fill", 0.4),
    ("move", "fill", 0.5),
    ("move", "attach", 0.5),
    ("align", "attach", 0.5),
    ("manage", "settings", 0.6),
    ("manage", "list", 0.4),
    ("install", "upgrade", 0.7),
    ("repair", "fill", 0.5),
    ("repair", "change", 0.7),
    ("repair", "connect", 0.6),
    ("hide", "toggle", 0.6),
    ("unhide", "toggle", 0.6),
    ("reset", "delete", 0.5),
    ("reference", "list", 0.5),
    ("relate", "select", 0.8),
    ("relate", "list", 0.8),
    ("relate", "find", 0.8),
)

# Things of one kind that are still different things to whoever works with them.
KIN = (
    ("room", "space", 0.5),
    ("room", "area", 0.3),
    ("space", "area", 0.2),
    ("sheet", "view", 0.1),
    ("plan", "view", 0.5),
    ("section", "view", 0.5),
    ("elevation_view", "view", 0.5),
    ("drafting_view", "view", 0.5),
    ("dependent_view", "view", 0.5),
    ("legend", "drafting_view", 0.3),
    ("viewport", "view", 0.4),
    ("cad", "link", 0.4),
    ("curtain_wall", "wall", 0.4),
    ("family", "type", 0.5),
    ("in_place", "family", 0.5),
    ("project_parameter", "parameter", 0.7),
    ("shared_parameter", "parameter", 0.7),
    ("shared_parameter", "project_parameter", 0.6),
    ("value", "parameter", 0.8),
    ("detail_line", "line_style", 0.5),
    ("fill_pattern", "filled_region", 0.4),
    ("fill_pattern", "line_pattern", 0.3),
    ("cloud", "revision", 0.6),
    ("mark", "number_value", 0.7),
    ("room_number", "number_value", 0.7),
    ("sheet_number", "number_value", 0.7),
    ("sheet_number", "sheet", 0.6),
    ("sheet_name", "sheet", 0.6),
    ("sheet_name", "name", 0.7),
    ("room_number", "room", 0.6),
    ("element", "selection", 0.8),
    ("element", "type", 0.3),
    ("text_note", "text_style", 0.5),
    ("tag", "annotation", 0.5),
    ("text_note", "annotation", 0.5),
    ("dimension", "annotation", 0.5),
    ("bubble", "grid", 0.6),
    ("attached_group", "group", 0.6),
    ("view_title", "viewport", 0.6),
    ("legend_component", "legend", 0.6),
    ("extension", "ribbon", 0.5),
    ("central", "model", 0.6),
    ("model", "file", 0.5),
    ("flex", "pipe", 0.5),
    ("flex", "duct", 0.5),
    ("medical", "equipment", 0.5),
    ("specialty", "equipment", 0.5),
    ("distance", "length", 0.6),
    ("unconnected", "missing", 0.4),
    ("common", "duplicated", 0.5),
    ("smaller", "lower", 0.5),
    ("larger", "higher", 0.6),
    ("size", "width", 0.6),
    ("size", "height", 0.4),
    ("size", "length", 0.4),
    ("detail_view", "section", 0.4),
    ("detail_view", "drafting_view", 0.6),
    ("detail_view", "detail", 0.5),
    ("drain", "pipe", 0.6),
)
"""Pairs of related things with how close they are."""

OPPOSITES = (
    ("lower", "higher"),
    ("smaller", "larger"),
    ("above", "below"),
    ("left", "right"),
    ("top", "bottom"),
    ("horizontal", "vertical"),
    ("tagged", "untagged"),
    ("connected", "unconnected"),
)
"""Properties of which one excludes the other."""

ACTION_FAMILIES = """
look: select, find, list, report, check, compare, count, measure, calculate, filter, relate, isolate
number: number, rename, sort
write: fill, change, match, replace, convert, repair, attach, reset
remove: delete, merge
make: create, place, load, import, copy, group, tag, dimension
arrange: align, move, rotate, flip, pin, unpin, extend, trim, split, join, unjoin, crop
publish: export, print, save
show: color, override, hide, unhide, toggle, zoom
manage: manage, settings, sync, upgrade, reload, open, close, reference
connect: connect, disconnect
"""

OBJECT_FAMILIES = """
rooms: room, space, area, zone, apartment, department, corridor, compartment, space_program,
  people, exit, finish
building: door, window, opening, shaft, sill, wall, curtain_wall, curtain_panel, mullion, layer,
  floor, ceiling, roof, toposolid, stair, railing, ramp, landing, step, column, beam, brace, truss,
  foundation, pile, rebar, connection, assembly, part, furniture, parking, medical, specialty,
  generic_model, mass, element, selection
services: equipment, pipe, duct, flex, fitting, accessory, insulation, air_terminal, sprinkler,
  plumbing, radiator, mep_system, connector, fluid, run, drain, hanger, electrical_panel, circuit,
  electrical_fixture, luminaire, low_voltage, switch, cable_tray, conduit, wire, load, element,
  selection
views: view, view_template, view_filter, view_type, plan, section, elevation_view, drafting_view,
  dependent_view, section_box, crop, view_range, scope_box, override, detail_view
sheets: sheet, sheet_set, title_block, viewport, view_title, legend, legend_component, schedule,
  revision, cloud, sheet_number, sheet_name
annotation: tag, keynote, text_note, text_style, dimension, spot, annotation, detail, detail_line,
  leader, arrowhead
model: level, grid, bubble, reference_plane, base_point, link, cad, image, point_cloud, location,
  workset, central, user, group, attached_group, design_option, phase, warning, constraint, model,
  file, cache, statistic, log
library: family, type, in_place, category, subcategory, parameter, project_parameter,
  shared_parameter, global_parameter, value, mark, number_value, room_number, data_schema, ifc,
  quantity, line_style, line_pattern, line_weight, fill_pattern, filled_region, material, texture
"""
"""What belongs to one kind of work, as toolbars group it; the rest stands alone.

Tools for elements of any kind serve the building and its services.
"""

SIBLINGS = """
pipe, duct, cable_tray, conduit, circuit
door, window, curtain_wall
wall, floor, roof, ceiling
beam, column, foundation, rebar
level, grid
room, area
sheet, schedule
view_template, view_filter
furniture, equipment, plumbing, luminaire, electrical_fixture, air_terminal
excel, csv, pdf, dwg_format, ifc_format, png
"""
"""Things of one rank: who works on one of them does not work on the other."""
