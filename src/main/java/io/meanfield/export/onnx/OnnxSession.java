package io.meanfield.export.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.meanfield.data.Examples;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.export.input.ModelInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An ONNX file in ONNX Runtime, on one thread of the CPU. It never travels to an executor. */
public final class OnnxSession implements AutoCloseable {
  private static final int BATCH = 512;

  private final OrtEnvironment environment;
  private final OrtSession session;

  /**
   * The results for examples.
   *
   * @param outputs [examples, outputs]
   * @param labels the names of the predicted classes; empty if classes have no names
   * @param intervals the outputs with numbers or truth values by name: bounds [examples, outputs],
   *     and sets as 1 for a class that belongs to the set, [examples, classes]
   */
  public record Result(float[] outputs, List<String> labels, Map<String, float[]> intervals) {}

  private OnnxSession(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /**
   * Opens a file.
   *
   * @throws UserException if ONNX Runtime refuses it
   */
  public static OnnxSession open(byte[] file) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment("meanfield");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return new OnnxSession(environment, environment.createSession(file, options));
    } catch (OrtException e) {
      throw failed("open", e);
    }
  }

  private static UserException failed(String operation, OrtException e) {
    return UserException.causedBy(
        e,
        ErrorCode.EXPORT_DIFFERS,
        "ONNX Runtime cannot %s the exported model: %s",
        operation,
        e.getMessage());
  }

  /**
   * Runs the model.
   *
   * @param rows the examples as the exported model takes them
   * @param outputs of the network
   */
  public Result run(ModelInput input, Examples rows, int outputs) {
    Result all =
        new Result(
            new float[Math.multiplyExact(rows.count(), outputs)],
            new ArrayList<>(),
            new LinkedHashMap<>());
    try {
      for (int first = 0; first < rows.count(); first += BATCH) {
        Feeds feeds = new Feeds(environment, rows, first, Math.min(rows.count(), first + BATCH));
        run(input.accept(feeds), all, first, rows.count());
      }
    } catch (OrtException e) {
      throw failed("run", e);
    }
    return all;
  }

  private void run(Map<String, OnnxTensor> inputs, Result all, int first, int rows)
      throws OrtException {
    try (OrtSession.Result result = session.run(inputs)) {
      copy((OnnxTensor) result.get(0), all.outputs(), first, rows);
      for (Map.Entry<String, OnnxValue> output : result) {
        OnnxTensor tensor = (OnnxTensor) output.getValue();
        if (output.getKey().equals(OutputNodes.LABEL)) {
          all.labels().addAll(Arrays.asList((String[]) tensor.getValue()));
        } else {
          int width = (int) tensor.getInfo().getShape()[1];
          copy(
              tensor,
              all.intervals()
                  .computeIfAbsent(
                      output.getKey(), name -> new float[Math.multiplyExact(rows, width)]),
              first,
              rows);
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  /** Copies numbers, or truth values as 1 and 0, behind those of the rows before. */
  private static void copy(OnnxTensor tensor, float[] to, int first, int rows) throws OrtException {
    int offset = first * (to.length / rows);
    if (tensor.getInfo().type == OnnxJavaType.BOOL) {
      for (boolean[] row : (boolean[][]) tensor.getValue()) {
        for (boolean value : row) {
          to[offset++] = value ? 1 : 0;
        }
      }
    } else {
      tensor.getFloatBuffer().get(to, offset, (int) tensor.getInfo().getNumElements());
    }
  }

  @Override
  public void close() {
    try {
      session.close(); // the environment is one per process, and closes with it
    } catch (OrtException e) {
      throw failed("close", e);
    }
  }
}
