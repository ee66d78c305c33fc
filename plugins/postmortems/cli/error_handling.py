"""How commands fail: a message in plain words and exit status 2, never a traceback unless an option wants it."""

from __future__ import annotations

import os
from typing import Any

import click

from postmortems.runtime.errors import MessageError
from postmortems.runtime.extras import missing_extra


class Failure(click.ClickException):
    """The command can't do what was asked; nothing is said about the post-mortems themselves."""

    exit_code = 2


class GuardedGroup(click.Group):
    """A group whose commands end every unexpected exception with a message and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, BrokenPipeError):
            raise  # click has its own ways to end on these; on a broken pipe, silently
        except (click.Abort, KeyboardInterrupt):
            click.echo("\nStopped.", err=True)
            raise click.exceptions.Exit(130) from None
        except MessageError as error:
            _show_traceback()
            raise Failure(str(error)) from error
        except OSError as error:
            _show_traceback()
            raise Failure(_os_message(error)) from error
        except Exception as error:
            _show_traceback()
            if isinstance(error, ModuleNotFoundError) and (
                missing := missing_extra(f"`postmortems {ctx.invoked_subcommand or ''}`", error)
            ):
                raise Failure(str(missing)) from error
            raise Failure(
                f"internal error: {type(error).__name__}: {error}\n"
                "This is a bug in postmortems, not in your files. Please report it with your command and the"
                " output of POSTMORTEMS_DEBUG=1."
            ) from error


def _os_message(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{os.fsdecode(error.filename)}: {reason}" if isinstance(error.filename, str | bytes) else reason


def _show_traceback() -> None:
    if os.environ.get("POSTMORTEMS_DEBUG", "") not in {"", "0"}:
        import traceback

        traceback.print_exc()
