package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.LocalSpark;
import org.junit.jupiter.api.Test;

class FirstRowsIT {
  @Test
  void resultsInTextsOfCsvAreNumbersOfOneFormAndNamesStayAsTheyAre() {
    assertThat(
            FirstRows.lines(
                LocalSpark.session()
                    .sql(
                        "select 'a' run_id, '7' example_id, '1.10' release, 'm' model_run_id,"
                            + " null model_version, '1.10' predicted_label,"
                            + " '-6925764.0' `predicted_price in $`, '86713.125' `predicted_a.``b`,"
                            + " '0.25' probability")))
        .containsExactly(
            "| example_id | release | predicted_label | predicted_price in $ | predicted_a.`b |"
                + " probability |",
            "| ---------- | ------- | --------------- | -------------------- | -------------- |"
                + " ----------- |",
            "| 7          | 1.10    | 1.10            | -6,925,764           | 86,713         |"
                + " 0.2500      |");
  }
}
