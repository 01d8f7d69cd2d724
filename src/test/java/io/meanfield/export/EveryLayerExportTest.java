package io.meanfield.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Examples;
import io.meanfield.export.input.ModelInput;
import io.meanfield.export.input.RandomExamples;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.LayerTypes;
import io.meanfield.report.MarkdownTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Exports a network of every layer and activation. Writes the differences to the file
 * export-differences.md of the build directory; docs/export.md quotes it.
 */
class EveryLayerExportTest {
  private static final int EXAMPLES = 600;
  private static final Map<String, String> DIFFERENCES = new TreeMap<>();

  static Stream<String> names() {
    return ExportedNetworks.ALL.keySet().stream();
  }

  @Test
  void everyLayerHasANetwork() {
    assertThat(LayerTypes.keys())
        .allSatisfy(
            key ->
                assertThat(names())
                    .anyMatch(name -> name.equals(key) || name.startsWith(key + ",")));
  }

  @ParameterizedTest
  @MethodSource("names")
  void exportGivesTheOutputsOfTheModel(String name) {
    NetworkSettings network = ExportedNetworks.ALL.get(name);
    ModelInput input = new ModelInput.Numbers(network.input());
    Examples rows = input.accept(new RandomExamples(EXAMPLES, network.acceptedInputs(), 3));
    ExportedModel exported = ExportedNetworks.exported(ExportedNetworks.model(network, 7), input);
    Proof proof =
        new Export(exported).proved(ProofExamples.of(input, rows, "random inputs")).proof();
    assertThat(proof.largestDifference()).isLessThan(1e-5);
    assertThat(proof.examples()).isEqualTo(EXAMPLES);
    DIFFERENCES.put(name, String.format(Locale.ROOT, "%.1g", proof.largestDifference()));
  }

  @AfterAll
  static void writeDifferences() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    DIFFERENCES.forEach((name, difference) -> rows.add(List.of(name, difference)));
    List<String> titles = List.of("layer", "onnx");
    Path target = Path.of(EveryLayerExportTest.class.getResource("/").getPath()).getParent();
    Files.write(target.resolve("export-differences.md"), new MarkdownTable(titles, rows).lines());
  }
}
