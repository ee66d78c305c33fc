"""Records as they stand in files, for tests that start from a sound one, and how the check sums up."""

import click

from postmortems.findings import Tally, render_summary

CHECKOUT = """\
---
schema: 1
title: Checkout refused cards for an hour
summary: A new version of checkout refused all cards, and going back took an hour.
status: published
tlp: CLEAR
published: 2026-03-04
severity: sev4
services:
  - example-shop
trigger: deploy
times:
  started: 2026-03-03T14:32Z
  detected: 2026-03-03T14:40Z
  contained: 2026-03-03T15:05Z
  recovered: 2026-03-03T15:31Z
detection: monitoring
impact:
  technical: low
factors:
  - "change.rollout: every host took the version at once -> the fault reached all users"
lessons:
  - "worked: The alarm on refused cards rang within minutes."
no_actions_reason: The rollout has had a first stage since the week after.
---
"""


def summed_up(files: int, errors: int = 0, warnings: int = 0) -> str:
    """The last line of a check; tests/findings asserts how it is worded."""
    return click.unstyle(render_summary(Tally(errors, warnings, 0), files)) + "\n"
