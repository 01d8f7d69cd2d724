package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TrainingListener;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class FitProgressIT {
  private static List<Row> rows(SparkSession session, String uid) {
    return new FitProgress(uid).transform(session.emptyDataFrame()).collectAsList();
  }

  @Test
  void clientFollowsTheNewestFitOfItsOwnSession() {
    SparkSession session = LocalSpark.session().newSession();
    FitLines lines = new FitLines();
    FitProgress.follow(session, "regressor", lines);
    String first = rows(session, "regressor").get(0).getString(0);
    TrainingListener listener = lines.listener(true);
    listener.planned(2, List.of("columns  numbers: size"));
    listener.epochEnded(epoch(), Optional.empty());
    String line = "epoch   1/2  loss 0.5000  0.25 s";
    assertThat(rows(session, "regressor"))
        .extracting(Row::toString)
        .containsExactly("[" + first + ",columns  numbers: size\n" + line + "\n," + line + "]");
    assertThat(rows(session, "regressor")).hasSize(1); // asking takes nothing away
    assertThat(rows(session, "another")).isEmpty();
    assertThat(rows(session.newSession(), "regressor")).isEmpty();
    FitProgress.follow(session, "regressor", lines);
    Row second = rows(session, "regressor").get(0);
    assertThat(second.getString(0)).isNotEqualTo(first);
    assertThat(second.getString(1) + second.getString(2)).isEmpty();
  }

  @Test
  void onlyTheNewestFitsAreKept() {
    SparkSession session = LocalSpark.session().newSession();
    for (int i = 0; i <= 100; i++) {
      FitProgress.follow(session, "fit" + i, new FitLines());
    }
    assertThat(rows(session, "fit0")).isEmpty();
    assertThat(rows(session, "fit1")).hasSize(1);
  }

  private static EpochResult epoch() {
    return new EpochResult(
        1,
        new EpochResult.Scores(0.5, Optional.empty(), Optional.empty(), Optional.empty()),
        10,
        0.25,
        0.1);
  }
}
