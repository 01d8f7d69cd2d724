package io.meanfield.bench;

import io.meanfield.network.Engine;
import java.io.IOException;

/** One group of two workers that average in its memory; its task has both cores. */
public final class GroupPeer {
  static final String NAME = "Meanfield, torch, a group of two, every 10";

  private GroupPeer() {}

  /** Takes the seed. */
  public static void main(String[] args) throws IOException {
    try (Workload workload = new Workload("spark.task.cpus=2");
        Native group =
            new Native(
                NAME,
                workload,
                Long.parseLong(args[0]),
                Engine.TORCH,
                "train.workers-per-task=2",
                "train.averaging-frequency=10",
                "train.sync-frequency=epoch")) {
      PeerProcess.serve(group);
    }
  }
}
