"""A timeline as a table, and as a calendar that keeps imprecise dates imprecise."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from comity.model import When
from comity.present.english import both
from comity.present.event_sentences import sentence
from comity.present.export.base import Exporter
from comity.present.export.shapes_csv import table
from comity.present.inline import plain
from comity.query.timeline import Timeline
from comity.reconcile.events import Event

if TYPE_CHECKING:
    from icalendar import Event as Entry


class TimelineCsv(Exporter):
    """One row for each event; no cell is a formula."""

    name, media, told, takes = "timeline.csv", "text/csv", "the timeline as CSV", Timeline

    def export(self, what: Timeline) -> bytes:
        """The members of an event's JSON, its claims by their ids."""
        from comity.present.shapes import records

        return table(records.Event, records.Event.each(what.events))


class TimelineHtml(Exporter):
    """A self-contained table with numbered notes."""

    name, media, told, takes = "timeline.html", "text/html", "the timeline as one page of HTML", Timeline

    def export(self, what: Timeline) -> bytes:
        """One row for each event in order of time, undated events last."""
        from comity.present.export.html_page import timeline

        return timeline(what).encode("utf-8", "replace")


class Calendar(Exporter):
    """An event of iCalendar (RFC 5545) for each dated event."""

    name, media, told, takes = "timeline.ics", "text/calendar", "the timeline as a calendar", Timeline

    def export(self, what: Timeline) -> bytes:
        """The events in order of time.

        An event dated to a year or a month lasts from its first possible day to its last; its summary begins with the
        date in EDTF. Every event has the property X-COMITY-EDTF. Of an interval with an open end, the known end is
        used. Undated events are left out; X-COMITY-UNDATED counts them.
        """
        from icalendar import Calendar as Made

        calendar, (first, second) = Made(), what.pair.polities
        dated = [(event, event.when) for event in what.events if event.when]
        calendar.add("prodid", "-//comity//timeline//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", both(first.id, second.id))
        calendar.add("x-comity-undated", str(len(what.events) - len(dated)))
        for event, when in dated:
            calendar.add_component(_entry(event, when))
        return bytes(calendar.to_ical())


def _entry(event: Event, when: When) -> Entry:
    from icalendar import Event as Made

    entry, (first, last) = Made(), _days(when)
    summary = plain(sentence(event))
    entry.add("uid", f"{event.claims[0].id}@comity")
    entry.add("dtstamp", _stamp(event))
    entry.add("dtstart", first)
    if last < date.max:
        entry.add("dtend", last + timedelta(days=1))
    entry.add("summary", summary if when.precision == "day" and not when.is_marked else f"[{when.edtf}] {summary}")
    entry.add("description", "\n".join(plain(f"{claim.source}, {claim.locator}") for claim in event.evidence))
    entry.add("categories", [event.relation])
    entry.add("transp", "TRANSPARENT")
    entry.add("x-comity-edtf", when.edtf)
    return entry


def _days(when: When) -> tuple[date, date]:
    """The first and last day of a date; of an interval with an open end, those of its known end."""
    if when.earliest == date.min:
        return when.end.earliest, when.latest
    if when.latest == date.max:
        return when.earliest, when.begin_latest
    return when.earliest, when.latest


def _stamp(event: Event) -> datetime:
    """The latest publication date of the event's sources, so that the same calendar gets the same stamp each time."""
    days = [claim.published.when.latest for claim in event.evidence if claim.published.when]
    day = max(days, default=date(1970, 1, 1))
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
