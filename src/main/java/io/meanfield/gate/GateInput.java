package io.meanfield.gate;

import io.meanfield.data.Dataset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the gate reads. Driver only.
 *
 * @param training all data that a run would train on
 * @param newData the part of the training data that is checked apart, too; empty if all are new
 * @param test the data on which champion and challenger are compared; empty if there are none
 * @param reference the profile of the champion's training data; empty without a champion
 */
public record GateInput(
    Part training,
    Optional<NewData> newData,
    Optional<Part> test,
    Optional<DataProfile> reference) {

  /**
   * Data that the gate opens.
   *
   * @param open reads the data
   * @param provenSettings whether the champion's data were read with the same settings, so that
   *     data that do not suit them have changed
   */
  public record Part(Supplier<Dataset> open, boolean provenSettings) {}

  /**
   * Training data that no version was trained on yet.
   *
   * @param names the names of the partitions, for messages
   */
  public record NewData(List<String> names, Part data) {
    public NewData {
      names = List.copyOf(names);
    }
  }
}
