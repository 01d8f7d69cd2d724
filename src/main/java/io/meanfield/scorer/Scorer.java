package io.meanfield.scorer;

import ai.onnxruntime.OrtException;
import io.meanfield.data.encoding.EncodingsJson;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.json.Json;
import io.meanfield.json.SchemaVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores rows with a model that {@code export --format mlflow} has written, as {@code predict}
 * does. Safe for several threads.
 */
public final class Scorer implements AutoCloseable {
  private static final String DESCRIPTION = "meanfield.json";
  private static final String ENCODINGS = "encodings.json";
  private static final String ONNX = "model.onnx";
  private static final int NEWEST = 1;

  private final Rows input;
  private final Graph graph;
  private final int width;
  private final List<PredictedColumns.Column> predictions;

  /** What the scorer reads of the description of a model. */
  record Description(int schemaVersion, Inputs inputs, PredictedColumns outputs) {}

  /**
   * What the scorer reads of the columns of a model; encodings.json describes those of a table.
   *
   * @param arrays the column of a model of images or of arrays of numbers
   */
  record Inputs(List<InputColumn> arrays) {}

  private Scorer(Rows input, Graph graph, PredictedColumns predictions) {
    this.input = input;
    this.graph = graph;
    this.width = predictions.width();
    this.predictions = List.copyOf(predictions.columns());
  }

  /**
   * Loads a model.
   *
   * @param directory that {@code export --format mlflow} has written
   * @throws UserException if a file is missing, or if it cannot be read
   */
  public static Scorer load(Path directory) {
    try {
      byte[] onnx = Files.readAllBytes(directory.resolve(ONNX));
      Description description = description(directory.resolve(DESCRIPTION));
      List<InputColumn> arrays = description.inputs().arrays();
      if (!arrays.isEmpty()) {
        return ofArrays(onnx, arrays.get(0), description.outputs());
      }
      byte[] encodings = Files.readAllBytes(directory.resolve(ENCODINGS));
      return of(
          onnx, EncodingsJson.parse(encodings, directory + "/" + ENCODINGS), description.outputs());
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.MODEL_UNREADABLE,
          "%s is no model that can be loaded: %s; expected a directory that export --format mlflow"
              + " has written",
          directory,
          e);
    }
  }

  private static Description description(Path file) throws IOException {
    byte[] json = Files.readAllBytes(file);
    SchemaVersion.require(json, NEWEST, file.toString(), ErrorCode.MODEL_UNUSABLE);
    return Json.parse(json, Description.class);
  }

  /**
   * Returns the scorer of a model.
   *
   * @param onnx the exported model
   * @param encoder of the table
   * @param predictions what becomes of its outputs
   */
  public static Scorer of(byte[] onnx, TableEncoder encoder, PredictedColumns predictions) {
    return new Scorer(new TableRows(encoder), Graph.open(onnx), predictions);
  }

  /**
   * Returns the scorer of a model of images or of arrays of numbers, whose rows have one column.
   *
   * @param onnx the exported model
   * @param predictions what becomes of its outputs
   */
  public static Scorer ofArrays(byte[] onnx, InputColumn column, PredictedColumns predictions) {
    return new Scorer(new ArrayRows(column), Graph.open(onnx), predictions);
  }

  /**
   * Loads the native library, which takes a tenth of a second, on a thread of its own; the first
   * model needs it.
   */
  public static void loadLibrary() {
    Thread loader = new Thread(Graph::runtime, "onnx-runtime-loader");
    loader.setDaemon(true);
    // What fails here fails again, and is reported, where the model is opened.
    loader.setUncaughtExceptionHandler((thread, failure) -> {});
    loader.start();
  }

  /** Returns the columns that a row must have. */
  public List<InputColumn> inputs() {
    return input.inputs();
  }

  /** Returns the names of the columns that a row must have. */
  public List<String> columns() {
    return inputs().stream().map(InputColumn::name).toList();
  }

  /** Returns the columns that {@link #score} returns. */
  public List<PredictedColumns.Column> predictions() {
    return predictions;
  }

  /**
   * Returns the columns that {@code predict} writes for a row: {@link Integer}, {@link String},
   * {@link Double}, or an array of floats.
   *
   * @param row the values of its columns: numbers, truth values, texts, dates and times of {@code
   *     java.time}, or null for a missing value; for a model of arrays lists of numbers, floats or
   *     bytes; other keys are ignored
   * @throws UserException if a column is absent, or if the model cannot score a value
   */
  public Map<String, Object> score(Map<String, ?> row) {
    return score(List.of(row)).get(0);
  }

  /** As {@link #score(Map)}, for several rows, in their order. */
  public List<Map<String, Object>> score(List<? extends Map<String, ?>> rows) {
    float[] outputs = outputs(rows);
    List<Map<String, Object>> scored = new ArrayList<>(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (PredictedColumns.Column column : predictions) {
        values.put(column.name(), column.value().of(outputs, row * width));
      }
      scored.add(values);
    }
    return scored;
  }

  /** Returns the outputs of the network, [rows, outputs]. */
  public float[] outputs(List<? extends Map<String, ?>> rows) {
    if (rows.isEmpty()) {
      return new float[0];
    }
    try {
      return graph.run(input.read(rows), rows.size() * width);
    } catch (OrtException e) {
      throw UserException.causedBy(
          e, ErrorCode.MODEL_UNUSABLE, "ONNX Runtime cannot run the model: %s", e.getMessage());
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
