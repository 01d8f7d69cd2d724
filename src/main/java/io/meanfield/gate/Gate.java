package io.meanfield.gate;

import io.meanfield.data.Dataset;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks data before a model is trained on them; driver only. The result depends on the data and
 * the settings, not on the cluster.
 */
public final class Gate {
  private final GateSettings settings;
  private final int classes;

  /**
   * Makes a gate.
   *
   * @param classes the number of classes of the network
   */
  public Gate(GateSettings settings, int classes) {
    this.settings = settings;
    this.classes = classes;
  }

  /**
   * Makes all checks. Data that cannot be read fail the check {@code readable}; so do missing
   * columns if there is a champion, because the settings were right for its data. Test data that
   * cannot be read do not hide findings in the training data.
   *
   * @param training opens the training data
   * @param test opens the test data, if there are any
   * @param reference the profile of the champion's training data; empty without a champion
   * @throws UserException if settings are wrong
   */
  public GateReport check(
      Supplier<Dataset> training,
      Optional<Supplier<Dataset>> test,
      Optional<DataProfile> reference) {
    Reading reading = new Reading(reference.isPresent());
    Optional<Inspection> inspection =
        reading
            .attempt(() -> requireExamples(training.get()))
            .flatMap(data -> inspect(reading, data, test, reference));
    List<GateCheck> checks = new ArrayList<>(reading.checks());
    inspection.ifPresent(data -> settings.rules().forEach(rule -> checks.addAll(rule.check(data))));
    return new GateReport(checks, inspection.map(Inspection::profile), drifts(inspection));
  }

  private static Dataset requireExamples(Dataset data) {
    if (data.count() == 0) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, data.display() + " has no examples");
    }
    return data;
  }

  private Optional<Inspection> inspect(
      Reading reading,
      Dataset training,
      Optional<Supplier<Dataset>> test,
      Optional<DataProfile> reference) {
    return reading
        .attempt(() -> DataProfiler.profile(training, classes, reference))
        .map(
            found ->
                new Inspection(
                    found.profile(),
                    reference,
                    found.compared(),
                    reading.attempt(() -> DuplicateCounts.of(training, test.map(Supplier::get)))));
  }

  private static Map<String, Double> drifts(Optional<Inspection> inspection) {
    Map<String, Double> indexes = new LinkedHashMap<>();
    inspection
        .map(DriftRule::drifts)
        .orElse(List.of())
        .forEach(drift -> indexes.put(drift.column(), drift.index()));
    return indexes;
  }
}
