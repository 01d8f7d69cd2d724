package io.meanfield.train;

import io.meanfield.train.averaging.Contribution;
import io.meanfield.train.averaging.NormStatistics;
import io.meanfield.train.averaging.OutlierRule.ZScore;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes the sizes of the workers' updates, and warns of the first outlier. If outliers are left
 * out of averages, the statistics equal those of the state of training. Driver only.
 */
final class OutlierWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OutlierWatch.class);

  private final Outliers outliers;
  private NormStatistics observed = NormStatistics.NONE;
  private boolean hasWarned;

  OutlierWatch(Outliers outliers) {
    this.outliers = outliers;
  }

  /**
   * Prepares for the rounds that follow a state: takes the statistics of the earlier rounds from
   * it, if it has any, or forgets them if another layer or the network begins to train.
   */
  void begin(TrainingState start) {
    switch (outliers) {
      case QUARANTINE -> observed = start.norms();
      case KEEP -> observed = start.learner().iteration() == 0 ? NormStatistics.NONE : observed;
    }
  }

  /** Observes a round. */
  void observe(RoundReport round) {
    ZScore rule = new ZScore(observed);
    double[] norms = round.contributions().stream().mapToDouble(Contribution::updateNorm).toArray();
    warn(round.round(), round.groups(), rule, norms);
    observed = rule.after(norms);
  }

  private void warn(Round round, List<GroupReport> groups, ZScore rule, double[] norms) {
    boolean[] far = rule.outliers(norms);
    for (int i = 0; i < far.length && !hasWarned; i++) {
      if (far[i]) {
        hasWarned = true;
        LOG.warn(message(round, groups.get(i), norms[i], rule.statistics().mean()));
      }
    }
  }

  private static String subject(GroupReport group) {
    String workers =
        group.workers().stream()
            .map(worker -> Integer.toString(worker.worker()))
            .collect(Collectors.joining(", "));
    return (group.workers().size() == 1 ? "worker " : "the group of the workers ")
        + workers
        + " is";
  }

  private String message(Round round, GroupReport group, double norm, double mean) {
    return String.format(
        Locale.ROOT,
        "%s an outlier in round %d of epoch %d: its weights changed by %.3g, in earlier rounds by"
            + " %.3g on average; %s; further outliers are not reported (column divergence of table"
            + " rounds shows all workers)",
        subject(group),
        round.number(),
        round.epoch(),
        norm,
        mean,
        switch (outliers) {
          case KEEP ->
              "it stays in the average; check the examples of its shard, or set train.outliers ="
                  + " quarantine";
          case QUARANTINE ->
              "it is left out of the round's average; check the examples of its shard";
        });
  }
}
