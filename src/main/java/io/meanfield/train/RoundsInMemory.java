package io.meanfield.train;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.train.averaging.AveragingRound;
import io.meanfield.train.history.TrainingState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs rounds in Spark jobs with one task that has all workers, or with such a task for each member
 * of the ensemble. A job has a part of a long epoch or several short ones, because a job can cost
 * more time than an epoch of a small table. Driver only.
 */
final class RoundsInMemory implements RoundRunner {
  // Epochs that share a job, and the bytes of the states that it returns.
  private static final int MOST_EPOCHS = 100;
  private static final long MOST_BYTES = 32L << 20;

  private final JavaRDD<InMemoryRounds.Examples> examples; // of each task
  private final List<Broadcast<?>> replicas;
  private final int threads;
  private final JavaSparkContext spark;
  private final Broadcast<GroupTask> task;
  private final RoundPlan plan;
  private final int epochs;
  private final RoundReporter reporter;
  private ReturnedStates returned;
  private final JobLength jobLength = new JobLength();
  private final Deque<Trained> trained = new ArrayDeque<>();
  private Map<Integer, InMemoryReport.End> ends = Map.of();
  private Map<Integer, TrainingState> states = Map.of();
  private String failure = "";

  /** A round that the last job trained and that is not reported yet. */
  private record Trained(RoundReport report, long bytesIn, long nanos) {}

  /**
   * Creates a runner of rounds.
   *
   * @param data one group with the training shards of all workers
   */
  RoundsInMemory(GroupTask task, TrainingData data, RoundPlan plan, RoundReporter reporter) {
    this.spark = JavaSparkContext.fromSparkContext(data.training().context());
    // On a cluster, other executors may have the validation examples in their caches, but not
    // those of folds, which are training examples.
    boolean validates =
        (spark.isLocal() || data.split().folds() > 1)
            && data.split().scored() > 0
            && task.settings().earlyStopping().monitor().isLoss();
    if (data.placement().byMember()) {
      Broadcast<ShardGroup> group =
          spark.broadcast(data.training().map(ShardGroup::inMemory).first());
      this.replicas = List.of(group);
      this.examples =
          members(group, task.network().settings().members(), validates ? data.split().folds() : 1);
    } else {
      this.replicas = List.of();
      this.examples = validates ? zipped(data) : data.training().map(InMemoryRounds.Examples::of);
    }
    this.threads = data.placement().threads();
    this.task = spark.broadcast(task);
    this.plan = plan;
    this.epochs = task.settings().epochs();
    boolean stopsEarly = task.settings().earlyStopping().isOn();
    this.returned =
        new ReturnedStates(
            data.placement().byMember()
                || (!validates && (stopsEarly || data.split().scored() > 0)),
            stopsEarly ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY,
            mostBytes(spark.getConf())
                / (data.placement().byMember() ? task.network().settings().members() : 1));
    this.reporter = reporter;
  }

  private static long mostBytes(SparkConf conf) {
    long largestResult = conf.getSizeAsBytes("spark.driver.maxResultSize", "1g"); // 0: no limit
    return largestResult == 0 ? MOST_BYTES : Math.min(MOST_BYTES, largestResult / 2);
  }

  private static JavaRDD<InMemoryRounds.Examples> zipped(TrainingData data) {
    return data.training()
        .zipPartitions(
            data.validation().coalesce(1),
            (training, validation) -> {
              List<ShardGroup> groups = new ArrayList<>();
              validation.forEachRemaining(groups::add);
              Iterable<ShardGroup> all = () -> training;
              return StreamSupport.stream(all.spliterator(), false)
                  .map(group -> new InMemoryRounds.Examples(group, groups))
                  .iterator();
            });
  }

  // A broadcast, because a cached chunk would draw all members to its executor.
  private JavaRDD<InMemoryRounds.Examples> members(
      Broadcast<ShardGroup> group, int count, int folds) {
    return spark
        .parallelize(IntStream.range(0, count).boxed().toList(), count)
        .map(
            number ->
                new InMemoryRounds.Examples(
                    group.value(),
                    folds > 1 ? List.of(group.value().folds(folds).get(number)) : List.of(),
                    Optional.of(number)));
  }

  @Override
  public EpochEnd run(List<Round> rounds, TrainingState start, EpochTotals totals) {
    TrainingState state = start;
    for (int i = 0; i < rounds.size(); i++) {
      if (trained.isEmpty() && failure.isEmpty()) {
        runJob(next(rounds.subList(i, rounds.size())), state);
      }
      if (trained.isEmpty()) {
        throw new UserException(ErrorCode.DIVERGED, failure);
      }
      Trained next = trained.remove();
      totals.add(next.report(), next.nanos());
      reporter.report(next.report(), next.bytesIn(), next.nanos());
      state = states.getOrDefault(rounds.get(i).number(), state);
    }
    return end(rounds.get(rounds.size() - 1), totals);
  }

  private EpochEnd end(Round last, EpochTotals totals) {
    InMemoryReport.End end = ends.get(last.number());
    end.validation()
        .ifPresent(
            validation -> {
              totals.add(validation, end.validationNanos());
              returned = returned.after(validation.loss());
            });
    return new EpochEnd(end.iteration(), Optional.ofNullable(states.get(last.number())));
  }

  /**
   * Returns the rounds of the next job, which are those of later epochs, too, if they are short.
   */
  private List<Round> next(List<Round> epoch) {
    List<Round> rounds = new ArrayList<>(epoch);
    int first = epoch.get(0).epoch();
    for (int next = first + 1; next < first + MOST_EPOCHS && next <= epochs; next++) {
      rounds.addAll(plan.epoch(next));
    }
    return jobLength.next(rounds);
  }

  private void runJob(List<Round> rounds, TrainingState start) {
    long began = System.nanoTime();
    InMemoryReport report =
        SparkJobs.named(examples.context(), name(rounds), () -> train(rounds, start));
    long nanos = System.nanoTime() - began;
    jobLength.ended(rounds.subList(0, report.rounds().size()), report.nanos(), nanos);
    ends = report.ends();
    states = report.states();
    failure = report.failure();
    // Each round has an equal share of the time that the job took besides.
    long share = (nanos - report.nanos()) / Math.max(1, report.rounds().size());
    long bytesIn = start.learner().bytes();
    for (RoundReport round : report.rounds()) {
      trained.add(new Trained(round, bytesIn, round.nanos() + share));
      bytesIn = 0;
    }
  }

  private static String name(List<Round> rounds) {
    Round first = rounds.get(0);
    Round last = rounds.get(rounds.size() - 1);
    if (first.epoch() < last.epoch()) {
      return "epochs " + first.epoch() + " to " + last.epoch();
    }
    return "epoch %s%s"
        .formatted(
            first.epoch(),
            rounds.size() == 1
                ? ", round " + last.number()
                : ", rounds %s to %s".formatted(first.number(), last.number()));
  }

  private InMemoryReport train(List<Round> rounds, TrainingState start) {
    Broadcast<TrainingState> state = spark.broadcast(start);
    Broadcast<GroupTask> groupTask = task; // the closure must not capture this object
    int steps = plan.steps();
    int parallel = threads;
    ReturnedStates states = returned;
    try {
      return InMemoryReport.ofTasks(
          SparkJobs.collect(
              examples,
              all ->
                  AveragingRound.ofOnly(
                      all,
                      only ->
                          InMemoryRounds.run(
                              groupTask.value(),
                              rounds,
                              steps,
                              only,
                              state.value(),
                              states,
                              parallel))));
    } finally {
      state.destroy();
    }
  }

  @Override
  public void close() {
    task.destroy();
    replicas.forEach(Broadcast::destroy);
  }
}
