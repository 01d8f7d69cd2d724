package io.meanfield.scorer;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.meanfield.data.encoding.InputNames;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * An exported model in ONNX Runtime, which runs each call on the thread of its caller.
 *
 * @param output the name of the outputs of the network
 */
record Graph(OrtEnvironment environment, OrtSession session, String output)
    implements AutoCloseable {
  /**
   * Opens a model.
   *
   * @throws UserException if ONNX Runtime refuses it
   */
  static Graph open(byte[] onnx) {
    OrtEnvironment environment = runtime();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtSession session = environment.createSession(onnx, options);
      return new Graph(environment, session, session.getOutputNames().iterator().next());
    } catch (OrtException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.MODEL_UNREADABLE,
          "ONNX Runtime cannot read the exported model: %s",
          e.getMessage());
    }
  }

  /** Returns ONNX Runtime; the first call loads its native library. */
  static OrtEnvironment runtime() {
    return OrtEnvironment.getEnvironment("meanfield");
  }

  /**
   * Returns the outputs of the network.
   *
   * @param inputs by the names of their columns
   * @param count the number of outputs of all rows
   */
  float[] run(Map<String, Tensor> inputs, int count) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
        tensors.put(InputNames.of(input.getKey()), tensor(input.getValue()));
      }
      try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
        float[] outputs = new float[count];
        ((OnnxTensor) result.get(0)).getFloatBuffer().get(outputs);
        return outputs;
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(Tensor input) throws OrtException {
    Object values = input.values();
    if (values instanceof double[] numbers) {
      return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(numbers), input.shape());
    }
    if (values instanceof float[] numbers) {
      return OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers), input.shape());
    }
    if (values instanceof byte[] bytes) {
      return OnnxTensor.createTensor(
          environment, ByteBuffer.wrap(bytes), input.shape(), OnnxJavaType.UINT8);
    }
    return OnnxTensor.createTensor(environment, (String[]) values, input.shape());
  }

  @Override
  public void close() {
    try {
      session.close(); // the environment is one per process, and closes with it
    } catch (OrtException e) {
      throw UserException.causedBy(
          e, ErrorCode.UNEXPECTED, "ONNX Runtime cannot close the model: %s", e.getMessage());
    }
  }
}
