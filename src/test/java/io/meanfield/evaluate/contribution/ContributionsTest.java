package io.meanfield.evaluate.contribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.batch.ForwardPass;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.Engine;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.TaskType;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContributionsTest {
  private static final int BACKGROUND = 16;
  // Two numbers, and a category that becomes two inputs.
  private static final int WIDTH = 4;
  private static final TableEncoder ENCODER =
      new TableEncoder(
              List.of("a", "b"),
              List.of(new Vocabulary("plan", List.of("basic", "gold"))),
              ColumnRoles.HandleUnknown.ERROR,
              List.of())
          .withBackground(
              IntStream.range(0, BACKGROUND).mapToObj(i -> boxed(row(new Random(i)))).toList());

  private static final Layer HIDDEN = new Dense(16, Activation.TANH);
  private static final Layer LINEAR = new Dense(1, Activation.LINEAR);

  private static float[] row(Random random) {
    int plan = random.nextInt(2);
    return new float[] {
      (float) random.nextGaussian(), (float) random.nextGaussian(), 1 - plan, plan
    };
  }

  private static List<Float> boxed(float[] row) {
    return IntStream.range(0, row.length).mapToObj(i -> row[i]).toList();
  }

  private static Examples rows(int count) {
    float[] all = new float[count * WIDTH];
    Random random = new Random(100);
    for (int i = 0; i < count; i++) {
      System.arraycopy(row(random), 0, all, i * WIDTH, WIDTH);
    }
    return examples(all);
  }

  private static Examples examples(float[] inputs) {
    return new Examples(
        new long[inputs.length / WIDTH], new Features.Floats(inputs, WIDTH), new Targets.Unknown());
  }

  private static Model model(Loss loss, Layer... layers) {
    NetworkSettings network =
        new NetworkSettings(
            List.of(WIDTH), List.of(layers), loss, new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8));
    return Model.untrained(network, 3).withEngine(Engine.TORCH);
  }

  private static Contributions contributions(Model model, TaskType task) {
    return Contributions.of(model.network(), ENCODER, OutputSpec.of(model.network(), task));
  }

  private static double input(Examples rows, int row, int input) {
    return ((Features.Floats) rows.features()).values()[row * WIDTH + input];
  }

  private static double meanOfBackground(int input) {
    return ENCODER.background().stream().mapToDouble(row -> row.get(input)).average().orElseThrow();
  }

  /** Returns weight times distance from the mean of the background, of each input. */
  private static double[] linear(Model model, Examples rows, int row) {
    double[] terms = new double[WIDTH];
    Arrays.setAll(
        terms, i -> model.state().weights()[i] * (input(rows, row, i) - meanOfBackground(i)));
    return new double[] {terms[0], terms[1], terms[2] + terms[3]};
  }

  @Test
  void inputsOfALinearRegressionContributeTheirWeightTimesTheirDistanceFromTheMean() {
    Model model = model(Loss.MSE, LINEAR);
    Examples rows = rows(40);
    Contributions contributions = contributions(model, TaskType.REGRESSION);
    assertThat(contributions.names()).containsExactly("a", "b", "plan");
    List<Contributions.OfRow> found = contributions.of(model.state(), rows);
    for (int row = 0; row < rows.count(); row++) {
      assertThat(found.get(row).columns()).containsExactly(linear(model, rows, row), within(1e-5));
    }
  }

  @Test
  void inputsOfALogisticRegressionContributeToTheLogOdds() {
    Model model = model(Loss.BINARY_CROSSENTROPY, new Dense(1, Activation.SIGMOID));
    Examples rows = rows(40);
    List<Contributions.OfRow> found = contributions(model, TaskType.BINARY).of(model.state(), rows);
    float[] outputs = ForwardPass.outputs(model.network(), model.state(), rows);
    for (int row = 0; row < rows.count(); row++) {
      assertThat(found.get(row).columns()).containsExactly(linear(model, rows, row), within(1e-5));
      assertThat(ExplainedScore.probability(found.get(row).score()))
          .isCloseTo(outputs[row], within(1e-6));
    }
  }

  @Test
  void contributionsOfAnyNetworkAddUpToItsScore() {
    Model network = model(Loss.CATEGORICAL_CROSSENTROPY, HIDDEN, new Dense(3, Activation.SOFTMAX));
    Examples rows = rows(60);
    List<Contributions.OfRow> found =
        contributions(network, TaskType.MULTI_CLASS).of(network.state(), rows);
    float[] outputs = ForwardPass.outputs(network.network(), network.state(), rows);
    for (int row = 0; row < rows.count(); row++) {
      Contributions.OfRow each = found.get(row);
      assertThat(each.base() + Arrays.stream(each.columns()).sum())
          .isCloseTo(each.score(), within(1e-9));
      double probability = outputs[3 * row + each.cls()];
      assertThat(probability).isGreaterThanOrEqualTo(1 / 3.0 - 1e-6);
      assertThat(ExplainedScore.probability(each.score())).isCloseTo(probability, within(1e-5));
    }
  }

  /** Shapley 1953: the mean over all orders, here all 6 of each background row. */
  @Test
  void sampledContributionsAreCloseToThoseOfAllOrders() {
    Model network = model(Loss.MSE, HIDDEN, LINEAR);
    Examples rows = rows(30);
    List<Contributions.OfRow> found =
        contributions(network, TaskType.REGRESSION).of(network.state(), rows);
    double error = 0;
    double size = 0;
    for (int row = 0; row < rows.count(); row++) {
      double[] exact = exact(network, rows, row);
      for (int column = 0; column < exact.length; column++) {
        error += Math.pow(found.get(row).columns()[column] - exact[column], 2);
        size += Math.pow(exact[column], 2);
      }
    }
    assertThat(Math.sqrt(error / size)).isLessThan(0.05);
  }

  private static double[] exact(Model network, Examples rows, int row) {
    int[][] groups = {{0}, {1}, {2, 3}};
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    double[] sums = new double[groups.length];
    for (List<Float> start : ENCODER.background()) {
      for (int[] order : orders) {
        float[] current = new float[WIDTH];
        IntStream.range(0, WIDTH).forEach(i -> current[i] = start.get(i));
        double before = output(network, current);
        for (int column : order) {
          for (int input : groups[column]) {
            current[input] = (float) input(rows, row, input);
          }
          double after = output(network, current);
          sums[column] += after - before;
          before = after;
        }
      }
    }
    return Arrays.stream(sums).map(sum -> sum / BACKGROUND / orders.length).toArray();
  }

  private static double output(Model network, float[] inputs) {
    return ForwardPass.outputs(network.network(), network.state(), examples(inputs.clone()))[0];
  }

  @Test
  void aRowHasTheSameBitsAloneAndAmongOthers() {
    Model network = model(Loss.MSE, HIDDEN, LINEAR);
    Examples rows = rows(700);
    Contributions contributions = contributions(network, TaskType.REGRESSION);
    Contributions.OfRow among = contributions.of(network.state(), rows).get(699);
    Contributions.OfRow alone =
        contributions.of(network.state(), rows.select(IntStream.of(699))).get(0);
    assertThat(alone.columns()).containsExactly(among.columns());
    assertThat(alone.score()).isEqualTo(among.score());
  }

  @Test
  void columnThatDoesNotDifferFromTheBackgroundContributesNothing() {
    Model network = model(Loss.MSE, HIDDEN, LINEAR);
    TableEncoder one = ENCODER.withBackground(ENCODER.background().subList(0, 1));
    Contributions contributions =
        Contributions.of(
            network.network(), one, OutputSpec.of(network.network(), TaskType.REGRESSION));
    float[] row = new float[WIDTH];
    IntStream.range(0, WIDTH).forEach(i -> row[i] = one.background().get(0).get(i));
    row[0] += 1;
    Contributions.OfRow found = contributions.of(network.state(), examples(row)).get(0);
    assertThat(found.columns()[1]).isZero();
    assertThat(found.columns()[2]).isZero();
    assertThat(found.base() + found.columns()[0]).isCloseTo(found.score(), within(1e-9));
  }

  @Test
  void modelsThatCannotBeExplainedAreRefused() {
    Model labels = model(Loss.BINARY_CROSSENTROPY, new Dense(2, Activation.SIGMOID));
    assertThatThrownBy(() -> contributions(labels, TaskType.MULTI_LABEL))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "contributions explain one number or one class, but the model predicts 2 labels;"
                + " expected a model with one target or one label");
    Model linear = model(Loss.MSE, LINEAR);
    OutputSpec outputs = OutputSpec.of(linear.network(), TaskType.REGRESSION);
    TableEncoder early = ENCODER.withBackground(List.of());
    assertThatThrownBy(() -> Contributions.of(linear.network(), early, outputs))
        .hasMessage(
            "the model has no background rows in its encodings.json, with which contributions"
                + " compare a row: it was trained on images, or by an earlier version; train it"
                + " again");
  }

  @Test
  void wideTablesHaveFewerBackgroundRows() {
    assertThat(List.of(1, 10, 16, 20, 30, 100, 1_000))
        .map(Contributions::rows)
        .containsExactly(16, 16, 16, 12, 8, 2, 2);
  }

  @Test
  void backgroundRowsHaveTheMeansAndTheSpreadOfAllRows() {
    Random random = new Random(1);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      float[] row = new float[8];
      for (int j = 0; j < 7; j++) {
        row[j] = (float) (10 * j + (j + 1) * random.nextGaussian());
      }
      row[7] = random.nextInt(10) < 3 ? 5 : 2; // the code of a category
      rows.add(row);
    }
    List<List<Float>> chosen = BackgroundRows.chosen(rows, List.of(7), Set.of(), 16);
    assertThat(chosen).hasSize(16).doesNotHaveDuplicates();
    for (int j = 0; j < 7; j++) {
      int input = j;
      double[] values = chosen.stream().mapToDouble(row -> row.get(input)).toArray();
      double mean = Arrays.stream(values).average().orElseThrow();
      double deviation =
          Math.sqrt(Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / 16);
      assertThat(mean).isCloseTo(10 * j, within(0.15 * (j + 1)));
      assertThat(deviation / (j + 1)).isBetween(0.75, 1.25);
    }
    assertThat(chosen.stream().filter(row -> row.get(7) == 5).count()).isBetween(4L, 6L);
  }
}
