package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParamNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lower train.batch-size or raise train.epochs | lower batchSize or raise maxIter",
        "network.hidden-layers[1].dense must be at least 1 | hiddenLayers[1] must be at least 1",
        "column sex, which data.columns.targets names | column sex, which labelCol names",
        "auto or 1, because train.folds = 4 is set | auto or 1, because numFolds = 4 is set",
        "leave rows out with data.bad-rows = skip | leave rows out with data.bad-rows = skip in"
            + " param network",
        "did you mean train.epochs? (param network: 1) | did you mean train.epochs? (param"
            + " network: 1)",
        "see docs/data.md#texts, t.csv and m/train.parquet | see docs/data.md#texts, t.csv and"
            + " m/train.parquet"
      })
  void settingsAreNamedByTheParamsThatSetThem(String text, String expected) {
    assertThat(ParamNames.in(text)).isEqualTo(expected);
  }

  @Test
  void everyParamThatNamesItsSettingInItsDocIsKnown() {
    for (Param<?> param : new MeanfieldClassifier().params()) {
      if (param.name().equals("network")) {
        continue; // for the settings that no other param sets
      }
      Arrays.stream(param.doc().split("[ :;,()]+"))
          .filter(word -> word.matches("(train|data\\.columns|run)\\.[a-z.-]+"))
          .forEach(key -> assertThat(ParamNames.in(key)).isEqualTo(param.name()));
    }
  }
}
