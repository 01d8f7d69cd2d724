package io.meanfield.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.fixture.MutatedBytes;
import io.meanfield.network.Model;
import io.meanfield.network.ParameterLayout;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MutatedModelTest {
  private static final int BOMB_BYTES = 20 << 20;
  private static final int MOST_BYTES = 16 << 20; // of a text

  @Example
  void eachHostileFileIsRefusedByWhatItDeclares() throws IOException {
    int weights = HostileModels.WEIGHTS;
    String forNetwork = " numbers, expected " + weights + " for the network that it describes";
    String tooLong = " bytes in \"%s\", expected at most that many";
    List<String> messages = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : HostileModels.files(BOMB_BYTES).entrySet()) {
      assertThatThrownBy(() -> read(file.getValue(), "the file"))
          .isInstanceOfSatisfying(
              UserException.class, e -> messages.add(file.getKey() + ": " + e.getMessage()));
    }
    assertThat(messages)
        .containsExactlyInAnyOrder(
            "bomb-coefficients.bin: the file: coefficients.bin has bytes after its "
                + weights
                + " numbers",
            "bomb-configuration.json: the file has more than "
                + MOST_BYTES
                + tooLong.formatted("configuration.json"),
            "bomb-meanfield.json: the file has more than "
                + MOST_BYTES
                + tooLong.formatted("meanfield.json"),
            "declared-25M: the file: coefficients.bin has 25000000" + forNetwork,
            "declared-500M: the file: coefficients.bin has 500000000" + forNetwork,
            "declared-negative: the file: coefficients.bin has -1" + forNetwork,
            "dimension: the file: updaterState.bin has another shape than its "
                + 2 * weights
                + " numbers, expected [1, "
                + 2 * weights
                + "] of type FLOAT",
            "infinite: the file: updaterState.bin has the number Infinity at position 7, expected"
                + " finite numbers",
            "nan: the file: coefficients.bin has the number NaN at position 7, expected finite"
                + " numbers",
            "ten-numbers: the file: coefficients.bin ends too early, expected "
                + weights
                + " numbers",
            "ten-numbers-of-a-row: the file: coefficients.bin has another shape than its 10"
                + " numbers, expected [1, 10] of type FLOAT");
  }

  /** Half of the files have changes before an entry is compressed, so its checksum is right. */
  @Property(tries = 120)
  void mutatedModelIsReadWholeOrRefusedWithASentenceThatNamesTheFile(
      @ForAll long seed, @ForAll boolean inEntry) throws IOException {
    Random random = new Random(seed);
    byte[] file =
        inEntry ? mutatedEntry(random) : MutatedBytes.of(HostileModels.validFile(), random);
    Model model;
    try {
      model = read(file, "m/model.zip");
    } catch (UserException refused) {
      assertThat(refused).hasMessageContaining("m/model.zip");
      return;
    }
    assertThat(model.state().weights())
        .hasSize(ParameterLayout.of(model.network().settings()).size());
    assertThat(model.state().isFinite()).isTrue();
  }

  private static Model read(byte[] file, String name) throws IOException {
    FileSource none =
        () -> {
          throw new FileNotFoundException();
        };
    return ModelFile.read(() -> new ByteArrayInputStream(file), none, name).model();
  }

  private static byte[] mutatedEntry(Random random) throws IOException {
    Map<String, byte[]> entries = ZipContent.of(HostileModels.validFile());
    List<String> names = List.copyOf(entries.keySet());
    entries.computeIfPresent(
        names.get(random.nextInt(names.size())),
        (name, content) -> MutatedBytes.of(content, random));
    return ZipContent.file(entries);
  }
}
