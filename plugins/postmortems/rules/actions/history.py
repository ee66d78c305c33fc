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
    summary=(
        "Since the base, an action or a published post-mortem was removed, an action id was reused,"
        " or published times changed without an amendment"
    ),
    why="""Others link to post-mortems, count actions by their ids and rely on the times. A deleted action takes
    its follow-through with it, and a silent change means that two readers saw different facts.""",
    remedy="""Set an action to `declined` or `superseded` with a reason, and give new actions new ids. Withdraw a
    post-mortem with `status: withdrawn`, keeping its file and name. If times were wrong, correct them and add an
    entry under `amended`. Drafts can be changed and deleted freely. Reported by `postmortems check --base`
    only.""",
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
            "if this is expected, do nothing; `git diff` shows the change",
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
    summary="Since the base, a due date moved later without a `slips` entry",
    why="""“On time” is measured by the original due date. If dates move silently, every action looks punctual and
    nobody learns what delayed it.""",
    remedy="""Add an entry under the action's `slips` with the old date, the new date and the reason. If the old
    date was a typing mistake, list H02 under `accepted` with that reason. Reported by `postmortems check --base`
    only.""",
    bad="""
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
            owner: platform
            due: 2026-05-31 # 2026-04-30 at the base
            done_when: the alarm fired for a test certificate
    """,
    good="""
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
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
            f"the due date of {action.id} moved from {before.due} to {action.due} without a `slips` entry",
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
                f"the file was deleted, and could not be read at {history.base}",
                "if it held a published post-mortem, restore it and set `status: withdrawn`",
            )
        elif earlier.was_published:
            yield _deleted(earlier, _heir(earlier, history, context))


def _deleted(earlier: Earlier, heir: str) -> Finding:
    if heir:
        return _about_deleted(
            earlier,
            Severity.ERROR,
            f"the id of a published post-mortem changed: `{earlier.id}` is now `{heir}`",
            "restore the file name: others link to the id, even if it is not accurate",
        )
    return _about_deleted(
        earlier,
        Severity.ERROR,
        f"the {earlier.status} post-mortem `{earlier.id}` was deleted",
        "restore the file; to retract a post-mortem, set `status: withdrawn`, say why under "
        "`amended`, and remove what must not be read"
        if earlier.status == "published"
        else "restore the file: it tells readers that the post-mortem was withdrawn, and why",
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
            "a published post-mortem became a draft, and drafts are not shown",
            "keep it published while you amend it; to retract it, set `status: withdrawn`",
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
    changes = (
        f"`{name}` was {was.text}{'' if name in now else ' and was removed'}" for name, was in changed.items()
    )
    yield Problem(
        moment_place(record, tuple(next(iter(changed)).split("."))),
        f"published times changed without a new `amended` entry: {', '.join(changes)}",
        "add an `amended` entry with `date`, `what` and `why`, or restore the times",
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
            f"action {lost.id} was removed: {_quoted(lost.title)}",
            f"{heir} has its title: rename it back to {lost.id}"
            if heir
            else "restore it; if it won't be done, set it to `declined` or `superseded` with a `reason`",
            of_key=True,
            needs=("actions.id",),
        )


def _reused_ids(record: Postmortem, earlier: Earlier, base: str) -> Iterator[Problem]:
    for i, action in enumerate(record.actions):
        before = earlier.actions.get(action.id)
        if before and _is_another(action, before, earlier):
            yield Problem(
                ("actions", i, "id"),
                f"the id {action.id} belonged to another action at {base}: {_quoted(before.title)}",
                "give the new action its own id, and restore the previous one",
                needs=("actions.owner", "actions.opened"),
            )


def _is_another(action: Action, before: EarlierAction, earlier: Earlier) -> bool:
    from postmortems.history import stands_for_another  # only a check against a base needs it, and Git

    return stands_for_another(action, before, earlier)


def _quoted(title: str) -> str:
    return f"“{title if len(title) <= _TITLE_LENGTH else title[:_TITLE_LENGTH] + '…'}”"
