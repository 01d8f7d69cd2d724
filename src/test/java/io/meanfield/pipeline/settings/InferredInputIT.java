package io.meanfield.pipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Dataset;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferredInputIT {
  private static final String DIGITS = "data.train.images=data/mnist/t10k-images-idx3-ubyte";

  @TempDir Path folder;

  private static List<Integer> input(String... assignments) {
    return network(assignments).input();
  }

  private static NetworkSettings network(String... assignments) {
    JobSettings settings = JobSettings.load(List.of(), List.of(assignments));
    Dataset data = settings.data().train().open(ReadContext.of(LocalSpark.context(), 10));
    return DerivedSettings.of(settings, data).settings().network();
  }

  @Test
  void numbersOfUnitsAreDenseLayersWithRelu() {
    NetworkSettings network =
        network(DIGITS, "network.hidden-layers = [32, { dropout = 0.5 }, 16]");
    assertThat(network.layers())
        .containsExactly(
            new Dense(32, Activation.RELU),
            new Dropout(0.5),
            new Dense(16, Activation.RELU),
            new Dense(1, Activation.LINEAR)); // no labels
  }

  private static List<Integer> inputOfDigits(String layers) {
    return input(
        DIGITS, "network.layers = [ " + layers + ", { dense = 10, activation = softmax } ]");
  }

  @Test
  void imageIsARowForDenseLayers() {
    assertThat(inputOfDigits("{ dense = 4, activation = relu }")).containsExactly(784);
  }

  @Test
  void imageHasOneChannelForConvolutions() {
    assertThat(
            inputOfDigits("{ conv2d = 2, kernel = [5, 5], activation = relu }, { flatten = true }"))
        .containsExactly(28, 28, 1);
  }

  @Test
  void rowsOfAnImageAreStepsForRecurrentLayers() {
    assertThat(inputOfDigits("{ lstm = 4 }")).containsExactly(28, 28);
  }

  @Test
  void inputOfATableIsItsFeaturesAndOneHotWidths() throws Exception {
    Path csv =
        Files.writeString(folder.resolve("a.csv"), "x,color,y\n1,red,0\n2,blue,1\n3,red,1\n");
    assertThat(
            input(
                "data { format = csv, train.path = \"" + csv + "\" }",
                "data.columns { label = y, categorical = [color] }"))
        .containsExactly(4); // x, two colors, and the column of unknown colors
  }

  @Test
  void inputOfTheSettingsIsKept() {
    assertThat(
            input(
                DIGITS,
                "network.input = [28, 28, 1]",
                "network.layers = [ { flatten = true }, { dense = 10, activation = softmax } ]"))
        .containsExactly(28, 28, 1);
  }

  @Test
  void layersThatAcceptNoShapeAreRefusedWithTheirPlace() throws Exception {
    Path csv = Files.writeString(folder.resolve("b.csv"), "x,y\n1,0\n2,1\n");
    List<String> assignments =
        new ArrayList<>(
            List.of(
                "data { format = csv, train.path = \"" + csv + "\", columns.label = y }",
                "network.layers = [ { lstm = 4 }, { dense = 2, activation = softmax } ]"));
    assertThatThrownBy(() -> input(assignments.toArray(String[]::new)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("network.layers[0] needs a sequence [steps, features], found [1]");
  }
}
