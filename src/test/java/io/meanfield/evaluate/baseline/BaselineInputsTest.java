package io.meanfield.evaluate.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Features;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;

/** Two numbers, a one-hot column of two colors, and an embedded column of three cities. */
class BaselineInputsTest {
  private static final List<Vocabulary> CATEGORIES =
      List.of(
          new Vocabulary("color", List.of("blue", "red")),
          new Vocabulary("city", List.of("Bern", "Graz", "Lyon")));

  private static BaselineInputs inputs() {
    TableEncoder encoder =
        new TableEncoder(List.of("x", "y"), CATEGORIES, HandleUnknown.ERROR, List.of())
            .embedding(List.of(EmbeddedColumn.of("city", 3, 2)));
    return BaselineInputs.of(encoder, encoder.inputs());
  }

  private static final Features ROWS =
      new Features.Floats(new float[] {1.5f, 0, 0, 1, 2, /**/ 0, -2, 0, 0, 0}, 5);

  @Test
  void linearModelHasAFeatureForEachCode() {
    assertThat(inputs().linearFeatures()).isEqualTo(7);
    assertThat(inputs().linear(ROWS, 0).toDense())
        .isEqualTo(Vectors.dense(new double[] {1.5, 0, 0, 1, 0, 0, 1}).toDense());
    assertThat(inputs().linear(ROWS, 1).toDense())
        .isEqualTo(Vectors.dense(new double[] {0, -2, 0, 0, 1, 0, 0}).toDense());
  }

  @Test
  void treesHaveAFeatureForEachColumn() {
    assertThat(inputs().columns()).isEqualTo(4);
    assertThat(inputs().trees(ROWS, 0)).isEqualTo(Vectors.dense(new double[] {1.5, 0, 1, 2}));
    // The color is neither of the two: a value of its own.
    assertThat(inputs().trees(ROWS, 1)).isEqualTo(Vectors.dense(new double[] {0, -2, 2, 0}));
    assertThat(inputs().treeMetadata("trees").json())
        .contains("\"num_vals\":3,\"idx\":2", "\"num_vals\":4,\"idx\":3");
    assertThat(inputs().bins()).isEqualTo(32);
  }

  @Test
  void linearModelHasAFeatureForEachWordAndTreesTheirNumber() {
    TableEncoder encoder =
        new TableEncoder(List.of("x", "y"), CATEGORIES, HandleUnknown.ERROR, List.of())
            .embedding(List.of(EmbeddedColumn.ofTexts("city", 3, 2, 4, List.of())));
    BaselineInputs inputs = BaselineInputs.of(encoder, encoder.inputs());
    Features rows = new Features.Floats(new float[] {1.5f, 0, 0, 1, 3, 1, 0, 0}, 8);
    assertThat(inputs.linearFeatures()).isEqualTo(2 + 2 + 4);
    assertThat(inputs.linear(rows, 0).toDense())
        .isEqualTo(Vectors.dense(new double[] {1.5, 0, 0, 1, 0, 1, 0, 1}).toDense());
    assertThat(inputs.trees(rows, 0)).isEqualTo(Vectors.dense(new double[] {1.5, 0, 1, 2}));
    assertThat(inputs.treeMetadata("trees").json()).doesNotContain("\"idx\":3");
  }

  @Test
  void linearModelHasTheWeightsOfWords() {
    TableEncoder encoder =
        new TableEncoder(List.of("x", "y"), CATEGORIES, HandleUnknown.ERROR, List.of())
            .embedding(List.of(EmbeddedColumn.ofTexts("city", 3, 2, 2, List.of(0, 0, 0))));
    BaselineInputs inputs = BaselineInputs.of(encoder, encoder.inputs());
    Features rows = new Features.Floats(new float[] {1.5f, 0, 0, 1, 3, 1, -2, 0.5f}, 8);
    assertThat(inputs.linear(rows, 0).toDense())
        .isEqualTo(Vectors.dense(new double[] {1.5, 0, 0, 1, 0, 0.5, 0, -2}).toDense());
    assertThat(inputs.trees(rows, 0)).isEqualTo(Vectors.dense(new double[] {1.5, 0, 1, 2}));
  }

  @Test
  void columnOfTooManyCategoriesIsANumberToTrees() {
    List<String> names = IntStream.range(1_000, 1_300).mapToObj(Integer::toString).toList();
    TableEncoder encoder =
        new TableEncoder(
            List.of(), List.of(new Vocabulary("zip", names)), HandleUnknown.ERROR, List.of());
    BaselineInputs inputs = BaselineInputs.of(encoder, encoder.inputs());
    assertThat(inputs.treeMetadata("trees").json()).doesNotContain("num_vals");
    assertThat(inputs.bins()).isEqualTo(32);
    assertThat(inputs.linearFeatures()).isEqualTo(300);
  }
}
