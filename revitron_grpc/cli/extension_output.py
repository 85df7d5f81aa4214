"""Write received specs as a pyRevit extension."""

from collections.abc import Sequence
from pathlib import Path

from revitron_grpc import __version__
from revitron_grpc.bundles.button import ButtonFolder
from revitron_grpc.bundles.manifest import ManifestHeader
from revitron_grpc.bundles.writer import WrittenExtension, write_extension
from revitron_grpc.contract import CATEGORY_OF
from revitron_grpc.v1.button_service_pb2 import RunStarted
from revitron_grpc.v1.button_spec_pb2 import ButtonSpec
from revitron_grpc.vocabulary import RevitVersion


def write_specs(
    path: Path, specs: Sequence[ButtonSpec], started: RunStarted, *, force: bool
) -> WrittenExtension:
    """Write the specs to `path`; raises `RevitronGrpcError` as `write_extension` does."""
    header = ManifestHeader(
        generator_version=__version__,
        plan_digest=started.plan_digest,
        catalog_digest=started.catalog_digest,
        recipes_digest=started.recipes_digest,
        proof=specs[0].proof_statement if specs else "",
    )
    return write_extension(path, [button_folder(spec) for spec in specs], header, force=force)


def button_folder(spec: ButtonSpec) -> ButtonFolder:
    """Return the folder that a spec describes; its `bundle.yaml` is the one of the spec."""
    versions = [verdict.revit_version for verdict in spec.revit_compatibility]
    return ButtonFolder(
        id=spec.id,
        name=spec.name,
        title=spec.title,
        tooltip=spec.tooltip,
        script=spec.code.script,
        icon_light=spec.code.icon_png,
        icon_dark=spec.code.icon_dark_png,
        category=CATEGORY_OF[spec.category],
        panel=spec.placement.panel,
        group=spec.placement.group,
        titles={text.locale: text.title for text in spec.localizations},
        tooltips={text.locale: text.tooltip for text in spec.localizations},
        context=tuple(spec.context),
        # What was proven is the requested range; outside of it pyRevit makes no button.
        min_revit=RevitVersion(min(versions)),
        max_revit=RevitVersion(max(versions)),
        recipe_id=spec.origin.recipe,
        recipe_digest=spec.origin.recipe_digest,
        files={file.path: file.content for file in spec.code.files},
    )
