"""H rules, against a base: published facts change only with an amendment, and none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings import Finding, Severity
from postmortems.rules.engine.places import first_written, moment_place
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Problem, RuleContext
from postmortems.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.history import Earlier, EarlierAction, History
    from postmortems.record import Action, Postmortem
    from postmortems.source import Moment

_TITLE_LENGTH = 100


@rule(
    code="H01",
    name="nothing-lost",
    severity=Severity.ERROR,
    family="history",
    summary="Against the base, an action or a published post-mortem is gone, an action's id means another one, or "
    "published times changed without a word",
    why="""Others link to post-mortems and count actions by their ids, and read the times as facts. What
    vanishes takes its follow-through with it; what changes in silence makes two readers of one page
    disagree.""",
    remedy="""Set an action to `declined` or `superseded` with a reason, and give a new one a new id. Withdraw
    a post-mortem with `status: withdrawn`, and keep its file and its name. Where times were wrong, correct
    them and add an entry under `amended`. Drafts may be changed and deleted freely. Asked for by
    `postmortems check --base`.""",
    bad="""
        times:
          started: 2026-03-31T09:58Z # 10:12 at the base
          detected: 2026-03-31T10:20Z
          contained: 2026-03-31T10:50Z
          recovered: 2026-03-31T10:55Z
    """,
    good="""
        times:
          started: 2026-03-31T09:58Z # 10:12 at the base
          detected: 2026-03-31T10:20Z
          contained: 2026-03-31T10:50Z
          recovered: 2026-03-31T10:55Z
        amended:
          - date: 2026-04-20
            what: The start moved from 10:12 to 09:58.
            why: The gateway's log showed failed payments from then on.
    """,
)
def nothing_lost(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """Actions, their ids, publication and published times last."""
    history = context.history
    earlier = history.earlier.get(record.id) if history else None
    if history is None or earlier is None:
        return
    if not earlier.readable:
        yield Problem(
            Span(1, 1, 4),
            f"this can't be compared with {history.base}: the file could not be read there",
            "nothing is to be done if that is known; look at what the change is by `git diff`",
            Severity.INFO,
        )
    if earlier.status == "published":
        yield from _unpublished(record)
        yield from _changed_times(record, earlier)
    if not earlier.was_draft:
        yield from _lost_actions(record, earlier)
        yield from _reused_ids(record, earlier, history.base)


@rule(
    code="H02",
    name="due-dates-kept",
    severity=Severity.WARNING,
    family="history",
    summary="Against the base, a due date moved later without a slip that says why",
    why="""The share of actions done on time is counted by the first due date. A date that moves in silence
    makes every action punctual, and nobody learns what held it up.""",
    remedy="""Add an entry under `slips` of the action, with the date before, the new one and the reason. Where
    the date before was a slip of the keyboard, list H02 under `accepted` with that reason. Asked for by
    `postmortems check --base`.""",
    bad="""
        actions:
          - id: A1
            title: Alarm three weeks before a certificate ends
            owner: platform
            due: 2026-05-31 # 2026-04-30 at the base
            done_when: the alarm fired for a test certificate
    """,
    good="""
        actions:
          - id: A1
            title: Alarm three weeks before a certificate ends
            owner: platform
            due: 2026-05-31 # 2026-04-30 at the base
            done_when: the alarm fired for a test certificate
            slips:
              - from: 2026-04-30
                to: 2026-05-31
                reason: The alerting service is renewed first.
    """,
)
def due_dates_kept(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """A due date moves later only by slips, each with its reason."""
    earlier = context.history.earlier.get(record.id) if context.history else None
    if earlier is None or earlier.was_draft:
        return
    for i, action in enumerate(record.actions):
        before = earlier.actions.get(action.id)
        if not before or not before.due or not action.due or action.due <= before.due:
            continue
        if _is_another(action, before, earlier) or action.slipped(before.due, action.due):
            continue
        yield Problem(
            ("actions", i, "due"),
            f"the due date of `{action.id}` moved from {before.due} to {action.due}, and no slip says why",
            f"add it under `slips` of the action: `from: {before.due}`, `to: {action.due}`, and the `reason`",
            needs=("actions.slips",),
        )


def deleted_records(context: RuleContext) -> Iterator[Finding]:
    """H01 for the published post-mortems of the base whose id no file has any more, at the file that is gone.

    Of the library it names only what those who read the findings may see.
    """
    history = context.history
    if history is None:
        return
    for earlier in history.earlier.values():
        if earlier.path not in history.gone or earlier.id in context.ids:
            continue
        if not earlier.readable:
            yield _about_deleted(
                earlier,
                Severity.INFO,
                f"the file is deleted, and could not be read at {history.base}",
                "if it held a published post-mortem, restore it and set `status: withdrawn`",
            )
        elif earlier.was_published:
            yield _deleted(earlier, _heir(earlier, history, context))


def _deleted(earlier: Earlier, heir: str) -> Finding:
    if heir:
        return _about_deleted(
            earlier,
            Severity.ERROR,
            f"the id of a published post-mortem is changed: `{earlier.id}` is now `{heir}`",
            "give the file its name back: an id is a name that others link to, and need not be right",
        )
    return _about_deleted(
        earlier,
        Severity.ERROR,
        f"the {earlier.status} post-mortem `{earlier.id}` is deleted",
        "restore the file; to take a post-mortem back, set `status: withdrawn`, say why under `amended`, and take "
        "out what must not be read"
        if earlier.status == "published"
        else "restore the file: it tells those who follow a link that the post-mortem was withdrawn, and why",
    )


def _about_deleted(earlier: Earlier, severity: Severity, message: str, help_text: str) -> Finding:
    return Finding(earlier.path, 1, 1, "H01", severity, message, help_text, 1)


def _heir(earlier: Earlier, history: History, context: RuleContext) -> str:
    """The id that a deleted post-mortem seems to have by now: that of a new file of its title and mark."""
    for record in context.library.lenient_records:
        if (
            record.source.path in history.changed
            and record.id not in history.earlier
            and (record.title, record.tlp) == (earlier.title, earlier.tlp)
            and record.id in context.redactor.nameable(record)
        ):
            return record.id
    return ""


def _unpublished(record: Postmortem) -> Iterator[Problem]:
    if record.is_draft:
        yield Problem(
            ("status",),
            "a published post-mortem is made a draft, and a draft is shown to nobody",
            "leave it published while it is amended; to take it back, set `status: withdrawn`",
            needs=("status",),
        )


def _changed_times(record: Postmortem, earlier: Earlier) -> Iterator[Problem]:
    """One problem a record, at the first of its times that changed: one entry under `amended` answers them all."""
    if len(record.amended) > earlier.amendments:
        return
    now = {f"times.{name}": moment for name, moment in record.times.items()}
    if record.trigger.at:
        now["trigger.at"] = record.trigger.at
    changed = {name: was for name, was in earlier.moments.items() if _known(now.get(name)) != _known(was)}
    if not changed:
        return
    changes = (f"`{name}` was {was.text}{'' if name in now else ' and is gone'}" for name, was in changed.items())
    yield Problem(
        moment_place(record, tuple(next(iter(changed)).split("."))),
        f"published times changed, and nothing new under `amended` says so: {', '.join(changes)}",
        "add an entry under `amended` with the `date`, `what` was changed and `why`; or put the times back",
        needs=("amended", *changed),
    )


def _known(moment: Moment | None) -> object:
    """The comparable value of a moment: its offset and note don't matter."""
    return moment and (moment.at, moment.precision, moment.estimated, moment.margin)


def _lost_actions(record: Postmortem, earlier: Earlier) -> Iterator[Problem]:
    left = {action.id for action in record.actions}
    place = first_written(record, ("actions",), ("no_actions_reason",), ("title",))
    for lost in earlier.actions.values():
        if lost.id in left:
            continue
        heir = next((a.id for a in record.actions if a.title == lost.title and a.id not in earlier.actions), "")
        yield Problem(
            place,
            f"the action `{lost.id}` is gone: {_quoted(lost.title)}",
            f"`{heir}` has its title: give it the id `{lost.id}` back"
            if heir
            else "put it back, and set it to `declined` or `superseded` with a `reason` where it won't be done",
            of_key=True,
            needs=("actions.id",),
        )


def _reused_ids(record: Postmortem, earlier: Earlier, base: str) -> Iterator[Problem]:
    for i, action in enumerate(record.actions):
        before = earlier.actions.get(action.id)
        if before and _is_another(action, before, earlier):
            yield Problem(
                ("actions", i, "id"),
                f"the id `{action.id}` was another action's at {base}: {_quoted(before.title)}",
                "give the new action an id of its own, and leave the one before where it was",
                needs=("actions.owner", "actions.opened"),
            )


def _is_another(action: Action, before: EarlierAction, earlier: Earlier) -> bool:
    from postmortems.history import stands_for_another  # only a check against a base needs it, and Git

    return stands_for_another(action, before, earlier)


def _quoted(title: str) -> str:
    return f"“{title if len(title) <= _TITLE_LENGTH else title[:_TITLE_LENGTH] + '…'}”"
