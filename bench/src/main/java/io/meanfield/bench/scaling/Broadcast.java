package io.meanfield.bench.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A broadcast variable: Spark's TorrentBroadcast. An executor fetches the blocks in a random order,
 * one after the other, each from a random process that has it, and then offers it to the others.
 * The tasks of an executor share its copy.
 */
final class Broadcast {
  // spark.broadcast.blockSize
  private static final int BLOCK_BYTES = 4 << 20;
  private static final int DRIVER = -1;

  private final SimulatedCluster cluster;
  private final Costs costs;
  private final long bytes;
  private final SplittableRandom random;
  // By block: the executors that have it, and the driver.
  private final int[][] holders;
  private final int[] holderCounts;
  private final List<Copy> copies = new ArrayList<>();

  Broadcast(SimulatedCluster cluster, Costs costs, long bytes, long seed) {
    this.cluster = cluster;
    this.costs = costs;
    this.bytes = bytes;
    this.random = new SplittableRandom(seed);
    int blocks = Math.toIntExact((bytes + BLOCK_BYTES - 1) / BLOCK_BYTES);
    this.holders = new int[blocks][cluster.executors().size() + 1];
    this.holderCounts = new int[blocks];
    for (int block = 0; block < blocks; block++) {
      addHolder(block, DRIVER);
    }
    cluster.executors().forEach(executor -> copies.add(new Copy(executor)));
  }

  /** Calls {@code then} when the executor has the value. */
  void read(SimulatedExecutor executor, Runnable then) {
    copies.get(executor.index()).read(then);
  }

  private void addHolder(int block, int process) {
    holders[block][holderCounts[block]++] = process;
  }

  private int randomHolder(int block) {
    return holders[block][random.nextInt(holderCounts[block])];
  }

  private int[] randomOrder() {
    int[] order = new int[holders.length];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private double blockBytes(int block) {
    return Math.min(BLOCK_BYTES, bytes - (double) block * BLOCK_BYTES);
  }

  /** The copy of one executor. */
  private final class Copy {
    private final SimulatedExecutor executor;
    private final List<Runnable> waiting = new ArrayList<>();
    private int[] order = {};
    private boolean isStarted;
    private boolean isComplete;

    Copy(SimulatedExecutor executor) {
      this.executor = executor;
    }

    void read(Runnable then) {
      if (isComplete) {
        then.run();
        return;
      }
      waiting.add(then);
      if (!isStarted) {
        isStarted = true;
        order = randomOrder();
        fetch(0);
      }
    }

    private void fetch(int next) {
      if (next == order.length) {
        executor.host().cores().use(bytes * costs.executor().read(), this::complete);
        return;
      }
      int block = order[next];
      ask(
          () ->
              cluster
                  .network()
                  .send(
                      cluster.driver(),
                      executor.host(),
                      () -> fetch(block, randomHolder(block), next)));
    }

    private void fetch(int block, int holder, int next) {
      Runnable arrived =
          () -> {
            ask(() -> addHolder(block, executor.index()));
            fetch(next + 1);
          };
      Host driver = cluster.driver();
      double size = blockBytes(block);
      if (holder == DRIVER) {
        driver
            .cores()
            .use(
                size * costs.driver().serve(),
                () -> cluster.network().transfer(driver, executor.host(), size, arrived));
      } else {
        Host source = cluster.executors().get(holder).host();
        cluster.network().transfer(source, executor.host(), size, arrived);
      }
    }

    // A request, or the message that the executor has a block, which costs the driver as much.
    private void ask(Runnable answered) {
      cluster
          .network()
          .send(
              executor.host(),
              cluster.driver(),
              () -> cluster.threads().requests().compute(costs.fixed().request(), answered));
    }

    private void complete() {
      isComplete = true;
      waiting.forEach(Runnable::run);
    }
  }
}
