"""Turn the reports of a review into messages of the contract."""

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.contract import SEVERITIES
from revitron_grpc.review.items import ReviewReport
from revitron_grpc.service.wire.messages import (
    complexity_message,
    requirement_message,
    verdict_message,
)
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1 import finding_pb2


def report_message(report: ReviewReport) -> pb.ValidationReport:
    """Return the message of what was found about one item."""
    return pb.ValidationReport(
        id=report.id,
        findings=[finding_message(finding) for finding in report.findings],
        revit_compatibility=[verdict_message(v) for v in report.revit_compatibility],
        api_requirements=[requirement_message(r) for r in report.api_requirements],
        complexity=complexity_message(report.complexity) if report.complexity else None,
        unresolved_receivers=report.unresolved_receivers,
    )


def finding_message(finding: Finding) -> finding_pb2.Finding:
    """Return the message of one finding."""
    return finding_pb2.Finding(
        rule=finding.rule,
        severity=SEVERITIES[finding.severity],
        message=finding.message,
        path=finding.path,
        line=finding.line,
        column=finding.column,
        end_line=finding.end_line,
        end_column=finding.end_column,
        symbol=finding.symbol,
        revit_versions=finding.revit_versions,
        suggestion=finding.suggestion,
        documentation_url=finding.documentation_url,
    )
