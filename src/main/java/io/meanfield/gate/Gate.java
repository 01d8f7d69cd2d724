package io.meanfield.gate;

import io.meanfield.data.Dataset;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Checks data before a model is trained on them; driver only. The result depends on the data and
 * the settings, not on the cluster.
 */
public final class Gate {
  private final GateSettings settings;
  private final IntSupplier classes;

  /**
   * Makes a gate.
   *
   * @param classes returns the number of classes of the network after the training data are open
   */
  public Gate(GateSettings settings, IntSupplier classes) {
    this.settings = settings;
    this.classes = classes;
  }

  /**
   * Makes all checks. Data that cannot be read fail the check {@code readable}; so do data that do
   * not suit the settings if they suited the champion's data. Test data that cannot be read do not
   * hide findings in the training data.
   *
   * @throws UserException if settings are wrong
   */
  public GateReport check(GateInput input) {
    Reading reading = new Reading();
    Optional<Inspection> inspection =
        reading
            .attempt(input.training(), () -> requireExamples(input.training().open().get()))
            .flatMap(data -> inspect(reading, data, input));
    Optional<Inspection> newData =
        inspection.flatMap(all -> input.newData().flatMap(part -> inspect(reading, part, input)));
    List<GateCheck> checks = new ArrayList<>(reading.checks());
    inspection.ifPresent(data -> settings.rules().forEach(rule -> checks.addAll(rule.check(data))));
    newData.ifPresent(
        data ->
            checks.addAll(settings.newData().check(data, input.newData().orElseThrow().names())));
    return new GateReport(checks, inspection.map(Inspection::profile), drifts(inspection));
  }

  /** Returns the data; releases data without examples and throws. */
  private static Dataset requireExamples(Dataset data) {
    if (data.count() == 0) {
      data.release();
      throw new UserException(ErrorCode.DATA_UNREADABLE, data.display() + " has no examples");
    }
    return data;
  }

  private Optional<Inspection> inspect(Reading reading, Dataset training, GateInput input) {
    return profile(reading, input.training(), training, input)
        .map(inspected -> inspected.with(duplicates(reading, training, input.test())));
  }

  private Optional<Inspection> inspect(
      Reading reading, GateInput.NewData newData, GateInput input) {
    return reading
        .attempt(newData.data(), () -> requireExamples(newData.data().open().get()))
        .flatMap(
            data -> {
              try {
                return profile(reading, newData.data(), data, input);
              } finally {
                data.release();
              }
            });
  }

  private Optional<Inspection> profile(
      Reading reading, GateData source, Dataset data, GateInput input) {
    return reading
        .attempt(source, () -> DataProfiler.profile(data, classes.getAsInt(), input.reference()))
        .map(
            found ->
                new Inspection(
                    found.profile(), input.reference(), found.compared(), Optional.empty()));
  }

  private static Optional<DuplicateCounts> duplicates(
      Reading reading, Dataset training, Optional<GateData> test) {
    return test.map(data -> reading.attempt(data, () -> duplicates(training, data.open().get())))
        .orElseGet(() -> Optional.of(DuplicateCounts.of(training, Optional.empty())));
  }

  private static DuplicateCounts duplicates(Dataset training, Dataset test) {
    try {
      return DuplicateCounts.of(training, Optional.of(test));
    } finally {
      test.release();
    }
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
