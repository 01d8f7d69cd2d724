package io.meanfield.export.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.meanfield.data.Examples;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.export.input.ModelInput;
import java.util.ArrayList;
import java.util.Arrays;
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
   */
  public record Result(float[] outputs, List<String> labels) {}

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
    float[] all = new float[Math.multiplyExact(rows.count(), outputs)];
    List<String> labels = new ArrayList<>();
    try {
      for (int first = 0; first < rows.count(); first += BATCH) {
        Feeds feeds = new Feeds(environment, rows, first, Math.min(rows.count(), first + BATCH));
        run(input.accept(feeds), all, first * outputs, labels);
      }
    } catch (OrtException e) {
      throw failed("run", e);
    }
    return new Result(all, List.copyOf(labels));
  }

  private void run(Map<String, OnnxTensor> inputs, float[] outputs, int offset, List<String> labels)
      throws OrtException {
    try (OrtSession.Result result = session.run(inputs)) {
      OnnxTensor first = (OnnxTensor) result.get(0);
      first.getFloatBuffer().get(outputs, offset, (int) first.getInfo().getNumElements());
      if (session.getOutputNames().contains(OutputNodes.LABEL)) {
        Object names = result.get(OutputNodes.LABEL).orElseThrow().getValue();
        labels.addAll(Arrays.asList((String[]) names));
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
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
