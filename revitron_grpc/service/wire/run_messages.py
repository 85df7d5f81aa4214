"""Turn stored runs and ratings into messages of the contract."""

from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp

from revitron_grpc.contract import CATEGORIES
from revitron_grpc.storage.runs import Rating, RunState, StoredRun, Verdict
from revitron_grpc.v1 import button_service_pb2 as pb

STATES = {
    RunState.RUNNING: pb.RUN_STATE_RUNNING,
    RunState.FINISHED: pb.RUN_STATE_FINISHED,
    RunState.CANCELLED: pb.RUN_STATE_CANCELLED,
    RunState.FAILED: pb.RUN_STATE_FAILED,
}
VERDICTS = {
    Verdict.NONE: pb.RATING_VERDICT_UNSPECIFIED,
    Verdict.KEEP: pb.RATING_VERDICT_KEEP,
    Verdict.REJECT: pb.RATING_VERDICT_REJECT,
}
STATE_OF = {number: word for word, number in STATES.items()}
VERDICT_OF = {number: word for word, number in VERDICTS.items()}
# A word of another release is left out, rather than the whole run.
_CATEGORIES = {category.value: number for category, number in CATEGORIES.items()}


def stored_request(request: pb.GenerateButtonsRequest) -> bytes:
    """Return what is kept of a request: all but the caller's own tools and the token."""
    kept = pb.GenerateButtonsRequest()
    kept.CopyFrom(request)
    kept.ClearField("existing_tools")
    kept.ClearField("resume_token")
    return kept.SerializeToString(deterministic=True)


def run_message(run: StoredRun) -> pb.Run:
    """Return the message of a stored run."""
    begun = run.begun
    message = pb.Run(
        run_id=begun.run_id,
        plan_digest=begun.plan_digest,
        state=STATES[run.state],
        create_time=_timestamp(begun.created),
        request=pb.GenerateButtonsRequest.FromString(begun.request),
        owner=begun.owner,
        buttons=[
            pb.RunButton(
                ordinal=button.ordinal,
                id=button.idea_id,
                title=button.title,
                category=_CATEGORIES.get(button.category),
                rating=rating_message(run.ratings[button.idea_id])
                if button.idea_id in run.ratings
                else None,
            )
            for button in run.buttons
        ],
    )
    if run.ended is not None:
        message.end_time.CopyFrom(_timestamp(run.ended))
    if run.summary is not None:
        message.summary.ParseFromString(run.summary)
    return message


def rating_message(rating: Rating) -> pb.Rating:
    """Return the message of a stored rating."""
    return pb.Rating(
        verdict=VERDICTS[rating.verdict],
        stars=rating.stars,
        comment=rating.comment,
        update_time=_timestamp(rating.changed),
    )


def _timestamp(moment: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(moment)
    return message
