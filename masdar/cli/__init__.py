"""The command line: one command per file, imported only when it is called."""

from __future__ import annotations

import importlib

import click

from masdar import __version__
from masdar.errors import MasdarError

# name: (where it is, what `masdar --help` says of it)
COMMANDS = {
    "read": ("masdar.cli.read:read", "Read articles and print what they say."),
    "ingest": ("masdar.cli.ingest:ingest", "Read articles into a store."),
    "status": ("masdar.cli.status:status", "Say what is in a store."),
    "export": ("masdar.cli.export:export", "Write records in a format that others read."),
    "aggregate": ("masdar.cli.aggregate:aggregate", "Count events by period, pair of countries and type."),
    "serve": ("masdar.cli.serve:serve", "Open the desk: read, search and correct in a browser."),
    "search": ("masdar.cli.search:search", "Search what is in a store."),
    "join": ("masdar.cli.join:join", "Find copies, stories and echoes in a store."),
    "stories": ("masdar.cli.stories:stories", "List events that several outlets report, and what differs."),
    "echoes": ("masdar.cli.echoes:echoes", "List words that several outlets quote; what a speaker said over time."),
    "explain": ("masdar.cli.explain:explain", "Say why something was found in an article."),
    "schema": ("masdar.cli.schema:schema", "Print the JSON Schema of a record."),
    "places": ("masdar.cli.places:places", "Build a larger base of places."),
    "actors": ("masdar.cli.actors:actors", "Build a larger base of people and bodies."),
}
STOPPED = 130  # exit code after Ctrl-C, as shells have it


class Commands(click.Group):
    """A group that knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing one of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, (_, help) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what masdar raises on purpose is said in one line, without a traceback; Ctrl-C ends it."""
        try:
            return super().invoke(ctx)
        except MasdarError as error:
            raise click.ClickException(str(error)) from error
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(STOPPED)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="masdar")
def main() -> None:
    """Read Arabic-language political news and keep a record of it.

    Who said what, who did what to whom, when and where; each pointing at its words.
    """
