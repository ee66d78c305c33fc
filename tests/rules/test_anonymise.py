"""Persons and their roles become anyone in English sentences, and nothing else does."""

from __future__ import annotations

import pytest

from postmortems.rules.language.english.anonymise import anonymised


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("The on-call engineer restarted the host.", "Someone restarted the host."),
        ("An engineer's laptop is lost.", "Someone's laptop is lost."),
        ("It was noticed by the operator.", "It was noticed by someone."),
        ("The managing director, called out of a train, decides.", "Someone, called out of a train, decides."),
        ("Responders tried it. Engineers saw nothing.", "People tried it. People saw nothing."),
        ("The first responders had established it.", "People had established it."),
        ("Two engineers tried it.", "Two people tried it."),
        ("The payments team is called.", "A team is called."),
        ("Leadership decides not to ask.", "Someone decides not to ask."),
        # What only looks like it.
        ("The operator error page is shown.", "The operator error page is shown."),
        ("The on-call list is out of date.", "The on-call list is out of date."),
        ("The Kubernetes operator restarted it.", "The Kubernetes operator restarted it."),
        ("A package manager is used.", "A package manager is used."),
        ("The team meets at ten.", "The team meets at ten."),
        ("A second person is on call.", "A second person is on call."),
        ("A customer calls the hotline.", "A customer calls the hotline."),
        (
            "The way to repair a sign-in must not lead through it.",
            "The way to repair a sign-in must not lead through it.",
        ),
        ("", ""),
    ],
)
def test_persons_become_anyone(text: str, made: str) -> None:
    assert anonymised(text) == made
