package io.meanfield.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Metrics add a note if a model's predictions are the same for every example, and otherwise none.
 */
class ConstantModelTest {
  private static final OutputSpec REGRESSION = new OutputSpec(TaskType.REGRESSION, Loss.MSE, 1);
  private static final String MEAN_NOTE =
      "the model is no better than predicting the mean of the targets: its R2 is ";
  private static final String LABELS_NOTE = "the model predicts the same labels for every example";

  private static String note(int cls) {
    return "the model predicts class "
        + cls
        + " for every example; its accuracy is the share of that class";
  }

  private static List<String> notes(OutputSpec spec, float[] targets, float[] outputs) {
    PredictionBlock block =
        new PredictionBlock(
            new long[outputs.length / spec.width()], new String[0], targets, outputs, spec);
    return notes(List.of(block));
  }

  private static List<String> notes(List<PredictionBlock> blocks) {
    OutputSpec spec = blocks.get(0).spec();
    MetricSet all = MetricSet.sum(blocks.stream().map(MetricSet::of).toList(), spec);
    return all.report(Collections.nCopies(spec.classes(), Ranking.UNDEFINED)).notes();
  }

  private static OutputSpec classes(int count) {
    return new OutputSpec(TaskType.MULTI_CLASS, Loss.CATEGORICAL_CROSSENTROPY, count);
  }

  private static float[] oneHot(List<Integer> labels, int classes) {
    float[] rows = new float[labels.size() * classes];
    for (int row = 0; row < labels.size(); row++) {
      rows[row * classes + labels.get(row)] = 1;
    }
    return rows;
  }

  /** Returns outputs that differ between examples, with the largest one at the predicted class. */
  private static float[] outputs(List<Integer> predicted, int classes) {
    Random random = new Random(7);
    float[] rows = oneHot(predicted, classes);
    for (int i = 0; i < rows.length; i++) {
      rows[i] += random.nextFloat() / 2;
    }
    return rows;
  }

  @Property
  void classPredictedForEveryExampleIsNotedIfAtLeast5Of20ExamplesHaveOtherClasses(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 3) Integer> labels,
      @ForAll @IntRange(min = 0, max = 3) int predicted) {
    List<Integer> same = Collections.nCopies(labels.size(), predicted);
    long others = labels.stream().filter(label -> label != predicted).count();
    boolean expected = labels.size() >= 20 && others >= 5 && labels.stream().distinct().count() > 1;
    assertThat(notes(classes(4), oneHot(labels, 4), outputs(same, 4)))
        .isEqualTo(expected ? List.of(note(predicted)) : List.of());
  }

  @Example
  void labelsPredictedForEveryExampleAreNoted() {
    OutputSpec spec = new OutputSpec(TaskType.MULTI_LABEL, Loss.BINARY_CROSSENTROPY, 2);
    float[] targets = new float[2 * 20];
    float[] outputs = new float[2 * 20];
    for (int row = 0; row < 20; row++) {
      targets[2 * row] = row < 5 ? 1 : 0;
      outputs[2 * row] = 0.1f;
      outputs[2 * row + 1] = row / 100f;
    }
    assertThat(notes(spec, targets, outputs)).containsExactly(LABELS_NOTE);
    outputs[0] = 0.9f;
    assertThat(notes(spec, targets, outputs)).isEmpty();
  }

  @Property
  void regressionWithEqualOutputsIsNotedUnlessItsTargetsAreEqual(
      @ForAll @FloatRange(min = -1e6f, max = 1e6f) float output,
      @ForAll @IntRange(min = 1, max = 40) int examples,
      @ForAll boolean targetsDiffer) {
    float[] targets = new float[examples];
    targets[0] = targetsDiffer ? 1 : 0;
    float[] outputs = new float[examples];
    Arrays.fill(outputs, output);
    outputs[0] = Math.nextUp(output); // a rounding error
    List<String> notes = notes(REGRESSION, targets, outputs);
    if (examples >= 20 && targetsDiffer) {
      assertThat(notes).singleElement().asString().startsWith(MEAN_NOTE);
    } else {
      assertThat(notes).isEmpty();
    }
  }

  @Example
  void regressionThatIsNoBetterThanTheMeanIsNotedWithItsR2() {
    float[] targets = new float[20];
    float[] outputs = new float[20];
    for (int row = 0; row < 20; row++) {
      targets[row] = row % 2;
      outputs[row] = (row + 1) % 2;
    }
    assertThat(notes(REGRESSION, targets, outputs)).containsExactly(MEAN_NOTE + "-3.0000");
    Arrays.fill(outputs, 0.5f);
    assertThat(notes(REGRESSION, targets, outputs)).containsExactly(MEAN_NOTE + "0.0000");
    outputs[1] = 0.6f;
    assertThat(notes(REGRESSION, targets, outputs)).isEmpty();
  }

  @Example
  void threeClassesPredictedNoBetterThanTheMostFrequentOneAreNoted() {
    List<Integer> labels = new ArrayList<>(Collections.nCopies(12, 1));
    labels.addAll(Collections.nCopies(5, 0));
    labels.addAll(Collections.nCopies(3, 2));
    List<Integer> predicted = new ArrayList<>(Collections.nCopies(12, 1));
    predicted.addAll(Collections.nCopies(8, 2));
    float[] targets = oneHot(labels, 3);
    assertThat(notes(classes(3), targets, outputs(predicted, 3))).isEmpty();
    predicted.set(0, 0);
    predicted.set(1, 0);
    predicted.set(2, 0);
    assertThat(notes(classes(3), targets, outputs(predicted, 3)))
        .containsExactly(
            "the accuracy of 60.00 % is no better than 60.00 %, that of always predicting class 1");
  }
}
