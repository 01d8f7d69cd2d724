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
  private final GateRules rules;
  private final IntSupplier classes;

  /**
   * Makes a gate.
   *
   * @param classes returns the number of classes of the network after the training data are open
   */
  public Gate(GateSettings settings, IntSupplier classes) {
    this.rules = new GateRules(settings);
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
    Optional<Inspection> all =
        reading
            .attempt(input.training(), () -> open(input.training()))
            .flatMap(data -> inspect(reading, input.training(), data, input));
    Optional<Inspection> newData = Optional.empty();
    if (all.isPresent()) {
      input.test().ifPresent(test -> reading.attempt(test, () -> read(test)));
      newData = input.newData().flatMap(part -> inspect(reading, part.data(), input));
    }
    List<GateCheck> checks = new ArrayList<>(reading.checks());
    all.ifPresent(data -> checks.addAll(rules.check(data)));
    newData.ifPresent(
        data -> checks.addAll(rules.checkNew(data, input.newData().orElseThrow().names())));
    return new GateReport(checks, all.map(Inspection::profile), drifts(all));
  }

  /** Returns the data; releases data without examples and throws. */
  private static Dataset open(GateInput.Part part) {
    Dataset data = part.open().get();
    if (data.count() == 0) {
      data.release();
      throw new UserException(ErrorCode.DATA_UNREADABLE, data.display() + " has no examples");
    }
    return data;
  }

  // So that test data which cannot be read end the run before it trains.
  private static long read(GateInput.Part test) {
    Dataset data = test.open().get();
    try {
      return data.blocks().count();
    } finally {
      data.release();
    }
  }

  private Optional<Inspection> inspect(Reading reading, GateInput.Part part, GateInput input) {
    return reading
        .attempt(part, () -> open(part))
        .flatMap(
            data -> {
              try {
                return inspect(reading, part, data, input);
              } finally {
                data.release();
              }
            });
  }

  private Optional<Inspection> inspect(
      Reading reading, GateInput.Part part, Dataset data, GateInput input) {
    return reading
        .attempt(part, () -> DataProfiler.of(data, classes.getAsInt()))
        .map(
            found ->
                new Inspection(
                    found.profile(), input.reference(), input.reference().flatMap(found::profile)));
  }

  private static Map<String, Double> drifts(Optional<Inspection> inspection) {
    Map<String, Double> indexes = new LinkedHashMap<>();
    inspection.map(Inspection::drifts).orElse(List.of()).stream()
        .forEach(drift -> indexes.put(drift.column(), drift.index()));
    return indexes;
  }
}
