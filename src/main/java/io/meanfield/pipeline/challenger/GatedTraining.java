package io.meanfield.pipeline.challenger;

import io.meanfield.gate.DataProfile;
import io.meanfield.gate.Gate;
import io.meanfield.gate.GateReport;
import io.meanfield.network.Kernels;
import io.meanfield.pipeline.retrain.Discovery;
import io.meanfield.pipeline.retrain.RetrainSettings;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.train.InitialWeights;
import io.meanfield.pipeline.train.Prepared;
import io.meanfield.pipeline.train.TrainingExamples;
import io.meanfield.pipeline.train.TrainingStart;
import io.meanfield.registry.ModelVersion;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.history.TrainingListener;
import java.util.Optional;

/**
 * A training whose data have passed the gate. Driver only.
 *
 * @param profile of the training data, with which later data are compared
 * @param summary the result of the gate in one line
 */
record GatedTraining(Prepared training, DataProfile profile, String summary) {

  /**
   * Opens the training of a challenger and checks its data. The examples stay cached until {@link
   * TrainingExamples#close}.
   *
   * @param run receives table {@code gate}
   * @param discovery the data, and the champion whose data they are compared with
   * @throws io.meanfield.error.UserException with the code DATA_REFUSED if a check fails; nothing
   *     stays cached then
   */
  static GatedTraining open(
      RunDirectory run,
      RetrainInput input,
      Discovery discovery,
      Kernels kernels,
      TrainingListener progressListener) {
    JobContext job = input.job();
    Optional<ModelVersion> champion = input.champion(discovery);
    Optional<InitialWeights> weights =
        initialVersion(job.settings().retrain(), champion)
            .map(version -> InitialWeights.resolve(job.catalog(), version));
    GatedExamples examples = new GatedExamples(input, discovery, weights);
    try {
      GateReport report = job.named("checking data", () -> passed(run, job, examples, champion));
      return new GatedTraining(
          Prepared.of(
              examples.opened(),
              TrainingStart.of(examples.job(), kernels, weights),
              progressListener),
          report.profile().orElseThrow(),
          report.summary());
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      examples.release();
      throw e;
    }
  }

  private static GateReport passed(
      RunDirectory run, JobContext job, GatedExamples examples, Optional<ModelVersion> champion) {
    GateReport report =
        new Gate(job.settings().retrain().gate(), examples::classes)
            .check(examples.gateInput(champion));
    job.measurements().drift(report.drifts());
    report.write(run);
    report.requirePassed();
    return report;
  }

  /** Returns the name of the version whose weights training starts from; empty for none. */
  static Optional<String> initialVersion(
      RetrainSettings settings, Optional<ModelVersion> champion) {
    return champion
        .filter(version -> settings.start() == RetrainSettings.Start.WARM)
        .map(version -> version.name().toString());
  }
}
