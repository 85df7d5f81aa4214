"""A project as Revit starts it: two levels, a plan each, phases, project information."""

from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.models.builder import ModelBuilder, m


def empty_project(*, second: bool) -> Database:
    """Build the model; nothing is drawn in it."""
    title = "Neues Projekt" if second else "New project"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    return builder.finish()


def start(builder: ModelBuilder) -> None:
    """Add what every project has: information, settings, phases, two levels and their plans."""
    text = builder.text
    builder.add(
        "ProjectInfo",
        "project-information",
        "OST_ProjectInformation",
        name=text("Project Information", "Projektinformationen"),
        values={"PROJECT_NAME": text("Project Name", "Projektname"), "PROJECT_NUMBER": "0001"},
    )
    builder.add("ProjectLocation", "project-location", name=text("Internal", "Intern"), angle=0.0)
    builder.add("AreaVolumeSettings", "area-volume-settings", compute_volumes=False)
    existing = builder.add("Phase", "phase-1", "OST_Phases", name=text("Existing", "Bestand"))
    new = builder.add("Phase", "phase-2", "OST_Phases", name=text("New Construction", "Neubau"))
    builder.database.settings["phases"] = (existing.id, new.id)
    for number, elevation in ((1, 0.0), (2, m(3.0))):
        level = builder.add(
            "Level",
            f"level-{number}",
            "OST_Levels",
            name=text(f"Level {number}", f"Ebene {number}"),
            elevation=elevation,
        )
        builder.add(
            "ViewPlan",
            f"plan-{number}",
            "OST_Views",
            name=text(f"Level {number}", f"Ebene {number}"),
            view_type="FloorPlan",
            gen_level=level,
            view_phase=new,
            scale=100,
        )
    builder.database.settings["active_view"] = builder.database.by_handle("plan-1").id
