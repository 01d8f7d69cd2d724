package io.meanfield.evaluate.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Targets;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Preprocessing;
import io.meanfield.data.column.Scaling;
import io.meanfield.data.column.ValueType;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ColumnProfileTest {
  private static final FeatureColumn.Numeric INCOME =
      new FeatureColumn.Numeric(
          "income", ValueType.NUMBER, true, new Scaling(7, 2), List.of(100.0), true);
  private static final FeatureColumn.Time SINCE =
      new FeatureColumn.Time(
          "since",
          ValueType.DATE,
          18_000,
          List.of(),
          List.of(),
          new Scaling(365, 100),
          List.of(365.0),
          false);
  private static final TableEncoder ENCODER =
      new TableEncoder(
          List.of("age", "income", "since"),
          List.of(new Vocabulary("plan", List.of("basic", "pro"))),
          ColumnRoles.HandleUnknown.EXTRA_COLUMN,
          List.of(),
          new Preprocessing(List.of(INCOME), List.of(SINCE)));

  private static float[] inputs(double age, double income, double seconds, int plan) {
    float[] inputs = new float[ENCODER.inputs()];
    inputs[0] = (float) age;
    INCOME.write(income, (index, value) -> inputs[index] = value, 1);
    SINCE.write(seconds, (index, value) -> inputs[index] = value, 3);
    inputs[4 + plan] = 1;
    return inputs;
  }

  private static Examples block(float[]... rows) {
    int width = ENCODER.inputs();
    float[] values = new float[rows.length * width];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, values, row * width, width);
    }
    return new Examples(
        LongStream.range(0, rows.length).toArray(),
        new Features.Floats(values, width),
        new Targets.Unknown());
  }

  @Test
  void theMostUnusualColumnComesFirstWithTheValueOfTheTable() {
    double day = 18_993 * 86_400.0; // 2022-01-01
    Examples usual =
        block(
            inputs(20, 1_000, day, 0),
            inputs(40, 1_000, day, 0),
            inputs(20, 1_000, day, 0),
            inputs(40, 1_000, day, 1));
    List<ColumnValue> values = ColumnProfile.of(ENCODER, usual).unusual(inputs(60, 1_000, day, 1));
    // Ages 20, 40, 20, 40 have mean 30 and standard deviation 10. A quarter has the plan pro, so
    // its distance is sqrt(3/4 / 1/4).
    assertThat(values)
        .extracting(ColumnValue::column)
        .containsExactly("age", "plan", "income", "since");
    assertThat(values)
        .extracting(ColumnValue::text)
        .containsExactly("60", "pro", "1000", "2022-01-01");
    assertThat(values.get(0).deviation()).isCloseTo(3, within(1e-9));
    assertThat(values.get(1).deviation()).isCloseTo(Math.sqrt(3), within(1e-9));
    assertThat(values.get(2).deviation()).isZero();
  }

  @Test
  void missingAndUnknownValuesAreNamed() {
    float[] row = inputs(20, Double.NaN, 0, 2);
    List<ColumnValue> values = ColumnProfile.of(ENCODER, block(row)).unusual(row);
    assertThat(values)
        .extracting(ColumnValue::text)
        .containsExactlyInAnyOrder("20", "missing", "1970-01-01", "unknown");
  }

  @Test
  void groupsHaveAllInputsOfAColumn() {
    assertThat(ColumnGroup.of(ENCODER, ENCODER.inputs()))
        .extracting(ColumnGroup::column, group -> List.of(group.inputs()[0], group.inputs().length))
        .containsExactly(
            tuple("age", List.of(0, 1)),
            tuple("income", List.of(1, 2)),
            tuple("since", List.of(3, 1)),
            tuple("plan", List.of(4, 3)));
  }
}
