package io.meanfield.bench;

import io.meanfield.network.Engine;
import java.io.IOException;

/**
 * Trains with one group of two workers, which are averaged in memory; their task has both cores.
 */
public final class GroupTrainerMain {
  static final String NAME = "Meanfield, torch, a group of two, every 10";

  private GroupTrainerMain() {}

  /** Takes the seed and the number of warm-up epochs. */
  public static void main(String[] args) throws IOException {
    try (MnistWorkload workload = new MnistWorkload("spark.task.cpus=2")) {
      try (MeanfieldTrainer warmUp = group(workload, 0)) {
        for (int epoch = 0; epoch < Integer.parseInt(args[1]); epoch++) {
          warmUp.epoch();
        }
      }
      try (MeanfieldTrainer group = group(workload, Long.parseLong(args[0]))) {
        PeerProcess.serve(group);
      }
    }
  }

  private static MeanfieldTrainer group(MnistWorkload workload, long seed) {
    return new MeanfieldTrainer(
        NAME,
        workload,
        seed,
        Engine.TORCH,
        "train.workers-per-task=2",
        "train.averaging-frequency=10",
        "train.sync-frequency=epoch");
  }
}
