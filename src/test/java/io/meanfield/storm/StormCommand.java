package io.meanfield.storm;

import java.util.List;

/** The commands of a storm. */
enum StormCommand {
  TRAIN("trained"),
  EVALUATE("evaluated"),
  PREDICT("predicted"),
  PREPARE("prepared"),
  RETRAIN(Site.NIGHT);

  private final String run;

  StormCommand(String run) {
    this.run = run;
  }

  /** Returns the id of the run. */
  String run() {
    return run;
  }

  /** Returns the arguments of scripts/submit. */
  List<String> arguments(Site site) {
    return switch (this) {
      case TRAIN -> Site.training(run);
      case EVALUATE -> List.of("evaluate", "--model", Site.BASE, "--run-id", run);
      case PREDICT ->
          List.of(
              "predict",
              "--model",
              Site.BASE,
              "--run-id",
              run,
              "--out",
              site.folder().resolve("out").toString());
      case PREPARE -> List.of("prepare", "--run-id", run);
      case RETRAIN -> Site.night(run);
    };
  }
}
