"""The state of diplomatic relations between two polities on a day.

`machine` leads from event to event, `wars` says when a war may be over, `following` what came next and whether it
shows a break before it, `answer` puts them together with the lives of the parties.
"""

from comity.query.status.answer import Status, Turns, status
from comity.query.status.following import bears_on_relations
from comity.query.status.machine import begins_anew, not_resumed, not_yet
from comity.query.status.wars import SURELY_ON
from comity.relations import State

__all__ = [
    "SURELY_ON",
    "State",
    "Status",
    "Turns",
    "bears_on_relations",
    "begins_anew",
    "not_resumed",
    "not_yet",
    "status",
]
