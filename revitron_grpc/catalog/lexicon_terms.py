"""The words of the field: which words name the same action, thing or property.

One entry a line: the term, a colon, and the words for it, separated by commas. A word may be a
phrase. Words are compared by stem, so that plurals and endings need no entry of their own.
General knowledge of the field: nothing here was taken from labelled pairs.
"""

ACTIONS = """
select: select, pick, grab, choose, highlight, selection of, preselect, sel, auswählen, wählen,
  выбрать, выделить, выбор, sélectionner, selecteren
find: find, search, locate, detect, seek, spot, discover, identify, suchen, finden, найти, поиск
list: list, show, display, print out, enumerate, tell, see, overview, get, query, read, liste,
  показать, список, afficher, toon
report: report, document, summarise, summarize, statement, protocol, book of, record, bericht,
  отчет, rapport
check: check, verify, validate, audit, inspect, test, review, examine, preflight, checker,
  warn about, flag, prüfen, проверить, проверка, vérifier, controleren
compare: compare, diff, contrast, comparison, vergleichen, сравнить
count: count, tally, counter, zählen, посчитать, подсчет, compter
measure: measure, gauge, messen, измерить
calculate: calculate, compute, sum, total, add up, work out, analyse, analyze, evaluate, average,
  estimate, calculator, calculation, berechnen, рассчитать, сумма, calculer
isolate: isolate, isolation, изолировать
hide: hide, mute, conceal, switch off, turn off, disable, скрыть, ausblenden
unhide: unhide, reveal, make visible, turn on, enable, switch on, einblenden
color: colour, color, colorize, colorise, paint, splash, tint, grey out, einfärben, раскрасить
override: override graphics, override, überschreiben, переопределить
reset: reset, restore, reinitialise, reinitialize, zurücksetzen, сбросить
number: number, renumber, sequence, enumerate, count up, increment, decrement, numbering,
  nummerieren, nummeren, нумеровать, нумерация, numéroter
rename: rename, name, change names of, change the names of, umbenennen, переименовать, renommer,
  hernoemen
replace: replace, find and replace, find replace, swap, substitute, exchange, relink, ersetzen,
  заменить, remplacer, vervangen
convert: convert, turn into, transform, translate, conversion, converter, change into, umwandeln,
  преобразовать
change: change, modify, edit, adjust, revise, tweak, alter, ändern, bearbeiten, изменить, modifier
fill: fill, write, set, put into, assign, populate, enter, stamp, put, update, setter,
  schreiben, заполнить, записать, remplir
copy: copy, duplicate, clone, transfer, replicate, pull, push, take over, carry over, kopieren,
  duplizieren, копировать, копирование, копировать, скопировать, дублировать, copier
match: match, make like, paste, same as, сопоставить, сопоставление, angleichen
delete: delete, purge, remove, wipe, clean, clean up, cleanup, clear, erase, get rid of, strip,
  take out, take off, overkill, löschen, entfernen, bereinigen, удалить, очистить, supprimer,
  verwijderen
merge: merge, fold, combine, unify, consolidate, zusammenführen, объединить, fusionner
join: join, connect geometry, verbinden, соединить
unjoin: unjoin, disjoin, disallow join
connect: connect, hook up, plug, подключить
disconnect: disconnect, unplug, detach
split: split, divide, cut, break, slice, разделить, teilen
group: group, bundle together
ungroup: ungroup, explode, dissolve
create: create, make, generate, build, draw, model, new, add, insert, produce, generator, maker,
  creator, erstellen, создать, построить, créer, maken
place: place, lay out, position, platzieren, разместить
load: load, load in, laden, загрузить, вставка
reload: reload, refresh, neu laden
import: import, bring in, read in, importieren, импорт
export: export, save as, publish, output, extract, dump, write out, exportieren, экспорт, exporter
save: save, store, backup, back up, speichern, сохранить
print: print, plot, drucken, печать
open: open, go to, jump to, launch, öffnen, открыть, ouvrir
close: close, shut, schließen, закрыть
align: align, line up, arrange, distribute, allign, straighten, alignment, tidy, ausrichten,
  выровнять, выравнивание, aligner, uitlijnen
move: move, shift, relocate, offset, nudge, verschieben, переместить, сдвинуть, déplacer
rotate: rotate, turn, spin, rotation, drehen, повернуть
flip: flip, mirror, invert, reverse, spiegeln, отразить
pin: pin, lock, anpinnen, закрепить
unpin: unpin, unlock
tag: tag, label, annotate, beschriften, маркировать
dimension: dimension, bemaßen, dim
toggle: toggle, switch
sync: sync, synchronize, synchronise, keep in sync
sort: sort, order, reorder, rank
relate: show the way, trace, follow
manage: manage, manager, administer, organise, organize, verwalten, управление
settings: settings, configure, options, config, setup, einstellungen, настройки, paramètres
install: install, download
upgrade: upgrade
reference: monitor, track, tracker, watch
attach: attach, host on, rehost
repair: repair, fix, heal, correct, solve, resolve, reparieren, исправить
filter: filter, keep only, keep, discard, deselect, exclude, leave out, narrow
crop: crop
zoom: zoom
extend: extend, lengthen, stretch
trim: trim, shorten
"""

OBJECTS = """
element: element, object, item, instance, component, thing, entity, elementen, элемент, objekt
selection: selection, selection set
view: view, ansicht, вид, vue, weergave, aanzicht
view_template: view template, vt, vts, viewtemplate, view templates, ansichtsvorlage, шаблон вида,
  gabarit de vue
view_filter: view filter, filter, visibility filter, vg filter, viewfilter, ansichtsfilter, фильтр
view_type: view type
viewport: viewport, vp, ansichtsfenster
view_title: view title, viewport label, viewport title, title on sheet
plan: floor plan, plan view, plan, room plan, ceiling plan, grundriss, план
section: section, section view, schnitt, разрез
elevation_view: elevation view, interior elevation, room elevation, elevation tag
drafting_view: drafting view, drafting, detail view
dependent_view: dependent view
section_box: section box, scope of the 3d view, sectionbox
crop: crop, crop region, crop box
view_range: view range, sichttiefe
scope_box: scope box
sheet: sheet, drawing, drawing sheet, plan sheet, plot sheet, лист, planblatt, feuille, blad
sheet_set: sheet set, print set, view set, publish set
title_block: title block, titleblock, ttb, ttbs, drawing frame, plankopf, основная надпись,
  cartouche
legend: legend, легенда, légende
legend_component: legend component
schedule: schedule, bill, bauteilliste, спецификация, nomenclature
room: room, raum, помещение, pièce, ruimte
space: mep space, space
area: area plan, area scheme, areas, area boundary
zone: zone, hvac zone
space_program: space programme, space program, programme, room schedule of the brief, raumprogramm
door: door, tür, дверь, porte, deur
window: window, fenster, окно, fenêtre, raam
opening: opening, void, penetration, проём, проем, öffnung, sleeve, provision for void, durchbruch
wall: wall, wand, стена, mur, muur
curtain_wall: curtain wall, glazed screen, facade, façade, fassade, storefront
curtain_panel: curtain panel, glass panel, pane
mullion: mullion, transom
floor: floor, slab, decke, перекрытие, пол, sol, vloer
ceiling: ceiling, потолок, unterdecke, plafond
roof: roof, dach, крыша, toit, dak
stair: stair, staircase, treppe, лестница, escalier, trap
railing: railing, handrail, guardrail, balustrade, geländer, ограждение
ramp: ramp, rampe
column: column, pillar, stütze, колонна, structural column, poteau, kolom
beam: beam, structural framing, framing, girder, träger, балка, poutre, ligger, joist
brace: brace, bracing
truss: truss
foundation: foundation, footing, fundament, фундамент, isolated foundation
pile: pile, свая, pfahl, paal
rebar: rebar, reinforcement, bar, fabric, reinforcing bar, bewehrung, арматура, armature, wapening
connection: structural connection, steel connection
assembly: assembly
part: part
furniture: furniture, desk, chair, furniture system, casework, möbel, мебель, meuble, workplace
parking: parking, parking space, parking place, car park, stellplatz
toposolid: toposolid, topography, toposurface, terrain, site surface, gelände
equipment: mechanical equipment, equipment, hvac unit, device, machine, unit, gerät, оборудование
medical: medical equipment
specialty: specialty equipment, special equipment
electrical_panel: panel, panelboard, switchboard, distribution board, switchgear, verteiler, щит
circuit: circuit, stromkreis, цепь, цепи, kring
electrical_fixture: electrical fixture, socket, outlet, power socket, receptacle, steckdose,
  electrical device
luminaire: luminaire, lighting fixture, light fitting, light fixture, lamp, light, leuchte,
  светильник, lighting
low_voltage: data device, low voltage device, fire alarm device, fire alarm, communication device,
  security device, nurse call, smoke detector
switch: lighting device, light switch, switch id
cable_tray: cable tray, tray, kabeltrasse, лоток
conduit: conduit, leerrohr
wire: wire, cable, kabel
pipe: pipe, piping, rohr, труба, tuyau, leiding
duct: duct, air duct, ductwork, kanal, воздуховод, gaine
flex: flex pipe, flex duct, flexible duct, flexible pipe
fitting: fitting, elbow, tee, formteil
accessory: accessory, valve, damper, pipe accessory, duct accessory
insulation: insulation, lining, dämmung, изоляция
air_terminal: air terminal, diffuser, grille, air outlet, luftauslass
sprinkler: sprinkler
plumbing: plumbing fixture, sanitary fixture, toilet, urinal, basin, wc, sanitär
radiator: radiator, heating body
mep_system: mep system, system, network, system type, anlage
drain: drain, drainage, sewer, waste pipe, abwasser
connector: connector, open end, anschluss
fluid: fluid
run: mep run, run, stretch
generic_model: generic model, gm
mass: mass
family: family, familie, семейство, famille, loadable family
in_place: in place family, inplace family, inplace, in place element, in place wall
type: type, family type, element type, symbol, typ, тип, family symbol
category: category, kategorie, категория, catégorie
subcategory: subcategory, sub category, object style
parameter: parameter, param, attribute, property, параметр, eigenschaft, paramètre
project_parameter: project parameter
shared_parameter: shared parameter
global_parameter: global parameter
value: parameter value, value, wert, значение
workset: workset, bearbeitungsbereich, рабочий набор
link: link, revit link, linked model, rvt link, linked file, verknüpfung, связь, lien
cad: dwg link, cad link, cad import, dwg import, dwg, cad, imported dwg, linked dwg, cad drawing,
  imported cad
image: raster image, image, picture, raster
point_cloud: point cloud
revision: revision, rev, ревизия, änderungsindex
cloud: revision cloud, cloud
tag: tag, mark symbol, etikett, марка, étiquette
keynote: keynote, schlüsselnotiz, ключевая пометка
text_note: text note, text annotation, text, textnote, annotation text, label, textnotiz, текст
text_style: text style, text type, font
dimension: dimension, dim, maß, размер, cote
spot: spot elevation, spot dimension, spot coordinate
annotation: annotation, generic annotation, beschriftung
detail: detail item, detail component, detail element, 2d
detail_view: detail, callout
detail_line: line, detail line, model line, curve, linie, линия
line_style: line style, linestyle, linienstil
line_pattern: line pattern, pattern of lines
line_weight: line weight
fill_pattern: fill pattern, hatch, hatching, pat, pattern, schraffur, штриховка
filled_region: filled region, filledregion, region, fill region, gefüllter bereich
material: material, материал, matériau
texture: texture, appearance asset
arrowhead: arrowhead
level: level, storey, story, ebene, geschoss, уровень, niveau, étage, verdieping
grid: grid, axis, grid line, raster line, achse, ось, сетка, stramien
bubble: bubble, grid head, level head
reference_plane: reference plane, referenzebene
base_point: base point, the origin, to origin, origin marker, internal origin,
  survey point, project base point
group: model group, detail group, group, gruppe, группа, groupe, group type
attached_group: attached group, attached detail group
design_option: design option, option set, variante
phase: phase, bauphase, стадия
warning: warning, model warning, failure, fehler, предупреждение, avertissement
constraint: constraint, restriction
override: graphic override, override, graphics, visibility graphics, vg, v g, графика,
  переопределение
leader: leader, hinweislinie
name: name, bezeichnung, имя, nom
mark: mark, item number, id tag
room_number: room number
sheet_number: sheet number
sheet_name: sheet name
number_value: number, nummer, номер
file: file, datei, файл, fichier, pdf file
folder: folder, directory, ordner
model: model, project, document, rvt, modell, projekt, модель, проект
central: central model, central file
cache: cache, collab cache
data_schema: data schema, extensible storage, schema, entity data
ifc: ifc, ifc class
unit: project unit, units
location: location, coordinate, position
selection_memory: selection memory, stored selection, memory
tab: document tab, tab, view tab
ribbon: ribbon, toolbar, interface, ui
extension: extension, plugin, add in, pyrevit
log: log, journal
user: user, owner, colleague, who
statistic: statistic, stat, analytics, metric, key figure
boundary: boundary, outline, contour, edge
layer: layer, wall layer, build up, compound structure, aufbau
finish: finish, skirting, baseboard
load: electrical load, load, heating load, cooling load
joint: joint
hanger: hanger, support
insert: insert
apartment: apartment, dwelling, flat, wohnung, квартира
department: department, abteilung
people: occupant, people, person, number of people, person load
corridor: corridor, circulation, flur
compartment: fire compartment, compartment, smoke compartment, brandabschnitt
exit: exit, escape, way out, egress, escape route, evacuation, fluchtweg
quantity: quantity, take off, takeoff, bill of quantities, boq, bom, mengen
excel_template: excel template
paint: paint
solid: solid, acis, freeform
template_parameter: template parameter
energy: energy settings, energy
shaft: shaft
landing: landing
step: step, riser, tread
sill: sill, window sill
"""

PROPERTIES = """
unused: unused, not used, no view uses, no longer used, unreferenced, without use, nowhere used,
  not in use, that nothing uses, unpurgeable, nobody uses, no element uses, not needed, unbenutzt,
  неиспользуемые, no uses, uses no
unplaced: unplaced, not placed, not on a sheet, not on sheets, not on any sheet, without a sheet,
  nicht platziert, неразмещенные, on no sheet, off sheets
placeholder: placeholder, dummy, lorem ipsum, tbc, tbd
empty: empty, blank, without text, without value, missing value, unfilled, leer, пустые
duplicated: duplicates, duplicate, identical, twin, double, doubled, same place, redundant, equal,
  doppelt, повторяющиеся
fire: fire rating, fire resistance, fire rated, fire protection, fire class, fire, feuerwiderstand,
  огнестойкость, resistance class, rated, fire safety, fireproof
lower: lower than, weaker, weaker than, lower, low, less than, worse, inferior, short of, too low,
  insufficient, not as good
higher: higher than, higher, better than, better, greater than, over the limit, beyond,
  exceed, too good, too high, overrated, oversized
smaller: smaller, smaller than, narrower, narrowing, shrink, thinner
larger: larger, larger than, bigger, wider, too large, too big
host: host, hosted, host wall, sit in, sits in, contain, containing, host element, stand in,
  belong to, surrounding, the wall around, they are in, built into
mirrored: mirrored, flipped, gespiegelt
pinned: pinned
painted: painted
grouped: grouped, in groups
tagged: tagged
untagged: untagged, without tag, without a tag, no tag
undimensioned: without dimension, undimensioned
unenclosed: unenclosed, not enclosed
nested: nested, subcomponent, shared family
linked: linked, from a link, in links
imported: imported
hidden: hidden
missing: missing, lost, without, lacks, lack, have no, has no, no longer, not have, ohne, fehlend
unconnected: unconnected, not connected, disconnected, loose, connected to nothing, dangling
connected: connected, connects
wrong: wrong, mismatch, differs, differ, other than, different from, not match, inconsistent
nearest: nearest, closest, next to, adjacent, neighbouring, neighboring, beside, near
above: above, upper, on top of
below: below, underside, under, lower side, elevation under, beneath
height: height, höhe, tall, headroom, clear height, clearance
width: width, wide, narrow, breite
length: length, long, länge
depth: depth, deep
thickness: thickness, thick
size: size, dimensions, big, diameter, cross section
area_value: floor area, surface, square metre, area, площадь, fläche
volume: volume
weight: weight, mass of, kilogram
slope: slope, gradient, pitch
angle: angle, skew
distance: distance, gap, far
direction: direction, orientation, swing, handing, open inwards
flow: flow, air flow, airflow, downstream, upstream
pressure: pressure
voltage: voltage, power, kilowatt
cost: cost, price
u_value: u value, thermal, heat loss
daylight: daylight, glazing, glass share
acoustics: acoustic, sound
centroid: centroid, centre, center, middle
left: left
right: right
top: top
bottom: bottom
horizontal: horizontal, horizontally
vertical: vertical, vertically, upright
spline: spline, path, along a curve
clockwise: clockwise, round the room, around the room
reading_order: reading order, row by row, rows, left to right, like a page, in rows
prefix: prefix, suffix
upper_case: upper case, lower case, uppercase, letter case
by_value: by value, by parameter value, by parameter
formula: formula, template string, convention, naming rule, pattern string, rule
by_revision: by revision
elevation: elevation
slant: slant, slanted, inclined
history: history, changes over time
round_trip: round trip
person_mine: owned by me, last edited by me, my own
age: age, old, date, last change, creator, created by, edited by
cloud_service: cloud model, bim360, acc, construction cloud
detached: detached
worksharing: worksharing, central
readable: read only
background: background
monitored: monitored
referenced: referencing, referring, referred, reference, refers
underlay: underlay
visible: visible, visibility, showing, shows up
boundary_rel: bounding, bound
common: common, shared by all, one mark, same mark
running: running number, continuous, consecutive
swing: swing
other_documents: other document, other open model, other project, open documents, open document,
  between projects, between two projects, other models, other open documents, between documents,
  into another project, between two open projects, other documents, open projects, btw docs,
  from one project, to another project, another document
several_models: several models, many models, batch of models
too_small: too small, too tight
too_many: too many
limit: limit, allowed, least, minimum, maximum, required, requirement, table of the office
"""

FORMATS = """
excel: excel, xlsx, xls, xcl, spreadsheet, workbook, tabelle
csv: csv
pdf: pdf
dwg_format: to dwg, as dwg, dwg files, into dwg, dwg format
ifc_format: ifc
png: png, jpg, jpeg, as image, screenshot, bitmap
html: html
json: json
yaml: yaml
gbxml: gbxml
clipboard: clipboard, zwischenablage
pat_file: pat file, pat files
"""

SCOPES = """
selected: selected, picked, chosen, current selection, the selection, given, ticked, выбранные
active_view: active view, current view, in view, in the view, this view, текущий вид,
  in current view
all_views: all views, every view
whole_model: in model, in the model, whole model, entire model, in the project, whole project
batch: batch, bulk, mass, multiple, many, several
same_kind: same, similar, alike, подобные
on_sheets: on sheets, on sheet, on a sheet
memory: stored, saved
interactive: interactively, one by one, one after another
"""
