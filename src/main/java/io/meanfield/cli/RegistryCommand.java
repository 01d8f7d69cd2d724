package io.meanfield.cli;

import io.meanfield.pipeline.JobSettings;
import io.meanfield.registry.Registry;

/** A command on registered models that starts no Spark session. */
abstract class RegistryCommand extends AnswerCommand {
  @Override
  final Answer answer(JobSettings settings) {
    return answer(new Registry(Sessions.hadoop(), settings.registry().directory()), settings);
  }

  abstract Answer answer(Registry registry, JobSettings settings);
}
