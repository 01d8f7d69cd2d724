package io.meanfield.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.error.UserException;
import io.meanfield.export.input.ModelInput;
import io.meanfield.export.input.RandomExamples;
import io.meanfield.export.onnx.OnnxSession;
import io.meanfield.network.Engine;
import io.meanfield.network.ErrorScale;
import io.meanfield.network.Intervals;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.OutputBounds;
import io.meanfield.network.Threshold;
import io.meanfield.network.layers.AcceptedInputs;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The preprocessing of a table is part of the ONNX graph. */
class TableExportTest {
  private static final int ROWS = 2000;
  // Some 190 years on either side of 2000-01-01, so leap years and their exceptions occur.
  private static final ColumnScaling CENTURIES = new ColumnScaling(0, 35_000);
  private static final List<FeatureColumn> COLUMNS =
      List.of(
          FeatureColumn.plain("plain"),
          FeatureColumn.number(
              "size", ValueType.NUMBER, true, new ColumnScaling(2.5, 0.7), List.of(11.0), true),
          new FeatureColumn(
              "seen",
              ValueType.TIMESTAMP,
              false,
              CENTURIES,
              List.of(),
              List.of(7.0),
              true,
              DatePart.cyclic(ValueType.TIMESTAMP),
              List.of(DatePart.HOUR_OF_DAY, DatePart.MONTH, DatePart.DAY_OF_YEAR)),
          FeatureColumn.number(
              "open", ValueType.BOOLEAN, false, ColumnScaling.NONE, List.of(0.5), true),
          FeatureColumn.number(
              "price", ValueType.NUMBER, false, new ColumnScaling(1e6, 3), List.of(), false),
          new FeatureColumn(
              "day",
              ValueType.DATE,
              false,
              CENTURIES,
              List.of(),
              List.of(),
              false,
              List.of(),
              List.of(DatePart.DAY_OF_YEAR)));

  private static TableEncoder encoder(HandleUnknown unknown, List<Vocabulary> labels) {
    return new TableEncoder(
        COLUMNS,
        List.of(
            new Vocabulary("kind", List.of("b", "a", "c")),
            new Vocabulary("größe", List.of("klein", "groß")),
            new Vocabulary("mood 😀", List.of("😀", "😡", "ok"))),
        unknown,
        labels,
        List.of());
  }

  private static Model model(NetworkSettings network, float[] weights) {
    return Model.untrained(network, 1).with(LearnerState.fresh(weights)).withEngine(Engine.TORCH);
  }

  /** Returns a network whose outputs are its inputs. */
  private static Model identity(int size) {
    float[] weights = new float[size * size + size];
    for (int i = 0; i < size; i++) {
      weights[i * size + i] = 1;
    }
    return model(
        new NetworkSettings(
            List.of(size),
            List.of(new Dense(size, Activation.LINEAR)),
            Loss.MSE,
            new Optimizer.Sgd(0.1)),
        weights);
  }

  @ParameterizedTest
  @EnumSource
  void graphEncodesEveryColumnAsTheModelDoes(HandleUnknown unknown) throws IOException {
    assertEncodes(encoder(unknown, List.of()));
  }

  @ParameterizedTest
  @EnumSource
  void graphEncodesEmbeddedColumnsAsTheModelDoes(HandleUnknown unknown) throws IOException {
    int codes = unknown == HandleUnknown.ERROR ? 2 : 3;
    int minutes = DatePart.MINUTE_OF_DAY.count();
    assertEncodes(
        encoder(unknown, List.of())
            .embedding(
                List.of(
                    EmbeddedColumn.of("seen", DatePart.MINUTE_OF_DAY, minutes + 1, 4),
                    EmbeddedColumn.ofDays("seen", -1_000, 3_000, 3),
                    EmbeddedColumn.ofDays("day", 0, 1_000, 3),
                    EmbeddedColumn.of("größe", codes, 2))));
  }

  @ParameterizedTest
  @EnumSource
  void graphTakesTheNumbersOfWords(HandleUnknown unknown) throws IOException {
    assertEncodes(
        encoder(unknown, List.of())
            .embedding(List.of(EmbeddedColumn.ofTexts("kind", 3, 2, 5, List.of()))));
    assertEncodes(
        encoder(unknown, List.of())
            .embedding(List.of(EmbeddedColumn.ofTexts("kind", 3, 2, 5, List.of(0, 4, -2)))));
  }

  private static void assertEncodes(TableEncoder encoder) throws IOException {
    ModelInput input = new ModelInput.Columns(encoder);
    ExportedModel exported = ExportedNetworks.exported(identity(encoder.inputs()), input);
    ProofExamples examples =
        ProofExamples.of(
            input,
            input.accept(new RandomExamples(ROWS, new AcceptedInputs.Any(), 5)),
            "random inputs");
    Export onnx = new Export(exported);
    float[] found = onnx.outputs(onnx.write(), examples);
    float[] expected = new float[found.length];
    for (int row = 0; row < ROWS; row++) {
      examples.encoded().features().write(row, expected, row * encoder.inputs());
    }
    // The sums of the identity are exact; only the logarithm rounds otherwise.
    List<String> names = encoder.inputNames(encoder.inputs());
    for (int i = 0; i < found.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= 1e-6f)) {
        fail(names.get(i % names.size()) + " is " + found[i] + ", expected " + expected[i]);
      }
    }
    assertThat(Arrays.copyOf(expected, encoder.inputs())).doesNotContain(Float.NaN);
  }

  @ParameterizedTest
  @ValueSource(floats = {0.3f, 0.5f, 0.8f})
  void labelIsTheNameOfThePredictedClass(float threshold) throws Exception {
    TableEncoder encoder =
        new TableEncoder(
            List.of("x"),
            List.of(),
            HandleUnknown.ERROR,
            List.of(new Vocabulary("y", List.of("no", "yes"))));
    ModelInput input = new ModelInput.Columns(encoder);
    Model one =
        model(
                new NetworkSettings(
                    List.of(1),
                    List.of(new Dense(1, Activation.SIGMOID)),
                    Loss.BINARY_CROSSENTROPY,
                    new Optimizer.Sgd(0.1)),
                new float[] {1, 0})
            .with(Threshold.of(threshold));
    ExportedModel exported =
        new ExportedModel("m", one, input, List.of("no", "yes"), "1.0", Map.of());
    ProofExamples examples =
        ProofExamples.of(
            input,
            input.accept(new RandomExamples(50, new AcceptedInputs.Any(), 5)),
            "random inputs");
    ProvedFile file = new Export(exported).proved(examples);
    float[] x = new float[1];
    try (OnnxSession session = OnnxSession.open(file.content())) {
      List<String> labels = session.run(input, examples.rows(), 1).labels();
      for (int row = 0; row < 50; row++) {
        examples.rows().features().write(row, x, 0);
        assertThat(labels.get(row)).isEqualTo(sigmoid(x[0]) >= threshold ? "yes" : "no");
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void graphHasTheIntervalsOfSeveralNumbers() throws IOException {
    TableEncoder encoder =
        new TableEncoder(List.of("x", "y"), List.of(), HandleUnknown.ERROR, List.of());
    ModelInput input = new ModelInput.Columns(encoder);
    Intervals around =
        new Intervals(
            List.of(
                new Intervals.Level(0.9, List.of(1.5, 2.0)),
                new Intervals.Level(0.5, List.of(0.5, 0.25))),
            List.of(
                new ErrorScale(List.of(-0.5, 0.25, 1.0), List.of(1.0, 3.0, 0.5)),
                new ErrorScale(List.of(0.0), List.of(4.0))));
    Model bounded =
        identity(2)
            .within(
                new OutputBounds(
                    List.of(new OutputBounds.Range(-1, 1), new OutputBounds.Range(-0.5f, 0.5f))))
            .with(around);
    ProofExamples examples = random(input);
    ProvedFile file = new Export(ExportedNetworks.exported(bounded, input)).proved(examples);
    float[] row = new float[2];
    try (OnnxSession session = OnnxSession.open(file.content())) {
      OnnxSession.Result found = session.run(input, examples.rows(), 2);
      for (int i = 0; i < ROWS; i++) {
        examples.rows().features().write(i, row, 0);
        double x = Math.min(Math.max(row[0], -1), 1);
        double y = Math.min(Math.max(row[1], -0.5f), 0.5f);
        double size =
            x < 0.25
                ? 1 + 2 * Math.min(Math.max(x + 0.5, 0), 0.75) / 0.75
                : 3 - 2.5 * (x - 0.25) / 0.75;
        assertThat(found.intervals().get("lower_90")[2 * i])
            .isCloseTo((float) (x - 1.5 * size), within(1e-5f));
        assertThat(found.intervals().get("upper_50")[2 * i])
            .isCloseTo((float) (x + 0.5 * size), within(1e-5f));
        assertThat(found.intervals().get("upper_90")[2 * i + 1])
            .isCloseTo((float) (y + 8), within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void graphHasTheSetsOfClasses(int outputs) throws IOException {
    TableEncoder encoder =
        new TableEncoder(List.of("x"), List.of(), HandleUnknown.ERROR, List.of());
    ModelInput input = new ModelInput.Columns(encoder);
    boolean two = outputs == 1;
    NetworkSettings network =
        new NetworkSettings(
            List.of(1),
            List.of(new Dense(outputs, two ? Activation.SIGMOID : Activation.SOFTMAX)),
            two ? Loss.BINARY_CROSSENTROPY : Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Sgd(0.1));
    float[] weights = two ? new float[] {2, 0} : new float[] {2, 0, -2, 0, 0, 0};
    Model sets =
        model(network, weights)
            .with(new Intervals(List.of(new Intervals.Level(0.9, List.of(0.7))), List.of()));
    ProofExamples examples = random(input);
    ProvedFile file = new Export(ExportedNetworks.exported(sets, input)).proved(examples);
    int classes = Math.max(2, outputs);
    int larger = 0;
    try (OnnxSession session = OnnxSession.open(file.content())) {
      OnnxSession.Result found = session.run(input, examples.rows(), outputs);
      float[] set = found.intervals().get("prediction_set_90");
      assertThat(set).hasSize(ROWS * classes);
      for (int row = 0; row < ROWS; row++) {
        int size = 0;
        for (int cls = 0; cls < classes; cls++) {
          float output = found.outputs()[row * outputs + cls % outputs];
          float score = two && cls == 0 ? 1 - output : output;
          size += (int) set[row * classes + cls];
          assertThat(set[row * classes + cls] == 1).isEqualTo(score >= (float) (1 - 0.7));
        }
        assertThat(size).isPositive();
        larger += size > 1 ? 1 : 0;
      }
    }
    assertThat(larger).isBetween(1, ROWS - 1);
  }

  private static ProofExamples random(ModelInput input) {
    return ProofExamples.of(
        input,
        input.accept(new RandomExamples(ROWS, new AcceptedInputs.Any(), 5)),
        "random inputs");
  }

  @Test
  void columnWithTheNameOfAnOutputIsNamed() {
    TableEncoder encoder =
        new TableEncoder(List.of("outputs"), List.of(), HandleUnknown.ERROR, List.of());
    ExportedModel exported =
        ExportedNetworks.exported(identity(1), new ModelInput.Columns(encoder));
    assertThatThrownBy(() -> new Export(exported).write())
        .isInstanceOf(UserException.class)
        .hasMessage(
            "column outputs of the table has the name of an output of the ONNX model; rename the"
                + " column and train again");
  }
}
