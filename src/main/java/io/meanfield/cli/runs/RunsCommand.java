package io.meanfield.cli.runs;

import picocli.CommandLine.Command;

@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description =
        "The runs in run.directory: a list, one run, the deletion of old ones. Starts no Spark"
            + " session.",
    subcommands = {RunsListCommand.class, RunsShowCommand.class, RunsDeleteCommand.class},
    footer = {
      "",
      "Example: scripts/submit runs list --state failed",
      "         scripts/submit runs delete --older-than 90d --dry-run"
    })
public final class RunsCommand {}
