"""The `autograder` command. Exit codes: 0, 1 (something was not marked), 2 (usage)."""

from importlib import import_module

import click

COMMANDS = {
    "build": "Make the students' notebooks from solutions.",
    "init": "Make an nbgrader course.",
    "collect": "Take hand-ins from a folder, a zip, a tar or a notebook.",
    "extend": "Give students more time.",
    "grade": "Mark the hand-ins; goes on where a stopped run ended.",
    "report": "Write feedback pages, the class page and grades.csv.",
    "export": "Fill in Moodle's grading worksheet or Canvas's gradebook.",
    "similarity": "Report answers that are suspiciously alike.",
    "trial": "Try the checks on known-right and known-wrong answers.",
    "demo": "Mark a demo class, from hand-in to report.",
}


class Commands(click.Group):
    """Imports a command when it is called: nbgrader alone takes a second."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        return import_module(f"autograder.commands.{name}").command

    def format_commands(
        self, context: click.Context, formatter: click.HelpFormatter
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kerasdl")
def main() -> None:
    """Marks students' deep learning notebooks."""
