package io.meanfield.bench.scaling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and writes measured costs as JSON. */
public final class CostsFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private CostsFile() {}

  /**
   * Reads costs.
   *
   * @throws IllegalArgumentException if the file has no costs, or wrong ones
   */
  public static Costs read(Path file) {
    try {
      return JSON.readValue(Files.readString(file), Costs.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file
              + " has no costs of this version: "
              + e.getOriginalMessage()
              + "; measure them with dev/bench costs FILE",
          e);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "found no costs in " + file + "; measure them with dev/bench costs FILE", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the costs " + file, e);
    }
  }

  /** Writes costs. */
  public static void write(Costs costs, Path file) {
    try {
      Files.writeString(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(costs) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the costs " + file, e);
    }
  }
}
