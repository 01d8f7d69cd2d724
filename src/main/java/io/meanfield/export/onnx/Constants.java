package io.meanfield.export.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import onnx.OnnxMl.TensorProto;
import org.nd4j.shade.protobuf.ByteString;

/** The constant tensors of a graph. Each method returns one without a name, in 'c' order. */
final class Constants {
  private static final Charset JNI = Charset.forName("CESU-8");

  private Constants() {}

  static TensorProto.Builder floats(float[] values, long... shape) {
    ByteBuffer bytes = buffer(values.length, Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return tensor(TensorProto.DataType.FLOAT, bytes, shape);
  }

  static TensorProto.Builder doubles(double[] values, long... shape) {
    ByteBuffer bytes = buffer(values.length, Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return tensor(TensorProto.DataType.DOUBLE, bytes, shape);
  }

  static TensorProto.Builder longs(long[] values, long... shape) {
    ByteBuffer bytes = buffer(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return tensor(TensorProto.DataType.INT64, bytes, shape);
  }

  static TensorProto.Builder strings(List<String> values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.STRING_VALUE)
            .addDims(values.size());
    values.forEach(value -> tensor.addStringData(utf8(value)));
    return tensor;
  }

  /** Returns a text as ONNX stores it. */
  static ByteString utf8(String text) {
    return ByteString.copyFrom(text, StandardCharsets.UTF_8);
  }

  /** Returns a text as ONNX Runtime's interface for Java passes it, by JNI. */
  static ByteString utf8OfJava(String text) {
    return ByteString.copyFrom(text.getBytes(JNI));
  }

  private static ByteBuffer buffer(int count, int bytes) {
    return ByteBuffer.allocate(Math.multiplyExact(count, bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto.Builder tensor(
      TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes.rewind()));
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor;
  }
}
