package io.meanfield.export.mlflow;

import io.meanfield.data.encoding.EncodingsFile;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.PredictionColumns;
import io.meanfield.export.ExportedModel;
import io.meanfield.export.ProofExamples;
import io.meanfield.export.ProvedFile;
import io.meanfield.export.input.ModelInput;
import io.meanfield.store.file.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A model as a directory of MLflow with the flavors {@code onnx} and {@code python_function}. Its
 * module reads a pandas DataFrame with the columns of the table, or with one column of arrays, and
 * returns the columns that {@code predict} writes.
 *
 * @param predictions the columns that {@code predict} writes
 */
public record MlflowModel(ExportedModel exported, PredictionColumns predictions) {
  /** The file that makes a directory a model of MLflow. */
  public static final String MARKER = "MLmodel";

  /** The libraries of Python with which the model is tested. */
  static final List<String> REQUIREMENTS =
      List.of("mlflow==3.17.2", "numpy==2.4.6", "onnxruntime==1.32.0", "pandas==3.1.1");

  private static final String PYTHON = "3.11";
  private static final String MODULE = "meanfield_model";
  private static final String ONNX = "model.onnx";
  private static final String CODE = "code";
  private static final String CONDA = "conda.yaml";
  private static final String PYTHON_ENV = "python_env.yaml";
  private static final String EXAMPLE = "input_example.json";
  private static final String REQUEST = "serving_input_example.json";
  private static final String REQUIREMENTS_FILE = "requirements.txt";
  // The first version with operator set 17.
  private static final String ONNX_VERSION = "1.12.0";
  private static final Pattern QUOTED = Pattern.compile("'[^']*'");
  private static final Pattern UNREAD_LETTER = Pattern.compile("[a-zA-Z&&[^yuMdHhmsSa]]");

  /** The content of the file {@value #MARKER}. JSON is YAML. */
  record Content(
      Map<String, Object> flavors,
      String mlflowVersion,
      Signature signature,
      Map<String, Object> savedInputExampleInfo,
      Map<String, Object> metadata) {}

  /** The content of {@value #CONDA}. */
  record Conda(String name, List<String> channels, List<Object> dependencies) {}

  /** The content of {@value #PYTHON_ENV}. */
  record PythonEnv(String python, List<String> buildDependencies, List<String> dependencies) {}

  /**
   * Returns the model.
   *
   * @throws UserException if the module in Python cannot read the texts of a column
   */
  public static MlflowModel of(ExportedModel exported, PredictionColumns predictions) {
    MlflowModel model = new MlflowModel(exported, predictions);
    model
        .encoder()
        .ifPresent(table -> table.features().forEach(column -> requireReadable(column, table)));
    return model;
  }

  /** Returns the table whose columns the model reads; empty if its rows have one array. */
  private Optional<TableEncoder> encoder() {
    return exported.input() instanceof ModelInput.Columns columns
        ? Optional.of(columns.encoder())
        : Optional.empty();
  }

  private static void requireReadable(String column, TableEncoder encoder) {
    String pattern = encoder.formOf(column).pattern();
    if (UNREAD_LETTER.matcher(QUOTED.matcher(pattern).replaceAll("")).find()) {
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "column %s has dates in the form %s, but a model of MLflow reads the letters y, u, M, d,"
              + " H, h, m, s, S and a only; export it with --format onnx, or train with dates in"
              + " ISO 8601",
          column,
          pattern);
    }
  }

  /** Returns the files of the directory, by their paths in it. */
  public Map<String, FileContent> files(ProvedFile onnx, ProofExamples examples) {
    InputExample example = InputExample.of(exported.input(), examples.rows());
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put(ONNX, out -> out.write(onnx.content()));
    encoder().ifPresent(table -> files.put(EncodingsFile.NAME, EncodingsFile.content(table)));
    files.put(ModelDescription.NAME, FileContent.json(ModelDescription.of(exported, predictions)));
    files.put(CODE + "/" + MODULE + ".py", out -> out.write(module()));
    files.put(EXAMPLE, FileContent.json(example));
    files.put(REQUEST, FileContent.json(new InputExample.Request(example)));
    files.put(
        REQUIREMENTS_FILE,
        out ->
            out.write((String.join("\n", REQUIREMENTS) + "\n").getBytes(StandardCharsets.UTF_8)));
    files.put(CONDA, FileContent.json(conda()));
    files.put(
        PYTHON_ENV,
        FileContent.json(
            new PythonEnv(PYTHON, List.of("pip"), List.of("-r " + REQUIREMENTS_FILE))));
    files.put(MARKER, FileContent.json(content()));
    return files;
  }

  private static Conda conda() {
    return new Conda(
        "mlflow-env",
        List.of("conda-forge"),
        List.of("python=" + PYTHON, "pip", Map.of("pip", REQUIREMENTS)));
  }

  private Content content() {
    return new Content(
        Map.of("python_function", pythonFunction(), "onnx", onnx()),
        REQUIREMENTS.get(0).replace("mlflow==", ""),
        Signature.of(exported.input(), predictions),
        Map.of(
            "artifact_path",
            EXAMPLE,
            "type",
            "dataframe",
            "pandas_orient",
            "split",
            "serving_input_path",
            REQUEST),
        new TreeMap<>(exported.properties()));
  }

  private static Map<String, Object> pythonFunction() {
    return Map.of(
        "loader_module", MODULE,
        "code", CODE,
        "python_version", PYTHON,
        "env", Map.of("conda", CONDA, "virtualenv", PYTHON_ENV));
  }

  private static Map<String, Object> onnx() {
    return Map.of(
        "data", ONNX,
        "onnx_version", ONNX_VERSION,
        "providers", List.of("CPUExecutionProvider"),
        "code", CODE);
  }

  private static byte[] module() throws IOException {
    try (InputStream in = MlflowModel.class.getResourceAsStream("/" + MODULE + ".py")) {
      return in.readAllBytes();
    }
  }
}
