package io.meanfield.gate;

import java.util.List;
import java.util.Optional;

/**
 * What the gate reads. Driver only.
 *
 * @param training all data that a run would train on
 * @param newData the part of the training data that is checked apart, too; empty if all are new
 * @param test the data on which champion and challenger are compared; empty if there are none
 * @param reference the profile of the champion's training data; empty without a champion
 */
public record GateInput(
    GateData training,
    Optional<NewData> newData,
    Optional<GateData> test,
    Optional<DataProfile> reference) {

  /**
   * Training data that no version was trained on yet.
   *
   * @param names the names of the partitions, for messages
   */
  public record NewData(List<String> names, GateData data) {
    public NewData {
      names = List.copyOf(names);
    }
  }
}
