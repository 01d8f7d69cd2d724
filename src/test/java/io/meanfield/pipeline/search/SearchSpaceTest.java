package io.meanfield.pipeline.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
  private static final String RATE =
      "search.space.network.optimizer.learning-rate = { from = 1e-4, to = 1e-2, scale = log }";

  private static SearchSpace space(String... settings) {
    return JobSettings.load(List.of(), List.of(settings))
        .get(SearchSettings.class)
        .space()
        .orElseThrow();
  }

  private static List<Config> trials(SearchSpace space) {
    return IntStream.range(1, 1001).mapToObj(trial -> space.changes(7, trial)).toList();
  }

  @Test
  void firstTrialChangesNothing() {
    assertThat(space(RATE).changes(7, 0).isEmpty()).isTrue();
  }

  @Test
  void valuesOfOneSettingDoNotDependOnTheOthers() {
    String key = "network.optimizer.learning-rate";
    List<Double> alone = trials(space(RATE)).stream().map(trial -> trial.getDouble(key)).toList();
    assertThat(trials(space(RATE, "search.space.train.batch-size = [16, 32]")))
        .extracting(trial -> trial.getDouble(key))
        .containsExactlyElementsOf(alone);
    assertThat(space(RATE).changes(8, 1)).isNotEqualTo(space(RATE).changes(7, 1));
  }

  @Test
  void logarithmicRangeHasAsManyNumbersInEachPowerOfTen() {
    List<Double> rates =
        trials(space(RATE)).stream()
            .map(trial -> trial.getDouble("network.optimizer.learning-rate"))
            .toList();
    assertThat(rates).allMatch(rate -> rate >= 1e-4 && rate <= 1e-2);
    assertThat(rates.stream().filter(rate -> rate < 1e-3).count()).isBetween(440L, 560L);
  }

  @Test
  void wholeNumbersAndListsTakeEachOfTheirValues() {
    SearchSpace space =
        space(
            "search.space.train.batch-size = { from = 2, to = 5, whole = true }",
            "search.space.network.hidden-layers = [[{ dense = 3 }], [{ dense = 4 }, { dense = 2 }]]");
    assertThat(trials(space))
        .extracting(trial -> trial.getInt("train.batch-size"))
        .containsOnly(2, 3, 4, 5);
    assertThat(trials(space))
        .extracting(trial -> trial.getList("network.hidden-layers").size())
        .containsOnly(1, 2);
  }

  @Test
  void spaceOfTablesTrains() {
    JobSettings table =
        JobSettings.load(
            List.of(),
            List.of("data.format = csv", "data.train.path = t.csv", "data.columns.label = y"));
    SearchSpace space = SearchSpace.ofTables();
    assertThat(space.choices()).hasSize(4);
    for (Config changes : trials(space)) {
      Config all = changes.withFallback(table.config());
      assertThat(JobSettings.load(ConfigFactory.empty().withFallback(all)).train().folds())
          .isEqualTo(table.train().folds());
    }
  }

  @Test
  void wrongSpacesAreNamed() {
    assertThatThrownBy(
            () ->
                space(
                    "search.space.train.folds = [2, 4]",
                    "search.space.data.train.path = [a, b]",
                    "search.space.train.batch-size = 16",
                    "search.space.network.optimizer.learning-rate = { from = 0.1, to = 0.01 }"))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(
            "search.space.train.folds must be left out: a search chooses settings of the network",
            "search.space.data.train.path must be left out",
            "search.space.train.batch-size must be a list with at least one element, found 16",
            "search.space.network.optimizer.learning-rate.to must be above 0.1, found 0.01");
  }
}
