package io.meanfield.cli.models;

import picocli.CommandLine.Command;

@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description =
        "Registered models: their versions, the version in use and its history. Starts no Spark"
            + " session, reproduce excepted.",
    subcommands = {
      ModelsListCommand.class,
      ModelsShowCommand.class,
      ModelsRegisterCommand.class,
      ModelsPromoteCommand.class,
      ModelsRollbackCommand.class,
      ModelsReproduceCommand.class
    },
    footer = {
      "",
      "Example: scripts/submit models register mnist --run mnist-1",
      "         scripts/submit models promote mnist@1 --reason 'first model'",
      "         scripts/submit evaluate --conf jobs/mnist-evaluate.conf --model mnist@champion"
    })
public final class ModelsCommand {}
