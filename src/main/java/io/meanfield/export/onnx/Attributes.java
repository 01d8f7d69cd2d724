package io.meanfield.export.onnx;

import java.util.List;
import onnx.OnnxMl.AttributeProto;
import org.nd4j.shade.protobuf.ByteString;

/** The attributes of a graph's nodes. */
final class Attributes {
  private Attributes() {}

  static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  static AttributeProto integers(String name, List<Long> values) {
    return attribute(name, AttributeProto.AttributeType.INTS).addAllInts(values).build();
  }

  static AttributeProto number(String name, double value) {
    return attribute(name, AttributeProto.AttributeType.FLOAT).setF((float) value).build();
  }

  static AttributeProto strings(String name, List<String> values) {
    return bytes(name, values.stream().map(Constants::utf8).toList());
  }

  static AttributeProto bytes(String name, List<ByteString> values) {
    return attribute(name, AttributeProto.AttributeType.STRINGS).addAllStrings(values).build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
