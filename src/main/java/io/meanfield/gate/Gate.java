package io.meanfield.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Judges data before a model is trained on them: whether they could be read, and their profiles.
 * The result depends on the data and the settings, not on the cluster. Driver only.
 */
public final class Gate {
  private final GateRules rules;
  private final Reading reading = new Reading();

  /**
   * Makes a gate.
   *
   * @param reference the profile of the champion's training data; empty without a champion
   */
  public Gate(GateSettings settings, Optional<DataProfile> reference) {
    this.rules = new GateRules(settings, reference);
  }

  /**
   * Returns the result of a step that reads data. A step that finds them unreadable is a failed
   * check; so is one whose data do not suit settings that suited the champion's data.
   *
   * @param provenSettings whether the champion's data were read with the same settings
   * @return empty if the check has failed
   * @throws io.meanfield.error.UserException if the step fails for another reason
   */
  public <T> Optional<T> read(boolean provenSettings, Supplier<T> step) {
    return reading.attempt(provenSettings, step);
  }

  /**
   * Makes all checks.
   *
   * @param all the data that a run would train on; empty if they could not be read
   * @param fresh the part of them that no version was trained on yet; empty if it is not judged
   *     apart
   * @param names the names of the new partitions, for messages
   */
  public GateReport judge(
      Optional<DataProfiler> all, Optional<DataProfiler> fresh, List<String> names) {
    Optional<DataProfile> profile = all.map(DataProfiler::profile);
    List<BoundedDrift> drifts = rules.bounded(all.map(this::drifts).orElse(List.of()));
    List<BoundedDrift> ofNew = rules.boundedNew(fresh.map(this::drifts).orElse(List.of()));
    List<GateCheck> checks = new ArrayList<>(reading.checks());
    profile.ifPresent(found -> checks.addAll(rules.check(found, drifts, all.orElseThrow().uses())));
    checks.addAll(GateRules.checkNew(ofNew, names));
    return new GateReport(
        checks, profile, new DriftReport(Stream.concat(ofNew.stream(), drifts.stream()).toList()));
  }

  private List<ColumnDrift> drifts(DataProfiler data) {
    return rules.drifts(data.profile(), rules.reference().flatMap(data::profile));
  }
}
